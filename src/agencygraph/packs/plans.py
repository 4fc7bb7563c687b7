"""The action plan on paper: questions under the four themes, what is agreed, and room to write."""

from __future__ import annotations

from collections.abc import Iterator

from agencygraph.model import ActionPlan, Case, Question
from agencygraph.packs.document import Block, Grid, Heading, Paragraph, plain
from agencygraph.packs.views import Item
from agencygraph.packs.words import dated
from agencygraph.planning import suggest, with_suggestions

COLUMNS = ("Question", "What could be done", "Who sees to it", "By when", "Consensus")
SUGGESTED = " (suggested)"
_NOTE = ("Questions marked as suggested come from the maps; the meeting takes them on, changes them or strikes them out. "
         "Consensus: ready where agreement came with ease, complex where a question touches a role or a standing.")


def plan_of(item: Item, names: bool) -> ActionPlan:
    """Return the questions of a case, or of both cases of a comparison, and behind them those that the maps suggest.

    >>> case = Case.of(actors={"school": "school", "ssd": {"kind": "agency", "lead": True}}, ties=["school => ssd"])
    >>> [question.suggested for question in plan_of(case, False)]
    [True]
    """
    if isinstance(item, Case):
        return with_suggestions(item, names=names).plan
    own = own_plan(item)
    offered = [*suggest(item, names=names), *suggest(item.before, names=names)]
    found: dict[tuple[str, str], Question] = {}
    for one in (*(one for one in own if not one.suggested), *(one for one in own if one.suggested), *offered):
        found.setdefault((one.theme, one.text), one)
    return ActionPlan(tuple(found.values()))


def own_plan(item: Item) -> ActionPlan:
    """Return the questions that stand in the plan of a case, or of both cases of a comparison, each once.

    >>> len(own_plan(Case.of(actors={"school": "school"})))
    0
    """
    cases = (item,) if isinstance(item, Case) else (item.before, item.after)
    found: dict[tuple[str, str], Question] = {}
    for one in (one for case in cases for one in case.plan):
        # Of a question that stands in both plans, the one that a group has taken on.
        if (one.theme, one.text) not in found or found[one.theme, one.text].suggested:
            found[one.theme, one.text] = one
    return ActionPlan(tuple(found.values()))


def plan_blocks(plan: ActionPlan, level: int, heading: str) -> Iterator[Block]:
    """Yield the action plan: a table for each theme, with empty cells for the meeting to fill in."""
    yield Heading("Action plan", level)
    yield Paragraph(_NOTE, "small")
    for theme, questions in plan.by_theme():
        yield Heading(theme.capitalize(), level + 1)
        rows = tuple(_row(one) for one in questions)
        yield Grid(COLUMNS, rows, plain(f"{heading}: action plan, {theme}"), (2.4, 2.0, 1.2, 0.9, 0.9), ruled=True)


def _row(one: Question) -> tuple[str, ...]:
    asked = one.text + (SUGGESTED if one.suggested else "")
    return tuple(plain(cell) for cell in (asked, "; ".join(one.proposals), one.owner, dated(one.due) if one.due else "",
                                          one.consensus))  # fmt: skip
