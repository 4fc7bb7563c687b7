"""Templates of roles: the files that come along, files of one's own, and who of a case takes which role."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

import agencygraph as ag
from agencygraph import templates
from agencygraph.errors import FileError, InvalidError, UnknownNameError
from agencygraph.model import Case, Team
from agencygraph.templates import JOINS, VACANT
from agencygraph.templates.template import Role, Share, Template, record_of, template_of
from strategies import cases, examples

CASE = Case.of(age=9, actors={
    "child": "child", "school": "school", "nurse": {"kind": "practitioner", "label": "School nurse", "sector": "health"},
    "gp": {"kind": "agency", "label": "GP", "sector": "health"},
    "ssd": {"kind": "agency", "label": "Children's social services", "sector": "social care", "lead": True},
    "welfare": {"kind": "practitioner", "label": "Education welfare officer", "sector": "education"},
    "mentor": {"kind": "practitioner", "label": "Teaching assistant", "sector": "education"},
}, ties=["school => ssd", "child <=> school"])


@pytest.mark.parametrize("name", templates.names())
def test_the_templates_that_come_along_are_dated_and_say_their_source(name: str) -> None:
    template = templates.load(name)
    assert template.dated is not None
    assert str(template.dated.year) in template.name
    assert template.source
    assert template.lead
    assert template_of(record_of(template)) == template
    assert templates.load(template.name) == template


def test_the_workload_of_the_study_is_there() -> None:
    shares = templates.load("bexley_2005").workload
    assert [share.percent for share in shares] == [35, 27, 18.5, 17.5, 2]
    assert [share.role for share in shares].count("") == 1


def test_the_four_core_roles_are_there() -> None:
    sectors = [role.sector for role in templates.load("macpt_2026").roles]
    assert sectors == ["social care", "police and justice", "health", "education"]


def test_roles_are_found_by_label_then_by_sector_and_others_join() -> None:
    after = ag.integrate(CASE, templates.load("bexley_2005"))
    team = after.teams[0]
    assert team.members == ("ssd", "mentor", "welfare", "nurse", "coordinator")
    assert (team.lead, team.host) == ("ssd", "school")
    assert after.actor("coordinator").label == "Team co-ordinator"
    joined = [block.after for block in ag.compare(CASE, after).blocks if not block.before]
    assert joined == [("coordinator",)]


def test_what_is_not_plain_is_asked_all_at_once() -> None:
    two = CASE.replace(actors=(*CASE.actors, *Case.of(actors={"other": "school", "hv": {"kind": "agency", "label": "Health visitor",
                                                                                      "sector": "health"}}).actors))
    with pytest.raises(InvalidError) as caught:
        ag.integrate(two, templates.load("bexley_2005"))
    assert [problem.path for problem in caught.value.problems] == [("roles", "school_health"), ("host",)]
    said = str(caught.value)
    assert "It could be 'nurse' (School nurse), 'hv' (Health visitor). Say so: roles={'school_health': 'nurse'}." in said
    assert "It could be school, other. Say so: host='school'." in said
    after = ag.integrate(two, templates.load("bexley_2005"), host="other", roles={"school_health": "hv"})
    assert after.teams[0].members[3] == "hv"


def test_a_sector_that_nobody_is_of_is_asked_for() -> None:
    with pytest.raises(InvalidError) as caught:
        ag.integrate(CASE, templates.load("macpt_2026"))
    assert [problem.path for problem in caught.value.problems] == [("roles", "police"), ("roles", "health")]
    assert "Nobody in the case has its label or sector; left are 'nurse' (School nurse), 'gp' (GP), 'mentor'" in str(caught.value)
    assert f"roles={{'police': '{JOINS}'}}" in str(caught.value)
    after = ag.integrate(CASE, templates.load("macpt_2026"), roles={"police": JOINS, "health": "nurse"})
    assert after.teams[0].members == ("ssd", "police", "nurse", "welfare")
    assert after.teams[0].host == ""
    fewer = ag.integrate(CASE, templates.load("macpt_2026"), roles={"police": VACANT, "social_worker": VACANT, "health": "gp"})
    assert (fewer.teams[0].members, fewer.teams[0].lead, fewer.leads) == (("gp", "welfare"), "", ("ssd",))


@pytest.mark.parametrize(("options", "message"), [
    ({"roles": {"polic": "gp"}}, "Did you mean 'police'"), ({"roles": {"police": "gpp"}}, "Did you mean 'gp'"),
    ({"roles": {"police": "gp", "health": "gp"}}, "'gp' has two roles"), ({"host": "shool"}, "Did you mean 'school'"),
    ({"roles": dict.fromkeys(("social_worker", "police", "health", "education"), VACANT)}, "every role is vacant"),
])
def test_a_choice_that_cannot_be_is_said(options: dict[str, object], message: str) -> None:
    with pytest.raises(InvalidError, match=message):
        ag.integrate(CASE, templates.load("macpt_2026"), **options)  # type: ignore[arg-type]  # host or roles


def test_host_and_roles_go_with_a_template_alone() -> None:
    with pytest.raises(InvalidError, match="go with a template"):
        ag.integrate(CASE, Team("T", ("gp",)), host="school")


@settings(deadline=None, max_examples=examples(60), suppress_health_check=[HealthCheck.too_slow])
@given(cases(max_actors=8))
def test_any_case_gives_a_team_or_a_question(case: Case) -> None:
    template = templates.load("macpt_2026")
    asked: list[str] = []
    try:
        whole, team = templates.seat(case, template)
    except InvalidError as error:
        asked = [str(problem.path[1]) for problem in error.problems]
        whole, team = templates.seat(case, template, roles=dict.fromkeys(asked, JOINS))
    assert set(asked) <= {role.id for role in template.roles}
    assert len(whole.actors) == len(case.actors) + len(asked)
    assert set(team.members) <= set(whole.ids)
    assert not any(whole.actor(who).is_family for who in team.members)
    assert whole.actors[: len(case.actors)] == case.actors


def test_a_template_of_ones_own_is_read_and_its_faults_have_lines(tmp_path: Path) -> None:
    mine = Template("Ours", "Team", (Role("nurse", "Nurse", lead=True),), workload=(Share("All", 100, "nurse"),))
    templates.save(mine, tmp_path / "ours.yaml")
    assert templates.load(tmp_path / "ours.yaml") == mine
    (tmp_path / "bad.yaml").write_text("template: 1\nname: Ours\nteam: Team\nroles:\n  - id: nurse\n    label: Nurse\n"
                                       "    led: yes\n  - {id: gp, label: 12}\nworkload:\n"
                                       "  - {part: All, percent: 120}\n", encoding="utf-8")
    with pytest.raises(FileError) as caught:
        templates.load(tmp_path / "bad.yaml")
    assert [problem.message.split(": ")[0].rpartition(" ")[2] for problem in caught.value.problems] == ["7", "7", "8", "10"]
    with pytest.raises(FileError, match=r"ends in \.yaml"):
        templates.save(mine, tmp_path / "ours.txt")


@pytest.mark.parametrize(("change", "message"), [
    ({"template": 2}, "the version is 2"), ({"roles": []}, "needs its roles"), ({"hosted_by": "scool"}, "Did you mean 'school'"),
    ({"roles": [{"id": "a", "label": "A"}, {"id": "a", "label": "B"}]}, "two roles are called 'a'"),
    ({"roles": [{"id": "a", "label": "A", "lead": True}, {"id": "b", "label": "B", "lead": True}]}, "two roles lead"),
    ({"roles": ["a"]}, "is a group of fields"), ({"roles": [{"id": "a"}]}, "needs its label"),
    ({"hots": "x"}, "not a field of a template"),
    ({"workload": [{"part": "A", "percent": 60}]}, "come to 60 per cent"), ({"dated": "soon"}, "is not a date"),
    ({"workload": [{"part": "A", "percent": 100, "role": "z"}]}, "names 'z', which is no role"),
    ({"roles": [{"id": "a", "label": "A", "also": "b"}]}, "also must be a list"),
])
def test_a_template_keeps_its_rules(change: dict[str, object], message: str) -> None:
    record = {"template": 1, "name": "N", "team": "T", "roles": [{"id": "a", "label": "A"}], **change}
    with pytest.raises(InvalidError, match=message):
        template_of(record)


def test_an_unknown_template_suggests_one() -> None:
    with pytest.raises(UnknownNameError, match="Did you mean 'bexley_2005'"):
        templates.load("bexley2005")
