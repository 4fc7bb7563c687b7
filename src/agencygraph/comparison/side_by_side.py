"""The meeting measures of two maps side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from agencygraph.comparison.blocks import related
from agencygraph.flows import flows_of
from agencygraph.measures import Question, Reading, ask, readings, words_of
from agencygraph.table import DASH, Table, show

if TYPE_CHECKING:
    from agencygraph.comparison.outcome import Comparison
    from agencygraph.model import Case

COLUMNS = ("measure", "about", "detail", "ties", "before", "after", "change")
MEETING_IDS = tuple(f"M{number}" for number in range(2, 12))

About = tuple[str, ...]
Relation = frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class _Side:
    """One map of the two: its case and its labels."""

    case: Case
    labels: Mapping[str, str]

    def words(self, question: Question, about: About) -> str:
        return words_of(flows_of(self.case), question.about, about, self.labels)

    def answers(self, question: Question, firm: bool) -> dict[About, dict[str, Reading]]:
        """Return the readings by whom they are about, and by the part of the question."""
        found: dict[About, dict[str, Reading]] = {}
        for one in readings(self.case, question.name, firm=firm):
            found.setdefault(one.about, {})[one.detail] = one
        return found

    @property
    def practitioners(self) -> tuple[str, ...]:
        return tuple(actor.id for actor in self.case.actors if not actor.is_family)


def measure_table(comparison: Comparison, names: bool = False) -> Table:
    """Return M2 to M11 of both maps, each with its counts, over any tie and over firm ones.

    A row stands for an actor, a unit or a pair that is on both maps: actors are matched by who became whom, units by their
    members, so a unit whose members went different ways has a row for each.
    """
    sides = (_Side(comparison.before, comparison.before.labels(names)), _Side(comparison.after, comparison.after.labels(names)))
    pairs = frozenset(related(comparison.before, comparison.after, comparison.lineage))
    rows = tuple(row for question in ask() if question.id in MEETING_IDS for firm in (False, True)
                 for row in _rows(question, firm, sides, pairs))
    heading = " and ".join(dict.fromkeys(side.case.heading for side in sides))
    return Table(COLUMNS, rows, f"{heading}: the measures before and after", _note(sides), heads=("measure", "about"))


def _rows(question: Question, firm: bool, sides: tuple[_Side, _Side], pairs: Relation) -> Iterator[tuple[str, ...]]:
    then, now = (side.answers(question, firm) for side in sides)
    for earlier in then:
        for later in now:
            if not _is_linked(question.about, earlier, later, pairs):
                continue
            about = dict.fromkeys((sides[0].words(question, earlier), sides[1].words(question, later)))
            moved = _moved(question, (earlier, later), sides, pairs)
            for detail in dict.fromkeys((*then[earlier], *now[later])):
                before, after = then[earlier].get(detail), now[later].get(detail)
                yield (question.name, " -> ".join(about), detail, "firm" if firm else "any", _cell(before), _cell(after),
                       _change(question, before, after, moved))


def _is_linked(kind: str, earlier: About, later: About, pairs: Relation) -> bool:
    """Say whether an answer on the later map is about the same as one on the earlier map."""
    if kind in ("map", "sector"):
        return earlier == later
    if kind == "unit":
        return any((a, b) in pairs for a in earlier for b in later)
    return len(earlier) == len(later) and all(pair in pairs for pair in zip(earlier, later, strict=True))


def _moved(question: Question, about: tuple[About, About], sides: tuple[_Side, _Side], pairs: Relation) -> tuple[int, int]:
    """Count the practitioners who were outside a unit and are now inside it, and those who were inside and are now outside."""
    if question.about != "unit":
        return 0, 0
    earlier, later = about
    came = [a for a in sides[0].practitioners if a not in earlier and any((a, b) in pairs for b in later)]
    went = [b for b in sides[1].practitioners if b not in later and any((a, b) in pairs for a in earlier)]
    return len(came), len(went)


def _cell(reading: Reading | None) -> str:
    """Return an answer as people read it: "3 of 12", "0.33 (0 of 6)", a status; a dash where there is none."""
    if reading is None:
        return DASH
    counted = "" if reading.count is None or reading.of is None else f"{reading.count} of {reading.of}"
    value = reading.value
    if value is None:
        words = reading.words or DASH
    elif counted and (value == reading.count or value * (reading.of or 0) == reading.count):
        return counted
    else:
        words = show(int(value) if float(value).is_integer() and not counted else value)
    return f"{words} ({counted})" if counted else words


def _change(question: Question, before: Reading | None, after: Reading | None, moved: tuple[int, int]) -> str:
    """Say which way an answer went, and whether that is better; not where a unit has taken in whom it was measured against."""
    came, went = moved
    notes = [f"{count} {words}" for count, words in ((came, "taken in"), (went, "moved out")) if count]
    return "; ".join([_direction(question, before, after, is_judged=not came), *notes])


def _direction(question: Question, before: Reading | None, after: Reading | None, *, is_judged: bool) -> str:
    if before is None or after is None:
        return "no answer before" if before is None else "no answer now"
    if before.value is None or after.value is None:
        if before.words or after.words:
            return "same" if before.words == after.words else "changed"
        missing = " and ".join(word for word, one in (("before", before), ("now", after)) if one.value is None)
        return f"no answer {missing}: {'; '.join(dict.fromkeys(filter(None, (before.reason, after.reason))))}"
    # Shares of different totals are binary fractions; what differs past the ninth place is rounding, not change.
    difference = round(after.value - before.value, 9)
    if not difference:
        return "same"
    way = "higher" if difference > 0 else "lower"
    judged = f" ({'better' if way == question.better else 'worse'})" if question.better and is_judged else ""
    return way + judged


def _note(sides: tuple[_Side, _Side]) -> str:
    then, now = (len(side.practitioners) for side in sides)
    return (f"{then} practitioners before, {now} after: every count is of those on its own map. Who stands on one map only has no "
            "row. Firm counts critical ties only; a tie that nobody could confirm is left out. Taken in: outside the unit before, "
            "inside now; moved out: the reverse. Better and worse speak of the map, not of the child, and are not said where a "
            "unit has taken in some of those it was measured against.")
