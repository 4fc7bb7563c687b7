"""The schema for editors is the one that is shipped; it takes every case, and marks what the reader would refuse."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator

import agencygraph.formats
from agencygraph.errors import InvalidError
from agencygraph.formats.json_schema import schema, schema_text
from agencygraph.model import words
from agencygraph.model.record import case_of
from strategies import examples, records

VALIDATOR = Draft202012Validator(schema())
Record = dict[str, Any]


def _record(**changes: Any) -> Record:
    """A record that both the schema and the reader take."""
    return {"agencygraph": 1, "actors": {"a": "child", "b": {"kind": "agency", "lead": True}}, "ties": ["a <=> b"], **changes}


def _reads(record: Record) -> bool:
    try:
        case_of({key: value for key, value in record.items() if key != "agencygraph"})
    except InvalidError:
        return False
    return True


def test_the_shipped_schema_is_the_one_of_the_model() -> None:
    file = Path(agencygraph.formats.__file__).with_name("case.schema.json")
    assert file.read_text(encoding="utf-8") == schema_text()


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(schema())


@settings(max_examples=examples(80), deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(records())
def test_the_schema_takes_every_case(record: Record) -> None:
    VALIDATOR.validate({"agencygraph": 1, **record})


BAD: list[Record] = [
    {"actors": {"a": "child"}, "agencygraph": 2}, _record(actor={}), _record(age="nine"), _record(age=26), _record(age=-1),
    _record(arrangement="team"), _record(names_published="yes"), _record(agreed_on="14/02/2004"), _record(name="a\nb"),
    _record(title=2004), _record(informants=[3]), _record(actors=["a"]), _record(actors={"Mother": "parent"}),
    _record(actors={"a": "chief"}), _record(actors={"a": {}}), _record(actors={"a": {"kind": "child", "nhs_number": "9"}}),
    _record(actors={"a": {"kind": "school", "based_at": "The school"}}), _record(ties=["a tells b"]), _record(ties=["a = b"]),
    _record(ties=[{"basis": "stated"}]), _record(ties=[{"tie": "a => b", "basis": "sure"}]), _record(ties="a => b"),
    _record(gaps=["a => b"]), _record(teams=[{"name": "T"}]), _record(teams=[{"name": "T", "members": []}]),
    _record(teams=[{"name": "T", "members": ["a", "a"]}]), _record(chronology=[{"senders": ["a"]}]),
    _record(chronology=[{"when": "2004", "senders": "a", "way": "by post"}]), _record(lineage={"became": {"a": {}}}),
    _record(lineage={"became": [["a"]]}), _record(lineage={"gone": []}),
]  # fmt: skip


@pytest.mark.parametrize("bad", BAD)
def test_the_schema_marks_what_the_reader_refuses(bad: Record) -> None:
    assert not VALIDATOR.is_valid(bad)
    assert bad["agencygraph"] == 2 or not _reads(bad)


GOOD: list[Record] = [
    _record(), {"agencygraph": 1}, _record(age=None), _record(informants="Head teacher"), _record(agreed_on=2004),
    _record(actors={"a": "professional"}, ties=None), _record(gaps=None), _record(ties=["a ?<=> b"]), _record(ties=["a<=b"]),
    _record(lineage={"became": [["x", "a"], ["y", "b"]]}),
    _record(chronology=[{"when": 2004, "senders": "a", "receivers": ["b"]}]),
]  # fmt: skip


@pytest.mark.parametrize("good", GOOD)
def test_the_schema_and_the_reader_take_the_same_short_forms(good: Record) -> None:
    VALIDATOR.validate(good)
    assert _reads(good)


def test_the_schema_offers_every_kind_and_its_other_words() -> None:
    kinds = schema()["properties"]["actors"]["additionalProperties"]["anyOf"][0]["enum"]
    assert kinds == [*words.KINDS, *words.KIND_ALIASES]
