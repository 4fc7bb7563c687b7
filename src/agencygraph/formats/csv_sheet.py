"""Sheet: one table of a CSV file as Excel writes and opens it, with the row and column of every cell.

A cell that Excel would run as a formula or turn into a number or a date begins with an apostrophe in the file, which is taken
off on reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from agencygraph.errors import FileError, Problem
from agencygraph.files import Where
from agencygraph.formats.source import Source, open_source
from agencygraph.model.words import check_keys, quote

TABLE_LIMIT = 50_000_000
_UNPAIRED = "the quotation marks do not pair. A cell that begins with one ends with one, and those inside it are doubled."
_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_CHANGED = re.compile(
    r"\s*[-=+@'＝＋－＠].*|[\t\n].*"  # run as a formula
    r"|[\d\s.,:/eE+%£$€-]*\d[\d\s.,:/eE+%£$€-]*|true|false"  # a number, a date, a truth
    rf"|[\d\s.,:/-]*(?:{_MONTHS})[a-z]*[\d\s.,:/-]*\d[\d\s.,:/-]*|[\d\s.,:/-]*\d[\d\s.,:/-]*(?:{_MONTHS})[a-z]*",
    re.DOTALL | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class CellFault:
    """Something wrong with a cell, or with a whole row where the column is empty."""

    shown: str
    row: int
    column: str
    message: str

    def __str__(self) -> str:
        return f"{self.shown} row {self.row}{f', column {self.column}' if self.column else ''}: {self.message}"


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row by column, and its number as Excel counts."""

    number: int
    cells: Mapping[str, str]

    def word(self, column: str) -> str:
        """Return a cell that holds an id or a word of the vocabulary, without the space around it."""
        return self.cells.get(column, "").strip()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: its name as the user typed it, its rows, and what is wrong with the table as such."""

    shown: str
    rows: tuple[Row, ...]
    faults: tuple[CellFault, ...]


def cell_failure(faults: Iterable[CellFault]) -> FileError:
    """Return one error that names the table, the row and the column of every fault."""
    return FileError([Problem(str(fault), (fault.shown, fault.row, fault.column)) for fault in dict.fromkeys(faults)])


def open_sheet(path: Where, columns: Sequence[str], needed: Sequence[str]) -> Sheet:
    """Read a table; `columns` are those it may have, `needed` those it must have.

    Raises
    ------
    FileError
        Where the file cannot be read as text at all.
    """
    source = open_source(path, TABLE_LIMIT)
    if not source.text.strip():
        raise cell_failure([CellFault(source.shown, 1, "", f"the table is empty. Its first row is {', '.join(columns)}.")])
    heading, *records = _records(source)
    names = [re.sub(r"\s+", "_", cell.strip().lower()) for cell in heading]
    faults = _check_heading(source.shown, names, columns, needed)
    rows = []
    for number, record in enumerate(records, 2):
        if not any(cell.strip() for cell in record):
            continue
        if any(cell.strip() for at, cell in enumerate(record) if at >= len(names) or not names[at]):
            faults.append(CellFault(source.shown, number, "", "a cell stands under no heading. Put quotes round a text that holds "
                                                              "the separator, or give the column a heading."))
        cells = {name: _unguarded(cell) for name, cell in zip(names, record, strict=False) if name in columns}
        rows.append(Row(number, cells))
    return Sheet(source.shown, tuple(rows), tuple(faults))


def sheet_bytes(columns: Sequence[str], rows: Iterable[Mapping[str, str | int]]) -> bytes:
    """Return a table as the bytes of its file: UTF-8 with a byte order mark, commas, and the line ends that Excel writes."""
    lines = [",".join(_quoted(row.get(column, "")) for column in columns) for row in rows]
    return ("\ufeff" + "\r\n".join([",".join(columns), *lines]) + "\r\n").encode()


def _check_heading(shown: str, names: Sequence[str], columns: Sequence[str], needed: Sequence[str]) -> list[CellFault]:
    if not any(name in columns for name in names):
        message = f"the first row must hold the names of the columns: {', '.join(columns)}."
        raise cell_failure([CellFault(shown, 1, "", message)])
    table = re.split(r"[/\\]", shown)[-1]
    faults = [CellFault(shown, 1, "", problem.message)
              for problem in check_keys(dict.fromkeys(name for name in names if name), tuple(columns), table)]
    faults += [CellFault(shown, 1, name, f"the column {quote(name)} stands twice. Keep one.")
               for at, name in enumerate(names) if name and name in names[:at]]
    missing = [name for name in needed if name not in names]
    return faults + [CellFault(shown, 1, "", f"the column {quote(name)} is missing. Add it.") for name in missing]


def _records(source: Source) -> list[list[str]]:
    """Return the cells of every row, blank rows included, so that rows count as in Excel."""
    first = source.text.split("\n", 1)[0]
    mark = max(",;\t", key=first.count)
    cell = re.compile(rf'(?:"([^"]*(?:""[^"]*)*)"|((?:[^"{mark}\n][^{mark}\n]*)?))({mark}|\n|\Z)')
    records: list[list[str]] = [[]]
    at = 0
    while at < len(source.text):
        found = cell.match(source.text, at)
        if found is None:
            raise cell_failure([CellFault(source.shown, len(records), "", _UNPAIRED)])
        quoted, plain, end = found.groups()
        records[-1].append(plain if quoted is None else quoted.replace('""', '"'))
        at = found.end()
        if end == "\n" and at < len(source.text):
            records.append([])
    return records


def _guarded(text: str) -> str:
    return f"'{text}" if _CHANGED.fullmatch(text) else text


def _unguarded(cell: str) -> str:
    """Return what a cell says. An apostrophe that guards nothing is part of the text, as in 't Hooft."""
    return cell[1:] if cell[:1] == "'" and _CHANGED.fullmatch(cell[1:]) else cell


def _quoted(value: str | int) -> str:
    cell = _guarded(value) if isinstance(value, str) else str(value)
    return '"' + cell.replace('"', '""') + '"' if re.search(r"[\",;\t\n]|^\s|\s$", cell) else cell
