"""Suggested questions come from findings, say what they rest on, and never push out what a group has agreed."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import HealthCheck, given, settings

import agencygraph as ag
from agencygraph.conclusions import THEMES as FINDING_THEMES
from agencygraph.conclusions import findings
from agencygraph.model import ActionPlan, Case, Question
from agencygraph.model.plan import THEMES
from agencygraph.planning import suggest, with_suggestions
from strategies import cases, examples


def test_findings_and_plans_speak_of_the_same_themes() -> None:
    assert THEMES == FINDING_THEMES


@pytest.mark.parametrize("name", ["peter", "james", "tina"])
def test_every_finding_of_the_study_gives_a_question(name: str) -> None:
    case = ag.cases.load(name)
    plan = suggest(case)
    assert {question.text for question in plan} == {one.question for one in findings(case)}
    assert all(question.suggested and question.evidence and not question.owner for question in plan)


def test_a_change_gives_questions_too() -> None:
    change = ag.compare(ag.cases.peter(), ag.cases.integrated("peter"))
    assert len(suggest(change)) == len(findings(change))


def test_what_a_group_has_made_its_own_stays() -> None:
    case = with_suggestions(ag.cases.peter())
    first, second = case.plan[0], case.plan[1]
    mine = Question("practice issues", "Who keeps the record?")
    owned, taken = dataclasses.replace(first, owner="SENCO"), dataclasses.replace(second, suggested=False)
    stale = Question("joint working", "Of an earlier map?", suggested=True)
    again = with_suggestions(case.replace(plan=ActionPlan((mine, stale, owned, taken))))
    assert again.plan.questions[:3] == (mine, owned, taken)
    assert stale not in again.plan.questions
    assert len(again.plan) == len(case.plan) + 1


@settings(deadline=None, max_examples=examples(15), suppress_health_check=[HealthCheck.too_slow])
@given(cases(max_actors=5))
def test_any_case_can_be_given_suggestions_once(case: Case) -> None:
    once = with_suggestions(case)
    assert with_suggestions(once) == once
    assert once.replace(plan=case.plan) == case


def test_the_questions_that_survive_of_james_are_there_with_their_source() -> None:
    plan = ag.cases.james().plan
    assert [len(questions) for _, questions in plan.by_theme()] == [3, 4, 4, 6]
    assert all("Figure 11" in question.evidence and not question.suggested for question in plan)
    assert [question.text for question in plan if question.consensus == "complex"] == [
        "Who answers for what comes of it?", "What is the pupil referral unit's part in the case?"]
