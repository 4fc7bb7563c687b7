"""The three tables: what Excel does to them is taken, what is wrong is named by table, row and column, all at once."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agencygraph.errors import FileError, InvalidError
from agencygraph.formats import read, write
from agencygraph.formats.case_csv import COLUMNS, tables_of
from agencygraph.formats.csv_sheet import _guarded, _unguarded
from agencygraph.model import Case, Caseload
from strategies import AWKWARD, texts

CASES = "case,name,age\n1,Rose,9\n"
ACTORS = "case,id,kind,label\n1,rose,child,\n1,mum,parent,\n1,gp,agency,GP\n1,school,school,\n"
TIES = "case,source,target,strength\n1,rose,mum,critical\n"


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("t").mkdir()


def fill(cases: str = CASES, actors: str = ACTORS, ties: str = TIES) -> None:
    for name, text in (("cases", cases), ("actors", actors), ("ties", ties)):
        Path("t", f"{name}.csv").write_bytes(text.encode())


def said(path: str = "t") -> str:
    with pytest.raises(FileError) as caught:
        read(path)
    return str(caught.value)


PEOPLE = {"rose": "child", "mum": "parent", "gp": {"kind": "agency", "label": "GP"}, "school": "school"}
ROSE = Case.of("Rose", age=9, actors=PEOPLE, ties=["rose => mum"])


def test_tables_typed_by_hand() -> None:
    fill()
    assert read("t") == ROSE == read("t/cases.csv") == read(Path("t", "ties.csv"))


@pytest.mark.parametrize("change", [
    lambda text: text.replace(",", ";"), lambda text: text.replace(",", "\t"), lambda text: "\ufeff" + text,
    lambda text: text.replace("\n", "\r\n"), lambda text: text.rstrip("\n"), lambda text: text.replace("\n", "\n,,,\n", 1),
    lambda text: "\n".join(",".join(f'"{cell}"' for cell in row.split(",")) for row in text.rstrip().split("\n")),
    lambda text: "\n".join(row + ",,," for row in text.rstrip().split("\n")),
    lambda text: text.replace("case", "Case", 1).replace("kind", " KIND "),
])  # fmt: skip
def test_what_spreadsheets_do_to_a_table_is_taken(change: object) -> None:
    assert callable(change)
    fill(change(CASES), change(ACTORS), change(TIES))
    assert read("t") == ROSE


def test_words_in_capitals_and_with_spaces_are_taken() -> None:
    fill(actors=ACTORS.replace(",child,", ", Child ,"), ties="kind,source,target,strength,two_way\n,rose , mum,Critical,TRUE\n")
    assert read("t") == ROSE.replace(ties=Case.of(actors={"rose": "child", "mum": "parent"}, ties=["rose <=> mum"]).ties)


def test_several_cases_are_a_caseload() -> None:
    load = Caseload((ROSE, ROSE.replace(name="Lily"), Case()), "Spring audit")
    write(load, "out")
    assert read("out") == load
    write(Caseload((ROSE,)), "one")
    assert read("one") == ROSE
    write(Caseload((ROSE,), "Audit"), "titled")
    assert read("titled") == Caseload((ROSE,), "Audit")
    write(Caseload(), "none")
    assert read("none") == Caseload()


def test_a_title_without_cases_has_no_place() -> None:
    with pytest.raises(InvalidError) as caught:
        tables_of(Caseload((), "Audit"))
    assert "leave the title out" in str(caught.value)


def test_excel_can_open_what_is_written() -> None:
    data = tables_of(ROSE)["actors.csv"]
    assert data.startswith(b"\xef\xbb\xbfcase,id,kind,")
    assert data.count(b"\r\n") == 5
    assert [row["id"] for row in csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))] == list(ROSE.ids)


def test_teams_stand_in_the_rows_of_their_members() -> None:
    team = {"name": "Practitioner team", "members": ["gp", "mum"], "lead": "gp", "host": "school"}
    fill(actors="case,id,kind,label,team,team_lead,team_host\n1,rose,child,,,,\n1,gp,agency,GP,Practitioner team,yes,school\n"
                "1,mum,parent,,Practitioner team,,\n1,school,school,,,,\n")  # fmt: skip
    found = read("t")
    assert isinstance(found, Case)
    assert found.teams == Case.of(actors={"gp": "agency", "mum": "parent", "school": "school"}, teams=[team]).teams


@given(st.one_of(st.sampled_from(AWKWARD), texts()))
def test_an_apostrophe_guards_a_cell_and_goes_again(text: str) -> None:
    assert _unguarded(_guarded(text)) == text


@pytest.mark.parametrize("text", ["=1+1", " =cmd|'/C calc'!A0", "+44 20 7946 0000", "-2", "@sum", "\t=1", "2004-02", "1/2", "1e5",
                                  "007", "TRUE", "3 March", "Mar-04", "May 2005", "'quoted'"])  # fmt: skip
def test_what_excel_would_change_is_guarded(text: str) -> None:
    assert _guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["Mother", "", "GP", "SENCO (part-time)", "9 Elms Road", "Mayor", "March", "section 4.2", "Tŷ"])
def test_what_excel_leaves_alone_stands_as_it_is(text: str) -> None:
    assert _guarded(text) == text


def test_an_apostrophe_that_guards_nothing_is_part_of_a_name() -> None:
    fill(actors=ACTORS.replace("GP", "'t Hooft"))
    found = read("t")
    assert isinstance(found, Case)
    assert found.actor("gp").label == "'t Hooft"


A, T, C = "t/actors.csv row ", "t/ties.csv row ", "t/cases.csv row "
FAULTS = {
    "a kind misspelt": ({"actors": ACTORS.replace("child", "chld")}, A + "2, kind: ", "Did you mean 'child'?"),
    "no kind": ({"actors": ACTORS.replace("parent", "")}, A + "3: ", "has no kind; it must be one of child"),
    "an id with a space": ({"actors": ACTORS.replace("1,gp", "1,the gp")}, A + "4, id: ", "Write 'the_gp'"),
    "an id twice": ({"actors": ACTORS.replace("mum", "rose"), "ties": "source,target\n"}, A + "3, id: ",
                    "'rose' stands already in row 2. Give each actor its own id"),
    "an unknown end": ({"ties": TIES.replace("mum", "mun")}, T + "2: ", "names 'mun', who is not in the case. Did you mean"),
    "an end with a space": ({"ties": TIES.replace("rose", "the rose")}, T + "2, source: ", "Write 'the_rose'"),
    "a strength": ({"ties": TIES.replace("critical", "strong")}, T + "2, strength: ", "it must be one of critical"),
    "a kind of tie": ({"ties": "kind,source,target\nlink,rose,mum\n"}, T + "2, kind: ", "it must be tie or gap"),
    "a gap with ink": ({"ties": "kind,source,target,strength\ngap,rose,mum,critical\n"}, T + "2, strength: ",
                       "Clear the cell, or make the row a tie"),
    "neither yes nor no": ({"ties": "source,target,two_way\nrose,mum,perhaps\n"}, T + "2, two_way: ",
                           "'perhaps' is neither yes nor no. Write yes, or leave the cell empty"),
    "a flow twice": ({"ties": TIES + "1,rose,mum,peripheral\n"}, T + "3: ", "say the same flow twice; keep one"),
    "an age": ({"cases": CASES.replace("9", "nine")}, C + "2, age: ", "a whole number of years"),
    "an age with a point": ({"cases": CASES.replace("9", "9.0")}, C + "2, age: ", "a whole number of years"),
    "a date that Excel changed": ({"cases": "case,agreed_on\n1,Feb-04\n"}, C + "2, agreed_on: ", "Write 2004, 2004-02"),
    "no JSON": ({"cases": "case,lineage\n1,left\n"}, C + "2, lineage: ", "the cell is not JSON"),
    "a wrong event": ({"cases": 'case,chronology\n1,"[{""when"": ""2004""}]"\n'}, C + "2, chronology: ", "needs senders"),
    "a case twice": ({"cases": CASES + "1,Lily,8\n"}, C + "3, case: ", "'1' stands for two cases"),
    "a case without a number": ({"cases": CASES + ",Lily,8\n"}, C + "3, case: ", "the cell is empty"),
    "a case that is not there": ({"ties": TIES.replace("1,rose", "2,rose")}, T + "2, case: ", "'2' is no case of cases.csv"),
    "a case misspelt": ({"cases": CASES.replace("1,R", "rose_1,R"), "actors": "id,kind\n", "ties": TIES.replace("1,r", "rose1,r")},
                        T + "2, case: ", "'rose1' is no case of cases.csv. Did you mean 'rose_1'?"),
    "which case": ({"cases": CASES + "2,Lily,8\n", "ties": "source,target\nrose,mum\n"}, T + "2, case: ", "Say which case"),
    "a newer version": ({"cases": "case,agencygraph\n1,2\n"}, C + "2, agencygraph: ", "pip install --upgrade"),
    "an unknown column": ({"actors": ACTORS.replace("label", "lable")}, A + "1: ", "Did you mean 'label'?"),
    "a refused column": ({"actors": ACTORS.replace("label", "NHS number")}, A + "1: ", "looks like an NHS number"),
    "a column twice": ({"actors": ACTORS.replace("label", "kind")}, A + "1, kind: ", "stands twice. Keep one"),
    "a column missing": ({"ties": "case,source\n1,rose\n"}, T + "1: ", "the column 'target' is missing. Add it"),
    "no heading": ({"ties": "1,rose,mum\n"}, T + "1: ", "the first row must hold the names of the columns: case, kind, source"),
    "an empty table": ({"ties": ""}, T + "1: ", "the table is empty. Its first row is case, kind, source"),
    "a comma too many": ({"actors": ACTORS.replace("GP", "GP, Bexley")}, A + "4: ", "Put quotes round a text"),
    "an open quotation mark": ({"actors": ACTORS.replace("GP", '"GP')}, A + "4: ", "the quotation marks do not pair"),
    "words behind a quotation mark": ({"actors": ACTORS.replace("GP", '"GP" x')}, A + "4: ", "do not pair"),
    "a team without a name": ({"actors": "id,kind,team_lead\nrose,child,\nmum,parent,yes\n"}, A + "3, team: ",
                              "Write the team's name"),
    "two leads": ({"actors": "id,kind,team,team_lead\nrose,child,T,yes\nmum,parent,T,yes\n"}, A + "3, team_lead: ",
                  "the team 'T' has a lead already, 'rose'"),
    "two hosts": ({"actors": "id,kind,team,team_host\nrose,child,T,gp\nmum,parent,T,school\ngp,agency,,\nschool,school,,\n"},
                  A + "3, team_host: ", "has a host already, 'gp'"),
    "an unknown host": ({"actors": "id,kind,team,team_host\nrose,child,T,gp\nmum,parent,T,\n"}, A + "2, team: ",
                        "names 'gp', who is not in the case"),
    "half an order": ({"actors": "id,kind,team,team_order\nrose,child,T,1\nmum,parent,T,\n"}, A + "3, team_order: ",
                      "Number every member of a team, or none"),
}  # fmt: skip


@pytest.mark.parametrize("what", FAULTS)
def test_a_fault_is_named_by_table_row_and_column(what: str) -> None:
    tables, where, words = FAULTS[what]
    fill(**tables)
    assert said().replace("\\", "/").replace(", column ", ", ").startswith(where)
    assert words in said()


def test_everything_is_said_at_once_table_by_table() -> None:
    actors = ACTORS.replace("child", "chld").replace("parent", "prnt")
    fill(CASES.replace("9", "99"), actors, TIES + "1,mum,grandma,weak\n1,gp,x,\n")
    rows = said().replace("\\", "/").split("\n")
    assert rows[0] == "5 things are wrong:"
    assert [row.split(". t/")[1].split(":")[0] for row in rows[1:]] == [
        "cases.csv row 2, column age", "actors.csv row 2, column kind", "actors.csv row 3, column kind",
        "ties.csv row 3, column strength", "ties.csv row 4",
    ]  # fmt: skip


def test_a_blank_row_counts_as_excel_counts() -> None:
    fill(actors=ACTORS.replace("1,gp,agency", ",,,\n1,gp,agncy"))
    assert said().replace("\\", "/").startswith("t/actors.csv row 5, column kind:")


def test_a_line_end_within_a_cell_is_one_row() -> None:
    fill(cases='case,informants,age\n1,"Head teacher\r\n\r\nSENCO",x\n')
    assert said().replace("\\", "/").startswith("t/cases.csv row 2, column age:")
    fill(cases='case,informants\n1,"Head teacher\r\n\r\nSENCO"\n')
    found = read("t")
    assert isinstance(found, Case)
    assert found.informants == ("Head teacher", "SENCO")


def test_a_table_that_is_missing() -> None:
    fill()
    Path("t/ties.csv").unlink()
    assert "ties.csv: there is no such file." in said()


def test_a_table_saved_in_an_older_encoding() -> None:
    fill()
    Path("t/actors.csv").write_bytes(ACTORS.replace("GP", "Médecin").encode("cp1252"))
    assert "actors.csv line 4: the byte 0xE9" in said()
    assert "in Excel: 'CSV UTF-8'" in said()


def test_every_column_is_written_and_read() -> None:
    for table, data in tables_of(ROSE).items():
        assert tuple(data.decode("utf-8-sig").split("\r\n")[0].split(",")) == COLUMNS[table]
