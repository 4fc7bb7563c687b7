"""Drawing: a case, or a comparison of two, as a map that can be seen, read aloud and saved."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypedDict, Unpack, overload

from agencygraph import boards, captions, staging
from agencygraph.errors import InvalidError, UnknownNameError, did_you_mean
from agencygraph.files import Where
from agencygraph.model import ActionPlan, Case
from agencygraph.renderers.lettering import tidy
from agencygraph.renderers.pdf import size_of
from agencygraph.renderers.roll import roll_of
from agencygraph.renderers.sheet import Leaf, Sheet
from agencygraph.renderers.svg import Heading, fits_beside, lay_out
from agencygraph.renderers.text import write_text
from agencygraph.scene import Point, Scene
from agencygraph.staging import Setting, View, Wish
from agencygraph.templates import Template
from agencygraph.themes import PRINT, Theme, on_page, theme_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from agencygraph.comparison import Comparison

SUBTITLE = "Each line shows who passes information to whom: the arrow points to whoever is told."
SAME_PLACES = "Everybody who is on both maps stands in the same place."
CHANGE_SUBTITLE = "The later map, with the earlier one laid upon it. The numbers are those of the list."
PANEL_KEYS = 100
MANY = 24
HELP = "So many on one map are hard to read: only='critical' leaves out peripheral ties; agencygraph.matrices.matrix shows a grid."
_READ = "agencygraph.read makes a case of a file."
STYLES = ("panels", "stacked", "change")
Board = Literal["mind map", "continuum", "lanes"]


@dataclass(frozen=True, slots=True, repr=False)
class Map:
    """A finished map: one picture and the same in words.

    `scenes` holds what stands where, one scene for a case and two for a comparison; `panels` holds the maps of a
    comparison one by one ("before", "after"), all with the same places, and is empty for a case. `places` says by id where
    everybody stands: put into a case, ``case.replace(places=drawn.places)``, they are kept when somebody is added.

    Attributes
    ----------
    title
        What stands above the picture.
    svg, text
        The picture, and the same in words.
    scenes, panels, places
        As said above; places are points from the upper left corner.
    leaves
        The sheets of paper, where the map takes more than one.

    Examples
    --------
    >>> drawn = draw(Case.of(actors={"peter": "child", "school": "school"}, ties=["peter <=> school"]))
    >>> sorted(drawn.places)
    ['peter', 'school']
    """

    title: str
    svg: str = field(repr=False)
    text: str = field(repr=False)
    scenes: tuple[Scene, ...] = field(repr=False)
    panels: tuple[Map, ...] = ()
    places: Mapping[str, Point] = field(default_factory=dict, repr=False, compare=False)
    leaves: tuple[Leaf, ...] = field(default=(), repr=False)

    @property
    def scene(self) -> Scene:
        """What stands where on the (first) map."""
        return self.scenes[0]

    @property
    def sheet(self) -> Sheet:
        """The map as every kind of file shows it: picture, words, and rows of who tells whom."""
        several = len(self.scenes) > 1
        rolls = tuple(roll_of(scene, scene.title if several else "") for scene in self.scenes)
        return Sheet(self.title, self.svg, self.text, rolls, self.scenes, leaves=self.leaves)

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


class Words(TypedDict, total=False):
    """What may be asked of a map besides its style: private names, headings of your own, a marking, only some of the ties."""

    names: bool
    title: str
    subtitle: str
    marking: str
    only: str
    page: str
    layout: str


@overload
def draw(what: ActionPlan | Template, *, style: str = "", theme: Theme | str = PRINT, **words: Unpack[Words]) -> Sheet: ...
@overload
def draw(what: Case | Comparison, *, style: Board, theme: Theme | str = PRINT, **words: Unpack[Words]) -> Sheet: ...
@overload
def draw(what: Case | Comparison, *, style: Literal["", "panels", "stacked", "change"] = "", show: str = "",
         theme: Theme | str = PRINT, **words: Unpack[Words]) -> Map: ...  # fmt: skip
def draw(what: Case | Comparison | ActionPlan | Template, *, style: str = "", show: str = "", theme: Theme | str = PRINT,
         **words: Unpack[Words]) -> Map | Sheet:  # fmt: skip
    """Draw who tells whom: the map of a case or of a comparison; or a plan, a team or a pathway, as a `Sheet` that is no map.

    Parameters
    ----------
    what
        A `Case`, or a `Comparison` made by `compare`; an `ActionPlan` as mind map; a template of a team with its workload.
    style
        For a comparison: "panels" (side by side where both are legible so, else "stacked"), or "change" (one map, every
        change numbered). For a plan, or a case with one: "mind map", or "continuum" (the cycle of the themes). For a case or
        a comparison with a chronology: "lanes" (step by step, with what it takes).
    show
        What comes forward: "isolation", "single points", "spread:ID" (news from somebody, by id), "gaps", "disputed".
    theme
        A `Theme`, or "print", "greyscale", "high contrast", "large print".
    words
        ``names=True`` shows private names; ``title``, ``subtitle``, ``marking`` are printed as given; ``only="critical"`` leaves
        peripheral ties out. ``page`` is "A4", "A4 portrait", "A3" or "A3 portrait"; ``layout`` "kept" or "fresh" places.

    Returns
    -------
    Map
        A picture with its words: ``.save("map.svg")``, ``.text``. For a plan, a team or a pathway a `Sheet`, which does the same.

    Raises
    ------
    InvalidError
        For anything else than that, or a style that does not go with it.
    UndefinedError, UnknownNameError
        For a plan without a question, or lanes without a chronology; for a style, a show, a theme or an id that does not exist.

    Examples
    --------
    >>> case = Case.of("P", age=9, actors={"peter": "child", "school": "school"}, ties=["peter <=> school"])
    >>> draw(case)
    Map('Child, 9 — separate agencies', 2 actors and 1 line)
    >>> print(draw(case).text.splitlines()[-1])
    - Child and School tell each other (critical).
    """
    from agencygraph.comparison import Comparison

    if isinstance(what, (ActionPlan, Template)) or (style in boards.STYLES and isinstance(what, (Case, Comparison))):
        return boards.draw_board(what, style, theme, {**words, "show": show})
    look = _look(style, show, theme, words)
    if isinstance(what, Case):
        return _draw_case(what, look)
    if isinstance(what, Comparison):
        return _draw_change(what, look) if look.style == "change" else _draw_panels(what, look)
    raise InvalidError(f"draw takes a case, a comparison, a plan or a template, not {type(what).__name__}; {_READ}")


def draw_pair(comparison: Comparison, *, show: str = "", theme: Theme | str = PRINT, **words: Unpack[Words]) -> tuple[Map, Map]:
    """Draw the maps before and after of a comparison as two pictures, with everybody in the same place on both.

    The parameters are those of `draw`, whose `panels` these maps are.

    Examples
    --------
    >>> from agencygraph import cases, compare
    >>> before, after = draw_pair(compare(cases.peter(), cases.integrated("peter")))
    >>> after.title
    'Peter, 9 — after: one school-based team'
    """
    before, after = draw(comparison, style="stacked", show=show, theme=theme, **words).panels
    return before, after


@dataclass(frozen=True, slots=True)
class _Look:
    """What the caller asked for besides the case."""

    style: str
    show: str
    theme: Theme
    names: bool = False
    title: str = ""
    subtitle: str = ""
    marking: str = ""
    only: str = ""
    page: str = ""
    layout: str = ""

    @property
    def wish(self) -> Wish:
        """What is asked of the staging."""
        return Wish(self.names, self.theme, layout=self.layout)


def _look(style: str, show: str, theme: Theme | str, words: Words) -> _Look:
    """What was asked for, checked."""
    known = (*Words.__annotations__, "style", "show", "theme")
    for word in words:
        if word not in known:
            raise TypeError(f"draw() got an unexpected keyword argument '{word}'.{did_you_mean(word, known)}")
    look = _Look(style, show, on_page(theme_of(theme), words.get("page", "")), **words)
    styles = (*STYLES, *boards.STYLES)
    if look.style not in ("", *styles):
        raise UnknownNameError(f"style is {style!r}; it must be one of {', '.join(styles)}.{did_you_mean(str(style), styles)}")
    if look.only not in ("", "critical"):
        raise UnknownNameError(f"only is {look.only!r}; it must be 'critical', or left out.")
    if look.layout not in ("", *staging.LAYOUTS):
        raise UnknownNameError(f"layout is {look.layout!r}; it must be one of {', '.join(staging.LAYOUTS)}, or left out."
                               f"{did_you_mean(str(look.layout), staging.LAYOUTS)}")  # fmt: skip
    if look.style == "change" and (look.show or look.only):
        raise InvalidError("a change map shows every change: leave show and only out, or choose style='panels'.")
    return look


# ----------------------------------------------------------------------------------------------------------------------- one case
def _draw_case(case: Case, look: _Look) -> Map:
    if look.style:
        raise InvalidError(f"style={look.style!r} is for a comparison of two maps; a case has one. Leave style out.")
    setting = staging.set_out(case, look.wish)
    view = staging.view_of(setting, 0, look.show, look.names)
    scene = staging.scene_of(setting, 0, view, only_critical=bool(look.only))
    heading = _heading(case, look)
    title = look.title or (f"{heading} — {_lowered(view.title)}" if view else f"{heading} — {captions.arrangement_of(case)}")
    drawn = _finish((scene,), title, _below(view, look, SUBTITLE), look)
    text = f"{drawn.text}\n{HELP}\n" if len(case.actors) > MANY and not look.only else drawn.text
    return replace(drawn, text=text, places=setting.places(0))


def _lowered(words: str) -> str:
    return words[:1].lower() + words[1:]


def _below(view: View | None, look: _Look, plain: str) -> str:
    """The line under the title: what comes forward; that ties are left out."""
    first = view.subtitle if view else plain
    return f"{first} Only critical ties are drawn." if look.only else first


# ------------------------------------------------------------------------------------------------------------------- a comparison
def _draw_panels(comparison: Comparison, look: _Look) -> Map:
    """Both maps on one sheet, side by side where both are legible so; printed on a page each where they stand below each other."""
    cases = (comparison.before, comparison.after)
    setting = staging.set_out_pair(comparison, look.wish)
    scenes, views = _both(setting, comparison, look)
    moments = captions.moments_of(*cases)
    heading = look.title or _heading(cases[0], look)
    panels = tuple(replace(_finish((scene,), f"{heading} — {_lowered(moments[at])}",
                                   _below(views[at], look, SAME_PLACES if at else SUBTITLE), look), places=setting.places(at))
                   for at, scene in enumerate(scenes))  # fmt: skip
    title = look.title or f"{heading} — {_lowered(views[0].title) + ', ' if views[0] else ''}before and after"
    below, passages = f"{_below(views[0], look, SUBTITLE)} {SAME_PLACES}", _passages(comparison, look)
    for found in () if look.style == "stacked" else staging.side_by_side(comparison, look.wish):
        shown = _both(found, comparison, look)[0]
        both = _finish(_as_panels(shown, moments), title, below, look, passages)
        if all(staging.is_clear(scene, found.theme) for scene in shown) and _fits(both, look):
            return replace(both, panels=panels, places={**setting.places(1), **setting.places(0)})
    both = _finish(_as_panels(scenes, moments), title, below, look, passages)
    leaves = tuple(Leaf(panel.svg, panel.text) for panel in panels)
    return replace(both, panels=panels, places={**setting.places(1), **setting.places(0)}, leaves=leaves)


def _as_panels(scenes: tuple[Scene, ...], moments: tuple[str, ...]) -> tuple[Scene, ...]:
    """Scenes with their headings; the second one's keys count on from 101, as a key may stand only once in a file."""
    one, two = (replace(scene, title=moment) for scene, moment in zip(scenes, moments, strict=True))
    return one, staging.renumber(two, PANEL_KEYS)


def _fits(drawn: Map, look: _Look) -> bool:
    """Whether a sheet can be printed on its page as large as it is."""
    return size_of(drawn.svg)[1] <= look.theme.page_height


def _both(setting: Setting, comparison: Comparison, look: _Look) -> tuple[tuple[Scene, ...], tuple[View | None, ...]]:
    """The scenes before and after, with what comes forward on each."""
    shows = (look.show, staging.follow(look.show, staging.partners(comparison.blocks)))
    views = tuple(staging.view_of(setting, at, show, look.names) for at, show in enumerate(shows))
    return tuple(staging.scene_of(setting, at, view, only_critical=bool(look.only)) for at, view in enumerate(views)), views


def _draw_change(comparison: Comparison, look: _Look) -> Map:
    """One map of what changed, its list beside it where both are legible on one page; else below it, or on a second page."""
    setting = staging.set_out_pair(comparison, look.wish)
    how = captions.moments_of(comparison.before, comparison.after)[1].removeprefix("After")
    title = look.title or f"{_heading(comparison.before, look)} — what changes{how}"
    places = {**setting.places(1), **setting.places(0)}
    heading = Heading(title, look.subtitle or CHANGE_SUBTITLE, look.marking)
    # First the widths at which all fits in any case, then those at which it does if no plate hangs below the lowest cards.
    sketch = staging.change_sketch(setting, comparison)
    sizes = [(width, height) for height in staging.heights_beside_list(setting) for width in staging.NARROW]
    widths = dict.fromkeys(width for width, height in sizes
                           if fits_beside(replace(sketch, width=width, height=height), heading, look.theme))  # fmt: skip
    for narrow in staging.beside_list(setting, look.wish, widths):
        scene = staging.change_scene(narrow, comparison)
        if staging.is_clear(scene, narrow.theme) and fits_beside(scene, heading, look.theme):
            return replace(_finish((scene,), title, CHANGE_SUBTITLE, look), places=places)
    return replace(_finish((staging.change_scene(setting, comparison),), title, CHANGE_SUBTITLE, look), places=places)


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
    laid = lay_out(scenes, Heading(title, below, look.marking, described), look.theme)
    leaves = tuple(Leaf(svg, words) for svg, words in zip(laid.leaves, (text, _list_words(scenes)), strict=bool(laid.leaves)))
    if len(scenes) == 1:
        scenes = (replace(scenes[0], title=title, subtitle=below, marking=look.marking),)
    return Map(title, laid.svg, text, scenes, leaves=leaves)


def _list_words(scenes: tuple[Scene, ...]) -> str:
    """The list of a map in words, by its numbers."""
    said = [f"{remark.number}. {remark.words}" if remark.number else remark.words for remark in scenes[0].remarks]
    return "\n".join([scenes[0].remarks_title, *said])
