"""Many children, each with a map before and a map after: is it better over the caseload, or could that be chance?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypedDict

from agencygraph.comparison.answers import answer_pairs
from agencygraph.comparison.paired import Paired, holm, weigh_each
from agencygraph.comparison.pairing import Key, Load, Pair, pair_maps
from agencygraph.errors import InvalidError, UnknownNameError, did_you_mean
from agencygraph.measures import Question, ask
from agencygraph.model import Caseload
from agencygraph.progress import Progress, progress_of

if TYPE_CHECKING:
    from agencygraph.batch.readings import Answered, Asked
    from agencygraph.caseloads.columns import Words
    from agencygraph.table import Table

MEASURES = ("isolation", "voice", "pairs talking", "two-way pairs", "messenger share", "connectedness")
BANDS = ("complexity", "situation", "arrangement")
TIES = {"both": (False, True), "any": (False,), "firm": (True,)}
ABOUT = {"map": "whole map", "unit": "the school's unit", "actor": "the school"}
NO_BAND = "not given"
OVERALL = "all cases"
# A smaller caseload is compared before anybody could read a bar.
WATCHED = 200


class How(TypedDict, total=False):
    """How two caseloads are compared; see `compare_caseloads`."""

    measures: Sequence[str]
    ties: str
    by: str
    pair: str | Key
    progress: bool | Progress | None


@dataclass(frozen=True, slots=True)
class Shift:
    """One measure over many pairs of maps: its values before and after, and what they say together.

    `before` and `after` hold one value for each pair that was asked, in their order; both are None where either map has no
    answer, and `reasons` then says why. `p_holm` is the p among all those that were asked at once.

    Parameters
    ----------
    measure, detail, about, better, ties
        What was measured, which part of it, of whom, which way is better, over any or only firm ties.
    band
        Which cases; empty for all.
    pairs
        Places of the pairs of maps that were asked.
    before, after, reasons
        As said above, one for each pair.
    paired, p_holm
        What all pairs say together; the p among all that were asked at once, None where there is none.
    """

    measure: str
    detail: str
    about: str
    better: str
    ties: str
    band: str
    pairs: tuple[int, ...]
    before: tuple[float | None, ...]
    after: tuple[float | None, ...]
    reasons: tuple[str, ...]
    paired: Paired
    p_holm: float | None = None

    @property
    def title(self) -> str:
        """What was measured, in words: "isolation of the school's unit, any ties"."""
        of = f" of {self.about}" if self.about != ABOUT["map"] else ""
        detail = f" ({self.detail})" if self.detail else ""
        return f"{self.measure}{detail}{of}, {self.ties} ties{f', {self.band}' if self.band not in ('', OVERALL) else ''}"

    @property
    def dropped(self) -> int:
        """How many pairs have no answer before or after."""
        return len(self.pairs) - self.paired.n


@dataclass(frozen=True, slots=True, repr=False)
class CaseloadComparison:
    """Two caseloads of the same children side by side. Made by `compare`.

    Attributes
    ----------
    before, after
        The earlier and the later caseload.
    pairs
        The places of each child's two maps in them.
    shifts
        One `Shift` for each measure, over any tie and over firm ones; by band where asked, all cases last.
    by
        What makes the bands: "complexity", "situation" or "arrangement"; empty where nothing was asked.

    Examples
    --------
    >>> from agencygraph import Caseload, cases, compare
    >>> names = ("peter", "james", "tina")
    >>> change = compare(Caseload(tuple(cases.load(name) for name in names)), Caseload(tuple(map(cases.integrated, names))))
    >>> change
    CaseloadComparison(3 pairs of maps, 12 answers)
    >>> change.shifts[0].paired.better, change.shifts[0].paired.p
    (3, None)
    """

    before: Load
    after: Load
    pairs: tuple[Pair, ...]
    shifts: tuple[Shift, ...] = field(repr=False)
    by: str = ""

    @property
    def unpaired(self) -> Pair:
        """How many maps of the earlier and of the later caseload have no partner."""
        return len(self.before) - len(self.pairs), len(self.after) - len(self.pairs)

    @property
    def table(self) -> Table:
        """One row for each measure: how many pairs went which way, by how much, and whether chance could do that.

        Counts stand as they are. For publication use `protected`.
        """
        from agencygraph.comparison.caseload_words import shift_table

        return shift_table(self)

    def protected(self, threshold: int = 5) -> Table:
        """Return the table as it may be published: counts below the threshold, and what would give them away, withheld."""
        from agencygraph.comparison.caseload_words import protected_table

        return protected_table(self, threshold)

    def select(self, *measures: str) -> CaseloadComparison:
        """Return the comparison with only some of its measures, their p among all that were asked unchanged."""
        known = tuple(dict.fromkeys(shift.measure for shift in self.shifts))
        for name in measures:
            if name not in known:
                raise UnknownNameError(f"'{name}' was not compared; there are {', '.join(known)}.{did_you_mean(name, known)}")
        return replace(self, shifts=tuple(shift for shift in self.shifts if shift.measure in measures))

    def labels(self, names: bool = False) -> tuple[str, ...]:
        """Return the words for each pair of maps: its public title, numbered where several are alike."""
        heads = [(names and self.before[at].name) or self.before[at].heading for at, _ in self.pairs]
        counts, seen, found = Counter(heads), Counter[str](), []
        for head in heads:
            seen[head] += 1
            found.append(f"{head} ({seen[head]})" if counts[head] > 1 else head)
        return tuple(found)

    def sentences(self) -> tuple[str, ...]:
        """Say each answer in a sentence: a change in the maps, never an effect on children."""
        from agencygraph.comparison.caseload_words import say_shift

        return tuple(say_shift(shift, self.shifts) for shift in self.shifts)

    def __str__(self) -> str:
        from agencygraph.comparison.caseload_words import heading, note

        return "\n".join([heading(self), "", *(f"- {sentence}" for sentence in self.sentences()), "", note(self)])

    def __repr__(self) -> str:
        return f"CaseloadComparison({len(self.pairs)} pair{'s' * (len(self.pairs) != 1)} of maps, {len(self.shifts)} answers)"

    def _repr_html_(self) -> str:
        """The table as a notebook shows it."""
        table = self.table
        return table.select(*(name for name in table.columns if name not in ("p", "p (Holm)")))._repr_html_()


def compare_caseloads(before: Load, after: Load, how: How) -> CaseloadComparison:
    """Say over many cases what changed between the maps before and after: `compare` with two caseloads comes here.

    Parameters
    ----------
    before, after
        The earlier and the later maps of the same children; also the columns of Parquet caseloads
        (`caseloads.parquet.read_columns`), of which hundreds of thousands are compared at once.
    how
        measures: names as in `catalogue`, "pairs talking: between units" for a part of one. Of a unit or an actor, the first
        school's on each map counts. ties: "both", "any" or "firm". by: "complexity", "situation" or "arrangement" for bands,
        as the earlier map has them. pair: "name", "title", "position", "child" (the numbers of children in Parquet) or a function
        that gives each case a key; left out, the private names pair where every case has one, in Parquet the numbers where every
        map has its own, else the order. progress: True for a bar, False for none, or a function that is told how many cases of how
        many are done; left out, a bar from 200 pairs on where a person watches.

    Returns
    -------
    CaseloadComparison
        Pairs without an answer before or after are left out of a measure and counted.

    Raises
    ------
    InvalidError
        Where maps cannot be paired, or a measure has no better or worse.
    UnknownNameError
        For a measure, a band or a word that does not exist.

    Examples
    --------
    >>> from agencygraph import cases
    >>> load = cases.bexley()
    >>> compare_caseloads(load, load, {"measures": ("connectedness",), "ties": "any"}).shifts[0].paired.p
    1.0
    """
    from agencygraph.batch.readings import Asked

    ties, by = _words(how)
    asked = [_asked(name) for name in how.get("measures", ()) or MEASURES]
    watched = how.get("progress")
    pairs = pair_maps(before, after, how.get("pair", ""))
    told = progress_of(False if watched is None and len(pairs) < WATCHED else watched)
    bands = _bands(before, after, pairs, by)
    each = [(question, Asked(question.name, detail, firm)) for question, detail in asked for firm in TIES[ties]]
    answers = answer_pairs(before, after, pairs, [one for _, one in each], told)
    return CaseloadComparison(before, after, pairs, _shifts(each, answers, bands), by)


def _shifts(each: Sequence[tuple[Question, Asked]], answers: Mapping[Asked, Answered],
            bands: Mapping[str, tuple[int, ...]]) -> tuple[Shift, ...]:  # fmt: skip
    """Return what all pairs of each band say together of each question."""
    found = [(question, one, band, answers[one].at(places)) for question, one in each for band, places in bands.items()]
    weighed = weigh_each((some.changes, question.better) for question, _, _, some in found)
    adjusted = holm([paired.p for paired in weighed])
    return tuple(Shift(question.name, one.detail, ABOUT[question.about], question.better, "firm" if one.firm else "any", band,
                       bands[band], *some, paired, p)
                 for (question, one, band, some), paired, p in zip(found, weighed, adjusted, strict=True))


def _words(how: How) -> tuple[str, str]:
    """Return over which ties and by which bands, checked."""
    ties, by = how.get("ties", "both"), how.get("by", "")
    for word, name, known in ((ties, "ties", tuple(TIES)), (by, "by", ("", *BANDS))):
        if word not in known:
            raise UnknownNameError(f"{name} is {word!r}; it must be one of {', '.join(filter(None, known))}."
                                   f"{did_you_mean(str(word), known)}")
    return ties, by


def _asked(name: str) -> tuple[Question, str]:
    """Return the question and its part; one that has no better or worse, or is about no school and no map, is refused."""
    words, _, detail = name.partition(":")
    (question, *more) = ask(words)
    if more:
        raise InvalidError(f"'{name}' stands for several measures: {', '.join(one.name for one in (question, *more))}. Name one.")
    if not question.better or question.about not in ABOUT:
        known = [one.name for one in ask() if one.better and one.about in ABOUT]
        raise InvalidError(f"of '{question.name}' nobody can say which way is better for a case as a whole. Compare one of "
                           f"{', '.join(known)}.")
    return question, detail.strip()


def _bands(before: Load, after: Load, pairs: Sequence[Pair], by: str) -> dict[str, tuple[int, ...]]:
    """Return the pairs of each band, in the order in which bands first appear, and all pairs last."""
    whole = tuple(range(len(pairs)))
    if not by:
        return {"": whole}
    found: dict[str, list[int]] = {}
    earlier, later = _said(before, by), _said(after, by)
    for at, (a, b) in enumerate(pairs):
        found.setdefault(earlier[a] or later[b] or NO_BAND, []).append(at)
    last = {NO_BAND: found.pop(NO_BAND)} if NO_BAND in found else {}
    return {**{band: tuple(places) for band, places in (found | last).items()}, OVERALL: whole}


def _said(load: Load, by: str) -> list[str]:
    """Return for each case the word of its band."""
    if isinstance(load, Caseload):
        return [str(getattr(case, by)) for case in load]
    column: Words = getattr(load, "band" if by == "complexity" else by)
    return [column.words[code] for code in column.codes.tolist()]
