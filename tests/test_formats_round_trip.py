"""What is written can be read: every valid case comes back equal from every format that holds a whole case."""

from __future__ import annotations

import csv
import io
import tempfile

from hypothesis import HealthCheck, given, settings

from agencygraph.formats.case_csv import tables_of, write_tables
from agencygraph.formats.case_json import read_json, write_json
from agencygraph.formats.case_yaml import read_yaml, write_yaml
from agencygraph.formats.csv_drafts import read_tables
from agencygraph.formats.source import Source
from agencygraph.model import Case, Caseload
from strategies import caseloads, cases

thorough = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@thorough
@given(cases())
def test_yaml_gives_every_case_back(case: Case) -> None:
    text = write_yaml(case)
    assert read_yaml(Source("case.yaml", text)) == case
    assert write_yaml(read_yaml(Source("case.yaml", text))) == text


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


@settings(parent=thorough, max_examples=60)
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
