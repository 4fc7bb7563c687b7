"""Bit rows in machine code: a set of up to 60 actors is one signed 64-bit word, of which the sign is never used."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from agencygraph.batch.compiling import Bits, Pack, compiled
from agencygraph.caseloads.columns import CRITICAL, TWO_WAY, UNKNOWN
from agencygraph.model.words import FAMILY_KINDS, KINDS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Words = NDArray[np.int64]
    Bytes = NDArray[np.uint8]

WIDTH = 64
# Rows of the work sheet of a case: flows out and in, critical flows, units, and flows and reach among practitioners.
OUT, INTO, FIRM, UNIT, P_OUT, P_IN, REACH, SPARE, FIRM_REACH, SECTOR, GROUPS, BY_BASE, BY_TEAM, SHEET = range(14)
# Sets and numbers of a case.
SIZE, WORKERS, LEADS, SCHOOL, CHILD, COUNTED, UNITS, SETS = range(8)

_IS_FAMILY = np.array([kind in FAMILY_KINDS for kind in KINDS])
_SCHOOL, _CHILD = KINDS.index("school"), KINDS.index("child")
_ONE = np.int64(1)


@compiled
def count(word: Bits) -> Bits:
    """Return how many bits are set (the classic sum by halves, which the compiler turns into one instruction)."""
    word = word - ((word >> 1) & 0x5555555555555555)
    word = (word & 0x3333333333333333) + ((word >> 2) & 0x3333333333333333)
    return (((word + (word >> 4)) & 0x0F0F0F0F0F0F0F0F) * 0x0101010101010101) >> 56


@compiled
def lowest(word: Bits) -> Bits:
    """Return the number of the lowest bit that is set."""
    return count((word & -word) - 1)


@compiled
def spread(rows: Words, fresh: Bits, within: Bits) -> Bits:
    """Return whom the fresh reach along the rows, they among them, without leaving a set."""
    found = known = fresh & within
    while found:
        low = found & -found
        fresh = rows[lowest(low)] & within & ~known
        known |= fresh
        found = (found ^ low) | fresh
        if known == within:
            break
    return known


@compiled
def leads_to(rows: Words, start: Bits, goal: Bits, within: Bits) -> bool:
    """Say whether one actor reaches every one of some others along the rows, without leaving a set."""
    found = known = _ONE << start
    while found and goal & ~known:
        low = found & -found
        fresh = rows[lowest(low)] & within & ~known
        known |= fresh
        found = (found ^ low) | fresh
    return not goal & ~known


@compiled
def close(rows: Words, into: Words, within: Bits, size: Bits) -> None:
    """Fill in whom each actor of a set reaches through the set along the rows (Warshall 1962)."""
    for at in range(size):
        into[at] = rows[at] & within if within >> at & 1 else 0
    for middle in range(size):
        if within >> middle & 1:
            further = into[middle]
            for at in range(size):
                if into[at] >> middle & 1:
                    into[at] |= further


@compiled
def read_actors(row: Bits, starts: Words, columns: Pack, sheet: Words, sets: Words) -> None:
    """Take in who is there: sets of practitioners, units and sectors."""
    kinds, sectors, bases, teams = columns
    first = starts[row]
    size = starts[row + 1] - first
    sets[:] = 0
    sets[SIZE], sets[SCHOOL], sets[CHILD] = size, -1, -1
    sheet[:, :size] = 0
    for at in range(size):
        kind = kinds[first + at]
        if not _IS_FAMILY[kind]:
            sets[WORKERS] |= _ONE << at
        if kind == _SCHOOL and sets[SCHOOL] < 0:
            sets[SCHOOL] = at
        if kind == _CHILD and sets[CHILD] < 0:
            sets[CHILD] = at
    for code in range(8):
        sheet[SECTOR, code] = 0
    for at in range(WIDTH):
        sheet[BY_BASE, at] = sheet[BY_TEAM, at] = 0
    for at in range(size):
        if sets[WORKERS] >> at & 1:
            sheet[SECTOR, np.int64(sectors[first + at])] |= _ONE << at
            row, key = _unit_key(first, at, bases, teams)
            sheet[row, key] |= _ONE << at
    for at in range(size):
        row, key = _unit_key(first, at, bases, teams)
        sheet[UNIT, at] = sheet[row, key] if sets[WORKERS] >> at & 1 else _ONE << at
        sets[UNITS] += sets[WORKERS] >> at & 1 and lowest(sheet[UNIT, at]) == at


@compiled
def _unit_key(first: Bits, at: Bits, bases: Bytes, teams: Bytes) -> tuple[Bits, Bits]:
    """Return in which row and where in it the unit of an actor is gathered: by its team, its base's team, or its base."""
    base = np.int64(bases[first + at])
    team = np.int64(teams[first + at])
    if team == 0:
        team = np.int64(teams[first + base])
    return (BY_TEAM, team) if team else (BY_BASE, base)


@compiled
def read_flows(row: Bits, starts: Words, columns: Pack, sheet: Words, sets: Words) -> None:
    """Take in who tells whom, over any tie that counts."""
    sources, targets, marks = columns
    sets[COUNTED] = 0
    for tie in range(starts[row], starts[row + 1]):
        mark = np.int64(marks[tie])
        if mark & UNKNOWN:
            continue
        sets[COUNTED] += 1
        a, b = np.int64(sources[tie]), np.int64(targets[tie])
        sheet[OUT, a] |= _ONE << b
        sheet[FIRM, a] |= (mark & CRITICAL) << b
        if mark & TWO_WAY:
            sheet[OUT, b] |= _ONE << a
            sheet[FIRM, b] |= (mark & CRITICAL) << a


@compiled
def prepare(sheet: Words, sets: Words) -> None:
    """Fill in, from the flows out, the flows in and those among practitioners, and their reach."""
    size, workers = sets[SIZE], sets[WORKERS]
    sheet[INTO, :size] = 0
    for at in range(size):
        row = sheet[OUT, at]
        while row:
            low = row & -row
            row ^= low
            sheet[INTO, lowest(low)] |= _ONE << at
    for at in range(size):
        among = workers if workers >> at & 1 else np.int64(0)
        sheet[P_OUT, at] = sheet[OUT, at] & among
        sheet[P_IN, at] = sheet[INTO, at] & among
    close(sheet[P_OUT], sheet[REACH], workers, size)
