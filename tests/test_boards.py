"""Plans, teams and pathways as pictures: everything stands on them and in their words, nothing on anything else, no name leaks."""

from __future__ import annotations

import dataclasses
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import agencygraph as ag
from agencygraph import templates
from agencygraph.boards.plans import question_words
from agencygraph.cli import main
from agencygraph.errors import FileError, InvalidError, UndefinedError, UnknownNameError
from agencygraph.leaks import find_leaks
from agencygraph.model import ActionPlan, Case, Question
from agencygraph.model.plan import CONSENSUS, THEMES
from agencygraph.pathways import steps_of
from agencygraph.planning import with_suggestions
from agencygraph.renderers.lettering import tidy
from agencygraph.renderers.notes import REST, flow
from agencygraph.renderers.sheet import Sheet
from agencygraph.templates import Role, Share, Template
from board_reading import boxes_of, check, named_of, texts_of, view_of
from strategies import cases

PAGE = 547.0  # of A4 across, within the margins of its print
THEME_NAMES = ("print", "greyscale", "high contrast", "large print")
LETTERS = st.sampled_from("abcdefg hij KLM noprs tuvwy& <>'\"éŵس字")
WORDS = st.text(LETTERS, min_size=1, max_size=160).filter(lambda text: text.strip())


@st.composite
def plans(draw: st.DrawFn, most: int = 14) -> ActionPlan:
    """Plans with questions of every kind."""
    texts = draw(st.lists(WORDS, min_size=1, max_size=most, unique_by=tidy))
    return ActionPlan(tuple(
        Question(draw(st.sampled_from(THEMES)), text, tuple(draw(st.lists(WORDS, max_size=2))), draw(st.sampled_from(("", "Head"))),
                 draw(st.sampled_from((None, "2024", "2024-05"))), draw(st.sampled_from(CONSENSUS)), draw(st.booleans()))
        for text in texts))  # fmt: skip


def many(count: int, theme: str = "") -> ActionPlan:
    """So many questions of a usual length."""
    return ActionPlan(tuple(
        Question(theme or THEMES[at % 4], f"Who tells the school what came of the visit, and how soon, in matter number {at}?",
                 consensus=CONSENSUS[at % 3], owner="Team manager" * (at % 2)) for at in range(count)))  # fmt: skip


def pages_of(sheet: Sheet) -> list[str]:
    return [leaf.svg for leaf in sheet.leaves] or [sheet.svg]


def chain(count: int, **more: Any) -> Case:
    """A case with so many steps."""
    acts = ("concern", "form", "refers", "tells", "chases", "reports", "calls")
    return Case.of(actors={"a": {"kind": "agency", "label": "Advice and support"}, "b": "school"}, chronology=[
        {"when": 2004 + at % 3, "senders": ["a"], "receivers": ["b"], "note": f"{acts[at % 7]}: does what has to be done, {at}"}
        for at in range(count)], **more)  # fmt: skip


# ------------------------------------------------------------------------------------------------------------------- the plan
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(plans(), st.sampled_from(THEME_NAMES), st.sampled_from(("", "A4 portrait")))
def test_every_question_stands_once_on_the_mind_map_and_in_its_words(plan: ActionPlan, theme: str, page: str) -> None:
    sheet = ag.draw(plan, theme=theme, page=page)
    for svg in (sheet.svg, *pages_of(sheet)):
        check(svg)
    asked = [question_words(one) for name in THEMES for one in plan if one.theme == name]
    assert sorted(line for line in sheet.text.splitlines() if line.startswith("- ")) == sorted(f"- {words}" for words in asked)
    for drawn in ([sheet.svg], pages_of(sheet)):
        notes = [element for svg in drawn for element in named_of(svg, "question")]
        assert sorted(element.get("aria-label") or "" for element in notes) == sorted(map(tidy, asked))
    # What is drawn is what is said: the words of each box are those of its question, whole or cut where a page ends.
    for outline, inside in (pair for svg in pages_of(sheet) for pair in boxes_of(svg)):
        if outline.name in map(tidy, asked):
            drawn_words = "".join(box.name for box in inside).replace(" ", "")
            one = next(one for one in plan if tidy(question_words(one)) == outline.name)
            assert drawn_words.startswith(tidy(one.text).replace(" ", "")) or REST[2:8].strip() in drawn_words


@pytest.mark.parametrize("theme", THEME_NAMES)
@pytest.mark.parametrize(("count", "branch"), [(1, ""), (19, ""), (40, ""), (40, "joint working"), (100, "practice issues")])
def test_one_to_a_hundred_questions_stay_legible_on_pages_of_a4(count: int, branch: str, theme: str) -> None:
    sheet = ag.draw(many(count, branch), theme=theme)
    for svg in pages_of(sheet):
        check(svg)
        assert view_of(svg)[1] <= PAGE
        assert min(float(element.get("font-size", "0")) for note in named_of(svg, "question")
                   for element in note if element.tag.endswith("text")) >= 8.5  # fmt: skip
    assert sum(len(named_of(svg, "question")) for svg in pages_of(sheet)) == count
    assert len(sheet.leaves) != 1


def test_a_usual_plan_has_each_theme_in_its_corner_and_is_read_in_the_order_of_the_continuum() -> None:
    svg = ag.draw(ag.cases.james(), style="mind map").svg
    spots = [(box.west < 387.0, box.north) for box, _ in boxes_of(svg) if box.name.startswith("Theme")]
    assert [left for left, _ in spots] == [True, False, False, True]
    assert spots[0][1] < spots[3][1]
    assert spots[1][1] < spots[2][1]
    assert [element.get("aria-label") for element in named_of(svg, "theme")] == [
        "Theme 1 Joint working (3)", "Theme 2 Professional relationships (4)", "Theme 3 Organisational issues (4)",
        "Theme 4 Practice issues (6)"]  # fmt: skip


def test_consensus_and_suggestions_are_told_by_signs_and_words() -> None:
    asked = (("Who leads?", "complex", False), ("When?", "ready", False), ("Why?", "", True), ("How?", "", False))
    plan = ActionPlan(tuple(Question("joint working", text, consensus=kind, suggested=new) for text, kind, new in asked))
    found = {}
    for note in named_of(ag.draw(plan).svg, "question"):
        words = [element.text for element in note if element.tag.endswith("text")]
        marks = [element.tag.rpartition("}")[2] for element in note if element.tag.endswith(("polygon", "path", "circle"))]
        box = next(element for element in note if element.tag.endswith("rect"))
        found[words[0]] = (words[1:], marks, box.get("stroke-width"), box.get("stroke-dasharray"))
    assert found == {"Who leads?": (["Complex consensus"], ["polygon"], "2", None),
                     "When?": (["Ready consensus"], ["path"], "1", None),
                     "Why?": (["Suggested"], ["circle"], "1", "4 3"), "How?": ([], [], "1", None)}  # fmt: skip


def test_a_bare_plan_says_in_the_middle_what_its_title_says() -> None:
    plan = many(2)
    assert named_of(ag.draw(plan).svg, "centre")[0].get("aria-label") == "The case"
    titled = ag.draw(plan, title="Panel of May", subtitle="Second round", marking="OFFICIAL")
    assert named_of(titled.svg, "centre")[0].get("aria-label") == "Panel of May"
    assert titled.text.startswith("OFFICIAL\nPanel of May\nSecond round\n")
    assert "OFFICIAL" in [box.name for box in texts_of(ET.fromstring(titled.svg))]


def test_nothing_is_drawn_of_nothing() -> None:
    for what in (ActionPlan(), Case.of(actors={"a": "school"})):
        with pytest.raises(UndefinedError, match="no question"):
            ag.draw(what, style="mind map")
    with pytest.raises(UndefinedError, match="no chronology"):
        ag.draw(ag.cases.james(), style="lanes")


@settings(max_examples=15, deadline=None)
@given(plans(), st.sampled_from(THEME_NAMES))
def test_the_continuum_counts_every_question_once_and_goes_round(plan: ActionPlan, theme: str) -> None:
    sheet = ag.draw(plan, style="continuum", theme=theme)
    check(sheet.svg)
    lines = [line for line in sheet.text.splitlines() if line[:2] in ("1.", "2.", "3.", "4.")]
    assert [line.endswith(f"{following}.") for line, following in zip(lines, (*THEMES[1:], THEMES[0]), strict=True)] == [True] * 4
    for line, theme_name in zip(lines, THEMES, strict=True):
        asked = [one for one in plan if one.theme == theme_name]
        assert (f": {len(asked)} question" in line) == bool(asked)
        for kind in ("ready", "complex"):
            count = sum(one.consensus == kind for one in asked)
            assert (f"{kind} consensus on {count}" in line) == bool(count)
    shapes = ("circle", "path", "polygon")
    marks = [child for stage in named_of(sheet.svg, "stage") for child in stage if child.tag.endswith(shapes)]
    assert len(marks) == len(plan)


def test_the_continuum_of_a_hundred_questions_fits_a_page() -> None:
    svg = ag.draw(many(200), style="continuum").svg
    check(svg)
    assert view_of(svg)[1] <= PAGE


# ------------------------------------------------------------------------------------------------------------------ on a page
def on_a_page(page: str, theme: str) -> dict[str, Sheet]:
    """Every picture that is no map, on a page."""
    case, words = with_suggestions(ag.cases.james()), {"page": page, "theme": theme}
    pair = ag.compare(ag.cases.pathway("today"), ag.cases.pathway("alternative"))
    return {"mind map": ag.draw(case, style="mind map", **words), "continuum": ag.draw(case, style="continuum", **words),
            "plan": ag.draw(many(30), **words), "team": ag.draw(templates.load("bexley_2005"), **words),
            "lanes": ag.draw(pair, style="lanes", **words), "lane": ag.draw(chain(45), style="lanes", **words)}  # fmt: skip


@pytest.mark.parametrize("theme", ["print", "large print"])
@pytest.mark.parametrize(("page", "upright", "size"), [("A4 portrait", True, (595, 842)), ("A3", False, (1191, 842)),
                                                       ("A3 portrait", True, (842, 1191))])  # fmt: skip
def test_every_picture_comes_on_the_page_that_is_asked_for(page: str, upright: bool, size: tuple[int, int], theme: str) -> None:
    for name, sheet in on_a_page(page, theme).items():
        for svg in pages_of(sheet):
            check(svg)
            wide, high = view_of(svg)
            assert wide == (547.0 if upright else 774.0), name
            assert high <= (793.0 if upright else PAGE) or name == "continuum", name
        # As large as it is drawn, on a sheet that stands as it was asked for.
        boxes = re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", sheet.render(".pdf"))
        assert {tuple(round(float(side)) for side in box) for box in boxes} == {size}, name
        assert len(boxes) == len(pages_of(sheet))
        assert f"@page picture {{ size: A4 {'portrait' if upright else 'landscape'};" in sheet.render(".html").decode()


def test_a3_is_a4_enlarged_and_says_the_same() -> None:
    for name, sheet in on_a_page("A3", "print").items():
        usual = on_a_page("A4", "print")[name]
        assert (sheet.text, view_of(sheet.svg)) == (usual.text, view_of(usual.svg))
        assert sheet.svg != usual.svg


# ------------------------------------------------------------------------------------------------------------------- the team
def test_the_team_of_the_study_has_its_mix_as_data_and_as_bars_that_keep_the_proportion() -> None:
    template = templates.load("bexley_2005")
    assert [share.percent for share in template.workload] == [35, 27, 18.5, 17.5, 2]
    assert "chapter 4, part three" in template.source
    svg = ag.draw(template).svg
    check(svg)
    found = {}
    for seat in named_of(svg, "seat"):
        words = [element.text for element in seat if element.tag.endswith("text")]
        rects = [float(element.get("width", "0")) for element in seat if element.tag.endswith("rect")]
        number = next((word for word in words if word and word.endswith("%")), "")
        if number:
            found[number] = rects[-1] / rects[-2]
    assert list(found) == ["35%", "27%", "18.5%", "17.5%", "2%"]
    for number, share in found.items():
        assert share == pytest.approx(float(number.rstrip("%")) / 100, abs=0.001)


def test_shares_that_do_not_come_to_a_hundred_are_refused() -> None:
    with pytest.raises(InvalidError, match="come to 97 per cent, not to 100"):
        Template("T", "Team", (Role("a", "Nurse"),), workload=(Share("Health", 60.0, "a"), Share("Other", 37.0)))


@settings(max_examples=15, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=16), st.integers(0, 3), st.sampled_from(THEME_NAMES))
def test_any_team_can_be_drawn_on_pages_of_a4(labels: list[str], spare: int, theme: str) -> None:
    roles = tuple(Role(f"r{at}", label, ("health", "", "housing")[at % 3], "Agency" * (at % 2), at == 0)
                  for at, label in enumerate(labels))  # fmt: skip
    each = 100 / (len(roles) + spare)
    shares = tuple(Share(f"Part {at}", each, f"r{at}" if at < len(roles) else "") for at in range(len(roles) + spare))
    sheet = ag.draw(Template("Ours", "Team", roles, workload=shares), theme=theme)
    for svg in (sheet.svg, *pages_of(sheet)):
        check(svg)
    assert all(view_of(svg)[1] <= PAGE for svg in pages_of(sheet))
    seats = [element.get("aria-label") for svg in pages_of(sheet) for element in named_of(svg, "seat")]
    assert len(seats) == len(roles) + spare
    assert all(f"- {seat}" in sheet.text.splitlines() for seat in seats)


def test_a_team_without_shares_says_so() -> None:
    assert "how its work is shared is not laid down" in ag.draw(templates.load("macpt_2026")).text


# ------------------------------------------------------------------------------------------------------------------ the lanes
def test_the_two_pathways_stand_side_by_side_on_one_page_with_what_they_take() -> None:
    sheet = ag.draw(ag.compare(ag.cases.pathway("today"), ag.cases.pathway("alternative")), style="lanes")
    check(sheet.svg)
    assert not sheet.leaves
    assert view_of(sheet.svg)[1] <= PAGE
    boxes = {outline.name: outline for outline, _ in boxes_of(sheet.svg)}
    one, two = (next(box for name, box in boxes.items() if name.startswith(f"What it takes. Steps: {count}")) for count in (4, 5))
    assert one.north == two.north
    assert one.east < two.west
    assert "- Forms: 4 (Head teacher to Social services, Behaviour support and CAMHS, Education welfare, School" in sheet.text
    assert "- Reports back unasked: 1 (Liaison person to Head teacher)" in sheet.text
    assert "4. Chases. Head teacher to Social services" in sheet.text


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(cases(max_actors=6), st.sampled_from(THEME_NAMES))
def test_any_chronology_can_be_drawn_step_by_step(case: Case, theme: str) -> None:
    if not case.chronology.events:
        return
    sheet = ag.draw(case, style="lanes", theme=theme)
    for svg in (sheet.svg, *pages_of(sheet)):
        check(svg)
    steps = [element.get("aria-label") or "" for svg in pages_of(sheet) for element in named_of(svg, "step")]
    assert [step.partition(".")[0] for step in steps] == [str(step.number) for step in steps_of(case)]
    assert all(f"- {step}" in sheet.text.splitlines() for step in steps)


@pytest.mark.parametrize("pair", [False, True])
@pytest.mark.parametrize("theme", ["print", "large print"])
def test_long_pathways_go_on_in_columns_and_on_pages(pair: bool, theme: str) -> None:
    sheet = ag.draw(ag.compare(chain(3), chain(45)) if pair else chain(45), style="lanes", theme=theme)
    assert len(sheet.leaves) > 1
    for svg in (sheet.svg, *pages_of(sheet)):
        check(svg)
    assert all(view_of(svg)[1] <= PAGE for svg in pages_of(sheet))
    assert len(named_of(sheet.svg, "step")) == 45 + 3 * pair
    assert len(named_of(sheet.svg, "figures")) == 1 + pair


def test_a_chronology_that_names_no_act_is_not_said_to_have_no_forms() -> None:
    text = ag.draw(ag.cases.peter(narrative=True), style="lanes").text
    assert "Forms: 0" not in text
    assert "are not counted: no step says which it is" in text


# ------------------------------------------------------------------------------------------------------- names, files, bytes
PRIVATE: dict[str, Any] = {
    "name": "Zebedee Quillfeather", "age": 9,
    "actors": {"zebedee_q": {"kind": "child", "name": "Zebedee Quillfeather"},
               "thistlewood": {"kind": "practitioner", "label": "SENCO", "name": "Agatha Thistlewood"}, "school": "school"},
    "ties": ["zebedee_q <=> school"],
    "plan": [{"theme": "practice issues", "text": "Who rings Agatha about Zebedee?", "owner": "Thistlewood",
              "proposals": ["Ask Quillfeather"], "evidence": "Agatha's notes"}],
    "chronology": [{"when": 2004, "senders": ["thistlewood"], "receivers": ["school"], "note": "form: about Zebedee"}],
}  # fmt: skip
SECRETS = ("Zebedee", "Quillfeather", "Agatha", "Thistlewood", "zebedee_q", "Ottoline")


def private_pair() -> ag.Comparison:
    after = {**PRIVATE, "actors": {**PRIVATE["actors"], "ottoline": {"kind": "practitioner", "label": "Nurse", "name": "Ottoline"}}}
    told = {"when": 2004, "senders": ["school"], "receivers": ["thistlewood"], "note": "tells: Ottoline"}
    before = {**PRIVATE, "chronology": [told]}
    return ag.compare(Case.of(**before), Case.of(**after))


@pytest.mark.parametrize("style", ["mind map", "continuum", "lanes"])
def test_no_name_leaves_in_any_file_unless_it_was_asked_for(style: Any, tmp_path: Path) -> None:
    case = Case.of(**PRIVATE)
    drawn = {"one": ag.draw(case, style=style)} | ({"two": ag.draw(private_pair(), style=style)} if style == "lanes" else {})
    for name, sheet in drawn.items():
        for ending in (".svg", ".png", ".pdf", ".html", ".txt"):
            sheet.save(tmp_path / f"{name}{ending}")
    assert find_leaks(SECRETS, [tmp_path]) == ()
    assert "Zebedee" in ag.draw(case, style=style, names=True).text


def test_a_picture_on_several_pages_prints_on_several_pages_and_has_no_table_of_ties(tmp_path: Path) -> None:
    sheet = ag.draw(many(40))
    pdf, page = sheet.render(".pdf"), sheet.render(".html").decode()
    assert pdf.count(b"/MediaBox") == len(sheet.leaves) > 1
    assert page.count("<figure>") == len(sheet.leaves)
    assert "Every tie" not in page
    with pytest.raises(FileError, match="shows no ties"):
        sheet.save(tmp_path / "plan.dot")


def test_the_bytes_are_the_same_under_any_hash_seed() -> None:
    code = ("import agencygraph as ag, hashlib\nfrom agencygraph import templates\n"
            "from agencygraph.planning import with_suggestions\n"
            "change = ag.compare(ag.cases.pathway('today'), ag.cases.pathway('alternative'))\n"
            "case = with_suggestions(ag.cases.james())\n"
            "drawn = [ag.draw(case, style='mind map'), ag.draw(case, style='continuum'), ag.draw(change, style='lanes'),\n"
            "         ag.draw(templates.load('bexley_2005'))]\n"
            "print([hashlib.sha256(one.render(e)).hexdigest() for one in drawn for e in ('.svg', '.html', '.txt')])")  # fmt: skip
    made = [subprocess.run([sys.executable, "-c", code], env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
                           capture_output=True, text=True, check=True).stdout for seed in ("1", "2")]  # fmt: skip
    assert made[0] == made[1] != ""


def test_what_cannot_be_drawn_so_is_said() -> None:
    james, change = ag.cases.james(), private_pair()
    wrong: list[tuple[Any, dict[str, Any], str]] = [
        (james.plan, {"style": "panels"}, "a plan is drawn as"), (james.plan, {"style": "lanes"}, "a plan is drawn as"),
        (change, {"style": "mind map"}, "the plan of one case"),
        (templates.load("bexley_2005"), {"style": "lanes"}, "in one way only"),
        (james, {"style": "mind map", "only": "critical"}, "only leaves ties out, and this picture shows none"),
        (james, {"style": "mind map", "show": "isolation"}, "show brings forward somebody on a map"),
        (james.plan, {"layout": "kept"}, "layout says where people stand, .* leave layout='kept' out"),
        (templates.load("bexley_2005"), {"layout": "fresh"}, "leave layout='fresh' out"),
        (change, {"style": "lanes", "layout": "kept"}, "leave layout='kept' out"),
        ("plan.yaml", {}, "draw takes a case, a comparison, a plan or a template, not str")]  # fmt: skip
    for what, words, said in wrong:
        with pytest.raises(InvalidError, match=said):
            ag.draw(what, **words)
    with pytest.raises(UnknownNameError, match="Did you mean 'A4 portrait'"):
        ag.draw(james.plan, page="A4 portrate")
    with pytest.raises(TypeError, match="Did you mean 'page'"):
        ag.draw(james.plan, pages="A4")  # type: ignore[call-overload]  # what a beginner writes
    with pytest.raises(UnknownNameError, match="Did you mean 'mind map'"):
        ag.draw(james, style="mindmap")  # type: ignore[call-overload]  # what a beginner writes


def test_a_word_wider_than_its_room_goes_on_in_the_next_line() -> None:
    lines = flow("a" * 40, 60.0, 10.0)
    assert len(lines) > 1
    assert "".join(lines) == "a" * 40


def test_a_question_longer_than_a_page_says_where_the_rest_stands() -> None:
    plan = ActionPlan((Question("joint working", "Who tells whom what? " * 300), dataclasses.replace(many(1)[0], text="And this?")))
    sheet = ag.draw(plan)
    for svg in pages_of(sheet):
        check(svg)
        assert view_of(svg)[1] <= PAGE
    assert tidy(plan[0].text) in sheet.text
    assert "the rest stands in the" in sheet.svg


def test_the_command_line_draws_the_plan_and_the_lanes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ag.write(Case.of(**PRIVATE), tmp_path / "case.yaml")
    for ending, style in ((".svg", "mind map"), (".html", "continuum")):
        assert main(["plan", str(tmp_path / "case.yaml"), "-o", str(tmp_path / f"plan{ending}"), "--style", style]) == 0
    assert "the plan is drawn" in capsys.readouterr().out
    assert main(["map", str(tmp_path / "case.yaml"), "--style", "lanes", "-o", str(tmp_path / "lane.svg")]) == 0
    for which in ("today", "alternative"):
        ag.write(ag.cases.pathway(which), tmp_path / f"{which}.yaml")
    assert main(["compare", str(tmp_path / "today.yaml"), str(tmp_path / "alternative.yaml"), "--style", "lanes",
                 "-o", str(tmp_path / "lanes.svg")]) == 0  # fmt: skip
    assert find_leaks(SECRETS, [tmp_path / name for name in ("plan.svg", "plan.html", "lane.svg")]) == ()


def test_the_groups_before_and_after_can_be_compared_on_one_sheet() -> None:
    drawn = ag.draw(ag.compare(ag.cases.groups("before"), ag.cases.groups("after")))
    assert [panel.title.rpartition(" — ")[2].partition(":")[0] for panel in drawn.panels] == ["before", "after"]
    assert "On the later map only: Practitioner team." in drawn.text
    # Both are groups that meet, and neither is a map of separate agencies: what both are is no heading of either.
    assert "separate agencies" not in drawn.text
    assert [scene.title for scene in drawn.scenes] == ["Before", "After"]
    change = ag.draw(ag.compare(ag.cases.groups("before"), ag.cases.groups("after")), style="change")
    assert change.title == "The groups, before the practitioner team — what changes"
