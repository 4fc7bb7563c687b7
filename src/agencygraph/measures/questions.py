"""Question and Reading: what is asked of a map, and one answer with the actors and ties behind it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import GeneratorType
from typing import Any, NamedTuple, TypedDict, Unpack

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
Evidence = tuple[tuple[str, ...], tuple[Pair, ...], tuple[Tie, ...]]
# A function that names the actors, pairs and ties behind a number, and what to give it once somebody asks for them.
Behind = tuple[Callable[..., Evidence], *tuple[Any, ...]]


def _given(who: tuple[str, ...], pairs: tuple[Pair, ...], ties: tuple[Tie, ...]) -> Evidence:
    """Return evidence that is known from the beginning."""
    return who, pairs, ties


NO_EVIDENCE: Behind = _given, (), (), ()


class _Parts(NamedTuple):
    """What a reading is made of: its numbers and words, and how to name the evidence once somebody asks."""

    about: tuple[str, ...]
    value: float | None
    count: int | None  # type: ignore[assignment]  # the number, in place of the method that counts in a tuple
    of: int | None
    detail: str
    words: str
    reason: str
    behind: Behind


class Reading(_Parts):
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

    __slots__ = ()

    def __new__(cls, about: tuple[str, ...] = (), value: float | None = None, count: int | None = None,  # noqa: PLR0913, PLR0917 (its fields)
                of: int | None = None, detail: str = "", words: str = "", who: tuple[str, ...] = (), pairs: tuple[Pair, ...] = (),
                ties: tuple[Tie, ...] = (), reason: str = "") -> Reading:
        if value is None and not words and not reason:
            raise InvalidError("a reading without a value needs words or a reason.")
        if value is not None and not -math.inf < value < math.inf:
            raise InvalidError(f"{value} is no number to show; give None and a reason.")
        if of is not None and not 0 <= (count or 0) <= of:
            raise InvalidError(f"{count} of {of} cannot be.")
        return _new(cls, (about, value, count, of, detail, words, reason, (_given, who, pairs, ties)))

    @property
    def evidence(self) -> Evidence:
        """The actors, pairs and ties behind the number, all at once."""
        return self.behind[0](*self.behind[1:])

    @property
    def who(self) -> tuple[str, ...]:
        """Ids of the actors behind the number."""
        return self.evidence[0]

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """Ordered pairs of ids behind the number."""
        return self.evidence[1]

    @property
    def ties(self) -> tuple[Tie, ...]:
        """The ties behind the number."""
        return self.evidence[2]

    def _all(self) -> tuple[object, ...]:
        who, pairs, ties = self.evidence
        return self.about, self.value, self.count, self.of, self.detail, self.words, who, pairs, ties, self.reason

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Reading) and self._all() == other._all()

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self._all())

    def __getnewargs__(self) -> tuple[object, ...]:
        return self._all()

    def __repr__(self) -> str:
        fields = ("about", "value", "count", "of", "detail", "words", "who", "pairs", "ties", "reason")
        return f"Reading({', '.join(f'{field}={part!r}' for field, part in zip(fields, self._all(), strict=True))})"


def quick_reading(about: tuple[str, ...], numbers: tuple[float | None, int | None, int | None], detail: str = "", words: str = "",
                  reason: str = "", behind: Behind = NO_EVIDENCE) -> Reading:
    """Return a reading whose numbers (value, count, of) are right by construction, and whose evidence is named when asked for.

    To name the actors and ties behind a number costs more than to count them, and most readings are asked for the number only.
    """
    value, count, of = numbers
    return _new(Reading, (about, value, count, of, detail, words, reason, behind))


def quick_share(about: tuple[str, ...], count_of: tuple[int, int], reason: str, behind: Behind,
                detail: str = "", words: str = "") -> Reading:
    """Return "count of of" as `share` does, its evidence named when asked for."""
    count, of = count_of
    if of:
        return _new(Reading, (about, count / of, count, of, detail, words, "", behind))
    return _new(Reading, (about, None, count, of, detail, words, reason, behind))


# Past the checks, which cost as much as the counting.
_new: Callable[[type[Reading], tuple[object, ...]], Reading] = tuple.__new__


def people(flows: Flows, who: int) -> Evidence:
    """Return the evidence that is a set of actors."""
    return flows.ids_of(who), (), ()


class Beside(TypedDict, total=False):
    """What may be said beside the number of a share."""

    detail: str
    words: str
    who: tuple[str, ...]
    pairs: tuple[Pair, ...]
    ties: tuple[Tie, ...]


def share(about: tuple[str, ...], count: int, of: int, reason: str = "", **behind: Unpack[Beside]) -> Reading:
    """Return "count of of" with its share, which is None, with the reason, where `of` is nought or a reason is forced.

    Parameters
    ----------
    about
        Ids of whom it is about; empty for the whole map.
    count, of
        How many, and of how many.
    reason
        Why there is no share, where it is not that `of` is nought.
    behind
        ``detail``, and who and which pairs and ties are behind the number, by name.

    Returns
    -------
    Reading
        Its value is between 0 and 1, or None.

    Raises
    ------
    InvalidError
        For more than there are.

    Examples
    --------
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

    Raises
    ------
    InvalidError
        For a word that a field does not take.

    Examples
    --------
    >>> from agencygraph.measures import QUESTIONS
    >>> QUESTIONS.get("isolation").asks
    'How cut off is this unit from what the others know?'
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
        if isinstance(found, GeneratorType):
            return tuple(found)
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

    Parameters
    ----------
    fields
        All fields of a `Question` but its answer, by name.

    Returns
    -------
    Callable
        Gives the function back as it was.

    Raises
    ------
    InvalidError
        Where a field breaks a rule, or the name is taken.

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
