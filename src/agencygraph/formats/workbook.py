"""What the three sheets of a workbook hold: their columns, what each takes, and the help that a cell gives."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from agencygraph.errors import FileError, MissingExtraError, Problem
from agencygraph.model import words

CASE, ACTORS, TIES = "Case", "Actors", "Ties"
EXAMPLE = "Example:"
FORM = "Form"
MISSING = "missing"
STATUS_WORDS = {"agreed": "agreed", "disputed": "disputed", "not known": "unknown"}
DIRECTIONS = ("one way", "both ways")
SECTOR_EXAMPLES = words.SECTORS


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet, or a row of the sheet Case: its heading, the field it fills, what it takes, and its help."""

    head: str
    field: str
    help: str
    choices: tuple[str, ...] = ()
    is_closed: bool = True
    wide: int = 18


CASE_ROWS = (
    Column("Name", "name", "Private: what you call the case. No map or table shows it."),
    Column("Title", "title", "Heading of maps and tables. Left empty, it is made from the age: Child, 9."),
    Column("Age", "age", "The child's age in whole years."),
    Column("Complexity", "complexity", "Your own word; the study says modest, significant or complex.",
           ("modest", "significant", "complex"), is_closed=False),
    Column("Situation", "situation", "Your own word; the study says crisis, ticking clock or dripping tap.",
           ("crisis", "ticking clock", "dripping tap"), is_closed=False),
    Column("Arrangement", "arrangement", "collaboration: separate agencies. integration: one team.", words.ARRANGEMENTS),
    Column("Names are published", "names_published", "yes only where the names are published pseudonyms.", ("yes", "no")),
    Column("Agreed on", "agreed_on", "When the map was agreed: 2024, 2024-05 or 2024-05-14."),
    Column("Agreed by", "informants", "Roles rather than names, each on a line of its own (Alt+Enter)."),
    Column("Source", "source", "Where the map comes from: a meeting, minutes, a file."),
    Column("Brief description", "description", "Two or three sentences."),
    Column("History", "history", "What has happened so far."),
    Column("Key issues", "key_issues", "Each on a line of its own (Alt+Enter)."),
    Column("Proposals", "proposals", "Proposals for change, each on a line of its own (Alt+Enter)."),
    Column("Other information", "other_information", "Suspicions that are not substantiated. No pack shows this unless asked."),
)  # fmt: skip
ACTOR_COLUMNS = (
    Column("Label", "label", "The public words on the map, such as Mother or School nurse. Ties use these words.", wide=26),
    Column("Kind", "kind", "What the actor is. A foster carer is a carer.", words.KINDS, wide=13),
    Column("Name", "name", "Private: the person's or place's own name. May stay empty. No map shows it.", wide=20),
    Column("Sector", "sector", "Pick one, or write your own.", SECTOR_EXAMPLES, is_closed=False),
    Column("Agency", "agency", "The organisation that a practitioner works for, in public words.", wide=20),
    Column("Works at", "based_at", "At whose place: the label of another row, such as the school.", is_closed=False),
    Column("Lead", "lead", "yes for the lead practitioner or lead agency.", ("yes", "no"), wide=7),
    Column("Team", "team", "The team's name, for one team with one lead.", wide=20),
    Column("Leads the team", "team_lead", "yes for one member of the team.", ("yes", "no"), wide=15),
    Column("Team sits at", "team_host", "The label of the host, usually the school.", is_closed=False),
    Column("Note", "note", "Private remark: it enters no map.", wide=36),
)  # fmt: skip
TIE_COLUMNS = (
    Column("From", "source", "Who tells: a label of the sheet Actors.", is_closed=False, wide=26),
    Column("To", "target", "Who is told: a label of the sheet Actors.", is_closed=False, wide=26),
    Column("Strength", "strength", "critical (bold) or peripheral (broken). Empty means critical.", words.STRENGTHS, wide=12),
    Column("Direction", "direction", "one way (From tells To) or both ways. Empty means one way.", DIRECTIONS, wide=12),
    Column("Status", "status", "agreed, disputed, not known; or missing: no tie, and there should be one.",
           (*STATUS_WORDS, MISSING), wide=12),
    Column("Basis", "basis", "How it is known: stated, part-stated or inferred.", words.BASES[1:], wide=12),
    Column("Evidence", "evidence", "Where it is written down: minutes, a page.", wide=28),
    Column("Reported by", "reported_by", "Private: who said so.", wide=18),
    Column("Note", "note", "Private remark.", wide=36),
)  # fmt: skip
NEEDED: Mapping[str, tuple[str, ...]] = {CASE: ("Field", "Value"), ACTORS: ("Label", "Kind"), TIES: ("From", "To")}
EXAMPLES: Mapping[str, tuple[str, ...]] = {
    ACTORS: (f"{EXAMPLE} School nurse", "practitioner", "", "health", "", "Primary school", "", "", "", "",
             "This row is not read."),
    TIES: (f"{EXAMPLE} School nurse", "Primary school", "critical", "both ways", "agreed", "stated", "minutes of 3 May, item 4", "",
           "This row is not read."),
}  # fmt: skip


def load_openpyxl() -> Any:
    """Return the library that knows Excel's files, or say what to install."""
    try:
        return importlib.import_module("openpyxl")
    except ImportError as error:
        raise MissingExtraError.of("a workbook (.xlsx)", "openpyxl", "pack") from error


@dataclass(frozen=True, slots=True)
class SheetFault:
    """Something wrong with a workbook: the sheet, the row as Excel counts it, the heading of the column, and what to do."""

    sheet: str
    row: int
    column: str
    message: str

    def __str__(self) -> str:
        at = f", row {self.row}" if self.row else ""
        return f"sheet {self.sheet}{at}{f', column {self.column}' if self.column else ''}: {self.message}"


def sheet_failure(shown: str, faults: list[SheetFault]) -> FileError:
    """Return one error that names the sheet, the row and the column of every fault, in the order of the sheets."""
    order = (CASE, ACTORS, TIES)
    found = sorted(dict.fromkeys(faults), key=lambda one: (order.index(one.sheet) if one.sheet in order else 3, one.row))
    return FileError([Problem(f"{shown} {one}", (one.sheet, one.row, one.column)) for one in found])
