"""What the commands for many cases do: tables that leave the partnership are protected unless somebody says otherwise."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from agencygraph.errors import FileError

if TYPE_CHECKING:
    from agencygraph.caseloads.columns import Columns
    from agencygraph.model import Caseload
    from agencygraph.table import Table

TABLES = (".csv", ".parquet")
PICTURES = (".svg", ".png", ".pdf", ".html", ".txt", ".dot")


def measure(asked: argparse.Namespace) -> int:
    """Measure every case: a Parquet caseload from file to file, any other in memory."""
    if _is_parquet(asked.file):
        from agencygraph.batch import measure_file

        count = measure_file(asked.file, asked.output, jobs=asked.jobs, kernel=asked.kernel)
    else:
        from agencygraph.batch import measure_caseload

        _check_target(asked, TABLES, asked.file)
        table = measure_caseload(_read(asked.file), jobs=asked.jobs or 1, kernel=asked.kernel)
        _save(table, asked.output)
        count = len(table)
    print(f"{asked.output}: the measures of {count:,} cases are written, one row for each case: not for publication.")
    return 0


def table(asked: argparse.Namespace) -> int:
    """Count the cases of each group, small numbers withheld."""
    from agencygraph.partnership import tabulate

    _check_target(asked, TABLES, asked.file)
    load = _load(asked.file)
    found = tabulate(load, _grouping(asked.rows), _grouping(asked.columns), threshold=_threshold(asked))
    _save(found, asked.output)
    _say(asked, f"{len(load):,} cases are counted by {asked.rows} and {asked.columns}")
    return 0


def compare(asked: argparse.Namespace) -> int:
    """Say over two caseloads what changed, small numbers withheld."""
    from agencygraph.comparison import compare as compare_caseloads

    _check_target(asked, TABLES, asked.before, asked.after)
    change = compare_caseloads(_load(asked.before), _load(asked.after), measures=tuple(asked.measures), ties=asked.ties,
                               by=_grouping(asked.by), pair=asked.pair)
    threshold = _threshold(asked)
    found = change.table if threshold is None else change.protected(threshold)
    _save(found, asked.output)
    _say(asked, f"{len(change.pairs):,} pairs of maps are compared")
    return 0


def network(asked: argparse.Namespace) -> int:
    """Show who tells whom over all cases, as a table or as a map, small numbers withheld."""
    from agencygraph.partnership import network as network_of

    _check_target(asked, (*TABLES, *PICTURES), asked.file)
    found = network_of(_load(asked.file), asked.by, threshold=_threshold(asked))
    if _ending(asked.output) in TABLES:
        _save(found.matrix if asked.matrix else found.table, asked.output)
    else:
        found.draw(marking=asked.marking).save(asked.output)
    _say(asked, f"{found.cases:,} cases are put together by {asked.by}, {len(found.roles)} in all")
    return 0


def generate(asked: argparse.Namespace) -> int:
    """Write a made-up caseload."""
    from agencygraph import caseloads
    from agencygraph.progress import progress_of

    caseloads.generate(asked.count, asked.output, seed=asked.seed, progress=progress_of(None))
    print(f"{asked.output}: {asked.count:,} made-up cases are written.")
    return 0


def _read(path: str) -> Caseload:
    from agencygraph.caseloads import read_caseload

    return read_caseload(path)


def _load(path: str) -> Caseload | Columns:
    """Read a caseload; of Parquet what is analysed, without making a case of every row."""
    from agencygraph.caseloads.parquet import read_columns

    load = read_columns(path) if _is_parquet(path) else _read(path)
    if not len(load):
        raise FileError(f"{path} holds no cases, so there is nothing to put together.")
    return load


def _is_parquet(path: str) -> bool:
    """Say whether a caseload is a Parquet file, or a folder of such files and of nothing else that holds cases."""
    from agencygraph.caseloads.folders import CASE_FILES, LINES

    if not os.path.isdir(path):
        return _ending(path) == ".parquet"
    names = sorted(name.lower() for name in os.listdir(path) if not name.startswith((".", "_")))
    others = [name for name in names if name == "cases.csv" or _ending(name) in (*CASE_FILES, *LINES)]
    if others and any(_ending(name) == ".parquet" for name in names):
        raise FileError(f"{path} holds .parquet files and other cases too, such as {others[0]}; which are meant? Put what belongs "
                        "together in a folder of its own.")
    return any(_ending(name) == ".parquet" for name in names)


def _ending(path: str) -> str:
    return os.path.splitext(path)[1].lower()


def _check_target(asked: argparse.Namespace, endings: Sequence[str], *sources: str) -> None:
    """Say before any work is done where the target cannot be written, or would take the place of a caseload."""
    from agencygraph.batch.target import check_place

    if _ending(asked.output) not in endings:
        raise FileError(f"{asked.output}: give the file one of these endings: {', '.join(endings)}.")
    for source in sources:
        check_place(source, asked.output)


def _grouping(word: str) -> str:
    """Return the grouping that a word means: a Parquet caseload calls the complexity of a case its band."""
    return "complexity" if word == "band" else word


def _threshold(asked: argparse.Namespace) -> int | None:
    return None if asked.unprotected else asked.threshold


def _save(table: Table, path: str) -> None:
    if _ending(path) == ".parquet":
        table.to_parquet(path)
    else:
        table.to_csv(path)


def _say(asked: argparse.Namespace, what: str) -> None:
    if asked.unprotected:
        print(f"{asked.output}: {what}.")
        print(f"agencygraph: warning: {asked.output} shows small numbers, which may say who a child is. Keep it inside the "
              "partnership; leave out --unprotected for a table that may be published.", file=sys.stderr)
    else:
        print(f"{asked.output}: {what}. Numbers from 1 to {asked.threshold - 1}, and what would give them away, are withheld.")
