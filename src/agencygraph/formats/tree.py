"""Tree: what a file says, and on which line it says it; and the case that comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from agencygraph.errors import FileError, InvalidError, Path, Problem
from agencygraph.model import Case
from agencygraph.model.record import case_of
from agencygraph.model.words import quote

VERSION = 1
MAX_DEPTH = 12
MAX_VALUES = 20_000
TOO_DEEP = f"the file is nested more than {MAX_DEPTH} deep. Close the brackets above, or move the lines to the left."
TOO_MANY = f"the file holds more than {MAX_VALUES:,} words and values, far more than the map of one child. Is it the right file?"


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with a file, found while reading it: where, and what to do."""

    line: int
    message: str
    path: Path = ()


@dataclass(frozen=True, slots=True)
class Tree:
    """The plain values of a file with the line of each, and what was wrong with the file as such."""

    value: Any
    lines: Mapping[Path, int]
    faults: tuple[Fault, ...] = ()

    def line(self, path: Path) -> int:
        """Return the line of a value, or of the nearest value that holds it."""
        while path not in self.lines and path:
            path = path[:-1]
        return self.lines.get(path, 1)


def failure(shown: str, faults: list[Fault] | tuple[Fault, ...]) -> FileError:
    """Return one error that names the file and the line of every fault, in the order of the lines."""
    ordered = sorted(dict.fromkeys(faults), key=lambda fault: fault.line)
    return FileError([Problem(f"{shown} line {fault.line}: {fault.message}", fault.path) for fault in ordered])


def twice(key: str, line: int, first: int) -> Fault:
    """Return the fault of a field that stands twice in one group."""
    return Fault(line, f"{quote(key)} stands here and already on line {first}; the second would count for nothing. Keep one.")


def case_from(shown: str, tree: Tree, how: str) -> Case:
    """Build the case that a tree describes.

    `how` is the version field as the format writes it, for the sentence that tells a person to add it.

    Raises
    ------
    FileError
        With everything that is wrong with the file, each fault with its line.
    """
    if not isinstance(tree.value, dict):
        what = "a list" if isinstance(tree.value, list) else "a single word or text" if tree.value is not None else "nothing"
        raise failure(shown, [*tree.faults, Fault(tree.line(()), f"the file holds {what}, not a case. Begin with {how} and "
                                                  "then the fields of a case: name, actors, ties.")])
    record = {key: value for key, value in tree.value.items() if key != "agencygraph"}
    faults = [*tree.faults, *_version(shown, tree, how)]
    try:
        case = case_of(record)
    except InvalidError as error:
        found = [Fault(tree.line(problem.path), problem.message, problem.path) for problem in error.problems]
        told = {fault.path for fault in found}
        raise failure(shown, [*(fault for fault in faults if fault.path not in told or not fault.path), *found]) from None
    if faults:
        raise failure(shown, faults)
    return case


def _version(shown: str, tree: Tree, how: str) -> list[Fault]:
    """Check the version field. Of a file that is newer than the library nothing else can be said."""
    if "agencygraph" not in tree.value:
        return [Fault(tree.line(()), f"the version is missing. Add {how} as the first line.")]
    value, line = tree.value["agencygraph"], tree.line(("agencygraph",))
    if value is VERSION or (type(value) is int and value == VERSION):
        return []
    if type(value) is int and value > VERSION:
        raise failure(shown, [Fault(line, f"the file is of version {value}, made by a newer agencygraph; this one reads version "
                                          f"{VERSION}. Update it: pip install --upgrade agencygraph")])
    return [Fault(line, f"the version is {quote(value)}, which there is not. Write {how}.")]
