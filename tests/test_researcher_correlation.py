"""Graph correlation and QAP: what R says, what brute force says, and the same answer for ever."""

from __future__ import annotations

import itertools
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agencygraph.errors import InvalidError
from agencygraph.measures.correlation import GraphCorrelation, correlation_of, graph_correlation, qap, qap_of
from agencygraph.model import Case
from researcher_networks import Rows, case_of_rows, digraphs, moved, networks_in, rows_of_matrix
from strategies import examples

PAIRS = networks_in("comparison")
few = settings(max_examples=examples(40), deadline=None)


@pytest.mark.parametrize("pair", PAIRS.values(), ids=PAIRS)
def test_what_r_says(pair: Any) -> None:
    before, after = (case_of_rows(rows_of_matrix(pair[key])) for key in "xy")
    found = graph_correlation(before, after)
    assert found.value is not None
    assert math.isclose(found.value, pair["gcor"], abs_tol=1e-9)
    assert found.hamming == pair["hdist"]
    test = qap(before, after)
    assert (test.correlation, test.permutations, test.exact) == (found, pair["n_perm"], True)
    assert test.p_greater is not None
    assert test.p_less is not None
    assert math.isclose(test.p_greater, pair["qap_exact_p_ge"], abs_tol=1e-9)
    assert math.isclose(test.p_less, pair["qap_exact_p_le"], abs_tol=1e-9)


def off_diagonal(rows: Rows) -> np.ndarray[Any, Any]:
    return np.array([row >> to & 1 for at, row in enumerate(rows) for to in range(len(rows)) if at != to], dtype=float)


@st.composite
def couples(draw: st.DrawFn, least: int, most: int) -> tuple[Rows, Rows]:
    n = draw(st.integers(least, most))
    return draw(digraphs(n, n)), draw(digraphs(n, n))


@few
@given(couples(2, 5))
def test_against_brute_force_with_numpy(couple: tuple[Rows, Rows]) -> None:
    before, after = couple
    one, other = off_diagonal(before), off_diagonal(after)
    found = correlation_of(before, after)
    assert found.hamming == int((one != other).sum())
    if found.value is None:
        assert one.std() * other.std() == 0
        assert found.reason
        return
    assert math.isclose(found.value, float(np.corrcoef(one, other)[0, 1]), abs_tol=1e-9)
    orders = itertools.permutations(range(len(after)))
    chance = np.array([np.corrcoef(one, off_diagonal(moved(after, order)))[0, 1] for order in orders])
    test = qap_of(before, after, runs=1, seed=1)
    assert math.isclose(test.p_greater or 0, float((chance >= found.value - 1e-9).mean()))
    assert math.isclose(test.p_less or 0, float((chance <= found.value + 1e-9).mean()))
    assert math.isclose(test.p_two_sided or 0, float((abs(chance) >= abs(found.value) - 1e-9).mean()))


@few
@given(digraphs(6, 2))
def test_a_graph_with_itself(rows: Rows) -> None:
    test = qap_of(rows, rows, runs=1, seed=1)
    if test.correlation.value is None:
        assert (test.p_greater, test.p_less, test.p_two_sided, test.permutations) == (None, None, None, 0)
        return
    alike = [order for order in itertools.permutations(range(len(rows))) if moved(rows, order) == rows]
    assert test.correlation.value == 1.0
    assert test.p_less == 1.0
    assert test.p_greater == len(alike) / math.factorial(len(rows))


@few
@given(st.data())
def test_that_order_and_direction_of_comparison_change_nothing(data: st.DataObject) -> None:
    before, after = data.draw(couples(2, 6))
    order = data.draw(st.permutations(range(len(before))))
    one, other = case_of_rows(before), case_of_rows(after)
    found = qap(one, other)
    assert qap(case_of_rows(before, order=order), other) == found
    back = qap(other, one)
    assert (back.p_greater, back.p_less, back.p_two_sided) == (found.p_greater, found.p_less, found.p_two_sided)
    assert back.correlation == graph_correlation(other, one)
    assert back.correlation.value == found.correlation.value


RING = tuple(1 << (at + 1) % 9 | 1 << (at + 2) % 9 for at in range(9))
LEAPS = tuple(1 << (4 * at + 1) % 9 if at < 8 else 0 for at in range(9))


def test_that_a_seed_gives_the_same_answer_for_ever() -> None:
    test = qap_of(RING, LEAPS, runs=500, seed=2004)
    assert not test.exact
    assert test.permutations == 500
    assert (test.p_greater, test.p_less, test.p_two_sided) == (161 / 501, 439 / 501, 354 / 501)
    assert qap_of(RING, LEAPS, runs=500, seed=2005) != test


def test_that_drawing_comes_near_the_truth() -> None:
    small, other = RING_7, CHAIN_7
    exact = qap_of(small, other, runs=1, seed=1)
    wide = (*small, 0), (*other, 0)
    drawn = qap_of(*wide, runs=20_000, seed=1)
    chance = [qap_count(wide[0], moved(wide[1], order)) for order in itertools.permutations(range(8))]
    share = sum(count >= qap_count(*wide) for count in chance) / len(chance)
    assert exact.exact
    assert not drawn.exact
    assert abs((drawn.p_greater or 0) - share) < 4 * math.sqrt(share * (1 - share) / 20_000)


RING_7 = tuple(1 << (at + 1) % 7 | 1 << (at + 3) % 7 for at in range(7))
CHAIN_7 = (0b0000110, 0b0011000, 0b0100001, 0b1000000, 0b0000001, 0b0000010, 0b0010000)


def qap_count(one: Rows, other: Rows) -> int:
    return sum((row & more).bit_count() for row, more in zip(one, other, strict=True))


def test_that_a_drawn_p_is_never_nought() -> None:
    chain = tuple(1 << at + 1 if at < 11 else 0 for at in range(12))
    test = qap_of(chain, chain, runs=99, seed=3)
    assert test.p_greater == 0.01
    assert test.p_less == 1.0


def test_firm_ties_alone() -> None:
    actors = {"school": "school", "gp": "agency", "police": "agency"}
    before = Case.of(actors=actors, ties=["school => gp", "gp -> police"])
    after = Case.of(actors=actors, ties=["school => gp"])
    assert graph_correlation(before, after).hamming == 1
    assert graph_correlation(before, after, firm=True) == GraphCorrelation(1.0, 1, 1, 1, 6)


def test_why_there_is_no_correlation() -> None:
    assert graph_correlation(Case.of(), Case.of()).reason == "there are fewer than two actors"
    full, none = case_of_rows((0b10, 0b01)), case_of_rows((0b00, 0b00))
    assert graph_correlation(full, none).reason.startswith("every pair of actors in one of the maps is alike")
    assert qap(full, none).p_greater is None


def test_that_all_that_is_wrong_is_said() -> None:
    one, other = Case.of(actors={"school": "school", "gp": "agency"}), Case.of(actors={"school": "school", "police": "agency"})
    with pytest.raises(InvalidError) as caught:
        graph_correlation(one, other)
    assert len(caught.value.problems) == 2
    with pytest.raises(InvalidError) as caught:
        qap(one, one, runs=0, seed=-1)
    assert [problem.path for problem in caught.value.problems] == [("runs",), ("seed",)]
