"""Read a case from the workbook that `write_template` makes: every fault is said with its sheet, row and column."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from typing import Any

from agencygraph.errors import InvalidError, Problem, did_you_mean
from agencygraph.files import Where
from agencygraph.formats import workbook as form
from agencygraph.formats.source import read_bytes
from agencygraph.formats.tree import VERSION
from agencygraph.formats.workbook import SheetFault, sheet_failure
from agencygraph.formats.workbook_actors import Roll
from agencygraph.formats.workbook_sheets import Desk, Row, open_workbook, rows_of, rows_of_case
from agencygraph.model import Case, Gap, Tie
from agencygraph.model.record import case_of
from agencygraph.model.words import quote

_LIMIT = 20_000_000
_TWO_WAY, _ONE_WAY = ("both ways", "both", "two way", "two-way"), ("", "one way", "one-way")
_TEAM_COLUMNS = {"lead": "team_lead", "host": "team_host"}
_LISTS = ("informants", "key_issues", "proposals")


def read_workbook(path: Where) -> Case:
    """Return the case of a workbook, or hear of everything that is wrong with it at once.

    Raises
    ------
    FileError
        With the sheet, the row and the column of every fault.
    MissingExtraError
        Where openpyxl is not installed.
    """
    shown = os.fspath(path)
    book = open_workbook(shown, read_bytes(path, _LIMIT))
    desk = Desk()
    rows = [rows_of_case(desk, book), *(list(rows_of(desk, book, sheet)) for sheet in (form.ACTORS, form.TIES))]
    if desk.faults:
        raise sheet_failure(shown, desk.faults)
    record = _case_fields(desk, rows[0])
    roll = Roll([(row.cells.get("label", ""), row.cells.get("name", ""), row.word("kind").lower(), row.word("sector"))
                 for row in rows[1]])
    record |= _actors(desk, rows[1], roll)
    record |= _links(desk, rows[2], roll)
    try:
        case = case_of(record)
    except InvalidError as error:
        for problem in error.problems:
            _blame_problem(desk, problem, roll)
        raise sheet_failure(shown, desk.faults) from None
    if desk.faults:
        raise sheet_failure(shown, desk.faults)
    return case


def _case_fields(desk: Desk, rows: Sequence[Row]) -> dict[str, Any]:
    record: dict[str, Any] = {}
    for row in rows:
        (name, text), = row.cells.items()
        desk.places[name,] = row
        if name == "form":
            if text.strip() not in ("", str(VERSION)):
                desk.blame(row, name, f"the form is {quote(text.strip())}; this agencygraph reads form {VERSION}. Update it: "
                                      "pip install --upgrade agencygraph")
        elif name == "names_published":
            record[name] = desk.flag(row, name)
        elif text:
            record[name] = _case_value(desk, row, name, text)
    return record


def _case_value(desk: Desk, row: Row, name: str, text: str) -> Any:
    if name == "age":
        word = text.strip()
        return int(word) if word.isdecimal() and len(word) < 10 else word or None
    if name in ("arrangement", "agreed_on"):
        return text.strip().lower() or None
    if name in _LISTS and text.startswith("["):
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            desk.blame(row, name, "a list in brackets cannot be read. Write each entry on a line of its own, without brackets.")
            return None
    return [item for item in text.split("\n") if item.strip()] if name in _LISTS else text


def _actors(desk: Desk, rows: Sequence[Row], roll: Roll) -> dict[str, Any]:
    actors: dict[str, Any] = {}
    teams: dict[str, dict[str, Any]] = {}
    for row, id in zip(rows, roll.ids, strict=True):
        fields: dict[str, Any] = {name: row.cells[name] for name in ("label", "name", "sector", "agency", "note")
                                  if row.cells.get(name, "").strip()}
        fields |= {"kind": row.word("kind").lower(), "lead": desk.flag(row, "lead"), "based_at": _find(desk, row, "based_at", roll)}
        if not fields["kind"]:
            desk.blame(row, "kind", "the cell is empty. Say what the actor is: child, parent, school, agency, practitioner ...")
            fields["kind"] = "practitioner"
        actors[id] = fields
        desk.places["actors", id] = row
        _take_member(desk, row, id, teams, roll)
    for at, team in enumerate(teams.values()):
        desk.places["teams", at] = team.pop("row")
    return {"actors": actors, "teams": list(teams.values())}


def _take_member(desk: Desk, row: Row, id: str, teams: dict[str, dict[str, Any]], roll: Roll) -> None:
    name, leads, host = row.cells.get("team", ""), desk.flag(row, "team_lead"), _find(desk, row, "team_host", roll)
    if not name.strip():
        if leads or host:
            desk.blame(row, "team", "the row says something of a team but not which. Write the team's name, or clear the cells.")
        return
    team = teams.setdefault(name, {"name": name, "members": [], "lead": "", "host": "", "row": row})
    team["members"].append(id)
    if leads and team["lead"]:
        desk.blame(row, "team_lead", f"the team {quote(name)} has a lead already. Keep one.")
    if host and team["host"] not in ("", host):
        desk.blame(row, "team_host", f"the team {quote(name)} sits elsewhere already. Keep one place.")
    team["lead"], team["host"] = id if leads else team["lead"], host or team["host"]


def _links(desk: Desk, rows: Sequence[Row], roll: Roll) -> dict[str, Any]:
    record: dict[str, list[Any]] = {"ties": [], "gaps": []}
    for row in rows:
        ends = [_find(desk, row, field, roll, needed=True) for field in ("source", "target")]
        if not all(ends):
            continue
        try:
            part, made = _link(desk, row, *ends)
        except InvalidError as error:
            for problem in error.problems:
                desk.blame(row, str(problem.path[0]) if problem.path else "", roll.in_labels(problem.message))
            continue
        desk.places[part, len(record[part])] = row
        record[part].append(made)
    return record


def _link(desk: Desk, row: Row, source: str, target: str) -> tuple[str, Tie | Gap]:
    word, status = row.word("direction").lower(), row.word("status").lower() or "agreed"
    if status == form.MISSING:
        for name in ("strength", "direction", "basis", "evidence", "reported_by"):
            if row.word(name):
                desk.blame(row, name, "a missing tie has only From, To and a note. Clear the cell, or change the status.")
        return "gaps", Gap(source, target, row.cells.get("note", ""))
    if word not in (*_TWO_WAY, *_ONE_WAY):
        desk.blame(row, "direction", f"{quote(word)} is no direction. Write 'one way' or 'both ways'.")
    if status not in (*form.STATUS_WORDS, *form.STATUS_WORDS.values()):
        desk.blame(row, "status", f"{quote(status)} is no status. Write {', '.join(form.STATUS_WORDS)} or {form.MISSING}.")
        status = "agreed"
    fields = {name: row.cells.get(name, "") for name in ("evidence", "reported_by", "note")}
    return "ties", Tie(source, target, row.word("strength").lower() or "critical", word in _TWO_WAY,
                       form.STATUS_WORDS.get(status, status), row.word("basis").lower(), **fields)


def _find(desk: Desk, row: Row, field: str, roll: Roll, needed: bool = False) -> str:
    """Return the id of the actor whom a cell names; empty, with the fault noted, where there is none."""
    text = row.cells.get(field, "")
    if not text.strip():
        if needed:
            desk.blame(row, field, "the cell is empty. Write the label of an actor.")
        return ""
    found = roll.find(text)
    if found == "":
        hint = did_you_mean(text.strip(), roll.words) if len(desk.faults) < 50 else ""
        desk.blame(row, field, f"{quote(text.strip())} is not in the case.{hint} It must be a label of the sheet {form.ACTORS}.")
    elif found is None:
        desk.blame(row, field, f"{quote(text.strip())} fits more than one actor. Give each its own label on sheet {form.ACTORS}.")
    return found or ""


def _blame_problem(desk: Desk, problem: Problem, roll: Roll) -> None:
    path = problem.path
    while path and path not in desk.places:
        path = path[:-1]
    row = desk.places.get(path)
    if row is None:
        desk.faults.append(SheetFault(form.CASE, 0, "", roll.in_labels(problem.message)))
        return
    rest = [str(step) for step in problem.path[len(path):] if isinstance(step, str)] or ([str(path[0])] if len(path) == 1 else [""])
    desk.blame(row, _TEAM_COLUMNS.get(rest[0], "team") if path[:1] == ("teams",) else rest[0], roll.in_labels(problem.message))
