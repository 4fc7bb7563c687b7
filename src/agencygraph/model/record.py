"""The plain record of a case: the one shape of the case file, of JSON and of the call `Case.of`.

`case_of` reads a record and reports everything that is wrong with it at once; `record_of` writes the shortest record that
reads back as an equal case.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any, TypeVar

from agencygraph.errors import InvalidError, Path, Problem, Step
from agencygraph.model import rules, words
from agencygraph.model.actor import Actor
from agencygraph.model.case import Case
from agencygraph.model.chronology import Chronology, Event
from agencygraph.model.places import read_places, strangers, written
from agencygraph.model.plan import ActionPlan, Question
from agencygraph.model.team import Lineage, Team
from agencygraph.model.tie import Gap, Tie

Record = dict[str, Any]
Value = TypeVar("Value")


def fields_of(kind: type) -> tuple[str, ...]:
    """Return the names of the fields of a value class, in the order in which files write them."""
    return tuple(field.name for field in dataclasses.fields(kind))


CASE_FIELDS = ("name", "title", "age", "complexity", "situation", "arrangement", "names_published", "agreed_on", "informants",
               "source", "description", "history", "key_issues", "proposals", "other_information", "actors", "ties", "gaps",
               "teams", "chronology", "lineage", "plan", "places")
ACTOR_FIELDS = tuple(field for field in fields_of(Actor) if field != "id")
TIE_FIELDS = ("tie", "basis", "note", "evidence", "reported_by", "layer")
GAP_FIELDS = ("gap", "note")
TEAM_FIELDS = fields_of(Team)
EVENT_FIELDS = fields_of(Event)
LINEAGE_FIELDS = fields_of(Lineage)
QUESTION_FIELDS = fields_of(Question)


class _Reader:
    """Collects the problems of a record while reading as much of it as can be read.

    `kept` holds, for each list, where the entries that could be read stand in the record.
    """

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.kept: dict[str, list[Step]] = {}

    def attempt(self, path: Path, make: Callable[[], Value]) -> Value | None:
        """Return what `make` makes; None, and its problems noted, where it breaks a rule."""
        try:
            return make()
        except InvalidError as error:
            self.problems += [problem.within(*path) for problem in error.problems]
            return None

    def fault(self, message: str, *path: Step) -> None:
        self.problems.append(Problem(message, path))

    def is_list(self, value: object, field: str) -> bool:
        if isinstance(value, (list, tuple)):
            return True
        self.fault(f"{field} must be a list, with a dash before each entry; it is {words.kind_of(value)}.", field)
        return False


def case_of(record: Mapping[str, Any]) -> Case:
    """Build a case from its record; one error holds everything that is wrong with it."""
    reader = _Reader()
    if not isinstance(record, Mapping):
        raise InvalidError(f"a case is a group of fields (name, actors, ties ...), not {words.kind_of(record)}.")
    reader.problems += words.check_keys(record, CASE_FIELDS, "a case")
    given = {key: value for key, value in record.items() if value is not None}
    plain = {key: given[key] for key in CASE_FIELDS[:15] if key in given}
    for field in ("informants", "key_issues", "proposals"):
        if isinstance(plain.get(field), str):
            plain[field] = (plain[field],)
    actors, also_known = _actors(reader, given.get("actors", ()))
    parts: dict[str, Any] = {
        "ties": _each(reader, given, "ties", Tie, _tie), "gaps": _each(reader, given, "gaps", Gap, _gap),
        "teams": _each(reader, given, "teams", Team, _team), "chronology": _chronology(reader, given.get("chronology", ())),
        "lineage": _lineage(reader, given.get("lineage")), "plan": _plan(reader, given.get("plan", ())),
        "places": _places(reader, given.get("places", ()), [*(actor.id for actor in actors), *also_known]),
    }
    if reader.problems:
        # The plain fields and the rules are checked even so: a person mends a file once, not fault by fault.
        reader.attempt((), lambda: Case(**plain))
        known = [*(actor.id for actor in actors), *also_known]
        broken = rules.check(actors, parts["ties"], parts["gaps"], parts["teams"], also_known)
        broken += rules.check_references(parts["chronology"], parts["lineage"], known)
        raise InvalidError(_ordered([*reader.problems, *_placed(broken, reader.kept)], record))
    try:
        return Case(actors=tuple(actors), **plain, **parts)
    except InvalidError as error:
        raise InvalidError(_ordered(_placed(error.problems, reader.kept), record)) from None


def _placed(problems: Iterable[Problem], kept: Mapping[str, list[Step]]) -> list[Problem]:
    """Return problems of entries that were counted among those that could be read, each with its place in the record."""
    placed = []
    for problem in problems:
        path = problem.path
        steps = kept.get(str(path[0]), []) if len(path) > 1 and isinstance(path[1], int) else []
        placed.append(Problem(problem.message, (path[0], steps[int(path[1])], *path[2:])) if steps else problem)
    return placed


def _ordered(problems: Iterable[Problem], record: Mapping[str, Any]) -> list[Problem]:
    """Return the problems in the order of the record, each once."""
    fields = list(record)
    return sorted(dict.fromkeys(problems), key=lambda p: fields.index(p.path[0]) if p.path and p.path[0] in fields else -1)


def _actors(reader: _Reader, value: object) -> tuple[list[Actor], list[str]]:
    """Return the actors that can be read, and the ids of those that cannot."""
    actors: list[Actor] = []
    failed: list[str] = []
    if isinstance(value, (list, tuple)) and all(isinstance(item, Actor) for item in value):
        return list(value), []
    if not isinstance(value, Mapping):
        reader.fault(f"actors must be a group: 'school: school', one line for each actor; it is {words.kind_of(value)}.", "actors")
        return [], []
    for id, fields in value.items():
        actor = reader.attempt(("actors", id), partial(_actor, id, fields))
        if actor is None:
            failed.append(str(id))
        else:
            actors.append(actor)
            reader.kept.setdefault("actors", []).append(id)
    return actors, failed


def _actor(id: object, fields: object) -> Actor:
    if isinstance(fields, Actor):
        if fields.id != id:
            raise InvalidError(f"the actor '{fields.id}' is filed under '{id}'; use one id.")
        return fields
    if fields is None or fields == {}:
        raise InvalidError(f"the actor '{id}' needs a kind: write '{id}: practitioner', or another of {', '.join(words.KINDS)}.")
    if isinstance(fields, str):
        fields = {"kind": fields}
    if not isinstance(fields, Mapping):
        raise InvalidError(f"the actor '{id}' needs a kind, not {words.kind_of(fields)}.")
    problems = words.check_keys(fields, ACTOR_FIELDS, "an actor")
    known = {key: value for key, value in fields.items() if key in ACTOR_FIELDS and value is not None}
    if "kind" not in known:
        problems.append(Problem(f"the actor '{id}' has no kind; it must be one of {', '.join(words.KINDS)}."))
    try:
        actor = Actor(id, **{"kind": "practitioner", **known})  # type: ignore[arg-type]  # the actor checks its id
    except InvalidError as error:
        raise InvalidError([*problems, *_about(f"actor {words.quote(id)}", error)]) from None
    if problems:
        raise InvalidError(problems)
    return actor


def _each(reader: _Reader, given: Mapping[str, Any], field: str, kind: type[Value], make: Callable[[Any], Value]) -> list[Value]:
    value = given.get(field, ())
    if not reader.is_list(value, field):
        return []
    made = [item if isinstance(item, kind) else reader.attempt((field, at), partial(make, item)) for at, item in enumerate(value)]
    reader.kept[field] = [at for at, item in enumerate(made) if item is not None]
    return [item for item in made if item is not None]


def _fields(item: object, known: tuple[str, ...], what: str) -> dict[str, Any]:
    """Return the fields of a part of the record, checked for names that it may not have."""
    if not isinstance(item, Mapping):
        raise InvalidError(f"{what} is a group of fields ({', '.join(known)}), not {words.kind_of(item)}.")
    problems = words.check_keys(item, known, what)
    if problems:
        raise InvalidError(problems)
    return {key: value for key, value in item.items() if value is not None}


def _about(whom: str, error: InvalidError) -> list[Problem]:
    """Return problems with whom they concern, where their own words do not say so."""
    subject = whom[whom.index("'") :] if "'" in whom else whom
    return [problem if subject in problem.message else Problem(f"{whom}: {problem.message}", problem.path)
            for problem in error.problems]


def _tie(item: object) -> Tie:
    if isinstance(item, str):
        return Tie.parse(item)
    fields = _fields(item, TIE_FIELDS, "a tie")
    if "tie" not in fields:
        raise InvalidError("a tie needs its sentence: 'tie: school => social_services'.")
    sentence = fields.pop("tie")
    try:
        return Tie.parse(sentence, **fields)
    except InvalidError as error:
        raise InvalidError(_about(f"tie {words.quote(sentence)}", error)) from None


def _gap(item: object) -> Gap:
    if isinstance(item, str):
        return Gap.parse(item)
    fields = _fields(item, GAP_FIELDS, "a gap")
    if "gap" not in fields:
        raise InvalidError("a gap needs its sentence: 'gap: school !> family_centre'.")
    return Gap.parse(fields.pop("gap"), **fields)


def _team(item: object) -> Team:
    return Team(**{"name": "", **_fields(item, TEAM_FIELDS, "a team")})


def _chronology(reader: _Reader, value: object) -> Chronology:
    if isinstance(value, Chronology):
        return value
    return Chronology(tuple(_each(reader, {"chronology": value}, "chronology", Event, _event)))


def _event(item: object) -> Event:
    fields = _fields(item, EVENT_FIELDS, "an event")
    missing = [field for field in ("when", "senders") if field not in fields]
    if missing:
        raise InvalidError(f"an event needs {' and '.join(missing)}.")
    try:
        return Event(**fields)
    except InvalidError as error:
        raise InvalidError(_about(f"the event of {words.quote(fields['when'])}", error)) from None


def _plan(reader: _Reader, value: object) -> ActionPlan:
    if isinstance(value, ActionPlan):
        return value
    questions = _each(reader, {"plan": value}, "plan", Question, _question)
    try:
        return ActionPlan(tuple(questions))
    except InvalidError as error:
        reader.problems += _placed([problem.within("plan") for problem in error.problems], reader.kept)
        return ActionPlan()


def _question(item: object) -> Question:
    fields = _fields(item, QUESTION_FIELDS, "a question of the plan")
    missing = [field for field in ("theme", "text") if field not in fields]
    if missing:
        raise InvalidError(f"a question of the plan needs {' and '.join(missing)}.")
    return Question(**fields)


def _places(reader: _Reader, value: object, known: list[str]) -> object:
    """Check places by themselves: the case would leave out those of strangers, but in a record they are slips of the pen."""
    found, problems = read_places(value)
    reader.problems += [*problems, *strangers(value, known)]
    return tuple(found)


def _lineage(reader: _Reader, value: object) -> Lineage | None:
    if value is None or isinstance(value, Lineage):
        return value
    return reader.attempt(("lineage",), lambda: _read_lineage(value))


def _read_lineage(value: object) -> Lineage:
    fields = _fields(value, LINEAGE_FIELDS, "a lineage")
    became = fields.get("became", {})
    if isinstance(became, Mapping):
        pairs = [(earlier, later) for earlier, value in became.items()
                 for later in (value if isinstance(value, (list, tuple)) else [value])]
        fields["became"] = tuple(pairs)
    return Lineage(**fields)


def record_of(case: Case) -> Record:
    """Return the shortest plain record that reads back as an equal case: only what differs from the defaults."""
    record: Record = {}
    blank = Case()
    for field in CASE_FIELDS[:15]:
        value = getattr(case, field)
        if value != getattr(blank, field):
            record[field] = list(value) if isinstance(value, tuple) else str(value) if field == "agreed_on" else value
    record["actors"] = {actor.id: _actor_record(actor) for actor in case.actors}
    record["ties"] = [_short(_given(tie, TIE_FIELDS[1:]), "tie", tie.sentence) for tie in case.ties]
    if case.gaps:
        record["gaps"] = [_short(_given(gap, ("note",)), "gap", gap.sentence) for gap in case.gaps]
    if case.teams:
        record["teams"] = [_given(team, TEAM_FIELDS) for team in case.teams]
    if case.chronology.events:
        record["chronology"] = [{**_given(event, EVENT_FIELDS), "when": str(event.when)} for event in case.chronology.events]
    if case.lineage is not None:
        record["lineage"] = _lineage_record(case.lineage)
    if case.plan.questions:
        record["plan"] = [_question_record(question) for question in case.plan]
    if case.places:
        record["places"] = {place[0]: written(place) for place in case.places}
    return record


def _question_record(question: Question) -> Record:
    record = _given(question, QUESTION_FIELDS)
    return record | ({"due": str(question.due)} if question.due is not None else {})


def _given(value: Any, fields: tuple[str, ...]) -> Record:
    """Return those fields of a value that differ from their defaults, tuples as lists."""
    defaults = {field.name: field.default for field in dataclasses.fields(value)}
    pairs = ((field, getattr(value, field)) for field in fields)
    return {field: list(item) if isinstance(item, tuple) else item for field, item in pairs if item != defaults[field]}


def _short(fields: Record, key: str, sentence: str) -> str | Record:
    return {key: sentence, **fields} if fields else sentence


def _actor_record(actor: Actor) -> str | Record:
    fields = _given(actor, ACTOR_FIELDS)
    return actor.kind if list(fields) == ["kind"] else fields


def _lineage_record(lineage: Lineage) -> Record:
    """Write the pairs as a group of earlier ids, or as a list of pairs where a group would lose their order."""
    became: dict[str, list[str]] = {}
    for earlier, later in lineage.became:
        became.setdefault(earlier, []).append(later)
    in_order = tuple((earlier, later) for earlier, laters in became.items() for later in laters) == lineage.became
    grouped = {earlier: laters[0] if len(laters) == 1 else laters for earlier, laters in became.items()}
    record: Record = {"became": grouped if in_order else [list(pair) for pair in lineage.became]} if became else {}
    return record | {field: list(getattr(lineage, field)) for field in ("joined", "left") if getattr(lineage, field)}
