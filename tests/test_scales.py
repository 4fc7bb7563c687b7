"""Scores of a questionnaire: what counts, what is missing, and everything that is wrong at once."""

from __future__ import annotations

import math
from statistics import fmean
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agencygraph.errors import InvalidError
from agencygraph.measures.scales import BRONSTEIN_COMPONENTS, COLUMNS, score_scale
from strategies import examples

KEY = {"flexibility": ("q1", "q2", "q3"), "reflection on process": ("q4", "q5")}
ITEMS = ("q1", "q2", "q3", "q4", "q5")
few = settings(max_examples=examples(60), deadline=None)
answer_sheets = st.fixed_dictionaries({}, optional={item: st.one_of(st.none(), st.integers(1, 5)) for item in ITEMS})


def row(table: Any, respondent: str, subscale: str) -> dict[str, Any]:
    found = table.where(respondent=respondent, subscale=subscale)
    assert len(found) == 1
    return found[0]


def problems_of(*arguments: Any, **options: Any) -> list[str]:
    with pytest.raises(InvalidError) as caught:
        score_scale(*arguments, **options)
    return [problem.message for problem in caught.value.problems]


def test_one_person() -> None:
    table = score_scale({"q1": 5, "q2": 2, "q3": None, "q4": 3}, KEY, reversed=["q2"])
    assert table.columns == COLUMNS
    assert [tuple(one.values()) for one in table] == [
        ("1", "flexibility", 4.5, 2, 3, ""), ("1", "reflection on process", 3.0, 1, 2, ""), ("1", "total", 4.0, 3, 5, "")]


def test_several_people_and_their_mean() -> None:
    table = score_scale([{"q1": 5, "q4": 1}, {"q1": 2, "q2": 4}, {}], KEY)
    assert [row(table, str(person), "flexibility")["mean"] for person in (1, 2, 3)] == [5.0, 3.0, None]
    assert tuple(row(table, "mean", "flexibility").values()) == ("mean", "flexibility", 4.0, 2, 3, "")
    assert tuple(row(table, "mean", "reflection on process").values()) == ("mean", "reflection on process", 1.0, 1, 3, "")
    assert row(table, "3", "total")["reason"] == "nothing was answered"


def test_nobody() -> None:
    table = score_scale([], KEY)
    assert table.column("mean") == (None, None, None)
    assert set(table.column("reason")) == {"nobody answered"}
    assert set(table.column("of")) == {0}


@few
@given(answer_sheets)
def test_the_mean_over_what_was_answered(answers: dict[str, int | None]) -> None:
    table = score_scale(answers, KEY)
    for name, items in (*KEY.items(), ("total", ITEMS)):
        given = [answer for item in items if (answer := answers.get(item)) is not None]
        found = row(table, "1", name)
        assert (found["answered"], found["of"]) == (len(given), len(items))
        assert (found["mean"] is None) == (not given) == bool(found["reason"])
        assert found["mean"] is None or math.isclose(found["mean"], fmean(given))


@few
@given(answer_sheets, st.sets(st.sampled_from(ITEMS)))
def test_that_turning_an_answer_by_hand_is_the_same(answers: dict[str, int | None], turned: set[str]) -> None:
    by_hand = {item: 6 - answer if item in turned and answer is not None else answer for item, answer in answers.items()}
    assert score_scale(answers, KEY, reversed=turned) == score_scale(by_hand, KEY)


@few
@given(answer_sheets)
def test_that_turning_every_item_turns_the_mean(answers: dict[str, int | None]) -> None:
    straight, turned = score_scale(answers, KEY), score_scale(answers, KEY, reversed=ITEMS)
    for one, other in zip(straight.column("mean"), turned.column("mean"), strict=True):
        assert (one is None) == (other is None)
        assert one is None or math.isclose(float(one) + float(other or 0), 6)


@few
@given(st.lists(answer_sheets, min_size=1, max_size=5), st.randoms(use_true_random=False))
def test_that_the_order_of_people_does_not_change_their_mean(people: list[dict[str, int | None]], dice: Any) -> None:
    shuffled = people.copy()
    dice.shuffle(shuffled)
    assert score_scale(people, KEY).where(respondent="mean") == score_scale(shuffled, KEY).where(respondent="mean")


def test_another_range() -> None:
    assert row(score_scale({"a": 0, "b": 10}, {"x": ["a", "b"]}, reversed=["b"], low=0, high=10), "1", "x")["mean"] == 0.0


def test_everything_that_is_wrong_at_once() -> None:
    key = {"one": ["a", "b"], "two": ["b", "c", "c"], "three": [], "four": "d", "total": ["e"]}
    found = problems_of([{"a": 6, "z": 1}, {"b": True, "c": "3", "a": math.nan}], key, reversed=["q"])
    assert found == [
        "the subscale 'three' has no items.",
        "the subscale 'four' is one text; give a list of items.",
        "'total' is the name of the score over all items; call the subscale something else.",
        "the item 'b' stands 2 times in 'one', 'two'; each item belongs to one subscale, once.",
        "the item 'c' stands 2 times in 'two'; each item belongs to one subscale, once.",
        "the reversed item 'q' is in no subscale.",
        "respondent 1: the answer to 'a' is 6; it must lie from 1 to 5.",
        "respondent 1 answers the item 'z', which is in no subscale.",
        "respondent 2: the answer to 'b' is True; it must be a number, or None for no answer.",
        "respondent 2: the answer to 'c' is '3'; it must be a number, or None for no answer.",
        "respondent 2: the answer to 'a' is nan; it must be a number, or None for no answer.",
    ]


@pytest.mark.parametrize(("arguments", "options", "message"), [
    (({}, {}), {}, "there are no subscales"),
    (({}, KEY), {"low": 5, "high": 1}, "low is 5 and high is 1"),
    (({"q1": 3}, KEY), {"low": "1"}, "low is '1' and high is 5"),
    (({}, KEY), {"reversed": "q1"}, "reversed is one text"),
    ((["q1"], KEY), {}, "respondent 1 is str"),
    (({"Q1": 3}, KEY), {}, "Did you mean 'q1'?"),
])  # fmt: skip
def test_what_is_refused(arguments: Any, options: Any, message: str) -> None:
    found = problems_of(*arguments, **options)
    assert len(found) == 1
    assert message in found[0]


def test_the_published_components() -> None:
    assert BRONSTEIN_COMPONENTS == ("interdependence", "newly created professional activities", "flexibility",
                                    "collective ownership of goals", "reflection on process")  # fmt: skip
