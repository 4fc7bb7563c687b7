"""How far dated events can have carried some news: surely, whatever the vague dates were, and perhaps, with the right ones."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from agencygraph.measures.dated_steps import Step, precedes

MOST_WAYS = 50  # that are kept for one actor, or a simpler search is made; Peter's case keeps one or two
Limit = tuple[Step, frozenset[int]]


@dataclass(frozen=True, slots=True)
class News:
    """Some news: who knows it at first, who passes it on, and the first and the last day that count."""

    start: str
    relays: Collection[str]
    first: int
    last: int

    def passes(self, id: str) -> bool:
        """Say whether an actor passes it on once it is known there; whoever knows it at first always does."""
        return id == self.start or id in self.relays


class Told(NamedTuple):
    """Somebody is told: by which step, on what day at the earliest, and how whoever tells it was told before.

    `limits` holds, for each vague date that is not yet past, the last step taken under it, and those of the same `seq` that must
    not be taken again: later steps under the same date must come later by `seq` too.
    """

    who: str
    day: int
    step: Step | None = None
    before: Told | None = None
    limits: tuple[Limit, ...] = ()

    @property
    def chain(self) -> tuple[Told, ...]:
        """All who were told on the way here, the first one first."""
        found = [self]
        while found[-1].before is not None:
            found.append(found[-1].before)
        return tuple(found[-2::-1])


def surely_told(steps: Iterable[Step], news: News) -> dict[str, Told]:
    """Return, for all who surely come to know, how they do soonest: by steps each of which surely comes before the next.

    This is the vector-clock sweep for one piece of news; `day` is the last on which it can have been.
    """
    told: dict[str, list[Told]] = {news.start: [Told(news.start, news.first - 1)]}
    # Whatever surely comes before a step stands before it in this order.
    for step in sorted(steps, key=_order):
        if step.first < news.first or step.last > news.last:
            continue
        found = [Told(other, step.last, step, cause) for teller, other in step.hops
                 if other != news.start and news.passes(teller) and (cause := _cause(told.get(teller, ()), step))]
        for one in found:
            told.setdefault(one.who, []).append(one)
    return {who: min(ways, key=_rank) for who, ways in told.items() if who != news.start}


def _cause(ways: Iterable[Told], step: Step) -> Told | None:
    return next((way for way in ways if way.step is None or precedes(way.step, step)), None)


def perhaps_told(steps: Collection[Step], news: News) -> dict[str, Told]:
    """Return, for all who perhaps come to know, how they do on the earliest day that some choice of dates allows.

    Each step is taken on the first day that is left to it. Where the way here matters for what can follow, several ways are kept.
    Dozens of two-way talks among several under one vague date would make too many ways: then news may come back to the side from
    which it went out, so that a few too many may be named.
    """
    ways = _ways(steps, news, MOST_WAYS) or _ways([replace(step, could_turn_back=False) for step in steps], news, None) or {}
    return {who: min(found, key=_rank) for who, found in ways.items() if found}


def _ways(steps: Iterable[Step], news: News, most: int | None) -> dict[str, list[Told]] | None:
    """Return the ways to everybody that are worth keeping; None where there are more than may be kept."""
    leading: dict[str, list[tuple[Step, str]]] = {}
    for step in sorted(steps, key=_order):
        for teller, other in step.hops:
            if other != news.start and news.passes(teller):
                leading.setdefault(teller, []).append((step, other))
    kept: dict[str, list[Told]] = {}
    waiting = deque([Told(news.start, news.first - 1)])
    while waiting:
        here = waiting.popleft()
        for step, other in leading.get(here.who, ()):
            found = _next(here, step, other, news.last)
            ways = kept.setdefault(other, [])
            if found and not any(_is_no_worse(way, found) for way in ways):
                ways[:] = [way for way in ways if not _is_no_worse(found, way)] + [found]
                waiting.append(found)
                if most is not None and len(ways) > most:
                    return None
    return kept


def _next(here: Told, step: Step, other: str, last: int) -> Told | None:
    """Return how somebody is told by one more step, on the first day that is left to it; None where no day is."""
    same_date = here.step is not None and here.step.when == step.when
    # On one day nothing follows on anything else, unless both carry the same date and seq orders them.
    day = max(step.first, here.day if same_date and here.step is not None and here.step.seq < step.seq else here.day + 1)
    if day > min(step.last, last) or any(_forbids(limit, step) for limit in here.limits):
        return None
    limits = tuple(limit for limit in here.limits if limit[0].last >= day and limit[0].when != step.when)
    if step.is_vague:
        again = [used for limit, used in here.limits if limit.when == step.when and limit.seq == step.seq]
        limits += ((step, frozenset().union(*again, {step.at} if step.could_turn_back else ())),)
    return Told(other, day, step, here, limits)


def _forbids(limit: Limit, step: Step) -> bool:
    before, used = limit
    return before.when == step.when and (step.seq < before.seq or (step.seq == before.seq and step.at in used))


def _is_no_worse(one: Told, other: Told) -> bool:
    """Say whether whatever can follow on one way of being told could follow on the other too."""
    if one.step is None or other.step is None or one.day > other.day:
        return False
    if one.day == other.day and not (one.step.when == other.step.when and one.step.seq <= other.step.seq):
        return False
    theirs: Mapping[object, Limit] = {limit[0].when: limit for limit in other.limits}
    return all(_is_no_tighter(limit, theirs.get(limit[0].when)) for limit in one.limits if limit[0].last >= other.day)


def _is_no_tighter(one: Limit, other: Limit | None) -> bool:
    return other is not None and (one[0].seq < other[0].seq or (one[0].seq == other[0].seq and one[1] <= other[1]))


def could_hear(steps: Iterable[Step], start: str, relays: Collection[str]) -> frozenset[str]:
    """Return all who would come to know, were the events in whatever order suits."""
    hops = [hop for step in steps for hop in step.hops]
    found, waiting = {start}, [start]
    for here in waiting:
        for teller, other in hops if here == start or here in relays else ():
            if teller == here and other not in found:
                found.add(other)
                waiting.append(other)
    return frozenset(found - {start})


def _order(step: Step) -> tuple[int, int, int, int]:
    return step.first, step.last, step.seq, step.at


def _rank(told: Told) -> tuple[int, ...]:
    """Return what makes one way sooner than another; among equals the one that stands first in the file."""
    return (told.day, *_order(told.step)) if told.step else (told.day,)
