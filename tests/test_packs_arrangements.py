"""Arrangements in a pack: teams, pathways and plans beside the cases, in every kind of file, and nobody's name."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import docx
import pytest

from agencygraph import Case, cases, compare, draw, templates
from agencygraph.errors import InvalidError, UndefinedError
from agencygraph.leaks import find_leaks
from agencygraph.packs import Pack, pack
from agencygraph.packs.document import Grid, Heading, Leaf, Paragraph, Picture
from agencygraph.templates import Role, Template
from board_reading import check
from test_boards import PRIVATE, SECRETS, chain, many, private_pair
from test_packs_contents import blocks_of, headings, words_of
from test_packs_files import ENDINGS, html_of, pages_of, pdf_parts

TEAM = templates.load("bexley_2005")
PAIR = compare(cases.pathway("today"), cases.pathway("alternative"))


def grids(made: Pack) -> list[Grid]:
    return [block for block in blocks_of(made) if isinstance(block, Grid)]


def pictures(made: Pack) -> list[Picture]:
    return [block for block in blocks_of(made) if isinstance(block, Picture)]


def test_a_team_and_two_pathways_stand_behind_the_case_each_with_picture_words_and_table() -> None:
    alone, made = pack(cases.james()), pack(cases.james(), arrangements=[TEAM, PAIR])
    assert made.document.leaves[: len(alone.document.leaves)] == alone.document.leaves
    added = made.document.leaves[len(alone.document.leaves) :]
    assert [leaf.across for leaf in added] == [True, False, True, False]
    assert headings(made)[-2:] == ["Bexley practitioner team, 2005",
                                   "Referral pathway, today, beside referral pathway, alternative"]  # fmt: skip
    assert repr(made) == "Pack('James, 11', 1 case, 2 arrangements)"
    team, lanes = pictures(made)[-2:]
    # In words the same as what `draw` says of them.
    assert team.alt == draw(TEAM).text.strip()
    assert lanes.alt == draw(PAIR, style="lanes").text.strip()
    for picture in (team, lanes):
        check(picture.svg)
        assert picture.width >= 0.99 * 774
        assert 'class="head-words"' not in picture.svg  # the page has the heading


def test_the_table_of_a_team_has_every_role_and_every_share() -> None:
    (grid,) = grids(pack(arrangements=TEAM))
    assert grid.columns == ("Role", "Service", "Share of the work", "Which work")
    assert [(row[0], row[2]) for row in grid.rows] == [
        ("Practice manager", "35%"), ("Behaviour support worker", "27%"), ("Education welfare officer", "18.5%"),
        ("School health advisor", "17.5%"), ("Team co-ordinator", "not given"), ("Nobody in the team", "2%")]  # fmt: skip
    bare = Template("Ours", "Team", (Role("nurse", "Nurse", "health"),))
    assert "How the work is shared is not laid down." in words_of(pack(arrangements=[bare]))


def test_the_tables_of_two_pathways_have_every_step_and_what_each_takes() -> None:
    today, other, takes = grids(pack(arrangements=[PAIR]))
    assert [row[3] for row in today.rows] == ["concern", "form", "tells", "chases, and is answered"]
    assert [row[3] for row in other.rows] == ["concern", "form", "refers", "tells", "reports"]
    assert today.rows[0][1:3] == ("Member of staff", "Head teacher")
    figures = {row[0]: row[1:] for row in takes.rows}
    assert figures["Forms"][0].startswith("4 (Head teacher to Social services, Behaviour support and CAMHS, Education")
    assert figures["Forms"][1] == "1 (Head teacher to Liaison person)"
    assert figures["Steps"] == ("4", "5")


def test_a_pathway_that_says_not_what_is_done_is_not_said_to_have_no_forms() -> None:
    made = pack(arrangements=[compare(cases.peter(narrative=True), cases.pathway("today"))])
    figures = {row[0]: row[1:] for row in grids(made)[-1].rows}
    assert figures["Forms"][0] == "not counted"


def test_a_pack_of_arrangements_alone_is_called_after_the_first_and_has_contents() -> None:
    made = pack(arrangements=[TEAM, PAIR])
    assert made.title == "Bexley practitioner team, 2005"
    assert repr(made) == "Pack('Bexley practitioner team, 2005', 2 arrangements)"
    assert "href=" in html_of(made)
    assert "people's worth" not in words_of(made)  # no map of people is in it


def test_on_one_page_for_each_an_arrangement_is_its_picture_alone() -> None:
    made = pack(cases.tina(), pages=1, arrangements=[TEAM, PAIR])
    assert [len([block for block in leaf.blocks if isinstance(block, Grid)]) for leaf in made.document.leaves] == [0, 0, 0]
    assert pages_of(made) == 3


def test_a_long_pathway_goes_on_and_the_contents_name_it_once() -> None:
    made = pack(arrangements=[chain(45)], theme="large print")
    across = [leaf for leaf in made.document.leaves if leaf.across]
    assert len(across) > 1
    assert len(headings(made)) == 1
    assert pages_of(made) > len(across) + 2  # the contents, and 45 steps on more than one page
    for picture in pictures(made):
        check(picture.svg)


def test_a_plan_of_no_case_is_a_mind_map_and_tables() -> None:
    made = pack(arrangements=[many(6)])
    assert headings(made) == ["The questions as a mind map", "Action plan"]
    assert sum(len(grid.rows) for grid in grids(made)) == 6


# --------------------------------------------------------------------------------------------------- names, notes, audiences
@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("audience", ["practitioners", "family", "research"])
def test_no_pathway_names_anybody_unless_asked(ending: str, audience: str, tmp_path: Path) -> None:
    beside = [private_pair(), *([Case.of(**PRIVATE)] if ending == ".html" else [])]
    path = pack(arrangements=beside, audience=audience).save(tmp_path / f"pack{ending}")
    assert find_leaks(SECRETS, [path]) == ()
    if audience == "practitioners" and ending != ".docx":
        named = pack(arrangements=beside, names=True).save(tmp_path / f"named{ending}")
        assert {leak.word for leak in find_leaks(["Zebedee", "Ottoline"], [named])} == {"Zebedee", "Ottoline"}


@pytest.mark.parametrize("audience", ["family", "research"])
def test_whoever_reads_no_notes_reads_what_is_done_and_no_word_more(audience: str) -> None:
    case = Case.of(actors={"a": {"kind": "practitioner", "label": "Tutor"}, "b": "school"}, chronology=[
        {"when": "2004-05-06", "senders": ["a"], "receivers": ["b"], "note": "form: in a rage, on pink paper"},
        {"when": "2004-05-07", "senders": ["b"], "receivers": ["a"], "note": "Shouts: rather loudly."}])  # fmt: skip
    assert "pink paper" in words_of(pack(arrangements=[case]))
    said = words_of(pack(arrangements=[case], audience=audience))
    for word in ("pink", "rage", "shouts", "loudly"):
        assert word not in said.casefold()
    assert "Form. Tutor to School" in said
    assert ("May" in said) == (audience == "family")


def test_where_a_team_comes_from_is_told_and_research_sees_no_plan() -> None:
    assert "Figure 14" in "".join(block.text for block in blocks_of(pack(arrangements=[TEAM])) if isinstance(block, Paragraph))
    with pytest.raises(InvalidError, match="a plan is never shown to research"):
        pack(arrangements=[many(2)], audience="research")


# ------------------------------------------------------------------------------------------------------------ files and bytes
def test_every_file_tells_the_arrangements(tmp_path: Path) -> None:
    made = pack(arrangements=[TEAM, PAIR], marking="OFFICIAL")
    wanted = {"18.5%", "Liaison", "unasked", "OFFICIAL", "pathway"}
    for ending in ENDINGS:
        path = made.save(tmp_path / f"pack{ending}")
        assert {leak.word for leak in find_leaks(wanted, [path])} == wanted
    parts, file = pdf_parts(made), docx.Document(str(tmp_path / "pack.docx"))
    assert b"/StructTreeRoot" in parts
    assert b"pdfuaid" in parts
    assert parts.count(b"/Alt") >= 2
    assert [shape._inline.docPr.get("descr") for shape in file.inline_shapes] == [one.alt for one in pictures(made)]
    for picture in pictures(made):
        assert ET.fromstring(picture.svg).find("{http://www.w3.org/2000/svg}desc") is not None


def test_the_bytes_are_the_same_in_another_process_under_another_seed() -> None:
    code = ("import sys, hashlib; sys.path.insert(0, sys.argv[1]); from test_packs_arrangements import TEAM, PAIR; "
            "from agencygraph.packs import pack; made = pack(arrangements=[TEAM, PAIR])\n"
            "for end in ('.pdf', '.html', '.docx'): print(hashlib.sha256(made.render(end)).hexdigest())")  # fmt: skip
    said = subprocess.run([sys.executable, "-c", code, str(Path(__file__).parent)], capture_output=True, text=True, check=True,
                          env={**os.environ, "PYTHONHASHSEED": "7"}).stdout  # fmt: skip
    made = pack(arrangements=[TEAM, PAIR])
    assert said.split() == [hashlib.sha256(made.render(ending)).hexdigest() for ending in ENDINGS]


# --------------------------------------------------------------------------------------------------------------------- errors
@pytest.mark.parametrize(("asked", "said"), [
    ({"what": TEAM}, r"a Template is no case: hand it over as arrangements=\[\.\.\.\]"),
    ({"what": many(2)}, "an? ActionPlan is no case"),
    ({"what": [cases.tina(), TEAM]}, "a Template is no case"),
    ({"arrangements": ["bexley_2005"]}, "not a str; agencygraph.templates.load opens a template"),
    ({}, "there is no case"),
])  # fmt: skip
def test_what_is_no_arrangement_is_said(asked: dict[str, Any], said: str) -> None:
    with pytest.raises(InvalidError, match=said):
        pack(**asked)


def test_a_pathway_needs_steps() -> None:
    with pytest.raises(UndefinedError, match="no chronology"):
        pack(arrangements=[cases.james()])


def test_leaves_of_pictures_have_a_heading_and_a_picture_alone() -> None:
    leaves: list[Leaf] = [leaf for leaf in pack(arrangements=[TEAM, PAIR, many(30)]).document.leaves if leaf.across]
    assert all([type(block) for block in leaf.blocks] == [Heading, Picture] for leaf in leaves)
