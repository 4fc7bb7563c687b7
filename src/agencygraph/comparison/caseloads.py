"""Many children, each with a map before and a map after: is it better over the caseload, or could that be chance?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypedDict

from agencygraph.comparison.blocks import related
from agencygraph.comparison.paired import Paired, holm, weigh
from agencygraph.errors import InvalidError, UnknownNameError, did_you_mean
from agencygraph.measures import Question, Reading, ask, readings
from agencygraph.model import Case, Caseload, Lineage

if TYPE_CHECKING:
    from agencygraph.table import Table

MEASURES = ("isolation", "voice", "pairs talking", "two-way pairs", "messenger share", "connectedness")
BANDS = ("complexity", "situation", "arrangement")
TIES = {"both": (False, True), "any": (False,), "firm": (True,)}
ABOUT = {"map": "whole map", "unit": "the school's unit", "actor": "the school"}
NO_SCHOOL = "there is no school on the map"
TAKEN_IN = "the unit has taken in some of those it was measured against"
NO_BAND = "not given"
OVERALL = "all cases"

Key = Callable[[Case], str]
Pair = tuple[int, int]


class How(TypedDict, total=False):
    """How two caseloads are compared; see `compare_caseloads`."""

    measures: Sequence[str]
    ties: str
    by: str
    pair: str | Key


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

    before: Caseload
    after: Caseload
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


def compare_caseloads(before: Caseload, after: Caseload, how: How) -> CaseloadComparison:
    """Say over many cases what changed between the maps before and after: `compare` with two caseloads comes here.

    Parameters
    ----------
    before, after
        The earlier and the later maps of the same children.
    how
        measures: names as in `catalogue`, "pairs talking: between units" for a part of one. Of a unit or an actor, the first
        school's on each map counts. ties: "both", "any" or "firm". by: "complexity", "situation" or "arrangement" for bands,
        as the earlier map has them. pair: "name", "title", "position" or a function that gives each case a key; left out, the
        private names pair where every case has one, else the order does.

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
    ties, by = how.get("ties", "both"), how.get("by", "")
    for word, name, known in ((ties, "ties", tuple(TIES)), (by, "by", ("", *BANDS))):
        if word not in known:
            raise UnknownNameError(f"{name} is {word!r}; it must be one of {', '.join(filter(None, known))}."
                                   f"{did_you_mean(str(word), known)}")
    asked = [_asked(name) for name in how.get("measures", ()) or MEASURES]
    pairs = _pair(before, after, how.get("pair", ""))
    maps = [(before[a], after[b]) for a, b in pairs]
    bands = _bands(maps, by)
    found = [shift for question, detail in asked for firm in TIES[ties] for shift in _shifts(maps, bands, question, detail, firm)]
    adjusted = holm([shift.paired.p for shift in found])
    shifts = tuple(replace(shift, p_holm=p) for shift, p in zip(found, adjusted, strict=True))
    return CaseloadComparison(before, after, pairs, shifts, by)


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


def _pair(before: Caseload, after: Caseload, key: str | Key) -> tuple[Pair, ...]:
    """Return the places of the two maps of each child."""
    if not key:
        key = "name" if all(case.name for case in (*before, *after)) else "position"
    if key == "position":
        if len(before) != len(after):
            raise InvalidError(f"the earlier caseload has {len(before)} cases and the later one {len(after)}, so their order does "
                               "not say which belong together. Name every case, or give pair=..., a function that returns its key.")
        return tuple((at, at) for at in range(len(before)))
    if not callable(key):
        if key not in ("name", "title"):
            raise UnknownNameError(f"pair is {key!r}; it must be name, title, position, or a function that gives each case its key."
                                   f"{did_you_mean(key, ('name', 'title', 'position'))}")
        field_ = key

        def key(case: Case) -> str:
            return str(getattr(case, field_))
    earlier, later = _keys(before, key, "earlier"), _keys(after, key, "later")
    places = {word: at for at, word in enumerate(later)}
    found = tuple((at, places[word]) for at, word in enumerate(earlier) if word in places)
    if not found and (before or after):
        raise InvalidError("no case of the earlier caseload has a partner in the later one.")
    return found


def _keys(load: Caseload, key: Key, side: str) -> list[str]:
    """Return the key of each case; places stand for cases in what is said, because names are private."""
    words = [key(case) for case in load]
    problems = [f"case {at} of the {side} caseload has no key to pair it by." for at, word in enumerate(words, 1) if not word]
    problems += [f"cases {words.index(word) + 1} and {at} of the {side} caseload have the same key."
                 for at, word in enumerate(words, 1) if word and word in words[: at - 1]]
    if problems:
        raise InvalidError("\n".join(problems[:20]))
    return words


def _bands(maps: Sequence[tuple[Case, Case]], by: str) -> dict[str, tuple[int, ...]]:
    """Return the pairs of each band, in the order in which bands first appear, and all pairs last."""
    found: dict[str, list[int]] = {}
    for at, (earlier, later) in enumerate(maps) if by else ():
        found.setdefault(str(getattr(earlier, by) or getattr(later, by) or NO_BAND), []).append(at)
    whole = tuple(range(len(maps)))
    if not by:
        return {"": whole}
    last = {NO_BAND: found.pop(NO_BAND)} if NO_BAND in found else {}
    return {**{band: tuple(places) for band, places in (found | last).items()}, OVERALL: whole}


def _shifts(maps: Sequence[tuple[Case, Case]], bands: dict[str, tuple[int, ...]], question: Question, detail: str,
            firm: bool) -> list[Shift]:  # fmt: skip
    values = [_values(pair, question, detail, firm) for pair in maps]
    found = []
    for band, places in bands.items():
        mine = [values[at] for at in places]
        differences = [after - before for before, after, _ in mine if before is not None and after is not None]
        found.append(Shift(
            question.name, detail, ABOUT[question.about], question.better, "firm" if firm else "any", band, places,
            tuple(before for before, _, _ in mine), tuple(after for _, after, _ in mine), tuple(why for _, _, why in mine),
            weigh(differences, question.better),
        ))  # fmt: skip
    return found


def _values(maps: tuple[Case, Case], question: Question, detail: str, firm: bool) -> tuple[float | None, float | None, str]:
    """Return the values before and after, or neither and the reason."""
    then, now = (_reading(case, question, detail, firm) for case in maps)
    reason = then.reason or now.reason
    if not reason and question.about == "unit" and _has_taken_in(maps, then.about, now.about):
        reason = TAKEN_IN
    return (None, None, reason) if reason else (then.value, now.value, "")


def _reading(case: Case, question: Question, detail: str, firm: bool) -> Reading:
    """Return the one answer that stands for a case: the whole map's, or that of the first school."""
    found = readings(case, question.name, firm=firm)
    if question.about != "map":
        school = next((actor.id for actor in case.actors if actor.kind == "school"), "")
        if not school:
            return Reading(reason=NO_SCHOOL)
        found = tuple(one for one in found if school in one.about)
    parts = tuple(dict.fromkeys(one.detail for one in found))
    if detail and detail not in parts:
        raise UnknownNameError(f"'{question.name}' has no part '{detail}'; it has {', '.join(parts) or 'none'}."
                               f"{did_you_mean(detail, parts)}")
    one = next((one for one in found if not detail or one.detail == detail), None)
    if one is None or (one.value is None and not one.reason):
        return Reading(reason=question.undefined)
    return one


def _has_taken_in(maps: tuple[Case, Case], earlier: tuple[str, ...], later: tuple[str, ...]) -> bool:
    """Say whether somebody who was outside a unit is inside it now: then its two numbers do not measure the same distance."""
    before, after = maps
    pairs = related(before, after, after.lineage or Lineage())
    outside = {actor.id for actor in before.actors if not actor.is_family} - {*earlier}
    return any(a in outside and b in later for a, b in pairs)
