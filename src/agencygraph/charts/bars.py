"""How cut off each unit is, and how well it is heard: bars of any tie and of firm ties, the most isolated unit first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from agencygraph.charts.kinds import KINDS, NOBODY, STRENGTHS, Asked, Kind, Panel
from agencygraph.charts.page import LINE, SMALL, TEXT, WIDTH, Mark, Rule, Words, bar, set_lines, swatch, wrap
from agencygraph.flows import flows_of
from agencygraph.measures import Reading, readings, words_of
from agencygraph.table import Cell, show

LABEL_ROOM = 140.0
TIES_AT = 148.0
BARS_AT = 178.0
BARS_WIDE = 150.0
ANSWER_AT = 336.0
ROW = 13.5
BAR_HIGH = 9.5
GAP = 8.0
HEAD = 24.0
_UNIT = "A unit is a team, or all who are based at one place, or an agency alone. Bold: the school's."
_KEY = (("light", "any tie: critical or peripheral"), ("strong", "firm: critical ties only"))


@dataclass(frozen=True, slots=True)
class Scale:
    """What the bars measure: the measure, the one that counts beside it, and the words at both ends of the scale."""

    measure: str
    counter: str
    none: str
    all: str
    worst_is_high: bool


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit and its answers, over any tie and over firm ones: the reading, and how many of how many are behind it."""

    words: str
    has_school: bool
    answers: tuple[Reading, ...]
    counts: tuple[Reading, ...]

    @property
    def reason(self) -> str:
        """Why there is no answer, if there is none."""
        return self.answers[0].reason

    def rank(self, worst_is_high: bool) -> tuple[float, ...]:
        """Return by what units are sorted: the most isolated first, those without an answer last."""
        if self.reason:
            return (2.0,)
        return tuple(-(one.value or 0.0) if worst_is_high else one.value or 0.0 for one in self.answers)


ISOLATION = Scale("isolation", "hears from", "hears all", "hears nobody", worst_is_high=True)
VOICE = Scale("voice", "heard by", "nobody hears it", "all hear it", worst_is_high=False)


def show_isolation(asked: Asked) -> Panel:
    """Lay out how cut off each unit is from what the others know."""
    return _lay_out(asked, ISOLATION)


def show_voice(asked: Asked) -> Panel:
    """Lay out how well each unit is heard by the others."""
    return _lay_out(asked, VOICE)


def _lay_out(asked: Asked, scale: Scale) -> Panel:
    units = _units(asked, scale)
    ink, soft, rule = asked.theme.ink, asked.theme.soft_ink, asked.theme.rule
    if not units:
        words = f"No answer: {NOBODY}."
        return Panel((Words(0.0, TEXT, words, ink),), LINE, (words,), ())
    marks: list[Mark] = []
    at = HEAD
    for number, unit in enumerate(units):
        if number:
            marks.append(Rule(0.0, at - GAP / 2, WIDTH, at - GAP / 2, rule, 0.4))
        row, height = _row(asked, scale, unit, at)
        marks += row
        at += height + GAP
    bottom = at - GAP
    ticks = [Rule(BARS_AT + share * BARS_WIDE, HEAD - 5.0, BARS_AT + share * BARS_WIDE, bottom, rule) for share in (0.0, 0.5, 1.0)]
    ends = [Words(BARS_AT, 8.0, scale.none, soft, SMALL), Words(BARS_AT + BARS_WIDE, 8.0, scale.all, soft, SMALL, anchor="end")]
    figures = [Words(BARS_AT + share * BARS_WIDE, 18.0, f"{share:g}", soft, SMALL, anchor=anchor)
               for share, anchor in ((0.0, "start"), (0.5, "middle"), (1.0, "end"))]
    return Panel((*ticks, *ends, *figures, *marks), bottom, tuple(_sentence(scale, unit) for unit in units),
                 tuple(row for unit in units for row in _table_rows(asked, unit)))


def _units(asked: Asked, scale: Scale) -> list[Unit]:
    """Return the units of the map with their answers, the most isolated first."""
    flows, labels = flows_of(asked.case), asked.labels
    schools = {actor.id for actor in asked.case.actors if actor.kind == "school"}
    answers, counts = ([readings(asked.case, name, firm=firm) for _, firm in STRENGTHS] for name in (scale.measure, scale.counter))
    units = [Unit(words_of(flows, "unit", both[0].about, labels), not schools.isdisjoint(both[0].about), both, behind)
             for both, behind in zip(zip(*answers, strict=True), zip(*counts, strict=True), strict=True)]
    return sorted(units, key=lambda unit: unit.rank(scale.worst_is_high))


def _row(asked: Asked, scale: Scale, unit: Unit, top: float) -> tuple[list[Mark], float]:
    ink = asked.theme.ink
    label = wrap(unit.words, LABEL_ROOM, TEXT, unit.has_school)
    marks: list[Mark] = list(set_lines(label, Words(0.0, top + 9.0, "", ink, bold=unit.has_school)))
    if unit.reason:
        why = wrap(f"no answer: {unit.reason}", WIDTH - BARS_AT - 6.0)
        covered = bar(BARS_AT - 1.0, top - 1.0, BARS_WIDE + 2.0, LINE * len(why) + 2.0, (asked.theme.paper, "", ""))
        marks += [covered, *set_lines(why, Words(BARS_AT, top + 9.0, "", ink))]
        return marks, LINE * max(len(label), len(why))
    for number, (word, _) in enumerate(STRENGTHS):
        y = top + number * ROW
        marks += _one_bar(asked, scale, unit, number, y)
        marks.append(Words(TIES_AT, y + 9.0, word, asked.theme.soft_ink, SMALL))
    return marks, max(LINE * len(label), ROW * len(STRENGTHS))


def _one_bar(asked: Asked, scale: Scale, unit: Unit, number: int, y: float) -> Iterator[Mark]:
    value, counted = unit.answers[number].value or 0.0, unit.counts[number]
    look = swatch("strong" if number else "light", asked.theme)
    # A value of nought is an answer, so it gets a mark too: a bar as thin as its border.
    yield bar(BARS_AT, y, max(value * BARS_WIDE, 1.2), BAR_HIGH, look)
    yield Words(ANSWER_AT, y + 9.0, show(float(value)), asked.theme.ink, bold=True)
    yield Words(ANSWER_AT + 27.0, y + 9.0, f"{scale.counter} {counted.count} of {counted.of}", asked.theme.ink)


def _sentence(scale: Scale, unit: Unit) -> str:
    if unit.reason:
        return f"{unit.words}: no answer, because {unit.reason}."
    parts = [f"over {'firm ties' if firm else 'any tie'} {show(float(one.value or 0.0))} "
             f"({scale.counter} {counted.count} of {counted.of})"
             for one, counted, (_, firm) in zip(unit.answers, unit.counts, STRENGTHS, strict=True)]
    return f"{unit.words}: {scale.measure} {', '.join(parts)}."


def _table_rows(asked: Asked, unit: Unit) -> Iterator[tuple[Cell, ...]]:
    for one, counted, (word, _) in zip(unit.answers, unit.counts, STRENGTHS, strict=True):
        yield unit.words, word, one.value, counted.count, counted.of, _names(asked, counted.who), one.reason


def _names(asked: Asked, ids: Sequence[str]) -> str:
    labels = asked.labels
    return "; ".join(labels[id] for id in ids)


KINDS.add("isolation", Kind(
    "isolation", "how cut off each unit is",
    f"A full bar (1.00) hears from nobody outside the unit; no bar (0.00) hears everybody outside it at first hand. {_UNIT}",
    ("unit", "ties", "isolation", "hears from", "of", "from whom", "reason"), _KEY, needs_start=False, build=show_isolation,
))  # fmt: skip
KINDS.add("voice", Kind(
    "voice", "how well each unit is heard",
    f"A full bar (1.00) is heard by everybody outside the unit at first hand; no bar (0.00) is heard by nobody. {_UNIT}",
    ("unit", "ties", "voice", "heard by", "of", "by whom", "reason"), _KEY, needs_start=False, build=show_voice,
))  # fmt: skip
