"""The sum over states, against enumeration, closed forms and worked fractions."""

from __future__ import annotations

import itertools
import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agencygraph.flows import bits
from agencygraph.measures.chance import chance
from agencygraph.measures.state_sum import Net, find_importance, net_of, sum_states
from measured_cases import digraph_case, number, reference
from strategies import examples

quick = settings(max_examples=examples(80), deadline=None)
CLOSED = json.loads((Path(__file__).parent / "reference/chance/closed_forms.json").read_text("utf-8"))
WORKED = [name for name, graph in reference("directed_extras")["graphs"].items() if "reliability" in graph]
Rows = tuple[int, ...]


@st.composite
def nets(draw: st.DrawFn, most: int = 12) -> tuple[Net, int]:
    """A net of up to six actors and so many flows, each with its own chance; and whom to ask for."""
    size = draw(st.integers(1, 6))
    pairs = [(a, b) for a in range(size) for b in range(size) if a != b]
    arcs = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=most)) if pairs else []
    relays, start = draw(st.integers(0, 2**size - 1)), draw(st.integers(0, size - 1))
    out = tuple(sum(1 << b for a, b in arcs if a == at) for at in range(size))
    net = net_of(out, out, start, relays, (0.5, 0.5))
    chances = st.floats(0, 1) | st.sampled_from([0.0, 1.0])
    odds = tuple({to: draw(chances) for to in bits(row)} for row in net.out)
    return Net(start, net.out, net.into, odds), draw(st.integers(0, 2**size - 1)) & ~(1 << start)


def enumerated(net: Net) -> list[float]:
    """Every actor's chance from all 2^m ways in which the flows may work or fail."""
    arcs, found = list(net.arcs), [0.0] * len(net.out)
    for works in itertools.product((False, True), repeat=len(arcs)):
        weight, known, telling = 1.0, {net.start}, [net.start]
        for (at, to), working in zip(arcs, works, strict=True):
            weight *= net.odds[at][to] if working else 1 - net.odds[at][to]
        while telling:
            at = telling.pop()
            new = {to for (source, to), working in zip(arcs, works, strict=True) if working and source == at} - known
            known |= new
            telling += sorted(new)
        for at in known:
            found[at] += weight
    return found


def summed(net: Net, wanted: int) -> dict[int, float]:
    found = sum_states(net, wanted)
    assert found is not None
    return dict(found.chances)


def with_odds(net: Net, arc: tuple[int, int], value: float) -> Net:
    odds = [dict(row) for row in net.odds]
    odds[arc[0]][arc[1]] = value
    return Net(net.start, net.out, net.into, tuple(odds))


@quick
@given(nets())
def test_the_sum_over_states_equals_full_enumeration(made: tuple[Net, int]) -> None:
    net, wanted = made
    every = enumerated(net)
    found = summed(net, wanted)
    assert list(found) == list(bits(wanted))
    assert found == pytest.approx({at: every[at] for at in found}, abs=1e-9)
    assert all(0 <= value <= 1 for value in found.values())


@quick
@given(nets())
def test_importance_is_always_working_less_never_working(made: tuple[Net, int]) -> None:
    net, wanted = made
    result = sum_states(net, wanted)
    assert result is not None
    slopes = find_importance(result)
    assert list(slopes) == list(net.arcs)
    for arc, slope in slopes.items():
        always, never = (sum(summed(with_odds(net, arc, value), wanted).values()) for value in (1.0, 0.0))
        assert slope == pytest.approx(always - never, abs=1e-9)
        assert slope >= -1e-12


@quick
@given(nets(), st.data())
def test_one_more_flow_never_lowers_a_chance(made: tuple[Net, int], data: st.DataObject) -> None:
    net, wanted = made
    size = len(net.out)
    missing = [(a, b) for a in range(size) for b in range(size) if a != b and b != net.start and not net.out[a] >> b & 1]
    if not missing:
        return
    at, to = data.draw(st.sampled_from(missing))
    out = tuple(row | 1 << to if one == at else row for one, row in enumerate(net.out))
    into = tuple(row | 1 << at if one == to else row for one, row in enumerate(net.into))
    odds = tuple({**row, to: 0.5} if one == at else row for one, row in enumerate(net.odds))
    more, less = summed(Net(net.start, out, into, odds), wanted), summed(net, wanted)
    assert all(more[one] >= less[one] - 1e-12 for one in less)


@quick
@given(nets(most=30), st.randoms(use_true_random=False))
def test_other_numbers_for_the_actors_change_no_chance(made: tuple[Net, int], random: Any) -> None:
    net, wanted = made
    new = random.sample(range(len(net.out)), len(net.out))
    out, into, odds = [0] * len(new), [0] * len(new), [dict[int, float]() for _ in new]
    for at, to in net.arcs:
        out[new[at]] |= 1 << new[to]
        into[new[to]] |= 1 << new[at]
        odds[new[at]][new[to]] = net.odds[at][to]
    other = Net(new[net.start], tuple(out), tuple(into), tuple(odds))
    asked = sum(1 << new[at] for at in bits(wanted))
    assert summed(other, asked) == pytest.approx({new[at]: value for at, value in summed(net, wanted).items()}, abs=1e-12)


@quick
@given(nets(most=30))
def test_who_else_is_asked_for_makes_no_difference(made: tuple[Net, int]) -> None:
    net, wanted = made
    together = summed(net, wanted)
    assert {at: summed(net, 1 << at)[at] for at in together} == pytest.approx(together, abs=1e-12)


@pytest.mark.parametrize("form", CLOSED, ids=lambda form: f"{form['name']}, p {form['p']}")
def test_closed_forms(form: dict[str, Any]) -> None:
    out: Rows = tuple(sum(1 << b for a, b in form["flows"] if a == at) for at in range(form["n"]))
    p, goal = float(Fraction(form["p"])), form["n"] - 1
    assert summed(net_of(out, out, 0, -1, (p, 0.0)), 1 << goal)[goal] == pytest.approx(number(form["chance"]), abs=1e-12)


@pytest.mark.parametrize("name", WORKED)
@pytest.mark.parametrize("relay", ["practitioners", "anyone"])
def test_fractions_worked_by_brute_force(name: str, relay: str) -> None:
    graph, case = reference("directed_extras")["graphs"][name], digraph_case(name)
    worked = graph["reliability"]
    wanted = worked["any_relays" if relay == "anyone" else "professional_relays"]
    odds = {"critical": number(worked["p_critical"]), "peripheral": number(worked["p_peripheral"])}
    for a, b in itertools.permutations(range(1, graph["n"] + 1), 2):
        found = chance(case, f"a{a}", f"a{b}", relay=relay, **odds)
        assert found.value == pytest.approx(number(wanted.get(f"{a}>{b}", "0")), abs=1e-9)
        assert found.outcomes[0].error is None


@pytest.mark.parametrize("name", WORKED)
def test_expected_audience_worked_by_brute_force(name: str) -> None:
    case, worked = digraph_case(name), reference("directed_extras")["graphs"][name]["reliability"]
    workers = [actor.id for actor in case.actors if not actor.is_family]
    for start, audience in worked["expected_professional_audience"].items():
        if set(workers) - {f"a{start}"}:
            assert chance(case, f"a{start}", critical=0.9, peripheral=0.5).value == pytest.approx(number(audience), abs=1e-9)


@pytest.mark.parametrize("budget", [0, 1, 5, 50])
def test_a_budget_is_kept(budget: int) -> None:
    everyone = (1 << 6) - 1
    dense = tuple(everyone & ~(1 << at) for at in range(6))
    net = net_of(dense, dense, 0, everyone, (0.9, 0.5))
    assert sum_states(net, everyone & ~1, budget) is None
    full = sum_states(net, everyone & ~1)
    assert full is not None
    assert len(full.steps) > 50
    assert sum_states(net, everyone & ~1, len(full.steps)) == full
    assert sum_states(net, everyone & ~1, len(full.steps) - 1) is None
