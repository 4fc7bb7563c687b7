"""What an answer would be if the ties that nobody could confirm were there, or some of them: its lowest and highest value."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from agencygraph.flows import Flows, with_ties
from agencygraph.measures.questions import Question, Reading
from agencygraph.measures.variants import DRAWN, MOST_EXACT, choices, not_agreed
from agencygraph.model import Case

Range = tuple[float | None, float | None]
Key = tuple[str, tuple[str, ...], str]


@dataclass(slots=True)
class _Bounds:
    """The lowest and the highest value met so far, and in how many readings there was an answer at all."""

    low: float
    high: float
    met: int = 1

    def take(self, value: float) -> None:
        self.low, self.high, self.met = min(self.low, value), max(self.high, value), self.met + 1


def ranges_of(flows: Flows, asked: Sequence[Question]) -> dict[Key, Range]:
    """Return the lowest and highest value of every answer, over all readings of the ties that nobody could confirm.

    The key is the name of the question, whom the answer is about, and its detail. Readings without a value are left out.
    Empty where every tie is known.

    >>> from agencygraph.flows import flows_of
    >>> from agencygraph.measures.asking import ask
    >>> case = Case.of(actors={"school": "school", "gp": "agency", "ssd": "agency"}, ties=["school => gp", "ssd ?=> gp"])
    >>> ranges_of(flows_of(case), ask("pairs talking"))["pairs talking", (), "all pairs"]
    (0.3333333333333333, 0.6666666666666666)
    """
    places = not_agreed(flows.case, "unknown")
    if not places:
        return {}
    found: dict[Key, _Bounds] = {}
    undefined: set[Key] = set()
    counted = flows.counted & ~sum(1 << place for place in places)
    chosen, _ = choices(len(places))
    for one in chosen:
        read = with_ties(flows, counted | sum(1 << place for bit, place in enumerate(places) if one >> bit & 1))
        for question in asked:
            _take(found, undefined, question.name, question.read(read))
    # A hand-off at which nobody is told has no answer of its own: that reading has nought.
    return {key: (min(bounds.low, 0) if key not in undefined and bounds.met < len(chosen) else bounds.low, bounds.high)
            for key, bounds in found.items()}


def _take(found: dict[Key, _Bounds], undefined: set[Key], name: str, answers: Iterable[Reading]) -> None:
    """Widen the bounds of every answer of one reading; `undefined` collects those that once had no value."""
    for one in answers:
        key = (name, one.about, one.detail)
        if one.value is None:
            undefined.add(key)
        elif key in found:
            found[key].take(one.value)
        else:
            found[key] = _Bounds(one.value, one.value)


def range_note(cases: Iterable[Case]) -> str:
    """Return how lowest and highest were found; empty where every tie of every case is known."""
    most = max((len(not_agreed(case, "unknown")) for case in cases), default=0)
    if not most:
        return ""
    drawn = f" (over {DRAWN:,} of them, drawn at random but always the same, where there are more than {MOST_EXACT} such ties)"
    return (" Lowest and highest: the value over every reading of the ties that nobody could confirm, each there or not"
            f"{drawn * (most > MOST_EXACT)}; readings without an answer are left out.")
