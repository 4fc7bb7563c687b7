"""Many cases in a folder, in JSON lines, in tables and in Parquet: read back as they were, and every fault told with its place."""

from __future__ import annotations

import gc
import json
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agencygraph import testing
from agencygraph.caseloads import read_caseload, write_caseload
from agencygraph.caseloads.arrow import batch_of, case_schema, columns_from
from agencygraph.caseloads.columns import FIELDS, LISTS, find_faults
from agencygraph.caseloads.generator import make_columns
from agencygraph.caseloads.json_lines import collector_paused
from agencygraph.caseloads.rows import cases_of, columns_of
from agencygraph.errors import FileError, InvalidError
from agencygraph.formats import write
from agencygraph.measures import measure
from agencygraph.model import Case, Caseload
from measured_cases import made_up
from strategies import caseloads, examples

PLAIN = [{"kinds": [0, 4, 5], "sources": [0, 1], "targets": [1, 2], "marks": [3, 0]}]


@settings(max_examples=examples(40), deadline=None)
@given(caseloads())
def test_json_lines_give_back_every_field(tmp_path_factory: pytest.TempPathFactory, load: Caseload) -> None:
    path = tmp_path_factory.mktemp("lines") / "load.jsonl"
    write_caseload(load, path)
    assert read_caseload(path) == load


@settings(max_examples=examples(60), deadline=None)
@given(st.lists(made_up(most=6), max_size=3))
def test_a_row_is_measured_as_its_case_is(made: list[Any]) -> None:
    load = [case for case, _ in made]
    back = list(cases_of(columns_from(batch_of(columns_of(load)))))
    for one, other in zip(load, back, strict=True):
        words = [[row[3:5] + row[6:10] for row in measure(case).rows if row[2] != "sector links"] for case in (one, other)]
        numbers = [sorted(str((row[1], *row[2:5])) for row in part) for part in words]
        assert numbers[0] == numbers[1]
        assert list(columns_of([other]).marks.values) == list(columns_of([one]).marks.values)


def test_a_made_up_caseload_comes_back_from_every_kind_of_file(tmp_path: Path) -> None:
    load = testing.caseload(12, seed=4, arrangement="integration")
    for name in ("load.jsonl", "load.parquet", "tables"):
        write_caseload(load, tmp_path / name)
        assert read_caseload(tmp_path / name) == load, name


def test_a_folder_is_read_in_the_order_of_names(tmp_path: Path) -> None:
    for name, age in (("b.yaml", 2), ("a.json", 1), ("c.yml", 3)):
        write(Case.of(age=age), tmp_path / name)
    assert [case.age for case in read_caseload(tmp_path)] == [1, 2, 3]
    (tmp_path / "a.json").write_text('{"agencygraph": 1, "age": 99}')
    (tmp_path / "b.yaml").write_text("agencygraph: 1\nage: -1\n")
    with pytest.raises(FileError) as caught:
        read_caseload(tmp_path)
    assert "a.json line 1" in str(caught.value)
    assert "b.yaml line 2" in str(caught.value)


def test_parquet_holds_no_name_and_no_word_of_the_story(tmp_path: Path) -> None:
    case = Case.of("Secret", age=4, description="Secret", actors={"secret": {"kind": "child", "name": "Secret"}, "x": "school"},
                   ties=[{"tie": "secret <=> x", "note": "Secret"}])
    write_caseload(Caseload((case,)), tmp_path / "load.parquet")
    assert b"ecret" not in (tmp_path / "load.parquet").read_bytes()


def test_every_fault_of_json_lines_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "load.jsonl"
    good = '{"agencygraph": 1, "age": 4}'
    path.write_text("\n".join([good, "{", '{"age": 99, "agee": 3}', "", "[]", '{"age": 1, "age": 2}', '{"agencygraph": 2}',
                               '{"age": NaN}', "[" * 100_000]))
    with pytest.raises(FileError) as caught:
        read_caseload(path)
    lines = [problem.path[0] for problem in caught.value.problems]
    assert lines == [2, 3, 3, 5, 6, 7, 8, 9]
    assert "line 3, field age:" in str(caught.value)
    assert gc.isenabled()


def test_the_collector_is_left_as_it_was() -> None:
    gc.disable()
    try:
        with collector_paused():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


@pytest.mark.parametrize("make", [
    lambda t: t, lambda t: t.cast(_wider(pa.int64(), pa.list_)), lambda t: t.cast(_wider(pa.int32(), pa.large_list)),
    lambda t: pa.concat_tables([t.slice(0, 3), t.slice(3)]), lambda t: t.append_column("own", pa.array(range(len(t)))),
])
def test_wider_numbers_large_lists_and_chunks_are_taken(make: Any) -> None:
    table = pa.Table.from_batches([batch_of(make_columns(0, 9, seed=1))])
    found, expected = columns_from(make(table)), make_columns(0, 9, seed=1)
    for name in LISTS:
        assert np.array_equal(getattr(found, name).values, getattr(expected, name).values), name
    assert [found.band.at(row) for row in range(9)] == [expected.band.at(row) for row in range(9)]


def _wider(kind: pa.DataType, make_list: Any) -> pa.Schema:
    text = pa.large_string() if make_list is pa.large_list else pa.string()
    types = {name: make_list(kind) if name in LISTS else text for name in FIELDS} | {"child": pa.int64(), "age": kind}
    return pa.schema([(name, types[name]) for name in FIELDS])


def test_a_slice_of_a_batch_is_read_as_it_stands() -> None:
    batch = batch_of(make_columns(0, 9, seed=1)).slice(4, 3)
    assert columns_from(batch).sources.values.tolist() == make_columns(4, 7, seed=1).sources.values.tolist()


def test_only_who_is_there_and_who_tells_whom_must_be_given() -> None:
    found = columns_from(pa.RecordBatch.from_pylist(PLAIN))
    case = next(cases_of(found))
    assert [tie.sentence for tie in case.ties] == ["child_0 <=> school_1", "school_1 -> agency_2"]
    assert (case.age, case.arrangement, case.leads) == (None, "collaboration", ())


@pytest.mark.parametrize(("column", "value", "words"), [
    ("age", 26, "from 0 to 25"), ("arrangement", "both", "no arrangement"), ("band", "two\nlines", "one line"),
    ("kinds", [0, 9, 5], "from 0 to 6"), ("kinds", None, "missing"), ("kinds", [0, None, 5], "missing"), ("kinds", [0], "actor"),
    ("kinds", [5] * 61, "at most 60"), ("sectors", [1], "one number for each actor"), ("sectors", [0, 9, 0], "from 0 to 6"),
    ("bases", [0, 1, 7], "no such actor"), ("bases", [1, 2, 2], "based elsewhere"), ("teams", [0, 0, 99], "from 0 to 60"),
    ("leads", [3], "no such actor"), ("leads", [0], "cannot be the lead"), ("sources", [0, 300], "no such actor"),
    ("sources", [0], "one number for each tie"), ("targets", [0, 2], "two different actors"), ("marks", [3, 12], "from 0 to 11"),
    ("marks", [3, -1], "from 0 to 11"), ("targets", [1, 0], "said twice"),
])
def test_each_fault_names_its_row_and_column(column: str, value: Any, words: str) -> None:
    row = PLAIN[0] | {column: value}
    with pytest.raises(FileError) as caught:
        columns_from(pa.Table.from_pylist([{**PLAIN[0], column: PLAIN[0].get(column)}, row]), "x")
    places = {(problem.path, problem.message.partition(":")[0]) for problem in caught.value.problems}
    assert all(path[0] == 1 and said.startswith("x row 2, column ") for path, said in places)
    assert any(words in problem.message for problem in caught.value.problems)


def test_two_ties_that_are_one_two_way_tie_are_found() -> None:
    rows = [PLAIN[0] | {"sources": [0, 1], "targets": [1, 0], "marks": marks} for marks in ([1, 1], [1, 0], [5, 1])]
    with pytest.raises(FileError) as caught:
        columns_from(pa.RecordBatch.from_pylist(rows))
    assert [problem.path for problem in caught.value.problems] == [(0, "marks")]


def test_faults_in_several_rows_are_all_told() -> None:
    rows = [PLAIN[0], PLAIN[0] | {"targets": [0, 9]}, PLAIN[0] | {"marks": [99, 0]}]
    with pytest.raises(FileError) as caught:
        columns_from(pa.RecordBatch.from_pylist(rows))
    assert [problem.path for problem in caught.value.problems] == [(1, "targets"), (1, "targets"), (2, "marks")]


@settings(max_examples=examples(80), deadline=None)
@given(st.lists(made_up(most=5), min_size=1, max_size=2))
def test_what_the_model_takes_is_never_a_fault(made: list[Any]) -> None:
    assert find_faults(columns_of([case for case, _ in made])) == []


@settings(max_examples=examples(80), deadline=None)
@given(st.lists(st.tuples(*[st.integers(0, 3)] * 2, st.integers(0, 11)), max_size=5), st.lists(st.integers(0, 4), max_size=4))
def test_a_row_without_faults_is_always_a_case(ties: list[tuple[int, int, int]], bases: list[int]) -> None:
    """The checks of columns and the rules of the model refuse the same rows."""
    row = {"kinds": [0, 4, 5, 6], "bases": bases, **{name: [tie[at] for tie in ties] for at, name in
                                                     enumerate(("sources", "targets", "marks"))}}
    schema = pa.schema([(name, pa.list_(pa.int64())) for name in row])
    try:
        columns = columns_from(pa.RecordBatch.from_pylist([row], schema=schema))
    except FileError:
        ids = ["child", "school", "agency", "nurse"]
        signs = [f"{ids[a]} {'?' * (m >= 8) + '~' * (4 <= m < 8)}{'<' * (m >> 1 & 1)}{'-='[m & 1]}> {ids[b]}" for a, b, m in ties]
        based = {id: {"kind": kind, "based_at": ids[base] if base < 4 and ids[base] != id else "" if base < 4 else "nobody"}
                 for id, kind, base in zip(ids, ("child", "school", "agency", "practitioner"), bases or range(4), strict=False)}
        if len(based) == 4:
            with pytest.raises(InvalidError):
                Case.of(actors=based, ties=signs)
    else:
        assert len(next(cases_of(columns)).ties) == len(ties)


def test_wrong_types_and_missing_columns_are_told_at_once(tmp_path: Path) -> None:
    table = pa.table({"kinds": ["a"], "source": [[1]], "targets": [[1.5]], "marks": [[1]]})
    pq.write_table(table, tmp_path / "load.parquet")
    with pytest.raises(FileError) as caught:
        read_caseload(tmp_path / "load.parquet")
    assert {problem.path for problem in caught.value.problems} == {("kinds",), ("sources",), ("targets",)}
    assert "Did you mean 'source'?" in str(caught.value)


@pytest.mark.parametrize("name", ["none.parquet", "none.jsonl", "folder", "load.xlsx"])
def test_what_is_no_caseload_is_told_in_one_sentence(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "load.xlsx").write_bytes(b"PK")
    with pytest.raises(FileError, match=name):
        read_caseload(tmp_path / name)


def test_a_damaged_parquet_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "load.parquet"
    testing.generate(50, path)
    for data in (b"nothing", path.read_bytes()[:-50], path.read_bytes()[:200] + b"\0" * 200 + path.read_bytes()[400:]):
        path.write_bytes(data)
        with pytest.raises(FileError, match="damaged"):
            read_caseload(path)


def test_too_many_actors_and_a_leading_child_are_refused() -> None:
    crowd = Case.of(actors={f"a{k}": "agency" for k in range(61)})
    led = Case.of(actors={"tina": "child"}, teams=[{"name": "T", "members": ["tina"], "lead": "tina"}])
    with pytest.raises(InvalidError) as caught:
        columns_of([crowd, led])
    assert len(caught.value.problems) == 2


def test_made_up_cases_are_the_same_for_the_same_numbers(tmp_path: Path) -> None:
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        testing.generate(60, tmp_path / f"{name}.parquet", seed=seed)
    a, b, c = ((tmp_path / f"{name}.parquet").read_bytes() for name in "abc")
    assert a == b != c
    whole = make_columns(0, 60, seed=1)
    for start in (0, 17, 59):
        assert whole.part(start, 60).marks.values.tolist() == make_columns(start, 60, seed=1).marks.values.tolist()


def test_made_up_cases_look_like_those_of_a_caseload() -> None:
    columns = make_columns(0, 2000, seed=1)
    sizes = columns.kinds.lengths
    assert find_faults(columns) == []
    assert (sizes.min(), sizes.max()) == (7, 28)
    assert set(columns.band.codes.tolist()) == {0, 1, 2}
    assert np.array_equal(columns.child[::2], columns.child[1::2])
    assert set(columns.sectors.values.tolist()) == {0, 1, 2, 3, 4, 5}
    before, after = testing.caseload(30), testing.caseload(30, arrangement="integration")
    for one, other in zip(before, after, strict=True):
        assert (one.ids, one.age, not one.teams, bool(other.teams)) == (other.ids, other.age, True, True)


def test_the_first_made_up_case_is_this_one() -> None:
    """Drawn by whole numbers alone, so that no version of Python or numpy makes another."""
    columns = make_columns(0, 3, seed=1)
    assert (columns.kinds.values.sum(), columns.sources.values.sum(), columns.marks.values.sum()) == FIRST


FIRST = (110, 111, 63)


@pytest.mark.parametrize("n", [-1, 1.5, True])
def test_a_wrong_number_of_cases_is_refused(n: Any) -> None:
    with pytest.raises(InvalidError):
        testing.caseload(n)


def test_the_schema_says_what_stands_in_each_column() -> None:
    assert all(field.metadata[b"description"] for field in case_schema())
    assert json.loads(json.dumps(dict(FIELDS))) == dict(FIELDS)
