"""The referral pathways and the maps of the groups, and what a pathway is said to cost."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

import agencygraph as ag
from agencygraph.errors import InvalidError, UndefinedError, UnknownNameError
from agencygraph.model import Case
from agencygraph.pathways import ACTS, pathway_figures, steps_of
from strategies import cases, examples

FIGURES = ("steps", "hand-offs", "forms", "chases", "reports back unasked", "most messages by one", "longest chain of hand-offs",
           "family told by")


def test_the_two_pathways_counted_by_hand() -> None:
    today, other = (pathway_figures(ag.cases.pathway(which)) for which in ("today", "alternative"))
    assert today.column("figure") == other.column("figure") == FIGURES
    assert today.column("count") == (4, 5, 4, 4, 0, 9, 2, 1)
    assert other.column("count") == (5, 6, 1, 0, 1, 6, 3, 1)
    assert today.where(figure="chases")[0]["who"] == (
        "Head teacher to Social services, Behaviour support and CAMHS, Education welfare, School health")
    assert other.where(figure="family told by")[0]["who"] == "Liaison person to Parent or carer"
    assert other.where(figure="most messages by one")[0]["who"] == "Liaison person, of 8"


@pytest.mark.parametrize("which", ["today", "alternative"])
def test_every_step_of_a_pathway_has_an_act_and_a_tie(which: str) -> None:
    case = ag.cases.pathway(which)
    flows = {flow for tie in case.ties for flow in tie.flows}
    for step in steps_of(case):
        assert step.act in ACTS
        assert step.words
        assert set(step.pairs) <= flows


def test_steps_follow_dates_and_then_numbers() -> None:
    case = Case.of(actors={"a": "agency", "b": "agency"}, chronology=[
        {"when": "2005", "senders": ["a"], "receivers": ["b"], "seq": 2, "note": "form: second"},
        {"when": "2005", "senders": ["b"], "receivers": ["a"], "seq": 1, "note": "note: no act of ours"},
        {"when": "2004", "senders": ["a"], "receivers": ["b"], "note": "CHASES: first"}])
    assert [(step.number, step.act, step.words) for step in steps_of(case)] == [
        (1, "chases", "first"), (2, "", "note: no act of ours"), (3, "form", "second")]
    assert pathway_figures(case).column("count")[:4] == (3, 1, 1, 1)


def test_a_chain_grows_only_hand_by_hand() -> None:
    events = [{"when": "2005", "seq": at, "senders": [a], "receivers": [b], "note": f"{act}: on"}
              for at, (a, b, act) in enumerate((
                  ("a", "b", "refers"), ("c", "d", "refers"), ("b", "c", "refers"), ("c", "a", "tells")))]
    case = Case.of(actors=dict.fromkeys("abcd", "agency"), chronology=events)
    assert pathway_figures(case).where(figure="longest chain of hand-offs").column("count") == (2,)


@settings(deadline=None, max_examples=examples(40), suppress_health_check=[HealthCheck.too_slow])
@given(cases(max_actors=6))
def test_any_chronology_can_be_counted(case: Case) -> None:
    if not case.chronology.events:
        with pytest.raises(UndefinedError, match="no chronology"):
            pathway_figures(case)
        return
    figures = pathway_figures(case)
    assert figures.column("figure") == FIGURES
    assert figures.column("count")[0] == len(case.chronology)


def test_what_is_no_pathway_is_said() -> None:
    with pytest.raises(InvalidError, match="is no pathway"):
        steps_of("today")  # type: ignore[arg-type]  # what is wrong here is the test
    with pytest.raises(UnknownNameError, match="Did you mean 'today'"):
        ag.cases.pathway("todday")
    with pytest.raises(UnknownNameError, match="There are: before, after"):
        ag.cases.groups("now")


def test_the_maps_of_the_groups_can_be_compared_and_drawn() -> None:
    before, after = ag.cases.groups("before"), ag.cases.groups("after")
    change = ag.compare(before, after)
    assert [block.after for block in change.blocks if not block.before] == [("practitioner_team",)]
    assert not [block for block in change.blocks if not block.after]
    assert len([tie for tie in after.ties if "school" in (tie.source, tie.target) and tie.is_critical]) == 2
    assert "Practitioner team" in ag.draw(after).text
