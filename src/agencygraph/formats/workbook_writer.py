"""Write the workbook that people fill in with Excel: three sheets, drop-down lists, help in every column, one grey example."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any

from agencygraph.errors import FileError
from agencygraph.files import Where, replace_file
from agencygraph.formats import workbook as form
from agencygraph.formats.tree import VERSION
from agencygraph.formats.workbook import SheetFault, sheet_failure
from agencygraph.model import Actor, Case, Gap, Tie
from agencygraph.model.record import record_of

_SPARE = 200
_LONGEST_CELL = 32_767
_TIMES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_FIXED = b"2000-01-01T00:00:00Z"


def write_template(path: Where, case: Case | None = None) -> None:
    """Hand somebody who works in Excel a workbook to fill in: empty, or with a case that is there already.

    The sheets Case, Actors and Ties have drop-down lists, and a note of help appears on every cell. Ties name actors by their
    labels. `read` turns the workbook into a case. It holds private names if they are put in: keep it as you keep the case.
    Of a case, chronology, lineage and plan have no sheet; `write` refuses a case that has them.

    Parameters
    ----------
    path
        A file ending in ``.xlsx``.
    case
        A case to go on with; None for an empty workbook.

    Raises
    ------
    FileError
        Where the file cannot be written, or a text is too long for a cell.
    MissingExtraError
        Where openpyxl is not installed.

    Examples
    --------
    >>> import tempfile
    >>> from agencygraph.formats.case_xlsx import read_workbook
    >>> case = Case.of(age=4, actors={"tina": "child", "mother": "parent"}, ties=["tina <=> mother"])
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_template(f"{folder}/tina.xlsx", case)
    ...     read_workbook(f"{folder}/tina.xlsx").ties
    (Tie('child <=> parent'),)
    """
    replace_file(path, workbook_bytes(case or Case(), str(path)))


def workbook_bytes(case: Case, shown: str = "the workbook") -> bytes:
    """Return the workbook of a case as the bytes of its file; the same case always gives the same bytes."""
    openpyxl = form.load_openpyxl()
    rows = {form.CASE: _case_rows(case), form.ACTORS: _actor_rows(case), form.TIES: _tie_rows(case)}
    _check(shown, rows)
    book = openpyxl.Workbook()
    book.remove(book.active)
    book.properties.creator = "agencygraph"
    columns = {form.ACTORS: form.ACTOR_COLUMNS, form.TIES: form.TIE_COLUMNS}
    _fill_case(book.create_sheet(form.CASE), rows[form.CASE])
    for name, heads in columns.items():
        _fill_list(book.create_sheet(name), heads, [form.EXAMPLES[name], *rows[name]], len(case.actors) + _SPARE)
    made = io.BytesIO()
    book.save(made)
    return _still(made.getvalue())


def whole_workbook(case: Case) -> bytes:
    """Return the workbook of a case that fits into it whole.

    Raises
    ------
    FileError
        Where something of the case has no sheet.
    """
    left = what_does_not_fit(case)
    if left:
        raise FileError(f"a workbook has no place for {', '.join(left)}. Write the case as .yaml or .json, which hold all of it; "
                        "write_template writes what fits.")
    return workbook_bytes(case)


def what_does_not_fit(case: Case) -> tuple[str, ...]:
    """Return the parts of a case for which the workbook has no sheet."""
    record = record_of(case)
    parts = [part for part in record if part not in (*(row.field for row in form.CASE_ROWS), "actors", "ties", "gaps", "teams")]
    layers = any(actor.layer for actor in case.actors) or any(tie.layer for tie in case.ties)
    return (*parts, *(["layers"] if layers else []))


def _case_rows(case: Case) -> list[tuple[str, ...]]:
    record = record_of(case)
    rows = [(row.head, _cell(record.get(row.field, "")), row.help) for row in form.CASE_ROWS]
    return [*rows, (form.FORM, str(VERSION), "The version of this form. Leave it as it is.")]


def _cell(value: Any) -> str:
    """Return a field as the text of a cell: a list one entry per line where that is unmistakable, else as JSON."""
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, list):
        by_line = all(item.strip() and "\n" not in item for item in value) and not value[0].startswith("[")
        return "\n".join(value) if by_line else json.dumps(value, ensure_ascii=False)
    return str(value)


def _actor_rows(case: Case) -> list[tuple[str, ...]]:
    labels = _labels(case)
    team_of = {member: team for team in case.teams for member in team.members}
    return [_actor_cells(actor, labels, team_of.get(actor.id)) for actor in case.actors]


def _actor_cells(actor: Actor, labels: dict[str, str], team: Any) -> tuple[str, ...]:
    own = (team.name, "yes" if team.lead == actor.id else "", labels.get(team.host, "")) if team else ("", "", "")
    return (labels[actor.id], actor.kind, actor.name, actor.sector, actor.agency, labels.get(actor.based_at, ""),
            "yes" if actor.lead else "", *own, actor.note)


def _tie_rows(case: Case) -> list[tuple[str, ...]]:
    labels = _labels(case)
    links: tuple[Tie | Gap, ...] = (*case.ties, *case.gaps)
    return [_tie_cells(link, labels) for link in links]


def _tie_cells(link: Tie | Gap, labels: dict[str, str]) -> tuple[str, ...]:
    ends = (labels[link.source], labels[link.target])
    if isinstance(link, Gap):
        return (*ends, "", "", form.MISSING, "", "", "", link.note)
    status = next(word for word, status in form.STATUS_WORDS.items() if status == link.status)
    return (*ends, link.strength, form.DIRECTIONS[link.two_way], status, link.basis, link.evidence, link.reported_by, link.note)


def _labels(case: Case) -> dict[str, str]:
    """Return public labels under which ties can name actors, never names, even where these are published."""
    labels = case.replace(names_published=False).labels()
    return {id: label if label.strip() else id for id, label in labels.items()}


def _check(shown: str, rows: dict[str, list[tuple[str, ...]]]) -> None:
    faults = []
    for sheet, cells in rows.items():
        for at, row in enumerate(cells, 2 if sheet == form.CASE else 3):
            if any(len(text) > _LONGEST_CELL for text in row):
                message = f"a text is longer than {_LONGEST_CELL:,} characters, the most that a cell holds."
                faults.append(SheetFault(sheet, at, "", message))
            if sheet != form.CASE and row[0].startswith(form.EXAMPLE):
                message = f"a label begins with '{form.EXAMPLE}', as only the example does. Change it."
                faults.append(SheetFault(sheet, at, "", message))
    if faults:
        raise sheet_failure(shown, faults)


def _fill_case(sheet: Any, rows: Iterable[tuple[str, ...]]) -> None:
    for row in [("Field", "Value", "Help"), *rows]:
        _append(sheet, row)
    for at, field in enumerate(form.CASE_ROWS, 2):
        sheet.cell(at, 1).style = "Headline 3"
        sheet.cell(at, 3).style = "Explanatory Text"
        _offer(sheet, field, f"B{at}")
    _dress(sheet, (22, 60, 70))


def _fill_list(sheet: Any, columns: Sequence[form.Column], rows: Sequence[tuple[str, ...]], last: int) -> None:
    from string import ascii_uppercase

    for row in [tuple(column.head for column in columns), *rows]:
        _append(sheet, row)
    for cell in sheet[2]:
        cell.style = "Explanatory Text"
    last = max(last, len(rows) + _SPARE)
    for column, letter in zip(columns, ascii_uppercase, strict=False):
        # A column of text: Excel would make a date of 2024-05 and a formula of what begins with an equals sign.
        sheet.column_dimensions[letter].number_format = "@"
        _offer(sheet, column, f"{letter}3:{letter}{last}", f"{form.ACTORS}!$A$3:$A${last}")
    _dress(sheet, tuple(column.wide for column in columns))


def _append(sheet: Any, row: tuple[str, ...]) -> None:
    sheet.append([""] * len(row))
    for cell, text in zip(sheet[sheet.max_row], row, strict=True):
        cell.value = text or None
        cell.number_format = "@"
        if text:
            cell.data_type, cell.quotePrefix = "s", text.startswith(("=", "+", "-", "@", "'"))


def _offer(sheet: Any, column: form.Column, where: str, labels: str = "") -> None:
    """Put help on cells, and a drop-down list where there is something to choose."""
    from openpyxl.worksheet.datavalidation import DataValidation  # type: ignore[import-untyped]  # openpyxl has no types

    names_actors = not column.choices and not column.is_closed
    source = labels if names_actors else f'"{",".join(column.choices)}"'
    check = DataValidation(type="list" if column.choices or names_actors else None, allow_blank=True, showInputMessage=True,
                           showErrorMessage=bool(column.choices) and column.is_closed)
    if check.type:
        check.formula1 = source
    check.promptTitle, check.prompt = column.head, column.help
    check.errorTitle, check.error = column.head, f"Choose one of: {', '.join(column.choices)}"[:255]
    check.add(where)
    sheet.add_data_validation(check)


def _dress(sheet: Any, widths: tuple[int, ...]) -> None:
    """Give a sheet its look: a heading that stays in view, columns that are wide enough, and one page across on paper."""
    from openpyxl.styles import Alignment  # type: ignore[import-untyped]  # openpyxl has no types

    for cell, wide in zip(sheet[1], widths, strict=True):
        cell.style = "Headline 3"
        sheet.column_dimensions[cell.column_letter].width = wide
    for row in sheet.iter_rows():
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _still(data: bytes) -> bytes:
    """Return the archive without the moment of its making, so that the same case gives the same bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.external_attr, entry.create_system = 0o600 << 16, 3
            new.writestr(entry, _TIMES.sub(rb"\g<1>" + _FIXED, old.read(name)))
    return made.getvalue()

