"""Kinds of chart: what each one shows, and the function that lays it out. A new file in this package is found by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from agencygraph.charts.page import WIDTH, Mark
from agencygraph.errors import UnknownNameError, did_you_mean
from agencygraph.model import Case
from agencygraph.registry import Registry, plain
from agencygraph.table import Cell
from agencygraph.themes import Theme

STRENGTHS = (("any", False), ("firm", True))
NOBODY = "there is no practitioner on the map"


@dataclass(frozen=True, slots=True)
class Asked:
    """One map to be charted. `start` is the id of whoever learns something first, where the chart needs one."""

    case: Case
    theme: Theme
    names: bool = False
    start: str = ""

    @property
    def labels(self) -> dict[str, str]:
        """The words for each actor, as they are shown."""
        return self.case.labels(self.names)


@dataclass(frozen=True, slots=True)
class Panel:
    """The chart of one map: its marks from 0 downwards, the same in sentences, and the same as rows of a table."""

    marks: tuple[Mark, ...]
    height: float
    sentences: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    width: float = WIDTH


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of chart.

    Parameters
    ----------
    name
        The word by which it is asked for.
    title, explanation
        What stands above it: what it shows, and how it is read.
    columns
        The columns of its table.
    key
        The kinds of bar that it uses, each with its words.
    needs_start
        True where somebody must be named from whom it starts.
    build
        The function that lays it out.
    """

    name: str
    title: str
    explanation: str
    columns: tuple[str, ...]
    key: tuple[tuple[str, str], ...]
    needs_start: bool
    build: Callable[[Asked], Panel]


KINDS: Registry[Kind] = Registry("chart", package="agencygraph.charts")


def find_kind(name: str) -> Kind:
    """Return the kind of chart with a name; an unknown one gives an error that lists what there is.

    >>> find_kind("Who_knows_when").name
    'who knows when'
    """
    known = KINDS.names()
    if plain(name) not in known:
        raise UnknownNameError(f"there is no chart '{name}'; there are {', '.join(known)}.{did_you_mean(plain(name), known)}")
    return KINDS.get(name)
