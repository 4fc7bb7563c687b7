"""The JSON Schema of the case file, for editors that suggest fields and mark mistakes while one types.

The schema says what fields there are and what each takes. What needs the whole case (is everybody named in a tie also an actor?)
only `read` can say.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from agencygraph.formats.tree import VERSION
from agencygraph.model import words
from agencygraph.model.chronology import WAYS
from agencygraph.model.places import FARTHEST
from agencygraph.model.plan import CONSENSUS, THEMES
from agencygraph.model.record import (
    ACTOR_FIELDS,
    CASE_FIELDS,
    EVENT_FIELDS,
    GAP_FIELDS,
    LINEAGE_FIELDS,
    QUESTION_FIELDS,
    TEAM_FIELDS,
    TIE_FIELDS,
)

Schema = dict[str, Any]

_END = r"[A-Za-z0-9_]+"
_TEXT: Schema = {"type": ["string", "null"]}
_LINE: Schema = {"type": ["string", "null"], "maxLength": 200, "pattern": r"^[^\n\t]*$"}
_FLAG: Schema = {"type": ["boolean", "null"]}
_ID: Schema = {"type": "string", "pattern": r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$", "maxLength": 60}
_NO_ID: Schema = {"enum": ["", None]}
_MAY_ID: Schema = {"anyOf": [_ID, _NO_ID]}
_IDS: Schema = {"type": ["array", "null"], "items": _ID}
_DATE: Schema = {"anyOf": [{"type": "string", "pattern": r"^\s*[0-9]{4}(-[0-9]{1,2}(-[0-9]{1,2})?)?\s*$"},
                           {"type": "integer", "minimum": 1, "maximum": 9999}, {"type": "null"}]}  # fmt: skip
_NOTE: Schema = {**_TEXT, "description": "Private remark."}
_EVIDENCE: Schema = {**_TEXT, "description": "Where it is written down: minutes, a page."}
_LAYER: Schema = {**_LINE, "description": "Which account of the case, where a file holds more than one."}
_TEXTS: Schema = {"anyOf": [{"type": "array", "items": {"type": "string"}}, _TEXT]}


def schema() -> Schema:
    """Return the JSON Schema (draft 2020-12) of a case file, made from the words of the model.

    Returns
    -------
    dict
        The schema, to be written as JSON.

    Examples
    --------
    >>> schema()["properties"]["arrangement"]["enum"]
    ['collaboration', 'integration', None]
    """
    fields = {"agencygraph": {"const": VERSION, "description": "The version of the case file."}, **_case_fields()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Case file of agencygraph", "type": "object",
        "required": ["agencygraph"], "properties": fields, "additionalProperties": False,
    }  # fmt: skip


def schema_text() -> str:
    """Return the schema as the text of the file that is shipped beside this module, ``case.schema.json``.

    Returns
    -------
    str
        JSON, indented.

    Examples
    --------
    >>> schema_text().splitlines()[2]
    '  "title": "Case file of agencygraph",'
    """
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def _case_fields() -> Schema:
    parts: Schema = {
        "name": _said(_LINE, "Private: what you call the case. No output shows it."),
        "title": _said(_LINE, "Public heading of maps and tables."),
        "age": {"type": ["integer", "null"], "minimum": 0, "maximum": 25, "description": "The child's age in whole years."},
        "complexity": _said(_LINE, "A label of your own, such as modest, significant, complex."),
        "situation": _said(_LINE, "A label of your own, such as crisis, ticking clock, dripping tap."),
        "arrangement": _choice(words.ARRANGEMENTS, "Separate agencies, or one team."),
        "names_published": _said(_FLAG, "True only where the names are published pseudonyms."),
        "agreed_on": _said(_DATE, "When the map was agreed: 2004, 2004-02 or 2004-02-14."),
        "informants": _said(_TEXTS, "Who agreed the map: roles rather than names."),
        "source": _said(_TEXT, "Where the map comes from."),
        "description": _said(_TEXT, "A brief description of the case."),
        "history": _said(_TEXT, "What has happened so far."),
        "key_issues": _said(_TEXTS, "The key issues, one by one."),
        "proposals": _said(_TEXTS, "Proposals for change, one by one."),
        "other_information": _said(_TEXT, "Sensitive and unsubstantiated: no output shows it unless it is asked for by name."),
        "actors": _group(_said({"type": ["object", "null"], "propertyNames": _ID}, "Who is there, by id."), _actor()),
        "ties": _listed(_sentence(rf"{_END}\s*[?~]?(<[-=]>?|[-=]>)\s*{_END}", "tie", _tie()),
                        "Who tells whom: school => social_services (critical), nurse <-> school (peripheral, both ways)."),
        "gaps": _listed(_sentence(rf"{_END}\s*!>\s*{_END}", "gap", {"note": _NOTE}),
                        "Links that should exist: school !> family_centre."),
        "teams": _listed(_object(TEAM_FIELDS, _team(), ("name", "members")), "Who works as one body."),
        "chronology": _listed(_object(EVENT_FIELDS, _event(), ("when", "senders")), "What was passed on, and when."),
        "lineage": _said({**_object(LINEAGE_FIELDS, _lineage(), ()), "type": ["object", "null"]},
                         "Who of an earlier map became whom."),
        "places": _group(_said({"type": ["object", "null"], "propertyNames": _ID}, "Where people stand on the map: x, y."),
                         {"type": "array", "items": {"type": "number", "minimum": 0, "maximum": FARTHEST}, "minItems": 2,
                          "maxItems": 2}),
        "plan": _listed(_object(QUESTION_FIELDS, _question(), ("theme", "text")), "What the group asks of the map, and will do."),
    }
    return {field: parts[field] for field in CASE_FIELDS}


def _actor() -> Schema:
    kinds = [*words.KINDS, *words.KIND_ALIASES]
    fields: Schema = {
        "kind": {"enum": kinds, "description": "What the actor is."}, "label": _said(_LINE, "The public words on the map."),
        "name": _said(_LINE, "Private: no output shows it unless names are asked for."),
        "agency": _said(_LINE, "The organisation that a practitioner works for."),
        "sector": {**_LINE, "examples": [*words.SECTORS], "description": f"{', '.join(words.SECTORS)}, or a label of your own."},
        "based_at": _said(_MAY_ID, "The id of the actor at whose place this one works."),
        "lead": _said(_FLAG, "True for the lead practitioner or lead agency."), "note": _NOTE,
        "layer": _LAYER,
    }  # fmt: skip
    return {"anyOf": [{"enum": kinds}, _object(ACTOR_FIELDS, fields, ("kind",))]}


def _tie() -> Schema:
    basis = _choice(words.BASES, "How the tie is known.")
    return {"basis": basis, "note": _NOTE, "evidence": _EVIDENCE, "reported_by": _said(_LINE, "Private: who said so."),
            "layer": _LAYER}  # fmt: skip


def _team() -> Schema:
    members = {"type": "array", "items": _ID, "minItems": 1, "uniqueItems": True}
    name = {**_LINE, "type": "string", "minLength": 1}
    return {"name": _said(name, "Public words on the map."), "members": _said(members, "Who works in it: ids, each once."),
            "lead": _said(_MAY_ID, "The member who leads it."),
            "host": _said(_MAY_ID, "At whose place it sits; not a member.")}  # fmt: skip


def _event() -> Schema:
    who = {"anyOf": [_ID, _IDS]}
    seq = {"type": ["integer", "null"], "minimum": -(10**9), "maximum": 10**9}
    return {"when": _said(_DATE, "As exact as it is known: 2004, 2004-02 or 2004-02-14."),
            "senders": _said(who, "Who told: ids. In a meeting, everybody."), "receivers": _said(who, "Who was told: ids."),
            "seq": _said(seq, "Orders events of the same date."), "way": _choice(WAYS, "Who told whom."), "note": _NOTE,
            "evidence": _EVIDENCE}  # fmt: skip


def _question() -> Schema:
    return {"theme": {"enum": [*THEMES], "description": "What it is about."},
            "text": {"type": "string", "minLength": 1, "description": "The question."},
            "proposals": _said(_TEXTS, "What could be done, one by one."),
            "owner": _said(_LINE, "Who sees to it: a role rather than a name."),
            "due": _said(_DATE, "By when: 2024, 2024-05 or 2024-05-31."),
            "consensus": _choice(CONSENSUS, "Agreed with ease, or touching somebody's role."),
            "suggested": _said(_FLAG, "True where no group has taken it on yet."),
            "evidence": _said(_TEXT, "What it rests on: ties, a section, a minute.")}  # fmt: skip


def _lineage() -> Schema:
    pairs = {"type": "array", "items": {"type": "array", "items": _ID, "minItems": 2, "maxItems": 2}}
    by_id = {"type": "object", "propertyNames": _ID, "additionalProperties": {"anyOf": [_ID, {"type": "array", "items": _ID}]}}
    return {"became": _said({"anyOf": [by_id, pairs, {"type": "null"}]}, "Earlier ids and the later ones that they became."),
            "joined": _said(_IDS, "Later ids of those who are new."),
            "left": _said(_IDS, "Earlier ids of those who became nobody.")}  # fmt: skip


def _sentence(pattern: str, key: str, fields: Schema) -> Schema:
    """Return what a tie or a gap may be: its sentence, or the sentence with further fields."""
    sentence: Schema = {"type": "string", "pattern": rf"^\s*{pattern}\s*$"}
    order = TIE_FIELDS if key == "tie" else GAP_FIELDS
    return {"anyOf": [sentence, _object(order, {key: _said(sentence, f"The {key} as a sentence."), **fields}, (key,))]}


def _object(order: Sequence[str], fields: Schema, required: Sequence[str]) -> Schema:
    return {"type": "object", "required": [*required], "properties": {name: fields[name] for name in order},
            "additionalProperties": False}  # fmt: skip


def _group(group: Schema, values: Schema) -> Schema:
    return {**group, "additionalProperties": values}


def _listed(items: Schema, description: str) -> Schema:
    return {"type": ["array", "null"], "items": items, "description": description}


def _choice(allowed: Sequence[str], description: str) -> Schema:
    return {"enum": [*allowed, None], "description": description}


def _said(part: Schema, description: str) -> Schema:
    return {**part, "description": description}
