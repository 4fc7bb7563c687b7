"""Case: one child's map under one arrangement, as a group agreed it."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

from agencygraph.errors import InvalidError, Problem, UnknownNameError, did_you_mean
from agencygraph.model import rules, words
from agencygraph.model.actor import Actor
from agencygraph.model.chronology import Chronology, When
from agencygraph.model.places import Place, read_places
from agencygraph.model.plan import ActionPlan
from agencygraph.model.team import Lineage, Team
from agencygraph.model.tie import Gap, Tie


@dataclass(frozen=True, slots=True, repr=False)
class Case:
    """One child's map under one arrangement: who is there, and who passes information to whom.

    Before and after are two cases; the later one carries the `Lineage` that says who became whom. Every verb returns a new
    case; `replace` changes fields of a copy.

    Parameters
    ----------
    name
        Private: what you call the case. No output shows it unless ``names=True`` is asked for.
    actors, ties, gaps, teams
        The map itself. `Case.of` takes them in the shape of a case file.
    title
        Public heading of maps and tables; "Child, 9" where left out.
    arrangement
        collaboration (separate agencies) or integration (one team).
    age
        The child's age in whole years; None where it is not given.
    complexity, situation
        Free labels; the study uses modest, significant, complex, and crisis, ticking clock, dripping tap.
    names_published
        True only where the names are published pseudonyms, as in the study.
    agreed_on, informants
        When the map was agreed, and by whom (roles rather than names).
    source
        Where the map comes from.
    description, history, key_issues, proposals
        The case-file format: brief description, narrative history, key issues, proposals for change.
    other_information
        Sensitive, unsubstantiated: it enters no output unless it is asked for by name.
    chronology, lineage
        What was passed on and when; who of an earlier map became whom.
    plan
        The questions that the group asks of the map, and what it agreed to do.
    places
        Where people stand on the map, so that nobody moves when somebody is added: id, x and y in points from its upper left
        corner. ``draw(case).places`` will do; places of nobody in the case are left out.

    Raises
    ------
    InvalidError
        With every rule that is broken, not only the first.

    Examples
    --------
    >>> case = Case.of("P", age=9, actors={"peter": "child", "school": "school"}, ties=["peter <=> school"])
    >>> case
    Case('Child, 9', collaboration, 2 actors, 1 tie)
    >>> case.label("school")
    'School'
    """

    name: str = ""
    actors: tuple[Actor, ...] = ()
    ties: tuple[Tie, ...] = ()
    gaps: tuple[Gap, ...] = ()
    teams: tuple[Team, ...] = ()
    title: str = ""
    arrangement: str = "collaboration"
    age: int | None = None
    complexity: str = ""
    situation: str = ""
    names_published: bool = False
    agreed_on: When | None = None
    informants: tuple[str, ...] = ()
    source: str = ""
    description: str = ""
    history: str = ""
    key_issues: tuple[str, ...] = ()
    proposals: tuple[str, ...] = ()
    other_information: str = ""
    chronology: Chronology = field(default_factory=Chronology)
    lineage: Lineage | None = None
    plan: ActionPlan = field(default_factory=ActionPlan)
    places: tuple[Place, ...] = ()

    def __post_init__(self) -> None:
        problems: list[Problem] = []
        for part, kind in (("actors", Actor), ("ties", Tie), ("gaps", Gap), ("teams", Team),
                            ("informants", str), ("key_issues", str), ("proposals", str)):
            problems += self._take_tuple(part, kind)
        problems += self._take_places()
        problems += self._check_fields()
        if not any(problem.path[0] in ("actors", "ties", "gaps", "teams") for problem in problems if problem.path):
            problems += rules.check(self.actors, self.ties, self.gaps, self.teams)
            problems += rules.check_references(self.chronology, self.lineage, self.ids)
        if problems:
            raise InvalidError(problems)

    @classmethod
    def of(cls, name: str = "", **fields: Any) -> Case:
        """Build a case from the words of a case file.

        `actors` maps ids to fields (or to a kind alone), `ties` and `gaps` are lists of sentences, `teams` a list of
        `Team` or of fields; every other field is as in a case file. Whatever is already a value is taken as it is.

        Raises
        ------
        InvalidError
            With everything that is wrong with the record at once.

        Examples
        --------
        >>> Case.of("T", actors={"tina": "child", "mother": {"kind": "parent", "label": "Mother"}}, ties=["tina <-> mother"])
        Case('Child', collaboration, 2 actors, 1 tie)
        """
        from agencygraph.model.record import case_of

        return case_of({"name": name, **fields} if name else fields)

    def replace(self, **changes: Any) -> Case:
        """Return a copy with some fields changed; the copy is checked like any other case."""
        known = tuple(part.name for part in dataclasses.fields(self))
        unknown = words.check_keys(changes, known, "a case")
        if unknown:
            raise InvalidError(unknown)
        return dataclasses.replace(self, **changes)

    def actor(self, id: str) -> Actor:
        """Return the actor with an id; an unknown one gives an error that suggests the nearest."""
        for actor in self.actors:
            if actor.id == id:
                return actor
        raise UnknownNameError(f"'{id}' is not in the case.{did_you_mean(str(id), self.ids)}")

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all actors, in the order of the case."""
        return tuple(actor.id for actor in self.actors)

    @property
    def heading(self) -> str:
        """The public title: the one given, else "Child, 9" (the case's own name in place of "Child" where names are published)."""
        who = self.name if self.names_published and self.name else "Child"
        return self.title or (who if self.age is None else f"{who}, {self.age}")

    def labels(self, names: bool = False) -> dict[str, str]:
        """Return the words that stand for each actor, by id: public labels, or the private names where asked for.

        Names also stand where the case says that they are published. Labels that would be alike are numbered:
        "Practitioner 1", "Practitioner 2".
        """
        names = names or self.names_published
        bare = {actor.id: (actor.name if names else "") or actor.label or _label_from_kind(actor) for actor in self.actors}
        counts, taken, seen, numbered = Counter(bare.values()), set(bare.values()), Counter[str](), {}
        for id, label in bare.items():
            while counts[label] > 1:
                seen[label] += 1
                if f"{label} {seen[label]}" not in taken:
                    break
            numbered[id] = f"{label} {seen[label]}" if counts[label] > 1 else label
        return numbered

    def label(self, id: str, names: bool = False) -> str:
        """Return the words that stand for one actor."""
        self.actor(id)
        return self.labels(names)[id]

    @property
    def leads(self) -> tuple[str, ...]:
        """Ids of the actors marked as lead, and of the leads of teams; in the order of the case."""
        team_leads = {team.lead for team in self.teams}
        return tuple(actor.id for actor in self.actors if actor.lead or actor.id in team_leads)

    def _take_tuple(self, part: str, kind: type) -> list[Problem]:
        value = getattr(self, part)
        if isinstance(value, (str, Mapping)) or not isinstance(value, Sequence):
            return [Problem(f"{part} must be a list; use Case.of(...) for the words of a case file.", (part,))]
        object.__setattr__(self, part, tuple(value))
        return [Problem(f"{words.quote(item)} is not {'text' if kind is str else f'a {kind.__name__}'}.", (part, at))
                for at, item in enumerate(value) if not isinstance(item, kind)]

    def _take_places(self) -> list[Problem]:
        """Take places as a group by id or as triples; keep those of actors who are there, in the order of the actors."""
        found, problems = read_places(self.places)
        ids = [actor.id for actor in _entries(self.actors) if isinstance(actor, Actor)]
        known = {place[0]: place for place in found}
        object.__setattr__(self, "places", tuple(known[id] for id in dict.fromkeys(ids) if id in known))
        return problems

    def _check_fields(self) -> list[Problem]:
        problems = words.check_word(self.arrangement, "arrangement", words.ARRANGEMENTS)
        for part in ("name", "title", "complexity", "situation"):
            problems += words.check_text(getattr(self, part), part)
        for part in ("source", "description", "history", "other_information"):
            problems += words.check_text(getattr(self, part), part, lines=True)
        for part in ("informants", "key_issues", "proposals"):
            problems += [p.within(part, at) for at, text in enumerate(_entries(getattr(self, part)))
                         if isinstance(text, str) for p in words.check_text(text, part, lines=True)]
        problems += words.check_flag(self.names_published, "names_published")
        if self.age is not None and (isinstance(self.age, bool) or not isinstance(self.age, int) or not 0 <= self.age <= 25):
            problems.append(Problem(f"age is {words.quote(self.age)}; it must be a whole number of years from 0 to 25.", ("age",)))
        if self.agreed_on is not None:
            try:
                object.__setattr__(self, "agreed_on", When.parse(self.agreed_on))
            except InvalidError as error:
                problems += [p.within("agreed_on") for p in error.problems]
        for part, kind, what in (("chronology", Chronology, "a Chronology"), ("lineage", Lineage | None, "a Lineage"),
                                 ("plan", ActionPlan, "an ActionPlan")):
            if not isinstance(getattr(self, part), kind):
                problems.append(Problem(f"{part} must be {what}; Case.of(...) takes the words of a case file.", (part,)))
        return problems

    def __repr__(self) -> str:
        actors, ties = len(self.actors), len(self.ties)
        return (f"Case({self.heading!r}, {self.arrangement}, {actors} actor{'s' * (actors != 1)}, {ties} tie{'s' * (ties != 1)})")

    def _repr_html_(self) -> str:
        """The register of the case as a notebook shows it: every actor with what it tells whom, under public labels."""
        labels, rows = self.labels(), []
        for actor in self.actors:
            told = [f"{labels[b]}{'' if tie.is_critical else ' (peripheral)'}"
                    for tie in self.ties for a, b in tie.flows if a == actor.id]
            marks = " (lead)" if actor.id in self.leads else ""
            cells = (labels[actor.id] + marks, actor.kind, actor.sector, "; ".join(told) or "nobody")
            rows.append("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>")
        head = "".join(f'<th scope="col">{word}</th>' for word in ("Actor", "Kind", "Sector", "Tells"))
        caption = f"{escape(self.heading)}: {self.arrangement}, {len(self.actors)} actors, {len(self.ties)} ties"
        return f"<table><caption>{caption}</caption><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


def must_be_case(value: object) -> None:
    """Refuse whatever is no case where one is asked for, and say how to come by one.

    Raises
    ------
    InvalidError
        For anything else than a case.

    Examples
    --------
    >>> must_be_case("peter.yaml")
    Traceback (most recent call last):
      ...
    agencygraph.errors.InvalidError: a case is needed here, not a str: agencygraph.read("case.yaml") makes a case of a file.
    """
    if not isinstance(value, Case):
        raise InvalidError(f"a case is needed here, not a {type(value).__name__}: "
                           'agencygraph.read("case.yaml") makes a case of a file.')


def _entries(value: object) -> tuple[object, ...]:
    """Return the entries of a list; nothing of what is none, which has been said already."""
    return value if isinstance(value, tuple) else ()


def _label_from_kind(actor: Actor) -> str:
    """Return public words for an actor without a label: "Health practitioner", "Social care agency", "Child"."""
    if actor.kind == "family":
        return "Family member"
    if actor.kind in ("agency", "practitioner") and actor.sector:
        return f"{actor.sector[:1].upper()}{actor.sector[1:]} {actor.kind}"
    return actor.kind.capitalize()
