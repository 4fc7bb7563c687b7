"""What is written can be read: every valid case comes back equal from every format that holds a whole case."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings

from agencygraph.formats.case_json import read_json, write_json
from agencygraph.formats.case_yaml import read_yaml, write_yaml
from agencygraph.formats.source import Source
from agencygraph.model import Case
from strategies import cases

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
