"""A picture as Graphviz text, everybody pinned to the place on our map; and Graphviz as a second engine, where it is installed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from agencygraph.errors import FileError, MissingExtraError
from agencygraph.files import Where, replace_file
from agencygraph.renderers.boxes import TITLE_SIZE, title_place
from agencygraph.renderers.lettering import width_of
from agencygraph.renderers.roll import CHANGES, Roll, Row, roll_of
from agencygraph.scene import Card, Point, Scene
from agencygraph.themes import PRINT, Theme

GAP = 36.0  # between the maps of a sheet
_SHAPES = {"child": "ellipse", "person": "box", "school": "box", "card": "box"}
_STYLES = {"child": "filled,bold", "person": "filled,rounded", "school": "filled", "card": "filled"}


def write_dot(title: str, scenes: Sequence[Scene], rolls: Sequence[Roll], theme: Theme = PRINT) -> str:
    """Return a picture as Graphviz text: ``neato -n2`` draws it with everybody in the place of our map.

    Every tie is a line between two people, those inside a team too. Without scenes nobody is pinned.
    """
    parts = [f"digraph {_quoted(title)} {{", _item("graph", _graph(title, scenes, theme)),
             '  node [fontname="DejaVu Sans,Arial,sans-serif", fontsize="10", fontcolor="#1A1A1A", fillcolor="#FFFFFF"]',
             '  edge [color="#1A1A1A", fontname="DejaVu Sans,Arial,sans-serif", fontsize="9"]']  # fmt: skip
    foot = 0.0
    if scenes:
        for scene in scenes:
            foot -= scene.height
            parts += [_pinned(card, scene, foot, theme) for card in scene.cards]
            parts += [_tie(row, theme) for row in roll_of(scene).rows]
            foot -= GAP
    else:
        for roll in rolls:
            parts += [_item(person.key, {"label": person.label, "tooltip": person.label, "kind": person.kind, "shape": "box",
                                         "style": "filled"}) for person in roll.people]  # fmt: skip
            parts += [_tie(row, theme) for row in roll.rows]
    return "\n".join([*parts, "}"]) + "\n"


def draw_with_graphviz(dot: str, path: Where) -> Path:
    """Draw a map's Graphviz text with Graphviz itself, to check our picture against another: same places, its own lines.

    `dot` is what a map saved as ``.dot`` holds; the ending of `path` says what to write, such as ``.svg``, ``.png`` or ``.pdf``.
    The picture is Graphviz's, in the fonts of this computer; none of the promises of our own maps hold for it.

    Parameters
    ----------
    dot, path
        As said above.

    Returns
    -------
    pathlib.Path
        The file that was written.

    Raises
    ------
    MissingExtraError
        Where Graphviz is not installed.
    FileError
        For an ending that Graphviz does not know, or a place that cannot be written to.

    Examples
    --------
    >>> from agencygraph import cases, draw
    >>> path = draw_with_graphviz(draw(cases.peter()).render(".dot").decode(), "second.svg")  # doctest: +SKIP
    """
    import shutil
    import subprocess

    engine = shutil.which("neato")
    if engine is None:
        raise MissingExtraError("Graphviz is not installed: get it from graphviz.org or with 'apt install graphviz' (the program "
                                "'neato' must be found on PATH). Maps as .svg, .html, .dot and .txt need nothing of it.")
    target = Path(path)
    kind = target.suffix.lower().removeprefix(".")
    if not kind.isalnum():
        raise FileError(f"'{target.name}' does not say what Graphviz is to write: end the name in .svg, .png or .pdf.")
    # No shell, a program found on PATH, and nothing of the map on its command line.
    done = subprocess.run([engine, "-n2", f"-T{kind}"], input=dot.encode("utf-8"), capture_output=True, check=False)  # noqa: S603
    if done.returncode or not done.stdout:
        raise FileError(f"Graphviz could not write '{target.name}': {done.stderr.decode('utf-8', 'replace').strip()[:300]}")
    replace_file(target, done.stdout)
    return target


# ------------------------------------------------------------------------------------------------------------------- its pieces
def _graph(title: str, scenes: Sequence[Scene], theme: Theme) -> dict[str, str]:
    found = {"label": title, "labelloc": "t", "fontname": "DejaVu Sans,Arial,sans-serif", "fontsize": "16", "charset": "UTF-8",
             "splines": "true", "outputorder": "nodesfirst", "bgcolor": "#FFFFFF"}  # fmt: skip
    ground = "".join(_ground(scenes, theme))
    return {**found, "_background": ground} if ground else found


def _ground(scenes: Sequence[Scene], theme: Theme) -> Iterator[str]:
    """The family's panel and the teams' outlines in Graphviz's drawing words, behind everything."""
    foot = 0.0
    for scene in scenes:
        foot -= scene.height
        if scene.panel:
            x, y, wide, high = scene.panel.box.x, scene.panel.box.y, scene.panel.box.width, scene.panel.box.height
            corners: Sequence[Point] = ((x, y), (x + wide, y), (x + wide, y + high), (x, y + high))
            yield _polygon(corners, scene, foot, theme.family_border, theme.family_fill)
        for team in scene.teams:
            yield _polygon(team.corners, scene, foot, theme.team_border, theme.team_fill)
            x, y = title_place(team, theme)
            words = team.title.replace("&", "&amp;")
            yield (f"c 7 -{theme.ink} F 10 11 -DejaVu Sans T {x:.1f} {foot + scene.height - y:.1f} 0 "
                   f"{width_of(team.title, TITLE_SIZE):.0f} {len(words.encode('utf-8'))} -{words} ")  # fmt: skip
        foot -= GAP


def _polygon(corners: Sequence[Point], scene: Scene, foot: float, ink: str, fill: str) -> str:
    spots = " ".join(f"{x:.1f} {foot + scene.height - y:.1f}" for x, y in corners)
    return f"c 7 -{ink} C 7 -{fill} P {len(corners)} {spots} "


def _pinned(card: Card, scene: Scene, foot: float, theme: Theme) -> str:
    """One card, pinned to its place; Graphviz counts heights from the foot and sizes in inches."""
    style, sector = theme.style(card.shape), theme.sector(card.sector, scene.sectors)
    ends = {"pos": f"{card.x:.1f},{foot + scene.height - card.y:.1f}!", "width": f"{card.width / 72:.3f}",
            "height": f"{card.height / 72:.3f}", "fixedsize": "true"}  # fmt: skip
    words = "\n".join([*card.lines, *([card.second_line] if card.second_line else [])])
    team = next((team.title for team in scene.teams if card.key in team.members), "")
    more = {"sector": card.sector, "team": team, "lead": "true" if card.lead else ""}
    look = {"shape": _SHAPES[card.shape], "style": _STYLES[card.shape], "fillcolor": style.fill, "fontcolor": style.ink,
            "color": sector.ink if sector else style.border, "penwidth": "2.2" if card.lead else "1.1"}  # fmt: skip
    said = {"label": words, "tooltip": card.label, "kind": card.kind, **{key: value for key, value in more.items() if value}}
    return _item(card.key, {**said, **look, **ends})


def _tie(row: Row, theme: Theme) -> str:
    stroke = theme.stroke(row.critical)
    look = {"dir": "both" if row.two_way else "forward", "style": "solid" if row.critical else "dashed",
            "penwidth": f"{stroke.width:.1f}", "strength": row.strength}  # fmt: skip
    if row.status != "agreed":
        look |= {"status": row.status, "label": "?"}
    if row.status == "unknown":
        look |= {"color": theme.unknown_ink, "style": "dotted"}
    if row.change:
        look |= {"change": row.change}
        look |= {"label": CHANGES.get(row.change, row.change)} if row.change != "unchanged" else {}
    if row.change == "lost":
        look |= {"color": theme.unknown_ink, "style": "dotted"}
    return _item(f"{row.source} -> {row.target}", look)


def _item(name: str, attributes: dict[str, str]) -> str:
    return f"  {name} [{_list(attributes)}]"


def _list(attributes: dict[str, str]) -> str:
    return ", ".join(f"{key}={_quoted(value)}" for key, value in attributes.items())


def _quoted(words: str) -> str:
    """Words in quotation marks. Graphviz reads back-slashes and entities in them, so both are written as themselves."""
    plain = words.replace("&", "&amp;").replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{plain}"'
