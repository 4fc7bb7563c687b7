"""From file to file: complete or absent, resumed where it stopped, and one clear error for whatever is wrong."""

from __future__ import annotations

import csv
import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from agencygraph import testing
from agencygraph.batch import measure_batch, measure_caseload, measure_file, outcome_schema
from agencygraph.caseloads import write_caseload
from agencygraph.caseloads.arrow import batch_of
from agencygraph.caseloads.generator import make_columns
from agencygraph.errors import FileError
from agencygraph.model import Caseload

CASES, GROUP = 120, 30


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "cases.parquet"
    pq.write_table(pa.Table.from_batches([batch_of(make_columns(0, CASES, seed=1))]), path, row_group_size=GROUP)
    return path


def measure(source: Path, target: Path, **options: Any) -> bytes:
    measure_file(source, target, **{"settings": (), "progress": False, **options})
    assert not Path(f"{target}.parts").exists()
    assert not list(target.parent.glob(".agencygraph-*"))
    return target.read_bytes()


def stop_after(parts: int, error: type[BaseException] = KeyboardInterrupt) -> Any:
    """A listener to progress that stops the run once so many parts are done."""
    def told(done: int, of: int) -> None:
        if done >= parts * GROUP:
            raise error
    return told


def spoil(source: Path, row: int, column: str, value: Any) -> None:
    rows = pq.read_table(source).to_pylist()
    rows[row][column] = value
    pq.write_table(pa.Table.from_pylist(rows, schema=pq.read_schema(source)), source, row_group_size=GROUP)


@pytest.mark.parametrize("kernel", ["plain", "compiled"])
def test_an_interrupted_run_goes_on_and_gives_the_same_bytes(source: Path, tmp_path: Path, kernel: str) -> None:
    whole = measure(source, tmp_path / "whole.parquet", kernel=kernel)
    target = tmp_path / "out.parquet"
    with pytest.raises(KeyboardInterrupt, match="2 of 4 parts are finished and kept"):
        measure_file(source, target, settings=(), kernel=kernel, jobs=1, progress=stop_after(2))
    assert not target.exists()
    kept = {path: path.stat().st_mtime_ns for path in Path(f"{target}.parts").iterdir()}
    told: list[tuple[int, int]] = []
    measure_file(source, target, settings=(), kernel=kernel, jobs=1, progress=lambda done, of: told.append((done, of)))
    assert len(kept) == 2
    assert told == [(60, 120), (90, 120), (120, 120)]
    assert target.read_bytes() == whole


def test_a_killed_process_loses_nothing_that_was_finished(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.parquet"
    code = (f"import os; from agencygraph.batch import measure_file\n"
            f"measure_file({str(source)!r}, {str(target)!r}, settings=(), jobs=1, "
            f"progress=lambda done, of: done >= 60 and os.kill(os.getpid(), 9))")
    assert subprocess.run([sys.executable, "-c", code], env=_env(), check=False).returncode == -9
    assert len(list(Path(f"{target}.parts").glob("*.arrow"))) == 2
    assert not list(tmp_path.glob(".agencygraph-*"))
    Path(f"{target}.parts", ".agencygraph-0.part").write_bytes(b"half a file, as the kill leaves it")
    assert measure(source, target) == measure(source, tmp_path / "whole.parquet")


def test_threads_and_processes_give_the_same_bytes(source: Path, tmp_path: Path) -> None:
    for kernel in ("compiled", "plain"):
        one, two = (measure(source, tmp_path / f"{kernel}{jobs}.parquet", kernel=kernel, jobs=jobs) for jobs in (1, 2))
        assert one == two


def test_other_settings_take_nothing_from_an_earlier_run(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.parquet"
    with pytest.raises(KeyboardInterrupt):
        measure_file(source, target, settings=(), jobs=1, progress=stop_after(2))
    measure_file(source, target, settings=((0.5, 0.5),), jobs=1, progress=False)
    assert "audience_50_50" in pq.read_schema(target).names


def test_faults_are_all_told_and_the_other_parts_are_kept(source: Path, tmp_path: Path) -> None:
    whole = measure(source, tmp_path / "whole.parquet")
    right = pq.read_table(source).to_pylist()
    spoil(source, 40, "marks", [99] * len(right[40]["marks"]))
    spoil(source, 100, "age", 77)
    target = tmp_path / "out.parquet"
    with pytest.raises(FileError) as caught:
        measure_file(source, target, settings=(), jobs=2, progress=False)
    text = str(caught.value)
    assert "row 41, column marks" in text
    assert "row 101, column age" in text
    assert "2 of 4 parts are finished and kept" in text
    assert not target.exists()
    pq.write_table(pa.Table.from_pylist(right, schema=pq.read_schema(source)), source, row_group_size=GROUP)
    told: list[int] = []
    measure_file(source, target, settings=(), progress=lambda done, of: told.append(done))
    assert told[0] == 60
    assert target.read_bytes() == whole


def test_a_damaged_row_group_is_named_and_the_others_are_kept(source: Path, tmp_path: Path) -> None:
    testing.generate(25_000, source)
    group = pq.ParquetFile(source).metadata.row_group(1).column(10)
    data = bytearray(source.read_bytes())
    data[group.data_page_offset + 60 : group.data_page_offset + 90] = bytes(30)
    source.write_bytes(data)
    with pytest.raises(FileError, match="rows 20,001 to 25,000: the file is damaged there") as caught:
        measure_file(source, tmp_path / "out.parquet", settings=(), progress=False)
    assert "1 of 2 parts are finished" in str(caught.value)


def test_a_full_disk_keeps_what_was_finished(source: Path, tmp_path: Path) -> None:
    whole = measure(source, tmp_path / "whole.parquet")
    target = tmp_path / "out.parquet"
    target.write_bytes(b"earlier")
    room = len(whole) - 1000
    assert max(path for path in _sizes_of_parts(source, tmp_path)) < room, "the parts must fit where the whole does not"
    code = (f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({room}, {room}))\n"
            f"from agencygraph.batch import measure_file\n"
            f"measure_file({str(source)!r}, {str(target)!r}, settings=(), jobs=1, progress=False)")
    answer = subprocess.run([sys.executable, "-c", code], env=_env(), check=False, capture_output=True, text=True)
    assert "no room left on the disk" in answer.stderr
    assert "4 of 4 parts are finished and kept" in answer.stderr
    assert target.read_bytes() == b"earlier"
    assert not list(tmp_path.glob(".agencygraph-*"))
    assert measure(source, target) == whole


def _sizes_of_parts(source: Path, tmp_path: Path) -> list[int]:
    with pytest.raises(KeyboardInterrupt):
        measure_file(source, tmp_path / "sizes.parquet", settings=(), jobs=1, progress=stop_after(4))
    return [path.stat().st_size for path in (tmp_path / "sizes.parquet.parts").iterdir()]


def _env() -> dict[str, str]:
    assert resource.getrlimit(resource.RLIMIT_FSIZE)
    return {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}


@pytest.mark.parametrize(("source", "target", "words"), [
    ("none.parquet", "out.parquet", "there is no such file"), ("cases.parquet", "none/out.parquet", "there is no folder"),
    ("cases.parquet", "out.xlsx", "go to a .parquet or a .csv file"), ("cases.parquet", "cases.parquet", "is the caseload itself"),
    ("empty", "out.parquet", "holds no .parquet file"), ("text.parquet", "out.parquet", "is no Parquet file"),
])
def test_what_cannot_be_done_is_told_before_any_work(tmp_path: Path, source: str, target: str, words: str) -> None:
    testing.generate(3, tmp_path / "cases.parquet")
    (tmp_path / "empty").mkdir()
    (tmp_path / "text.parquet").write_text("text")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(FileError, match=words):
        measure_file(tmp_path / source, tmp_path / target, progress=False)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_wrong_type_of_column_is_told_before_any_work(source: Path, tmp_path: Path) -> None:
    table = pq.read_table(source)
    pq.write_table(table.set_column(table.schema.get_field_index("marks"), "marks", pa.array(["x"] * CASES)), source)
    with pytest.raises(FileError, match="column marks: its type is string; it must be a list of whole numbers"):
        measure_file(source, tmp_path / "out.parquet", progress=False)
    assert not (tmp_path / "out.parquet.parts").exists()


def test_a_folder_of_files_is_one_caseload(source: Path, tmp_path: Path) -> None:
    (tmp_path / "many").mkdir()
    for start in range(0, CASES, GROUP):
        table = pa.Table.from_batches([batch_of(make_columns(start, start + GROUP, seed=1))])
        pq.write_table(table, tmp_path / f"many/{start:03}.parquet")
    assert measure(tmp_path / "many", tmp_path / "out.parquet") == measure(source, tmp_path / "whole.parquet")


def test_no_cases_give_a_table_without_rows(tmp_path: Path) -> None:
    write_caseload(Caseload(()), tmp_path / "none.parquet")
    for name in ("out.parquet", "out.csv"):
        assert measure_file(tmp_path / "none.parquet", tmp_path / name, progress=False) == 0
    assert pq.read_schema(tmp_path / "out.parquet").names == outcome_schema().names


def test_csv_holds_the_same_numbers_and_no_formula(source: Path, tmp_path: Path) -> None:
    spoil(source, 0, "band", "=1+1")
    measure(source, tmp_path / "out.csv")
    measure(source, tmp_path / "out.parquet")
    with open(tmp_path / "out.csv", newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    found = pq.read_table(tmp_path / "out.parquet").to_pylist()
    assert rows[0]["band"] == "'=1+1"
    for row, other in zip(rows[1:], found[1:], strict=True):
        for name, cell in row.items():
            assert cell == "" if other[name] in (None, "") else cell == other[name] or float(cell) == other[name], name


def test_a_batch_is_measured_as_its_caseload_is() -> None:
    load = testing.caseload(20, seed=7)
    columns = make_columns(0, 40, seed=7, step=2)
    found = measure_batch(batch_of(columns)).to_pylist()
    for row, other in zip(measure_caseload(load), found, strict=True):
        for name in set(row) - {"case", "child"}:
            assert (row[name] or None) == (other[name] or None), name
        assert len(other["unit_isolation_any"]) == other["units"]
        assert other["school_isolation_any"] in (*other["unit_isolation_any"], None)


def test_a_key_of_ones_own_is_carried_over() -> None:
    batch = batch_of(make_columns(0, 3, seed=1))
    batch = batch.append_column("key", pa.array(["a", "b", "c"]))
    assert measure_batch(batch, keep=["key"], settings=()).column("key").to_pylist() == ["a", "b", "c"]
    with pytest.raises(FileError, match="no column 'other'"):
        measure_batch(batch, keep=["other"], settings=())


def test_every_column_says_what_it_holds_and_stands_once() -> None:
    schema = outcome_schema()
    assert all(field.metadata[b"description"] for field in schema)
    assert len(set(schema.names)) == len(schema.names)
    assert measure_batch(batch_of(make_columns(0, 5, seed=1))).schema == schema
