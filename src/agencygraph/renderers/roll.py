"""Roll: who stands on a picture and what passes between whom, as rows that every file of it tells alike. Knows no case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from agencygraph.scene import Scene

SURE = {"agreed": "agreed", "disputed": "the group does not agree", "unknown": "not known to the group"}
CHANGES = {"unchanged": "as before", "added": "new", "lost": "no longer there", "strengthened": "stronger", "weakened": "weaker",
           "two-way": "now both ways", "one-way": "now one way", "mixed": "changed in several ways"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on the picture: the key, the whole label, the kind, and what a screen reader says."""

    key: str
    label: str
    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Row:
    """A tie between two people: keys of its ends, its strength and ways, how sure it is, how it changed (empty: no earlier map)."""

    source: str
    target: str
    critical: bool
    two_way: bool
    status: str = "agreed"
    change: str = ""

    @property
    def strength(self) -> str:
        """The strength in the words of the key."""
        return "critical" if self.critical else "peripheral"

    @property
    def flows(self) -> tuple[str, ...]:
        """The flows as data, in the words of the SVG: "n3>n5:critical", "n3>n5:critical:unknown"."""
        rest = self.strength + ("" if self.status == "agreed" else f":{self.status}")
        return tuple(f"{one}>{two}:{rest}" for one, two in self.ways)

    @property
    def ways(self) -> tuple[tuple[str, str], ...]:
        """Who tells whom, by keys."""
        return ((self.source, self.target), (self.target, self.source))[: 1 + self.two_way]


@dataclass(frozen=True, slots=True)
class Roll:
    """One map's people in reading order and the ties between them; `heading` is empty for a picture with a single map."""

    heading: str
    people: tuple[Person, ...]
    rows: tuple[Row, ...]

    @property
    def labels(self) -> Mapping[str, str]:
        """Whole labels by key."""
        return {person.key: person.label for person in self.people}


def roll_of(scene: Scene, heading: str = "") -> Roll:
    """Return who is on a scene and every tie, those inside a team too.

    Examples
    --------
    >>> from agencygraph import cases, draw
    >>> roll = roll_of(draw(cases.peter()).scene)
    >>> len(roll.people), roll.rows[0].strength, roll.rows[0].flows[0]
    (8, 'critical', 'n1>n2:critical')
    """
    people = tuple(Person(card.key, card.label or " ".join(card.lines), card.kind, card.words) for card in scene.cards)
    rows = [row for line in scene.lines for row in rows_of(line.flows, line.change)]
    rows += [row for team in scene.teams for row in rows_of(team.flows)]
    return Roll(heading, people, tuple(rows))


def rows_of(flows: Sequence[str], change: str = "") -> tuple[Row, ...]:
    """Return flows as rows: two that run both ways between the same people, alike in all else, become one.

    Examples
    --------
    >>> [row.two_way for row in rows_of(("n1>n2:critical", "n2>n1:critical", "n1>n3:peripheral:unknown"))]
    [True, False]
    """
    left = list(flows)
    rows: list[Row] = []
    while left:
        ends, strength, status = split(left.pop(0))
        back = f"{ends[1]}>{ends[0]}:{strength}" + ("" if status == "agreed" else f":{status}")
        two_way = back in left
        if two_way:
            left.remove(back)
        rows.append(Row(*ends, strength == "critical", two_way, status, change))
    return tuple(rows)


def split(flow: str) -> tuple[tuple[str, str], str, str]:
    """Return a flow's ends, strength and status.

    Examples
    --------
    >>> split("n3>n5:critical:unknown")
    (('n3', 'n5'), 'critical', 'unknown')
    """
    ends, strength, status = (*flow.split(":"), "agreed")[:3]
    source, _, target = ends.partition(">")
    return (source, target), strength, status
