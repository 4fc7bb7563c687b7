"""Write docs/fields.md: every field of a case, what it takes, and where it stands in each kind of file.

    python tools/fields.py

All of it comes from the JSON Schema, the model, the tables and the workbook; a test holds that the page is up to date and that its
example is a case that uses every field.
"""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from agencygraph.formats import workbook
from agencygraph.formats.case_csv import COLUMNS, JSON, PLACE, TEAM, TIE
from agencygraph.formats.case_yaml import read_yaml
from agencygraph.formats.json_schema import schema
from agencygraph.formats.source import CASE_LIMIT, Source
from agencygraph.model import Actor, Case, Event, Gap, Lineage, Question, Team, Tie
from agencygraph.model.record import record_of

PAGE = Path(__file__).parent.parent / "docs" / "fields.md"
Part = Mapping[str, Any]

EXAMPLE = """\
agencygraph: 1
name: Rose
title: Case 3, spring audit
age: 9
complexity: significant
situation: ticking clock
arrangement: integration
names_published: true
agreed_on: 2004-02
informants: [Head teacher, SENCO]
source: meeting of the school and social services
description: Two services knew of the bruises; the school did not.
history: In May a neighbour rang the police.
key_issues: [Replies to referrals came slowly.]
proposals: [Review the work together.]
other_information: A neighbour suspects an uncle.
actors:
  rose: child
  mother: {kind: parent, name: Ann Hill}
  school: {kind: school, label: Primary school}
  nurse: {kind: practitioner, label: School nurse, agency: NHS trust, sector: health, based_at: school, note: on Tuesdays}
  manager: {kind: practitioner, label: Team manager, lead: true, layer: narrative}
ties:
  - rose <=> mother
  - {tie: nurse -> school, basis: stated, evidence: "minutes of 3 March, item 4", reported_by: Head teacher, note: by letter}
  - {tie: manager <=> rose, layer: narrative}
gaps:
  - {gap: mother !> nurse, note: She was not told of the clinic.}
teams:
  - {name: Practitioner team, members: [manager, nurse], lead: manager, host: school}
chronology:
  - {when: 2004-02-14, senders: [nurse], receivers: [manager], seq: 1, way: two-way, note: by telephone, evidence: her diary}
lineage:
  became: {social_services: manager}
  joined: [nurse]
  left: [nspcc]
plan:
  - theme: joint working
    text: How does the school learn what became of its news?
    proposals: [A call every Friday]
    owner: Team manager
    due: 2004-05
    consensus: ready
    suggested: true
    evidence: School nurse → Primary school
places: {school: [387, 200]}
"""

INTRO = """\
# Every field

What a case can hold, field by field. [The file format](file-format.md) tells the same as a story, with examples to copy. Under
*left out* stands what is taken where the field is missing; a dash means that it must be there wherever its group is.

This page is written by `tools/fields.py` from the library itself.
"""

IDS = """\
## Ids

An id takes small letters, figures and single underscores, a letter first, at most 60 characters. It may hold a name: no output
shows it. An id that is named anywhere must be that of an actor of the case, but for earlier ids of a lineage.
"""

# Group: its heading, what it is in a case file, the value that holds its defaults, and what fills the same in tables and workbook.
GROUPS: tuple[tuple[str, str, str, type], ...] = (
    ("The case", "", "Fields at the left margin of a case file.", Case),
    ("An actor", "actors", "Under `actors`, each beneath its id; a kind alone may stand in place of the group.", Actor),
    ("A tie", "ties", "Under `ties`, each a sentence or a group of fields.", Tie),
    ("A gap", "gaps", "Under `gaps`, each a sentence or a group of fields.", Gap),
    ("A team", "teams", "Under `teams`, each a group of fields.", Team),
    ("An event", "chronology", "Under `chronology`, each a group of fields.", Event),
    ("The lineage", "lineage", "Under `lineage`, one group of fields.", Lineage),
    ("A question of the plan", "plan", "Under `plan`, each a group of fields.", Question),
)
TABLES = {"": "cases.csv", "actors": "actors.csv", "ties": "ties.csv"}
IN_TEAM = {"name": TEAM[0], "members": TEAM[0], "lead": TEAM[1], "host": TEAM[2]}
# Several of what one field takes, in words.
_MANY = {"text of any length": "a list of texts", "an id": "a list of ids", "a list of ids": "a list of pairs of ids",
         "a sentence; a group of fields": "a list of sentences or groups of fields",
         "a group of fields": "a list of groups of fields",
         "a number, 0 to 20,000": "two numbers, 0 to 20,000"}
PARTS = {"actors": "all of `actors.csv`", "ties": "rows of `ties.csv`", "gaps": "rows of `ties.csv`",
         "teams": "columns of `actors.csv`", "places": f"`{PLACE[0]}`, `{PLACE[1]}` of `actors.csv`",
         "agencygraph": "`agencygraph`"}
SENTENCE = ("source", "target", *TIE[:3])


def page() -> str:
    """Return the page."""
    parts = [INTRO]
    for heading, field, where, kind in GROUPS:
        properties, required = _object(field)
        parts += [f"## {heading}\n\n{where}\n", "| field | what it is, and takes | left out | example | in tables; in a workbook |",
                  "|---|---|---|---|---|"]
        parts += ["| " + " | ".join(_row(field, name, one, kind, name in required)) + " |" for name, one in properties.items()]
        parts.append("")
    limit = f"A case file may have {CASE_LIMIT // 1_000_000} MB; see [limits](file-format.md#limits)."
    parts += [IDS, "## Columns of the tables\n", *_columns(), "", f"## An example with every field\n\n{limit}\n",
              f"```yaml\n{EXAMPLE}```"]
    return "\n".join(parts) + "\n"


def _object(field: str) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return the fields of a group, and those that it must have."""
    whole = schema()
    part = whole["properties"][field] if field else whole
    part = part.get("items", part.get("additionalProperties") or part)
    part = next((one for one in part.get("anyOf", ()) if one.get("properties")), part)
    return part["properties"], tuple(part["required"])


def _row(group: str, name: str, part: Part, kind: type, is_required: bool) -> Iterator[str]:
    yield f"`{name}`"
    is_actors = (group, name) == ("", "actors")
    takes = "a group by id: a kind, or a group of fields" if is_actors else "; ".join(dict.fromkeys(_takes(part)))
    yield f"{part['description']} *Takes {takes}.*"
    yield "-" if is_required else _default(kind, name)
    yield "below" if not group and name in ("actors", *(one[1] for one in GROUPS[2:])) else f"`{_example(group, name)}`"
    yield "; ".join(dict.fromkeys((_in_tables(group, name), _in_workbook(group, name))))


def _takes(part: Part) -> Iterator[str]:
    """Say what a field takes, and its limits."""
    for one in part.get("anyOf", ()):
        yield from _takes(one)
    kinds = part.get("type", ())
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if "const" in part:
        yield str(part["const"])
    elif any(part.get("enum", ())):
        yield ", ".join(f"`{word}`" for word in part["enum"] if word)
    elif "string" in kinds:
        yield _text(part)
    elif "integer" in kinds or "number" in kinds:
        low, high = part["minimum"], part["maximum"]
        yield f"a number, {low:,} to {high:,}" if "number" in kinds else f"a whole number, {low:,} to {high:,}"
    elif "boolean" in kinds:
        yield "`true` or `false`"
    elif "array" in kinds:
        inner = "; ".join(_takes(part["items"]))
        yield f"{'at least one of a list: ' if part.get('minItems') == 1 else ''}{_MANY.get(inner, f'list of: {inner}')}"
    elif "object" in kinds:
        values = part.get("additionalProperties")
        inner = "; ".join(dict.fromkeys(_takes(values))) if values else ""
        yield f"a group by id: {inner}" if inner and "propertyNames" in part else "a group of fields"


def _text(part: Part) -> str:
    pattern = part.get("pattern", "")
    if part.get("maxLength") == 60:
        return "an id"
    if part.get("maxLength"):
        return f"one line, at most {part['maxLength']} characters"
    if "[0-9]{4}" in pattern:
        return "a date: year, month or day"
    return "a sentence" if pattern else "text of any length"


def _default(kind: type, name: str) -> str:
    field = next((one for one in dataclasses.fields(kind) if one.name == name), None)
    value = "" if field is None or field.default is dataclasses.MISSING else field.default
    return f"`{str(value).lower() if isinstance(value, bool) else value}`" if value or value is False or value == 0 else "nothing"


def _example(group: str, name: str) -> str:
    """Return the value of a field in the example, on one line."""
    record = {"agencygraph": 1, **record_of(read_yaml(Source("example", EXAMPLE)))}
    if not group:
        value = record[name]
    else:
        entries = record[group]
        entries = entries.values() if group == "actors" else [entries] if isinstance(entries, dict) else entries
        value = next(entry[name] for entry in entries if isinstance(entry, dict) and name in entry)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _in_tables(group: str, name: str) -> str:
    if not group and name in PARTS:
        return PARTS[name]
    table = TABLES.get("ties" if group == "gaps" else group)
    if group == "teams":
        return f"`{IN_TEAM[name]}`"
    if table is None:
        return f"in `{group}`, as JSON"
    if name in ("tie", "gap"):
        return ", ".join(f"`{column}`" for column in (SENTENCE if name == "tie" else SENTENCE[:2]))
    return f"`{name}`" + (", as JSON" if not group and name in JSON else "") if name in COLUMNS[table] else "no place"


def _in_workbook(group: str, name: str) -> str:
    columns = {"": workbook.CASE_ROWS, "actors": workbook.ACTOR_COLUMNS, "ties": workbook.TIE_COLUMNS, "gaps": workbook.TIE_COLUMNS,
               "teams": workbook.ACTOR_COLUMNS}.get(group, ())
    if name in ("tie", "gap"):
        return "From, To" + (", Strength, Direction, Status" if name == "tie" else "; Status: missing")
    if not group and name in ("actors", "ties", "gaps", "teams"):
        return f"sheet {workbook.ACTORS if name in ('actors', 'teams') else workbook.TIES}"
    if (group, name) == ("", "agencygraph"):
        return workbook.FORM
    field = IN_TEAM[name] if group == "teams" else name
    return next((column.head for column in columns if column.field == field), "no place")


def _columns() -> Iterator[str]:
    yield from ("| table | columns, in the order in which they are written |", "|---|---|")
    for table, columns in COLUMNS.items():
        yield f"| `{table}` | {', '.join(f'`{column}`' for column in columns)} |"


def main() -> int:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
