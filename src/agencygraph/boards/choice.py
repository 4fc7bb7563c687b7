"""Which picture is meant: by what is to be drawn, and by the style that was asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from agencygraph.boards.asking import look_of
from agencygraph.boards.lanes import lanes
from agencygraph.boards.plans import continuum, mind_map
from agencygraph.boards.teams import team_picture
from agencygraph.comparison import Comparison
from agencygraph.errors import InvalidError
from agencygraph.model import ActionPlan, Case
from agencygraph.renderers.sheet import Sheet
from agencygraph.templates import Template
from agencygraph.themes import Theme

STYLES = ("mind map", "continuum", "lanes")


def draw_board(what: Case | Comparison | ActionPlan | Template, style: str, theme: Theme | str, words: Mapping[str, Any]) -> Sheet:
    """Draw a plan (as mind map, or as "continuum"), a team, a case's plan, or a case's chronology as "lanes".

    Raises
    ------
    InvalidError
        For a style that does not go with what is to be drawn.
    UndefinedError
        Where there is no question, or no chronology.

    Examples
    --------
    >>> from agencygraph import cases
    >>> draw_board(cases.james(), "continuum", "print", {})
    Sheet('James, 11 — where the questions stand')
    """
    look = look_of(theme, words)
    if isinstance(what, Template):
        if style:
            raise InvalidError(f"a team is drawn in one way only: leave style={style!r} out.")
        return team_picture(what, look)
    if style == "lanes" and not isinstance(what, ActionPlan):
        return lanes(what, look)
    if isinstance(what, Comparison):
        raise InvalidError(f"style={style!r} shows the plan of one case: give comparison.before or comparison.after.")
    if isinstance(what, ActionPlan) and style not in ("", "mind map", "continuum"):
        raise InvalidError(f"a plan is drawn as 'mind map' or as 'continuum', not as {style!r}.")
    return continuum(what, look) if style == "continuum" else mind_map(what, look)
