"""Write plain values as YAML that people read: blocks, sentences as they are, long texts in lines that fit a page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from agencygraph.formats.yaml_tree import misread
from agencygraph.model.words import is_slug

_WIDTH = 100
_APART = ("actors", "ties", "gaps", "teams", "chronology", "lineage", "plan", "places")
# Characters that a reader would lose, change or be misled by: controls, line ends of other alphabets, marks that turn the
# direction of writing, and the byte order mark.
_UNSEEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
_PLAIN = re.compile(r"""[^\s\-?:,\[\]{}#&*!|>'"%@`=<~.+](?:.*\S)?""")
_NUMBERISH = re.compile(r"[\d_][\d_.,:eExXoOa-fA-F+-]*")
_SHORT = {"\t": "\\t", "\n": "\\n", '"': '\\"', "\\": "\\\\"}


def yaml_text(record: Mapping[str, Any]) -> str:
    """Return a record as the text of a YAML file, its large groups set apart by blank lines."""
    lines: list[str] = []
    for key, value in record.items():
        if key in _APART:
            lines.append("")
        lines += _field(key, value, "")
    return "\n".join(lines) + "\n"


def _field(key: str, value: Any, pad: str) -> list[str]:
    head = f"{pad}{_word(key)}:"
    if isinstance(value, str):
        return _text(head, value, pad)
    if not isinstance(value, (dict, list)) or not value:
        return [f"{head} {_value(value)}"]
    row = _row(value)
    if row and len(head) + len(row) < _WIDTH:
        return [f"{head} {row}"]
    return [head, *(_fields(value, pad + "  ") if isinstance(value, dict) else _entries(value, pad + "  "))]


def _fields(group: Mapping[str, Any], pad: str) -> list[str]:
    return [line for key, value in group.items() for line in _field(key, value, pad)]


def _entries(entries: list[Any], pad: str) -> list[str]:
    """Return the lines of a list: a dash before each entry, the fields of a group below one another."""
    lines: list[str] = []
    for entry in entries:
        if isinstance(entry, str):
            lines += _text(f"{pad}-", entry, pad)
        elif isinstance(entry, dict):
            inner = _fields(entry, pad + "  ")
            lines += [f"{pad}- {inner[0].lstrip()}", *inner[1:]]
        else:
            lines.append(f"{pad}- {_row(entry)}")
    return lines


def _row(value: Any) -> str:
    """Return a list of ids or of numbers on one line, as in [manager, nurse]; nothing where the value is no such list."""
    if isinstance(value, list) and value and all(isinstance(item, (int, float)) and not isinstance(item, bool) for item in value):
        return f"[{', '.join(map(str, value))}]"
    if not isinstance(value, list) or not all(is_slug(item) for item in value):
        return ""
    return f"[{', '.join(_word(item) for item in value)}]"


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "{}" if value == {} else "[]" if value == [] else str(value)


def _text(head: str, text: str, pad: str) -> list[str]:
    """Return a text behind its field: on the line, or as a block where it has lines or would be too long for one."""
    inner = pad + "  "
    if not _UNSEEN.search(text) and text[:1].strip() and "\n" in text and not text.endswith("\n\n"):
        body = text.removesuffix("\n").split("\n")
        return [f"{head} {'|' if text.endswith(chr(10)) else '|-'}", *(inner + line if line else "" for line in body)]
    if not _UNSEEN.search(text) and text == text.strip() and len(head) + len(text) > _WIDTH:
        folded = _fold(text, _WIDTH - len(inner))
        if len(folded) > 1:
            return [f"{head} >-", *(inner + line for line in folded)]
    return [f"{head} {_word(text)}"]


def _fold(text: str, width: int) -> list[str]:
    """Break a text at single spaces, so that reading it back puts exactly one space between the lines."""
    lines = [""]
    for word in re.split(r"(?<=[^ ]) (?=[^\s])", text):
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}" if lines[-1] else word
    return lines


def _word(text: str) -> str:
    """Return a text on one line: plain where every reader of YAML takes it as it stands, else in quotes."""
    if not _UNSEEN.search(text) and "\n" not in text:
        safe = _PLAIN.fullmatch(text) and ": " not in text and " #" not in text and not text.endswith(":")
        if safe and not misread(text) and not _NUMBERISH.fullmatch(text) and text.lower() not in ("y", "n"):
            return text
        if '"' not in text and "\\" not in text:
            return f'"{text}"'
        return "'" + text.replace("'", "''") + "'"
    return '"' + re.sub(f'{_UNSEEN.pattern}|[\\n"\\\\]', lambda found: _escape(found[0]), text) + '"'


def _escape(character: str) -> str:
    return _SHORT.get(character) or (f"\\x{ord(character):02X}" if ord(character) < 256 else f"\\u{ord(character):04X}")
