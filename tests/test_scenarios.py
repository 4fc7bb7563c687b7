"""What-ifs: the integrated arrangement of a case, and small changes of a map."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agencygraph import Case, Lineage, Team, Tie, compare, integrate
from agencygraph.errors import InvalidError, UnknownNameError
from agencygraph.model import Gap
from agencygraph.scenarios import add_tie, make_two_way, remove

ACTORS = {"child": "child", "mother": "parent", "gran": "family", "foster_carer": "carer", "school": "school",
          "senco": {"kind": "practitioner", "based_at": "school"}, "nurse": "practitioner",
          "ssd": {"kind": "agency", "lead": True}, "police": "agency"}  # fmt: skip
TEAM = Team("Practitioner team", members=("senco", "nurse", "ssd"), lead="senco", host="school")


def case(*ties: str, **fields: object) -> Case:
    return Case.of("Secret", age=9, actors=ACTORS, ties=list(ties), **fields)


def sentences(after: Case) -> list[str]:
    return [tie.sentence for tie in after.ties]


def test_a_team_on_a_bare_map() -> None:
    after = integrate(case(), TEAM)
    assert sentences(after) == ["senco <=> nurse", "senco <=> ssd", "nurse <=> ssd", "senco <=> child", "senco <=> mother",
                                "senco <=> foster_carer", "senco <=> school"]  # fmt: skip
    assert all(tie.basis == "inferred" and tie.note.startswith("What-if") for tie in after.ties)
    assert after.arrangement == "integration"
    assert after.teams == (TEAM,)
    assert after.lineage == Lineage()
    assert after.ids == case().ids


def test_what_the_group_drew_stays_and_each_pair_has_one_tie_in_its_old_place() -> None:
    before = case("nurse -> senco", "nurse -> child", "ssd => nurse", "nurse -> ssd", "school ~-> senco", "police => ssd",
                  "mother -> senco")
    assert sentences(integrate(before, TEAM)) == [
        "nurse <=> senco", "nurse -> child", "ssd <=> nurse", "school <=> senco", "police => ssd", "mother <=> senco",
        "senco <=> ssd", "senco <=> child", "senco <=> foster_carer"]  # fmt: skip


def test_a_tie_that_is_already_full_keeps_its_evidence() -> None:
    before = case().replace(ties=(Tie("nurse", "ssd", two_way=True, basis="stated", evidence="minutes, page 2"),))
    assert integrate(before, TEAM).ties[0] == before.ties[0]


def test_a_tie_in_doubt_is_settled_by_the_arrangement() -> None:
    assert "nurse <=> ssd" in sentences(integrate(case("nurse ~<=> ssd"), TEAM))


def test_the_lead_of_the_team_is_the_only_lead() -> None:
    assert case().leads == ("ssd",)
    assert integrate(case(), TEAM).leads == ("senco",)


def test_a_team_without_a_lead_opens_no_front_door_and_names_nobody() -> None:
    after = integrate(case(), Team("Team", members=("senco", "nurse"), host="school"))
    assert sentences(after) == ["senco <=> nurse"]
    assert after.leads == ("ssd",)


def test_gaps_that_the_team_closes_go() -> None:
    after = integrate(case(gaps=["nurse !> ssd", "school !> police"]), TEAM)
    assert after.gaps == (Gap("school", "police"),)


def test_nobody_has_agreed_a_what_if() -> None:
    after = integrate(case(agreed_on="2004-02", informants=["Head teacher"], source="Figure 6"), TEAM)
    assert after.agreed_on is None
    assert after.informants == ()
    assert after.source == "What-if, made from: Figure 6"
    assert remove(after, "police").source == after.source
    assert integrate(case(), TEAM).source == "What-if"


def test_a_carer_may_be_a_member() -> None:
    after = integrate(case(), Team("Team", members=("ssd", "foster_carer"), lead="ssd"))
    assert sentences(after) == ["ssd <=> foster_carer", "ssd <=> child", "ssd <=> mother"]


def test_everything_wrong_with_a_team_is_said_at_once() -> None:
    before = case(teams=[{"name": "Team", "members": ["ssd"]}])
    with pytest.raises(InvalidError) as error:
        integrate(before, Team("Team", members=("senko", "ssd"), host="schol"))
    text = str(error.value)
    assert len(error.value.problems) == 4
    assert "already has a team 'Team'" in text
    assert "Did you mean 'senco'" in text
    assert "Did you mean 'school'" in text
    assert "'ssd' already works in the team 'Team'" in text


def test_integrate_takes_a_team() -> None:
    with pytest.raises(InvalidError, match="Team"):
        integrate(case(), "Practitioner team")  # type: ignore[arg-type]


def test_before_and_after_of_one_case_compare_by_id() -> None:
    before = case("school => ssd", "nurse -> senco", "school -> police")
    change = compare(before, integrate(before, TEAM))
    assert {block.kind for block in change.blocks} == {"matched"}
    assert change.lost == change.weakened == change.internalised == ()
    assert [(c.source.before, c.target.before) for c in change.strengthened] == [(("nurse",), ("senco",))]
    assert [tuple(b.after[0] for b in pair) for pair in change.became_two_way] == [("senco", "nurse")]


INKS = st.sampled_from(["=>", "->", "<=>", "<->", "~=>", "?->"])
PAIRS = [(a, b) for at, a in enumerate(ACTORS) for b in list(ACTORS)[at + 1:]]


@st.composite
def drawn_cases(draw: st.DrawFn) -> Case:
    some = draw(st.lists(st.sampled_from(PAIRS), unique=True, max_size=14))
    return case(*(f"{a} {draw(INKS)} {b}" for a, b in some))


WORKERS = st.sampled_from(["senco", "nurse", "ssd", "police", "foster_carer"])


@given(drawn_cases(), st.lists(WORKERS, min_size=1, unique=True), st.booleans())
def test_integration_adds_and_never_takes_away(before: Case, members: list[str], is_led: bool) -> None:
    team = Team("Team", members=tuple(members), lead=members[0] if is_led else "", host="school")
    after = integrate(before, team)
    change = compare(before, after)
    assert {c.kind for c in change.changes} <= {"added", "strengthened", "unchanged"}
    critical = {flow for tie in after.ties if tie.is_critical and tie.status == "agreed" for flow in tie.flows}
    assert {(a, b) for a in members for b in members if a != b} <= critical
    if is_led:
        doors = [who for who in ("child", "mother", "foster_carer", "school") if who != members[0]]
        assert {(members[0], who) for who in doors} | {(who, members[0]) for who in doors} <= critical
    touched = {*members, "child", "mother", "foster_carer", "school"}
    untouched = [tie for tie in before.ties if not {tie.source, tie.target} <= touched]
    assert [tie for tie in after.ties if tie in untouched] == untouched


def test_removing_an_actor_takes_everything_of_it() -> None:
    team = {"name": "Team", "members": ["nurse", "ssd"], "lead": "ssd", "host": "school"}
    events = [{"when": "2004", "senders": ["school"], "receivers": ["ssd", "nurse"]},
              {"when": "2005", "senders": ["ssd"], "receivers": ["nurse"]},
              {"when": "2006", "senders": ["ssd", "nurse", "school"], "way": "meeting"},
              {"when": "2007", "senders": ["ssd", "nurse"], "way": "meeting"}]
    before = case("school => ssd", "nurse -> ssd", "child <=> school", gaps=["ssd !> school"], teams=[team], chronology=events)
    after = remove(before, "ssd")
    assert "ssd" not in after.ids
    assert sentences(after) == ["child <=> school"]
    assert after.gaps == ()
    assert after.teams == (Team("Team", ("nurse",), host="school"),)
    assert [(str(e.when), e.senders, e.receivers) for e in after.chronology.events] == [
        ("2004", ("school",), ("nurse",)), ("2006", ("nurse", "school"), ())]
    assert [block.before for block in compare(before, after).left] == [("ssd",)]
    assert remove(after, "nurse").teams == ()
    without_school = remove(before, "school")
    assert without_school.actor("senco").based_at == ""
    assert without_school.teams[0].host == ""


def test_removing_a_stranger_suggests_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="Did you mean 'senco'"):
        remove(case(), "senko")


def test_adding_a_tie() -> None:
    before = case("school => ssd", gaps=["ssd !> school", "police !> ssd"])
    assert sentences(add_tie(before, "ssd => school")) == ["school <=> ssd"]
    assert sentences(add_tie(before, "ssd -> school")) == ["school => ssd", "ssd -> school"]
    assert sentences(add_tie(before, "police <-> ssd")) == ["school => ssd", "police <-> ssd"]
    assert add_tie(before, "police <-> ssd").gaps == (Gap("ssd", "school"),)
    assert add_tie(before, "police <-> ssd").ties[1].basis == "inferred"
    told = Tie("ssd", "school", basis="stated", evidence="minutes")
    assert add_tie(before, told).ties == (*before.ties, told)
    with pytest.raises(InvalidError, match="twice"):
        add_tie(before, "school -> ssd")
    with pytest.raises(InvalidError, match="Did you mean 'police'"):
        add_tie(before, "school -> polise")


def test_making_a_tie_two_way() -> None:
    before = case("school -> ssd", "nurse => ssd", "ssd -> nurse", gaps=["ssd !> school"])
    for ends in (("school", "ssd"), ("ssd", "school")):
        after = make_two_way(before, *ends)
        assert sentences(after) == ["school <-> ssd", "nurse => ssd", "ssd -> nurse"]
        assert after.gaps == ()
        assert after.ties[0].basis == "inferred"
    assert make_two_way(before, "nurse", "ssd").ties == before.ties
    with pytest.raises(InvalidError, match="no tie"):
        make_two_way(before, "school", "police")
    with pytest.raises(UnknownNameError):
        make_two_way(before, "school", "polise")


def test_a_what_if_of_a_what_if_compares_with_the_case_it_was_made_from() -> None:
    first = case("school => ssd", lineage={"became": {"old": "ssd"}, "joined": ["police"]})
    change = compare(first, make_two_way(first, "school", "ssd"))
    assert {block.kind for block in change.blocks} == {"matched"}
    assert len(change.gained) == 1
