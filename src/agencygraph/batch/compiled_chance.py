"""The sum over states in machine code: with what chance news from one actor arrives, at several settings at once.

The states, the order in which the told speak and the budget are those of `measures.state_sum`; see there. Which states there are
depends on the map alone, so that one walk serves every setting.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from agencygraph.batch.compiled_rows import P_IN, P_OUT, SCHOOL, SIZE, WIDTH, WORKERS, count, lowest, spread
from agencygraph.batch.compiling import Bits, Pack, compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Words = NDArray[np.int64]
    Reals = NDArray[np.float64]

_ONE = np.int64(1)
_WORK_PER_STATE = 16
# Rows of the store of states: the untold and the waiting of each, and the next one of its level.
_UNTOLD, _WAITING, _NEXT = range(3)
# Rows of the desk: flows out and flows either way that matter, the first state of each level, and counters.
_ROWS, _BOTH, _LEVELS = range(3)
_STATES, _ROUND, _TABLE = range(3)


def make_desk(budget: int, settings: int) -> tuple[Words, Words, Words, Words, Reals, Reals, Words]:
    """Return the room in which the states of one case after another are summed; one for each thread."""
    slots = 1 << max(4, (4 * budget).bit_length())
    work = _WORK_PER_STATE * max(budget, 1)
    return (np.zeros((3, 2 * WIDTH), np.int64), np.zeros((3, budget + 2), np.int64), np.zeros((2, slots), np.int64),
            np.array([0, 0, slots - 1], np.int64), np.zeros((budget + 2, settings)), np.zeros((work + 1, settings)),
            np.zeros(work + 1, np.int64))


@compiled
def sum_states(sheet: Words, critical: Words, sets: Words, odds: Reals, desk: Pack, chances: Reals) -> bool:
    """Fill in the chance of every practitioner at every setting; say no where that takes more states than the budget allows."""
    rows, states, _, counters, weights, shares, told = desk
    _begin(sheet, sets, rows, counters)
    start = _ONE << sets[SCHOOL]
    budget, work = states.shape[1] - 2, _WORK_PER_STATE * (states.shape[1] - 2)
    chances[:, :] = 0.0
    shares[0, :] = 1.0
    if not _split((sets[WORKERS] & ~start, start, _contacts(rows[_ROWS], start)), desk, shares[0], budget):
        return False
    for level in range(2 * sets[SIZE], 0, -1):
        state = rows[_LEVELS, level]
        while state:
            untold, waiting = states[_UNTOLD, state], states[_WAITING, state]
            speaker = _next_speaker(rows[_ROWS], untold, waiting)
            contacts = rows[_ROWS, speaker] & untold
            size = _ONE << count(contacts)
            work -= size
            if work < 0:
                return False
            _hear(contacts, critical[speaker], (odds, weights[state], chances), told, shares)
            rest = waiting & ~(_ONE << speaker)
            ahead = _contacts(rows[_ROWS], rest)
            for case in range(size):
                fresh = ahead | _contacts(rows[_ROWS], told[case])
                if not _split((untold & ~told[case], rest | told[case], fresh), desk, shares[case], budget):
                    return False
            state = states[_NEXT, state]
    return True


@compiled
def _begin(sheet: Words, sets: Words, rows: Words, counters: Words) -> None:
    counters[_STATES] = 0
    counters[_ROUND] += 1
    others = ~(_ONE << sets[SCHOOL])
    for at in range(sets[SIZE]):
        rows[_ROWS, at] = sheet[P_OUT, at] & others
        back = sheet[P_IN, at] if others >> at & 1 else np.int64(0)
        rows[_BOTH, at] = rows[_ROWS, at] | back
    for level in range(2 * sets[SIZE] + 1):
        rows[_LEVELS, level] = 0


@compiled
def _next_speaker(rows: Words, untold: Bits, waiting: Bits) -> Bits:
    """Return the waiting actor with the fewest untold contacts, the first of them in the case."""
    fewest, speaker = WIDTH, 0
    while waiting:
        at = lowest(waiting)
        waiting &= waiting - 1
        contacts = count(rows[at] & untold)
        if contacts < fewest:
            fewest, speaker = contacts, at
    return speaker


@compiled
def _hear(contacts: Bits, critical: Bits, sums: Pack, told: Words, shares: Reals) -> None:
    """List every set of contacts who may hear it, with its weight at each setting, and add to the chance of each contact."""
    odds, weight, chances = sums
    size = 1
    told[0] = 0
    for setting in range(weight.shape[0]):
        shares[0, setting] = weight[setting]
    while contacts:
        to = lowest(contacts)
        contacts &= contacts - 1
        kind = 0 if critical >> to & 1 else 1
        for case in range(size):
            told[size + case] = told[case] | _ONE << to
        for setting in range(weight.shape[0]):
            chance = odds[setting, kind]
            chances[setting, to] += weight[setting] * chance
            for case in range(size):
                shares[size + case, setting] = shares[case, setting] * chance
                shares[case, setting] *= 1.0 - chance
        size *= 2


@compiled
def _contacts(rows: Words, tellers: Bits) -> Bits:
    found: Bits = np.int64(0)
    while tellers:
        found |= rows[lowest(tellers)]
        tellers &= tellers - 1
    return found


@compiled
def _split(part: Pack, desk: Pack, weight: Reals, budget: Bits) -> bool:
    """Put the parts of a state that share no flow where they belong; say no where there is no room for them."""
    rows = desk[0]
    untold, waiting, fresh = part
    left = spread(rows[_ROWS], fresh & untold, untold)
    while left:
        piece = spread(rows[_BOTH], left & -left, left)
        left &= ~piece
        speakers, others = np.int64(0), waiting
        while others:
            low = others & -others
            others ^= low
            if rows[_ROWS, lowest(low)] & piece:
                speakers |= low
        state = _find(piece, speakers, desk, budget)
        if state == 0:
            return False
        for setting in range(weight.shape[0]):
            desk[4][state, setting] += weight[setting]
    return True


@compiled
def _find(untold: Bits, waiting: Bits, desk: Pack, budget: Bits) -> Bits:
    """Return the number of a state, a new one where it was not met before; nought where there is no room."""
    rows, states, table, counters, weights = desk[0], desk[1], desk[2], desk[3], desk[4]
    spot = (untold * 0x1E3779B97F4A7C15 + waiting * 0x3F58476D1CE4E5B9) ^ (untold >> 7)
    spot = (spot ^ (spot >> 29)) & counters[_TABLE]
    while table[0, spot] == counters[_ROUND]:
        state = table[1, spot]
        if states[_UNTOLD, state] == untold and states[_WAITING, state] == waiting:
            return state
        spot = (spot + 1) & counters[_TABLE]
    if counters[_STATES] >= budget:
        return 0
    counters[_STATES] += 1
    state = counters[_STATES]
    table[0, spot], table[1, spot] = counters[_ROUND], state
    level = 2 * count(untold) + count(waiting)
    states[_UNTOLD, state], states[_WAITING, state], states[_NEXT, state] = untold, waiting, rows[_LEVELS, level]
    rows[_LEVELS, level] = state
    weights[state, :] = 0.0
    return state
