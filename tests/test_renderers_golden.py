"""One scene set by hand with everything a map can show, and its picture and words as they were looked at and found good.

`python tests/test_renderers_golden.py` writes both anew; look at golden/scene.svg in a browser before committing it.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from agencygraph.renderers.svg import Heading, write_svg
from agencygraph.renderers.text import write_text
from agencygraph.scene import Bond, Card, Course, Line, Panel, Point, Rect, Scene, TeamBox
from agencygraph.staging import renumber
from agencygraph.themes import PRINT

GOLDEN = Path(__file__).parent / "golden"


def straight(start: Point, end: Point, heads: tuple[tuple[Point, Point, Point], ...]) -> Course:
    return Course((start, start, end, end), heads)


def east(x: float, y: float) -> tuple[Point, Point, Point]:
    """A large head with its tip at a point, pointing east."""
    return (x, y), (x - 9.5, y - 4.4), (x - 9.5, y + 4.4)


def west(x: float, y: float) -> tuple[Point, Point, Point]:
    return (x, y), (x + 9.5, y - 4.4), (x + 9.5, y + 4.4)


def small(x: float, y: float) -> tuple[Point, Point, Point]:
    """A small head pointing east."""
    return (x, y), (x - 8.0, y - 3.3), (x - 8.0, y + 3.3)


def everything() -> Scene:
    """A family, a school in the notch of its team, sectors known and own, ties agreed, disputed and unknown."""
    cards = (
        Card("n1", "child", "child", 70, 150, 78, 54, ("Peter",), "Peter, child, age 9", "age 9", label="Peter", letters=12.0),
        Card("n2", "parent", "person", 70, 70, 84, 34, ("Mother",), "Mother, parent", label="Mother"),
        Card("n3", "school", "school", 380, 150, 108, 56, ("Primary", "school"), "Primary school, school", label="Primary school",
             letters=12.5),
        Card("n5", "practitioner", "card", 540, 80, 100, 38, ("SENCO",), "SENCO", sector="education", label="SENCO"),
        Card("n6", "practitioner", "card", 540, 220, 100, 42, ("Practice", "manager"), "Practice manager, lead practitioner",
             sector="social care", lead=True, label="Practice manager", pill="Lead practitioner"),
        Card("n7", "agency", "card", 240, 300, 100, 38, ("CAMHS",), "CAMHS", sector="health", label="CAMHS"),
        Card("n8", "agency", "card", 700, 60, 100, 38, ("Police",), "Police", sector="police and justice", label="Police"),
        Card("n9", "agency", "card", 700, 150, 100, 38, ("NSPCC",), "NSPCC", sector="community", label="NSPCC"),
        Card("n10", "agency", "card", 700, 240, 100, 38, ("Homes &", "<repairs>"), "Homes & <repairs>", sector="housing",
             label="Homes & <repairs>"),
        Card("n11", "agency", "card", 400, 320, 100, 38, ("Someone else",), "Someone else", label="Someone else"),
    )  # fmt: skip
    corners = ((460.0, 20.0), (610.0, 20.0), (610.0, 280.0), (420.0, 280.0), (420.0, 200.0), (460.0, 200.0))
    team = TeamBox("n4", "Practitioner team", ("n5", "n6"), "n3", corners, "Practitioner team; members: SENCO and Practice manager",
                   "1 tie inside the team", ("n5>n6:critical", "n6>n5:critical"))  # fmt: skip
    lines = (
        Line(Bond("n1", "n3", True, True), straight((117.4, 150), (317.5, 150), (west(110.8, 150), east(324.2, 150))),
             "Peter and Primary school tell each other (critical)", flows=("n1>n3:critical", "n3>n1:critical")),
        Line(Bond("n2", "n7", False, False), Course(((113.8, 74), (200, 90), (236, 180), (239, 273.6)),
             (((240, 279.2), (236.4, 271.4), (243, 271)),), (((214, 140), (219, 150), (222, 158), (224, 164)),)),
             "Mother tells CAMHS (peripheral, one way); nothing comes back", flows=("n2>n7:peripheral",)),
        Line(Bond("n7", "n11", False, False),
             straight((291.8, 308), (342.6, 313), (((348.2, 313.6), (339.9, 316.1), (340.6, 309.5)),)),
             "It is not known whether CAMHS tells Someone else", "unknown", flows=("n7>n11:peripheral:unknown",),
             pill=(316.0, 310.5)),
        Line(Bond("n4", "n9", True, False), straight((611.8, 150), (641.6, 150), (east(648.2, 150),)),
             "Practitioner team (SENCO) tells NSPCC", "disputed", flows=("n5>n9:critical:disputed",), pill=(628.0, 140.5)),
        Line(Bond("n4", "n8", False, False), straight((611.8, 60), (642.6, 60), (small(648.2, 60),)), "SENCO tells Police",
             flows=("n5>n8:peripheral",)),
    )  # fmt: skip
    panel = Panel(Rect(4, 30, 150, 190), "Family and carers")
    return Scene(762.0, 350.0, "", "", "10 people and agencies.", cards, lines, (team,), panel,
                 sectors=("education", "social care", "health", "police and justice", "community", "housing"))  # fmt: skip


HEADING = Heading("Peter, 9 — everything", "Agreed in the meeting & <checked>", "OFFICIAL-SENSITIVE", "All in words.")


def written() -> dict[str, bytes]:
    """The picture and the words of the scene, and of a sheet with two of them."""
    one, two = replace(everything(), title="Before"), renumber(replace(everything(), title="After"), 100)
    return {
        "scene.svg": write_svg((everything(),), HEADING, PRINT).encode(),
        "scene.txt": write_text((everything(),), (HEADING.marking, HEADING.title), PRINT).encode(),
        "sheet.svg": write_svg((one, two), HEADING, PRINT).encode(),
    }


@pytest.mark.parametrize("name", ["scene.svg", "scene.txt", "sheet.svg"])
def test_the_scene_is_written_as_it_was_found_good(name: str) -> None:
    assert written()[name] == (GOLDEN / name).read_bytes()


if __name__ == "__main__":
    for file, data in written().items():
        (GOLDEN / file).write_bytes(data)
