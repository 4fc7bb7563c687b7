"""How a map looks: every size, colour, width and dash of its ink, apart from what it shows. Knows no case.

Lengths are points on an A4 landscape page. Band colours are those of Okabe and Ito, which stay apart for colour-blind readers;
each sector also has a drawn mark, so that no meaning rests on colour alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from agencygraph.errors import UnknownNameError, did_you_mean

Size = tuple[float, float]


@dataclass(frozen=True, slots=True)
class SectorInk:
    """How a sector's cards look: the band at the left, the ink of the border, the mark in the band, the words in the key.

    Parameters
    ----------
    band, ink
        Colours of the band and of the border.
    mark, mark_ink
        What is drawn in the band ("dots"), so that no meaning rests on colour alone, and its colour.
    words
        What stands in the key.
    """

    band: str
    ink: str
    mark: str
    words: str
    mark_ink: str = "#1A1A1A"


@dataclass(frozen=True, slots=True)
class ChangeInk:
    """How a line that changed looks: its ink, the sign beside its number, the words in the key.

    Parameters
    ----------
    ink
        The colour of the line.
    sign
        What stands beside its number: "plus", "up", "both", "down", "cross", or nothing.
    words
        What stands in the key.
    """

    ink: str
    sign: str
    words: str


@dataclass(frozen=True, slots=True)
class Stroke:
    """How a line looks: its width, its dashes (empty: solid), the length and width of its arrow heads, its ink.

    Parameters
    ----------
    width
        In points.
    dash
        Lengths of ink and of gap, in points; empty for a solid line.
    head
        Length and width of an arrow head, in points.
    ink
        The colour.
    """

    width: float
    dash: tuple[float, ...]
    head: Size
    ink: str = "#1A1A1A"


@dataclass(frozen=True, slots=True)
class CardStyle:
    """How cards of a shape look: their least and greatest size, their letters, their fill and border.

    `sizes` are the sizes of letters to try, largest first; the words keep `margin` from the sides.

    Parameters
    ----------
    least, most
        Width and height, in points.
    sizes
        Sizes of letters to try, largest first.
    radius
        That of the corners; None for round ends.
    bold
        True for bold letters.
    fill, ink, border, border_width
        The card, its letters, its border.
    margin
        How far the words keep from the sides.
    """

    least: Size
    most: Size
    sizes: tuple[float, ...]
    radius: float | None
    bold: bool = False
    fill: str = "#FFFFFF"
    ink: str = "#1A1A1A"
    border: str = "#4A5560"
    border_width: float = 1.1
    margin: float = 4.0


@dataclass(frozen=True, slots=True)
class Theme:
    """How a map looks: all its ink and sizes; a copy with other values is a theme of your own.

    `PRINT` is the default: black lines on white that hold on a grey copier. `GREYSCALE`, `HIGH_CONTRAST` and `LARGE_PRINT` are
    the others. `scale` says how much larger than usual everything is that is neither a card nor a line.

    Parameters
    ----------
    font, paper, ink, soft_ink, rule
        Letters; the sheet; words that matter and words that do not; thin lines. Colours are written "#1A1A1A".
    page_width, page_height, margin, pixels_per_point, head_height, key_height
        The page, in points, and how many pixels a point has in an SVG.
    scale, keeps_places
        As said above; False where cards are of another size than those for which a case keeps its places.
    title_size, subtitle_size, panel_title_size, small_size, pill_size, second_size, leading
        Letters, in points, and the height of a line in letters.
    child, person, school, card
        A `CardStyle` for each shape.
    band_width, growth_per_tie, ties_before_growth
        The band of a sector; how much a card grows for each tie beyond so many.
    lead_border_width, pill_fill, pill_ink
        The border and the badge of a lead.
    critical, peripheral, unknown_dash, unknown_ink, lost_dash, line_gap, cover_extra
        A `Stroke` for each strength; dashes of ties that are not known or ended; room beside lines and under their crossings.
    faint_ink, faint_words, faint_fill, halo, halo_reach, strong_border_width
        What steps back where something comes forward, and what lies round that.
    changes, unchanged_widths
        A `ChangeInk` for each kind of change; the widths of critical and peripheral lines that stayed.
    family_fill, family_border, family_ink, family_radius
        The outline of the family.
    team_fill, team_border, team_border_width, team_radius, team_bar
        The outline of a team, and the bar with its name.
    sectors, other_band, other_ink, other_marks
        A `SectorInk` for each sector; the inks and the marks of sectors of your own.

    Examples
    --------
    >>> from dataclasses import replace
    >>> replace(PRINT, paper="#FFFFF0").paper
    '#FFFFF0'
    """

    font: str = "Arial, 'Liberation Sans', Helvetica, 'DejaVu Sans', sans-serif"
    paper: str = "#FFFFFF"
    ink: str = "#1A1A1A"
    soft_ink: str = "#4A4A4A"
    rule: str = "#B8BDC3"
    page_width: float = 774.0
    page_height: float = 547.0  # what A4 in landscape has room for, as its printing leaves 24 on every side
    margin: float = 6.0
    pixels_per_point: tuple[int, int] = (4, 3)
    scale: float = 1.0  # of everything that is neither a card nor a line: signs, pills, the key
    keeps_places: bool = True  # False where cards are of another size than those for which a case keeps its places

    head_height: float = 46.0
    key_height: float = 50.0
    title_size: float = 16.0
    subtitle_size: float = 10.0
    panel_title_size: float = 12.0
    small_size: float = 8.5
    pill_size: float = 8.0

    child: CardStyle = CardStyle((78.0, 54.0), (116.0, 66.0), (12.0, 11.0, 10.0, 9.5), None, bold=True,
                                 fill="#FFF3A8", border="#1A1A1A", border_width=2.2)
    person: CardStyle = CardStyle((84.0, 34.0), (124.0, 46.0), (10.0, 9.5), None, border="#6B5900")
    school: CardStyle = CardStyle((108.0, 56.0), (140.0, 68.0), (12.5, 11.5, 10.5, 9.5), 7.0, bold=True,
                                  fill="#1F2A37", ink="#FFFFFF", border="#1F2A37", margin=6.0)
    card: CardStyle = CardStyle((100.0, 38.0), (132.0, 50.0), (10.0, 9.5), 5.0)
    second_size: float = 9.5
    band_width: float = 8.0
    leading: float = 1.16
    growth_per_tie: float = 2.0
    ties_before_growth: int = 5
    lead_border_width: float = 2.2
    pill_fill: str = "#1A1A1A"
    pill_ink: str = "#FFFFFF"

    critical: Stroke = Stroke(2.6, (), (9.5, 8.8))
    peripheral: Stroke = Stroke(1.3, (5.0, 3.2), (8.0, 6.6))
    unknown_dash: tuple[float, float] = (1.6, 2.4)
    unknown_ink: str = "#767676"
    lost_dash: tuple[float, float] = (1.6, 2.8)
    line_gap: float = 1.8
    cover_extra: float = 4.0

    faint_ink: str = "#7F7F7F"
    faint_words: str = "#4A4A4A"
    faint_fill: str = "#56616C"
    halo: str = "#FFCF40"
    halo_reach: float = 4.0
    strong_border_width: float = 3.0
    changes: tuple[tuple[str, ChangeInk], ...] = (
        ("added", ChangeInk("#0072B2", "plus", "New")),
        ("strengthened", ChangeInk("#00664A", "up", "Stronger or more two-way")),
        ("two-way", ChangeInk("#00664A", "up", "Stronger or more two-way")),
        ("mixed", ChangeInk("#6A3D9A", "both", "Stronger and weaker")),
        ("weakened", ChangeInk("#7A5200", "down", "Weaker or less two-way")),
        ("one-way", ChangeInk("#7A5200", "down", "Weaker or less two-way")),
        ("lost", ChangeInk("#B3261E", "cross", "Ended")),
        ("unchanged", ChangeInk("#858585", "", "As before")),
    )
    unchanged_widths: tuple[float, float] = (1.9, 1.0)

    family_fill: str = "#F7F4EC"
    family_border: str = "#8F8564"
    family_ink: str = "#6B5900"
    family_radius: float = 11.0

    team_fill: str = "#E6ECF2"
    team_border: str = "#1A1A1A"
    team_border_width: float = 2.0
    team_radius: float = 9.0
    team_bar: float = 20.0

    sectors: tuple[tuple[str, SectorInk], ...] = (
        ("education", SectorInk("#56B4E9", "#1B5E86", "strokes", "Education services")),
        ("social care", SectorInk("#009E73", "#00664A", "plain", "Social care")),
        ("health", SectorInk("#CC79A7", "#8A3A66", "dots", "Health")),
        ("police and justice", SectorInk("#0072B2", "#00507D", "plus", "Police and justice", "#FFFFFF")),
        ("community", SectorInk("#E69F00", "#7A5200", "bars", "Community and voluntary")),
    )
    other_band: str = "#9AA3AD"
    other_ink: str = "#4A5560"
    other_marks: tuple[str, ...] = ("rings", "chevrons", "crosses", "squares")

    @property
    def is_upright(self) -> bool:
        """Whether its page is higher than wide."""
        return self.page_height > self.page_width

    def style(self, shape: str) -> CardStyle:
        """Return how cards of a shape look: child, person, school or card."""
        return {"child": self.child, "person": self.person, "school": self.school}.get(shape, self.card)

    def stroke(self, critical: bool) -> Stroke:
        """Return how a critical or a peripheral line looks."""
        return self.critical if critical else self.peripheral

    def change(self, kind: str) -> ChangeInk:
        """Return how a line of a kind of change looks."""
        return dict(self.changes)[kind]

    def sector(self, name: str, all_sectors: tuple[str, ...] = ()) -> SectorInk | None:
        """Return the ink of a sector; None where none is given.

        A sector of the user's own has a neutral ink, a mark by its place among the map's sectors, and its own words.
        """
        if not name:
            return None
        known = dict(self.sectors)
        if name in known:
            return known[name]
        own = [sector for sector in all_sectors if sector not in known]
        mark = self.other_marks[own.index(name) % len(self.other_marks) if name in own else 0]
        return SectorInk(self.other_band, self.other_ink, mark, f"{name[:1].upper()}{name[1:]}")


PRINT = Theme()


def _greys(*bands: tuple[str, str]) -> tuple[tuple[str, SectorInk], ...]:
    """The sectors in greys: for each the band and the ink of the marks in it."""
    return tuple((name, replace(sector, band=band, ink="#3A3A3A", mark_ink=mark))
                 for (name, sector), (band, mark) in zip(PRINT.sectors, bands, strict=True))  # fmt: skip


def _inks(*inks: str) -> tuple[tuple[str, ChangeInk], ...]:
    """The kinds of change in other inks: new, stronger, more two-way, both, weaker, less two-way, ended, as before."""
    return tuple((kind, replace(change, ink=ink)) for (kind, change), ink in zip(PRINT.changes, inks, strict=True))


GREYSCALE = replace(
    PRINT,
    child=replace(PRINT.child, fill="#EFEFEF"), person=replace(PRINT.person, border="#4A4A4A"),
    school=replace(PRINT.school, fill="#262626", border="#262626"), card=replace(PRINT.card, border="#4A4A4A"),
    family_fill="#F5F5F5", family_border="#7D7D7D", family_ink="#3F3F3F", team_fill="#EAEAEA", faint_fill="#5E5E5E",
    halo="#CFCFCF", rule="#B5B5B5", other_band="#A8A8A8", other_ink="#3A3A3A",
    sectors=_greys(("#C4C4C4", "#1A1A1A"), ("#6E6E6E", "#FFFFFF"), ("#A0A0A0", "#1A1A1A"), ("#4A4A4A", "#FFFFFF"),
                   ("#DADADA", "#1A1A1A")),
    changes=_inks(*["#1A1A1A"] * 6, "#3A3A3A", "#858585"),
)  # fmt: skip

HIGH_CONTRAST = replace(
    PRINT,
    ink="#000000", soft_ink="#000000", rule="#000000",
    child=replace(PRINT.child, ink="#000000", border="#000000", border_width=3.0),
    person=replace(PRINT.person, ink="#000000", border="#000000", border_width=2.0),
    school=replace(PRINT.school, fill="#000000", border="#000000"),
    card=replace(PRINT.card, ink="#000000", border="#000000", border_width=2.0),
    lead_border_width=3.2, strong_border_width=4.0, pill_fill="#000000",
    critical=Stroke(3.4, (), (10.5, 10.0), "#000000"), peripheral=Stroke(1.7, (5.0, 3.4), (8.8, 7.4), "#000000"),
    unknown_ink="#000000", faint_ink="#5E5E5E", faint_words="#000000", faint_fill="#404040", halo="#FFD400", halo_reach=4.5,
    unchanged_widths=(2.2, 1.2), family_fill="#FFFFFF", family_border="#000000", family_ink="#000000",
    team_fill="#FFFFFF", team_border="#000000", team_border_width=3.0, other_ink="#000000",
    sectors=tuple((name, replace(sector, ink="#000000")) for name, sector in PRINT.sectors),
    changes=_inks("#00487A", "#004D38", "#004D38", "#4B2176", "#5A3C00", "#5A3C00", "#8E0000", "#5E5E5E"),
)  # fmt: skip

LARGE_PRINT = replace(
    PRINT,
    scale=1.5, keeps_places=False, head_height=68.0, key_height=78.0, title_size=22.0, subtitle_size=14.0, panel_title_size=17.0,
    small_size=12.5, pill_size=12.0, second_size=14.0, band_width=12.0, growth_per_tie=3.0,
    child=replace(PRINT.child, least=(116.0, 80.0), most=(176.0, 104.0), sizes=(17.0, 16.0, 15.0, 14.0), border_width=3.0),
    person=replace(PRINT.person, least=(124.0, 50.0), most=(188.0, 70.0), sizes=(15.0, 14.0), border_width=1.6),
    school=replace(PRINT.school, least=(148.0, 80.0), most=(208.0, 104.0), sizes=(18.0, 16.0, 15.0, 14.0)),
    card=replace(PRINT.card, least=(144.0, 56.0), most=(196.0, 76.0), sizes=(15.0, 14.0), border_width=1.6),
    critical=Stroke(3.6, (), (13.0, 12.0)), peripheral=Stroke(1.8, (7.0, 4.5), (11.0, 9.0)), line_gap=2.2,
    lead_border_width=3.2, strong_border_width=4.4, halo_reach=5.5, team_bar=28.0, team_radius=12.0, unchanged_widths=(2.7, 1.4),
)  # fmt: skip

THEMES = {"print": PRINT, "greyscale": GREYSCALE, "high contrast": HIGH_CONTRAST, "large print": LARGE_PRINT}


def theme_of(theme: Theme | str) -> Theme:
    """Return a theme by its name: print, greyscale, high contrast, large print; a theme as it is.

    Raises
    ------
    UnknownNameError
        For another name.

    Examples
    --------
    >>> theme_of("Print") is PRINT
    True
    """
    if isinstance(theme, Theme):
        return theme
    name = " ".join(str(theme).lower().replace("_", " ").replace("-", " ").split())
    if name not in THEMES:
        raise UnknownNameError(f"theme is {theme!r}; it must be one of {', '.join(THEMES)}.{did_you_mean(name, THEMES)}")
    return THEMES[name]


ACROSS, UPRIGHT = (774.0, 547.0), (547.0, 793.0)
A4, A3 = (4, 3), (560, 297)  # pixels to the point: a sheet of A3 is 420 to 297 larger each way, and so is all that is on it
PAGES = {"A4": (ACROSS, A4), "A4 landscape": (ACROSS, A4), "A4 portrait": (UPRIGHT, A4),
         "A3": (ACROSS, A3), "A3 landscape": (ACROSS, A3), "A3 portrait": (UPRIGHT, A3)}  # fmt: skip


def on_page(theme: Theme, page: str) -> Theme:
    """Return a theme for a page by its name: A4, A4 portrait, A3, A3 portrait; the theme as it is for no name.

    On A3 everything is as much larger as the sheet is: it can be read from further off.

    Raises
    ------
    UnknownNameError
        For another name.

    Examples
    --------
    >>> on_page(PRINT, "A4 portrait").page_width
    547.0
    """
    if not page:
        return theme
    name = " ".join(str(page).split())
    known = {key.lower(): key for key in PAGES}
    if name.lower() not in known:
        raise UnknownNameError(f"page is {page!r}; it must be one of {', '.join(PAGES)}.{did_you_mean(name, PAGES)}")
    (width, height), pixels = PAGES[known[name.lower()]]
    return replace(theme, page_width=width, page_height=height, pixels_per_point=pixels)


def compact(theme: Theme) -> Theme:
    """Return a theme with smaller cards and their letters a step smaller, for maps that share a page with something else.

    >>> compact(PRINT).card.least
    (80.0, 34.0)
    """

    def smaller(style: CardStyle, width: float, height: float) -> CardStyle:
        least = (style.least[0] * width, style.least[1] * height)
        most = (style.most[0] * width, style.most[1])
        return replace(style, least=_whole(least), most=_whole(most), sizes=style.sizes[1:], margin=3.0)

    return replace(theme, child=smaller(theme.child, 0.87, 0.87), person=smaller(theme.person, 1.0, 0.89),
                   school=smaller(theme.school, 0.81, 0.8), card=smaller(theme.card, 0.8, 0.9))  # fmt: skip


def _whole(size: Size) -> Size:
    return float(round(size[0])), float(round(size[1]))
