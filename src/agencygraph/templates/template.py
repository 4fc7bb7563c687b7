"""Template: a team as roles, before anybody has been found for them; and its plain record, the shape of its file."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import fsum
from typing import Any, TypeVar

from agencygraph.errors import InvalidError, Problem
from agencygraph.model import When, words

VERSION = 1
Part = TypeVar("Part")


@dataclass(frozen=True, slots=True, repr=False)
class Role:
    """A part in a team: what it is called, its sector, and the labels by which a case may know whoever fills it.

    Parameters
    ----------
    id
        How `roles=` names it.
    label, sector, agency
        The public words of a new member in this role.
    lead
        True for the one who leads.
    also
        Other labels that mean the same.
    joins
        True where a new member takes the role if nobody in the case fits by label.

    Examples
    --------
    >>> Role("health", "Health practitioner", "health", also=("School nurse",)).also
    ('School nurse',)
    """

    id: str
    label: str
    sector: str = ""
    agency: str = ""
    lead: bool = False
    also: tuple[str, ...] = ()
    joins: bool = False

    def __post_init__(self) -> None:
        problems = words.check_id(self.id, "id") + words.check_flag(self.lead, "lead") + words.check_flag(self.joins, "joins")
        for field in ("label", "sector", "agency"):
            problems += words.check_text(getattr(self, field), field)
        if isinstance(self.label, str) and not self.label.strip():
            problems.append(Problem("a role needs a label, such as 'School nurse'.", ("label",)))
        if isinstance(self.also, str) or not isinstance(self.also, (list, tuple)):
            problems.append(Problem("also must be a list of labels.", ("also",)))
        else:
            object.__setattr__(self, "also", tuple(self.also))
            problems += [p.within("also", at) for at, text in enumerate(self.also) for p in words.check_text(text, "also")]
        if problems:
            raise InvalidError(problems)

    def __repr__(self) -> str:
        return f"Role({self.id!r}, {self.label!r}{', lead' if self.lead else ''})"


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a team's workload, in per cent, and the role that takes it; empty where the team has nobody for it.

    Parameters
    ----------
    part
        What the work is called.
    percent
        From 0 to 100.
    role
        The id of a role; empty for nobody.

    Examples
    --------
    >>> Share("Health", 17.5, "school_health").percent
    17.5
    """

    part: str
    percent: float
    role: str = ""

    def __post_init__(self) -> None:
        problems = words.check_text(self.part, "part")
        if isinstance(self.percent, bool) or not isinstance(self.percent, (int, float)) or not 0 < self.percent <= 100:
            message = f"percent is {words.quote(self.percent)}; it must be a number above 0, at most 100."
            problems.append(Problem(message, ("percent",)))
        if problems:
            raise InvalidError(problems)


@dataclass(frozen=True, slots=True, repr=False)
class Template:
    """A team as it was set up or laid down somewhere, at a date: the roles in it, and how its work was to be shared.

    Parameters
    ----------
    name, dated, source
        What it is, as of when, and where it is written down: arrangements change, and no template is law.
    team
        The name of the team on a map.
    roles
        At least one; at most one leads.
    hosted_by
        The kind of actor at whose place the team sits (school); empty where it sits nowhere.
    workload
        Shares of the work, which come to 100 per cent; may be empty.

    Examples
    --------
    >>> Template("Two", "Team", (Role("nurse", "Nurse", lead=True), Role("police", "Police"))).lead
    'nurse'
    """

    name: str
    team: str
    roles: tuple[Role, ...]
    dated: When | None = None
    hosted_by: str = ""
    source: str = ""
    workload: tuple[Share, ...] = ()

    def __post_init__(self) -> None:
        problems = words.check_text(self.name, "name") + words.check_text(self.team, "team")
        problems += words.check_text(self.source, "source", lines=True)
        if self.hosted_by != "":
            problems += words.check_word(self.hosted_by, "hosted_by", words.KINDS)
        if self.dated is not None:
            object.__setattr__(self, "dated", When.parse(self.dated))
        object.__setattr__(self, "roles", tuple(self.roles))
        object.__setattr__(self, "workload", tuple(self.workload))
        problems += self._check_roles()
        if problems:
            raise InvalidError(problems)

    def _check_roles(self) -> list[Problem]:
        ids = [role.id for role in self.roles]
        problems = [] if ids else [Problem("a template needs at least one role.", ("roles",))]
        problems += [Problem(f"two roles are called '{id}'; give each its own id.", ("roles", at))
                     for at, id in enumerate(ids) if id in ids[:at]]
        if sum(role.lead for role in self.roles) > 1:
            problems.append(Problem("two roles lead; keep one.", ("roles",)))
        problems += [Problem(f"the workload names '{share.role}', which is no role.", ("workload", at))
                     for at, share in enumerate(self.workload) if share.role and share.role not in ids]
        total = fsum(share.percent for share in self.workload)
        if self.workload and abs(total - 100) > 0.05:
            problems.append(Problem(f"the shares of the workload come to {total:g} per cent, not to 100.", ("workload",)))
        return problems

    @property
    def lead(self) -> str:
        """The id of the role that leads; empty where none does."""
        return next((role.id for role in self.roles if role.lead), "")

    def __repr__(self) -> str:
        return f"Template({self.name!r}, {len(self.roles)} roles)"


def template_of(record: Mapping[str, Any]) -> Template:
    """Build a template from its record; one error holds everything that is wrong with it.

    Examples
    --------
    >>> template_of({"template": 1, "name": "N", "team": "T", "roles": [{"id": "nurse", "label": "Nurse"}]}).roles
    (Role('nurse', 'Nurse'),)
    """
    fields = tuple(field.name for field in dataclasses.fields(Template))
    problems = words.check_keys(record, ("template", *fields), "a template")
    if record.get("template") != VERSION:
        message = f"the version is {words.quote(record.get('template'))}; write 'template: {VERSION}'."
        problems.append(Problem(message, ("template",)))
    missing = [field for field in ("name", "team", "roles") if not record.get(field)]
    problems += [Problem(f"a template needs its {field}.", (field,)) for field in missing]
    roles, shares = _parts(record, "roles", Role, problems), _parts(record, "workload", Share, problems)
    parts = ("template", "roles", "workload")
    plain = {key: value for key, value in record.items() if key in fields and key not in parts and value is not None}
    if problems:
        raise InvalidError(problems)
    return Template(**plain, roles=roles, workload=shares)


def record_of(template: Template) -> dict[str, Any]:
    """Return the shortest plain record that reads back as an equal template.

    Examples
    --------
    >>> record_of(Template("N", "T", (Role("nurse", "Nurse"),)))["roles"]
    [{'id': 'nurse', 'label': 'Nurse'}]
    """
    record = {"template": VERSION, **_given(template)}
    if template.dated is not None:
        record["dated"] = str(template.dated)
    for field in ("roles", "workload"):
        if field in record:
            record[field] = [_given(part) for part in getattr(template, field)]
    return record


def _given(value: Any) -> dict[str, Any]:
    """Return the fields of a value that differ from their defaults, tuples as lists."""
    pairs = ((field, getattr(value, field.name)) for field in dataclasses.fields(value))
    said = ((field.name, item) for field, item in pairs if item not in (field.default, ()))
    return {name: list(item) if isinstance(item, tuple) else item for name, item in said}


def _parts(record: Mapping[str, Any], field: str, kind: Callable[..., Part], problems: list[Problem]) -> tuple[Part, ...]:
    given = record.get(field) or []
    if not isinstance(given, list):
        problems.append(Problem(f"{field} must be a list, with a dash before each entry.", (field,)))
        return ()
    known = tuple(part.name for part in dataclasses.fields(kind))  # type: ignore[arg-type]  # Role or Share, both dataclasses
    made: list[Part] = []
    for at, item in enumerate(given):
        if not isinstance(item, dict):
            problems.append(Problem(f"an entry of {field} is a group of fields: {', '.join(known)}.", (field, at)))
            continue
        wrong = [p.within(field, at) for p in words.check_keys(item, known, f"an entry of {field}")]
        wrong += [Problem(f"an entry of {field} needs its {known[n]}.", (field, at)) for n in (0, 1) if item.get(known[n]) is None]
        try:
            made += [] if wrong else [kind(**{key: value for key, value in item.items() if value is not None})]
        except InvalidError as error:
            wrong += [p.within(field, at) for p in error.problems]
        problems += wrong
    return tuple(made)
