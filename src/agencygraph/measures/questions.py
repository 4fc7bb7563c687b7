"""Question and Reading: what is asked of a map, and one answer with the actors and ties behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypedDict, Unpack

from agencygraph.errors import InvalidError
from agencygraph.flows import Flows
from agencygraph.model import Tie
from agencygraph.registry import Registry

ABOUT = ("map", "actor", "unit", "pair", "tie", "sector")
BETTER = ("lower", "higher", "")
NOBODY_ELSE = "there is no other practitioner on the map"
NO_TIES = "the map has no ties"
Pair = tuple[str, str]
Span = tuple[float, float | None]


@dataclass(frozen=True, slots=True)
class Reading:
    """One answer of a measure.

    Parameters
    ----------
    about
        Ids of whom it is about: an actor, the members of a unit, the two of a pair; empty for the whole map.
    value
        The number, in the unit of the question; None where there is none.
    count, of
        The count behind a share: "3 of 12".
    detail
        Which part of the question, where it has several: "between units".
    words
        An answer in words, such as a status.
    who
        Ids of the actors behind the number.
    pairs
        Ordered pairs of ids behind the number.
    ties
        The ties behind the number.
    reason
        Why there is no value.

    Raises
    ------
    InvalidError
        For a number that is none, a count beyond its total, or no value and neither words nor reason.

    Examples
    --------
    >>> share(("school",), 3, 12).value
    0.25
    >>> Reading(("school",))
    Traceback (most recent call last):
    agencygraph.errors.InvalidError: a reading without a value needs words or a reason.
    """

    about: tuple[str, ...] = ()
    value: float | None = None
    count: int | None = None
    of: int | None = None
    detail: str = ""
    words: str = ""
    who: tuple[str, ...] = ()
    pairs: tuple[Pair, ...] = ()
    ties: tuple[Tie, ...] = ()
    reason: str = ""

    def __post_init__(self) -> None:
        if self.value is None and not self.words and not self.reason:
            raise InvalidError("a reading without a value needs words or a reason.")
        if self.value is not None and (self.value != self.value or abs(self.value) == float("inf")):
            raise InvalidError(f"{self.value} is no number to show; give None and a reason.")
        if self.of is not None and not 0 <= (self.count or 0) <= self.of:
            raise InvalidError(f"{self.count} of {self.of} cannot be.")


class Behind(TypedDict, total=False):
    """What may be said beside the number of a share."""

    detail: str
    words: str
    who: tuple[str, ...]
    pairs: tuple[Pair, ...]
    ties: tuple[Tie, ...]


def share(about: tuple[str, ...], count: int, of: int, reason: str = "", **behind: Unpack[Behind]) -> Reading:
    """Return "count of of" with its share, which is None, with the reason, where `of` is nought or a reason is forced.

    >>> share((), 0, 0, "nobody is there").reason
    'nobody is there'
    """
    value = count / of if of else None
    return Reading(about, value, count, of, reason="" if of else reason, **behind)


Answer = Iterable[Reading] | Mapping[str, float | None] | float | None
Measure = Callable[[Flows], Answer]


class Fields(TypedDict):
    """Everything that a question says of itself; all of it is required."""

    id: str
    name: str
    asks: str
    definition: str
    about: str
    unit: str
    span: Span | None
    better: str
    sentence: str
    undefined: str
    source: str


@dataclass(frozen=True, slots=True, repr=False)
class Question:
    """One question that a meeting asks of a map, and the function that answers it.

    Parameters
    ----------
    id
        The number in the catalogue: M4. Several questions may share one.
    name
        The word by which it is asked for: "isolation".
    asks, definition
        The question as the meeting asks it; how the answer is worked out.
    about
        What one answer is about: map, actor, unit, pair, tie or sector.
    unit
        What the value counts: "share of 0 to 1", "people", "hand-offs".
    span
        The lowest and the highest value, None for no upper bound; None where the answer is in words.
    better
        Which way is better for the child's map: lower, higher, or nothing where neither is.
    sentence
        How to say an answer aloud: {about}, {detail}, {value}, {count}, {of}, {words} and {who} are filled in.
    undefined
        When there is no value.
    source
        Who defined it.
    answer
        The function: `Flows` in; readings, a mapping of actor to number, or one number out.
    """

    id: str
    name: str
    asks: str
    definition: str
    about: str
    unit: str
    span: Span | None
    better: str
    sentence: str
    undefined: str
    source: str
    answer: Measure

    def __post_init__(self) -> None:
        empty = [field for field in ("id", "name", "asks", "definition", "unit", "sentence", "undefined", "source")
                 if not str(getattr(self, field)).strip()]
        if empty:
            raise InvalidError(f"the measure '{self.name}' says nothing of its {', '.join(empty)}.")
        if self.about not in ABOUT or self.better not in BETTER:
            raise InvalidError(f"the measure '{self.name}': about is one of {', '.join(ABOUT)}; better is lower, higher or empty.")
        if not callable(self.answer) or isinstance(self.answer, type):
            raise InvalidError(f"the measure '{self.name}' must be a function of the flows of a case.")

    @property
    def is_for_researchers(self) -> bool:
        """True for a statistic that no meeting asks for: its number begins with R."""
        return self.id.upper().startswith("R")

    def read(self, flows: Flows) -> tuple[Reading, ...]:
        """Return the readings of a case, whatever shape the function gives them."""
        found = self.answer(flows)
        if found is None or isinstance(found, (int, float)):
            return (self._number((), found),)
        if isinstance(found, Mapping):
            return tuple(self._number((id,), value) for id, value in found.items())
        return tuple(found)

    def _number(self, about: tuple[str, ...], value: float | None) -> Reading:
        return Reading(about, value, reason="" if value is not None else self.undefined)

    def __repr__(self) -> str:
        return f"Question({self.id} {self.name}: {self.asks})"


QUESTIONS: Registry[Question] = Registry("measure", package="agencygraph.measures", group="agencygraph.measures")


def question(**fields: Unpack[Fields]) -> Callable[[Measure], Measure]:
    """Mark a function as the answer to a question: it then appears in `measure` and `catalogue` by itself.

    The function takes the `Flows` of a case. A file in this package, or a plug-in under the entry point group
    ``agencygraph.measures``, needs nothing else.

    Examples
    --------
    >>> @question(id="X1", name="actors", asks="How many are we?", definition="Number of actors.", about="map", unit="people",
    ...           span=(0, None), better="", sentence="{count} actors.", undefined="never", source="this page")
    ... def count_actors(flows):
    ...     return len(flows.ids)
    >>> QUESTIONS.get("actors").asks
    'How many are we?'
    >>> QUESTIONS.remove("actors")
    """

    def mark(answer: Measure) -> Measure:
        made = Question(**fields, answer=answer)
        QUESTIONS.add(made.name, made)
        return answer

    return mark
