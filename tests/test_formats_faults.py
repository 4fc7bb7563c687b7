"""Every bad file is answered with its name, the line, and how to mend it; never with a traceback, and never fault by fault."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agencygraph.errors import FileError
from agencygraph.formats import read
from agencygraph.formats.case_json import read_json
from agencygraph.formats.case_yaml import read_yaml
from agencygraph.formats.source import Source
from agencygraph.formats.tree import MAX_VALUES
from agencygraph.model import Case
from strategies import examples

HEAD = "agencygraph: 1\nactors:\n  school: school\n  mum: parent\n"


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def said(path: str | Path) -> str:
    with pytest.raises(FileError) as caught:
        read(path)
    return str(caught.value)


def said_of(text: str, name: str = "peter.yaml") -> str:
    Path(name).write_bytes(text.encode())
    return said(name)


YAML = {
    "a colon in a text": (HEAD + "title: a: b\n", 5, "Put quotes round a text that holds a colon"),
    "a field out of its column": ("agencygraph: 1\nactors:\n  a: child\n b: school\n", 4, "begin in the same column"),
    "a field without its space": ("agencygraph: 1\nactors:\n  a:child\n  b: school\n", 4, "a space behind the colon"),
    "a field without its colon": ("agencygraph: 1\nactors\n  a: child\n", 2, "Write 'field: value'"),
    "an open quotation mark": (HEAD + "title: 'abc\nties:\n  - school => mum\n", 5, "Close it"),
    "an open bracket": (HEAD + "informants: [a, b\nties: []\n", 5, "] at its end"),
    "an open brace": (HEAD + "lineage: {left: [a]\nties: []\n", 5, "} at its end"),
    "a lone backslash": (HEAD + 'title: "C:\\dir"\n', 5, "use single quotes"),
    "a sign that begins nothing": (HEAD + "title: @home\n", 5, "Put quotes round the text"),
    "stars": (HEAD + "title: *bold*\n", 5, "Put quotes round it"),
    "another version of YAML": ("%YAML 2.0\n---\n" + HEAD, 1, "Remove the line that begins with %"),
    "an entry out of its list": (HEAD + "ties:\n  - school => mum\n  mum => school\n", 7, "colon is missing"),
    "a tab": ("agencygraph: 1\nactors:\n\tschool: school\n", 3, "two spaces in place of each tab"),
    "a tab in a list": (HEAD + "ties:\n  - school => mum\n\t- mum -> school\n", 7, "two spaces in place of each tab"),
    "an unknown field": (HEAD + "titel: x\n", 5, "'titel' is not a field of a case. Did you mean 'title'?"),
    "an unknown field of an actor": ("agencygraph: 1\nactors:\n  a:\n    kind: child\n    lable: A\n", 5, "Did you mean 'label'?"),
    "an unknown field of a tie": (HEAD + "ties:\n  - tie: school => mum\n    evidense: x\n", 7, "Did you mean 'evidence'?"),
    "a refused field": (HEAD + "NHS Number: 943 476 5919\n", 5, "looks like an NHS number"),
    "a field twice": (HEAD + "title: x\nage: 4\ntitle: y\n", 7, "'title' stands here and already on line 5"),
    "an actor twice": ("agencygraph: 1\nactors:\n  a: school\n  b: parent\n  a: child\n", 5, "already on line 3"),
    "no as an id": ("agencygraph: 1\nactors:\n  no: school\n", 3,
                    'the id is written no, which YAML reads as false and not as text. Put quotes round it: "no"'),
    "on as an id": ("agencygraph: 1\nactors:\n  on: school\n", 3, '"on"'),
    "no as a place": ("agencygraph: 1\nactors:\n  'no': school\n  b: {kind: agency, based_at: no}\n", 4, "based_at is written no"),
    "yes as a label": (HEAD + "title: Yes\n", 5, 'title is written Yes, which YAML reads as true and not as text. Put quotes round '
                                                 'it: "Yes"'),
    "a surname Null": (HEAD + "name: Null\n", 5, 'reads as nothing and not as text. Put quotes round it: "Null"'),
    "a date as a label": (HEAD + "title: 2004-02-14\n", 5, 'reads as a date and not as text. Put quotes round it: "2004-02-14"'),
    "a number as a label": (HEAD + "title: 2004\n", 5, 'reads as a number and not as text. Put quotes round it: "2004"'),
    "a decimal as a label": (HEAD + "title: 4.20\n", 5, 'Put quotes round it: "4.20"'),
    "base sixty": (HEAD + "title: 1:30\n", 5, 'in base sixty and not as text. Put quotes round it: "1:30"'),
    "base eight": (HEAD + "title: 012\n", 5, 'a number in base 2, 8 or 16 and not as text. Put quotes round it: "012"'),
    "an age in base eight": (HEAD + "age: 012\n", 5, "which YAML reads as a number in base 2, 8 or 16. Write a whole number"),
    "an age in base sixty": (HEAD + "age: 1:30\n", 5, "Write a whole number"),
    "no as the lead of a team": (HEAD + "teams:\n  - {name: T, members: [mum], lead: no}\n", 6, "lead is written no"),
    "quoted yes for true": ("agencygraph: 1\nactors:\n  a: {kind: agency, lead: 'yes'}\n", 3, "lead is 'yes'; it must be true or"),
    "a list": ("# x\n- a\n- b\n", 2, "the file holds a list, not a case. Begin with 'agencygraph: 1'"),
    "a word": ("hello\n", 1, "the file holds a single word or text, not a case"),
    "nothing": ("", 1, "the file is empty. Begin with 'agencygraph: 1'"),
    "blanks": ("  \n\n", 1, "the file is empty"),
    "comments alone": ("# one\n# two\n", 1, "holds only comments. Add 'agencygraph: 1'"),
    "null": ("~\n", 1, "the file holds nothing, not a case"),
    "two documents": (HEAD + "---\nagencygraph: 1\n", 5, "put the rest in a file of its own"),
    "no version": ("actors:\n  a: child\n", 1, "the version is missing. Add 'agencygraph: 1' as the first line"),
    "a newer version": ("title: x\nagencygraph: 2\nfoo: 1\n", 2, "Update it: pip install --upgrade agencygraph"),
    "an odd version": (HEAD.replace(": 1", ": one"), 1, "the version is 'one', which there is not. Write 'agencygraph: 1'"),
    "true as a version": (HEAD.replace(": 1", ": yes"), 1, "Write 'agencygraph: 1'"),
    "an anchor": (HEAD + "title: &a x\n", 5, "&a is an anchor, which a case file does not take. Remove it"),
    "an alias": (HEAD + "title: *a\n", 5, "*a is an alias, which a case file does not take. Remove it"),
    "a tag": (HEAD + "title: !important x\n", 5, "!important is a tag, which a case file does not take. Remove it"),
    "a tag of Python": (HEAD + "title: !!python/object:os.system x\n", 5, "!!python/object:os.system is a tag"),
    "a group as a field": ("agencygraph: 1\n? [a]\n: b\n", 2, "where the name of a field should"),
    "deep nesting": (HEAD + "title: " + "[" * 100_000, 5, "nested more than 12 deep. Close the brackets"),
    "deep nesting in blocks": (HEAD + "title:\n" + "\n".join(" " * n + "- " for n in range(1, 99)), 17, "more than 12 deep"),
    "too many values": (HEAD + "key_issues:\n" + "- a\n" * MAX_VALUES, 19_995, "far more than the map of one child"),
    "an unknown end": (HEAD + "ties:\n  - school => mun\n", 6,
                       "the tie 'school => mun' names 'mun', who is not in the case. Did you mean 'mum'?"),
    "no tie": (HEAD + "ties:\n  - school = mum\n", 6, "'school = mum' is not a tie. Write 'school => social_services'"),
    "ties in a text": (HEAD + "ties: school => mum\n", 5, "ties must be a list, with a dash before each entry"),
    "an endless word": (HEAD + "ties:\n  - " + "a" * 200_000 + "\n", 6, "'... is not a tie"),
    "an endless number": (HEAD + "age: " + "9" * 5_000 + "\n", 5, "Write a whole number"),
    "an actor without a kind": ("agencygraph: 1\nactors:\n  a:\n  b: child\n", 3, "needs a kind: write 'a: practitioner'"),
    "a kind misspelt": ("agencygraph: 1\nactors:\n  a: parnt\n", 3, "actor 'a': kind is 'parnt'"),
    "a date in another order": (HEAD + "agreed_on: 14/02/2004\n", 5, "is not a date. Write 2004, 2004-02 or 2004-02-14"),
}  # fmt: skip


@pytest.mark.parametrize("what", YAML)
def test_a_bad_case_file(what: str) -> None:
    text, line, words = YAML[what]
    answer = said_of(text)
    assert answer.startswith(f"peter.yaml line {line}: ")
    assert words in answer
    assert len(answer) < 500


def test_everything_is_said_at_once_in_the_order_of_the_lines() -> None:
    answer = said_of(
        "agencygraph: 1\nage: nine\narrangement: integraton\ntitle: no\nactors:\n  bad: {kind: chief}\n  school: school\n"
        "  nurse: {kind: practitioner, based_at: schol}\n  school: agency\nties:\n  - bad <=> school\n  - nurse = school\n"
        "  - nurse => scool\ngaps: [nurse !> gp]\nteams:\n  - {name: T, members: [nurse, gp]}\nfoo: 1\n"
        "chronology:\n  - {when: 2004, senders: [gp], receivers: [nurse]}\nlineage: {joined: [gp]}\n"
    )  # fmt: skip
    assert answer.startswith("13 things are wrong:")
    lines = [int(row.split(" line ")[1].split(":")[0]) for row in answer.split("\n")[1:]]
    assert lines == [2, 3, 4, 6, 8, 9, 12, 13, 14, 16, 17, 19, 20]


def test_yes_and_no_are_taken_where_a_field_is_true_or_false() -> None:
    text = "agencygraph: 1\nnames_published: yes\nactors:\n  a: {kind: agency, lead: On}\n  b: {kind: agency, lead: no}\n"
    case = read_yaml(Source("x", text))
    assert (case.names_published, case.leads) == (True, ("a",))


@pytest.mark.parametrize("written", ["2004-02-14", "'2004-02-14'", "2004-2-14"])
def test_dates_are_taken_where_a_field_is_a_date(written: str) -> None:
    case = read_yaml(Source("x", f"{HEAD}agreed_on: {written}\nchronology:\n  - {{when: 2004, senders: mum, receivers: school}}\n"))
    assert str(case.agreed_on) == "2004-02-14"
    assert str(case.chronology.events[0].when) == "2004"


def test_empty_fields_are_fields_not_given() -> None:
    assert read_yaml(Source("x", HEAD + "title:\nage: ~\nties:\nlineage:\n")) == read_yaml(Source("x", HEAD))


def test_other_line_ends_and_a_byte_order_mark_are_taken() -> None:
    for data in (HEAD.replace("\n", "\r\n").encode(), HEAD.replace("\n", "\r").encode(), b"\xef\xbb\xbf" + HEAD.encode()):
        Path("a.yml").write_bytes(data)
        assert read("a.yml") == read_yaml(Source("x", HEAD))


def test_a_line_is_counted_the_same_whatever_its_end() -> None:
    assert said_of((HEAD + "titel: x\n").replace("\n", "\r\n")).startswith("peter.yaml line 5:")


# --- bytes that are no text ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("data", "line", "words"), [
    (HEAD.encode("utf-16"), 1, "in UTF-16 (Windows calls it 'Unicode'). Open it in the program that made it and save it as UTF-8"),
    (HEAD.encode("utf-16-le"), 1, "written in UTF-16"),
    (HEAD.encode("utf-16-be"), 1, "written in UTF-16"),
    ((HEAD + "title: é\n").encode("latin-1"), 5, "the byte 0xE9 (probably 'é' in an older Windows encoding) is not UTF-8. "
                                                 "Open it in the program that made it and save it as UTF-8"),
    (b"\xef\xbb\xbf" + (HEAD + "title: é\n").encode("latin-1"), 5, "the byte 0xE9"),
    ((HEAD + "title: a\x00b\n").encode(), 5, "there is a NUL (zero) byte here. The file is damaged, or it is not a text file"),
    ((HEAD + "title: a\x07b\n").encode(), 5, "the control character U+0007"),
])  # fmt: skip
def test_bytes_that_are_no_text(data: bytes, line: int, words: str) -> None:
    for name in ("peter.yaml", "peter.json"):
        Path(name).write_bytes(data)
        assert said(name).startswith(f"{name} line {line}: ")
        assert words in said(name)


def test_a_workbook_is_not_text() -> None:
    Path("peter.yaml").write_bytes(b"PK\x03\x04rest")
    assert "save as 'CSV UTF-8 (Comma delimited)'" in said("peter.yaml")


@pytest.mark.parametrize("name", ["big.yaml", "big.json", "big.graphml"])
def test_a_large_file_is_refused_before_it_is_read(name: str) -> None:
    with open(name, "wb") as file:
        file.truncate(10**13)  # A sparse file of ten terabytes: nobody can have read it.
    assert said(name) == f"{name} is too large: 10000000.0 MB, and 5 MB is the most. Is it the right file?"


def test_a_file_of_just_the_limit_is_read() -> None:
    text = HEAD + "# " + "x" * (5_000_000 - len(HEAD) - 3) + "\n"
    Path("a.yaml").write_text(text, encoding="utf-8")
    assert isinstance(read("a.yaml"), Case)


def test_a_bomb_is_refused_at_its_first_anchor() -> None:
    layers = "".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 10)}]\n" for n in range(1, 60))
    assert said_of(HEAD + "l0: &l0 [x]\n" + layers).startswith("peter.yaml line 5: &l0 is an anchor")


# --- files that cannot be read ------------------------------------------------------------------------------------------------


def test_a_missing_file_and_its_neighbour() -> None:
    Path("peter.yaml").write_text(HEAD, encoding="utf-8")
    assert said("petre.yaml") == "petre.yaml: there is no such file. Did you mean 'peter.yaml'?"
    assert said("nothing_alike.json") == "nothing_alike.json: there is no such file."
    assert said("cases/peter.yaml") == "cases/peter.yaml: there is no such file. There is no folder 'cases'."
    os.mkdir("cases")
    Path("cases/tina.yaml").write_text(HEAD, encoding="utf-8")
    assert said("cases/tinna.yaml").endswith("Did you mean 'cases/tina.yaml'?")


def test_a_folder_in_place_of_a_file() -> None:
    os.mkdir("cases")
    assert said("cases") == "cases is a folder, not a file. It holds no cases.csv either."
    Path("cases/tina.yaml").write_text(HEAD, encoding="utf-8")
    inside = os.path.join("cases", "tina.yaml")
    assert said(Path("cases")) == f"cases is a folder, not a file. Name a file inside it, such as {inside}."


def test_a_file_that_may_not_be_read() -> None:
    Path("peter.yaml").write_text(HEAD, encoding="utf-8")
    os.chmod("peter.yaml", 0)
    if os.access("peter.yaml", os.R_OK):  # The superuser may read everything; the rule then shows itself to nobody.
        assert isinstance(read("peter.yaml"), Case)
    else:
        assert said("peter.yaml").startswith("peter.yaml: you may not read this file")


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    if sys.platform != "win32":
        os.mkfifo("peter.yaml")
        assert said("peter.yaml") == "peter.yaml is not a file that can be read."


@pytest.mark.parametrize("name", ["a\0b.yaml", ""])
def test_names_that_are_no_names(name: str) -> None:
    assert "no such file" in said(name) or "is not the name of a file" in said(name)


def test_an_ending_that_is_not_known() -> None:
    Path("peter.yamll").write_text(HEAD, encoding="utf-8")
    assert said("peter.yamll").startswith("peter.yamll has an ending that is not known here. A case file ends in .yaml, .json,")
    assert said("peter.yamll").endswith("Did you mean '.yaml'?")


def test_errors_show_the_name_as_typed(tmp_path: Path) -> None:
    assert str(tmp_path) not in said_of("- a\n")
    assert said(tmp_path / "peter.yaml").startswith(f"{tmp_path / 'peter.yaml'} line 1:")


# --- JSON ---------------------------------------------------------------------------------------------------------------------

JSON_HEAD = '{"agencygraph": 1,\n "actors": {"a": "child",\n  "b": "school"}'
JSON = {
    "a comma too many": (JSON_HEAD + ",\n}", (3,), "a comma after the last entry. Remove it"),
    "a comma too many in a list": (JSON_HEAD + ',\n "ties": ["a => b",]}', (4,), "a comma after the last entry. Remove it"),
    "a comma too few": (JSON_HEAD + "\n \"title\": 1}", (4,), "a comma is missing between two entries"),
    "a colon too few": (JSON_HEAD + ",\n \"title\" 1}", (4,), 'Write "field": value'),
    "single quotes": ("{\n 'a': 1}", (2,), "in double quotes"),
    "a value of no kind": (JSON_HEAD + ",\n \"title\": x}", (4,), "Put text in double quotes"),
    "an open quotation mark": (JSON_HEAD + ",\n \"title\": \"x}", (4,), "Close it"),
    "a text over two lines": (JSON_HEAD + ",\n \"title\": \"x\ny\"}", (4,), "write \\n for the line end"),
    "a lone backslash": (JSON_HEAD + ",\n \"title\": \"C:\\dir\"}", (4,), "Write \\\\ for a backslash"),
    "something behind the end": (JSON_HEAD + "}\n{}", (4,), "One file holds one case"),
    "NaN": (JSON_HEAD + ",\n \"age\": NaN}", (4,), "NaN is no value of JSON. Leave the field out"),
    "infinity": (JSON_HEAD + ",\n \"age\":\n -Infinity}", (5,), "-Infinity is no value of JSON"),
    "a field twice": (JSON_HEAD + ",\n \"age\": 4,\n \"age\": 5}", (5,), "'age' stands here and already on line 4"),
    "an actor twice": ('{"agencygraph": 1,\n "actors": {"a": "child",\n  "a": "school"}}', (3,), "here and already on line 2"),
    "nothing": (" \n", (1,), "the file is empty"),
    "a list": ("\n[1]", (2,), "the file holds a list, not a case"),
    "no version": ('{\n "actors": {}}', (1,), "the version is missing. Add '\"agencygraph\": 1'"),
    "a newer version": ('{"title": "",\n "agencygraph": 9}', (2,), "Update it: pip install --upgrade agencygraph"),
    "deep nesting": (JSON_HEAD + ",\n \"title\": " + "[" * 10_000, (4,), "nested more than 12 deep"),
    "too many values": (JSON_HEAD + ",\n \"key_issues\": [" + '"a",' * 90_000 + '"b"]}', (1,), "more than the map of one child"),
    "an endless number": (JSON_HEAD + ",\n \"age\": " + "9" * 5_000 + "}", (4,), "it must be a whole number"),
    "an unknown end": (JSON_HEAD + ',\n "ties": [\n  "a => b",\n  {"tie": "b => c",\n  "note": "[,\\""}]}', (6,), "'c'"),
    "half a character": (JSON_HEAD + ",\n \"title\": \"\\ud800\"}", (4,), "title holds a control character"),
    "a wrong part of an actor": ('{"agencygraph": 1,\n "actors": {"a": {"kind": "agency",\n  "lead":\n  "x"}}}', (3,), "is 'x'"),
}  # fmt: skip


@pytest.mark.parametrize("what", JSON)
def test_a_bad_json_file(what: str) -> None:
    text, lines, words = JSON[what]
    answer = said_of(text, "peter.json")
    assert any(answer.startswith(f"peter.json line {line}: ") for line in lines)
    assert words in answer
    assert len(answer) < 500


def test_json_says_everything_at_once() -> None:
    answer = said_of('{"agencygraph": 1, "age": 4, "age": 99,\n "actors": {"a": "chief"},\n "ties": ["a => b",\n "x"]}', "a.json")
    assert [row.split(": ")[0].split(". ")[-1] for row in answer.split("\n")[1:]] == [
        "a.json line 1", "a.json line 1", "a.json line 2", "a.json line 3", "a.json line 4"]  # fmt: skip


# --- anything at all ----------------------------------------------------------------------------------------------------------

SCRAPS = st.lists(st.sampled_from([
    "agencygraph: 1", "agencygraph", "actors:", "  a: child", "a", "ties:", "  - a => b", "- ", ": ", "\n", "\t", "[", "]",
    "{", "}", ",", '"', "'", "|",
    ">", "&a ", "*a", "!!int ", "#", "?", "012", "~", "no", "\\", "é", "---\n", "...\n", "%", "1", "null", "true", "NaN",
    '"actors"', '"a"', '"ties"',
]), max_size=25).map("".join)  # fmt: skip


@settings(max_examples=examples(400), deadline=None)
@given(st.one_of(SCRAPS, st.text(max_size=30)))
def test_any_text_is_a_case_or_a_clear_error(text: str) -> None:
    for reader in (read_yaml, read_json):
        try:
            found = [reader(Source("x.yaml", text)).heading]
        except FileError as error:
            found = [problem.message for problem in error.problems]
        assert found
        assert all(words == "Child" or words.startswith("x.yaml line ") for words in found)
