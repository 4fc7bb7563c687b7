"""Where findings come from: one small function for each, found by itself, and the verb that asks them all."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypedDict, Unpack

from agencygraph.comparison import Comparison
from agencygraph.conclusions.finding import Finding, Findings
from agencygraph.errors import InvalidError
from agencygraph.flows import Flows, flows_of
from agencygraph.measures import readings
from agencygraph.measures.islands import pairs_among
from agencygraph.measures.loop_status import status_of
from agencygraph.measures.wording import listed
from agencygraph.model import Case, Tie
from agencygraph.registry import Registry

THEMES = ("joint working", "professional relationships", "organisational issues", "practice issues")
MOST = 7
MOST_OF_CHANGE = 5


@dataclass(frozen=True, slots=True)
class View:
    """A case as the finders look at it: its flows, its public words, where everybody stands with the lead."""

    case: Case
    names: bool = False

    @property
    def flows(self) -> Flows:
        """The flows over any tie."""
        return flows_of(self.case)

    @property
    def firm(self) -> Flows:
        """The flows over critical ties only."""
        return flows_of(self.case, firm=True)

    @property
    def practitioners(self) -> tuple[str, ...]:
        """Ids of everybody outside the family."""
        return self.flows.ids_of(self.flows.practitioners)

    @property
    def followers(self) -> tuple[str, ...]:
        """Ids of the practitioners who are not marked as lead."""
        return tuple(id for id in self.practitioners if id not in self.case.leads)

    @property
    def schools(self) -> tuple[str, ...]:
        """Ids of the schools."""
        return tuple(actor.id for actor in self.case.actors if actor.kind == "school")

    @property
    def lead(self) -> str:
        """Who leads, in words that fit into a sentence: "Social services, the lead,"."""
        return f"{self.words(self.case.leads)}, the lead{'s' * (len(self.case.leads) > 1)}"

    def words(self, ids: Iterable[str], last: str = "and") -> str:
        """Return labels as a list is read aloud."""
        labels = self.case.labels(self.names)
        return listed([labels[id] for id in ids], last=last)

    def way(self, pair: tuple[str, str]) -> str:
        """Return an ordered pair in words: "SENCO to Social services"."""
        return " to ".join(self.words([id]) for id in pair)

    def status(self, id: str) -> str:
        """Return where an actor stands with the lead; empty where it is not on the map."""
        return status_of(self.flows, self.flows.ids.index(id)) if id in self.case.ids else ""

    def with_status(self, *statuses: str) -> tuple[str, ...]:
        """Return the practitioners whose status begins with one of these words."""
        return tuple(id for id in self.practitioners if self.status(id).startswith(statuses))

    def focus(self, ids: tuple[str, ...]) -> tuple[str, ...]:
        """Return the schools among some actors, because the map is drawn round the school; all of them if there is none."""
        return tuple(id for id in ids if id in self.schools) or ids

    def is_open(self, id: str) -> bool:
        """Say whether nobody in the room could say if some tie of an actor exists: that is not the same as no tie."""
        return any(tie.status == "unknown" and id in (tie.source, tie.target) for tie in self.case.ties)

    def row(self, id: str) -> int:
        """Return everybody with whom an actor has a tie that counts."""
        at = self.flows.ids.index(id)
        return self.flows.out[at] | self.flows.into[at]


class Said(TypedDict, total=False):
    """What a finder says beside its sentence and its question."""

    count: int
    of: int
    counted: str
    ties: tuple[Tie, ...]
    who: tuple[str, ...]
    holds: Callable[[Case], bool]


@dataclass(frozen=True, slots=True)
class Draft:
    """What a finder found, before it is known of which case and under which name."""

    sentence: str
    question: str
    said: Said


def draft(sentence: str, question: str, **said: Unpack[Said]) -> Draft:
    """Return what a finder found: the sentence, the question, and what stands behind them."""
    return Draft(sentence, question, said)


Find = Callable[[View], Draft | None]
FindChange = Callable[[Comparison, View, View], Draft | None]


@dataclass(frozen=True, slots=True, repr=False)
class Finder:
    """One finding that may be made: its name, its theme, its weight and the function that looks for it.

    A function of a `View` looks at a map; a function of a comparison and the views before and after looks at a change. A
    reassuring finding does not count as something that stands out.
    """

    name: str
    theme: str
    weight: int
    find: Find | None = None
    find_change: FindChange | None = None
    is_reassuring: bool = False

    def __post_init__(self) -> None:
        if self.theme not in THEMES:
            raise InvalidError(f"the finding '{self.name}' has the theme {self.theme!r}; it must be one of {', '.join(THEMES)}.")

    def __repr__(self) -> str:
        return f"Finder({self.name}, {self.theme}, {self.weight})"


FINDERS: Registry[Finder] = Registry("finding", package="agencygraph.conclusions", group="agencygraph.findings")


def finder(name: str, theme: str, weight: int, *, is_reassuring: bool = False) -> Callable[[Find], Find]:
    """Mark a function of a `View` as one that looks for a finding; it is then asked by itself."""

    def mark(find: Find) -> Find:
        FINDERS.add(name, Finder(name, theme, weight, find=find, is_reassuring=is_reassuring))
        return find

    return mark


def change_finder(name: str, theme: str, weight: int) -> Callable[[FindChange], FindChange]:
    """Mark a function of a comparison and its two views as one that looks for a finding about the change."""

    def mark(find: FindChange) -> FindChange:
        FINDERS.add(name, Finder(name, theme, weight, find_change=find))
        return find

    return mark


def findings(what: Case | Comparison, *, names: bool = False) -> Findings:
    """Say what stands out on a map, or what has changed between two, in a handful of sentences that can be read out.

    Parameters
    ----------
    what
        A case or a comparison.
    names
        True to show private names in place of public labels.

    Returns
    -------
    Findings
        At most seven (five of a change), most telling first, each with the ties that show it, its number, how sure it is,
        and a question for the meeting. Where nothing stands out, it says so.

    Raises
    ------
    InvalidError
        Where something else is given.

    Source: the findings of the Bexley study and its four themes of questions.

    Examples
    --------
    >>> case = Case.of(age=9, actors={"school": "school", "ssd": {"kind": "agency", "label": "Social services", "lead": True}},
    ...                ties=["school => ssd"])
    >>> findings(case).sentences
    ('News from School comes to Social services, the lead, and none comes back.',)
    """
    asked = sorted(FINDERS.all(), key=lambda one: (-one.weight, one.name))
    if isinstance(what, Comparison):
        before, after = View(what.before, names), View(what.after, names)
        made = [(one, one.find_change(what, before, after)) for one in asked if one.find_change]
        heading = " and ".join(dict.fromkeys((what.before.heading, what.after.heading))) + ", before and after"
        return Findings(heading, tuple(_made(one, found, after) for one, found in made if found)[:MOST_OF_CHANGE])
    if not isinstance(what, Case):
        raise InvalidError(f"a {type(what).__name__} has no findings: give a case or a comparison.")
    view = View(what, names)
    drafts = [(one, found) for one in asked if one.find and (found := one.find(view))]
    made_here = [_made(one, found, view) for one, found in drafts][:MOST]
    if all(one.is_reassuring for one, _ in drafts):
        made_here.append(_nothing(view))
    return Findings(what.heading, tuple(made_here))


def _made(finder: Finder, found: Draft, view: View) -> Finding:
    return Finding(finder.name, finder.theme, found.sentence, found.question, view.case, finder.weight, names=view.names,
                   **found.said)


def _nothing(view: View) -> Finding:
    """Return the sentence for a map on which nothing stands out, or on which too few work for anything to be said."""
    size = len(view.practitioners)
    pairs = readings(view.case, "pairs talking")[0].count
    if size < 2:
        return Finding("too few", THEMES[0], "Fewer than two practitioners are on the map: it cannot show how they work together.",
                       "Who else is involved with the child?", view.case, count=size, counted=f"practitioner{'s' * (size != 1)}",
                       names=view.names)
    return Finding("nothing stands out", THEMES[0], "Nothing on this map stands out: nobody is left out, and nothing hangs on one "
                   "person alone.", "Does the map leave out anybody, or any tie?", view.case, count=pairs, of=pairs_among(
                       view.flows.practitioners), counted="pairs of practitioners talk", names=view.names)
