"""What is written can be read: every valid case comes back equal from every format that holds a whole case."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
import tempfile

import pytest
import yaml
from hypothesis import HealthCheck, given, settings

from agencygraph.formats.case_csv import tables_of, write_tables
from agencygraph.formats.case_json import read_json, write_json
from agencygraph.formats.case_yaml import read_yaml, write_yaml
from agencygraph.formats.csv_drafts import read_tables
from agencygraph.formats.source import Source
from agencygraph.model import Case, Caseload
from agencygraph.model.record import record_of
from strategies import caseloads, cases, examples

thorough = settings(max_examples=examples(80), deadline=None,
                    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@thorough
@given(cases())
def test_yaml_gives_every_case_back(case: Case) -> None:
    text = write_yaml(case)
    assert read_yaml(Source("case.yaml", text)) == case
    assert write_yaml(read_yaml(Source("case.yaml", text))) == text


@thorough
@given(cases())
def test_any_reader_of_yaml_reads_the_same(case: Case) -> None:
    assert yaml.safe_load(write_yaml(case)) == {"agencygraph": 1, **record_of(case)}


@pytest.mark.parametrize("text", ["1e5", "0o14", "0x1F", "1_000", "12.", "y", "N", "2004-02", "+1", ".5", "=", "<<", "no", "~"])
def test_a_text_that_some_reader_takes_for_something_else_is_quoted(text: str) -> None:
    assert f'title: "{text}"\n' in write_yaml(Case.of(title=text))


@pytest.mark.parametrize("text", ["Mother", "9 Elms Road", "GP (part-time)", "Tŷ Ddewi", "ماں", "👩 Mam", "A&E"])
def test_a_text_that_needs_no_quotes_has_none(text: str) -> None:
    assert f"title: {text}\n" in write_yaml(Case.of(title=text))


@thorough
@given(cases())
def test_json_gives_every_case_back(case: Case) -> None:
    text = write_json(case)
    assert read_json(Source("case.json", text)) == case


def _through_tables(what: Case | Caseload) -> Case | Caseload:
    with tempfile.TemporaryDirectory() as folder:
        write_tables(what, folder)
        return read_tables(folder)


@thorough
@given(cases())
def test_tables_give_every_case_back(case: Case) -> None:
    assert _through_tables(case) == case


@settings(parent=thorough, max_examples=examples(60))
@given(caseloads())
def test_tables_give_every_caseload_back(load: Caseload) -> None:
    found = _through_tables(load)
    assert (found if isinstance(found, Caseload) else Caseload((found,))) == load


@thorough
@given(cases())
def test_no_cell_begins_as_a_formula(case: Case) -> None:
    for table in tables_of(case).values():
        for row in csv.reader(io.StringIO(table.decode("utf-8-sig"), newline="")):
            assert not any(cell.lstrip()[:1] in {"=", "+", "-", "@", "＝"} for cell in row)
            assert not any(cell[:1] in {"\t", "\n"} for cell in row)


def test_the_same_case_gives_the_same_bytes_whatever_the_seed_of_hashes() -> None:
    work = (
        "import sys\nfrom agencygraph.formats.case_csv import tables_of\nfrom agencygraph.formats.graph_files import graph_bytes\n"
        "from agencygraph.formats.case_yaml import write_yaml\nfrom agencygraph.model import Case\n"
        "case = Case.of(age=9, actors={f'a{n}': 'agency' for n in range(20)}, ties=[f'a{n} -> a{n + 1}' for n in range(19)],\n"
        "    teams=[{'name': 'T', 'members': ['a3', 'a1']}], lineage={'became': {'x': ['a1', 'a2']}, 'left': ['y', 'z']})\n"
        "graphs = [graph_bytes(case, suffix) for suffix in ('.graphml', '.gexf')]\n"
        "sys.stdout.buffer.write(b''.join([write_yaml(case).encode(), *tables_of(case).values(), *graphs]))\n"
    )
    paths = os.pathsep.join(path for path in sys.path if path)
    found = [subprocess.run([sys.executable, "-c", work], capture_output=True, check=True,
                            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": paths}).stdout for seed in ("0", "1", "2")]
    assert found[0] == found[1] == found[2] != b""
