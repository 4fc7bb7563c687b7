"""What a change map shows is what changed: held to a plain count of the flows, pair by pair, and to its own list."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from functools import cache
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agencygraph import cases
from agencygraph.comparison import Comparison, compare
from agencygraph.drawing import Map, draw
from agencygraph.errors import InvalidError, UnknownNameError
from agencygraph.model import Case, Lineage
from agencygraph.renderers.boxes import boxes, text_box
from agencygraph.renderers.signs import samples
from agencygraph.scene import Line, Rect, Scene
from agencygraph.staging import Wish, is_clear, set_out_pair
from agencygraph.themes import PRINT
from map_checks import clean
from strategies import examples
from test_drawing_truth import PRIVATE, plain_cases, private_case

SVG = "{http://www.w3.org/2000/svg}"
RANK = {"": 0, "peripheral": 1, "critical": 2}
BACKWARDS = {"added": "lost", "lost": "added", "strengthened": "weakened", "weakened": "strengthened", "two-way": "one-way",
             "one-way": "two-way", "mixed": "mixed", "unchanged": "unchanged"}  # fmt: skip
STUDY = [(name, narrative) for name in ("peter", "james", "tina") for narrative in (False, True)]


@cache
def study(name: str, narrative: bool) -> Comparison:
    return compare(cases.load(name, narrative), cases.integrated(name))


def change_map(change: Comparison) -> Map:
    return draw(change, style="change")


@cache
def study_map(name: str, narrative: bool) -> Map:
    """The change map of a case of the study, drawn once for all tests of this file."""
    return change_map(study(name, narrative))


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Case, Case]:
    """Two maps without teams; the later one has lost some ties of the earlier and gained others."""
    one, two = (draw(plain_cases()).replace(teams=()) for _ in range(2))
    return one, two


def by_label(scene: Scene) -> dict[str, str]:
    return {card.key: card.label for card in scene.cards}


def expected(change: Comparison) -> dict[frozenset[str], list[str]]:
    """Every pair of labels with the kinds of its lines, worked out from nothing but the ties of both maps."""
    maps = []
    for case in (change.before, change.after):
        labels = case.labels()
        maps.append({(labels[a], labels[b]): (tie.strength, tie.status) for tie in case.ties for a, b in tie.flows})
    then, now = maps
    found: dict[frozenset[str], list[str]] = {}
    for pair in {frozenset(flow) for flow in (*then, *now)}:
        one, two = sorted(pair)
        ways = [(then.get(way, ("", "")), now.get(way, ("", ""))) for way in ((one, two), (two, one))]
        shown = [way[1] if any(n[0] for _, n in ways) else way[0] for way in ways]
        apart = all(look[0] for look in shown) and shown[0] != shown[1]
        found[pair] = sorted(kind_of([way]) for way in ways) if apart else [kind_of(ways)]
    return found


def kind_of(ways: list[tuple[tuple[str, str], tuple[str, str]]]) -> str:
    then, now = [RANK[t[0]] for t, _ in ways], [RANK[n[0]] for _, n in ways]
    up, down = (any(a > b for a, b in zip(*order, strict=True)) for order in ((now, then), (then, now)))
    if not any(then) or not any(now):
        return "added" if any(now) else "lost"
    if up and down:
        return "mixed"
    firmer = any(a and b and a != b for a, b in zip(then, now, strict=True))
    if up:
        return "strengthened" if firmer else "two-way"
    return ("weakened" if firmer else "one-way") if down else "unchanged"


def kinds(scene: Scene) -> dict[frozenset[str], list[str]]:
    labels, found = by_label(scene), dict[frozenset[str], list[str]]()
    for line in scene.lines:
        found.setdefault(frozenset((labels[line.bond.source], labels[line.bond.target])), []).append(line.change)
    return {pair: sorted(some) for pair, some in found.items()}


@settings(max_examples=examples(15), deadline=None)
@given(pairs())
def test_every_pair_that_told_or_tells_has_its_line_with_the_change_that_counting_finds(maps: tuple[Case, Case]) -> None:
    change = compare(*maps)
    assert kinds(change_map(change).scene) == expected(change)


@settings(max_examples=examples(8), deadline=None)
@given(pairs())
def test_read_backwards_every_change_is_its_opposite(maps: tuple[Case, Case]) -> None:
    there, back = (expected(compare(*order)) for order in (maps, maps[::-1]))
    drawn, mirrored = (kinds(change_map(compare(*order)).scene) for order in (maps, maps[::-1]))
    alike = [pair for pair in drawn if len(there[pair]) == len(back[pair]) == 1]
    assert all(mirrored[pair] == [BACKWARDS[drawn[pair][0]]] for pair in alike)


@settings(max_examples=examples(8), deadline=None)
@given(plain_cases())
def test_nothing_has_a_number_where_nothing_changed(case: Case) -> None:
    drawn = change_map(compare(case, case))
    assert {line.change for line in drawn.scene.lines} <= {"unchanged"}
    assert 'class="badge"' not in drawn.svg
    assert not [remark for remark in drawn.scene.remarks if remark.number]


@settings(max_examples=examples(8), deadline=None)
@given(plain_cases(), plain_cases())
def test_numbers_run_from_one_and_stand_once_on_line_badge_and_list(one: Case, two: Case) -> None:
    check_numbers(change_map(compare(one, two)))


def check_numbers(drawn: Map) -> None:
    changed = [line for line in drawn.scene.lines if line.change != "unchanged"]
    numbers = list(range(1, len(changed) + 1))
    assert sorted(line.number or 0 for line in changed) == numbers
    root = ET.fromstring(drawn.svg)
    for kind in ("tie", "badge"):
        found = [int(g.get("data-number", "0")) for g in root.iter(f"{SVG}g") if g.get("class") == kind and g.get("data-number")]
        assert sorted(found) == numbers
    assert [remark.number for remark in drawn.scene.remarks if remark.number] == numbers
    words = {line.number: f"{line.words}." for line in changed}
    assert all(remark.words == words[remark.number] for remark in drawn.scene.remarks if remark.number)
    assert all(f"\n{number}. {words[number]}\n" in drawn.text for number in numbers)
    assert all(f">{number}</text>" in drawn.svg for number in numbers)


@pytest.mark.parametrize(("name", "narrative"), STUDY)
def test_the_study_s_change_maps_keep_the_contract_and_their_numbers(name: str, narrative: bool) -> None:
    drawn = study_map(name, narrative)
    assert clean(drawn.svg.encode()) == {}
    check_numbers(drawn)


def crowds(one: Rect, two: Rect) -> bool:
    return one.x < two.x + two.width and two.x < one.x + one.width and one.y < two.y + two.height and two.y < one.y + one.height


def head_boxes(line: Line) -> list[Rect]:
    found = []
    for head in line.course.heads:
        xs, ys = [x for x, _ in head], [y for _, y in head]
        found.append(Rect(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)))
    return found


@pytest.mark.parametrize(("name", "narrative"), STUDY)
def test_numbers_cover_no_card_no_words_no_foreign_head_and_not_each_other(name: str, narrative: bool) -> None:
    scene = study_map(name, narrative).scene
    badges = {line.number: line.badge for line in scene.lines if line.badge}
    assert not [pair for pair in combinations(badges.values(), 2) if crowds(*pair)]
    shut = [Rect(c.x - c.width / 2, c.y - c.height / 2, c.width, c.height) for c in scene.cards]
    shut += boxes(scene.cards, scene.teams, scene.panel, PRINT)
    for line in scene.lines:
        if line.badge:
            assert not [box for box in shut if crowds(line.badge, box)]
            others = [box for other in scene.lines if other is not line for box in head_boxes(other)]
            assert not [box for box in others if crowds(line.badge, box)]
            assert 0 <= line.badge.x <= scene.width - line.badge.width
            x, y = line.badge.x + line.badge.width / 2, line.badge.y + line.badge.height / 2
            assert min((x - a) ** 2 + (y - b) ** 2 for a, b in samples(line.course.curve, 60)) < 40**2


def test_who_joined_and_who_left_is_marked_in_ink_and_in_words() -> None:
    drawn = study_map("peter", True)
    cards = {card.label: card for card in drawn.scene.cards}
    assert cards["Team co-ordinator"].plates[0].lines == ("+ new",)
    assert cards["NSPCC"].plates[0].lines == ("no longer on the map",)
    assert cards["NSPCC"].gone
    assert not cards["School"].plates
    group = re.search(r'<g class="actor"[^>]*aria-label="NSPCC, [^"]*">.*?</g>', drawn.svg)
    assert group is not None
    assert "stroke-dasharray" in group[0]
    assert "no longer on the map" in group[0]
    assert "On the earlier map only: " in drawn.text


def test_earlier_ties_that_are_inside_the_team_now_are_counted_in_its_box() -> None:
    drawn = study_map("peter", True)
    (team,) = drawn.scene.teams
    assert team.note == "2 earlier ties now inside the team"
    assert "2 earlier ties now inside the team" in drawn.svg
    assert "Inside Practitioner team: 10 ties, not drawn; 2 earlier ties run inside it now." in drawn.text


def test_lines_that_ended_are_dotted_and_thin_and_bold_stay_apart() -> None:
    drawn = study_map("james", True)
    for group in re.findall(r'<g class="tie"[^>]*data-change="lost".*?</g>', drawn.svg):
        assert 'stroke-dasharray="1.6 2.8"' in group
    assert 'data-change="strengthened"' in drawn.svg


def merged() -> Comparison:
    before = Case.of(actors={"a": {"kind": "agency", "label": "Clinic"}, "b": {"kind": "agency", "label": "Surgery"},
                             "s": {"kind": "school", "label": "School"}, "c": {"kind": "agency", "label": "Centre"}},
                     ties=["a -> s", "b => s", "a <-> b", "c -> b"])  # fmt: skip
    after = Case.of(actors={"h": {"kind": "agency", "label": "Health hub"}, "s": {"kind": "school", "label": "School"},
                            "c": {"kind": "agency", "label": "Centre"}}, ties=["h <=> s", "c -> h"])  # fmt: skip
    return compare(before, after, Lineage(became=(("a", "h"), ("b", "h"))))


def test_those_who_became_one_stand_at_one_place_and_their_ties_with_them() -> None:
    drawn = change_map(merged())
    assert sorted(card.label for card in drawn.scene.cards) == ["Centre", "Health hub", "School"]
    assert sorted((line.change, line.words) for line in drawn.scene.lines) == [
        ("two-way", "School now tells Health hub (critical); Health hub still tells School (critical)"),
        ("unchanged", "Centre still tells Health hub (peripheral)"),
    ]
    assert "Clinic and Surgery became Health hub." in drawn.text


def test_sentences_of_each_kind() -> None:
    actors = {who: {"kind": "agency", "label": who.upper()} for who in "abcdefgh"}
    before = Case.of(actors=actors, ties=["a => b", "b <-> c", "c <=> d", "d <-> e", "e => f", "f <-> g", "g ?-> h"])
    after = Case.of(actors=actors, ties=["a <=> b", "b <=> c", "c <-> d", "d -> e", "f => e", "g ~-> h", "a -> h"])
    drawn = change_map(compare(before, after))
    assert "- G tells H: peripheral but disputed, peripheral but not known before." in drawn.text
    assert [remark.words for remark in drawn.scene.remarks] == [
        "A now tells H (peripheral).",
        "B and C tell each other: critical, peripheral before.",
        "B now tells A (critical); A still tells B (critical).",
        "F now tells E (critical); E no longer tells F (critical before).",
        "C and D tell each other: peripheral, critical before.",
        "E no longer tells D (peripheral before); D still tells E (peripheral).",
        "F and G no longer tell each other (peripheral before).",
    ]


def height_of(drawn: Map) -> float:
    return float(drawn.svg.split('viewBox="0 0 774 ')[1].split('"')[0])


@cache
def crowd_map() -> Map:
    """Twenty-six agencies round a school; half of the ties of each map are not on the other."""
    people = 26
    actors = {"c": "child", "s": "school", **{f"a{at}": {"kind": "agency", "label": f"Agency {at}"} for at in range(people)}}
    maps = [[f"s <-> a{at}" for at in range(people) if at % 3 != left] for left in (0, 1)]
    return change_map(compare(*(Case.of(actors=actors, ties=["c <=> s", *ties]) for ties in maps)))


@pytest.mark.parametrize(("name", "narrative"), STUDY)
def test_the_study_s_change_maps_have_their_list_beside_them_on_one_page(name: str, narrative: bool) -> None:
    drawn = study_map(name, narrative)
    assert height_of(drawn) <= PRINT.page_height
    assert drawn.leaves == ()
    assert "continued" not in drawn.svg
    (at,) = re.findall(r'translate\(([\d.]+) [\d.]+\)"><g class="remarks"', drawn.svg)
    assert float(at) >= drawn.scene.width
    beside = [remark for topic in drawn.scene.topics for remark in topic.remarks if remark.number]
    assert [remark.number for remark in beside] == [remark.number for remark in drawn.scene.remarks if remark.number]


@pytest.mark.parametrize(("name", "narrative"), STUDY)
def test_a_narrow_change_map_is_the_wide_one_drawn_together(name: str, narrative: bool) -> None:
    wide = set_out_pair(study(name, narrative), Wish(False, PRINT)).plan.places
    narrow = {card.key: (card.x, card.y) for card in study_map(name, narrative).scene.cards}
    pairs = [((wide[one][way], wide[two][way]), (narrow[one][way], narrow[two][way]))
             for one, two in combinations(narrow, 2) for way in (0, 1)]  # fmt: skip
    apart = [pair for pair in pairs if abs(pair[0][0] - pair[0][1]) > 40]
    kept = [((a < b) == (c < d)) for (a, b), (c, d) in apart]
    assert sum(kept) >= 0.78 * len(kept)


def test_a_map_is_not_clear_where_a_team_s_outline_runs_along_a_card() -> None:
    scene = study_map("peter", True).scene
    assert is_clear(scene, PRINT)
    (team,) = scene.teams
    west = min(x for x, _ in team.corners)
    member = next(card for card in scene.cards if card.key in team.members)
    moved = replace(member, x=west + member.width / 2 + 2.0)
    assert not is_clear(replace(scene, lines=(), cards=tuple(moved if card is member else card for card in scene.cards)), PRINT)


def test_a_list_too_long_for_the_page_is_continued_and_printed_on_a_page_of_its_own() -> None:
    drawn = crowd_map()
    assert "What changed (continued from the map)" in drawn.svg
    assert clean(drawn.svg.encode()) == {}
    one, two = drawn.leaves
    assert 'class="actor"' in one.svg
    assert 'class="remarks"' not in one.svg
    assert 'class="actor"' not in two.svg
    assert "continued from the map" in two.svg
    assert one.text == drawn.text
    assert all(f"{remark.number}. {remark.words}" in two.text for remark in drawn.scene.remarks if remark.number)


def test_who_has_a_place_keeps_it_and_the_list_then_follows_the_map() -> None:
    change = study("peter", False)
    places = draw(change.before).places
    stays = compare(change.before.replace(places=places), change.after)
    drawn = change_map(stays)
    assert drawn.scene.width == 762
    assert all(drawn.places[id] == spot for id, spot in places.items())
    assert draw(stays, style="change", layout="fresh").svg == study_map("peter", False).svg


def test_no_word_of_the_list_is_cut_or_wider_than_its_column() -> None:
    for drawn in (study_map("tina", True), crowd_map()):
        root = ET.fromstring(drawn.svg)
        (group,) = [g for g in root.iter(f"{SVG}g") if g.get("class") == "remarks"]
        texts = [element for element in group.iter(f"{SVG}text") if element.get("font-weight") != "bold"]
        assert "…" not in "".join(element.text or "" for element in texts)
        beside = drawn.scene.width < 762
        for element in texts:
            x, size = float(element.get("x", "0")), float(element.get("font-size", "0"))
            box = text_box((x, 0.0), element.text or "", size)
            assert size >= 7.5
            assert box.x + box.width <= (762 - drawn.scene.width if beside else 372.1 if x < 372 else 762.1)


def test_nothing_private_shows_on_a_change_map() -> None:
    case = private_case()
    other = case.replace(teams=(), arrangement="collaboration", ties=case.ties[:1])
    for change in (compare(case, other), compare(other, case)):
        drawn = change_map(change)
        for written in (drawn.svg, drawn.text, repr(drawn)):
            assert not [word for word in PRIVATE if word in written.lower()]
    assert "Zebedee Quillfeather" in draw(compare(case, other), style="change", names=True).text


def test_a_style_that_does_not_go_with_it_is_refused_with_help() -> None:
    change = study("peter", False)
    with pytest.raises(UnknownNameError, match="Did you mean 'change'"):
        draw(change, style="chnage")
    with pytest.raises(InvalidError, match="Leave style out"):
        draw(change.before, style="change")
    with pytest.raises(InvalidError, match="leave show and only out"):
        draw(change, style="change", show="gaps")
    with pytest.raises(TypeError, match="Did you mean 'title'"):
        draw(change, titel="x")  # type: ignore[call-arg]  # what a hurried person writes


def small_pair() -> Comparison:
    actors = {"c": "child", "m": "parent", "s": "school", "a": {"kind": "agency", "sector": "health", "label": "CAMHS"}}
    before = Case.of(actors=actors, ties=["c <=> s", "m <-> s", "s -> a"])
    return compare(before, Case.of(actors=actors, ties=["c <=> s", "s <=> a"]))


def test_few_people_stand_side_by_side_and_many_below_each_other() -> None:
    beside, below, many = draw(small_pair()), draw(small_pair(), style="stacked"), draw(study("tina", True))
    assert [scene.width for scene in beside.scenes] == [372, 372]
    assert height_of(beside) <= PRINT.page_height
    assert beside.leaves == ()
    assert [leaf.svg for leaf in many.leaves] == [panel.svg for panel in many.panels]
    assert [scene.width for scene in (*below.scenes, *many.scenes)] == [762] * 4
    assert clean(beside.svg.encode()) == clean(below.svg.encode()) == {}
    tops = [re.findall(r'class="map" transform="translate\(([\d.]+) ([\d.]+)\)', drawn.svg) for drawn in (beside, below)]
    assert tops[0][0][1] == tops[0][1][1]
    assert tops[0][0][0] != tops[0][1][0]
    assert tops[1][0][0] == tops[1][1][0]
    places = [{card.label: (card.x, card.y) for card in scene.cards} for scene in beside.scenes]
    assert places[0] == places[1]
