"""Dots: one row for each case, an open mark for before and a filled one for after, the greatest change for the better first."""

from __future__ import annotations

from collections.abc import Iterator

from agencygraph.charts.caseload_sheet import MANY_KINDS, AskedOfMany, ManyKind
from agencygraph.charts.kinds import Panel
from agencygraph.charts.page import LINE, SMALL, WIDTH, Mark, Rule, Words, bar, set_lines, swatch, wrap
from agencygraph.comparison.caseload_words import say_shift
from agencygraph.errors import InvalidError
from agencygraph.measures import QUESTIONS
from agencygraph.table import Cell, show

LABEL_ROOM = 170.0
TRACK_AT, TRACK_WIDE = 180.0, 210.0
CHANGE_AT = 460.0
DOT = 6.0
MOST = 60
Row = tuple[str, float | None, float | None, str]


def show_dots(asked: AskedOfMany) -> Panel:
    """Lay out one measure case by case."""
    shift, theme = asked.shift, asked.look.theme
    if len(shift.pairs) > MOST:
        raise InvalidError(f"the dots of {len(shift.pairs)} cases would fill pages: there is room for {MOST}. Take \"slope\".")
    rows = _rows(asked)
    head = wrap(f"{shift.title[:1].upper()}{shift.title[1:]}", WIDTH, 10.5, bold=True)
    marks: list[Mark] = list(set_lines(head, Words(0.0, 10.5, "", theme.ink, 10.5, bold=True), 13.0))
    at = top = 13.0 * len(head) + LINE + 10.0
    low, high = _span(asked, rows)
    for label, before, after, reason in rows:
        lines = wrap(label, LABEL_ROOM, SMALL)
        marks += set_lines(lines, Words(0.0, at + 9.0, "", theme.ink, SMALL))
        why = wrap(f"no answer: {reason}", WIDTH - TRACK_AT, SMALL) if reason else ()
        marks += set_lines(why, Words(TRACK_AT, at + 9.0, "", theme.soft_ink, SMALL))
        if before is not None and after is not None:
            places = [TRACK_AT + TRACK_WIDE * (value - low) / (high - low) for value in (before, after)]
            marks += _dots(asked, places, at)
            marks.append(Words(CHANGE_AT, at + 9.0, _signed(after - before), theme.ink, SMALL, anchor="end"))
        at += LINE * max(len(lines), len(why)) + 3.0
    ends = [(TRACK_AT, show(low), "start"), (TRACK_AT + TRACK_WIDE, show(high), "end"), (CHANGE_AT, "change", "end"),
            (TRACK_AT + TRACK_WIDE / 2, f"{shift.better} is better", "middle")]  # fmt: skip
    marks[:0] = [Words(x, top - 6.0, words, theme.soft_ink, SMALL, anchor=anchor) for x, words, anchor in ends]
    marks[:0] = [Rule(TRACK_AT + TRACK_WIDE * share, top - 3.0, TRACK_AT + TRACK_WIDE * share, at, theme.rule, 0.4)
                 for share in (0.0, 0.5, 1.0)]
    cells: list[tuple[Cell, ...]] = [
        (label, shift.measure, shift.about, shift.ties, shift.band, before, after,
         None if before is None or after is None else round(after - before, 9), reason) for label, before, after, reason in rows]
    return Panel(tuple(marks), at, (say_shift(shift, asked.family), *map(_sentence, rows)), tuple(cells))


def _rows(asked: AskedOfMany) -> list[Row]:
    """Return the cases, the greatest change for the better first and those without an answer last."""
    shift = asked.shift
    sign = 1 if shift.better == "lower" else -1
    rows = list(zip(asked.labels, shift.before, shift.after, shift.reasons, strict=True))
    return sorted(rows, key=lambda row: (bool(row[3]), round(sign * ((row[2] or 0.0) - (row[1] or 0.0)), 9)))


def _span(asked: AskedOfMany, rows: list[Row]) -> tuple[float, float]:
    low, high = QUESTIONS.get(asked.shift.measure).span or (0.0, None)
    greatest = max([value for _, *values, _ in rows for value in values if isinstance(value, float)], default=low)
    return float(low), float(high if high is not None else greatest if greatest > low else low + 1)


def _dots(asked: AskedOfMany, places: list[float], top: float) -> Iterator[Mark]:
    """Yield the way from before to after; where nothing changed, the open mark stands round the filled one."""
    theme = asked.look.theme
    before, after = places
    middle = top + 5.8
    yield Rule(before, middle, after, middle, theme.ink, 1.2)
    size = DOT + 4.0 if abs(before - after) < DOT else DOT
    yield bar(before - size / 2, middle - size / 2, size, size, (theme.paper, theme.ink, ""))
    yield bar(after - DOT / 2, middle - DOT / 2, DOT, DOT, swatch("strong", theme))


def _sentence(row: Row) -> str:
    label, before, after, reason = row
    return f"{label}: no answer, because {reason}." if reason else f"{label}: {show(before)} before, {show(after)} after."


def _signed(change: float) -> str:
    rounded = round(change, 2)
    return f"{'+' if rounded > 0 else '−' if rounded < 0 else ''}{show(abs(rounded))}"


MANY_KINDS.add("dots", ManyKind(
    "dots", "case by case",
    "Each row is one case: the open mark is its map before, the filled mark its map after. A filled mark inside an open one did "
    "not move, or hardly.",
    ("case", "measure", "about", "ties", "band", "before", "after", "change", "reason"),
    (("open", "before"), ("strong", "after")), build=show_dots,
))  # fmt: skip
