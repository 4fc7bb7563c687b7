"""The same case read otherwise: every reading of the ties that are not agreed, and every single change to the map."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from agencygraph.measures.wording import tie_words
from agencygraph.model import Case, Tie

MOST_EXACT = 12
DRAWN = 4096
_SEED = 2004


@dataclass(frozen=True, slots=True)
class Variation:
    """One change to a map: a tie that goes (`after` is None), a tie that comes (`before` is None), or a tie drawn otherwise."""

    before: Tie | None
    after: Tie | None

    def words(self, labels: Mapping[str, str]) -> str:
        """Return the change as the end of the sentence "It would not hold with ...".

        >>> Variation(Tie.parse("school => gp"), None).words({"school": "School", "gp": "GP"})
        'School → GP gone'
        """
        if self.after is None:
            return f"{_bare(self.before, labels)} gone"
        if self.before is None:
            return f"{_bare(self.after, labels)} added"
        if self.before.strength != self.after.strength:
            return f"{_bare(self.after, labels)} {self.after.strength}"
        return f"{_bare(self.after, labels)} in place of {_bare(self.before, labels)}"


def not_agreed(case: Case, *statuses: str) -> tuple[int, ...]:
    """Return the places in `case.ties` of the ties with one of these statuses."""
    return tuple(place for place, tie in enumerate(case.ties) if tie.status in statuses)


def choices(count: int) -> tuple[Sequence[int], bool]:
    """Return sets of so many ties: all of them while they are few, else some drawn at random; and whether it is all.

    >>> list(choices(2)[0]), choices(13)[1], len(choices(13)[0])
    ([0, 1, 2, 3], False, 4096)
    """
    if count <= MOST_EXACT:
        return range(1 << count), True
    # The bits of Python's own generator are the same on every version and machine for the same seed.
    generator = random.Random(_SEED)  # noqa: S311
    return tuple(generator.getrandbits(count) for _ in range(DRAWN)), False


def reading_of(case: Case, places: Sequence[int], chosen: int) -> Case:
    """Return the case in which, of the ties at these places, those whose bit is set are agreed and the others are gone."""
    bit_of = {place: bit for bit, place in enumerate(places)}
    ties = [tie if place not in bit_of else dataclasses.replace(tie, status="agreed")
            for place, tie in enumerate(case.ties) if place not in bit_of or chosen >> bit_of[place] & 1]
    return with_these(case, ties)


@lru_cache(maxsize=8)
def variations(case: Case) -> tuple[tuple[Variation, Case], ...]:
    """Return every single change to a map with the case that comes of it: of the ties that count first, then the new ones."""
    found = [*_changed(case), *_added(case)]
    return tuple((one, _varied(case, one)) for one in found)


def with_these(case: Case, ties: Iterable[Tie]) -> Case:
    """Return the case with other ties: two that have become alike but for their direction are one, and gaps that are closed go."""
    joined: dict[tuple[str, ...], Tie] = {}
    for tie in ties:
        back = joined.get((tie.target, tie.source))
        if back is not None and dataclasses.replace(back, source=tie.source, target=tie.target) == tie:
            joined[back.source, back.target] = dataclasses.replace(back, two_way=True)
        else:
            joined[tie.source, tie.target] = tie
    drawn = tuple(joined.values())
    flows = {flow for tie in drawn for flow in tie.flows}
    return case.replace(ties=drawn, gaps=tuple(gap for gap in case.gaps if (gap.source, gap.target) not in flows))


def _changed(case: Case) -> Iterator[Variation]:
    """Each tie that counts: gone, of the other strength, one-way in place of two-way, two-way in place of one-way."""
    flows = {flow for tie in case.ties for flow in tie.flows}
    for tie in case.ties:
        if tie.status == "unknown":
            continue
        yield Variation(tie, None)
        yield Variation(tie, dataclasses.replace(tie, strength="peripheral" if tie.is_critical else "critical"))
        if tie.two_way:
            yield Variation(tie, dataclasses.replace(tie, two_way=False))
            yield Variation(tie, dataclasses.replace(tie, source=tie.target, target=tie.source, two_way=False))
        elif (tie.target, tie.source) not in flows:
            yield Variation(tie, dataclasses.replace(tie, two_way=True))


def _added(case: Case) -> Iterator[Variation]:
    """Each flow from one practitioner to another that no tie of the case says."""
    flows = {flow for tie in case.ties for flow in tie.flows}
    workers = [actor.id for actor in case.actors if not actor.is_family]
    for a in workers:
        for b in workers:
            if a != b and (a, b) not in flows:
                yield Variation(None, Tie(a, b))


def _varied(case: Case, one: Variation) -> Case:
    kept = [one.after if tie == one.before else tie for tie in case.ties]
    return with_these(case, [tie for tie in (*kept, *((one.after,) if one.before is None else ())) if tie is not None])


def _bare(tie: Tie | None, labels: Mapping[str, str]) -> str:
    """Return a tie under labels without its strength and status."""
    return tie_words(dataclasses.replace(tie, strength="critical", status="agreed"), labels) if tie else ""
