"""Read cases from three tables: every row finds its case, and every fault its table, row and column."""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass, field
from typing import Any

from agencygraph.errors import InvalidError, Path, Problem, did_you_mean
from agencygraph.files import Where
from agencygraph.formats.case_csv import COLUMNS, JSON, PLACE, PLAIN, TEAM, TIE
from agencygraph.formats.csv_sheet import CellFault, Row, Sheet, cell_failure, open_sheet
from agencygraph.formats.tree import VERSION
from agencygraph.model import Case, Caseload, Gap, Tie
from agencygraph.model.record import ACTOR_FIELDS, case_of
from agencygraph.model.words import quote

_LISTS = ("informants", "key_issues", "proposals")
_NEEDED: dict[str, tuple[str, ...]] = {"cases.csv": ("case",), "actors.csv": ("id", "kind"), "ties.csv": ("source", "target")}
_YES, _NO = ("yes", "y", "true", "x", "1"), ("", "no", "n", "false", "0")
_TEAM_COLUMNS = {"name": "team", "members": "team", "lead": "team_lead", "host": "team_host"}
_UPDATE = f"this agencygraph reads version {VERSION}. Update it: pip install --upgrade agencygraph"


@dataclass(slots=True)
class _Draft:
    """A case in the making: its record so far, and the row in which each part stands."""

    record: dict[str, Any]
    places: dict[Path, tuple[Sheet, Row]]
    members: list[tuple[Sheet, Row]] = field(default_factory=list)


@dataclass(slots=True)
class _Desk:
    """Where the three tables are put together: the drafts by key, and every fault found on the way."""

    drafts: dict[str, _Draft] = field(default_factory=dict)
    faults: list[CellFault] = field(default_factory=list)

    def blame(self, place: tuple[Sheet, Row], column: str, message: str) -> None:
        self.faults.append(CellFault(place[0].shown, place[1].number, column, message))

    def draft(self, sheet: Sheet, row: Row) -> _Draft | None:
        """Return the case that a row of actors.csv or ties.csv belongs to; an empty cell means the only case there is."""
        key = row.word("case")
        if key in self.drafts:
            return self.drafts[key]
        if not key and len(self.drafts) == 1:
            return next(iter(self.drafts.values()))
        hint = did_you_mean(key, self.drafts) if len(self.faults) < 50 else ""
        unknown = f"{quote(key)} is no case of cases.csv.{hint}"
        self.blame((sheet, row), "case", unknown if key else "the cell is empty. Say which case.")
        return None

    def flag(self, place: tuple[Sheet, Row], column: str) -> bool:
        word = place[1].word(column).lower()
        if word not in (*_YES, *_NO):
            self.blame(place, column, f"{quote(word)} is neither yes nor no. Write yes, or leave the cell empty.")
        return word in _YES

    def json(self, place: tuple[Sheet, Row], column: str, text: str) -> Any:
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            self.blame(place, column, "the cell is not JSON. Copy the cell of another case, or leave it empty.")
            return None


def read_tables(folder: Where) -> Case | Caseload:
    """Read the three tables of a folder: a case where they hold one, a caseload where they hold several or bear a title.

    Raises
    ------
    FileError
        With the table, the row and the column of everything that is wrong.
    """
    shown = os.fspath(folder)
    sheets = {table: open_sheet(os.path.join(shown, table), columns, _NEEDED[table]) for table, columns in COLUMNS.items()}
    desk = _Desk(faults=[fault for sheet in sheets.values() for fault in sheet.faults])
    if desk.faults:
        raise cell_failure(desk.faults)
    title = ""
    for row in sheets["cases.csv"].rows:
        title = title or row.cells.get("caseload", "")
        _take_case(desk, sheets["cases.csv"], row)
    for row in sheets["actors.csv"].rows:
        _take_actor(desk, sheets["actors.csv"], row)
    for row in sheets["ties.csv"].rows:
        _take_tie(desk, sheets["ties.csv"], row)
    cases = [_finish(desk, draft) for draft in desk.drafts.values()]
    if desk.faults:
        order = [sheet.shown for sheet in sheets.values()]
        raise cell_failure(sorted(desk.faults, key=lambda fault: (order.index(fault.shown), fault.row)))
    found = tuple(case for case in cases if case is not None)
    return found[0] if len(found) == 1 and not title else Caseload(found, title)


def _take_case(desk: _Desk, sheet: Sheet, row: Row) -> None:
    key, place = row.word("case"), (sheet, row)
    if not key or key in desk.drafts:
        said = f"{quote(key)} stands for two cases" if key else "the cell is empty"
        desk.blame(place, "case", f"{said}. Give each case its own number.")
        return
    if row.word("agencygraph") not in ("", str(VERSION)):
        desk.blame(place, "agencygraph", f"the version is {quote(row.word('agencygraph'))}; {_UPDATE}")
    record: dict[str, Any] = {name: row.cells[name] for name in PLAIN if row.cells.get(name)}
    for name in ("age", "arrangement", "agreed_on"):
        if name in record:
            record[name] = row.word(name)
    if record.get("age", "").isdecimal() and len(record["age"]) < 10:
        record["age"] = int(record["age"])
    record["arrangement"] = record.get("arrangement", "").lower() or "collaboration"
    record["names_published"] = desk.flag(place, "names_published")
    for name in _LISTS:
        if name in record:
            text = record[name]
            record[name] = desk.json(place, name, text) if text[:1] == "[" else [item for item in text.split("\n") if item.strip()]
    for name in JSON:
        if row.word(name):
            record[name] = desk.json(place, name, row.word(name))
    desk.drafts[key] = _Draft({**record, "actors": {}, "ties": [], "gaps": [], "teams": [], "places": {}}, {(): place})


def _take_actor(desk: _Desk, sheet: Sheet, row: Row) -> None:
    draft, id, place = desk.draft(sheet, row), row.word("id"), (sheet, row)
    if draft is None:
        return
    if id in draft.record["actors"]:
        first = draft.places["actors", id][1].number
        desk.blame(place, "id", f"{quote(id)} stands already in row {first}. Give each actor its own id.")
        return
    fields: dict[str, Any] = {name: row.cells[name] for name in ACTOR_FIELDS if row.cells.get(name)}
    fields |= {name: row.word(name) for name in ("kind", "based_at") if name in fields}
    fields = {name: value for name, value in fields.items() if value}
    if "kind" in fields:
        fields["kind"] = fields["kind"].lower()
    fields["lead"] = desk.flag(place, "lead")
    draft.record["actors"][id] = fields
    draft.places["actors", id] = place
    if any(row.word(name) for name in PLACE):
        draft.record["places"][id] = [_length(desk, place, name) for name in PLACE]
    if row.cells.get("team"):
        draft.members.append(place)
    elif any(row.word(name) for name in TEAM[1:]):
        desk.blame(place, "team", "the row says something of a team but not which. Write the team's name, or clear the cells.")


def _length(desk: _Desk, place: tuple[Sheet, Row], column: str) -> float:
    """Return a number of points; where the cell holds none, say so and let it count as the corner of the page."""
    word = place[1].word(column).replace(",", ".")
    if not re.fullmatch(r"[0-9]{1,7}(\.[0-9]{0,9})?", word):
        desk.blame(place, column, f"{quote(word)} is no number of points. Write both x and y, or clear both cells.")
        return 0.0
    return float(word)


def _take_tie(desk: _Desk, sheet: Sheet, row: Row) -> None:
    draft, place = desk.draft(sheet, row), (sheet, row)
    kind = row.word("kind").lower() or "tie"
    if draft is None:
        return
    if kind not in ("tie", "gap"):
        desk.blame(place, "kind", f"kind is {quote(kind)}; it must be tie or gap.")
        return
    try:
        made = _gap(desk, place) if kind == "gap" else _tie(desk, place)
    except InvalidError as error:
        for problem in error.problems:
            desk.blame(place, _column(sheet, problem.path), problem.message)
        return
    part = draft.record[f"{kind}s"]
    draft.places[f"{kind}s", len(part)] = place
    part.append(made)


def _tie(desk: _Desk, place: tuple[Sheet, Row]) -> Tie:
    row = place[1]
    fields: dict[str, Any] = {name: row.word(name).lower() for name in ("strength", "status", "basis") if row.word(name)}
    fields |= {name: row.cells[name] for name in ("note", "evidence", "reported_by", "layer") if row.cells.get(name)}
    return Tie(row.word("source"), row.word("target"), two_way=desk.flag(place, "two_way"), **fields)


def _gap(desk: _Desk, place: tuple[Sheet, Row]) -> Gap:
    row = place[1]
    for name in TIE:
        if name != "note" and row.word(name):
            desk.blame(place, name, "a gap has only a source, a target and a note. Clear the cell, or make the row a tie.")
    return Gap(row.word("source"), row.word("target"), row.cells.get("note", ""))


def _finish(desk: _Desk, draft: _Draft) -> Case | None:
    """Return the case of a draft, or None with its faults noted."""
    _take_teams(desk, draft)
    try:
        return case_of(draft.record)
    except InvalidError as error:
        for problem in error.problems:
            _blame_problem(desk, draft, problem)
        return None


def _take_teams(desk: _Desk, draft: _Draft) -> None:
    """Put the members of each team together, in the order of the column team_order, else of the rows."""
    numbers = [row.word("team_order") for _, row in draft.members]
    for place, number in zip(draft.members, numbers, strict=True):
        if any(numbers) and not (number.isdecimal() and len(number) < 10):
            desk.blame(place, "team_order", f"{quote(number)} is not a whole number. Number every member of a team, or none.")
            return
    ordered = sorted(draft.members, key=lambda place: int(place[1].word("team_order"))) if any(numbers) else draft.members
    teams: dict[str, dict[str, Any]] = {}
    for place in ordered:
        name, id, host = place[1].cells["team"], place[1].word("id"), place[1].word("team_host")
        if name not in teams:
            draft.places["teams", len(teams)] = place
        team = teams.setdefault(name, {"name": name, "members": [], "lead": "", "host": ""})
        team["members"].append(id)
        if desk.flag(place, "team_lead"):
            if team["lead"]:
                desk.blame(place, "team_lead", f"the team {quote(name)} has a lead already, {quote(team['lead'])}. Keep one.")
            team["lead"] = id
        if host and team["host"] not in ("", host):
            desk.blame(place, "team_host", f"the team {quote(name)} has a host already, {quote(team['host'])}. Keep one.")
        team["host"] = host or team["host"]
    draft.record["teams"] = list(teams.values())


def _blame_problem(desk: _Desk, draft: _Draft, problem: Problem) -> None:
    path = problem.path
    while path not in draft.places:
        path = path[:-1]
    sheet, row = draft.places[path]
    rest: Path = problem.path[len(path) :]
    if path[:1] == ("teams",):
        rest = tuple(_TEAM_COLUMNS.get(str(step), "team") for step in rest[:1]) or ("team",)
    desk.blame((sheet, row), _column(sheet, rest), problem.message)


def _column(sheet: Sheet, path: Path) -> str:
    """Return the column that a problem concerns, or nothing where it concerns the whole row."""
    table = next(columns for name, columns in COLUMNS.items() if sheet.shown.endswith(name))
    return str(path[0]) if path and path[0] in table else ""


