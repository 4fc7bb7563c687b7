"""The workbook: what people fill in is read, every fault is said with its cell, and what the sheets hold comes back."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import agencygraph as ag
from agencygraph.errors import FileError
from agencygraph.formats.case_xlsx import read_workbook
from agencygraph.formats.workbook_writer import what_does_not_fit, workbook_bytes, write_template
from agencygraph.model import ActionPlan, Case, Chronology, Team
from strategies import cases, examples

ACTORS = [
    {"Label": "Child", "Kind": "child", "Name": "Rose Hill"}, {"Label": "Mother", "Kind": "parent"},
    {"Label": "Primary school", "Kind": "school", "Name": "St Mary's", "Sector": "education"},
    {"Label": "School nurse", "Kind": "practitioner", "Sector": "health", "Works at": "primary  School"},
    {"Label": "Social services", "Kind": "agency", "Sector": "social care", "Lead": "yes"},
]  # fmt: skip
TIES = [
    {"From": "Child", "To": "Mother", "Direction": "both ways"}, {"From": "Rose Hill", "To": "St Mary's", "Strength": "peripheral"},
    {"From": "Primary school", "To": "Social services"}, {"From": "school nurse", "To": "Child", "Status": "not known"},
    {"From": "Mother", "To": "Social services", "Status": "disputed", "Note": "by telephone"},
    {"From": "Social services", "To": "Primary school", "Status": "missing", "Note": "no answer"},
]  # fmt: skip


def filled(path: Path, actors: list[dict[str, Any]] = ACTORS, ties: list[dict[str, Any]] = TIES, **case: Any) -> Path:
    """Fill a fresh template as a person would: into the rows below the example."""
    write_template(path)
    book = openpyxl.load_workbook(path)
    for name, rows in (("Actors", actors), ("Ties", ties)):
        heads = [cell.value for cell in book[name][1]]
        for at, row in enumerate(rows, 3):
            for head, value in row.items():
                book[name].cell(at, heads.index(head) + 1, value)
    for row in book["Case"].iter_rows(min_row=2):
        if row[0].value in case:
            row[1].value = case[str(row[0].value)]
    book.save(path)
    return path


def test_a_filled_template_is_a_case(tmp_path: Path) -> None:
    case = ag.read(filled(tmp_path / "case.xlsx", Age=9, Arrangement="collaboration", Title="Our case"))
    assert isinstance(case, Case)
    assert (case.age, case.title, case.leads) == (9, "Our case", ("social_services",))
    assert [tie.sentence for tie in case.ties] == [
        "child <=> mother", "child -> primary_school", "primary_school => social_services", "school_nurse ?=> child",
        "mother ~=> social_services"]
    assert [gap.sentence for gap in case.gaps] == ["social_services !> primary_school"]
    assert case.actor("school_nurse").based_at == "primary_school"
    assert case.actor("child").name == "Rose Hill"
    assert "rose" not in "".join(case.ids)


def test_an_empty_template_is_an_empty_case(tmp_path: Path) -> None:
    write_template(tmp_path / "case.xlsx")
    assert read_workbook(tmp_path / "case.xlsx") == Case()


def test_the_template_helps(tmp_path: Path) -> None:
    write_template(tmp_path / "case.xlsx")
    book = openpyxl.load_workbook(tmp_path / "case.xlsx")
    assert book.sheetnames == ["Case", "Actors", "Ties"]
    for sheet in ("Actors", "Ties"):
        checks = book[sheet].data_validations.dataValidation
        assert len(checks) == sum(cell.value is not None for cell in book[sheet][1])
        assert all(check.prompt and len(check.prompt) <= 255 for check in checks)
        assert book[sheet]["A2"].value.startswith("Example:")
    lists = {check.promptTitle: check.formula1 for check in book["Ties"].data_validations.dataValidation if check.type}
    assert lists["Strength"] == '"critical,peripheral"'
    assert lists["From"].startswith("Actors!$A$3:")


FAULTS = [
    ([], [{"From": "Child", "To": "Scool"}], "sheet Ties, row 3, column To: 'Scool' is not in the case. Did you mean 'School'?"),
    ([], [{}, {"To": "School"}], "sheet Ties, row 4, column From: the cell is empty"),
    ([], [{"From": "Child", "To": "School", "Strength": "strong"}], "sheet Ties, row 3, column Strength: strength is 'strong'"),
    ([], [{"From": "Child", "To": "School", "Direction": "up"}], "sheet Ties, row 3, column Direction: 'up' is no direction"),
    ([], [{"From": "Child", "To": "School", "Status": "perhaps"}], "sheet Ties, row 3, column Status: 'perhaps' is no status"),
    ([], [{"From": "Child", "To": "School", "Status": "missing", "Strength": "critical"}], "column Strength: a missing tie"),
    ([], [{"From": "Child", "To": "Child"}], "sheet Ties, row 3: 'Child => Child' ties 'Child' to itself"),
    ([], [{"From": "Child", "To": "School"}, {"From": "Child", "To": "School"}], "sheet Ties, row 4: the ties 'Child => School'"),
    ([], [{"From": "=A1", "To": "School"}], "sheet Ties, row 3, column From: the cell holds a formula"),
    ([], [{"From": "Child", "To": "School", "Note": "=1+1"}], "sheet Ties, row 3, column Note: the cell holds a formula"),
    ([{"Label": "Nurse"}], [], "sheet Actors, row 5, column Kind: the cell is empty"),
    ([{"Label": "Nurse", "Kind": "nurse"}], [], "sheet Actors, row 5, column Kind: kind is 'nurse'"),
    ([{"Label": "Nurse", "Kind": "agency", "Works at": "Shool"}], [], "column Works at: 'Shool' is not in the case. Did you"),
    ([{"Label": "Nurse", "Kind": "agency", "Lead": "maybe"}], [], "row 5, column Lead: 'maybe' is neither yes nor no"),
    ([{"Label": "Aunt", "Kind": "family", "Lead": "yes"}], [], "sheet Actors, row 5, column Lead: actor 'Aunt': a family cannot"),
    ([{"Label": "SCHOOL", "Kind": "school"}, {"Label": "school", "Kind": "school"}], [{"From": "Child", "To": "sCHOOL"}],
     "column To: 'sCHOOL' fits more than one actor"),
    ([{"Label": "GP", "Kind": "agency", "Leads the team": "yes"}], [], "row 5, column Team: the row says something of a"),
    ([{"Label": "GP", "Kind": "agency", "Team": "T", "Team sits at": "GP"}], [], "row 5, column Team sits at: 'GP' hosts"),
]  # fmt: skip


@pytest.mark.parametrize(("actors", "ties", "message"), FAULTS)
def test_every_fault_is_said_with_its_cell(tmp_path: Path, actors: list[dict[str, Any]], ties: list[dict[str, Any]],
                                           message: str) -> None:
    people = [{"Label": "Child", "Kind": "child"}, {"Label": "School", "Kind": "school"}, *actors]
    with pytest.raises(FileError) as caught:
        ag.read(filled(tmp_path / "case.xlsx", people, ties))
    assert message in str(caught.value)
    assert len(caught.value.problems) == 1


def test_all_faults_are_said_at_once_in_the_order_of_the_sheets(tmp_path: Path) -> None:
    file = filled(tmp_path / "case.xlsx", [{"Label": "Child", "Kind": "chld"}], [{"From": "Child", "To": "X"}], Age="nine",
                  Arrangement="teamwork")
    with pytest.raises(FileError) as caught:
        ag.read(file)
    assert [problem.path for problem in caught.value.problems] == [
        ("Case", 4, "Value"), ("Case", 7, "Value"), ("Actors", 3, "Kind"), ("Ties", 3, "To")]


def changed(tmp_path: Path, change: Any) -> Path:
    file = filled(tmp_path / "case.xlsx")
    book = openpyxl.load_workbook(file)
    change(book)
    book.save(file)
    return file


@pytest.mark.parametrize(("change", "message"), [
    (lambda book: book.remove(book["Ties"]), "sheet Ties: there is no such sheet; the workbook has Case, Actors."),
    (lambda book: book["Ties"].__setitem__("B1", "Too"), "row 1: 'Too' is not a field of the sheet Ties. Did you mean 'To'?"),
    (lambda book: book["Actors"].__setitem__("C1", "NHS number"), "looks like an NHS number"),
    (lambda book: book["Case"].__setitem__("A3", "UPN"), "looks like a unique pupil number"),
    (lambda book: book["Ties"].__setitem__("D1", "From"), "sheet Ties, row 1: the column 'From' stands twice"),
    (lambda book: book["Ties"].__setitem__("Z4", "stray"), "sheet Ties, row 4: a cell stands under no heading"),
    (lambda book: book["Case"].__setitem__("B30", "stray"), "sheet Case, row 30, column Field: a value stands beside no field"),
    (lambda book: book["Case"].__setitem__("A5", "Age"), "sheet Case, row 5, column Field: 'Age' stands twice"),
    (lambda book: book["Case"].__setitem__("B17", "2"), "sheet Case, row 17, column Value: the form is '2'"),
    (lambda book: book["Case"].__setitem__("B10", '["a"'), "sheet Case, row 10, column Value: a list in brackets cannot be read"),
])
def test_a_workbook_that_has_been_changed_says_what_and_where(tmp_path: Path, change: Any, message: str) -> None:
    with pytest.raises(FileError) as caught:
        ag.read(changed(tmp_path, change))
    assert message in str(caught.value)


def test_what_excel_makes_of_a_cell_is_undone(tmp_path: Path) -> None:
    def type_it(book: Any) -> None:
        book["Case"]["B4"] = 9.0
        book["Case"]["B9"] = dt.date(2024, 5, 1)
        book["Case"]["B9"].number_format = "mmm\\-yy"
        book["Actors"]["G7"] = True
        book["Actors"]["K3"] = 12

    case = ag.read(changed(tmp_path, type_it))
    assert isinstance(case, Case)
    assert (case.age, str(case.agreed_on), case.leads) == (9, "2024-05", ("social_services",))
    assert case.actor("child").note == "12"


@pytest.mark.parametrize(("data", "message"), [
    (b"", "is not a workbook"), (b"a,b\n1,2\n", "is not a workbook"),
    (b"\xd0\xcf\x11\xe0rest", "has a password or is of an older Excel"),
    (b"PK\x03\x04broken", "is damaged"),
])
def test_what_is_no_workbook_is_said(tmp_path: Path, data: bytes, message: str) -> None:
    file = tmp_path / "case.xlsx"
    file.write_bytes(data)
    with pytest.raises(FileError, match=message):
        ag.read(file)
    with pytest.raises(FileError, match="there is no such file"):
        ag.read(tmp_path / "none.xlsx")


def test_an_archive_with_definitions_is_not_opened(tmp_path: Path) -> None:
    file, made = tmp_path / "case.xlsx", io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook_bytes(Case()))) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            new.writestr(name, b'<!DOCTYPE x [<!ENTITY a "b">]>' + old.read(name))
    file.write_bytes(made.getvalue())
    with pytest.raises(FileError, match="holds definitions"):
        ag.read(file)


def sheets_hold(case: Case) -> Case:
    """What is left of a case in the sheets."""
    def bare(things: Any) -> Any:
        return tuple(dataclasses.replace(thing, layer="") for thing in things)

    return case.replace(chronology=Chronology(), lineage=None, plan=ActionPlan(), places=(), actors=bare(case.actors),
                        ties=bare(case.ties))


def in_words(case: Case) -> Any:
    """A case without its ids: ties and teams by the place of their actors."""
    at = {id: number for number, id in enumerate(case.ids)}
    ties = [(at[tie.source], at[tie.target], tie.strength, tie.two_way, tie.status, tie.basis, tie.note.strip(),
             tie.evidence.strip(), tie.reported_by.strip()) for tie in case.ties]
    teams = sorted((team.name, sorted(at[who] for who in team.members), at.get(team.lead), at.get(team.host))
                   for team in case.teams)
    people = [(actor.kind, actor.name.strip(), actor.sector.strip(), actor.agency.strip(), at.get(actor.based_at), actor.lead,
               actor.note.strip()) for actor in case.actors]
    fields = [getattr(case, name) for name in ("age", "arrangement", "names_published", "agreed_on")]
    texts = [getattr(case, name).strip() for name in ("name", "title", "description", "history", "source", "other_information")]
    return people, ties, [(at[gap.source], at[gap.target], gap.note.strip()) for gap in case.gaps], teams, fields, texts


@settings(deadline=None, max_examples=examples(60),
          suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(case=cases(max_actors=7).map(sheets_hold))
def test_what_the_sheets_hold_comes_back(tmp_path: Path, case: Case) -> None:
    write_template(tmp_path / "case.xlsx", case)
    back = read_workbook(tmp_path / "case.xlsx")
    assert in_words(back) == in_words(case)
    labels = case.replace(names_published=False).labels()
    given = back.replace(names_published=False).labels()
    assert [given[id] for id in back.ids] == [label if label.strip() else id for id, label in labels.items()]
    write_template(tmp_path / "again.xlsx", back)
    assert read_workbook(tmp_path / "again.xlsx") == back


@settings(deadline=None, max_examples=examples(10), suppress_health_check=[HealthCheck.too_slow])
@given(cases(max_actors=4), st.just(None))
def test_the_same_case_gives_the_same_bytes(case: Case, nothing: None) -> None:
    assert workbook_bytes(case) == workbook_bytes(case)


def test_no_moment_and_no_program_stands_in_the_file() -> None:
    with zipfile.ZipFile(io.BytesIO(workbook_bytes(ag.cases.peter()))) as archive:
        core = archive.read("docProps/core.xml").decode()
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert "openpyxl" not in core
    assert core.count("2000-01-01T00:00:00Z") == 2


def test_write_takes_only_what_fits_whole(tmp_path: Path) -> None:
    whole = Case.of(actors={"child": "child", "school": "school"}, ties=["child <=> school"],
                    teams=[Team("T", ("school",), "school")])
    ag.write(whole, tmp_path / "case.xlsx")
    assert in_words(ag.read(tmp_path / "case.xlsx")) == in_words(whole)
    with pytest.raises(FileError, match="has no place for chronology, layers"):
        ag.write(ag.cases.peter(narrative=True), tmp_path / "peter.xlsx")
    assert what_does_not_fit(ag.cases.james()) == ("plan", "layers")


def test_what_cannot_stand_in_a_cell_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="sheet Case, row 12: a text is longer than 32,767"):
        write_template(tmp_path / "case.xlsx", Case(description="x" * 32_768))
    with pytest.raises(FileError, match="sheet Actors, row 3: a label begins with 'Example:'"):
        write_template(tmp_path / "case.xlsx", Case.of(actors={"a": {"kind": "agency", "label": "Example: x"}}))
    assert not (tmp_path / "case.xlsx").exists()
