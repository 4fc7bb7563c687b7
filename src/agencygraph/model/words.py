"""The words a case is written in: kinds of actor, strengths, statuses, and the checks on single fields."""

from __future__ import annotations

import re
import reprlib
from collections.abc import Mapping
from typing import Any

from agencygraph.errors import Problem, did_you_mean

KINDS = ("child", "parent", "carer", "family", "school", "agency", "practitioner")
FAMILY_KINDS = ("child", "parent", "family")
STRENGTHS = ("critical", "peripheral")
STATUSES = ("agreed", "disputed", "unknown")
BASES = ("", "stated", "part-stated", "inferred")
ARRANGEMENTS = ("collaboration", "integration")
SECTORS = ("education", "social care", "health", "police and justice", "community")

KIND_ALIASES = {"professional": "practitioner", "sibling": "family", "relative": "family", "foster carer": "carer"}
SECTOR_ALIASES = {
    "police": "police and justice",
    "justice": "police and justice",
    "voluntary": "community",
    "community and voluntary": "community",
    "social services": "social care",
}

# Numbers that join a child's records across services must never enter a case map: it would stop being pseudonymous.
REFUSED_FIELDS = {
    "nhsnumber": "an NHS number",
    "nhsno": "an NHS number",
    "nhs": "an NHS number",
    "upn": "a unique pupil number (UPN)",
    "uniquepupilnumber": "a unique pupil number (UPN)",
    "singleuniqueidentifier": "a single unique identifier",
    "uniqueidentifier": "a single unique identifier",
    "sui": "a single unique identifier",
}

_SLUG = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")


def is_slug(text: object) -> bool:
    """Say whether a text may serve as an id: small letters, figures and single underscores, a letter first."""
    return isinstance(text, str) and len(text) <= 60 and _SLUG.fullmatch(text) is not None


def slug_of(text: str) -> str:
    """Return the id nearest to a text: "School nurse" gives "school_nurse"."""
    plain = re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")
    return (plain if plain[:1].isalpha() else f"a_{plain}".strip("_"))[:60].strip("_")


def check_id(value: object, field: str) -> list[Problem]:
    """Check an id; the answer is empty where all is well."""
    if is_slug(value):
        return []
    hint = f" Write '{slug_of(value)}'." if isinstance(value, str) and value.strip() else ""
    if isinstance(value, bool):
        hint = " YAML reads the words yes, no, on and off as true and false: put quotes round an id, or choose another."
    message = f"{quote(value)} cannot be an id: use small letters, figures and underscores, beginning with a letter.{hint}"
    return [Problem(message, (field,))]


def check_word(value: object, field: str, allowed: tuple[str, ...]) -> list[Problem]:
    """Check a field that takes one of a few words."""
    if isinstance(value, str) and value in allowed:
        return []
    known = [word for word in allowed if word]
    hint = did_you_mean(value, known) if isinstance(value, str) else ""
    return [Problem(f"{field} is {quote(value)}; it must be one of {', '.join(known)}.{hint}", (field,))]


def check_text(value: object, field: str, *, lines: bool = False) -> list[Problem]:
    """Check a field that takes text: one line of at most 200 characters, or many where `lines` is set."""
    if not isinstance(value, str):
        return [Problem(f"{field} is {quote(value)}, which is {kind_of(value)}; it must be text (put quotes round it).", (field,))]
    if any((ord(c) < 32 and c not in "\n\t") or c in "\x7f\ufffe\uffff" or "\ud800" <= c <= "\udfff" for c in value):
        return [Problem(f"{field} holds a control character; remove it.", (field,))]
    if not lines and ("\n" in value or "\t" in value):
        return [Problem(f"{field} must be one line of text.", (field,))]
    if not lines and len(value) > 200:
        return [Problem(f"{field} is {len(value)} characters long; 200 is the most.", (field,))]
    return []


def check_flag(value: object, field: str) -> list[Problem]:
    """Check a field that is true or false."""
    if isinstance(value, bool):
        return []
    return [Problem(f"{field} is {quote(value)}; it must be true or false.", (field,))]


def check_keys(record: Mapping[Any, Any], known: tuple[str, ...], what: str) -> list[Problem]:
    """Check that a record has only the fields it may have, and none that the library refuses to hold."""
    problems = []
    for key in record:
        refused = REFUSED_FIELDS.get(re.sub(r"[^a-z]", "", str(key).lower()))
        if refused:
            problems.append(Problem(f"{quote(key)} looks like {refused}. A case map never holds one: it would tie the map to the "
                                    "child's records. Remove the field and keep the number in your own case system.", (key,)))
        elif key not in known:
            problems.append(Problem(f"{quote(key)} is not a field of {what}.{did_you_mean(str(key), known)}", (key,)))
    return problems


def quote(value: object) -> str:
    """Return a value as an error shows it: in quotes, on one line, and cut where it is long."""
    if isinstance(value, str):
        return repr(value) if len(value) <= 80 else f"{value[:80]!r}..."
    return reprlib.repr(value)


def kind_of(value: object) -> str:
    """Return what a value is, in words for people."""
    names = {bool: "true or false", int: "a number", float: "a number", list: "a list", tuple: "a list", dict: "a group of fields"}
    return "empty" if value is None else names.get(type(value), f"a {type(value).__name__}")
