"""What stands on a map and where: shapes with places, before any ink. Knows no case.

Lengths are points on an A4 landscape page (774 wide inside its margins); x runs east, y runs south.
The layouts say where the cards stand, the router how the lines run, the renderers turn a scene into bytes.
"""

from __future__ import annotations

from dataclasses import dataclass

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Rect:
    """An upright rectangle by its top left corner."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Plate:
    """A small plate of words that hangs on a card's edge, and how much it weighs; a round one holds a number."""

    box: Rect
    lines: tuple[str, ...]
    strong: bool = False
    is_round: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """One actor at its place: centre, size, the lines of its label and the words a screen reader says.

    `tone` says whether the map puts the card forward ("strong") or back ("faint"); `gone` that it is on the earlier map only.
    """

    key: str
    kind: str
    shape: str  # "child", "person" (pill), "school", "card"
    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]
    words: str
    second_line: str = ""
    sector: str = ""
    lead: bool = False
    label: str = ""  # the whole label, which `lines` may show cut
    letters: float = 10.0  # the size of the label's letters
    pill: str = ""  # words of the pill on the top edge, such as "Lead practitioner"
    tone: str = ""
    gone: bool = False
    plates: tuple[Plate, ...] = ()


@dataclass(frozen=True, slots=True)
class TeamBox:
    """A team as a container round its members: the corners of its outline, clockwise, with right angles only."""

    key: str
    title: str
    members: tuple[str, ...]
    host: str
    corners: tuple[Point, ...]
    words: str
    note: str = ""
    flows: tuple[str, ...] = ()  # the ties inside, which are not drawn: "n5>n6:critical"
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Bond:
    """A line still to be drawn: the keys of its ends (a card or a team), and what decides its ink."""

    source: str
    target: str
    critical: bool
    two_way: bool


@dataclass(frozen=True, slots=True)
class Course:
    """How a bond runs: a chain of cubic curves, its arrow heads, and the short gaps it lays over lines below.

    `curve` holds 3k + 1 points: a start, then two control points and an end for each of k pieces; it ends under the
    head, `heads` (tip, left, right) reach to the card. `covers` are the stretches of the curve, each 3k + 1 points, to be
    drawn in the background's colour before the line itself, so that a line below shows a gap where this one crosses it.
    """

    curve: tuple[Point, ...]
    heads: tuple[tuple[Point, Point, Point], ...]
    covers: tuple[tuple[Point, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A tie as drawn: its bond, its course, what it says, and how it differs from an earlier map.

    `flows` names every flow that the line stands for ("n3>n5:critical"; one that ended: had stood for); `pill` is where
    the sign of a doubtful tie stands, `badge` where its number does; `tone` puts the line forward ("strong") or back ("faint").
    """

    bond: Bond
    course: Course
    words: str
    status: str = "agreed"
    change: str = ""
    number: int | None = None
    flows: tuple[str, ...] = ()
    pill: Point | None = None
    badge: Rect | None = None
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """A link that should be there and is not: whom it would join, the box of its sign between them, its sentence.

    `stubs` are short strokes from the sign toward the two.
    """

    source: str
    target: str
    box: Rect
    words: str
    stubs: tuple[tuple[Point, Point], ...] = ()


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence beside the map; where it has a number, that of a line, with the kind of change for its sign."""

    words: str
    number: int | None = None
    change: str = ""


@dataclass(frozen=True, slots=True)
class Topic:
    """Remarks under a heading, in as few words as will do beside the map."""

    title: str
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """The ground of the family: its box, its title, and whether that stands at the foot."""

    box: Rect
    title: str
    title_below: bool = False


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything on one map, in the order in which it is drawn and read out.

    `width` and `height` are those of the body, which has the cards and lines; head and key come round it. `words` sums the
    map up in a sentence; `sectors` are all sectors of the case, in the order of their marks, whether on this map or not.
    `remarks` are the sentences of the map under their own title, drawn where `listed`, else only in the words of the map;
    `topics` say the same more shortly, for a narrow column beside a map that leaves room for one.
    `legend` holds what the key has to explain besides lines and sectors: a sample and its words.
    """

    width: float
    height: float
    title: str
    subtitle: str
    words: str
    cards: tuple[Card, ...]
    lines: tuple[Line, ...]
    teams: tuple[TeamBox, ...] = ()
    panel: Panel | None = None
    marking: str = ""
    sectors: tuple[str, ...] = ()
    gaps: tuple[Gap, ...] = ()
    remarks: tuple[Remark, ...] = ()
    remarks_title: str = ""
    listed: bool = False
    topics: tuple[Topic, ...] = ()
    legend: tuple[tuple[str, str], ...] = ()
    is_partial: bool = False  # some ties are left out on purpose
