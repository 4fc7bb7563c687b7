"""What the measures share: levels, nearness to the others, what every route passes, and readings that name their evidence late."""

from __future__ import annotations

import copy
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

import agencygraph as ag
from agencygraph.flows import bits, bodies_of, flows_of, levels, reach, rings, units_of, with_ties
from agencygraph.measures import QUESTIONS, Reading, readings
from agencygraph.measures.single_points import essentials, reached_by_each
from agencygraph.model import Case
from measured_cases import made_up

MADE = made_up()
RELAYS = st.sampled_from(("practitioners", "anyone"))


@given(MADE, RELAYS, st.booleans())
def test_levels_are_the_rings_of_everybody_at_once(made: tuple[Case, object], relay: str, backwards: bool) -> None:
    flows = flows_of(made[0], relay=relay)
    for at in range(len(flows.ids)):
        own, known = 1 << at, 0
        found = rings(flows, own, backwards=backwards)
        assert len(found) <= len(levels(flows, backwards=backwards)) or not found
        for d, rows in enumerate(levels(flows, backwards=backwards)):
            known |= found[d] if d < len(found) else 0
            assert rows[at] & ~own == known
        assert known == reach(flows, own, backwards=backwards)


@given(MADE, RELAYS)
def test_what_is_essential_is_what_is_lost_without_it(made: tuple[Case, object], relay: str) -> None:
    """Every go-between and every tie taken away in turn, and everybody's news searched anew."""
    flows = flows_of(made[0], relay=relay)
    found, before = essentials(flows), reached_by_each(flows)
    assert found.ways == sum(row.bit_count() for row in before.values())
    for gone in bits(flows.practitioners):
        others = flows.practitioners & ~(1 << gone)
        lost = [(at, to) for at in bits(others)
                for to in bits(before[at] & others & ~reach(flows, 1 << at, relays=flows.relays & ~(1 << gone)))]
        assert (list(found.pairs(gone)), found.count(gone)) == (lost, len(lost))
    for place in range(len(flows.case.ties)):
        after = reached_by_each(with_ties(flows, flows.counted & ~(1 << place)))
        lost = [(at, to) for at, row in before.items() for to in bits(row & ~after[at])]
        field = len(flows.ids) + place
        assert (list(found.pairs(field)), found.count(field)) == (lost, len(lost))


@given(MADE, st.sampled_from(("team", "base", "actor")))
def test_bodies_are_the_units(made: tuple[Case, object], unit: str) -> None:
    flows = flows_of(made[0], unit=unit)
    assert tuple(body.members for body in bodies_of(flows)) == units_of(flows)
    for body in bodies_of(flows):
        assert body.ids == flows.ids_of(body.members)
        assert body.places == tuple(bits(body.members))
        assert body.outside == flows.practitioners & ~body.members


@given(MADE)
def test_a_reading_that_names_its_evidence_late_is_like_one_that_has_it(made: tuple[Case, object]) -> None:
    for question in QUESTIONS.all():
        for one in readings(made[0], question.name):
            given_all = Reading(one.about, one.value, one.count, one.of, one.detail, one.words, one.who, one.pairs, one.ties,
                                one.reason)
            assert one == given_all
            assert hash(one) == hash(given_all)
            assert repr(one) == repr(given_all)


def test_a_reading_is_a_value_of_its_own() -> None:
    one = readings(Case.of(actors={"school": "school", "gp": "agency"}, ties=["school => gp"]), "tells")[0]
    assert one.who == ("gp",)
    assert pickle.loads(pickle.dumps(one)) == copy.copy(one) == one
    assert one != Reading((), 1.0)
    assert one != tuple(one)
    with pytest.raises(AttributeError):
        one.value = 2.0  # type: ignore[misc]  # that it cannot be set is what is tested


@pytest.mark.parametrize("name", ["arc density", "out-degree centralization", "betweenness centralization"])
def test_a_map_on_which_no_tie_is_known_has_no_ties(name: str) -> None:
    actors = dict.fromkeys(("school", "gp", "police"), "agency")
    assert readings(Case.of(actors=actors, ties=["school ?=> gp"]), name)[0].reason == "the map has no ties"
    assert not readings(Case.of(actors=actors, ties=["school ~=> gp"]), name)[0].reason


def test_an_option_that_is_not_known_gets_a_hint() -> None:
    case = Case.of(actors={"school": "school", "gp": "agency"}, ties=["school => gp"])
    with pytest.raises(TypeError, match=r"chance\(\) has no option 'budgt'. Did you mean 'budget'"):
        ag.chance(case, "school", budgt=3)  # type: ignore[call-arg]  # a slip of the pen
    with pytest.raises(TypeError, match=r"best_links\(\) has no option 'relays'. Did you mean 'relay'"):
        ag.best_links(case, relays="anyone")  # type: ignore[call-arg]  # a slip of the pen
