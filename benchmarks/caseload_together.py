"""All cases together: who tells whom, and what changed, from the columns of a Parquet caseload against case by case."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from agencygraph.caseloads import read_caseload
from agencygraph.caseloads.arrow import batch_of
from agencygraph.caseloads.generator import make_columns
from agencygraph.caseloads.parquet import read_columns
from agencygraph.comparison import compare
from agencygraph.partnership import network
from benchmarks.caseload_goals import Goal, seconds

if TYPE_CHECKING:
    from agencygraph.caseloads.columns import Columns
    from agencygraph.model import Caseload
    from agencygraph.table import Table

QUICK = (40, 20)
WHY = "what both do alike, such as opening the file or counting what chance could do, weighs more where cases are few"


def run(cases: int = 100_000, compared: int = 1_000) -> list[Goal]:
    with tempfile.TemporaryDirectory() as folder:
        many, few = ([_write(Path(folder, f"{size}_{side}.parquet"), make_columns(side, 2 * size, seed=1, step=2))
                      for side in (0, 1)] for size in (cases, compared))
        compare(*map(read_columns, many))
        assert _network(read_columns(few[0])) == _network(read_caseload(few[0]))
        assert _change(*map(read_columns, few)) == _change(*map(read_caseload, few))
        told = seconds(lambda: _network(read_columns(many[0]))) / cases
        changed = seconds(lambda: _change(*map(read_columns, many)), 2) / cases
        slow_told = seconds(lambda: _network(read_caseload(few[0])), 2) / compared
        slow_changed = seconds(lambda: _change(*map(read_caseload, few)), 1) / compared
    return [Goal(f"who tells whom in {cases:,} cases of a Parquet file, by column against case by case", 50,
                 slow_told / told, why=WHY),
            Goal(f"what changed in {cases:,} pairs of maps of two Parquet files, by column against case by case", 50,
                 slow_changed / changed, why=WHY)]


def _write(path: Path, columns: Columns) -> Path:
    pq.write_table(pa.Table.from_batches([batch_of(columns)]), path, row_group_size=20_000)
    return path


def _network(load: Caseload | Columns) -> Table:
    return network(load, "sector").table


def _change(before: Caseload | Columns, after: Caseload | Columns) -> Table:
    return compare(before, after).table


if __name__ == "__main__":
    print(*run(*map(int, sys.argv[1:])), sep="\n")
