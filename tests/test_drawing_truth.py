"""What a map says is what the case says: every flow can be read back, nothing private shows, the same bytes everywhere."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agencygraph import cases
from agencygraph.comparison import compare
from agencygraph.drawing import Map, draw, draw_pair
from agencygraph.errors import FileError, InvalidError
from agencygraph.model import Case
from agencygraph.themes import PRINT
from strategies import examples

SVG = "{http://www.w3.org/2000/svg}"
SECTORS = ("education", "social care", "health", "police and justice", "community", "housing", "")


def private_case() -> Case:
    """A case whose ids and names are private; only its labels may show."""
    return Case.of("Quillfeather", age=9, actors={
        "quillfeather": {"kind": "child", "name": "Zebedee Quillfeather"},
        "bramblewick": {"kind": "school", "name": "Bramblewick Primary"},
        "marchpane": {"kind": "practitioner", "name": "Nurse Marchpane", "sector": "health", "note": "Tattersall", "lead": True},
        "grimsditch": {"kind": "agency", "label": "Social services", "sector": "social care"},
    }, ties=["quillfeather <=> bramblewick", "bramblewick -> marchpane", "marchpane ?-> grimsditch"],
        teams=[{"name": "Front door", "members": ["marchpane", "grimsditch"], "lead": "marchpane", "host": "bramblewick"}],
        source="Featherstonehaugh", key_issues=["Cholmondeley"], arrangement="integration")  # fmt: skip


PRIVATE = ("quillfeather", "zebedee", "bramblewick", "marchpane", "grimsditch", "tattersall", "featherstonehaugh", "cholmondeley")


@st.composite
def plain_cases(draw: st.DrawFn) -> Case:
    """A small case in the study's shape, with ties of all strengths and statuses, and sometimes a team."""
    workers = [f"w{at}" for at in range(draw(st.integers(1, 5)))]
    family = ["parent"] * draw(st.integers(0, 1))
    actors: dict[str, object] = {"child": {"kind": "child", "label": "The child"}}
    actors |= {who: {"kind": "parent", "label": "A parent"} for who in family}
    actors |= {"school": {"kind": "school", "label": "The school"}}
    actors |= {who: {"kind": "agency", "label": f"Worker {who}", "sector": draw(st.sampled_from(SECTORS))} for who in workers}
    everybody = list(actors)
    pairs = [(a, b) for at, a in enumerate(everybody) for b in everybody[at + 1 :]]
    ties: list[str] = []
    for a, b in draw(st.lists(st.sampled_from(pairs), max_size=9, unique=True)):
        ways = draw(st.sampled_from(("{0} => {1}", "{1} -> {0}", "{0} <=> {1}", "{0} <-> {1}", "{0} ?-> {1}", "{0} ~=> {1}",
                                     "{0} => {1}|{1} -> {0}", "{0} => {1}|{1} ?=> {0}")))  # fmt: skip
        ties += ways.format(a, b).split("|")
    teams = [{"name": "The team", "members": workers[:3], "lead": workers[0], "host": "school"}] * draw(st.booleans())
    return Case.of("X", age=draw(st.integers(3, 15)), actors=actors, ties=ties, teams=teams)


def read_flows(svg: str, labels: dict[str, str]) -> set[tuple[str, str, str, str]]:
    """Every flow that a drawing holds as (source id, target id, strength, status)."""
    root = ET.fromstring(svg)
    ids = {label: id for id, label in labels.items()}
    holder: dict[str, str] = {}
    for group in root.iter(f"{SVG}g"):
        if group.get("class") == "actor":
            label = group.get("aria-label", "").split(",")[0]
            holder[group.get("data-key", "")] = ids[label]
    found = []
    for group in root.iter(f"{SVG}g"):
        for word in (group.get("data-flows") or "").split():
            parts = re.fullmatch(r"(n\d+)>(n\d+):(\w+)(?::(\w+))?", word)
            assert parts is not None, word
            found.append((holder[parts[1]], holder[parts[2]], parts[3], parts[4] or "agreed"))
    assert len(found) == len(set(found))
    return set(found)


@settings(max_examples=examples(15), deadline=None)
@given(plain_cases())
def test_every_flow_of_the_case_can_be_read_back_from_its_map(case: Case) -> None:
    told = {(a, b, tie.strength, tie.status) for tie in case.ties for a, b in tie.flows}
    assert read_flows(draw(case).svg, case.labels()) == told


@settings(max_examples=examples(15), deadline=None)
@given(plain_cases())
def test_lines_have_heads_at_whoever_is_told_and_only_there(case: Case) -> None:
    for line in draw(case).scene.lines:
        assert len(line.course.heads) == 1 + line.bond.two_way
        members = {member: team.key for team in draw(case).scene.teams for member in team.members}
        told = {members.get(key, key) for word in line.flows for key in [word.partition(":")[0].partition(">")[2]]}
        assert told == {line.bond.target} | ({line.bond.source} if line.bond.two_way else set())


@settings(max_examples=examples(15), deadline=None)
@given(plain_cases())
def test_the_words_name_everybody_and_every_lonely_one(case: Case) -> None:
    text = draw(case).text
    tied = {end for tie in case.ties for end in (tie.source, tie.target)}
    for id, label in case.labels().items():
        assert label in text
        lonely = bool(case.ties) and id not in tied
        assert (f"- {label}: no tie to anybody" in text) == lonely


def test_nothing_private_shows_in_picture_or_words() -> None:
    case = private_case()
    drawn = draw(case)
    both = draw(compare(case, case.replace(teams=(), arrangement="collaboration")))
    for shown in (drawn, both, *both.panels):
        for written in (shown.svg, shown.text, repr(shown), str(shown), repr(shown._repr_mimebundle_()), shown.title):
            assert not [word for word in PRIVATE if word in written.lower()]
    named = draw(case, names=True)
    assert "Zebedee Quillfeather" in named.svg
    assert "Nurse Marchpane" in named.text
    assert "Quillfeather, 9" in named.title
    assert "tattersall" not in named.svg.lower() + named.text.lower()


def test_names_published_show_and_ids_never_do() -> None:
    drawn = draw(cases.peter(narrative=True))
    assert "Peter" in drawn.title
    for id in cases.peter(narrative=True).ids:
        assert "_" not in id or id not in drawn.svg


SCRIPT = """
import hashlib, sys
from agencygraph import cases
from agencygraph.comparison import compare
from agencygraph.drawing import draw
change = compare(cases.peter(), cases.integrated("peter"))
shown = [draw(change), draw(change, style="change"),
         *(draw(cases.peter(), show=show) for show in ("spread:school", "single points", "gaps")),
         draw(cases.tina(), marking="OFFICIAL")]
print(hashlib.sha256("".join(m.svg + m.text for m in shown).encode()).hexdigest())
"""


def test_same_bytes_in_other_processes_under_other_hash_seeds() -> None:
    """Pictures that tests/test_maps_everywhere.py leaves out (it has isolation and large print), and the words of maps."""
    found = set()
    for seed in ("1", "77"):
        env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)}
        found.add(subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, check=True, env=env, text=True).stdout)
    assert len(found) == 1


def test_people_stand_in_the_same_places_before_and_after() -> None:
    for name in ("peter", "james", "tina"):
        change = compare(cases.load(name, narrative=True), cases.integrated(name))
        before, after = (panel.scene for panel in draw(change).panels)
        places = [{card.key: (card.x, card.y) for card in scene.cards} for scene in (before, after)]
        shared = places[0].keys() & places[1].keys()
        assert len(shared) == sum(min(len(block.before), len(block.after)) for block in change.blocks)
        assert all(places[0][key] == places[1][key] for key in shared)


def test_an_earlier_seat_goes_to_the_first_of_the_block_only() -> None:
    before = Case.of(actors={"a": {"kind": "agency", "label": "Old"}, "s": "school"}, ties=["a => s"])
    actors = {"b": {"kind": "agency", "label": "New one"}, "c": {"kind": "agency", "label": "New two"}, "s": "school"}
    after = Case.of(actors=actors, ties=["b => s"], lineage={"became": {"a": ["b", "c"]}})
    one, two = draw_pair(compare(before, after))
    where = {card.label: (card.x, card.y) for card in two.scene.cards}
    assert next((card.x, card.y) for card in one.scene.cards if card.label == "Old") == where["New one"]
    assert where["New one"] != where["New two"]


def test_two_maps_on_one_sheet_have_keys_of_their_own() -> None:
    sheet = draw(compare(cases.peter(), cases.integrated("peter")))
    keys = re.findall(r'data-key="(n\d+)"', sheet.svg)
    assert len(keys) == len(set(keys))
    ends = set(re.findall(r'data-(?:from|to)="(n\d+)"', sheet.svg))
    assert ends <= set(keys)


def _labels_in_order(drawn: Map) -> list[str]:
    groups = re.findall(r'class="(actor|team)"[^>]*data-key="n(\d+)"[^>]*', drawn.svg)
    return [number for _, number in groups]


def test_the_tab_order_is_the_order_of_the_keys() -> None:
    for drawn in draw(compare(cases.james(narrative=True), cases.integrated("james"))).panels:
        numbers = [int(number) for number in _labels_in_order(drawn)]
        assert numbers == sorted(numbers)
        assert drawn.svg.count('tabindex="0"') == len(numbers)


def test_a_member_s_ties_from_outside_become_one_line_with_everything_in_its_words() -> None:
    case = Case.of(actors={
        "m": {"kind": "parent", "label": "Mother"}, "s": {"kind": "school", "label": "School"},
        "a": {"kind": "practitioner", "label": "Nurse"}, "b": {"kind": "practitioner", "label": "Mentor"},
    }, ties=["m => a", "b -> m", "a <=> b", "s <-> b"], arrangement="integration",
        teams=[{"name": "Team", "members": ["a", "b"], "lead": "a", "host": "s"}])  # fmt: skip
    scene = draw(case).scene
    (team,) = scene.teams
    line = next(line for line in scene.lines if "Mother" in line.words)
    assert (line.bond.critical, line.bond.two_way) == (True, True)
    assert line.words == ("Mother and Team (Nurse and Mentor) tell each other (critical): Mother tells Nurse (critical, one way); "
                          "Mentor tells Mother (peripheral, one way)")  # fmt: skip
    assert team.note == "1 tie inside the team"
    assert len(team.flows) == 2
    assert len(scene.lines) == 2


def test_every_kind_of_tie_is_a_sentence_that_can_be_read_aloud() -> None:
    actors = {who: {"kind": "agency", "label": who.upper()} for who in "abcdefgh"}
    said = draw(Case.of(actors=actors, ties=["a => b", "c <-> d", "e ?-> f", "e ~<=> g", "b -> h", "h => b"])).text.splitlines()
    assert said[-6:] == [
        "- A tells B (critical, one way); nothing comes back.",
        "- B tells H (peripheral, one way).",
        "- H tells B (critical, one way).",
        "- C and D tell each other (peripheral).",
        "- It is not known whether E tells F (peripheral, one way).",
        "- E and G tell each other (critical); the group does not agree on this.",
    ]


def test_a_pair_with_two_strengths_has_two_lines_and_with_one_strength_one() -> None:
    actors = {"a": {"kind": "agency", "label": "A"}, "b": {"kind": "agency", "label": "B"}}
    two = draw(Case.of(actors=actors, ties=["a => b", "b -> a"])).scene.lines
    assert [(line.bond.critical, line.bond.two_way) for line in two] == [(True, False), (False, False)]
    alike = [{"tie": "a => b", "basis": "stated"}, {"tie": "b => a", "basis": "inferred"}]
    one = draw(Case.of(actors=actors, ties=alike)).scene.lines
    assert [(line.bond.critical, line.bond.two_way) for line in one] == [(True, True)]


UNKNOWN_DASH = " ".join(f"{part:g}" for part in PRINT.unknown_dash)


def test_the_key_explains_what_occurs_and_nothing_else() -> None:
    drawn = draw(Case.of(actors={"a": {"kind": "agency", "sector": "housing"}, "s": "school"}, ties=["a => s"]))
    key = drawn.svg[drawn.svg.index('class="key"') :]
    assert "Critical, one way" in key
    assert "Housing" in key
    for absent in ("both ways", "Peripheral", "Health", "agree", "Not known"):
        assert absent not in key
    unsure = draw(Case.of(actors={"a": "agency", "s": "school"}, ties=["a ?-> s"]))
    assert "Not known to the group" in unsure.svg
    assert "It is not known whether Agency tells School" in unsure.text
    bold = draw(Case.of(actors={"a": "agency", "s": "school"}, ties=["a ?=> s"]))
    dotted = [drawn.svg[drawn.svg.index('class="key"') :].count(f'stroke-dasharray="{UNKNOWN_DASH}"') for drawn in (unsure, bold)]
    assert dotted == [1, 0]


def test_saving_by_ending(tmp_path: Path) -> None:
    drawn = draw(cases.peter())
    assert drawn.save(tmp_path / "a.svg").read_bytes() == drawn.svg.encode()
    assert drawn.save(str(tmp_path / "a.TXT")).read_bytes() == drawn.text.encode()
    for name in ("a.jpg", "a", "a.svg.bak"):
        with pytest.raises(FileError, match=r"\.svg \(picture\), \.png"):
            drawn.save(tmp_path / name)
    with pytest.raises(FileError, match="missing"):
        drawn.save(tmp_path / "missing" / "a.svg")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.TXT", "a.svg"]


def test_what_is_no_case_is_refused_with_help() -> None:
    with pytest.raises(InvalidError, match=r"agencygraph\.read"):
        draw("case.yaml")  # type: ignore[arg-type]  # what a beginner writes


def test_own_headings_and_marking_are_printed_as_given() -> None:
    drawn = draw(cases.tina(), title="A <b> & c", subtitle="Agreed in the meeting", marking="OFFICIAL-SENSITIVE")
    assert drawn.title == "A <b> & c"
    assert drawn.text.startswith("OFFICIAL-SENSITIVE\nA <b> & c\nAgreed in the meeting\n")
    assert ">Agreed in the meeting<" in drawn.svg
    assert ">OFFICIAL-SENSITIVE<" in drawn.svg
    assert draw(cases.tina()).title == "Tina, 13 — separate agencies"
    assert draw(cases.integrated("tina")).title == "Tina, 13 — one school-based team"


def test_notebooks_get_the_picture_and_the_words() -> None:
    drawn = draw(cases.peter())
    assert drawn._repr_svg_() == drawn.svg
    assert drawn._repr_mimebundle_()["image/svg+xml"] == drawn.svg
    assert drawn._repr_mimebundle_(include={"text/plain"}) == {"text/plain": repr(drawn)}
    assert "\n" not in repr(drawn)
