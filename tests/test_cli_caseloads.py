"""The command line over many cases: what leaves the partnership is protected unless somebody says otherwise."""

from __future__ import annotations

import csv
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import agencygraph as ag
from agencygraph import testing
from agencygraph.batch import measure_caseload
from agencygraph.caseloads import write_caseload
from agencygraph.caseloads.arrow import batch_of
from agencygraph.caseloads.generator import make_columns
from agencygraph.cli import main
from agencygraph.errors import FileError
from agencygraph.partnership import network, tabulate

Said = pytest.CaptureFixture[str]


@pytest.fixture
def load(tmp_path: Path) -> Path:
    """Eighteen cases of the study, every one with a private name."""
    path = tmp_path / "load.jsonl"
    named = tuple(case.replace(name=f"Quillfeather {at}") for at, case in enumerate(ag.cases.bexley()))
    write_caseload(ag.Caseload(named, "Bexley"), path)
    return path


def rows_of(path: Path) -> list[list[str]]:
    with open(path, newline="", encoding="utf-8-sig") as file:
        return list(csv.reader(file))


def test_a_caseload_is_made_up_and_measured(tmp_path: Path, capsys: Said) -> None:
    load, out = tmp_path / "load.parquet", tmp_path / "measures.csv"
    assert main(["generate", "12", "-o", str(load), "--seed", "3"]) == 0
    assert main(["caseload", "measure", str(load), "-o", str(out), "--jobs", "1", "--kernel", "plain"]) == 0
    assert "12 cases" in capsys.readouterr().out
    assert len(rows_of(out)) == 13
    assert main(["generate", "-3", "-o", str(load)]) == 1
    assert main(["generate", "3", "-o", str(tmp_path / "load.csv")]) == 1
    assert "goes to a .parquet file" in capsys.readouterr().err
    assert not (tmp_path / "load.csv").exists()


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_any_caseload_is_measured_and_shows_no_name(load: Path, tmp_path: Path, ending: str, capsys: Said) -> None:
    out = tmp_path / f"measures.{ending}"
    assert main(["caseload", "measure", str(load), "-o", str(out), "--kernel", "plain"]) == 0
    assert "18 cases" in capsys.readouterr().out
    assert b"Quillfeather" not in out.read_bytes()
    if ending == "parquet":
        assert pq.read_table(out) == measure_caseload(ag.read_caseload(load), kernel="plain").to_arrow()


def test_a_folder_of_parquet_files_is_measured_from_file_to_file(tmp_path: Path) -> None:
    (tmp_path / "many").mkdir()
    testing.generate(4, tmp_path / "many" / "one.parquet")
    assert main(["caseload", "measure", str(tmp_path / "many"), "-o", str(tmp_path / "out.csv"), "--kernel", "plain"]) == 0
    assert len(rows_of(tmp_path / "out.csv")) == 5


@pytest.mark.parametrize("arguments", [["table", "--rows", "band", "--columns", "situation"], ["network", "--by", "sector"],
                                       ["network", "--matrix"], ["compare", "--ties", "any", "--measures", "islands"]])
def test_what_is_published_is_protected_unless_asked_otherwise(load: Path, tmp_path: Path, arguments: list[str],
                                                               capsys: Said) -> None:
    out, files = tmp_path / "out.csv", [str(load)] * (1 + (arguments[0] == "compare"))
    command = ["caseload", arguments[0], *files, "-o", str(out), *arguments[1:]]
    assert main(command) == 0
    said = capsys.readouterr()
    assert "Numbers from 1 to 4, and what would give them away, are withheld" in said.out
    assert not said.err
    safe = out.read_bytes()
    small = {str(number) for number in range(1, 5)}
    assert not small & {cell for row in rows_of(out)[1:] for cell in row}
    assert main([*command, "--threshold", "10"]) == 0
    assert "from 1 to 9" in capsys.readouterr().out
    assert not {*small, "7"} & {cell for row in rows_of(out)[1:] for cell in row}
    assert main([*command, "--unprotected"]) == 0
    assert f"warning: {out} shows small numbers" in capsys.readouterr().err
    assert out.read_bytes() != safe
    assert main([*command, "--threshold", "2"]) == 1
    assert "a whole number from 3" in capsys.readouterr().err
    with pytest.raises(SystemExit) as stopped:
        main([*command, "--threshold", "6", "--unprotected"])
    assert stopped.value.code == 2


def test_tables_are_those_of_the_library(load: Path, tmp_path: Path) -> None:
    cases, out = ag.read_caseload(load), tmp_path / "out.csv"
    main(["caseload", "table", str(load), "-o", str(out), "--rows", "arrangement", "--columns", "band"])
    assert out.read_text(encoding="utf-8-sig").splitlines() == tabulate(cases, "arrangement", "complexity").to_csv().splitlines()
    main(["caseload", "network", str(load), "-o", str(out), "--by", "sector"])
    assert out.read_text(encoding="utf-8-sig").splitlines() == network(cases, "sector").table.to_csv().splitlines()


def test_a_parquet_caseload_is_counted_as_its_cases_are(tmp_path: Path) -> None:
    source, out = tmp_path / "load.parquet", tmp_path / "out.parquet"
    testing.generate(300, source)
    assert main(["caseload", "table", str(source), "-o", str(out)]) == 0
    assert pq.read_table(out) == tabulate(ag.read_caseload(source)).to_arrow()
    assert pq.read_table(out).column("total").to_pylist()[-1] == 300


@pytest.mark.parametrize("verb", ["measure", "table", "network", "compare"])
def test_the_caseload_itself_is_never_written_over(tmp_path: Path, verb: str, capsys: Said) -> None:
    source, link = tmp_path / "load.parquet", tmp_path / "link.parquet"
    testing.generate(20, source)
    link.symlink_to(source)
    before, files = source.read_bytes(), [str(source)] * (1 + (verb == "compare"))
    for target in (source, link):
        assert main(["caseload", verb, *files, "-o", str(target)]) == 1
        assert "is the caseload itself" in capsys.readouterr().err
    other = tmp_path / "other.parquet"
    testing.generate(20, other)
    if verb == "compare":
        assert main(["caseload", verb, str(other), str(source), "-o", str(source)]) == 1
    assert source.read_bytes() == before


@pytest.mark.parametrize("verb", ["table", "network", "compare"])
def test_what_holds_no_cases_is_told_and_nothing_is_written(tmp_path: Path, verb: str, capsys: Said) -> None:
    pq.write_table(pa.table({"a": [1], "b": ["x"]}), tmp_path / "other.parquet")
    (tmp_path / "empty.jsonl").touch()
    testing.generate(0, tmp_path / "none.parquet")
    (tmp_path / "mixed").mkdir()
    testing.generate(2, tmp_path / "mixed" / "one.parquet")
    (tmp_path / "mixed" / "two.jsonl").touch()
    for name, words in (("other.parquet", "here stand a, b."), ("empty.jsonl", "holds no cases"),
                        ("none.parquet", "holds no cases"), ("mixed", "and other cases too, such as two.jsonl")):
        files = [str(tmp_path / name)] * (1 + (verb == "compare"))
        assert main(["caseload", verb, *files, "-o", str(tmp_path / "out.csv")]) == 1
        said = capsys.readouterr().err
        assert words in said
        assert said.count("\n") == 1
    assert not (tmp_path / "out.csv").exists()


def test_a_folder_of_parquet_files_is_put_together_in_the_order_of_their_names(tmp_path: Path) -> None:
    whole, parts, out = tmp_path / "whole.parquet", tmp_path / "parts", [tmp_path / "one.csv", tmp_path / "two.csv"]
    parts.mkdir()
    columns = make_columns(0, 50, seed=1)
    for name, start, stop in (("a", 0, 30), ("b", 30, 50)):
        pq.write_table(pa.Table.from_batches([batch_of(columns.part(start, stop))]), parts / f"{name}.parquet")
    pq.write_table(pa.Table.from_batches([batch_of(columns)]), whole)
    assert ag.read_caseload(parts) == ag.read_caseload(whole)
    for arguments in (["table"], ["network"], ["compare", str(whole), "--measures", "islands"]):
        for path, target in zip((whole, parts), out, strict=True):
            assert main(["caseload", arguments[0], str(path), *arguments[1:], "-o", str(target)]) == 0
        assert out[0].read_bytes() == out[1].read_bytes()


def test_a_network_is_drawn_from_what_may_be_published(tmp_path: Path, capsys: Said) -> None:
    write_caseload(ag.Caseload(ag.cases.bexley().cases * 6), tmp_path / "year.jsonl")
    out = tmp_path / "map.svg"
    command = ["caseload", "network", str(tmp_path / "year.jsonl"), "-o", str(out), "--by", "sector", "--marking", "OFFICIAL"]
    assert main(command) == 0
    assert "108 cases" in capsys.readouterr().out
    assert "OFFICIAL" in out.read_text(encoding="utf-8")


@pytest.mark.parametrize("ending", ["xlsx", "jpg", ""])
@pytest.mark.parametrize("verb", ["measure", "table", "network", "compare"])
def test_another_ending_is_refused_before_any_work(load: Path, tmp_path: Path, verb: str, ending: str, capsys: Said,
                                                   monkeypatch: pytest.MonkeyPatch) -> None:
    def read(path: str) -> None:
        raise AssertionError("the cases were read")

    monkeypatch.setattr("agencygraph.cli.caseloads._read", read)
    files = [str(load)] * (1 + (verb == "compare"))
    assert main(["caseload", verb, *files, "-o", str(tmp_path / f"out.{ending}")]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1


@pytest.mark.parametrize("verb", ["measure", "table", "network", "compare"])
def test_a_missing_caseload_and_a_missing_folder_give_one_clear_line(load: Path, tmp_path: Path, verb: str, capsys: Said) -> None:
    for name in ("none.parquet", "none.jsonl", "none"):
        assert main(["caseload", verb, *[str(tmp_path / name)] * (1 + (verb == "compare")), "-o", str(tmp_path / "out.csv")]) == 1
        assert len(capsys.readouterr().err.splitlines()) == 1
    assert main(["caseload", verb, *[str(load)] * (1 + (verb == "compare")), "-o", str(tmp_path / "none" / "out.csv")]) == 1
    assert "there is no folder" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["load.jsonl"]


def test_a_stopped_run_says_what_is_kept(tmp_path: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(done: int, of: int) -> None:
        if done >= 20_000:
            raise KeyboardInterrupt

    source, out = tmp_path / "load.parquet", tmp_path / "out.parquet"
    testing.generate(20_010, source)
    monkeypatch.setattr("agencygraph.batch.files.progress_of", lambda asked: stop)
    assert main(["caseload", "measure", str(source), "-o", str(out), "--jobs", "1"]) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "1 of 2 parts are finished and kept in" in said
    assert "run the same again to go on from there" in said
    assert not out.exists()


def test_parquet_tables_keep_a_formula_as_it_is_and_csv_does_not(tmp_path: Path) -> None:
    table = ag.Table(("who",), (("=1+1",),))
    table.to_parquet(tmp_path / "one.parquet")
    table.to_csv(tmp_path / "one.csv")
    assert pq.read_table(tmp_path / "one.parquet").column("who").to_pylist() == ["=1+1"]
    assert "'=1+1" in (tmp_path / "one.csv").read_text(encoding="utf-8-sig")
    with pytest.raises(FileError, match="is a folder"):
        table.to_parquet(tmp_path)
