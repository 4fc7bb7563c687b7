"""From file to file: measure a caseload of any size, keep what is finished, and go on where it stopped."""

from __future__ import annotations

import os
from collections.abc import Generator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from contextlib import closing, suppress
from typing import Any, TypedDict, Unpack

from agencygraph.batch.kernels import SETTINGS, check_settings, choose_kernel
from agencygraph.batch.parts import How, Part, make_part, parts_of, read_part
from agencygraph.batch.record_batch import outcome_schema
from agencygraph.batch.target import check_target, write_target
from agencygraph.caseloads.arrow import arrow
from agencygraph.errors import FileError, InvalidError, Problem
from agencygraph.files import Where
from agencygraph.measures.state_sum import BUDGET
from agencygraph.progress import Progress, count_jobs, progress_of


class Options(TypedDict, total=False):
    """How cases are measured: see `measure_batch`."""

    settings: Sequence[Sequence[float]]
    keep: Sequence[str]
    kernel: str


def measure_file(source: Where, target: Where, *, jobs: int | None = None, progress: bool | Progress | None = None,
                 **options: Unpack[Options]) -> int:
    """Answer the core questions of every case of a Parquet caseload, from file to file; go on where an earlier run stopped.

    Parameters
    ----------
    source
        A ``.parquet`` file with one row a case, or a folder of such files.
    target
        A ``.parquet`` file, or a ``.csv`` file (without the answers for single units). It is complete or absent.
    jobs
        How many row groups are measured at once, by threads (plain kernel: processes); None for one a core (plain: one).
    progress
        True for a bar, False for none, or a function that is told how many cases of how many are done.
    options
        settings, keep and kernel, as for `measure_batch`.

    Returns
    -------
    int
        The number of cases.

    Raises
    ------
    FileError
        With all that is wrong with the cases, row and column, or with a file. What was finished stays in ``TARGET.parts``.

    Examples
    --------
    >>> from agencygraph import testing
    >>> testing.generate(20, "cases.parquet")
    >>> measure_file("cases.parquet", "measures.parquet", kernel="plain", progress=False)
    20
    """
    arrow()
    how = _read_options(**options)
    threads = count_jobs(1 if jobs is None and how.kernel == "plain" else jobs)
    check_target(source, target)
    folder = f"{os.fspath(target)}.parts"
    parts = parts_of(source, folder, how)
    _make_folder(folder)
    try:
        with closing(_tables(parts, how, threads, progress_of(progress))) as tables:
            write_target(target, tables, folder)
    except KeyboardInterrupt:
        raise KeyboardInterrupt(f"stopped. {_kept(parts, folder)}") from None
    except InvalidError as error:
        raise FileError([*error.problems, *_finished(parts, folder)]) from None
    _clear(folder)
    return sum(part.rows for part in parts)


def _read_options(settings: Sequence[Sequence[float]] = SETTINGS, keep: Sequence[str] = (), kernel: str = "auto") -> How:
    return How(check_settings(settings), choose_kernel(kernel), BUDGET, tuple(keep))


def _make_folder(folder: str) -> None:
    try:
        os.makedirs(folder, exist_ok=True)
    except OSError as error:
        raise FileError(f"the folder {folder} cannot be made: {error.strerror}. Choose another place for the target.") from None


def _clear(folder: str) -> None:
    """Take away what was kept, also of earlier runs and of writing that was killed; whatever else stands there stays."""
    with suppress(OSError):
        for name in sorted(os.listdir(folder)):
            if name.endswith((".arrow", ".part")):
                os.unlink(os.path.join(folder, name))
        os.rmdir(folder)


def _finished(parts: Sequence[Part], folder: str) -> list[Problem]:
    """Return a word on what is kept, where there is anything to say."""
    kept = _kept(parts, folder)
    return [Problem(kept)] if any(part.is_done for part in parts) else []


def _kept(parts: Sequence[Part], folder: str) -> str:
    done = sum(part.is_done for part in parts)
    if not done:
        with suppress(OSError):
            os.rmdir(folder)
        return "Nothing was finished yet."
    return f"{done} of {len(parts)} parts are finished and kept in {folder}; run the same again to go on from there."


def _tables(parts: Sequence[Part], how: How, jobs: int, told: Progress) -> Generator[Any, None, None]:
    """Yield the outcome of every part in the order of the source, as soon as it is there, while others are measured.

    At least one table comes, so that the columns are there. Faults in the cases of one part keep no other from being finished.
    """
    if not parts:
        yield outcome_schema(how.settings).empty_table()
    total = sum(part.rows for part in parts)
    # Two row groups with the same bytes have the same outcome.
    missing = list({part.kept: part for part in parts if not part.is_done}.values())
    done = total - sum(part.rows for part in missing)
    told(done, total)
    problems: dict[Part, list[Problem]] = {}
    awaited = {part.kept for part in missing}
    with closing(_results(missing, how, jobs)) as results:
        for part in parts:
            while part.kept in awaited:
                finished, found = next(results)
                awaited.discard(finished.kept)
                done += finished.rows
                told(done, total)
                if found:
                    problems[finished] = found
            if not problems:
                yield read_part(part)
    if problems:
        raise FileError([problem for part in missing for problem in problems.get(part, ())])


def _results(parts: Sequence[Part], how: How, jobs: int) -> Generator[tuple[Part, list[Problem]], None, None]:
    if jobs == 1 or len(parts) < 2:
        yield from ((part, make_part(part, how)) for part in parts)
        return
    from multiprocessing import get_context

    pool: Executor = ThreadPoolExecutor(jobs) if how.kernel == "compiled" else ProcessPoolExecutor(jobs, get_context("spawn"))
    try:
        waiting: dict[Future[list[Problem]], Part] = {pool.submit(make_part, part, how): part for part in parts}
        yield from ((waiting[future], future.result()) for future in as_completed(waiting))
    finally:
        # On a full disk or an interruption nothing more is begun.
        pool.shutdown(wait=True, cancel_futures=True)

