"""M15: would it stand if that disputed tie were wrong, and what single change would overturn it?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from agencygraph.errors import InvalidError
from agencygraph.measures.variants import Variation, choices, not_agreed, reading_of, variations
from agencygraph.measures.wording import counted, paragraphs, tie_words
from agencygraph.model import Case, Tie
from agencygraph.table import Cell, Table

Statement = Callable[[Case], bool]
SPOKEN = 3


@dataclass(frozen=True, slots=True, repr=False)
class HowSure:
    """How sure a statement about a map is, said in sentences by `print`; made by `how_sure`.

    Attributes
    ----------
    case, sentence, names
        What was asked; the sentence is empty for a statement that has none.
    holds
        Whether it holds on the map as it is drawn: disputed ties count, those not known do not.
    open_ties
        The ties that are disputed or not known.
    held, readings
        In how many readings of these ties it holds, of how many; in each reading each of them is there or is not.
    is_exact
        True where these are all readings; False where they were drawn at random.
    overturned_by
        The single changes after which the answer would be the other one.
    tried
        How many single changes were tried.
    """

    case: Case
    sentence: str
    names: bool
    holds: bool
    open_ties: tuple[Tie, ...]
    held: int
    readings: int
    is_exact: bool
    overturned_by: tuple[Variation, ...]
    tried: int

    @property
    def changes(self) -> tuple[str, ...]:
        """The single changes that would overturn it, in words: "School → GP gone"."""
        labels = self.case.labels(self.names)
        return tuple(one.words(labels) for one in self.overturned_by)

    @property
    def table(self) -> Table:
        """One row for each single change that would overturn it."""
        rows: list[tuple[Cell, ...]] = [(number, words) for number, words in enumerate(self.changes, 1)]
        return Table(("number", "change"), tuple(rows), f"{self.case.heading}: what would overturn it", " ".join(self._lines()))

    @property
    def on_open_ties(self) -> str:
        """What there is to say of ties that are disputed or not known."""
        if not self.open_ties:
            return "No tie is disputed or unknown."
        labels = self.case.labels(self.names)
        ties = "; ".join(tie_words(tie, labels) for tie in self.open_ties)
        how = "" if self.is_exact else f", drawn at random from 2 to the power of {len(self.open_ties)}"
        return (f"{counted(len(self.open_ties), 'tie is', 'ties are')} disputed or not known ({ties}): it holds in {self.held} of "
                f"{counted(self.readings, 'reading')}{how}.")

    @property
    def on_changes(self) -> str:
        """What there is to say of single changes; the first few are named."""
        changes = self.changes
        said = [*changes[:SPOKEN], *([f"{len(changes) - SPOKEN} more"] if len(changes) > SPOKEN else [])]
        if not said:
            return f"None of {counted(self.tried, 'single change')} to the map would overturn it."
        return f"Of {counted(self.tried, 'single change')} to the map {len(changes)} would overturn it: {'; '.join(said)}."

    def _lines(self) -> Iterator[str]:
        if self.sentence:
            yield self.sentence
        yield "This holds on the map as it is drawn." if self.holds else "This does not hold on the map as it is drawn."
        yield self.on_open_ties
        yield self.on_changes

    def __str__(self) -> str:
        return "\n".join(self._lines())

    def __repr__(self) -> str:
        changes = f"{len(self.overturned_by)} of {counted(self.tried, 'single change')} overturn it"
        return f"HowSure(holds in {self.held} of {counted(self.readings, 'reading')}, {changes})"

    def _repr_html_(self) -> str:
        """The sentences as a notebook shows them."""
        return paragraphs(self._lines())


def how_sure(case: Case, finding: Statement, *, names: bool = False) -> HowSure:
    """Say whether a finding would stand if a doubtful tie were wrong, and which single change would overturn it.

    Parameters
    ----------
    case
        The case.
    finding
        A statement about a case: a finding of `findings`, or any function that takes a case and answers true or false.
    names
        True to show private names in place of public labels.

    Returns
    -------
    HowSure
        "Holds in h of 2^k": in each reading each of the k ties that are disputed or not known is there or is not; all
        readings up to 12 such ties, else 4,096 drawn at random, always the same. Then each single change that would
        overturn it: a tie gone, of the other strength, one-way or two-way, or one more tie between practitioners.

    Raises
    ------
    InvalidError
        Where the finding is no such function, or answers something else than true or false.

    Source: this library; sensitivity of a statement to single errors of measurement.

    Examples
    --------
    >>> case = Case.of(actors={"school": "school", "gp": {"kind": "agency", "label": "GP"}}, ties=["school ~=> gp"])
    >>> def school_is_not_told(case):
    ...     return not any(target == "school" for tie in case.ties for source, target in tie.flows)
    >>> print(how_sure(case, school_is_not_told))
    This holds on the map as it is drawn.
    1 tie is disputed or not known (School → GP (disputed)): it holds in 2 of 2 readings.
    Of 4 single changes to the map 2 would overturn it: School ↔ GP in place of School → GP; GP → School added.
    """
    if not callable(finding):
        raise InvalidError(f"a finding is a function that takes a case and answers true or false, not a {type(finding).__name__}.")
    places = not_agreed(case, "disputed", "unknown")
    chosen, is_exact = choices(len(places))
    now = _answer(finding, case)
    held = sum(_answer(finding, reading_of(case, places, one)) for one in chosen) if places else int(now)
    tried = variations(case)
    overturned = tuple(one for one, varied in tried if _answer(finding, varied) != now)
    return HowSure(case, str(getattr(finding, "sentence", "")), bool(names), now, tuple(case.ties[place] for place in places), held,
                   len(chosen), is_exact, overturned, len(tried))


def _answer(finding: Statement, case: Case) -> bool:
    answer = finding(case)
    if not isinstance(answer, bool):
        raise InvalidError(f"the finding answered {answer!r}; it must answer true or false.")
    return answer
