"""Reading many cases: Parquet and JSON lines against YAML, and JSON lines with the collector paused against not."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from pathlib import Path
from unittest import mock

from agencygraph import testing
from agencygraph.caseloads import json_lines, read_caseload, write_caseload
from agencygraph.caseloads.parquet import read_columns
from agencygraph.formats import read, write
from benchmarks.caseload_goals import Goal, seconds

QUICK = (300, 30, 3)


def run(cases: int = 20_000, lines: int = 12_000, yamls: int = 100) -> list[Goal]:
    with tempfile.TemporaryDirectory() as folder:
        return _run(Path(folder), cases, lines, yamls)


def _run(folder: Path, cases: int, lines: int, yamls: int) -> list[Goal]:
    testing.generate(cases, folder / "load.parquet", seed=1)
    load = testing.caseload(lines, seed=1)
    write_caseload(load, folder / "load.jsonl")
    for number, case in enumerate(load.cases[:yamls]):
        write(case, folder / f"{number:05}.yaml")
    names = sorted(folder.glob("*.yaml"))
    assert [read(name) for name in names] == list(load.cases[:yamls])
    assert read_caseload(folder / "load.jsonl").cases == load.cases
    yaml = seconds(lambda: [read(name) for name in names], 1) / yamls
    parquet = seconds(lambda: read_columns(folder / "load.parquet")) / cases
    paused = seconds(lambda: read_caseload(folder / "load.jsonl"), 2) / lines
    with mock.patch.object(json_lines, "collector_paused", contextlib.nullcontext):
        plain = seconds(lambda: read_caseload(folder / "load.jsonl"), 1) / lines
    size = os.path.getsize(folder / "load.parquet") / cases
    return [Goal("a Parquet caseload, checked, against case files in YAML", 100, yaml / parquet,
                 why="more than half of the time is the checking of every case, of which nothing is left out"),
            Goal("JSON lines against case files in YAML", 8.5, yaml / paused,
                 why="it was found for short sentences of ties against long mappings in one format; here both hold sentences, and "
                     "checking and making the case, which is the same for both, takes nine tenths of the time of a line"),
            Goal("JSON lines, garbage collector paused against not", 3, plain / paused,
                 why="it was found with cases made by pydantic, which leave many more values to the collector than the plain "
                     "slotted rows that cases are now"),
            Goal("bytes a case in Parquet", 25, size, "bytes", at_most=True,
                 why="two thirds are the ends and marks of the ties, drawn at random here, and at the highest level of compression "
                     "four times the work saves a twenty-fifth; byte stream split would save a sixth, but was opened to whole "
                     "numbers in 2024, and older engines cannot read it")]


if __name__ == "__main__":
    print(*run(*map(int, sys.argv[1:])), sep="\n")
