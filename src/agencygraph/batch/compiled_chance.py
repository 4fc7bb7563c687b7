"""The sum over states in machine code: with what chance news from one actor arrives, at several settings at once.

The states, the order in which the told speak and the budget are those of `measures.state_sum`; see there. Which states there are
depends on the map alone, so that one walk serves every setting.

All that is worked with lies in two arrays, whole numbers and fractions: each array that is handed from function to function
costs more than what is done with it there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from agencygraph.batch.compiled_rows import FIRM, P_IN, P_OUT, SCHOOL, SIZE, WIDTH, WORKERS, count, lowest
from agencygraph.batch.compiling import Bits, Pack, compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Words = NDArray[np.int64]
    Reals = NDArray[np.float64]

_ONE = np.int64(1)
_WORK_PER_STATE = 16
# Where in the whole numbers what stands: counters and offsets, then for each actor its flows that matter, out, in and either
# way, and its critical ones, then the first state of each level, then three words for each state: untold, waiting, the next one of
# its level.
_STATES, _ROUND, _MASK, _BUDGET, _TABLE, _TOLD, _FRESH, _SHARES = range(8)
_ROWS = 8
_INTO, _BOTH, _FIRM, _LEVELS = _ROWS + WIDTH, _ROWS + 2 * WIDTH, _ROWS + 3 * WIDTH, _ROWS + 4 * WIDTH
_STORE = _LEVELS + 2 * WIDTH
# And in the fractions, a column for each setting: the chance of a critical and of a peripheral flow, that of each actor, the weight
# of each state, and at last those of each set of contacts.
_ODDS = 0
CHANCES = 2
_WEIGHTS = CHANCES + WIDTH


def make_desk(budget: int, odds: Reals) -> tuple[Words, Reals]:
    """Return the room in which the states of one case after another are summed; one for each thread."""
    slots = 1 << max(4, (4 * budget).bit_length())
    work = _WORK_PER_STATE * max(budget, 1)
    table = _STORE + 3 * (budget + 2)
    told = table + 2 * slots
    ints = np.zeros(told + 2 * (work + 1), np.int64)
    ints[[_MASK, _BUDGET, _TABLE, _TOLD, _FRESH, _SHARES]] = slots - 1, budget, table, told, told + work + 1, _WEIGHTS + budget + 2
    reals = np.zeros((_WEIGHTS + budget + 2 + work + 1, len(odds)))
    reals[_ODDS : _ODDS + 2] = odds.T
    return ints, reals


@compiled
def sum_states(sheet: Words, sets: Words, desk: Pack) -> bool:
    """Fill in the chance of every practitioner at every setting; say no where that takes more states than the budget allows."""
    ints, reals = desk
    _begin(sheet, sets, ints, reals)
    start, first = _ONE << sets[SCHOOL], ints[_SHARES]
    work = _WORK_PER_STATE * ints[_BUDGET]
    if not _split(sets[WORKERS] & ~start, start, ints[_ROWS + sets[SCHOOL]], first, ints, reals):
        return False
    for level in range(2 * sets[SIZE], 0, -1):
        state = ints[_LEVELS + level]
        while state:
            untold, waiting = ints[_STORE + 3 * state], ints[_STORE + 3 * state + 1]
            speaker = _next_speaker(untold, waiting, ints)
            contacts = ints[_ROWS + speaker] & untold
            size = _ONE << count(contacts)
            work -= size
            if work < 0:
                return False
            rest = waiting & ~(_ONE << speaker)
            open = _open(contacts, untold, rest, ints)
            _hear((speaker, contacts, open), state, _contacts(rest, ints), ints, reals)
            for case in range(_ONE << count(open)):
                told, fresh = ints[ints[_TOLD] + case], ints[ints[_FRESH] + case]
                if not _split(untold & ~told, rest | told, fresh, first + case, ints, reals):
                    return False
            state = ints[_STORE + 3 * state + 2]
    return True


@compiled
def _begin(sheet: Words, sets: Words, ints: Words, reals: Reals) -> None:
    ints[_STATES] = 0
    ints[_ROUND] += 1
    others = ~(_ONE << sets[SCHOOL])
    for at in range(sets[SIZE]):
        row = sheet[P_OUT, at] & others
        ints[_ROWS + at], ints[_FIRM + at] = row, sheet[FIRM, at]
        ints[_INTO + at] = sheet[P_IN, at] if others >> at & 1 else 0
        ints[_BOTH + at] = row | ints[_INTO + at]
        for setting in range(reals.shape[1]):
            reals[CHANCES + at, setting] = 0.0
    for level in range(2 * sets[SIZE] + 1):
        ints[_LEVELS + level] = 0
    for setting in range(reals.shape[1]):
        reals[ints[_SHARES], setting] = 1.0


@compiled
def _next_speaker(untold: Bits, waiting: Bits, ints: Words) -> Bits:
    """Return the waiting actor with the fewest untold contacts, the first of them in the case."""
    fewest, speaker = WIDTH, 0
    while waiting:
        at = lowest(waiting)
        waiting &= waiting - 1
        contacts = count(ints[_ROWS + at] & untold)
        if contacts < fewest:
            fewest, speaker = contacts, at
    return speaker


@compiled
def _open(contacts: Bits, untold: Bits, rest: Bits, ints: Words) -> Bits:
    """Return the contacts of whom it matters later whether they hear it now: they can tell others, or be told by others."""
    open: Bits = np.int64(0)
    while contacts:
        low = contacts & -contacts
        contacts ^= low
        at = lowest(low)
        if ints[_ROWS + at] & untold or ints[_INTO + at] & (rest | untold):
            open |= low
    return open


@compiled
def _hear(turn: tuple[Bits, Bits, Bits], state: Bits, ahead: Bits, ints: Words, reals: Reals) -> None:
    """List every set of open contacts who may hear it, with its weight at each setting, and add to the chance of each contact.

    Of each set it is noted too whom it can tell, beside those whom the others who wait can tell.
    """
    speaker, contacts, open = turn
    told, fresh, first, weight, firm = ints[_TOLD], ints[_FRESH], ints[_SHARES], _WEIGHTS + state, ints[_FIRM + speaker]
    size = 1
    ints[told], ints[fresh] = 0, ahead
    for setting in range(reals.shape[1]):
        reals[first, setting] = reals[weight, setting]
    while contacts:
        to = lowest(contacts)
        contacts &= contacts - 1
        kind, row = _ODDS + 1 - (firm >> to & 1), ints[_ROWS + to]
        if not open >> to & 1:
            for setting in range(reals.shape[1]):
                reals[CHANCES + to, setting] += reals[weight, setting] * reals[kind, setting]
            continue
        for case in range(size):
            ints[told + size + case] = ints[told + case] | _ONE << to
            ints[fresh + size + case] = ints[fresh + case] | row
        for setting in range(reals.shape[1]):
            chance = reals[kind, setting]
            reals[CHANCES + to, setting] += reals[weight, setting] * chance
            for case in range(first, first + size):
                reals[size + case, setting] = reals[case, setting] * chance
                reals[case, setting] *= 1.0 - chance
        size *= 2


@compiled
def _contacts(tellers: Bits, ints: Words) -> Bits:
    found: Bits = np.int64(0)
    while tellers:
        found |= ints[_ROWS + lowest(tellers)]
        tellers &= tellers - 1
    return found


@compiled
def _reach(rows: Bits, fresh: Bits, within: Bits, ints: Words) -> Bits:
    """Return whom the fresh reach along the rows, they among them, without leaving a set."""
    found = known = fresh & within
    while found and known != within:
        low = found & -found
        fresh = ints[rows + lowest(low)] & within & ~known
        known |= fresh
        found = (found ^ low) | fresh
    return known


@compiled
def _split(untold: Bits, waiting: Bits, fresh: Bits, share: Bits, ints: Words, reals: Reals) -> bool:
    """Put the parts of a state that share no flow where they belong; say no where there is no room for them."""
    left = _reach(_ROWS, fresh, untold, ints)
    while left:
        piece = _reach(_BOTH, left & -left, left, ints)
        left &= ~piece
        speakers, others = np.int64(0), waiting
        while others:
            low = others & -others
            others ^= low
            if ints[_ROWS + lowest(low)] & piece:
                speakers |= low
        state = _find(piece, speakers, ints, reals)
        if state == 0:
            return False
        for setting in range(reals.shape[1]):
            reals[_WEIGHTS + state, setting] += reals[share, setting]
    return True


@compiled
def _find(untold: Bits, waiting: Bits, ints: Words, reals: Reals) -> Bits:
    """Return the number of a state, a new one where it was not met before; nought where there is no room."""
    spot = (untold * 0x1E3779B97F4A7C15 + waiting * 0x3F58476D1CE4E5B9) ^ (untold >> 7)
    spot = (spot ^ (spot >> 29)) & ints[_MASK]
    table, round = ints[_TABLE], ints[_ROUND]
    while ints[table + 2 * spot] == round:
        state = ints[table + 2 * spot + 1]
        if ints[_STORE + 3 * state] == untold and ints[_STORE + 3 * state + 1] == waiting:
            return state
        spot = (spot + 1) & ints[_MASK]
    if ints[_STATES] >= ints[_BUDGET]:
        return 0
    ints[_STATES] += 1
    state = ints[_STATES]
    ints[table + 2 * spot], ints[table + 2 * spot + 1] = round, state
    level = _LEVELS + 2 * count(untold) + count(waiting)
    place = _STORE + 3 * state
    ints[place], ints[place + 1], ints[place + 2] = untold, waiting, ints[level]
    ints[level] = state
    for setting in range(reals.shape[1]):
        reals[_WEIGHTS + state, setting] = 0.0
    return state
