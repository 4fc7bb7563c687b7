"""Who knows when: what comes to whom after one, two, three hand-offs, and to whom never, as steps down the page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from agencygraph.charts.kinds import KINDS, STRENGTHS, Asked, Kind, Panel
from agencygraph.charts.page import LINE, TEXT, WIDTH, Mark, Rule, Words, bar, set_lines, swatch, wrap
from agencygraph.measures import readings
from agencygraph.table import Cell

LABEL_ROOM = 90.0
BARS_AT = 94.0
BARS_WIDE = 120.0
COUNT_AT = 220.0
NAMES_AT = 272.0
BAR_HIGH = 11.0
GAP = 5.0
_HEADS = {"any": "Over any tie, critical or peripheral", "firm": "Over firm ties only: the critical ones"}
_NOBODY_ELSE = "no answer: there is no other practitioner on the map"


@dataclass(frozen=True, slots=True)
class Step:
    """Who comes to know at one hand-off (None: never), and how many of how many know by then."""

    hand_offs: int | None
    new: tuple[str, ...]
    known: int
    of: int

    @property
    def words(self) -> str:
        """When it is: "at once", "after 2 hand-offs", "never"."""
        if self.hand_offs is None:
            return "never"
        return f"after {self.hand_offs} hand-off{'s' * (self.hand_offs != 1)}" if self.hand_offs else "at first"


def show_who_knows_when(asked: Asked) -> Panel:
    """Lay out who comes to know what one actor learns, hand-off by hand-off, and who never does."""
    start = asked.labels[asked.start]
    lines = wrap(f"{start} learns something. Who of the others gets to know it?", WIDTH, 10.5, bold=True)
    marks: list[Mark] = list(set_lines(lines, Words(0.0, 10.5, "", asked.theme.ink, 10.5, bold=True), 13.0))
    at = 13.0 * len(lines) + 8.0
    sentences: list[str] = [f"What {start} learns:"]
    rows: list[tuple[Cell, ...]] = []
    for word, firm in STRENGTHS:
        marks.append(Words(0.0, at + TEXT, _HEADS[word], asked.theme.ink, bold=True))
        at += LINE + GAP
        steps = _steps(asked, firm)
        sentences.append(_sentence(word, steps))
        if not steps:
            marks.append(Words(0.0, at + TEXT, _NOBODY_ELSE, asked.theme.ink))
            rows.append((start, word, None, None, 0, 0, "", _NOBODY_ELSE.partition(": ")[2]))
            at += LINE + GAP
        for step in steps:
            row, height = _row(asked, step, at)
            marks += row
            at += height + GAP
            rows.append(_table_row(start, word, step))
        at += GAP
    return Panel(tuple(marks), at - 2 * GAP, tuple(sentences), tuple(rows))


def _steps(asked: Asked, firm: bool) -> tuple[Step, ...]:
    """Return the steps by which news spreads: at first, each hand-off at which somebody new is told, never."""
    labels = asked.labels
    found = [one for one in readings(asked.case, "who knows when", firm=firm) if one.about == (asked.start,)]
    others = found[-1].of or 0
    if not others:
        return ()
    steps, known = [Step(0, (), 0, others)], 0
    # Whoever is told at one hand-off was told by somebody told at the one before, so no hand-off is left out between.
    for number, one in enumerate((one for one in found if one.detail != "never"), 1):
        known += one.count or 0
        steps.append(Step(number, tuple(labels[id] for id in one.who), known, others))
    never = tuple(labels[id] for one in found if one.detail == "never" for id in one.who)
    return (*steps, Step(None, never, known, others))


def _row(asked: Asked, step: Step, top: float) -> tuple[list[Mark], float]:
    theme = asked.theme
    names = wrap(_told(asked, step), WIDTH - NAMES_AT)
    unit = BARS_WIDE / step.of
    before = (step.known - len(step.new)) if step.hand_offs is not None else step.known
    marks: list[Mark] = []
    if before:
        marks.append(bar(BARS_AT, top, before * unit, BAR_HIGH, swatch("plain", theme)))
    if step.new:
        style = "strong" if step.hand_offs is not None else "open"
        marks.append(bar(BARS_AT + before * unit, top, len(step.new) * unit, BAR_HIGH, swatch(style, theme)))
    marks.append(Rule(BARS_AT, top + BAR_HIGH, BARS_AT + BARS_WIDE, top + BAR_HIGH, theme.rule))
    number = len(step.new) if step.hand_offs is None else step.known
    marks += [Words(0.0, top + 9.0, step.words, theme.ink),
              Words(COUNT_AT, top + 9.0, f"{number} of {step.of}", theme.ink, bold=True),
              *set_lines(names, Words(NAMES_AT, top + 9.0, "", theme.ink))]
    return marks, max(LINE * len(names), BAR_HIGH + 1.0)


def _told(asked: Asked, step: Step) -> str:
    if step.hand_offs == 0:
        return f"only {asked.labels[asked.start]} knows"
    return "; ".join(step.new) or "nobody: all come to know"


def _sentence(word: str, steps: tuple[Step, ...]) -> str:
    if not steps:
        return f"{_HEADS[word]}: {_NOBODY_ELSE}."
    return f"{_HEADS[word]}: {'; '.join(_phrases(steps))}."


def _phrases(steps: tuple[Step, ...]) -> Iterator[str]:
    for step in steps:
        new = ", ".join(step.new)
        if step.hand_offs is None:
            yield f"never {len(step.new)} of {step.of}" + (f" ({new})" if new else "")
        else:
            yield f"{step.words} {step.known} of {step.of} know" + (f" (new: {new})" if new else "")


def _table_row(start: str, word: str, step: Step) -> tuple[Cell, ...]:
    return start, word, step.hand_offs, len(step.new), step.known, step.of, "; ".join(step.new), ""


KINDS.add("who knows when", Kind(
    "who knows when", "who knows when",
    "Each line is one hand-off more. Only practitioners, agencies, schools and carers pass news on; the child and the family "
    "are never used as messengers.",
    ("start", "ties", "hand-offs", "new", "know by then", "of", "who", "reason"),
    (("strong", "told at this hand-off"), ("plain", "knew before"), ("open", "never told")),
    needs_start=True, build=show_who_knows_when,
))  # fmt: skip
