"""The core measures of one case in machine code; each fills its slots of the answers. The definitions are those of `measures`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from agencygraph.batch.compiled_rows import (
    CHILD,
    FIRM,
    FIRM_REACH,
    GROUPS,
    INTO,
    LEADS,
    OUT,
    P_IN,
    P_OUT,
    REACH,
    SCHOOL,
    SECTOR,
    SIZE,
    SPARE,
    UNIT,
    WORKERS,
    close,
    count,
    leads_to,
    lowest,
    spread,
)
from agencygraph.batch.compiling import Bits, Pack, compiled
from agencygraph.batch.slots import EACH_SLOTS
from agencygraph.caseloads.columns import CRITICAL, TWO_WAY, UNKNOWN
from agencygraph.measures.loop_status import STATUSES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Words = NDArray[np.int64]
    Counts = NDArray[np.int32]
    Reals = NDArray[np.float64]

_ONE = np.int64(1)
_ABSENT, _NO_LEAD, _LEAD, _IN, _NOT_TOLD, _NOT_HEARD, _CUT_OFF = range(len(STATUSES))
(_FLOWS, _NO_FLOW, _TALKING, _TALKING_BETWEEN, _TWO_WAY, _TWO_WAY_BETWEEN, _ROUTES, _VIA_FAMILY, _ISLANDS, _ALONE, _LINKED, _POINTS,
 _POINT, _POINT_LOST, _POINT_OF, _SINGLE_TIES, _TIE_LOST, _LOOP_IN, _LOOP_NOT_TOLD, _LOOP_NOT_HEARD, _LOOP_CUT_OFF, _LOOP_THIN,
 _CELLS_USED, _NO_DOOR, _S_TELLS, _S_HEARS, _S_TOLD, _S_NO_RETURN, _S_THIN, _S_OUTSIDE, _S_HEARS_FROM, _S_HEARD_BY, _S_KNOWS,
 _S_HAND_OFFS, _S_STATUS, _C_DOORS, _C_UNIT_DOORS, _C_TWO_WAY) = EACH_SLOTS.values()


@compiled
def count_pairs(sheet: Words, sets: Words, found: Counts) -> None:
    """M1, M7, M12: flows, pairs of practitioners who talk, sectors that talk."""
    workers = sets[WORKERS]
    for slot in range(_FLOWS, _TWO_WAY_BETWEEN + 1):
        found[slot] = 0
    for at in range(sets[SIZE]):
        found[_FLOWS] += count(sheet[OUT, at])
        if not workers >> at & 1:
            continue
        found[_NO_FLOW] += (sheet[OUT, at] | sheet[INTO, at]) == 0
        later = (workers >> (at + 1)) << (at + 1)
        talking = (sheet[OUT, at] | sheet[INTO, at]) & later
        two_way = sheet[OUT, at] & sheet[INTO, at] & later
        found[_TALKING] += count(talking)
        found[_TALKING_BETWEEN] += count(talking & ~sheet[UNIT, at])
        found[_TWO_WAY] += count(two_way)
        found[_TWO_WAY_BETWEEN] += count(two_way & ~sheet[UNIT, at])
    found[_CELLS_USED] = 0
    for tellers in range(8):
        told, left = np.int64(0), sheet[SECTOR, tellers]
        while left:
            told |= sheet[OUT, lowest(left)]
            left &= left - 1
        for listeners in range(8):
            found[_CELLS_USED] += listeners != tellers and (told & sheet[SECTOR, listeners]) != 0


@compiled
def count_islands(sheet: Words, sets: Words, found: Counts) -> None:
    """M8: groups of practitioners linked among themselves."""
    for at in range(sets[SIZE]):
        sheet[GROUPS, at] = sheet[P_OUT, at] | sheet[P_IN, at]
    found[_ISLANDS] = found[_ALONE] = found[_LINKED] = 0
    left = sets[WORKERS]
    while left:
        group = spread(sheet[GROUPS], left & -left, left)
        left &= ~group
        size = count(group)
        found[_ISLANDS] += 1
        found[_ALONE] += size == 1
        found[_LINKED] += size * (size - 1) // 2


@compiled
def split_routes(sheet: Words, sets: Words, found: Counts) -> None:
    """M6: routes among practitioners, and those through the family alone."""
    size, workers = sets[SIZE], sets[WORKERS]
    close(sheet[OUT], sheet[SPARE], (_ONE << size) - 1, size)
    found[_ROUTES] = found[_VIA_FAMILY] = 0
    for at in range(size):
        if workers >> at & 1:
            others = workers & ~(_ONE << at)
            found[_ROUTES] += count(sheet[REACH, at] & others)
            found[_VIA_FAMILY] += count(sheet[SPARE, at] & others & ~sheet[REACH, at])


@compiled
def find_points(sheet: Words, sets: Words, found: Counts) -> None:
    """M9: practitioners without whom others lose their route."""
    size, workers = sets[SIZE], sets[WORKERS]
    found[_POINTS] = found[_POINT_LOST] = found[_POINT_OF] = 0
    found[_POINT] = -1
    for gone in range(size):
        if not workers >> gone & 1:
            continue
        rest = workers & ~(_ONE << gone)
        # Where everybody who tells this one reaches all whom it tells in another way, nobody needs it.
        tellers, is_needed = sheet[P_IN, gone], False
        while tellers and not is_needed:
            low = tellers & -tellers
            tellers ^= low
            is_needed = not leads_to(sheet[P_OUT], lowest(low), sheet[P_OUT, gone] & ~low, rest)
        if not is_needed:
            continue
        close(sheet[P_OUT], sheet[SPARE], rest, size)
        lost = of = 0
        for at in range(size):
            if rest >> at & 1:
                routes = count(sheet[REACH, at] & rest & ~(_ONE << at))
                of += routes
                lost += routes - count(sheet[SPARE, at] & ~(_ONE << at))
        found[_POINTS] += 1
        if lost > found[_POINT_LOST]:
            found[_POINT_LOST], found[_POINT], found[_POINT_OF] = lost, gone, of


@compiled
def find_single_ties(span: tuple[int, int], ties: Pack, sheet: Words, sets: Words, answer: Pack) -> None:
    """M9: ties between practitioners without which some lose their route."""
    sources, targets, marks = ties
    found, firm = answer
    found[_SINGLE_TIES] = found[_TIE_LOST] = 0
    for tie in range(span[0], span[1]):
        mark, a, b = np.int64(marks[tie]), np.int64(sources[tie]), np.int64(targets[tie])
        if mark & UNKNOWN or (firm and not mark & CRITICAL) or not (sets[WORKERS] >> a & sets[WORKERS] >> b & 1):
            continue
        both = (mark & TWO_WAY) != 0
        sheet[P_OUT, a] ^= _ONE << b
        if both:
            sheet[P_OUT, b] ^= _ONE << a
        # Where there is another way from end to end, nobody loses a route.
        is_needed = not leads_to(sheet[P_OUT], a, _ONE << b, sets[WORKERS])
        if both and not is_needed:
            is_needed = not leads_to(sheet[P_OUT], b, _ONE << a, sets[WORKERS])
        if is_needed:
            lost = found[_ROUTES] - _routes(sheet, sets)
            found[_SINGLE_TIES] += 1
            found[_TIE_LOST] = max(found[_TIE_LOST], lost)
        sheet[P_OUT, a] |= _ONE << b
        if both:
            sheet[P_OUT, b] |= _ONE << a


@compiled
def _routes(sheet: Words, sets: Words) -> Bits:
    close(sheet[P_OUT], sheet[SPARE], sets[WORKERS], sets[SIZE])
    routes = 0
    for at in range(sets[SIZE]):
        routes += count(sheet[SPARE, at] & ~(_ONE << at))
    return routes


@compiled
def status_of(sheet: Words, sets: Words, at: Bits) -> Bits:
    """M3: where a practitioner stands with the lead."""
    if (sheet[OUT, at] | sheet[INTO, at]) == 0:
        return _ABSENT
    if sets[LEADS] == 0:
        return _NO_LEAD
    if sets[LEADS] >> at & 1:
        return _LEAD
    heard, told = _is_heard(sheet[REACH], sets, at), _is_told(sheet[REACH], sets, at)
    if heard:
        return _IN if told else _NOT_TOLD
    return _NOT_HEARD if told else _CUT_OFF


@compiled
def _is_heard(reach: Words, sets: Words, at: Bits) -> Bits:
    return (reach[at] & sets[LEADS]) != 0


@compiled
def _is_told(reach: Words, sets: Words, at: Bits) -> bool:
    leads = sets[LEADS]
    while leads:
        if reach[lowest(leads)] >> at & 1:
            return True
        leads &= leads - 1
    return False


@compiled
def count_loop(sheet: Words, sets: Words, found: Counts) -> None:
    """M3: how many practitioners stand where with the lead."""
    if sets[LEADS] == 0:
        return
    for slot in range(_LOOP_IN, _LOOP_THIN + 1):
        found[slot] = 0
    for at in range(sets[SIZE]):
        if not sets[WORKERS] >> at & 1:
            continue
        status = status_of(sheet, sets, at)
        if status >= _IN:
            found[_LOOP_IN + status - _IN] += 1
        if status == _IN and not (_is_heard(sheet[FIRM_REACH], sets, at) and _is_told(sheet[FIRM_REACH], sets, at)):
            found[_LOOP_THIN] += 1


@compiled
def count_doors(sheet: Words, sets: Words, found: Counts) -> None:
    """M11: with how many practitioners the child and the family deal."""
    found[_NO_DOOR] = 0
    for at in range(sets[SIZE]):
        if sets[WORKERS] >> at & 1:
            continue
        met = (sheet[OUT, at] | sheet[INTO, at]) & sets[WORKERS]
        found[_NO_DOOR] += met == 0
        if at == sets[CHILD]:
            found[_C_DOORS] = count(met)
            found[_C_TWO_WAY] = count(sheet[OUT, at] & sheet[INTO, at] & sets[WORKERS])
            found[_C_UNIT_DOORS] = 0
            while met:
                found[_C_UNIT_DOORS] += 1
                met &= ~sheet[UNIT, lowest(met)]


@compiled
def measure_school(sheet: Words, sets: Words, found: Counts) -> None:
    """M1 to M5 of the school and its unit."""
    school = sets[SCHOOL]
    if school < 0:
        return
    unit, others = sheet[UNIT, school], sets[WORKERS] & ~(_ONE << school)
    outside = sets[WORKERS] & ~unit
    found[_S_TELLS], found[_S_HEARS] = count(sheet[OUT, school] & others), count(sheet[INTO, school] & others)
    told, telling, firmly_told, firmly_telling = np.int64(0), np.int64(0), np.int64(0), np.int64(0)
    for at in range(sets[SIZE]):
        if unit >> at & 1:
            told |= sheet[OUT, at]
            telling |= sheet[INTO, at]
            firmly_told |= sheet[FIRM, at]
        elif sheet[FIRM, at] & unit:
            firmly_telling |= _ONE << at
    found[_S_TOLD], found[_S_NO_RETURN] = count(told & outside), count(told & outside & ~telling)
    found[_S_THIN] = count(firmly_told & outside & telling & ~firmly_telling)
    found[_S_OUTSIDE] = count(outside)
    found[_S_HEARS_FROM] = count(spread(sheet[P_IN], unit, sets[WORKERS]) & outside)
    found[_S_HEARD_BY] = count(spread(sheet[P_OUT], unit, sets[WORKERS]) & outside)
    found[_S_STATUS] = status_of(sheet, sets, school)
    known, rounds, fresh = _ONE << school, 0, _ONE << school
    while fresh:
        fresh = _next_ring(sheet[P_OUT], fresh) & ~known
        known |= fresh
        rounds += fresh != 0
    found[_S_KNOWS] = count(known) - 1
    found[_S_HAND_OFFS] = rounds if others != 0 and known == sets[WORKERS] else -1


@compiled
def _next_ring(rows: Words, telling: Bits) -> Bits:
    told: Bits = np.int64(0)
    while telling:
        told |= rows[lowest(telling)]
        telling &= telling - 1
    return told


@compiled
def measure_units(sheet: Words, sets: Words, units: Reals, fractions: Reals, column: Bits) -> None:
    """M4: isolation and voice of every unit."""
    number = 0
    for at in range(sets[SIZE]):
        unit = sheet[UNIT, at]
        if not sets[WORKERS] >> at & 1 or lowest(unit) != at:
            continue
        outside = sets[WORKERS] & ~unit
        units[number, 0] = at
        if outside:
            far = count(outside)
            isolation, voice = 1 - _near(sheet[P_IN], unit) / far, _near(sheet[P_OUT], unit) / far
            units[number, 1 + column], units[number, 2 + column] = isolation, voice
            if sets[SCHOOL] >= 0 and unit >> sets[SCHOOL] & 1:
                fractions[column], fractions[column + 1] = isolation, voice
        number += 1


@compiled
def _near(rows: Words, unit: Bits) -> float:
    """Return the sum of 1/d over all who are reached, d being the hand-offs."""
    near, steps, known, fresh = 0.0, 0, unit, unit
    while fresh:
        steps += 1
        fresh = _next_ring(rows, fresh) & ~known
        known |= fresh
        near += count(fresh) / steps
    return near
