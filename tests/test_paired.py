"""Pairs before and after: against R, against counting by hand, and what must hold for any numbers."""

from __future__ import annotations

import json
from fractions import Fraction
from itertools import combinations_with_replacement, product
from math import comb
from pathlib import Path
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agencygraph.comparison import paired
from agencygraph.comparison.paired import Paired, holm, sign_flip, sign_flips, weigh
from agencygraph.errors import InvalidError
from strategies import examples

REFERENCE = json.loads((Path(__file__).parent / "reference" / "paired" / "paired.json").read_text("utf-8"))["paired_caseload_15"]
DIFFERENCES = st.lists(st.integers(-9, 9).map(lambda k: k / 12), max_size=9)


@pytest.mark.parametrize("known", REFERENCE)
def test_the_answers_are_those_of_r(known: dict[str, object]) -> None:
    before, after = known["before"], known["after"]
    found = weigh([b - a for a, b in zip(before, after, strict=True)], "lower")  # type: ignore[call-overload]
    assert found.p == pytest.approx(known["signflip_exact_p_two_sided"], abs=1e-12)
    assert found.is_exact
    assert found.median == pytest.approx(known["median_diff"], abs=1e-9)
    assert found.hodges_lehmann == pytest.approx(known["hodges_lehmann"], abs=1e-9)


@settings(max_examples=examples(60), deadline=None)
@given(DIFFERENCES)
def test_p_is_the_share_of_all_patterns_of_signs_as_far_from_nought(differences: list[float]) -> None:
    found = weigh(differences, "higher")
    exact = [Fraction(d).limit_denominator(12) for d in differences]
    if len(differences) < 6:
        assert found.p is None
        assert found.reason
        return
    far = [abs(sum(s * d for s, d in zip(signs, exact, strict=True))) >= abs(sum(exact))
           for signs in product((1, -1), repeat=len(exact))]
    assert found.p == sum(far) / len(far)


@given(st.lists(st.floats(-5, 5).map(lambda x: round(x, 6)), min_size=1, max_size=40))
def test_median_and_typical_change_are_those_of_all_means_of_two(differences: list[float]) -> None:
    found = weigh(differences, "higher")
    assert found.median == pytest.approx(median(differences), abs=2e-9)
    walsh = [(a + b) / 2 for a, b in combinations_with_replacement(differences, 2)]
    assert found.hodges_lehmann == pytest.approx(median(walsh), abs=2e-9)


@given(DIFFERENCES)
def test_better_and_worse_swap_with_the_direction_and_with_the_sign(differences: list[float]) -> None:
    up, down, turned = weigh(differences, "higher"), weigh(differences, "lower"), weigh([-d for d in differences], "lower")
    assert (up.better, up.same, up.worse) == (down.worse, down.same, down.better) == (turned.better, turned.same, turned.worse)
    assert up.p == down.p == turned.p
    assert up.n == len(differences) == up.better + up.same + up.worse


def test_a_change_past_the_ninth_place_is_none() -> None:
    assert weigh([1 / 3 - (1 - 2 / 3)] * 8, "lower") == Paired(8, 0, 8, 0, 0.0, 0.0, 1.0)


def test_thirds_that_tie_do_tie() -> None:
    """2/3 against 1/3 and 1/3: rounded to nine places, the two sides differ in the last one, and yet are a tie."""
    differences = [2 / 3, -1 / 3, -1 / 3, 2 / 3, 2 / 3, 1 / 3]
    exact = [round(d * 3) for d in differences]
    far = sum(abs(sum(s * d for s, d in zip(signs, exact, strict=True))) >= abs(sum(exact)) for signs in product((1, -1), repeat=6))
    assert weigh(differences, "lower").p == far / 64


def test_below_six_there_is_no_p_and_a_reason() -> None:
    for n in range(1, 6):
        found = weigh([-1.0] * n, "lower")
        assert found.p is None
        assert found.reason == f"only {n} pair{'s' * (n > 1)} of maps: fewer than six"
        assert (found.better, found.median, found.hodges_lehmann) == (n, -1.0, -1.0)
    assert weigh([-1.0] * 6, "lower").p == 2 / 64
    assert weigh([], "lower").reason == "no case has an answer both before and after"
    assert weigh([], "lower").median is None


def test_twenty_different_differences_are_counted_exactly() -> None:
    """Powers of two have a different sum for every pattern: p is the place of this pattern among all."""
    units = [2**k for k in range(20)]
    units[0] = -1
    assert sign_flip([unit * 100 for unit in units]) == (4 / 2**20, True)


def test_many_alike_are_counted_exactly_and_many_different_are_drawn() -> None:
    p, is_exact = sign_flip([1_000] * 60 + [-1_000] * 40)
    assert is_exact
    assert p == pytest.approx(2 * sum(comb(100, k) for k in range(60, 101)) / 2**100)
    units = [(1 if k % 3 else -1) * (10**6 + 7919 * k * k) for k in range(60)]
    drawn, is_exact = sign_flip(units)
    assert not is_exact
    assert drawn == pytest.approx(sign_flip(units, seed=2)[0], abs=0.005)
    assert 1 / (1 + paired.DRAWS) <= drawn <= 1


def test_up_to_32_different_differences_are_counted_however_they_lie() -> None:
    units = [10**6 * (3 * k * k + 7 * k + 1) + 2**k for k in range(33)]
    assert sign_flip(units[:32])[1]
    assert sign_flip(units[:32])[0] == 2 / 2**32
    assert not sign_flip(units)[1]


def test_several_questions_are_drawn_together_as_each_alone() -> None:
    units = [[(1 if k % 3 else -1) * (10**6 + 7919 * k**power) for k in range(40 + power)] for power in (2, 3, 15)]
    assert sign_flips([*units, [1, 2]]) == [sign_flip(one) for one in (*units, [1, 2])]
    far = [10**6 + 7919 * k * k for k in range(200)]
    assert sign_flip(far) == (1 / (1 + paired.DRAWS), False)


def test_drawing_comes_near_to_counting(monkeypatch: pytest.MonkeyPatch) -> None:
    units = [((-1) ** (k % 4 == 0)) * (500_000 + 31_337 * k) for k in range(20)]
    counted, _ = sign_flip(units)
    monkeypatch.setattr(paired, "_MOST_SUMS", 1)
    drawn, is_exact = sign_flip(units)
    assert not is_exact
    assert drawn == pytest.approx(counted, abs=0.004)


@settings(max_examples=examples(50))
@given(st.lists(st.one_of(st.none(), st.floats(0, 1)), max_size=8))
def test_holm_never_lowers_a_p_and_keeps_their_order(ps: list[float | None]) -> None:
    found = holm(ps)
    asked = [(p, f) for p, f in zip(ps, found, strict=True) if p is not None and f is not None]
    assert [f is None for f in found] == [p is None for p in ps]
    assert all(p <= f <= 1 for p, f in asked)
    assert all(f <= g for (p, f), (q, g) in product(asked, asked) if p < q)
    if asked:
        assert min(f for _, f in asked) == min(1.0, min(p for p, _ in asked) * len(asked))


def test_holm_by_hand() -> None:
    assert holm([0.01, 0.04, None, 0.03, 0.005]) == (0.03, 0.06, None, 0.06, 0.02)


def test_a_direction_that_does_not_exist_is_refused() -> None:
    with pytest.raises(InvalidError, match="lower or higher"):
        weigh([1.0], "bigger")
