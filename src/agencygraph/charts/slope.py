"""Slopes: for each measure one line for each case from before to after, thicker where several cases share it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from agencygraph.charts.caseload_sheet import MANY_KINDS, AskedOfMany, ManyKind
from agencygraph.charts.kinds import Panel
from agencygraph.charts.page import LINE, SMALL, WIDTH, Mark, Rule, Words, set_lines, wrap
from agencygraph.comparison.caseload_words import say_shift
from agencygraph.measures import QUESTIONS
from agencygraph.table import show

LEFT, RIGHT, SAID_AT = 100.0, 250.0, 300.0
HIGH = 96.0
THINNEST, STEP, THICKEST = 0.8, 0.6, 6.0
NEAREST = 10.0
Slope = tuple[float, float]


def show_slopes(asked: AskedOfMany) -> Panel:
    """Lay out one measure: its slopes at the left, what they come to at the right."""
    shift, theme = asked.shift, asked.look.theme
    head = wrap(f"{shift.title[:1].upper()}{shift.title[1:]}", WIDTH, 10.5, bold=True)
    marks: list[Mark] = list(set_lines(head, Words(0.0, 10.5, "", theme.ink, 10.5, bold=True), 13.0))
    top = 13.0 * len(head) + LINE + 14.0
    groups = slopes_of(asked)
    said = say_shift(shift, asked.family)
    if not groups:
        words = wrap(f"No answer: {shift.paired.reason}.", WIDTH)
        marks += set_lines(words, Words(0.0, top, "", theme.ink))
        return Panel(tuple(marks), top + LINE * len(words), (said,), ())
    lowest, highest = _span(asked, groups)
    marks += _frame(asked, top, (lowest, highest))
    for (before, after), count in groups.items():
        ends = [top + HIGH * (1 - (value - lowest) / (highest - lowest)) for value in (before, after)]
        marks.append(Rule(LEFT, ends[0], RIGHT, ends[1], theme.ink, min(THINNEST + STEP * (count - 1), THICKEST)))
    for side, x, anchor in ((0, LEFT - 6.0, "end"), (1, RIGHT + 6.0, "start")):
        heights = Counter[float]()
        for slope, count in groups.items():
            heights[top + HIGH * (1 - (slope[side] - lowest) / (highest - lowest))] += count
        marks += [Words(x, y + 3.2, str(count), theme.ink, SMALL, anchor=anchor) for y, count in _apart(heights)]
    words = wrap(said.partition(": ")[2], WIDTH - SAID_AT)
    marks += set_lines(words, Words(SAID_AT, top + 3.0, "", theme.ink))
    rows = tuple((shift.measure, shift.about, shift.ties, shift.band, before, after, count)
                 for (before, after), count in groups.items())
    return Panel(tuple(marks), max(top + HIGH + 4.0, top + 3.0 + LINE * len(words)), (said, _listed(groups)), rows)


def slopes_of(asked: AskedOfMany) -> dict[Slope, int]:
    """Return how many cases go from which value to which, in the order of the values; what differs past the ninth place is one."""
    found = Counter((round(before, 9), round(after, 9)) for before, after in zip(asked.shift.before, asked.shift.after, strict=True)
                    if before is not None and after is not None)
    return dict(sorted(found.items()))


def _span(asked: AskedOfMany, groups: dict[Slope, int]) -> tuple[float, float]:
    """Return the ends of the scale: those of the measure, or the greatest value where it has no upper end."""
    low, high = QUESTIONS.get(asked.shift.measure).span or (0.0, None)
    greatest = max(value for slope in groups for value in slope)
    return float(low), float(high if high is not None else greatest if greatest > low else low + 1)


def _frame(asked: AskedOfMany, top: float, span: tuple[float, float]) -> Iterator[Mark]:
    theme, shift = asked.look.theme, asked.shift
    low, high = span
    for x, words in ((LEFT, "before"), (RIGHT, "after")):
        yield Rule(x, top, x, top + HIGH, theme.rule)
        yield Words(x, top - 8.0, words, theme.soft_ink, SMALL, anchor="middle")
    for share in (0.0, 0.5, 1.0):
        y = top + HIGH * (1 - share)
        yield Rule(LEFT, y, RIGHT, y, theme.rule, 0.4)
        yield Words(72.0, y + 3.2, show(low + share * (high - low)), theme.soft_ink, SMALL, anchor="end")
    better = wrap(f"{shift.better} is better", 48.0, SMALL)
    at = top + HIGH * (0.25 if shift.better == "higher" else 0.75) + 3.2 - LINE * (len(better) - 1) / 2
    yield from set_lines(better, Words(0.0, at, "", theme.soft_ink, SMALL))


def _apart(heights: Counter[float]) -> list[tuple[float, int]]:
    """Return counts at their heights; those too near to be read apart are one count, halfway between."""
    found = [([y], count) for y, count in sorted(heights.items())]
    while any(_middle(below) - _middle(above) < NEAREST for (above, _), (below, _) in pairwise(found)):
        at = next(at for at, ((above, _), (below, _)) in enumerate(pairwise(found)) if _middle(below) - _middle(above) < NEAREST)
        found[at : at + 2] = [(found[at][0] + found[at + 1][0], found[at][1] + found[at + 1][1])]
    return [(_middle(ys), count) for ys, count in found]


def _middle(heights: Sequence[float]) -> float:
    return (heights[0] + heights[-1]) / 2


def _listed(groups: dict[Slope, int]) -> str:
    return "; ".join(f"{show(before)} to {show(after)}: {count} case{'s' * (count != 1)}"
                     for (before, after), count in groups.items()) + "."


MANY_KINDS.add("slope", ManyKind(
    "slope", "slopes from before to after",
    "Each line is one case, from its map before to its map after; a thicker line is several cases alike. The numbers at both ends "
    "count the cases that stand there.",
    ("measure", "about", "ties", "band", "before", "after", "cases"), (), build=show_slopes,
))  # fmt: skip
