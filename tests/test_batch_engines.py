"""The recipes of docs/caseloads.md give the same table as one call, with each engine that is installed."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from agencygraph.batch import measure_file
from agencygraph.caseloads.arrow import batch_of
from agencygraph.caseloads.generator import make_columns

PAGE = Path(__file__).parent.parent / "docs" / "caseloads.md"
ENGINES = [name for name, package in (("polars", "polars"), ("duckdb", "duckdb"), ("dask", "distributed"), ("spark", "pyspark"))
           if find_spec(package)]


def recipes() -> dict[str, Callable[..., Any]]:
    """Run the recipes as a reader would paste them: their functions belong to no module, so that workers get them whole."""
    space: dict[str, Any] = {"__name__": "__main__"}
    for block in re.findall(r"^```py\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL):
        if (package := re.search(r"^import (duckdb|polars)", block, re.MULTILINE)) is None or find_spec(package[1]):
            exec(compile(block, PAGE.name, "exec", dont_inherit=True), space)
    return {name.removeprefix("by_"): value for name, value in space.items() if name.startswith("by_")}


def in_order(table: pa.Table) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = table.to_pylist()
    return sorted(rows, key=lambda row: (row["child"], row["arrangement"]))


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.filterwarnings("default")
def test_an_engine_gives_the_same_table(engine: str, tmp_path: Path) -> None:
    source = tmp_path / "cases.parquet"
    pq.write_table(pa.Table.from_batches([batch_of(make_columns(0, 90, seed=1))]), source, row_group_size=30)
    measure_file(source, tmp_path / "out.parquet", progress=False)
    recipe = recipes()[engine]
    if engine == "spark":
        recipe(str(source), str(tmp_path / "spark"))
        found = pq.read_table(tmp_path / "spark")
    else:
        found = recipe(str(source))
    assert in_order(found) == in_order(pq.read_table(tmp_path / "out.parquet"))
