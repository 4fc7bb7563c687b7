"""The plain kernel: one Python int per actor as its bit row, by the same functions that answer for a single case.

Slower than the compiled kernel by two orders of magnitude, and written apart from it: each is the other's proof.
"""

from __future__ import annotations

import operator
from collections.abc import Iterable, Iterator
from functools import reduce
from types import MappingProxyType
from typing import TYPE_CHECKING

from agencygraph.batch.slots import CASE_SLOTS, EACH, EACH_SLOTS, Answers, Settings, blank_answers
from agencygraph.caseloads.columns import CRITICAL, TWO_WAY, UNKNOWN, Columns
from agencygraph.flows import Flows, bits, reach, rings, units_of
from agencygraph.measures.islands import islands_of, pairs_among
from agencygraph.measures.loop_status import STATUSES, heard_and_told, standing_of
from agencygraph.measures.state_sum import BUDGET, net_of, sum_states
from agencygraph.model import Case
from agencygraph.model.words import FAMILY_KINDS, KINDS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Row = NDArray[np.int32]

_NOBODY = Case()
_FAMILY = frozenset(KINDS.index(kind) for kind in FAMILY_KINDS)
_SCHOOL, _CHILD = KINDS.index("school"), KINDS.index("child")


def run(columns: Columns, settings: Settings, budget: int = BUDGET) -> Answers:
    """Answer every core question of a batch of cases, on Python's own whole numbers.

    >>> from agencygraph.caseloads.generator import make_columns
    >>> run(make_columns(0, 2, seed=1), ()).ints.shape[0]
    2
    """
    found = blank_answers(len(columns), len(columns.kinds.values), settings)
    for row in range(len(columns)):
        both = (_flows_of(columns, row, False), _flows_of(columns, row, True))
        kinds = columns.kinds.of(row)
        places = [kinds.index(kind) if kind in kinds else -1 for kind in (_SCHOOL, _CHILD)]
        _of_case(found.ints[row], both[0], columns.sectors.of(row))
        for firm, flows in enumerate(both):
            each = found.ints[row, len(CASE_SLOTS) + firm * len(EACH) :][: len(EACH)]
            for part in (_of_pairs(flows), _of_points(flows), _of_loop(flows, both[1]), _of_doors(flows, places[1]),
                         _of_school(flows, both[1], places[0]), _of_sectors(flows, columns.sectors.of(row))):
                for name, value in part:
                    each[EACH_SLOTS[name]] = value
            start = int(columns.kinds.starts[row])
            _of_units(found, (row, start), flows, places[0], firm)
        if places[0] >= 0:
            found.unsolved[row] = not _of_chance(found.chances[row], both[0], places[0], settings, budget)
    return found


def rows_of(columns: Columns, row: int) -> Flows:
    """Return one case as bit rows over any tie; its actors are called by their places."""
    return _flows_of(columns, row, False)


def _flows_of(columns: Columns, row: int, firm: bool) -> Flows:
    kinds = columns.kinds.of(row)
    out, into, critical = ([0] * len(kinds) for _ in range(3))
    tie_at: dict[tuple[int, int], int] = {}
    counted = 0
    ties = zip(columns.sources.of(row), columns.targets.of(row), columns.marks.of(row), strict=True)
    for place, (source, target, mark) in enumerate(ties):
        if mark & UNKNOWN:
            continue
        counted |= 1 << place
        if firm and not mark & CRITICAL:
            continue
        for a, b in ((source, target), (target, source))[: 2 if mark & TWO_WAY else 1]:
            out[a] |= 1 << b
            into[b] |= 1 << a
            critical[a] |= (mark & CRITICAL) << b
            tie_at[a, b] = place
    workers = sum(1 << at for at, kind in enumerate(kinds) if kind not in _FAMILY)
    keys, units = _units(columns, row, workers)
    ids = tuple(f"{KINDS[kind]}_{at}" for at, kind in enumerate(kinds))
    return Flows(_NOBODY, ids, tuple(out), tuple(into), tuple(critical), workers, workers,
                 sum(1 << at for at in columns.leads.of(row)), units, keys, MappingProxyType(tie_at), counted, firm,
                 "practitioners", "team", False)


def _units(columns: Columns, row: int, workers: int) -> tuple[tuple[tuple[str, str], ...], tuple[int, ...]]:
    bases, teams = columns.bases.of(row), columns.teams.of(row)
    keys = []
    for at, base in enumerate(bases):
        team = teams[at] or teams[base]
        keys.append(("team", str(team)) if team else ("base", str(base)))
    together: dict[tuple[str, str], int] = {}
    for at in bits(workers):
        together[keys[at]] = together.get(keys[at], 0) | 1 << at
    return tuple(keys), tuple(together[key] if workers >> at & 1 else 1 << at for at, key in enumerate(keys))


def _of_case(row: Row, flows: Flows, sectors: list[int]) -> None:
    workers, units = flows.practitioners, units_of(flows)
    present = len({sectors[at] for at in bits(workers)})
    counts = {
        "actors": len(flows.ids), "practitioners": workers.bit_count(), "family": flows.family.bit_count(),
        "leads": flows.leads.bit_count(), "units": len(units), "ties": flows.counted.bit_count(), "pairs": pairs_among(workers),
        "pairs_between": pairs_among(workers) - sum(map(pairs_among, units)), "sector_cells": present * (present - 1),
    }  # fmt: skip
    for name, value in counts.items():
        row[CASE_SLOTS[name]] = value


def _of_pairs(flows: Flows) -> Iterator[tuple[str, int]]:
    counts = dict.fromkeys(("pairs_talking", "pairs_talking_between", "two_way_pairs", "two_way_pairs_between"), 0)
    for at in bits(flows.practitioners):
        later = flows.practitioners >> (at + 1) << (at + 1)
        for name, found in (("pairs_talking", flows.out[at] | flows.into[at]), ("two_way_pairs", flows.out[at] & flows.into[at])):
            counts[name] += (found & later).bit_count()
            counts[f"{name}_between"] += (found & later & ~flows.units[at]).bit_count()
    yield from counts.items()
    groups = islands_of(flows)
    yield "islands", len(groups)
    yield "alone", sum(group.bit_count() == 1 for group in groups)
    yield "linked_pairs", sum(map(pairs_among, groups))
    yield "flows", sum(row.bit_count() for row in flows.out)
    yield "absent", sum(not flows.out[at] | flows.into[at] for at in bits(flows.practitioners))


def _of_points(flows: Flows) -> Iterator[tuple[str, int]]:
    workers = flows.practitioners
    reached = {at: reach(flows, 1 << at) & workers & ~(1 << at) for at in bits(workers)}
    anyhow = {at: reach(flows, 1 << at, relays=flows.everyone) & workers & ~(1 << at) for at in bits(workers)}
    yield "routes_professional", sum(row.bit_count() for row in reached.values())
    yield "routes_via_family", sum((anyhow[at] & ~reached[at]).bit_count() for at in reached)
    worst, points = (0, -1, 0), 0
    for gone in bits(workers):
        others = [at for at in reached if at != gone]
        of = sum((reached[at] & ~(1 << gone)).bit_count() for at in others)
        without = sum((reach(flows, 1 << at, relays=workers & ~(1 << gone)) & workers & ~(1 << gone | 1 << at)).bit_count()
                      for at in others)
        points += of > without
        worst = max(worst, (of - without, gone, of), key=lambda one: one[0])
    yield from zip(("single_points", "single_point_lost", "single_point", "single_point_of"), (points, *worst), strict=True)
    lost = [sum(row.bit_count() for row in reached.values()) - _routes_without(flows, place)
            for place in dict.fromkeys(flows.tie_at.values())]
    yield "single_ties", sum(one > 0 for one in lost)
    yield "single_tie_lost", max(lost, default=0)


def _routes_without(flows: Flows, place: int) -> int:
    """Return how many ordered pairs of practitioners have a route when one tie is gone."""
    rows = [row & flows.practitioners for row in flows.out]
    for (at, to), tie in flows.tie_at.items():
        if tie == place:
            rows[at] &= ~(1 << to)
    count = 0
    for start in bits(flows.practitioners):
        known = fresh = 1 << start
        while fresh:
            told = 0
            for at in bits(fresh):
                told |= rows[at]
            fresh = told & ~known
            known |= fresh
        count += known.bit_count() - 1
    return count


def _of_loop(flows: Flows, firm: Flows) -> Iterator[tuple[str, int]]:
    if not flows.leads:
        return
    found = [standing_of(flows, at) for at in bits(flows.practitioners)]
    words = zip(("loop_in", "loop_not_told", "loop_not_heard", "loop_cut_off"), STATUSES[3:], strict=True)
    yield from ((name, found.count(word)) for name, word in words)
    yield "loop_thin", sum(word == "in the loop" and not all(heard_and_told(firm, at))
                           for at, word in zip(bits(flows.practitioners), found, strict=True))


def _of_doors(flows: Flows, child: int) -> Iterator[tuple[str, int]]:
    workers = flows.practitioners
    yield "family_no_door", sum(not (flows.out[at] | flows.into[at]) & workers for at in bits(flows.family))
    if child >= 0:
        met = (flows.out[child] | flows.into[child]) & workers
        yield "child_doors", met.bit_count()
        yield "child_unit_doors", sum(bool(unit & met) for unit in units_of(flows))
        yield "child_two_way_doors", (flows.out[child] & flows.into[child] & workers).bit_count()


def _of_school(flows: Flows, firm: Flows, school: int) -> Iterator[tuple[str, int]]:
    if school < 0:
        return
    others, unit = flows.practitioners & ~(1 << school), flows.units[school]
    outside = flows.practitioners & ~unit
    yield "school_tells", (flows.out[school] & others).bit_count()
    yield "school_hears", (flows.into[school] & others).bit_count()
    told, telling, firmly_told, firmly_telling = (
        sum(1 << at for at in bits(outside) if any(rows[a] >> b & 1 for own in bits(unit) for a, b in [(at, own)[::way]]))
        for rows, way in ((flows.out, -1), (flows.out, 1), (flows.critical, -1), (flows.critical, 1)))
    yield "school_told", told.bit_count()
    yield "school_no_return", (told & ~telling).bit_count()
    yield "school_thin_return", (firmly_told & telling & ~firmly_telling).bit_count()
    yield "school_outside", outside.bit_count()
    yield "school_hears_from", (reach(flows, unit, backwards=True) & outside).bit_count()
    yield "school_heard_by", (reach(flows, unit) & outside).bit_count()
    told_in_turn = [ring & others for ring in rings(flows, 1 << school)]
    yield "school_knows", sum(told_in_turn).bit_count()
    if others and sum(told_in_turn) == others:
        yield "school_hand_offs", max(round for round, ring in enumerate(told_in_turn, 1) if ring)
    yield "school_status", STATUSES.index(standing_of(flows, school))


def _of_sectors(flows: Flows, sectors: list[int]) -> Iterator[tuple[str, int]]:
    yield "sector_cells_used", len({(sectors[at], sectors[to]) for at in bits(flows.practitioners)
                                    for to in bits(flows.out[at] & flows.practitioners) if sectors[at] != sectors[to]})


def _of_units(found: Answers, place: tuple[int, int], flows: Flows, school: int, firm: int) -> None:
    row, start = place
    for number, unit in enumerate(units_of(flows)):
        outside = flows.practitioners & ~unit
        found.units[start + number, 0] = next(bits(unit))
        if not outside:
            continue
        near = [_add((ring & outside).bit_count() / steps for steps, ring in enumerate(rings(flows, unit, backwards=way), 1))
                for way in (True, False)]
        values = 1 - near[0] / outside.bit_count(), near[1] / outside.bit_count()
        found.units[start + number, 1 + 2 * firm : 3 + 2 * firm] = values
        if school >= 0 and unit >> school & 1:
            found.fractions[row, 2 * firm : 2 * firm + 2] = values


def _add(shares: Iterable[float]) -> float:
    """Add in order, as the compiled kernel does: from Python 3.12 on the built-in sum rounds otherwise."""
    return reduce(operator.add, shares, 0.0)


def _of_chance(row: NDArray[np.float64], flows: Flows, school: int, settings: Settings, budget: int) -> bool:
    """Fill in the chances of one case; say no where the budget does not allow it."""
    wanted = flows.practitioners & ~(1 << school)
    lead = next(bits(flows.leads & ~(1 << school)), -1)
    for number, odds in enumerate(settings):
        if not wanted:
            break
        summed = sum_states(net_of(flows.out, flows.critical, school, flows.relays, odds), wanted, budget)
        if summed is None:
            return False
        row[2 * number] = _add(summed.chances.values())
        if lead >= 0:
            row[2 * number + 1] = summed.chances[lead]
    return True
