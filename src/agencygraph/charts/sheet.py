"""Sheet: a case, or a before and an after, as one chart with its headings, its key and its notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from agencygraph.captions import counted, moments_of
from agencygraph.charts.kinds import Asked, Kind, Panel, find_kind
from agencygraph.charts.page import LINE, SMALL, TEXT, WIDTH, Mark, Page, Rule, Words, bar, move, set_lines, swatch, wrap
from agencygraph.charts.picture import Chart
from agencygraph.errors import InvalidError, UndefinedError, UnknownNameError, did_you_mean
from agencygraph.model import Case
from agencygraph.renderers.lettering import tidy
from agencygraph.table import Cell, Table
from agencygraph.themes import PRINT, Theme

if TYPE_CHECKING:
    from agencygraph.comparison import CaseloadComparison, Comparison

EDGE = 6.0
TITLE = 13.0
MOMENTS = ("Before", "After")


@dataclass(frozen=True, slots=True)
class Look:
    """What the caller asked for besides the facts."""

    names: bool
    title: str
    theme: Theme


@dataclass(frozen=True, slots=True)
class _Start:
    """From whom a chart of one map starts: an id, or the reason why there is none."""

    id: str = ""
    reason: str = ""


def chart(what: Case | Comparison | CaseloadComparison, kind: str = "isolation", *, start: str = "", names: bool = False,
          title: str = "", theme: Theme = PRINT) -> Chart:  # fmt: skip
    """Show at a glance how cut off each unit is, who knows when, which services talk: as a picture to hand round.

    Parameters
    ----------
    what
        A `Case`, or a `Comparison` made by `compare`: then before stands above after. Or a comparison of two caseloads.
    kind
        "isolation" or "voice" of each unit, "who knows when" (after how many hand-offs), "sectors" (which services talk). Of two
        caseloads: "slope" or "dots" of every measure, or the name of one.
    start
        For "who knows when": the id of whoever learns something first; the first school where left out.
    names
        True shows private names in place of public labels.
    title, theme
        Your own heading, printed as given; colours of paper and ink.

    Returns
    -------
    Chart
        With `svg`, `png`, `alt` (in words), `table`, `save(path)`. Where there is no answer it says why, and never shows nought.

    Raises
    ------
    UnknownNameError
        For a kind of chart that does not exist, or a start that is on no map.
    UndefinedError
        For "who knows when" without a start where no map has a school.
    InvalidError
        For anything else, or a start where the chart needs none.

    Source: M4, M5, M12 of `measures.catalogue`.

    Examples
    --------
    >>> case = Case.of(age=9, actors={"school": "school", "police": "agency"}, ties=["school => police"])
    >>> drawn = chart(case, "who knows when")
    >>> drawn
    Chart('Child, 9 — who knows when', 6 rows)
    >>> drawn.table[1]["who"]
    'Agency'
    """
    from agencygraph.comparison import CaseloadComparison

    if isinstance(what, CaseloadComparison):
        return _over_caseloads(what, kind, start, Look(names, title, theme))
    return _chart_maps(what, kind, start, Look(names, title, theme))


def _chart_maps(what: Case | Comparison, kind: str, start: str, look: Look) -> Chart:
    """Return the chart of one map, or of a map before and a map after."""
    chosen = find_kind(kind)
    cases = _cases(what)
    if start and not chosen.needs_start:
        raise InvalidError(f"the chart '{chosen.name}' shows everybody: leave out start, which belongs to 'who knows when'.")
    starts = _starts(what, cases, start, look.names) if chosen.needs_start else (_Start(),) * len(cases)
    asked = [Asked(case, look.theme, look.names, one.id) for case, one in zip(cases, starts, strict=True)]
    panels = [_no_answer(one, chosen, s.reason) if s.reason else chosen.build(one) for one, s in zip(asked, starts, strict=True)]
    return _compose(chosen, tidy(look.title) or f"{_heading(cases[0], look.names)} — {chosen.title}", asked, panels)


def _over_caseloads(what: CaseloadComparison, kind: str, start: str, look: Look) -> Chart:
    if start:
        raise InvalidError("a chart of caseloads starts from nobody: leave out start.")
    from agencygraph.charts.caseload_sheet import chart_caseloads

    return chart_caseloads(what, kind, look)


def _cases(what: Case | Comparison) -> tuple[Case, ...]:
    from agencygraph.comparison import Comparison

    if isinstance(what, Case):
        return (what,)
    if isinstance(what, Comparison):
        return what.before, what.after
    raise InvalidError(f"chart takes a case or a comparison, not {type(what).__name__}; agencygraph.read makes a case of a file.")


def _starts(what: Case | Comparison, cases: Sequence[Case], start: str, names: bool) -> tuple[_Start, ...]:
    """Return from whom each map starts: the one who is named, whoever that one became or was before, or the first school."""
    if not start:
        schools = [next((actor.id for actor in case.actors if actor.kind == "school"), "") for case in cases]
        if not any(schools):
            raise UndefinedError("there is no school on the map to start from: name whoever learns something first with "
                                 "start=..., the id of an actor.")
        return tuple(_Start(id, "" if id else "there is no school on this map") for id in schools)
    known = [id for case in cases for id in case.ids]
    if start not in known:
        raise UnknownNameError(f"'{start}' is not in the case.{did_you_mean(start, known)}")
    return tuple(_Start(start) if start in case.ids else _counterpart(what, start, at, names)
                 for at, case in enumerate(cases))


def _counterpart(what: Case | Comparison, start: str, at: int, names: bool) -> _Start:
    """Return who stands on one map of a comparison for somebody who is only on the other one."""
    if isinstance(what, Case):
        return _Start(start)
    here, there = (what.after, what.before) if at else (what.before, what.after)
    who = there.labels(names)[start]
    found = [id for block in what.blocks if start in (*block.before, *block.after) for id in (block.after if at else block.before)]
    if len(found) == 1:
        return _Start(found[0])
    if found:
        return _Start(reason=f"{who} is several here, so ask for one of them: {'; '.join(here.labels(names)[id] for id in found)}")
    return _Start(reason=f"{who} is not on this map")


def _no_answer(asked: Asked, kind: Kind, reason: str) -> Panel:
    words = f"No answer: {reason}."
    lines = wrap(words, WIDTH)
    empty: tuple[Cell, ...] = (*(None for _ in kind.columns[:-1]), reason)
    return Panel(set_lines(lines, Words(0.0, TEXT, "", asked.theme.ink)), LINE * len(lines), (words,), (empty,))


def _heading(case: Case, names: bool) -> str:
    """Return the public title, or the private name where names were asked for."""
    if names and case.name and not case.title:
        return tidy(case.name if case.age is None else f"{case.name}, {case.age}")
    return tidy(case.heading) or "Child"


def _compose(kind: Kind, title: str, asked: Sequence[Asked], panels: Sequence[Panel]) -> Chart:
    """Put headings, panels, key and notes below each other, and the same into words and one table."""
    theme, width = asked[0].theme, max(panel.width for panel in panels)
    moments = moments_of(*(one.case for one in asked)) * (len(asked) > 1)
    stack = Stack(theme, width)
    stack.write(title, TITLE, bold=True, after=2.0)
    stack.write(kind.explanation, SMALL, after=10.0)
    for at, panel in enumerate(panels):
        if moments:
            stack.rule()
            stack.write(moments[at], 11.0, bold=True, after=6.0)
        stack.add(panel.marks, panel.height + 12.0)
    notes = _notes(asked)
    stack.rule()
    for style, words in kind.key:
        stack.explain(style, words)
    for note in notes:
        stack.write(note, SMALL)
    said = [f"{title}.", kind.explanation]
    for at, panel in enumerate(panels):
        said += [*(f"{moment}." for moment in moments[at : at + 1]), *panel.sentences]
    alt = "\n".join([*said, *notes])
    table = _table(kind, title, panels, notes)
    return Chart(title, alt, table, Page(width + 2 * EDGE, round(stack.at + EDGE, 1), theme.paper, title, alt, stack.shown()))


def _table(kind: Kind, title: str, panels: Sequence[Panel], notes: Sequence[str]) -> Table:
    if len(panels) == 1:
        return Table(kind.columns, panels[0].rows, title, " ".join(notes))
    rows = tuple((moment.lower(), *row) for moment, panel in zip(MOMENTS, panels, strict=True) for row in panel.rows)
    return Table(("map", *kind.columns), rows, title, " ".join(notes), heads=("map", kind.columns[0]))


def _notes(asked: Sequence[Asked]) -> tuple[str, ...]:
    """Say what was left out: ties that nobody could confirm."""
    unknown = sum(tie.status == "unknown" for one in asked for tie in one.case.ties)
    return (f"{counted(unknown, 'tie')} that nobody could confirm {'is' if unknown == 1 else 'are'} left out.",) if unknown else ()


class Stack:
    """What has been set on the page so far, from the top down."""

    def __init__(self, theme: Theme, width: float) -> None:
        self.at = EDGE
        self._theme = theme
        self._width = width
        self._marks: list[Mark] = []

    def add(self, marks: Sequence[Mark], height: float) -> None:
        """Set marks below what stands there already; they take so much of the height."""
        self._marks += move(marks, 0.0, self.at)
        self.at += height

    def write(self, words: str, size: float, *, bold: bool = False, after: float = 0.0) -> None:
        """Set words on as many lines as they need, with some room after them."""
        lines = wrap(words, self._width, size, bold)
        ink = self._theme.ink if bold else self._theme.soft_ink
        self.add(set_lines(lines, Words(0.0, size, "", ink, size, bold), size * 1.25), len(lines) * size * 1.25 + after)

    def rule(self) -> None:
        """Set a rule across the sheet."""
        self.add((Rule(0.0, 0.0, self._width, 0.0, self._theme.rule),), 7.0)

    def explain(self, style: str, words: str) -> None:
        """Set one line of the key."""
        look = swatch(style, self._theme)
        self.add((bar(0.0, 1.0, 24.0, 9.0, look), Words(30.0, 9.0, words, self._theme.soft_ink, SMALL)), LINE + 2.0)

    def shown(self) -> tuple[Mark, ...]:
        """Return the marks, moved in from the left edge and rounded to a tenth of a point."""
        return move(self._marks, EDGE, 0.0)
