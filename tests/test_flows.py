"""The compiled case and the search over it."""

from __future__ import annotations

import pytest

from agencygraph.errors import UnknownNameError
from agencygraph.flows import at_strength, bits, flows_of, reach, rings, shortest_route, units_of
from agencygraph.model import Case, Tie
from measured_cases import reference_case

FAMILY = {"child": "child", "mother": "parent", "school": "school", "gp": "agency", "ssd": {"kind": "agency", "lead": True}}


def case_of(*ties: str, **fields: object) -> Case:
    return Case.of(**{"actors": FAMILY, "ties": list(ties), **fields})


def test_a_case_is_compiled_once() -> None:
    case = case_of("school => gp")
    assert flows_of(case) is flows_of(case_of("school => gp"), firm=False)
    assert flows_of(case) is not flows_of(case, firm=True)
    assert at_strength(flows_of(case, relay="anyone"), True) is flows_of(case, firm=True, relay="anyone")


def test_disputed_ties_count_and_unknown_ones_only_where_asked_for() -> None:
    case = case_of("school ~=> gp", "gp ?=> ssd")
    assert [row.bit_count() for row in flows_of(case).out] == [0, 0, 1, 0, 0]
    assert [row.bit_count() for row in flows_of(case, unknown=True).out] == [0, 0, 1, 1, 0]


def test_firm_flows_are_the_critical_ones() -> None:
    flows = flows_of(case_of("school => gp", "gp -> school"))
    assert flows.out[2:4] == (0b1000, 0b100)
    assert flows.critical == flows_of(flows.case, firm=True).out == (0, 0, 0b1000, 0, 0)


def test_the_tie_under_a_flow_is_known_each_way() -> None:
    flows = flows_of(case_of("school => gp", "gp -> school", "gp <=> ssd"))
    school, gp, ssd = (flows.mask([id]) for id in ("school", "gp", "ssd"))
    assert flows.ties_between(school, gp) == (Tie.parse("school => gp"),)
    assert flows.ties_joining(school, gp) == (Tie.parse("school => gp"), Tie.parse("gp -> school"))
    assert flows.ties_of_pairs([("ssd", "gp"), ("child", "gp")]) == (Tie.parse("gp <=> ssd"),)
    assert flows.ties_along(("ssd", "gp", "school")) == (Tie.parse("gp <=> ssd"), Tie.parse("gp -> school"))
    assert shortest_route(flows, ssd, school) == ("ssd", "gp", "school")


def test_the_family_starts_and_ends_routes_but_passes_nothing_on() -> None:
    case = case_of("school <=> child", "child <=> gp", "gp => ssd")
    flows = flows_of(case)
    school, child = flows.mask(["school"]), flows.mask(["child"])
    assert flows.ids_of(reach(flows, school)) == ("child",)
    assert flows.ids_of(reach(flows, child)) == ("school", "gp", "ssd")
    assert flows.ids_of(reach(flows, school, relays=flows.everyone)) == ("child", "gp", "ssd")
    assert [flows.ids_of(ring) for ring in rings(flows_of(case, relay="anyone"), school)] == [("child",), ("gp",), ("ssd",)]
    assert flows.ids_of(reach(flows, flows.mask(["ssd"]), backwards=True)) == ("child", "gp")


def test_among_equal_routes_the_first_by_id_is_taken() -> None:
    flows = flows_of(Case.of(actors=dict.fromkeys(("s", "z", "b", "t"), "agency"), ties=["s => z", "s => b", "z => t", "b => t"]))
    assert shortest_route(flows, flows.mask(["s"]), flows.mask(["t"])) == ("s", "b", "t")
    assert shortest_route(flows, flows.mask(["t"]), flows.mask(["s"])) == ()


@pytest.mark.parametrize(("unit", "wanted"), [
    ("team", [("school", "gp", "nurse"), ("ssd",), ("senco",)]), ("base", [("school", "nurse", "senco"), ("gp",), ("ssd",)]),
    ("actor", [("school",), ("gp",), ("ssd",), ("nurse",), ("senco",)])])
def test_a_unit_is_the_team_else_the_base_else_the_actor(unit: str, wanted: list[tuple[str, ...]]) -> None:
    actors = FAMILY | {id: {"kind": "practitioner", "based_at": "school"} for id in ("nurse", "senco")}
    teams = [{"name": "One", "members": ["school", "gp"]}, {"name": "Two", "members": ["senco"]}]
    flows = flows_of(Case.of(actors=actors, teams=teams), unit=unit)
    assert [flows.ids_of(one) for one in units_of(flows)] == wanted
    assert flows.units[0] == 1


def test_the_host_of_a_team_is_not_of_its_unit() -> None:
    flows = flows_of(reference_case("integration/both"))
    assert sorted(one.bit_count() for one in units_of(flows)) == [1, 1, 5]


def test_words_that_are_not_known_get_a_hint() -> None:
    with pytest.raises(UnknownNameError, match="Did you mean 'anyone'"):
        flows_of(case_of(), relay="anyon")
    with pytest.raises(UnknownNameError, match="must be one of team, base, actor"):
        flows_of(case_of(), unit="sector")
    with pytest.raises(UnknownNameError, match="Did you mean 'school'"):
        flows_of(case_of()).mask(["schol"])


def test_an_empty_case_has_nobody() -> None:
    flows = flows_of(Case())
    assert (flows.out, flows.everyone, units_of(flows), rings(flows, 0), list(bits(0))) == ((), 0, (), (), [])
    assert repr(flows_of(case_of("school => gp"), firm=True)) == "Flows(5 actors, 1 firm flow)"
