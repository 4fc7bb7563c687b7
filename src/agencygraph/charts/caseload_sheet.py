"""Charts over many cases: which there are, and how they are put on a page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from agencygraph.charts.kinds import Panel
from agencygraph.charts.page import SMALL, Page
from agencygraph.charts.picture import Chart
from agencygraph.charts.sheet import EDGE, TITLE, Look, Stack
from agencygraph.comparison.caseload_words import CAUTION, heading, note
from agencygraph.errors import UnknownNameError, did_you_mean
from agencygraph.registry import Registry, plain
from agencygraph.renderers.lettering import tidy
from agencygraph.table import Table

if TYPE_CHECKING:
    from agencygraph.comparison import CaseloadComparison, Shift


@dataclass(frozen=True, slots=True)
class AskedOfMany:
    """One measure over many cases to be charted, with the words for each case."""

    shift: Shift
    family: tuple[Shift, ...]
    labels: tuple[str, ...]
    look: Look


@dataclass(frozen=True, slots=True)
class ManyKind:
    """One kind of chart over many cases: what it is called, how it is read, the columns of its table, its key, its layout."""

    name: str
    title: str
    explanation: str
    columns: tuple[str, ...]
    key: tuple[tuple[str, str], ...]
    build: Callable[[AskedOfMany], Panel]


MANY_KINDS: Registry[ManyKind] = Registry("chart of caseloads", package="agencygraph.charts")


def chart_caseloads(what: CaseloadComparison, kind: str, look: Look) -> Chart:
    """Show for each measure how the maps of many cases changed: as slopes, or case by case as dots.

    Examples
    --------
    >>> from agencygraph import cases, chart, compare
    >>> chart(compare(cases.bexley(), cases.bexley(), ties="any"), "dots").table[0]["change"]
    0.0
    """
    measures = tuple(dict.fromkeys(shift.measure for shift in what.shifts))
    wanted, known = plain(kind), (*MANY_KINDS.names(), *measures)
    if wanted not in known:
        raise UnknownNameError(f"there is no chart '{kind}' of caseloads; there are {', '.join(known)}."
                               f"{did_you_mean(wanted, known)}")
    if wanted in measures:
        what, wanted = what.select(wanted), "slope"
    chosen, labels = MANY_KINDS.get(wanted), what.labels(look.names)
    panels = [chosen.build(AskedOfMany(shift, what.shifts, tuple(labels[at] for at in shift.pairs), look)) for shift in what.shifts]
    title = tidy(look.title) or f"{heading(what)} — {chosen.title}"
    said = note(what)
    stack = Stack(look.theme, max([panel.width for panel in panels], default=0.0))
    stack.write(title, TITLE, bold=True, after=2.0)
    stack.write(chosen.explanation, SMALL, after=10.0)
    for panel in panels:
        stack.rule()
        stack.add(panel.marks, panel.height + 12.0)
    stack.rule()
    for style, words in chosen.key:
        stack.explain(style, words)
    stack.write(CAUTION, SMALL)
    alt = "\n".join([f"{title}.", chosen.explanation, *(line for panel in panels for line in panel.sentences), said])
    table = Table(chosen.columns, tuple(row for panel in panels for row in panel.rows), title, said, heads=chosen.columns[:1])
    width = max([panel.width for panel in panels]) + 2 * EDGE
    return Chart(title, alt, table, Page(width, round(stack.at + EDGE, 1), look.theme.paper, title, alt, stack.shown()))
