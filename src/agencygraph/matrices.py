"""Matrix: a case as a grid of who tells whom, which stays legible where a map has too many lines."""

from __future__ import annotations

from collections.abc import Mapping

from agencygraph import captions, staging
from agencygraph.errors import InvalidError
from agencygraph.model import Actor, Case
from agencygraph.renderers.lettering import tidy
from agencygraph.renderers.roll import SURE, Roll, Row, roll_of
from agencygraph.renderers.sheet import Sheet
from agencygraph.renderers.squares import Grid, write_squares
from agencygraph.renderers.svg import Heading
from agencygraph.scene import Card, Scene
from agencygraph.themes import PRINT, Theme

SUBTITLE = "Whoever stands at the side tells whoever stands at the top. Two ways: a square on both sides of the diagonal."
_SHAPES = {"child": "child", "parent": "person", "family": "person", "carer": "person", "school": "school"}
_RANKS = {"child": 0, "person": 1, "school": 2, "card": 3}


def matrix(case: Case, *, names: bool = False, title: str = "", subtitle: str = "", marking: str = "",
           theme: Theme = PRINT) -> Sheet:  # fmt: skip
    """Show who tells whom as a grid, for meetings on cases with so many ties that a map turns into a thicket.

    Family first, then the school, then practitioners by sector. A full square is a critical flow, an open one peripheral;
    empty rows are those who tell nobody, empty columns those whom nobody tells. Up to 40 people stay legible on A4.

    Parameters
    ----------
    case
        The case; members of a team stand in it one by one.
    names
        True shows private names in place of public labels.
    title, subtitle, marking
        Your own headings, printed as given, and a protective marking for the top right corner.
    theme
        Sizes and colours.

    Returns
    -------
    Sheet
        With `svg`, `text`, and `save(path)` by ending: ``.svg .png .pdf .html .txt .dot``.

    Raises
    ------
    InvalidError
        For anything else than a case.

    Examples
    --------
    >>> from agencygraph import cases
    >>> drawn = matrix(cases.peter())
    >>> drawn
    Sheet('Peter, 9 — who tells whom')
    >>> print(drawn.text.splitlines()[5])
    - Peter tells Mother (critical), School (critical), SENCO (critical), Social services (peripheral), School nurse (critical).
    """
    if not isinstance(case, Case):
        raise InvalidError(f"matrix takes a case, not {type(case).__name__}; agencygraph.read makes a case of a file.")
    grid = _grid(case, names, theme)
    heading = tidy(case.name) if names and case.name and not case.title else tidy(case.heading) or "Child"
    shown, below = title or f"{heading} — who tells whom", subtitle or SUBTITLE
    scene = Scene(0.0, 0.0, "", "", "", grid.cards, ())
    roll = Roll("", roll_of(scene).people, grid.rows)
    said = "\n".join(_sentences(case, roll, staging.labels_of(case, names)))
    svg = write_squares(grid, Heading(shown, below, marking, f"{shown}\n{said}"), theme)
    head = "\n".join(line for line in (marking, shown, below) if line)
    return Sheet(shown, svg, f"{head}\n{said}\n", (roll,), as_grid=True)


def _grid(case: Case, names: bool, theme: Theme) -> Grid:
    """Everybody in reading order with neutral keys, and every tie by them."""
    found = tuple(dict.fromkeys(_sector_of(actor) for actor in case.actors if _shape(actor) == "card"))
    known = [name for name, _ in theme.sectors]
    sectors = [*known, *(sector for sector in found if sector not in known and sector), ""]

    def rank(actor: Actor) -> tuple[int, int]:
        shape = _shape(actor)
        return _RANKS[shape], sectors.index(_sector_of(actor)) if shape == "card" else 0

    ordered = sorted(case.actors, key=rank)
    keys = {actor.id: f"n{number}" for number, actor in enumerate(ordered, 1)}
    labels = staging.labels_of(case, names)
    cards = tuple(_card(actor, keys[actor.id], labels[actor.id], actor.id in case.leads) for actor in ordered)
    rows = tuple(Row(keys[tie.source], keys[tie.target], tie.is_critical, tie.two_way, tie.status) for tie in case.ties)
    teams = tuple(tuple(keys[who] for who in team.members) for team in case.teams)
    return Grid(cards, rows, teams, tuple(sector for sector in found if sector))


def _shape(actor: Actor) -> str:
    return _SHAPES.get(actor.kind, "card")


def _sector_of(actor: Actor) -> str:
    """The sector of whoever stands outside the family; a school without one belongs to education."""
    return tidy(actor.sector) or ("education" if actor.kind == "school" else "")


def _card(actor: Actor, key: str, label: str, lead: bool) -> Card:
    shape = _shape(actor)
    words = captions.card_words(actor, label, "", "lead" if lead else "")
    sector = _sector_of(actor) if shape == "card" else ""
    return Card(key, actor.kind, shape, 0.0, 0.0, 0.0, 0.0, (label,), words, "", sector, lead, label)


def _sentences(case: Case, roll: Roll, labels: Mapping[str, str]) -> list[str]:
    """The grid row by row in words."""
    tied = {end for tie in case.ties for end in (tie.source, tie.target)}
    alone = [actor.id for actor in case.actors if actor.id not in tied]
    lines = [captions.map_words(case, [labels[id] for id in alone]), "", "Who tells whom"]
    said = {ends: row.strength + ("" if row.status == "agreed" else f"; {SURE[row.status]}")
            for row in roll.rows for ends in row.ways}  # fmt: skip
    for person in roll.people:
        told = [f"{other.label} ({said[person.key, other.key]})" for other in roll.people if (person.key, other.key) in said]
        lines.append(f"- {person.label} tells {', '.join(told) if told else 'nobody'}.")
    return lines
