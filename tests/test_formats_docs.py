"""What the reference of the file format shows is true: every block is read by the library."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from agencygraph.formats import json_schema, read, workbook
from agencygraph.formats.case_csv import COLUMNS
from agencygraph.formats.case_json import read_json
from agencygraph.formats.case_yaml import read_yaml
from agencygraph.formats.source import Source
from agencygraph.model import Case, Caseload, Gap, Tie
from agencygraph.model import words as vocabulary
from agencygraph.model.record import (
    ACTOR_FIELDS,
    CASE_FIELDS,
    EVENT_FIELDS,
    GAP_FIELDS,
    LINEAGE_FIELDS,
    QUESTION_FIELDS,
    TEAM_FIELDS,
    TIE_FIELDS,
    record_of,
)
from tools_at_hand import load_tool

PAGE = (Path(__file__).parent.parent / "docs" / "file-format.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize("block", blocks("yaml"))
def test_every_yaml_block_is_a_case(block: str) -> None:
    assert read_yaml(Source("block", block)).actors or "title:" in block


def test_every_json_block_is_a_case() -> None:
    assert [read_json(Source("block", block)).age for block in blocks("json")] == [9]


def test_the_tables_are_a_caseload(tmp_path: Path) -> None:
    for name, block in zip(COLUMNS, blocks("csv"), strict=True):
        (tmp_path / name).write_text(block, encoding="utf-8")
    load = read(tmp_path)
    assert isinstance(load, Caseload)
    assert [len(case.ties) for case in load] == [2, 1]
    assert load[0].teams[0].members == ("nurse", "ewo")
    assert load[0].informants == ("Head teacher", "SENCO")


def test_every_sentence_of_the_table_is_one() -> None:
    rows = re.findall(r"^\| `(\w+ \S+ \w+)` \| (.*?) \|$", PAGE, re.MULTILINE)
    assert len(rows) == 7
    for sentence, meaning in rows:
        if "gap" in meaning:
            assert Gap.parse(sentence).sentence == sentence
        else:
            tie = Tie.parse(sentence)
            assert tie.two_way is ("both ways" in meaning)
            assert tie.is_critical or "peripheral" in meaning


def test_every_field_and_word_is_explained() -> None:
    explained = set(re.findall(r"`(\w[\w -]*)`", PAGE))
    shown = {"actors", "ties", "gaps", "teams", "chronology", "lineage", "receivers", "senders"}
    assert {*CASE_FIELDS, *ACTOR_FIELDS, *TIE_FIELDS, *EVENT_FIELDS, *LINEAGE_FIELDS} - shown <= explained
    assert {*vocabulary.KINDS, *vocabulary.KIND_ALIASES, *vocabulary.SECTORS, *filter(None, vocabulary.BASES)} <= explained
    assert all(f"{field}:" in PAGE for field in (*TEAM_FIELDS, "senders", "receivers"))


def test_the_schema_is_where_the_page_says() -> None:
    assert Path(json_schema.__file__).with_name("case.schema.json").is_file()
    assert "agencygraph/formats" in PAGE


def test_the_misread_words_are_refused() -> None:
    from agencygraph.errors import FileError

    plain = re.findall(r"^\| `label: ([^`]+)`", PAGE[PAGE.index("## What YAML misreads"):], re.MULTILINE)
    assert len(plain) == 7
    for word in plain[:-1]:
        text = f"agencygraph: 1\nactors:\n  a:\n    kind: agency\n    label: {word}\n"
        with pytest.raises(FileError):
            read_yaml(Source("block", text))
    case = read_yaml(Source("block", f"agencygraph: 1\nactors:\n  a:\n    kind: agency\n    label: {plain[-1]}\n"))
    assert isinstance(case, Case)
    assert case.label("a") == "Unit"


def test_the_page_of_fields_is_the_one_the_library_writes_and_its_example_uses_every_field() -> None:
    tool = load_tool("fields")
    page = (Path(__file__).parent.parent / "docs" / "fields.md").read_text(encoding="utf-8")
    assert page == tool.page(), "docs/fields.md is out of date: run python tools/fields.py"
    record = record_of(read_yaml(Source("example", tool.EXAMPLE)))
    assert set(record) == set(CASE_FIELDS)
    used = {"actors": record["actors"].values(), **{part: record[part] for part in ("ties", "gaps", "teams", "chronology", "plan")},
            "lineage": [record["lineage"]]}
    known = {"actors": ACTOR_FIELDS, "ties": TIE_FIELDS, "gaps": GAP_FIELDS, "teams": TEAM_FIELDS, "chronology": EVENT_FIELDS,
             "plan": QUESTION_FIELDS, "lineage": LINEAGE_FIELDS}
    for part, fields in known.items():
        assert {name for entry in used[part] if isinstance(entry, dict) for name in entry} == set(fields), part
        assert all(f"\n| `{field}` | " in page for field in fields)
    assert all(f"`{column}`" in page for columns in COLUMNS.values() for column in columns)
    heads = [column.head for column in (*workbook.CASE_ROWS, *workbook.ACTOR_COLUMNS, *workbook.TIE_COLUMNS)]
    assert all(head in page for head in heads)
