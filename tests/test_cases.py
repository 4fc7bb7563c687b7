"""The shipped cases: what they hold, what they leave out, and that every tie can be looked up."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.resources import files
from itertools import combinations
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from agencygraph import cases
from agencygraph.errors import UnknownNameError
from agencygraph.model import Case
from agencygraph.model.record import case_of, record_of
from strategies import examples

HERE = Path(__file__).parent
DENIED: dict[str, list[str]] = yaml.safe_load((HERE / "cases_denied.yaml").read_text(encoding="utf-8"))
IN_FULL = ("peter", "james", "tina")
TEAMS = [(name, star) for name in IN_FULL for star in (False, True)]
EVIDENCE = re.compile(r"(chapter 4, .+|Appendix [78], Case \d+(, .+)?)(; Appendix 8, Case 1, .+)?")


def every_case() -> list[Case]:
    """Return every map that the room can give, in every layer and arrangement."""
    return [*cases.bexley(), *cases.bexley(narrative=True), *(cases.integrated(*team) for team in TEAMS)]


def practitioners(case: Case) -> list[str]:
    return [actor.id for actor in case.actors if not actor.is_family]


def flows(case: Case) -> set[tuple[str, str]]:
    return {flow for tie in case.ties for flow in tie.flows}


@pytest.mark.parametrize(("name", "figure", "narrative"), [("peter", 6, 12), ("james", 9, 11), ("tina", 8, 8)])
def test_the_study_s_cases_have_as_many_practitioners_as_the_text_names(name: str, figure: int, narrative: int) -> None:
    assert len(practitioners(cases.load(name))) == figure
    assert len(practitioners(cases.load(name, narrative=True))) == narrative


@pytest.mark.parametrize(("name", "age", "complexity", "leads"), [
    ("peter", 9, "modest", ("ssd",)), ("james", 11, "significant", ("ssd",)), ("tina", 13, "complex", ())])
def test_the_study_s_cases_carry_age_band_and_lead(name: str, age: int, complexity: str, leads: tuple[str, ...]) -> None:
    case = getattr(cases, name)()
    assert (case.age, case.complexity, case.leads) == (age, complexity, leads)
    assert case == cases.load(name)
    assert case.heading == f"{name.title()}, {age}"


def test_the_school_of_peter_tells_social_services_and_is_not_told() -> None:
    told = flows(cases.peter(narrative=True))
    assert ("school", "ssd") in told
    assert not [flow for flow in told if flow[0] == "ssd" and flow[1] in ("school", "senco", "school_nurse")]


def test_nobody_who_works_with_tina_tells_another() -> None:
    who = practitioners(cases.tina())
    assert not [pair for pair in flows(cases.tina()) if set(pair) <= set(who)]
    assert flows(cases.tina(narrative=True)) & {("social_worker", "foster_carer")}


@pytest.mark.parametrize("case", every_case(), ids=lambda case: case.heading)
def test_every_tie_can_be_looked_up(case: Case) -> None:
    for tie in case.ties:
        assert tie.basis in ("stated", "part-stated", "inferred"), tie
        assert tie.layer in ("figure", "narrative", "appendix"), tie
        assert EVIDENCE.fullmatch(tie.evidence), tie
        assert tie.basis == "stated" or tie.note, f"{tie}: what is not stated needs its reason"
    assert all(event.evidence for event in case.chronology.events)
    assert all(gap.note for gap in case.gaps)
    assert "thesis" in case.source


@pytest.mark.parametrize("case", every_case(), ids=lambda case: case.heading)
def test_every_case_is_sound_and_tells_its_story(case: Case) -> None:
    assert case_of(record_of(case)) == case
    assert hash(case) == hash(case.replace())
    assert case.description
    assert len(case.labels()) == len(set(case.labels().values()))
    assert all(actor.label or actor.kind == "child" for actor in case.actors)


@pytest.mark.parametrize("name", DENIED)
def test_no_flow_that_the_source_denies_is_shipped(name: str) -> None:
    case = cases.load(name, narrative=True)
    denied = {tuple(line.split(" > ")) for line in DENIED[name]}
    assert denied
    assert {id for pair in denied for id in pair} <= set(case.ids), "a denial that names nobody would prove nothing"
    assert not denied & flows(case)


@pytest.mark.parametrize("name", cases.names())
def test_the_figure_is_the_whole_account_less_what_only_the_narrative_tells(name: str) -> None:
    figure, whole = cases.load(name), cases.load(name, narrative=True)
    assert list(figure.ties) == [tie for tie in whole.ties if tie.layer != "narrative"]
    assert list(figure.actors) == [actor for actor in whole.actors if actor.layer != "narrative"]
    assert not figure.chronology.events
    for actor in whole.actors:
        layers = {tie.layer for tie in whole.ties if actor.id in (tie.source, tie.target)}
        assert (actor.layer == "narrative") == (layers == {"narrative"} and not actor.is_family), actor


def test_only_peter_has_dates() -> None:
    dated = [name for name in cases.names() if len(cases.load(name, narrative=True).chronology)]
    assert dated == ["peter"]
    events = cases.peter(narrative=True).chronology.events
    assert [event.seq for event in events] == list(range(1, 14))
    years = [event.when.year for event in events]
    assert years == sorted(years)


def test_the_caseload_is_large_enough_and_in_bands() -> None:
    load = cases.bexley()
    assert len(load) == len(cases.names()) >= 15
    assert len(set(load)) == len({case.heading for case in load}) == len(load)
    assert [case.complexity for case in load if case.complexity] == ["modest", "significant", "complex"]
    assert {"crisis", "ticking clock", "dripping tap"} <= {case.situation for case in load}
    assert [name for name in cases.names() if not (cases.load(name).complexity or cases.load(name).situation)] == ["case_19"]


def test_every_case_file_is_reached_by_name() -> None:
    shipped = {Path(file.name).stem for file in files("agencygraph.cases").iterdir() if file.name.endswith(".yaml")}
    beyond_one_case = {"pathway_today", "pathway_alternative", "groups_before", "groups_after"}
    assert shipped == {*cases.names(), "integration", "integration_star", *beyond_one_case}


def test_the_cases_in_brief_hold_no_names() -> None:
    for case in cases.bexley()[3:]:
        assert not case.names_published
        assert not case.name
        assert not [actor for actor in case.actors if actor.name]
        assert not case.leads


@pytest.mark.parametrize(("name", "star"), TEAMS)
def test_the_team_is_one_body_in_the_school(name: str, star: bool) -> None:
    case = cases.integrated(name, star=star)
    (team,) = case.teams
    assert case.arrangement == "integration"
    assert (team.lead, team.host, len(team.members)) == ("practice_manager", "school", 5)
    assert case.leads == ("practice_manager",)
    inside = {pair for pair in combinations(sorted(team.members), 2) if pair in flows(case)}
    assert len(inside) == (4 if star else 10)
    assert {("practice_manager", who) for who in ("child", "parent", "school")} <= flows(case)


@pytest.mark.parametrize("name", IN_FULL)
def test_the_star_is_part_of_the_full_team(name: str) -> None:
    assert flows(cases.integrated(name, star=True)) < flows(cases.integrated(name))


@pytest.mark.parametrize(("name", "star"), TEAMS)
def test_the_team_is_headed_like_the_map_before_and_shows_the_same_family(name: str, star: bool) -> None:
    before, after = cases.load(name), cases.integrated(name, star)
    assert (after.heading, after.age, after.complexity) == (before.heading, before.age, before.complexity)
    earlier = {later: earlier for earlier, later in after.lineage.became} if after.lineage else {}
    assert after.label("child") == before.label(earlier["child"]) == name.title()
    assert after.label("parent") == before.label(earlier["parent"]) == "Mother"


@pytest.mark.parametrize("name", IN_FULL)
def test_the_lineage_serves_both_layers(name: str) -> None:
    lineage = cases.integrated(name).lineage
    assert lineage is not None
    for narrative in (False, True):
        assert {earlier for earlier, _ in lineage.became} <= set(cases.load(name, narrative).ids)
    later = [later for _, later in lineage.became]
    assert sorted([*later, *lineage.joined]) == sorted(cases.integrated(name).ids)
    assert lineage.left == ()


@settings(max_examples=examples(30))
@given(st.text(max_size=12).filter(lambda text: text not in cases.names()))
def test_an_unknown_name_is_answered_with_the_known_ones(text: str) -> None:
    with pytest.raises(UnknownNameError, match="There are: peter, james, tina, case_2"):
        cases.load(text)


def test_a_mistyped_name_suggests_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="Did you mean 'james'"):
        cases.load("jmaes")
    with pytest.raises(UnknownNameError, match=r"not a case of the study\..*There are: peter, james, tina\.$"):
        cases.integrated("case_2")


def test_the_room_loads_yaml_only_when_a_case_is_asked_for() -> None:
    code = "import sys, agencygraph.cases as c; c.names(); assert 'yaml' not in sys.modules; c.tina(); assert 'yaml' in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_documentation_lists_every_case_as_it_is() -> None:
    page = (HERE.parent / "docs" / "cases.md").read_text(encoding="utf-8")
    for name in cases.names():
        assert row_of(name) in page.splitlines(), row_of(name)


def row_of(name: str) -> str:
    """Return the row of the table in docs/cases.md: what the case holds, "figure / with narrative" where the two differ."""
    pair = [counts(cases.load(name, narrative)) for narrative in (False, True)]
    cells = [str(a) if a == b else f"{a} / {b}" for a, b in zip(*pair, strict=True)]
    case = cases.load(name)
    return f"| `{name}` | {case.heading} | {' | '.join([case.complexity or '-', case.situation or '-', *cells])} |"


def counts(case: Case) -> list[int]:
    bases = [tie.basis for tie in case.ties]
    return [len(case.actors), len(practitioners(case)), len(bases), *map(bases.count, ("stated", "part-stated", "inferred"))]
