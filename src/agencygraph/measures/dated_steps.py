"""Events as steps that news can take: who tells whom, between which days, and what surely comes before what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from agencygraph.model import Chronology, Event, When


@dataclass(frozen=True, slots=True)
class Step:
    """One event, as news takes it.

    Attributes
    ----------
    at
        The place of the event in the chronology.
    first, last
        The days on which it can have been, as numbers.
    when, seq
        Its date as it is written, and what orders those that carry the same one.
    hops
        Who tells whom at once: ids of actors.
    could_turn_back
        Whether news could come in on one side and go out to others on that side, if the event were wrongly taken twice.
    """

    at: int
    first: int
    last: int
    when: When
    seq: int
    hops: tuple[tuple[str, str], ...]
    could_turn_back: bool = False

    @property
    def is_vague(self) -> bool:
        """True where the day is not known."""
        return self.first < self.last


def precedes(one: Step, other: Step) -> bool:
    """Say whether one event surely came before another: by its latest day, or by `seq` under the same date.

    >>> steps = steps_of(Chronology((Event("2003", ("a",), ("b",), seq=1), Event("2003", ("b",), ("c",), seq=2),
    ...                              Event("2003-02", ("c",), ("d",)), Event("2004", ("d",), ("a",)))))
    >>> [precedes(steps[0], other) for other in steps]
    [False, True, False, True]
    """
    return one.last < other.first or (one.when == other.when and one.seq < other.seq)


def steps_of(chronology: Chronology) -> tuple[Step, ...]:
    """Return the events as steps, in the order of the chronology."""
    return tuple(Step(at, event.when.earliest.toordinal(), event.when.latest.toordinal(), event.when, event.seq, _hops(event),
                      event.way == "two-way" and len(event.parties) > 2) for at, event in enumerate(chronology.events))


def _hops(event: Event) -> tuple[tuple[str, str], ...]:
    if event.way == "meeting":
        return tuple((a, b) for a in event.parties for b in event.parties if a != b)
    there = tuple((a, b) for a in event.senders for b in event.receivers)
    return there + tuple((b, a) for a, b in there) if event.way == "two-way" else there


def backwards(steps: Iterable[Step]) -> tuple[Step, ...]:
    """Return the steps as if time and every telling ran the other way: who heard latest becomes who heard first."""
    return tuple(replace(step, first=-step.last, last=-step.first, seq=-step.seq, hops=tuple((b, a) for a, b in step.hops))
                 for step in steps)


def window(steps: tuple[Step, ...], since: When | None, until: When | None) -> tuple[int, int]:
    """Return the first and the last day that count: from the beginning of `since` to the end of `until`, else all of them."""
    first = min((step.first for step in steps), default=0) if since is None else since.earliest.toordinal()
    last = max((step.last for step in steps), default=0) if until is None else until.latest.toordinal()
    return first, last


def days_between(one: When, other: When) -> int | None:
    """Return how many days lie between two dates; None unless both are known to the day.

    >>> days_between(When(2004, 2, 14), When(2004, 3, 1)), days_between(When(2004, 2), When(2004, 3, 1))
    (16, None)
    """
    if one.day is None or other.day is None:
        return None
    between: dt.timedelta = other.earliest - one.earliest
    return between.days
