"""A caseload in memory as one tidy table, a row for each case; needs no extra."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from agencygraph.batch.kernels import SETTINGS, answer, check_settings, choose_kernel
from agencygraph.batch.outcome import Column, columns_out
from agencygraph.batch.slots import Answers, Settings
from agencygraph.caseloads.rows import columns_of
from agencygraph.errors import InvalidError
from agencygraph.measures.state_sum import BUDGET
from agencygraph.model import Caseload
from agencygraph.progress import Progress, count_jobs, progress_of
from agencygraph.table import Cell, Table

if TYPE_CHECKING:
    from agencygraph.caseloads.columns import Columns

_PART = 500
_NOTE = ("Columns ending in any count critical and peripheral ties, those ending in firm count critical ones only; a tie that "
         "nobody could confirm is left out. A dash stands where a question has no answer.")


def measure_caseload(load: Caseload, *, settings: Sequence[Sequence[float]] = SETTINGS, kernel: str = "auto", jobs: int | None = 1,
                     progress: bool | Progress | None = None) -> Table:
    """Answer the core questions of every case of a caseload in one table, a row for each case, to compare cases and to chart.

    Parameters
    ----------
    load
        The cases.
    settings
        Pairs of chances, for critical and for peripheral ties, at which audience and chance are worked out; none: ``()``.
    kernel
        "compiled" (needs numba), "plain", or "auto": compiled where it can be.
    jobs
        How many threads (compiled) or processes (plain) may work at once; None for one for each core.
    progress
        True for a bar, False for none, or a function that is told how many cases of how many are done.

    Returns
    -------
    Table
        The scalar columns of `outcome_schema`; answers for single units are left out, as they are lists.

    Raises
    ------
    InvalidError
        For a setting that is no pair of chances, or a case of more than 60 actors.

    Examples
    --------
    >>> from agencygraph import testing
    >>> table = measure_caseload(testing.caseload(3), settings=(), kernel="plain")
    >>> len(table), table.columns[:3]
    (3, ('case', 'child', 'age'))
    """
    if not isinstance(load, Caseload):
        raise InvalidError(f"a {type(load).__name__} is no caseload. Put the cases in Caseload((...)).")
    checked, columns, told = check_settings(settings), columns_of(load), progress_of(progress)
    parts = [columns.part(start, min(start + _PART, len(columns))) for start in range(0, len(columns), _PART)]
    jobs = count_jobs(jobs)
    found: list[list[Column]] = []
    done = 0
    for part, answers in zip(parts, _answers(parts, checked, kernel, jobs), strict=True):
        found.append([column for column in columns_out(part, answers, checked) if column.kind != "numbers"])
        done += len(part)
        told(done, len(columns))
    return _table(found, load.title or f"{len(load)} case{'s' * (len(load) != 1)}")


def _answers(parts: Sequence[Columns], settings: Settings, kernel: str, jobs: int) -> Iterator[Answers]:
    chosen = choose_kernel(kernel)
    many = [(part, settings, chosen, 1, BUDGET) for part in parts]
    if jobs == 1 or len(parts) < 2:
        yield from (answer(*one) for one in many)
        return
    from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
    from multiprocessing import get_context

    # A fresh process each: one that is split off from a process with threads may hang.
    pool: Executor = ThreadPoolExecutor(jobs) if chosen == "compiled" else ProcessPoolExecutor(jobs, get_context("spawn"))
    with pool:
        yield from pool.map(answer, *zip(*many, strict=True))


def _table(found: Sequence[Sequence[Column]], caption: str) -> Table:
    """Return the columns of all parts as one table, its rows numbered."""
    names = [column.name for column in found[0]] if found else []
    rows: list[tuple[Cell, ...]] = []
    for part in found:
        rows += zip(*map(_cells, part), strict=True)
    return Table(("case", *names), tuple((number, *row) for number, row in enumerate(rows, 1)), caption, _NOTE)


def _cells(column: Column) -> Iterator[Cell]:
    values = column.values.tolist()
    if column.kind == "word":
        return (column.words[code] for code in values)
    if column.missing is None:
        return iter(values)
    return (None if missing else value for value, missing in zip(values, column.missing.tolist(), strict=True))
