"""How a map looks: every size, colour, width and dash of its ink, apart from what it shows. Knows no case.

Lengths are points on an A4 landscape page. Band colours are those of Okabe and Ito, which stay apart for colour-blind readers;
each sector also has a drawn mark, so that no meaning rests on colour alone.
"""

from __future__ import annotations

from dataclasses import dataclass

Size = tuple[float, float]


@dataclass(frozen=True, slots=True)
class SectorInk:
    """How a sector's cards look: the band at the left, the ink of the border, the mark in the band, the words in the key."""

    band: str
    ink: str
    mark: str
    words: str


@dataclass(frozen=True, slots=True)
class Stroke:
    """How a line looks: its width, its dashes (empty: solid), the length and width of its arrow heads, its ink."""

    width: float
    dash: tuple[float, ...]
    head: Size
    ink: str = "#1A1A1A"


@dataclass(frozen=True, slots=True)
class CardStyle:
    """How cards of a shape look: their least and greatest size, their letters, their fill and border.

    `sizes` are the sizes of letters to try, largest first; the words keep `margin` from the sides.
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
    """All ink of a map. `PRINT` is the default: black lines on white that hold on a grey copier."""

    font: str = "Arial, 'Liberation Sans', Helvetica, 'DejaVu Sans', sans-serif"
    paper: str = "#FFFFFF"
    ink: str = "#1A1A1A"
    soft_ink: str = "#4A4A4A"
    rule: str = "#B8BDC3"
    page_width: float = 774.0
    margin: float = 6.0
    pixels_per_point: tuple[int, int] = (4, 3)

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
    line_gap: float = 1.8
    cover_extra: float = 4.0

    family_fill: str = "#F7F4EC"
    family_border: str = "#C9C0A4"
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
        ("police and justice", SectorInk("#0072B2", "#00507D", "plus", "Police and justice")),
        ("community", SectorInk("#E69F00", "#7A5200", "bars", "Community and voluntary")),
    )
    other_band: str = "#9AA3AD"
    other_ink: str = "#4A5560"
    other_marks: tuple[str, ...] = ("rings", "chevrons", "crosses", "squares")

    def style(self, shape: str) -> CardStyle:
        """Return how cards of a shape look: child, person, school or card."""
        return {"child": self.child, "person": self.person, "school": self.school}.get(shape, self.card)

    def stroke(self, critical: bool) -> Stroke:
        """Return how a critical or a peripheral line looks."""
        return self.critical if critical else self.peripheral

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
