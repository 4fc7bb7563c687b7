"""Tables: tidy, unchanging, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agencygraph.errors import FileError, InvalidError, MissingExtraError, UnknownNameError
from agencygraph.table import Table

TEXT = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Cn")), max_size=12)
CELLS = st.one_of(TEXT, st.integers(-99, 99), st.floats(-9, 9), st.none(), st.booleans())
TABLE = Table(("who", "share", "count", "reason"), (("School", 0.6875, 3, ""), ("Police & Co", None, None, "nobody is there")),
              caption="Who <tells>", note="A note.", heads=("who",))


@given(st.lists(st.tuples(CELLS, CELLS), max_size=6))
def test_csv_keeps_every_cell_and_starts_no_formula(rows: list[tuple[object, object]]) -> None:
    text = Table(("a", "b"), tuple(rows)).to_csv()  # type: ignore[arg-type]
    back = list(csv.reader(io.StringIO(text, newline="")))
    assert len(back) == len(rows) + 1
    for row, cells in zip(rows, back[1:], strict=True):
        for cell, read in zip(row, cells, strict=True):
            if isinstance(cell, str):
                assert read == cell or (read == f"'{cell}" and cell[0] in "=+-@")
                assert read[:1] not in {"=", "+", "-", "@"}
            elif isinstance(cell, bool) or cell is None:
                assert read == {True: "yes", False: "no", None: ""}[cell]
            else:
                assert float(read) == cell


@given(st.lists(st.tuples(CELLS, CELLS), max_size=4), TEXT)
def test_html_holds_every_cell_whatever_it_says(rows: list[tuple[object, object]], caption: str) -> None:
    html = Table(("a", "b"), tuple(rows), caption)._repr_html_()  # type: ignore[arg-type]
    root = ET.fromstring(f"<div>{html}</div>")
    assert [cell.get("scope") for cell in root.iter("th")] == ["col"] * 2 + ["row"] * len(rows)
    assert len(list(root.iter("td"))) == len(rows)
    assert ["".join(node.itertext()) for node in root.iter("caption")] == [caption] * bool(caption)


def test_none_is_a_dash_with_its_reason_beside_it() -> None:
    assert str(TABLE) == (
        "Who <tells>\n\nwho          share  count  reason\n-----------  -----  -----  ---------------\n"
        "School        0.69      3\nPolice & Co      –      –  nobody is there\n\nA note.")
    assert "<td>–</td><td>–</td><td>nobody is there</td>" in TABLE._repr_html_()
    assert "Police &amp; Co" in TABLE._repr_html_()
    assert repr(TABLE) == "Table('Who <tells>', 2 rows: who, share, count, reason)"


def test_what_is_alike_in_every_row_is_said_once() -> None:
    table = Table(("who", "case", "note"), (("A", "Child, 9", ""), ("B", "Child, 9", "")))
    assert str(table) == "case: Child, 9\n\nwho\n---\nA\nB"


def test_rows_are_found_by_their_cells() -> None:
    assert TABLE.where(who="School", count=3).rows == TABLE.rows[:1]
    assert [row["count"] for row in TABLE] == list(TABLE.column("count")) == [3, None]
    assert TABLE.select("count", "who").columns == ("count", "who")
    with pytest.raises(UnknownNameError, match="Did you mean 'count'"):
        TABLE.where(cuont=3)


def test_a_table_checks_itself() -> None:
    with pytest.raises(InvalidError, match="named twice"):
        Table(("a", "a"))
    with pytest.raises(InvalidError, match="row 2 has 2 cells for 1 columns"):
        Table(("a",), ((1,), (1, 2)))  # type: ignore[arg-type]
    with pytest.raises(InvalidError, match="is not a column"):
        Table(("a",), heads=("b",))
    with pytest.raises(AttributeError):
        TABLE.caption = "other"  # type: ignore[misc]
    assert hash(TABLE) == hash(Table(TABLE.columns, TABLE.rows, TABLE.caption, TABLE.note, TABLE.heads))


def test_pandas_keeps_whole_numbers_whole() -> None:
    frame = TABLE.to_pandas()
    assert list(frame.columns) == list(TABLE.columns)
    assert str(frame["count"].dtype) == "Int64"
    assert frame["share"].isna().tolist() == [False, True]


def test_without_pandas_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingExtraError, match=r"pip install \"agencygraph\[notebook\]\""):
        TABLE.to_pandas()


MIXED = Table(("who", "count", "share", "shown", "firm", "nothing"),
              (("School", 3, 0.5, 7, True, None), ("Police", None, 1, "c", None, None)))


def test_arrow_and_polars_keep_each_column_as_it_is() -> None:
    found = MIXED.to_arrow()
    assert [str(field.type) for field in found.schema] == ["string", "int64", "double", "string", "bool", "string"]
    assert found.column("shown").to_pylist() == ["7", "c"]
    assert found.column("count").to_pylist() == [3, None]
    frame = MIXED.to_polars()
    assert frame.rows() == [("School", 3, 0.5, "7", True, None), ("Police", None, 1.0, "c", None, None)]
    assert Table(("who",)).to_arrow().num_rows == 0


def test_a_parquet_file_holds_the_table_and_has_the_same_bytes_each_time(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    for name in ("one.parquet", "two.parquet"):
        MIXED.to_parquet(tmp_path / name)
    assert pq.read_table(tmp_path / "one.parquet") == MIXED.to_arrow()
    assert (tmp_path / "one.parquet").read_bytes() == (tmp_path / "two.parquet").read_bytes()
    with pytest.raises(FileError, match="there is no folder"):
        MIXED.to_parquet(tmp_path / "none" / "one.parquet")


@pytest.mark.parametrize(("missing", "ask"), [("pyarrow", "to_arrow"), ("polars", "to_polars")])
def test_without_an_engine_it_is_said_what_to_install(missing: str, ask: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(MissingExtraError, match=r"pip install \"agencygraph\[caseload\]\""):
        getattr(MIXED, ask)()


def test_a_csv_file_is_marked_for_excel(tmp_path: Path) -> None:
    text = TABLE.to_csv(tmp_path / "table.csv")
    data = (tmp_path / "table.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data[3:].decode("utf-8") == text
    assert [path.name for path in tmp_path.iterdir()] == ["table.csv"]
