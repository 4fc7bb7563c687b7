"""The action plan: its rules, its place in the case file, and the line of every fault."""

from __future__ import annotations

from typing import Any

import pytest

from agencygraph.errors import FileError, InvalidError
from agencygraph.formats.case_yaml import read_yaml
from agencygraph.formats.source import Source
from agencygraph.model import ActionPlan, Case, Question, When
from agencygraph.model.record import case_of, record_of

ASKED = {"theme": "joint working", "text": "Who tells the school?"}


def test_a_plan_reads_back_as_it_was_written() -> None:
    record = {"actors": {}, "ties": [], "plan": [
        ASKED, {"theme": "practice issues", "text": "Who keeps the record?", "proposals": ["One file"], "owner": "SENCO",
                "due": "2024-05", "consensus": "complex", "suggested": True, "evidence": "minutes"}]}
    case = case_of(record)
    assert case.plan[1].due == When(2024, 5)
    assert record_of(case) == record
    assert case == Case.of(plan=case.plan)
    assert [len(questions) for _, questions in case.plan.by_theme()] == [1, 1]
    assert case.plan.suggested == (case.plan[1],)


@pytest.mark.parametrize(("fields", "message"), [
    ({"theme": "joint work"}, "Did you mean 'joint working'?"), ({"text": " "}, "a question needs its text"),
    ({"consensus": "easy"}, "consensus is 'easy'"), ({"due": "soon"}, "'soon' is not a date"),
    ({"proposals": 3}, "proposals must be a list"), ({"proposals": ["a", 4]}, "a proposal is 4"),
    ({"owner": "a\nb"}, "owner must be one line"), ({"suggested": "maybe"}, "suggested is 'maybe'"),
    ({"onwer": "SENCO"}, "Did you mean 'owner'?"), ({"text": None}, "needs text"),
])
def test_every_broken_rule_is_said(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidError) as caught:
        case_of({"plan": [ASKED, {**ASKED, "text": "Another?", **fields}]})
    assert [problem.path[:2] for problem in caught.value.problems] == [("plan", 1)]
    assert message in str(caught.value)


def test_a_question_stands_once_and_a_plan_is_a_plan() -> None:
    with pytest.raises(InvalidError, match="stands twice under joint working"):
        ActionPlan((Question(**ASKED), Question(**ASKED)))
    with pytest.raises(InvalidError, match="plan must be an ActionPlan"):
        Case(plan=[Question(**ASKED)])  # type: ignore[arg-type]  # what is wrong here is the test
    with pytest.raises(InvalidError, match="plan must be a list"):
        case_of({"plan": "Who leads?"})


def test_faults_of_a_file_are_said_with_their_lines_and_all_at_once() -> None:
    text = """agencygraph: 1
actors: {school: school}
plan:
  - theme: joint working
    text: Who tells the school?
    consensus: easy
  - theme: practice
    text: Who?
    suggested: no
    due: 2024-05-31
  - {theme: joint working, text: Twice?}
  - {theme: joint working, text: Twice?}
"""
    with pytest.raises(FileError) as caught:
        read_yaml(Source("t.yaml", text))
    assert [str(problem.message).split(":")[0] for problem in caught.value.problems] == ["t.yaml line 6", "t.yaml line 7",
                                                                                         "t.yaml line 12"]
