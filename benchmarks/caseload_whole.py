"""A whole country's caseload in one call: Parquet in, core measures with chance and audience, Parquet out."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import pyarrow.parquet as pq

from agencygraph import testing
from agencygraph.batch import measure_file
from agencygraph.caseloads.arrow import batch_of
from agencygraph.caseloads.generator import make_columns
from benchmarks.caseload_goals import Goal, seconds

QUICK = (500, 1)


def run(cases: int = 400_000, rounds: int = 3) -> list[Goal]:
    with tempfile.TemporaryDirectory() as name:
        source, target = Path(name, "cases.parquet"), Path(name, "measures.parquet")
        testing.generate(300, source)
        measure_file(source, target, progress=False)
        testing.generate(cases, source)
        core = seconds(lambda: measure_file(source, target, progress=False, settings=()), rounds)
        took = seconds(lambda: measure_file(source, target, progress=False), rounds)
        assert pq.ParquetFile(target).metadata.num_rows == cases
    held = batch_of(make_columns(0, min(cases, 20_000), seed=1))
    return [Goal(f"{cases:,} cases from file to file, two cores", 5 * cases / 400_000, took, "seconds", at_most=True,
                 why="the sum over states for chances and audience at two settings takes two fifths of the time; without it the "
                     "goal is kept"),
            Goal("the same without chances and audience", 5 * cases / 400_000, core, "seconds", at_most=True),
            Goal("bytes a case in memory", 100, held.nbytes / held.num_rows, "bytes", at_most=True)]


if __name__ == "__main__":
    print(*run(*map(int, sys.argv[1:])), sep="\n")
