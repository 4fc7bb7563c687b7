"""The sheets of a workbook as rows of text, each with its place; what Excel makes of a cell is undone or refused here."""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from agencygraph.errors import FileError, Path
from agencygraph.formats import workbook as form
from agencygraph.formats.workbook import SheetFault
from agencygraph.model.words import check_keys, quote

_UNPACKED_LIMIT = 200_000_000
_MOST_ROWS = 20_000
YES, NO = ("yes", "y", "true", "x", "1"), ("", "no", "n", "false", "0")


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row by field, and where it stands."""

    sheet: str
    number: int
    cells: dict[str, str]

    def word(self, field: str) -> str:
        return self.cells.get(field, "").strip()


@dataclass(slots=True)
class Desk:
    """Where the sheets are put together: faults found so far, and the row of every part of the record."""

    faults: list[SheetFault] = field(default_factory=list)
    places: dict[Path, Row] = field(default_factory=dict)

    def blame(self, row: Row, field: str, message: str) -> None:
        self.faults.append(SheetFault(row.sheet, row.number, _head(row.sheet, field), message))

    def flag(self, row: Row, field: str) -> bool:
        word = row.word(field).lower()
        if word not in (*YES, *NO):
            self.blame(row, field, f"{quote(word)} is neither yes nor no. Write yes, or leave the cell empty.")
        return word in YES


def open_workbook(shown: str, data: bytes) -> Any:
    """Open the archive once it is clear that it is one, holds no traps, and is not locked."""
    if data[:4] != b"PK\x03\x04":
        locked = data[:4] == b"\xd0\xcf\x11\xe0"
        why = "has a password or is of an older Excel" if locked else "is not a workbook"
        raise FileError(f"{shown} {why}. Open it in Excel and save it as 'Excel Workbook (*.xlsx)', without a password.")
    openpyxl = form.load_openpyxl()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _UNPACKED_LIMIT:
                raise FileError(f"{shown} is too large to be the case of one child. Is it the right file?")
            if any(b"<!DOCTYPE" in archive.read(name) for name in archive.namelist() if name.endswith((".xml", ".rels"))):
                raise FileError(f"{shown} holds definitions that no workbook of Excel holds; it was not opened.")
        with warnings.catch_warnings():
            # Excel adds parts that openpyxl passes over with a warning; nothing of a case is among them.
            warnings.simplefilter("ignore")
            return openpyxl.load_workbook(io.BytesIO(data), keep_links=False)
    except FileError:
        raise
    except Exception as error:
        what = f"is damaged, or is no workbook ({type(error).__name__})"
        raise FileError(f"{shown} {what}. Open it in Excel and save it anew.") from None


def _sheet(desk: Desk, book: Any, name: str) -> Any:
    found = next((sheet for sheet in book.worksheets if sheet.title.strip().casefold() == name.casefold()), None)
    if found is None:
        there = ", ".join(sheet.title for sheet in book.worksheets)
        message = f"there is no such sheet; the workbook has {there}. Give the sheet its name back."
        desk.faults.append(SheetFault(name, 0, "", message))
    elif found.max_row > _MOST_ROWS:
        message = f"it has more than {_MOST_ROWS:,} rows. Delete the empty rows below the last one."
        desk.faults.append(SheetFault(name, 0, "", message))
        found = None
    return found


def rows_of(desk: Desk, book: Any, name: str) -> Iterator[Row]:
    """Yield the rows of a sheet below its heading, but for empty ones and the example."""
    sheet = _sheet(desk, book, name)
    if sheet is None:
        return
    heads = _heads(desk, sheet, name)
    for cells in sheet.iter_rows(min_row=2):
        row = Row(name, cells[0].row, {})
        texts = [_text(desk, row, heads[at] if at < len(heads) else "", cell) for at, cell in enumerate(cells)]
        row.cells.update((field, text) for field, text in zip(heads, texts, strict=False) if field)
        if any(text.strip() for text in texts) and not texts[0].startswith(form.EXAMPLE):
            if any(text.strip() and (at >= len(heads) or not heads[at]) for at, text in enumerate(texts)):
                desk.faults.append(SheetFault(name, row.number, "", "a cell stands under no heading. Clear it, or give it one."))
            yield row


def _heads(desk: Desk, sheet: Any, name: str) -> list[str]:
    """Return the field of every column, in the order in which they stand."""
    fields = {_plain(column.head): column.field for column in _columns(name)}
    said = ["" if cell.value is None else str(cell.value).strip() for cell in sheet[1]]
    known = tuple(column.head for column in _columns(name))
    for head in said:
        if head and _plain(head) not in fields:
            problem = check_keys({head: 0}, known, f"the sheet {name}")[0]
            desk.faults.append(SheetFault(name, 1, "", problem.message))
    twice = [head for at, head in enumerate(said) if head and _plain(head) in map(_plain, said[:at])]
    missing = [head for head in form.NEEDED[name] if _plain(head) not in map(_plain, said)]
    desk.faults += [SheetFault(name, 1, "", f"the column {quote(head)} stands twice. Keep one.") for head in twice]
    desk.faults += [SheetFault(name, 1, "", f"the column {quote(head)} is missing. Add it.") for head in missing]
    return [fields.get(_plain(head), "") for head in said]


def rows_of_case(desk: Desk, book: Any) -> list[Row]:
    """Return a row for each field of the sheet Case, which has its fields below one another."""
    sheet = _sheet(desk, book, form.CASE)
    rows: list[Row] = []
    if sheet is None:
        return rows
    fields = {_plain(row.head): row.field for row in form.CASE_ROWS} | {_plain(form.FORM): "form"}
    known = (*(row.head for row in form.CASE_ROWS), form.FORM)
    for cells in sheet.iter_rows(min_row=2, max_col=2):
        head = "" if cells[0].value is None else str(cells[0].value).strip()
        at = fields.get(_plain(head), "")
        row = Row(form.CASE, cells[0].row, {})
        text = _text(desk, row, "", cells[-1]) if len(cells) > 1 else ""
        if at in [other for one in rows for other in one.cells]:
            desk.faults.append(SheetFault(form.CASE, row.number, "Field", f"{quote(head)} stands twice. Keep one."))
        elif at:
            row.cells[at] = text
            rows.append(row)
        elif head:
            message = check_keys({head: 0}, known, "the sheet Case")[0].message
            desk.faults.append(SheetFault(form.CASE, row.number, "Field", message))
        elif text.strip():
            desk.faults.append(SheetFault(form.CASE, row.number, "Field", "a value stands beside no field. Write which one it is."))
    return rows


def _text(desk: Desk, row: Row, field: str, cell: Any) -> str:
    """Return a cell as text; a formula is a fault, because what it shows is not in the file for certain."""
    value = cell.value
    if cell.data_type == "f":
        desk.blame(row, field, "the cell holds a formula. Copy it and paste it back as values.")
        return ""
    if cell.data_type == "e":
        desk.blame(row, field, f"the cell shows the error {value}. Write what it should say.")
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, (dt.datetime, dt.date)):
        # A cell that shows month and year alone was typed so; Excel made a day of it.
        has_day = "d" in re.sub(r'"[^"]*"|\[[^\]]*\]', "", str(cell.number_format).lower())
        return f"{value.year:04d}-{value.month:02d}" + (f"-{value.day:02d}" if has_day else "")
    return "" if value is None else str(value).replace("\r\n", "\n").replace("\r", "\n")


def _columns(sheet: str) -> tuple[form.Column, ...]:
    return {form.CASE: form.CASE_ROWS, form.ACTORS: form.ACTOR_COLUMNS, form.TIES: form.TIE_COLUMNS}[sheet]


def _head(sheet: str, field: str) -> str:
    return "Value" if sheet == form.CASE else next((column.head for column in _columns(sheet) if column.field == field), "")


def _plain(head: str) -> str:
    return re.sub(r"[\s_]+", " ", head).strip().casefold()
