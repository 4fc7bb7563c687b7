"""Write cases as three tables for Excel, R or pandas: cases.csv, actors.csv and ties.csv, joined by the column `case`.

Everything a case holds has its cell: gaps are rows of ties.csv, teams are columns of actors.csv, the chronology, the lineage and
the plan are JSON in a cell of cases.csv.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from agencygraph.errors import FileError, InvalidError
from agencygraph.files import Where, replace_files
from agencygraph.formats.csv_sheet import sheet_bytes
from agencygraph.formats.tree import VERSION
from agencygraph.model import Case, Caseload, Gap, Tie
from agencygraph.model.places import written
from agencygraph.model.record import ACTOR_FIELDS, CASE_FIELDS, record_of

PLAIN = CASE_FIELDS[:15]
JSON = ("chronology", "lineage", "plan")
TEAM = ("team", "team_lead", "team_host", "team_order")
PLACE = ("x", "y")
TIE = ("strength", "two_way", "status", "basis", "note", "evidence", "reported_by", "layer")
COLUMNS = {
    "cases.csv": ("case", *PLAIN, *JSON, "caseload", "agencygraph"),
    "actors.csv": ("case", "id", *ACTOR_FIELDS[:-2], *TEAM, *ACTOR_FIELDS[-2:], *PLACE),
    "ties.csv": ("case", "kind", "source", "target", *TIE),
}


def write_tables(what: Case | Caseload, folder: Where) -> None:
    """Write a case or a caseload as three tables in a folder, which is made where it is missing; all three or none.

    Raises
    ------
    FileError
        Where the folder cannot be made or the tables cannot be written.
    """
    shown = os.fspath(folder)
    made = False
    if not os.path.isdir(shown):
        try:
            os.mkdir(shown)
        except OSError as error:
            raise FileError(f"the folder {shown} cannot be made: {error.strerror}. Make it first, or choose another.") from None
        made = True
    try:
        replace_files({os.path.join(shown, table): data for table, data in tables_of(what).items()})
    except BaseException:
        if made:
            with suppress(OSError):
                os.rmdir(shown)
        raise


def tables_of(what: Case | Caseload) -> dict[str, bytes]:
    """Return the three tables of a case or a caseload, by the name of their file.

    Examples
    --------
    >>> from agencygraph.model import Case
    >>> case = Case.of(actors={"tina": "child", "mother": "parent"}, ties=["tina <=> mother"])
    >>> print(tables_of(case)["ties.csv"].decode("utf-8-sig").replace("\\r", ""), end="")
    case,kind,source,target,strength,two_way,status,basis,note,evidence,reported_by,layer
    1,tie,tina,mother,critical,yes,agreed,,,,,
    """
    load = what if isinstance(what, Caseload) else Caseload((what,))
    if load.title and not load.cases:
        raise InvalidError("a caseload without cases has no row to keep its title in. Add a case, or leave the title out.")
    rows: dict[str, list[dict[str, str | int]]] = {table: [] for table in COLUMNS}
    for number, case in enumerate(load, 1):
        title = {"caseload": load.title} if number == 1 else {}
        rows["cases.csv"].append({"case": number, **_case_cells(case), **title, "agencygraph": VERSION})
        rows["actors.csv"] += [{"case": number, **cells} for cells in _actor_cells(case)]
        links: Sequence[Tie | Gap] = (*case.ties, *case.gaps)
        rows["ties.csv"] += [{"case": number, **_tie_cells(link)} for link in links]
    return {table: sheet_bytes(columns, rows[table]) for table, columns in COLUMNS.items()}


def _case_cells(case: Case) -> dict[str, str | int]:
    record = record_of(case)
    cells: dict[str, str | int] = {field: _cell(field, record[field]) for field in PLAIN if field in record}
    cells["arrangement"] = case.arrangement
    for part in JSON:
        if part in record:
            cells[part] = json.dumps(record[part], ensure_ascii=False)
    return cells


def _cell(field: str, value: Any) -> str | int:
    """Return what stands in a cell: a list one entry per line where that is unmistakable, else as JSON."""
    if isinstance(value, bool):
        return "yes" if value else ""
    if not isinstance(value, list):
        return int(value) if field == "agreed_on" and value.isdigit() and value[0] != "0" else value
    by_line = all(item.strip() and "\n" not in item for item in value) and not value[0].startswith("[")
    return "\n".join(value) if by_line else json.dumps(value, ensure_ascii=False)


def _actor_cells(case: Case) -> list[dict[str, str | int]]:
    """Return a row for each actor; the order of the teams is written where the order of the rows does not tell it."""
    place = {who: (team, at) for at, (team, who) in enumerate(((t, m) for t in case.teams for m in t.members), 1)}
    told: dict[str, list[str]] = {}
    for actor in case.actors:
        if actor.id in place:
            told.setdefault(place[actor.id][0].name, []).append(actor.id)
    in_order = [(team.name, list(team.members)) for team in case.teams] == list(told.items())
    spots = {spot[0]: [str(length) for length in written(spot)] for spot in case.places}
    rows = []
    for actor in case.actors:
        cells: dict[str, str | int] = {"id": actor.id, **{name: _cell(name, getattr(actor, name)) for name in ACTOR_FIELDS}}
        if actor.id in place:
            team, at = place[actor.id]
            cells |= {"team": team.name, "team_lead": _cell("", team.lead == actor.id), "team_host": team.host}
            cells["team_order"] = "" if in_order else at
        rows.append(cells | dict(zip(PLACE, spots.get(actor.id, ("", "")), strict=True)))
    return rows


def _tie_cells(link: Tie | Gap) -> dict[str, str | int]:
    ends: dict[str, str | int] = {"kind": "gap" if isinstance(link, Gap) else "tie", "source": link.source, "target": link.target}
    return ends | ({"note": link.note} if isinstance(link, Gap) else {name: _cell(name, getattr(link, name)) for name in TIE})
