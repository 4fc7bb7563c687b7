"""The partnership as a whole: over many cases, which agencies tell which, in how many cases, and how often firmly."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from agencygraph.errors import InvalidError, UndefinedError, UnknownNameError, did_you_mean
from agencygraph.model import Case, Caseload
from agencygraph.partnership.roles import SCHOOL, Link, Role, count_cases, count_columns
from agencygraph.suppression import NOT_APPLICABLE, WITHHELD, Frame, check_settings, withhold
from agencygraph.table import Cell, Table

if TYPE_CHECKING:
    import networkx as nx

    from agencygraph.caseloads.columns import Columns
    from agencygraph.drawing import Map

BY = ("label", "agency", "sector")
MOST_ON_A_MAP = 24
COLUMNS = ("from", "to", "firm", "peripheral only", "not told", "both on the map", "told")
_ROWS_TOTAL = 3


@dataclass(frozen=True, slots=True, repr=False)
class Network:
    """Who tells whom over a caseload. Made by `network`.

    Attributes
    ----------
    roles
        The agencies, roles or sectors, those on most maps first, the rare ones together as "others" last.
    links
        One `Link` for each ordered pair that stands on a map together: the counts as they are, not for publication.
    cases, by, title
        How many cases, by what they were counted, and what stands above maps and tables.
    threshold
        Below it a count is withheld in `table`, `matrix`, maps and graphs; None withholds nothing.

    Examples
    --------
    >>> from agencygraph import cases
    >>> found = network(cases.bexley(), by="sector")
    >>> found
    Network(18 cases, 4 by sector)
    >>> found.table.where(**{"from": "health", "to": "social care"})[0]["not told"]
    6
    """

    roles: tuple[Role, ...]
    links: tuple[Link, ...]
    cases: int
    by: str
    threshold: int | None = 5
    title: str = ""

    @property
    def table(self) -> Table:
        """One row for each pair of roles: in how many cases one tells the other, and how; small counts withheld."""
        rows = [(link.source, link.target, *cells) for link, cells in zip(self.links, self._published(), strict=True)]
        caption = f"{self._heading()}: in how many cases who tells whom"
        return Table(COLUMNS, tuple(rows), caption, self._note(), heads=("from", "to"))

    @property
    def matrix(self) -> Table:
        """Who tells whom at a glance: a row for each that tells, a column for each that is told, in how many cases."""
        told = {(link.source, link.target): cells[-1] for link, cells in zip(self.links, self._published(), strict=True)}
        names = [role.name for role in self.roles]
        rows = tuple((name, *(told.get((name, other), NOT_APPLICABLE) for other in names)) for name in names)
        caption = f"{self._heading()}: in how many of {self.cases} cases the row tells the column"
        return Table(("who tells", *names), rows, caption, f"{self._note()} z: never on a map together.")

    def draw(self, *, marking: str = "") -> Map:
        """Draw the partnership as a map: a line for whatever is told in enough cases to be published, and who has such a line.

        Raises
        ------
        InvalidError
            For more than 24 roles, which no map can show; `matrix` shows them.
        UndefinedError
            Where no link stands in enough cases to be published: an empty map would say that nobody talks.
        """
        from agencygraph.drawing import draw

        if len(self.roles) > MOST_ON_A_MAP:
            raise InvalidError(f"{len(self.roles)} roles are too many for a map, which shows {MOST_ON_A_MAP} at most: take "
                               "`matrix`, or by='sector'.")
        case = self._as_case()
        if not case.ties and any(link.both for link in self.links):
            raise UndefinedError(f"no link stands in enough cases to be published (threshold {self.threshold}), and an empty map "
                                 "would say that nobody talks. Inside the partnership take threshold=None.")
        left_off = len(self.roles) - len(case.actors)
        subtitle = (f"A line: told in {self.threshold or 1} or more of {self.cases} cases; bold: firmly in at least half of these. "
                    f"Not known: a number withheld.{f' {left_off} without such a line left off.' if left_off else ''}")  # fmt: skip
        return draw(case, title=f"{self._heading()} — who tells whom", subtitle=subtitle, marking=marking)

    def to_networkx(self) -> nx.DiGraph[str]:
        """Hand the network to anybody who works with network tools; a withheld count is None on an arc marked `withheld`."""
        import networkx as nx

        graph: nx.DiGraph[str] = nx.DiGraph(name=self._heading(), cases=self.cases, by=self.by)
        for role in self.roles:
            graph.add_node(role.name, sector=role.sector, cases=_shown(role.cases, self.threshold))
        for link, (firm, _, _, both, told) in zip(self.links, self._published(), strict=True):
            if told != 0 and link.source != link.target:
                graph.add_edge(link.source, link.target, told=_number(told), firm=_number(firm), both=_number(both),
                               withheld=WITHHELD in (told, firm, both))  # fmt: skip
        return graph

    def _published(self) -> list[tuple[Cell, ...]]:
        """Return for each link firm, peripheral only, not told, both and told, as they may be published."""
        grid = [[link.firm, link.peripheral, link.none, link.both] for link in self.links]
        hidden = withhold(grid, Frame(total_column=_ROWS_TOTAL), self.threshold) if self.threshold is not None else frozenset()
        # Both are on the map as often whichever way one looks, so a total withheld one way is withheld the other way too.
        alike = {frozenset((link.source, link.target)) for at, link in enumerate(self.links) if (at, _ROWS_TOTAL) in hidden}
        hidden |= {(at, _ROWS_TOTAL) for at, link in enumerate(self.links) if frozenset((link.source, link.target)) in alike}
        rows: list[tuple[Cell, ...]] = []
        for at, line in enumerate(grid):
            shown: list[Cell] = [WITHHELD if (at, column) in hidden else count for column, count in enumerate(line)]
            rows.append((*shown, _told(shown)))
        return rows

    def _as_case(self) -> Case:
        ids = {role.name: f"r{at}" for at, role in enumerate(self.roles)}
        published = {(link.source, link.target): cells for link, cells in zip(self.links, self._published(), strict=True)}
        shown = {pair: 2 * (_number(firm) or 0) >= told for pair, (firm, *_, told) in published.items()
                 if isinstance(told, int) and told >= (self.threshold or 1) and pair[0] != pair[1]}  # fmt: skip
        ties = [f"{ids[a]} {'=>' if is_bold else '->'} {ids[b]}" for (a, b), is_bold in shown.items()]
        # A map says of a one-way line that nothing comes back; of a number withheld nobody may say so.
        ties += [f"{ids[b]} ?-> {ids[a]}" for a, b in shown if published[b, a][-1] == WITHHELD]
        seen = [role for role in self.roles if any(role.name in pair for pair in shown)]
        actors = {ids[role.name]: {"kind": "school" if role.name == SCHOOL else "agency", "label": role.name, "sector": role.sector}
                  for role in seen}
        return Case.of(actors=actors, ties=_joined(ties))

    def _heading(self) -> str:
        return self.title or f"{self.cases} case{'s' * (self.cases != 1)}"

    def _note(self) -> str:
        said = "Ties that nobody could confirm are left out. Told: firm and peripheral together."
        if self.threshold is None:
            return f"{said} Small counts are shown: not for publication."
        return f"{said} c: withheld, a number from 1 to {self.threshold - 1} or one that would give such a number away."

    def __repr__(self) -> str:
        return f"Network({self.cases} case{'s' * (self.cases != 1)}, {len(self.roles)} by {self.by})"

    def _repr_html_(self) -> str:
        """The matrix as a notebook shows it."""
        return self.matrix._repr_html_()


def network(load: Caseload | Columns, by: str = "label", *, threshold: int | None = 5) -> Network:
    """Show who tells whom over all cases: which agencies, in how many cases, how often firmly.

    Parameters
    ----------
    load
        The cases, or the columns of a Parquet caseload (`caseloads.parquet.read_columns`), of which millions are counted at once.
    by
        What counts as one: "label" (the role as it stands on the maps, every school as "School"), "agency", or "sector".
    threshold
        Counts from 1 to one below it are withheld, and roles that stand on fewer maps are put together as "others". None
        shows all, for use inside the partnership.

    Returns
    -------
    Network
        Practitioners, agencies, schools and carers only; the family is nobody's role.

    Raises
    ------
    UnknownNameError
        For another word for by.
    InvalidError
        For anything but a caseload, or a threshold below 3.

    Examples
    --------
    >>> from agencygraph import cases
    >>> network(cases.bexley(), threshold=None).matrix.columns[:3]
    ('who tells', 'School', 'Social services')
    """
    from agencygraph.caseloads.columns import Columns

    if not isinstance(load, (Caseload, Columns)):
        raise InvalidError(f"network takes a caseload, not {type(load).__name__}: Caseload((case, case, ...)).")
    if by not in BY:
        raise UnknownNameError(f"by is {by!r}; it must be one of {', '.join(BY)}.{did_you_mean(str(by), BY)}")
    if threshold is not None:
        check_settings(threshold)
    roles, links = count_cases(load, by, threshold) if isinstance(load, Caseload) else count_columns(load, by, threshold)
    return Network(roles, links, len(load), by, threshold, load.title)


def _told(shown: Sequence[Cell]) -> Cell:
    """Return in how many cases one tells the other, where the published counts say so anyway."""
    firm, peripheral, none, both = shown
    if isinstance(both, int) and isinstance(none, int):
        return both - none
    if isinstance(firm, int) and isinstance(peripheral, int):
        return firm + peripheral
    return WITHHELD


def _number(cell: Cell) -> int | None:
    return cell if isinstance(cell, int) else None


def _shown(count: int, threshold: int | None) -> int | None:
    return None if threshold is not None and count < threshold else count


def _joined(ties: Iterable[str]) -> list[str]:
    """Return one two-way tie for two that answer each other alike."""
    found = [tuple(tie.split()) for tie in ties]
    there = {*found}
    return [f"{a} <{ink} {b}" if (b, ink, a) in there else f"{a} {ink} {b}"
            for a, ink, b in found if (b, ink, a) not in there or int(a[1:]) < int(b[1:])]
