"""Samples: the same everywhere, as often as they should be, and near what is exact."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agencygraph.flows import bits
from agencygraph.measures.chance import chance
from agencygraph.measures.sampling import SAMPLES, draw_bits, draw_works, estimate, sample_importance, spread
from agencygraph.measures.state_sum import Net, find_importance, net_of, sum_states
from agencygraph.model import Case
from agencygraph.scenarios import add_tie
from measured_cases import reference, reference_case
from strategies import examples

DRAWS = json.loads((Path(__file__).parent / "reference/chance/draws.json").read_text("utf-8"))
MAPS = list(reference("cases"))


def dense_net(size: int) -> Net:
    everyone = (1 << size) - 1
    out = tuple(everyone & ~(1 << at) for at in range(size))
    return net_of(out, tuple(row & 0b101010 for row in out), 0, everyone, (0.4, 0.15))


@pytest.mark.parametrize("draw", DRAWS, ids=lambda draw: f"{draw['name']}, {draw['chance']}, seed {draw['seed']}")
def test_the_same_bits_on_every_machine(draw: dict[str, Any]) -> None:
    drawn = draw_bits(draw["name"], draw["chance"], draw["seed"])
    assert sha256(drawn.to_bytes(SAMPLES // 8, "little")).hexdigest() == draw["sha256"]


@settings(max_examples=examples(40), deadline=None)
@given(st.floats(0, 1), st.floats(0, 1), st.text(max_size=5))
def test_a_higher_chance_works_in_the_same_samples_and_more(one: float, two: float, name: str) -> None:
    low, high = sorted((one, two))
    assert draw_bits(name, low, samples=256) & ~draw_bits(name, high, samples=256) == 0
    assert draw_bits(name, 0.0, samples=256) == 0
    assert draw_bits(name, 1.0, samples=256) == (1 << 256) - 1


@pytest.mark.parametrize("value", [0.01, 0.1, 1 / 3, 0.5, 0.9])
def test_bits_are_set_as_often_as_they_should_be(value: float) -> None:
    every = sum(draw_bits(f"flow {k}", value).bit_count() for k in range(50))
    error = (50 * SAMPLES * value * (1 - value)) ** 0.5
    assert abs(every - 50 * SAMPLES * value) < 4 * error


def test_flows_work_independently() -> None:
    one, two = draw_bits("school > gp", 0.5), draw_bits("gp > school", 0.5)
    assert abs((one & two).bit_count() - SAMPLES / 4) < 4 * (SAMPLES * 3 / 16) ** 0.5


@pytest.mark.parametrize("name", MAPS)
def test_samples_are_near_what_is_exact(name: str) -> None:
    case = reference_case(name)
    for start in case.ids:
        exact, drawn = (chance(case, start, critical=0.8, peripheral=0.4, budget=budget).outcomes[0] for budget in (8192, 0))
        assert exact.error is None
        if not exact.expected:
            assert drawn.expected == 0
            continue
        assert drawn.error is not None
        assert abs(drawn.expected - exact.expected) < 4 * drawn.error
        for one, two in zip(exact.arrivals, drawn.arrivals, strict=True):
            assert one.who == two.who
            assert abs(one.chance - two.chance) <= 4 * (two.error or 0.0)
            assert (two.error is None) == (one.chance == 0)


def test_sampled_importance_is_near_what_is_exact() -> None:
    net, wanted = dense_net(6), 0b111110
    found = sum_states(net, wanted)
    assert found is not None
    exact, drawn = find_importance(found), sample_importance(net, draw_works(net, "abcdef"), wanted)
    assert list(exact) == list(drawn)
    assert all(abs(exact[arc] - drawn[arc].value) < 4 * drawn[arc].error for arc in exact)


def test_the_error_of_a_sum_minds_that_actors_learn_together() -> None:
    together, apart = [0b0011, 0b0011], [0b0011, 0b1100]
    assert estimate(together, 4).value == estimate(apart, 4).value == 1.0
    assert estimate(together, 4).error > estimate(apart, 4).error
    assert estimate([0], 4).error > 0


def test_the_same_samples_serve_before_and_after() -> None:
    before = Case.of(actors={"a": "agency", "b": "agency", "c": "agency"}, ties=["a => b", "b -> c"])
    after = add_tie(before, "a -> c")
    less, more = (chance(case, "a", "c", critical=0.9, peripheral=0.5, budget=0).value for case in (before, after))
    assert more >= less
    net = net_of((0b110, 0b100, 0), (0, 0, 0), 0, 7, (0.9, 0.5))
    both = draw_works(net, ("a", "b", "c"))
    assert spread(net, {**both, (0, 2): 0})[2] & ~spread(net, both)[2] == 0


def test_too_dense_a_map_is_sampled_by_itself() -> None:
    ids = [f"x{k}" for k in range(12)]
    ties = [f"{a} <=> {b}" for at, a in enumerate(ids) for b in ids[at + 1:]]
    found = chance(Case.of(actors=dict.fromkeys(ids, "agency"), ties=ties), "x0")
    assert [outcome.error is not None for outcome in found.outcomes] == [True, True]
    assert found.outcomes[0].expected > 10.9
    assert "10,240 samples" in str(found)
    assert set(found.table.column("how")) == {"10,240 samples"}
    again = chance(found.case, "x0")
    assert again == found
    assert chance(found.case, "x0", seed=2) != found


def test_news_that_goes_round_in_circles_comes_to_an_end() -> None:
    net = dense_net(5)
    told = spread(net, dict.fromkeys(net.arcs, 1), samples=1)
    assert told == [1] * 5
    assert list(bits(net.out[0])) == [1, 2, 3, 4]


def test_every_digit_is_the_same_on_every_python() -> None:
    """The plain sum of fractions, for one, is not the same on Python 3.11 and 3.12."""
    case, digest = reference_case("peter/both"), sha256()
    for start in case.ids:
        for budget in (8192, 0):
            digest.update(repr(chance(case, start, budget=budget).outcomes).encode())
    assert digest.hexdigest() == "c0c9ee837f189dbca3c37932d3756f20b9ac9899d45dd041d2e530c048701710"
