"""The compiled kernel: a batch of cases in machine code, on as many threads as are asked for."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np

from agencygraph.batch.compiled_chance import CHANCES, make_desk, sum_states
from agencygraph.batch.compiled_measures import (
    count_doors,
    count_islands,
    count_loop,
    count_pairs,
    find_points,
    find_single_ties,
    measure_school,
    measure_units,
    split_routes,
)
from agencygraph.batch.compiled_rows import (
    COUNTED,
    FIRM,
    FIRM_REACH,
    LEADS,
    OUT,
    SCHOOL,
    SECTOR,
    SETS,
    SHEET,
    SIZE,
    UNIT,
    UNITS,
    WIDTH,
    WORKERS,
    close,
    count,
    lowest,
    prepare,
    read_actors,
    read_flows,
)
from agencygraph.batch.compiling import Pack, compiled, stamp
from agencygraph.batch.slots import CASE, EACH, Answers, Settings, blank_answers
from agencygraph.measures.state_sum import BUDGET

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from agencygraph.caseloads.columns import Columns

    Words = NDArray[np.int64]
    Counts = NDArray[np.int32]

_CASE, _EACH = len(CASE), len(EACH)
_ONE = np.int64(1)
_LEAST = 256
_SOURCES = (*(f"agencygraph.batch.{name}" for name in ("compiled", "compiled_chance", "compiled_measures", "compiled_rows",
                                                       "compiling", "slots")),
            "agencygraph.caseloads.columns", "agencygraph.measures.loop_status", "agencygraph.model.words")


def run(columns: Columns, settings: Settings, budget: int = BUDGET, threads: int = 1) -> Answers:
    """Answer every core question of a batch of cases in machine code; the first call ever compiles it, which takes a while.

    >>> from agencygraph.caseloads.generator import make_columns
    >>> run(make_columns(0, 2, seed=1), ()).ints.shape[0]
    2
    """
    found = blank_answers(len(columns), len(columns.kinds.values), settings)
    odds = np.array(settings, dtype=np.float64).reshape(len(settings), 2)
    actors = (columns.kinds.values, columns.sectors.values, columns.bases.values, columns.teams.values)
    ties = (columns.sources.values, columns.targets.values, columns.marks.values)
    lists = (columns.kinds.starts, columns.leads.starts, columns.sources.starts, columns.leads.values, actors, ties)
    answers = (found.ints, found.fractions, found.units, found.chances, found.unsolved)

    def run_part(span: tuple[int, int]) -> None:
        _run(span, lists, make_desk(budget, odds), answers)

    step = max(_LEAST, -(-len(columns) // max(1, threads)))
    spans = [(start, min(start + step, len(columns))) for start in range(0, len(columns), step)]
    if len(spans) < 2:
        for span in spans:
            run_part(span)
    else:
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(run_part, spans))
    return found


@compiled
def _close_firm(sheet: Words, sets: Words) -> None:
    """Fill in whom each practitioner reaches over firm ties."""
    close(sheet[FIRM], sheet[FIRM_REACH], sets[WORKERS], sets[SIZE])


@compiled
def _measure(span: tuple[int, int], ties: Pack, sheet: Words, sets: Words, answer: Pack) -> None:
    found = answer[0]
    count_pairs(sheet, sets, found)
    count_islands(sheet, sets, found)
    split_routes(sheet, sets, found)
    find_points(sheet, sets, found)
    find_single_ties(span, ties, sheet, sets, answer)
    count_loop(sheet, sets, found)
    count_doors(sheet, sets, found)
    measure_school(sheet, sets, found)


@compiled
def _count_case(sheet: Words, sets: Words, found: Counts) -> None:
    """Fill in the counts of the case itself, in the order of the slots."""
    size, workers = sets[SIZE], count(sets[WORKERS])
    pairs = workers * (workers - 1) // 2
    between = pairs
    for at in range(size):
        if sets[WORKERS] >> at & 1 and lowest(sheet[UNIT, at]) == at:
            inside = count(sheet[UNIT, at])
            between -= inside * (inside - 1) // 2
    sectors = 0
    for code in range(8):
        sectors += sheet[SECTOR, code] != 0
    found[0], found[1], found[2], found[3], found[4] = size, workers, size - workers, count(sets[LEADS]), sets[UNITS]
    found[5], found[6], found[7], found[8] = sets[COUNTED], pairs, between, sectors * (sectors - 1)


@compiled
def _sum_up(sets: Words, reals: NDArray[np.float64], chances: NDArray[np.float64]) -> None:
    """Fill in how many practitioners learn it on average, and the chance of the first lead."""
    school = _ONE << sets[SCHOOL]
    for setting in range(reals.shape[1]):
        total, wanted = 0.0, sets[WORKERS] & ~school
        while wanted:
            total += min(reals[CHANCES + lowest(wanted), setting], 1.0)
            wanted &= wanted - 1
        chances[2 * setting] = total
        if sets[LEADS] & ~school:
            chances[2 * setting + 1] = min(reals[CHANCES + lowest(sets[LEADS] & ~school), setting], 1.0)


def _make_runner(stamped: str) -> Callable[..., None]:
    """Return the one function that is called from Python. Its closure holds the stamp, so that changed code is compiled anew."""

    def _run(span: tuple[int, int], lists: Pack, desk: Pack, answers: Pack) -> None:
        _ = stamped
        actor_starts, lead_starts, tie_starts, leads, actors, ties = lists
        ints, fractions, units, chances, unsolved = answers
        sheet, sets = np.zeros((SHEET, WIDTH), np.int64), np.zeros(SETS, np.int64)
        settings = desk[1].shape[1]
        for row in range(span[0], span[1]):
            read_actors(row, actor_starts, actors, sheet, sets)
            for at in range(lead_starts[row], lead_starts[row + 1]):
                sets[LEADS] |= _ONE << np.int64(leads[at])
            read_flows(row, tie_starts, ties, sheet, sets)
            _count_case(sheet, sets, ints[row])
            first = actor_starts[row]
            own = units[first : actor_starts[row + 1]]
            _close_firm(sheet, sets)
            prepare(sheet, sets)
            tie_span = (tie_starts[row], tie_starts[row + 1])
            if sets[SCHOOL] >= 0 and settings and sets[WORKERS] & ~(_ONE << sets[SCHOOL]):
                unsolved[row] = not sum_states(sheet, sets, desk)
                if not unsolved[row]:
                    _sum_up(sets, desk[1], chances[row])
            _measure(tie_span, ties, sheet, sets, (ints[row, _CASE : _CASE + _EACH], False))
            measure_units(sheet, sets, own, fractions[row], 0)
            sheet[OUT] = sheet[FIRM]
            prepare(sheet, sets)
            _measure(tie_span, ties, sheet, sets, (ints[row, _CASE + _EACH :], True))
            measure_units(sheet, sets, own, fractions[row], 2)

    return compiled(_run, keep=True)


_run = _make_runner(stamp(*_SOURCES))
