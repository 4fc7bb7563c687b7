"""The matrix: one square for each flow, in its place, legible on A4 from one person to forty."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agencygraph import cases
from agencygraph.errors import InvalidError
from agencygraph.matrices import matrix
from agencygraph.model import Case
from agencygraph.renderers.lettering import width_of

SVG = "{http://www.w3.org/2000/svg}"
SECTORS = ("education", "social care", "health", "police and justice", "community", "housing", "")


def crowd(count: int, every: int = 3) -> Case:
    """So many people with ties of every kind."""
    actors: dict[str, object] = {"kid": "child", "mum": {"kind": "parent", "label": "Mother"}, "school": "school"}
    actors |= {f"w{at}": {"kind": "agency", "label": f"Agency for help and support, number {at}", "sector": SECTORS[at % 7]}
               for at in range(count)}  # fmt: skip
    kept = dict(list(actors.items())[:count])
    signs = ("=>", "<=>", "->", "?->", "~=>", "<->", "~->")
    pairs = [(a, b) for at, a in enumerate(kept) for b in list(kept)[at + 1 :]]
    return Case.of(age=9, actors=kept, ties=[f"{a} {signs[at % 7]} {b}" for at, (a, b) in enumerate(pairs) if at % every == 0])


def groups(svg: str, kind: str) -> list[ET.Element]:
    return [group for group in ET.fromstring(svg).iter(f"{SVG}g") if group.get("class") == kind]


@pytest.mark.parametrize("count", [1, 2, 8, 9, 22, 23, 40, 55])
def test_one_to_forty_people_stay_legible_on_a4(count: int) -> None:
    drawn = matrix(crowd(count))
    root = ET.fromstring(drawn.svg)
    _, _, width, height = (float(part) for part in root.get("viewBox", "").split())
    if count <= 40:
        page = (786.0, 540.0) if count <= 22 else (540.0, 786.0)
        assert width <= page[0]
        assert height <= page[1]
    for text in root.iter(f"{SVG}text"):
        assert float(text.get("font-size", "0")) >= 7.5
        wide = width_of(text.text or "", float(text.get("font-size", "0")), text.get("font-weight") == "bold")
        x = float(text.get("x", "0")) - wide * {"middle": 0.5, "end": 1.0}.get(text.get("text-anchor", ""), 0.0)
        assert x >= -0.1
        assert x + wide <= width
    assert len(groups(drawn.svg, "actor")) == count


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 14), st.integers(1, 5))
def test_there_is_a_square_for_each_flow_where_its_row_meets_its_column(count: int, every: int) -> None:
    case = crowd(count, every)
    drawn = matrix(case)
    squares = groups(drawn.svg, "square")
    assert len(squares) == sum(len(tie.flows) for tie in case.ties)
    rows, columns = {}, {}
    for square in squares:
        box = square.find(f"{SVG}rect")
        assert box is not None
        x, y, wide, high = (float(box.get(name, "0")) for name in ("x", "y", "width", "height"))
        middle = (x + wide / 2, y + high / 2)
        assert rows.setdefault(square.get("data-from"), middle[1]) == pytest.approx(middle[1], abs=0.11)
        assert columns.setdefault(square.get("data-to"), middle[0]) == pytest.approx(middle[0], abs=0.11)
    order = [group.get("data-key") for group in groups(drawn.svg, "actor")]
    assert [key for key in order if key in rows] == sorted(rows, key=lambda key: rows[key])
    assert [key for key in order if key in columns] == sorted(columns, key=lambda key: columns[key])


def test_full_and_open_squares_stand_for_critical_and_peripheral() -> None:
    case = Case.of(actors={"a": "agency", "s": "school", "c": "child"},
                   ties=["a => s", "s -> a", "c ~=> s", "s ?-> c", "c ?=> a"])  # fmt: skip
    found = {}
    for square in groups(matrix(case).svg, "square"):
        box = square.find(f"{SVG}rect")
        assert box is not None
        found[square.get("data-flows", "").partition(":")[2]] = (box.get("fill"), box.get("stroke-dasharray"),
                                                                [text.text for text in square.iter(f"{SVG}text")])  # fmt: skip
    assert found == {"critical": ("#1A1A1A", None, []), "peripheral": ("#FFFFFF", None, []),
                     "critical:disputed": ("#1A1A1A", None, ["?"]),
                     "peripheral:unknown": ("#FFFFFF", "1.6 1.6", ["?"]),
                     "critical:unknown": ("#FFFFFF", "1.6 1.6", ["?"])}  # fmt: skip


def test_everybody_and_every_square_is_named_and_rows_can_be_reached_in_order() -> None:
    drawn = matrix(cases.james(narrative=True))
    root = ET.fromstring(drawn.svg)
    assert [child.tag for child in list(root)[:2]] == [f"{SVG}title", f"{SVG}desc"]
    named = [*groups(drawn.svg, "actor"), *groups(drawn.svg, "square")]
    for group in named:
        title = group.find(f"{SVG}title")
        assert title is not None
        assert group.get("role") == "img"
        assert group.get("aria-label") == title.text
    keys = [group.get("data-key") for group in root.iter() if group.get("tabindex") == "0"]
    assert keys == [f"n{number}" for number in range(1, len(keys) + 1)]
    assert groups(drawn.svg, "actor")[0].get("data-kind") == "child"
    assert "Social services tells GP (critical)" in {group.get("aria-label") for group in named}


def test_family_first_then_the_school_then_sectors_together() -> None:
    order = [(card.get("data-kind"), card.get("aria-label", "")) for card in groups(matrix(crowd(20)).svg, "actor")]
    assert [kind for kind, _ in order[:3]] == ["child", "parent", "school"]
    sectors = [words.rpartition(", ")[2] for _, words in order[3:]]
    assert len([1 for one, two in pairwise(sectors) if one != two]) == len(set(sectors)) - 1


def test_words_say_each_row_and_count_everything() -> None:
    text = matrix(cases.peter(), marking="OFFICIAL").text
    assert text.startswith("OFFICIAL\nPeter, 9 — who tells whom\n")
    assert "- School nurse tells Peter (critical), School (peripheral)." in text
    assert "- Family centre tells nobody." in text
    assert "9 ties (7 critical, 2 peripheral)" in text


def test_the_key_explains_what_occurs_and_nothing_else() -> None:
    def key(case: Case) -> str:
        svg = matrix(case).svg
        return " ".join(re.findall(r">([^<]+)</text>", svg[svg.index('class="key"') :]))

    assert "Inside the team" in key(cases.integrated("peter"))
    plain = key(Case.of(actors={"a": "agency", "s": "school"}, ties=["a => s"]))
    assert plain == "Critical The same person or agency"


def test_what_is_no_case_is_refused() -> None:
    with pytest.raises(InvalidError, match=r"agencygraph\.read"):
        matrix("case.yaml")  # type: ignore[arg-type]  # what a beginner writes


def test_a_matrix_shows_itself_in_notebooks() -> None:
    drawn = matrix(cases.peter())
    assert drawn._repr_mimebundle_()["image/svg+xml"] == drawn.svg == drawn._repr_svg_()
    assert drawn._repr_mimebundle_(exclude={"image/svg+xml"}) == {"text/plain": drawn.text}
    assert str(drawn) == drawn.text
