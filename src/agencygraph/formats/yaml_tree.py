"""Read YAML into a tree: plain values and their lines, with everything refused that would surprise the person who wrote it.

The file is taken event by event, so that an alias is refused before it could unfold and depth is counted before it costs.
What YAML 1.1 reads as something else than was written (``no``, 012, 1:30) is a fault, not a value.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NoReturn

import yaml

from agencygraph.errors import Path
from agencygraph.formats.source import Source
from agencygraph.formats.tree import MAX_DEPTH, MAX_VALUES, TOO_DEEP, TOO_MANY, Fault, Tree, failure, twice

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TRUE, _FALSE = ("yes", "on", "true"), ("no", "off", "false")
_WORDS = {**dict.fromkeys(_TRUE, "true"), **dict.fromkeys(_FALSE, "false"), "null": "nothing"}
_NUMBERS = (
    (re.compile(r"[-+]?0b[01_]+|[-+]?0x[0-9a-fA-F_]+|[-+]?0[0-7_]+"), "a number in base 2, 8 or 16"),
    (re.compile(r"[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?"), "a number in base sixty"),
    (re.compile(r"[-+]?(?:0|[1-9][0-9_]*)"), "a number"),
    (re.compile(r"[-+]?(?:[0-9][0-9_]*\.[0-9_]*|\.[0-9][0-9_]*)(?:[eE][-+][0-9]+)?"), "a number"),
    (re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"), "a number"),
    (re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt \t].*)?"), "a date"),
)
_PLAIN_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})")
_DECIMAL = re.compile(r"(?:0|[1-9][0-9]{0,5})(?:\.[0-9]{1,6})?")
Takes = Callable[[Path], str]
_COLUMN = "Let the fields of one group begin in the same column"
_HINTS = (
    ("mapping values", "there is a colon where none can stand. Put quotes round a text that holds a colon, as in "
                       f'label: "Team: north"; put a space behind the colon of each field above. {_COLUMN}.'),
    ("end of stream", "a quotation mark is opened here and never closed. Close it; within single quotes, double an apostrophe."),
    ("',' or ']'", "a list is opened here with [ and not closed. Put a comma between its entries and ] at its end."),
    ("',' or '}'", "a group is opened here with { and not closed. Put a comma between its fields and } at its end."),
    ("alphabetic or numeric", "a text cannot begin with * or &. Put quotes round it."),
    ("incompatible YAML", "the version of YAML is not known here. Remove the line that begins with %."),
    ("cannot start any token", "a word cannot begin with this character. Put quotes round the text."),
    ("expected '-'", "the lines of this list do not fit together. Begin each entry with a dash, all in the same column."),
    ("expected <block end>", f"this line does not fit the ones above. {_COLUMN}."),
    ("expected key", f"this line does not fit the ones above. {_COLUMN}; what begins with a quotation mark must end with it."),
    ("find expected ':'", "a colon is missing, or the line stands too far left. Write 'field: value'."),
    ("maximum nesting", TOO_DEEP),  # newer parsers give up by themselves, before they tell of any bracket
    ("escape character", "a backslash within double quotes needs a partner. Write \\\\, or use single quotes."),
)
_FOREIGN = "which a case file does not take. Remove it, or put quotes round a text that begins with"


def misread(text: str) -> str:
    """Return what YAML 1.1 takes an unquoted word for ("false", "a date"), or nothing where it stays text."""
    word = text.lower()
    if word in _WORDS and text in (word, word.capitalize(), word.upper()):
        return _WORDS[word]
    return next((what for shape, what in _NUMBERS if shape.fullmatch(text)), "")


def read_tree(source: Source, takes: Takes | None = None) -> Tree:
    """Read the text of a YAML file; `takes` says what each field holds (flag, number, decimal, date or text), by its path.

    Left out, the fields are those of a case.

    Raises
    ------
    FileError
        Where the text is not YAML, is empty, holds several documents, aliases or tags, or is nested too deep.
    """
    if not source.text.strip():
        raise failure(source.shown, [Fault(1, "the file is empty. Begin with 'agencygraph: 1'.")])
    grower = _Grower(source.shown, takes or _takes)
    try:
        for event in yaml.parse(source.text, Loader=_LOADER):
            grower.take(event)
    except yaml.MarkedYAMLError as error:
        raise failure(source.shown, [*grower.faults, _syntax(error, source.text)]) from None
    except yaml.YAMLError:
        raise failure(source.shown, [*grower.faults, Fault(1, "the file is not YAML. Is it the right file?")]) from None
    if not grower.documents:
        raise failure(source.shown, [Fault(1, "the file holds only comments. Add 'agencygraph: 1' and the fields of a case.")])
    return Tree(grower.root, grower.lines, tuple(grower.faults))


@dataclass(slots=True)
class _Group:
    """A list or a group of fields that is still being read; `key` is the field whose value comes next."""

    path: Path
    values: Any
    key: str | None = None
    skips: bool = False


@dataclass(slots=True)
class _Grower:
    """Grows the tree, event by event."""

    shown: str
    takes: Takes
    root: Any = None
    lines: dict[Path, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    documents: int = 0
    count: int = 0
    open: list[_Group] = field(default_factory=list)

    def take(self, event: Any) -> None:
        line = event.start_mark.line + 1
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self._stop(line, "a second document begins here (---). One file holds one case: put the rest in a file of its own.")
        if isinstance(event, yaml.CollectionEndEvent):
            self.open.pop()
        elif isinstance(event, yaml.NodeEvent):
            self._refuse(event, line)
            if isinstance(event, yaml.ScalarEvent):
                self._take_word(event, line)
            else:
                self._take_group({} if isinstance(event, yaml.MappingStartEvent) else [], line)

    def _stop(self, line: int, message: str) -> NoReturn:
        raise failure(self.shown, [*self.faults, Fault(line, message)])

    def _refuse(self, event: Any, line: int) -> None:
        """Refuse aliases, anchors and tags: nothing in a case needs them, and they can make a small file unfold into a huge one."""
        if isinstance(event, yaml.AliasEvent):
            self._stop(line, f"*{event.anchor} is an alias, {_FOREIGN} *.")
        if event.anchor is not None:
            self._stop(line, f"&{event.anchor} is an anchor, {_FOREIGN} &.")
        if event.tag is not None:
            self._stop(line, f"{event.tag.replace('tag:yaml.org,2002:', '!!')} is a tag, {_FOREIGN} !.")
        self.count += 1
        if self.count > MAX_VALUES:
            self._stop(line, TOO_MANY)

    def _take_group(self, values: Any, line: int) -> None:
        if len(self.open) >= MAX_DEPTH:
            self._stop(line, TOO_DEEP)
        group = self.open[-1] if self.open else None
        if group is not None and isinstance(group.values, dict) and group.key is None:
            self._stop(line, "a list or a group stands where the name of a field should. Write 'field: value'; put quotes round a "
                             "text that begins with [, { or ?.")
        path, skips = self._put(values, line)
        self.open.append(_Group(path, values, skips=skips))

    def _take_word(self, event: Any, line: int) -> None:
        group = self.open[-1] if self.open else None
        if group is not None and isinstance(group.values, dict) and group.key is None:
            group.key = event.value
            self._check_key(group, event, line)
        else:
            self._put(event, line)

    def _check_key(self, group: _Group, event: Any, line: int) -> None:
        path = (*group.path, event.value)
        first = self.lines.get(path)
        if event.value in group.values and first is not None and not group.skips:
            self.faults.append(twice(event.value, line, first))
        elif not group.skips:
            self.lines[path] = line
        named = group.path in (("actors",), ("lineage", "became"))
        if named and event.implicit[0] and event.value.lower() in _WORDS and misread(event.value):
            self.faults.append(_trap("the id", event.value, line, path, "text"))

    def _put(self, value: Any, line: int) -> tuple[Path, bool]:
        """Put a value in its place and return its path, and whether it is a second one that does not count."""
        if not self.open:
            self.root, self.lines[()] = self._plain(value, (), line), line
            return (), False
        group = self.open[-1]
        if isinstance(group.values, list):
            path: Path = (*group.path, len(group.values))
            group.values.append(self._plain(value, path, line))
            skips = group.skips
        else:
            key, group.key = str(group.key), None
            path, skips = (*group.path, key), group.skips or key in group.values
            if not skips:
                group.values[key] = self._plain(value, path, line)
        if not skips:
            self.lines.setdefault(path, line)
        return path, skips

    def _plain(self, value: Any, path: Path, line: int) -> Any:
        """Return the value that a word stands for at its place in a case."""
        if isinstance(value, (dict, list)):
            return value
        if not value.implicit[0]:
            return value.value
        return None if value.value in ("", "~") else self._judge(value.value, path, line)

    def _judge(self, word: str, path: Path, line: int) -> Any:
        """Return what an unquoted word means at its place; where YAML would make something else of it, note a fault."""
        what, takes = misread(word), self.takes(path)
        if takes == "flag" and what in ("true", "false"):
            return what == "true"
        if takes == "number" and _PLAIN_NUMBER.fullmatch(word):
            return int(word)
        if takes == "decimal" and _DECIMAL.fullmatch(word):
            return float(word)
        if not what or takes == "date" or path == ("agencygraph",):
            return word
        name = str(path[-1]) if path and isinstance(path[-1], str) else "the text"
        self.faults.append(_trap(name, word, line, path, takes))
        # What the word would say of somebody else is no second fault.
        return None if takes in ("number", "decimal") or name in ("lead", "based_at", "host") else word


def _trap(name: str, word: str, line: int, path: Path, takes: str) -> Fault:
    """Return the fault of a word that YAML takes for something else."""
    shown = word if len(word) <= 40 else f"{word[:40]}..."
    if takes in ("number", "decimal"):
        return Fault(line, f"{name} is written {shown}, which YAML reads as {misread(word)}. Write a whole number: 9.", path)
    cure = f'Put quotes round it: "{shown}".'
    return Fault(line, f"{name} is written {shown}, which YAML reads as {misread(word)} and not as text. {cure}", path)


def _takes(path: Path) -> str:
    """Say what the field at a path takes: flag, number, date or text."""
    top, last = (path[0], path[-1]) if path else ("", "")
    if path == ("names_published",) or (len(path) == 3 and (top, last) in (("actors", "lead"), ("plan", "suggested"))):
        return "flag"
    if path in (("age",), ("agencygraph",)) or (top == "chronology" and len(path) == 3 and last == "seq"):
        return "number"
    if top == "places" and len(path) == 3:
        return "decimal"
    if path == ("agreed_on",) or (len(path) == 3 and (top, last) in (("chronology", "when"), ("plan", "due"))):
        return "date"
    return "text"


def _syntax(error: yaml.MarkedYAMLError, text: str) -> Fault:
    """Return what is wrong with the writing itself, in words for people."""
    mark = error.problem_mark or error.context_mark
    at = mark.line if mark is not None else 0
    rows = text.split("\n")
    row = rows[at] if at < len(rows) else ""
    if "\t" in row[: len(row) - len(row.lstrip())]:
        return Fault(at + 1, "the line begins with a tab, which YAML does not take. Put two spaces in place of each tab.")
    problem = error.problem or "it cannot be read"
    opened = ("end of stream", "',' or", "find expected ':'")
    if error.context_mark is not None and any(sign in problem for sign in opened):
        at = error.context_mark.line
    unknown = f"this is not YAML: {problem}. Compare the line with another case file."
    hint = next((hint for sign, hint in _HINTS if sign in problem), unknown)
    return Fault(min(at, len(text.rstrip().split("\n")) - 1) + 1, hint)
