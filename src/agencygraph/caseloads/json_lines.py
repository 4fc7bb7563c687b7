"""JSON lines: one case a line, read without the pauses of the garbage collector."""

from __future__ import annotations

import gc
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from agencygraph.errors import FileError, InvalidError, Path, Problem
from agencygraph.files import Where, replace_file
from agencygraph.formats.source import decode
from agencygraph.formats.tree import VERSION
from agencygraph.model import Case, Caseload
from agencygraph.model.record import case_of, record_of
from agencygraph.model.words import quote

_TITLE = {"agencygraph", "caseload"}


def read_json_lines(path: Where) -> Caseload:
    """Read the cases of a file with one JSON record a line; blank lines count for nothing.

    A first line ``{"agencygraph": 1, "caseload": "Spring audit"}`` gives the title. Each other line is the record of a case
    file; its version may be left out.

    Raises
    ------
    FileError
        With the line and the field of everything that is wrong, up to five thousand faults.
    """
    shown = os.fspath(path)
    text = decode(shown, _bytes_of(shown))
    problems: list[Problem] = []
    cases: list[Case] = []
    title = ""
    with collector_paused():
        for number, line in enumerate(text.split("\n"), 1):
            if not line or line.isspace():
                continue
            try:
                record = _record(line)
                if record.keys() == _TITLE and not cases:
                    title = record["caseload"]
                    continue
                cases.append(case_of({key: value for key, value in record.items() if key != "agencygraph"}))
            except InvalidError as error:
                problems += [Problem(f"{shown} line {number}{_field(problem.path)}: {problem.message}", (number, *problem.path))
                             for problem in error.problems]
                if len(problems) > 5000:
                    break
    if problems:
        raise FileError(problems)
    return Caseload(tuple(cases), title)


def write_json_lines(load: Caseload, path: Where) -> None:
    """Write a caseload with everything that its cases hold, private names included, one case a line.

    Raises
    ------
    FileError
        Where the file cannot be written.
    """
    replace_file(path, "".join(_lines(load)).encode())


@contextmanager
def collector_paused() -> Iterator[None]:
    """Pause the search for circular garbage, of which reading makes none, while many small values are made.

    The collector walks through all values that are there again and again as they grow more; most of the time would go there.

    >>> with collector_paused():
    ...     gc.isenabled()
    False
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _bytes_of(shown: str) -> bytes:
    """Return what a file holds; a caseload may be far larger than a case, so there is no limit."""
    from agencygraph.formats.source import open_source

    if not os.path.isfile(shown):
        open_source(shown)  # says in plain words why it cannot be read
    try:
        with open(shown, "rb") as file:
            return file.read()
    except OSError as error:
        raise FileError(f"{shown} cannot be read. The system says: {error.strerror or type(error).__name__}.") from None


def _record(line: str) -> dict[str, Any]:
    try:
        record = json.loads(line, object_pairs_hook=_once, parse_int=_whole, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        raise InvalidError(f"this is not JSON: {error.msg}, at character {error.colno}.") from None
    except RecursionError:
        raise InvalidError("the line is nested too deep to be a case.") from None
    if not isinstance(record, dict):
        raise InvalidError("the line holds no case. Write one record, in curly brackets, on each line.")
    version = record.get("agencygraph", VERSION)
    if type(version) is not int or version != VERSION:
        message = f"the version is {quote(version)}; this agencygraph reads version {VERSION}."
        raise InvalidError([Problem(message, ("agencygraph",))])
    return record


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return a group of fields, none of which may stand twice."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for at, name in enumerate(names) if name in names[:at])
        raise InvalidError(f"{quote(twice)} stands twice in one group; the second would count for nothing. Keep one.")
    return found


def _whole(digits: str) -> int | str:
    """Return a whole number; one so long that no field can mean it stays text, which the checks of the case then refuse."""
    return int(digits) if len(digits) <= 15 else digits


def _refuse(word: str) -> None:
    raise InvalidError(f"{word} is no value of JSON. Leave the field out, or write null.")


def _field(path: Path) -> str:
    return f", field {'.'.join(map(str, path))}" if path else ""


def _lines(load: Caseload | Sequence[Case]) -> Iterator[str]:
    title = load.title if isinstance(load, Caseload) else ""
    if title:
        yield json.dumps({"agencygraph": VERSION, "caseload": title}, ensure_ascii=False) + "\n"
    for case in load:
        yield json.dumps({"agencygraph": VERSION, **record_of(case)}, ensure_ascii=False, separators=(",", ":")) + "\n"
