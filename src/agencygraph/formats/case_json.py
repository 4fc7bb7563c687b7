"""The case file for programs: the same record as in YAML, as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NoReturn

from agencygraph.errors import Path
from agencygraph.formats.source import Source
from agencygraph.formats.tree import MAX_DEPTH, MAX_VALUES, TOO_DEEP, TOO_MANY, VERSION, Fault, Tree, case_from, failure, twice
from agencygraph.model import Case
from agencygraph.model.record import record_of

_SIGN = re.compile(r'"(?:[^"\\\n]|\\.)*"|[{}\[\]:,\n]|[^\s{}\[\]:,"]+')
_HINTS = (
    ("Invalid control character", "a text runs over the end of its line. Close it, or write \\n for the line end."),
    ("Unterminated string", "a quotation mark is opened here and never closed. Close it."),
    ("Invalid \\", "a backslash within a text needs a partner. Write \\\\ for a backslash."),
    ("property name", 'the name of a field is missing. Write "field": value, in double quotes, and no comma after the last field.'),
    ("',' delimiter", "a comma is missing between two entries, or a bracket is not closed."),
    ("':' delimiter", 'a colon is missing. Write "field": value.'),
    ("Expecting value", "a value is missing, or is not JSON. Put text in double quotes, and no comma after the last entry."),
    ("Extra data", "something follows the end of the case. One file holds one case: remove the rest."),
)


def read_json(source: Source) -> Case:
    """Return the case that a JSON text describes, or one error with everything that is wrong with it, line by line.

    Raises
    ------
    FileError
        With the file, the line and the mending of every fault.

    Examples
    --------
    >>> read_json(Source("t.json", '{"agencygraph": 1, "age": 4, "actors": {"tina": "child"}}'))
    Case('Child, 4', collaboration, 1 actor, 0 ties)
    """
    return case_from(source.shown, read_tree(source), "'\"agencygraph\": 1'")


def write_json(case: Case) -> str:
    """Return a case as JSON; `read_json` gives back an equal case.

    Examples
    --------
    >>> print(write_json(Case.of(age=4)), end="")
    {
      "agencygraph": 1,
      "age": 4,
      "actors": {},
      "ties": []
    }
    """
    return json.dumps({"agencygraph": VERSION, **record_of(case)}, indent=2, ensure_ascii=False) + "\n"


def read_tree(source: Source) -> Tree:
    """Read the text of a JSON file, with the line of every value.

    Raises
    ------
    FileError
        Where the text is not JSON, is empty, or is nested too deep.
    """
    if not source.text.strip():
        raise failure(source.shown, [Fault(1, "the file is empty. Begin with {\"agencygraph\": 1, and the fields of a case.")])
    signs = _signs(source.text)
    if len(signs) > MAX_VALUES * 4:
        raise failure(source.shown, [Fault(1, TOO_MANY)])
    finder = _Finder(source.shown)
    for sign, following in zip(signs, [*signs, ("", 0)][1:], strict=True):
        finder.take(*sign, following[0])
    try:
        value = json.loads(source.text, parse_int=_whole, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        raise failure(source.shown, [_syntax(error)]) from None
    except _NoValueError as error:
        line = next((line for sign, line in signs if sign.startswith(str(error))), 1)
        raise failure(source.shown, [Fault(line, f"{error} is no value of JSON. Leave the field out, or write null.")]) from None
    return Tree(value, finder.lines, tuple(finder.faults))


def _syntax(error: json.JSONDecodeError) -> Fault:
    """Return what is wrong with the writing itself, in the same words whichever Python says it."""
    comma = re.compile(r",\s*[]}]").search(error.doc, len(error.doc[: error.pos].rstrip().rstrip(",")))
    if comma is not None and comma.start() <= error.pos <= comma.end():
        return Fault(error.doc.count("\n", 0, comma.start()) + 1, "there is a comma after the last entry. Remove it.")
    unknown = f"this is not JSON: {error.msg}. Compare the line with another case file."
    return Fault(error.lineno, next((hint for sign, hint in _HINTS if sign in error.msg), unknown))


class _NoValueError(Exception):
    """NaN or Infinity, which Python takes for JSON and other programs do not."""


def _refuse(word: str) -> NoReturn:
    raise _NoValueError(word)


def _whole(digits: str) -> int | str:
    """Return a whole number; one so long that no field can mean it stays text, which the checks of the case then refuse."""
    return int(digits) if len(digits) <= 15 else digits


def _signs(text: str) -> Sequence[tuple[str, int]]:
    """Return the words and signs of a JSON text, each with its line; texts keep their quotation marks."""
    found, line = [], 1
    for match in _SIGN.finditer(text):
        if match[0] == "\n":
            line += 1
        else:
            found.append((match[0], line))
    return found


@dataclass(slots=True)
class _Group:
    """A list or a group of fields that is still open; `seen` holds the line of each field, `at` counts the entries."""

    path: Path
    is_list: bool
    at: int = 0
    key: str | None = None
    seen: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class _Finder:
    """Finds the line of every value, and fields that stand twice. Whether the text is JSON at all is for others to judge."""

    shown: str
    lines: dict[Path, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    open: list[_Group] = field(default_factory=list)

    def take(self, sign: str, line: int, following: str) -> None:
        group = self.open[-1] if self.open else None
        if sign == ",":
            if group is not None:
                group.at += 1
        elif sign in ("]", "}"):
            self.open[-1:] = []
        elif group is not None and not group.is_list and following == ":":
            self._take_key(group, _unquoted(sign), line)
        elif sign != ":":
            path: Path = () if group is None else (*group.path, group.at if group.is_list else group.key or "")
            self.lines.setdefault(path, line)
            if sign in ("[", "{"):
                self.open.append(_Group(path, sign == "["))
            if len(self.open) > MAX_DEPTH:
                raise failure(self.shown, [Fault(line, TOO_DEEP)])

    def _take_key(self, group: _Group, key: str, line: int) -> None:
        if key in group.seen:
            self.faults.append(twice(key, line, group.seen[key]))
        group.seen.setdefault(key, line)
        group.key = key
        self.lines.setdefault((*group.path, key), line)


def _unquoted(sign: str) -> str:
    """Return what a quoted word says; a faulty one as it stands."""
    try:
        return str(json.loads(sign))
    except ValueError:
        return sign
