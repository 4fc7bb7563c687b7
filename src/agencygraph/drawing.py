"""Drawing: a case, or a comparison of two, as a map that can be seen, read aloud and saved."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from agencygraph import captions, staging
from agencygraph.errors import InvalidError
from agencygraph.files import Where
from agencygraph.model import Case
from agencygraph.renderers.lettering import tidy
from agencygraph.renderers.roll import roll_of
from agencygraph.renderers.sheet import Sheet
from agencygraph.renderers.svg import Heading, write_svg
from agencygraph.renderers.text import write_text
from agencygraph.scene import Scene
from agencygraph.themes import PRINT, Theme

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from agencygraph.comparison import Comparison

SUBTITLE = "Each line shows who passes information to whom: the arrow points to whoever is told."
SAME_PLACES = "Everybody who is on both maps stands in the same place."
PANEL_KEYS = 100


@dataclass(frozen=True, slots=True, repr=False)
class Map:
    """A finished map: one picture and the same in words.

    `scenes` holds what stands where, one scene for a case and two for a comparison; `panels` holds the maps of a
    comparison one by one ("before", "after"), all with the same places, and is empty for a case.
    """

    title: str
    svg: str = field(repr=False)
    text: str = field(repr=False)
    scenes: tuple[Scene, ...] = field(repr=False)
    panels: tuple[Map, ...] = ()

    @property
    def scene(self) -> Scene:
        """What stands where on the (first) map."""
        return self.scenes[0]

    @property
    def sheet(self) -> Sheet:
        """The map as every kind of file shows it: picture, words, and rows of who tells whom."""
        several = len(self.scenes) > 1
        rolls = tuple(roll_of(scene, scene.title if several else "") for scene in self.scenes)
        return Sheet(self.title, self.svg, self.text, rolls, self.scenes)

    def render(self, ending: str) -> bytes:
        """Return the bytes of a file of a kind, by its ending, as `save` writes them."""
        return self.sheet.render(ending)

    def save(self, path: Where) -> Path:
        """Write the map to a file whose ending says how, and return its path.

        ``.svg`` picture, ``.png`` for Word and e-mail, ``.pdf`` to print, ``.html`` a page with words and table, ``.txt`` in
        words, ``.dot`` for Graphviz. The file is whole or not there; an older file of the name is replaced.

        Raises
        ------
        FileError
            For another ending, a folder that does not exist, or a place that cannot be written to.
        MissingExtraError
            Where the part that draws ``.png`` or ``.pdf`` is not installed.
        """
        return self.sheet.save(path)

    def to_matplotlib(self, ax: Axes) -> Axes:
        """Draw the map on axes of your own figure, to stand beside charts; return the axes."""
        return self.sheet.to_matplotlib(ax)

    def __repr__(self) -> str:
        counts = [f"{captions.counted(len(s.cards), 'actor')} and {captions.counted(len(s.lines), 'line')}" for s in self.scenes]
        return f"Map({self.title!r}, {'; '.join(counts)})"

    def __str__(self) -> str:
        return self.text

    def _repr_svg_(self) -> str:
        return self.svg

    def _repr_mimebundle_(self, include: Collection[str] | None = None, exclude: Collection[str] | None = None) -> dict[str, str]:
        """Give notebooks the picture, and the words to those that show none."""
        bundle = {"image/svg+xml": self.svg, "text/plain": repr(self)}
        kept = [kind for kind in bundle if (not include or kind in include) and kind not in (exclude or ())]
        return {kind: bundle[kind] for kind in kept}


def draw(what: Case | Comparison, *, names: bool = False, title: str = "", subtitle: str = "",
         marking: str = "", theme: Theme = PRINT) -> Map:  # fmt: skip
    """Draw who tells whom: the map of a case, or the maps before and after of a comparison with everybody in one place.

    Parameters
    ----------
    what
        A `Case`, or a `Comparison` made by `compare`.
    names
        True shows private names in place of public labels.
    title, subtitle
        Your own headings; they are printed as given. Left out, they are made from the public title of the case.
    marking
        A protective marking for the top right corner, such as "OFFICIAL-SENSITIVE".
    theme
        Sizes and colours.

    Returns
    -------
    Map
        With `svg`, `text`, `save(path)`, and `panels` (the two maps one by one) for a comparison.

    Raises
    ------
    InvalidError
        For anything else than a case or a comparison.

    Examples
    --------
    >>> case = Case.of("P", age=9, actors={"peter": "child", "school": "school"}, ties=["peter <=> school"])
    >>> draw(case)
    Map('Child, 9 — separate agencies', 2 actors and 1 line)
    >>> print(draw(case).text.splitlines()[-1])
    - Child and School tell each other (critical).
    """
    from agencygraph.comparison import Comparison

    look = _Look(names, subtitle, marking, theme)
    if isinstance(what, Case):
        return _draw_case(what, title, look)
    if isinstance(what, Comparison):
        return _draw_comparison(what, title, look)
    raise InvalidError(f"draw takes a case or a comparison, not {type(what).__name__}; agencygraph.read makes a case of a file.")


def draw_pair(comparison: Comparison, *, names: bool = False, title: str = "", subtitle: str = "",
              marking: str = "", theme: Theme = PRINT) -> tuple[Map, Map]:  # fmt: skip
    """Draw the maps before and after of a comparison as two pictures, with everybody in the same place on both.

    The parameters are those of `draw`, whose `panels` these maps are.

    Examples
    --------
    >>> from agencygraph import cases, compare
    >>> before, after = draw_pair(compare(cases.peter(), cases.integrated("peter")))
    >>> after.title
    'Peter, 9 — after: one school-based team'
    """
    before, after = draw(comparison, names=names, title=title, subtitle=subtitle, marking=marking, theme=theme).panels
    return before, after


@dataclass(frozen=True, slots=True)
class _Look:
    """What the caller asked for besides the case."""

    names: bool
    subtitle: str
    marking: str
    theme: Theme


def _draw_case(case: Case, title: str, look: _Look) -> Map:
    (scene,) = staging.stage((case,), (), look.names, look.theme)
    return _finish((scene,), title or f"{_heading(case, look)} — {captions.arrangement_of(case)}", SUBTITLE, look)


def _draw_comparison(comparison: Comparison, title: str, look: _Look) -> Map:
    """Both maps below each other; the second one's keys count on from 101, as a key may stand only once in a file."""
    cases = (comparison.before, comparison.after)
    scenes = staging.stage(cases, _pairs(comparison), look.names, look.theme)
    moments = [f"{moment}: {captions.arrangement_of(case)}" for moment, case in zip(("Before", "After"), cases, strict=True)]
    heading = title or _heading(cases[0], look)
    panels = tuple(_finish((scene,), f"{heading} — {moment[0].lower()}{moment[1:]}", SAME_PLACES if at else SUBTITLE, look)
                   for at, (scene, moment) in enumerate(zip(scenes, moments, strict=True)))  # fmt: skip
    shown = (replace(scenes[0], title=moments[0]), staging.renumber(replace(scenes[1], title=moments[1]), PANEL_KEYS))
    both = _finish(shown, title or f"{heading} — before and after", f"{SUBTITLE} {SAME_PLACES}", look, _passages(comparison, look))
    return replace(both, panels=panels)


def _heading(case: Case, look: _Look) -> str:
    """The public title, or the private name where names were asked for."""
    if look.names and case.name and not case.title:
        return tidy(case.name if case.age is None else f"{case.name}, {case.age}")
    return tidy(case.heading) or "Child"


def _passages(comparison: Comparison, look: _Look) -> tuple[str, ...]:
    """Who became whom, in the words of both maps."""
    before, after = (staging.labels_of(case, look.names) for case in (comparison.before, comparison.after))
    return captions.passage_words([([before[id] for id in block.before], [after[id] for id in block.after])
                                   for block in comparison.blocks])  # fmt: skip


def _finish(scenes: tuple[Scene, ...], title: str, subtitle: str, look: _Look, passages: tuple[str, ...] = ()) -> Map:
    """Give scenes their headings, and write them as picture and words."""
    below = look.subtitle or subtitle
    text = write_text(scenes, (look.marking, title, below), look.theme, passages)
    described = write_text(scenes, (title,), look.theme, passages)
    svg = write_svg(scenes, Heading(title, below, look.marking, described), look.theme)
    if len(scenes) == 1:
        scenes = (replace(scenes[0], title=title, subtitle=below, marking=look.marking),)
    return Map(title, svg, text, scenes)


def _pairs(comparison: Comparison) -> tuple[tuple[str, str], ...]:
    """Who takes whose place: in each block the later ones take the places of the earlier ones, in order, as far as they go."""
    return tuple(pair for block in comparison.blocks for pair in zip(block.before, block.after, strict=False))
