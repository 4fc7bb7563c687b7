"""Both kernels, the measures of a single case and networkx give the same numbers."""

from __future__ import annotations

import math
from collections import Counter
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings

from agencygraph import testing
from agencygraph.batch import kernels, measure_caseload, plain
from agencygraph.batch.slots import Answers
from agencygraph.caseloads.generator import make_columns
from agencygraph.caseloads.rows import cases_of, columns_of
from agencygraph.errors import InvalidError, UnknownNameError
from agencygraph.flows import flows_of
from agencygraph.measures import readings
from agencygraph.measures.chance import chance
from agencygraph.measures.questions import Reading
from agencygraph.model import Case, Caseload
from measured_cases import made_up
from strategies import examples

SETTINGS = kernels.SETTINGS
CLOSE = 1e-12
MAP_ANSWERS = (
    # column, total column, question, detail
    ("pairs_talking", "pairs", "pairs talking", "all pairs"),
    ("pairs_talking_between", "pairs_between", "pairs talking", "between units"),
    ("two_way_pairs", "pairs_talking", "two way pairs", "all pairs"),
    ("two_way_pairs_between", "pairs_talking_between", "two way pairs", "between units"),
    ("routes_professional", None, "route split", "professional"),
    ("routes_via_family", None, "route split", "only via family"),
    ("islands", "practitioners", "islands", ""),
    ("linked_pairs", "pairs", "connectedness", ""),
)  # fmt: skip
SCHOOL_ANSWERS = (
    ("school_told", "no return", "of"), ("school_no_return", "no return", "count"), ("school_thin_return", "thin return", "count"),
    ("school_outside", "hears from", "of"), ("school_hears_from", "hears from", "count"), ("school_heard_by", "heard by", "count"),
    ("school_isolation", "isolation", "value"), ("school_voice", "voice", "value"),
)  # fmt: skip


def assert_same(one: Answers, other: Answers) -> None:
    assert np.array_equal(one.ints, other.ints)
    assert np.array_equal(one.unsolved, other.unsolved)
    for name in ("fractions", "units", "chances", "errors"):
        assert np.allclose(getattr(one, name), getattr(other, name), rtol=0, atol=CLOSE, equal_nan=True), name


def check_row(row: dict[str, Any], case: Case) -> None:
    """Compare a row of the table with the answers of the measures to the same case."""
    for ties in ("any", "firm"):
        own = {name.removesuffix(f"_{ties}"): value for name, value in row.items()}
        _check_map(own, case, ties == "firm")
        _check_people(own, case, ties == "firm")
        _check_school(own, case, ties == "firm")


def _check_map(own: dict[str, Any], case: Case, firm: bool) -> None:
    for count, total, name, detail in MAP_ANSWERS:
        found = next(r for r in readings(case, name, firm=firm) if r.detail == detail)
        assert own[count] == found.count, count
        assert total is None or own[total] == found.of
    for name, share in (("messenger share", "messenger_share"), ("connectedness", "connectedness")):
        assert_close(own[share], readings(case, name, firm=firm)[0].value)
    shares = {r.detail: r.value for r in readings(case, "pairs talking", firm=firm)}
    assert_close(own["pairs_talking_share"], shares["all pairs"])
    assert_close(own["pairs_talking_between_share"], shares["between units"])
    links = [r for r in readings(case, "sector links", firm=firm) if r.about[0] != r.about[1]]
    assert (own["sector_cells"], own["sector_cells_used"]) == (len(links), sum(bool(r.count) for r in links))
    assert own["alone"] == len(readings(case, "islands", firm=firm)[0].who)


def _check_people(own: dict[str, Any], case: Case, firm: bool) -> None:
    points = readings(case, "single points", firm=firm)
    worst = max(points, key=lambda r: r.count or 0, default=None)
    assert own["single_points"] == sum(bool(r.count) for r in points)
    if worst is not None and worst.count:
        assert (case.ids[own["single_point"]], own["single_point_lost"], own["single_point_of"]) == (
            worst.about[0], worst.count, worst.of)
    ties = [r.count or 0 for r in readings(case, "single ties", firm=firm)]
    assert (own["single_ties"], own["single_tie_lost"]) == (sum(map(bool, ties)), max(ties, default=0))
    workers = {actor.id for actor in case.actors if not actor.is_family}
    statuses = Counter(r.words.partition(" (")[0] for r in readings(case, "loop status", firm=firm) if r.about[0] in workers)
    assert own["absent"] == statuses["absent"]
    words = {"loop_in": "in the loop", "loop_not_told": "tells, is not told", "loop_not_heard": "told, is not heard",
             "loop_cut_off": "cut off"}  # fmt: skip
    for name, word in words.items():
        assert own[name] == (statuses[word] if case.leads else None), name
    if case.leads:
        assert own["loop_thin"] == sum("(thinly" in r.words for r in readings(case, "loop status", firm=firm)
                                       if r.about[0] in workers)
    doors = {(r.about[0], r.detail): r.count for r in readings(case, "front doors", firm=firm)}
    child = next((actor.id for actor in case.actors if actor.kind == "child"), None)
    for name, detail in (("child_doors", "practitioners"), ("child_unit_doors", "units"),
                         ("child_two_way_doors", "practitioners, both ways")):
        assert own[name] == doors.get((child, detail))
    assert own["family_no_door"] == sum(not count for (_, detail), count in doors.items() if detail == "practitioners")


def _check_school(own: dict[str, Any], case: Case, firm: bool) -> None:
    school = next((actor.id for actor in case.actors if actor.kind == "school"), None)
    if school is None:
        assert {value for name, value in own.items() if name.startswith("school_")} <= {None, ""}
        return
    for column, name, part in SCHOOL_ANSWERS:
        found: Reading = next(r for r in readings(case, name, firm=firm) if school in r.about)
        assert_close(own[column], getattr(found, part))
    status = next(r.words for r in readings(case, "loop status", firm=firm) if r.about == (school,))
    assert own["school_status"] == status.partition(" (")[0]
    informed = next(r for r in readings(case, "time to inform", firm=firm) if r.about == (school,))
    assert (own["school_knows"], own["school_hand_offs"]) == (informed.count, informed.value)
    told = next(r for r in readings(case, "tells", firm=firm) if r.about == (school,) and r.detail == "other practitioners")
    assert own["school_tells"] == told.count


def assert_close(one: float | None, other: float | None) -> None:
    assert (one is None) == (other is None)
    assert one is None or other is None or abs(one - other) <= CLOSE


def test_the_kernels_agree_on_hundreds_of_made_up_cases() -> None:
    cases = make_columns(0, 400, seed=11)
    assert_same(kernels.answer(cases, SETTINGS, "plain"), kernels.answer(cases, SETTINGS, "compiled", threads=2))


@pytest.mark.parametrize("kernel", ["plain", "compiled"])
def test_every_column_is_what_the_measures_say_of_the_case(kernel: str) -> None:
    for arrangement in ("collaboration", "integration"):
        load = testing.caseload(25, seed=5, arrangement=arrangement)
        for row, case in zip(measure_caseload(load, kernel=kernel), load, strict=True):
            check_row(row, case)


@settings(max_examples=examples(60), deadline=None)
@given(made_up(most=9))
def test_any_map_whatever_is_measured_as_a_single_case_is(made: Any) -> None:
    case = made[0]
    found = [measure_caseload(Caseload((case,)), kernel=kernel)[0] for kernel in ("plain", "compiled")]
    check_row(found[1], case)
    for name, value in found[0].items():
        if isinstance(value, float):
            assert_close(value, found[1][name])  # type: ignore[arg-type]
        else:
            assert value == found[1][name], name


def test_chances_are_those_of_a_single_case() -> None:
    load = testing.caseload(15, seed=9, arrangement="integration")
    for row, case in zip(measure_caseload(load), load, strict=True):
        school = next(actor.id for actor in case.actors if actor.kind == "school")
        lead = next((id for id in case.leads if id != school), None)
        for at, outcome in enumerate(chance(case, school).outcomes):
            name = ("90_50", "70_30")[at]
            assert abs(row[f"audience_{name}"] - outcome.expected) <= CLOSE
            expected = next((one.chance for one in outcome.arrivals if one.who == lead), None)
            assert_close(row[f"chance_lead_{name}"], expected)
            assert row[f"audience_{name}_error"] == outcome.error


def test_networkx_counts_the_same() -> None:
    load = testing.caseload(60, seed=2)
    for row, case in zip(measure_caseload(load, settings=()), load, strict=True):
        graph = nx.DiGraph()
        graph.add_nodes_from(case.ids)
        graph.add_edges_from(flow for tie in case.ties if tie.status != "unknown" for flow in tie.flows)
        workers = graph.subgraph([actor.id for actor in case.actors if not actor.is_family])
        reached = {(a, b) for a in workers for b in nx.descendants(workers, a)}
        assert row["flows_any"] == graph.number_of_edges()
        assert row["pairs_talking_any"] == workers.to_undirected().number_of_edges()
        assert row["islands_any"] == nx.number_weakly_connected_components(workers)
        assert row["routes_professional_any"] == len(reached)
        anyhow = {(a, b) for a in workers for b in nx.descendants(graph, a) if b in workers}
        assert row["routes_via_family_any"] == len(anyhow - reached)


def test_past_the_budget_both_kernels_sample_with_a_standard_error() -> None:
    cases = make_columns(0, 40, seed=3)
    one, other = (kernels.answer(cases, SETTINGS, kernel, budget=12) for kernel in ("plain", "compiled"))
    assert_same(one, other)
    exact = kernels.answer(cases, SETTINGS, "compiled")
    assert 0 < one.unsolved.sum() < 40
    far = np.abs(one.chances - exact.chances)[one.unsolved]
    error = one.errors[one.unsolved]
    assert np.nanmax(far / np.where(error > 0, error, np.nan)) < 5
    assert np.isnan(exact.errors).all()


def test_sampled_chances_are_those_of_chance() -> None:
    load = Caseload(tuple(cases_of(make_columns(1, 40, seed=3, step=2))))
    columns = columns_of(load)
    found = kernels.answer(columns, ((0.9, 0.5),), "compiled", budget=12)
    row = int(found.unsolved.nonzero()[0][0])
    case = load[row]
    outcome = chance(case, case.ids[1], critical=0.9, peripheral=0.5, budget=12).outcomes[0]
    assert (found.chances[row, 0], found.errors[row, 0]) == (outcome.expected, outcome.error)


def test_the_largest_row_fills_no_sign_bit() -> None:
    actors = {"child": "child", "school": "school"} | {f"a{k}": "agency" for k in range(58)}
    ties = [f"a{k} => a{k + 1}" for k in range(57)] + ["school => a0", "a57 => school", "child <=> a57"]
    columns = columns_of([Case.of(actors=actors, ties=ties)])
    both = [kernels.answer(columns, SETTINGS, kernel) for kernel in ("plain", "compiled")]
    assert_same(*both)
    assert math.isclose(both[0].chances[0, 0], sum(0.9**k for k in range(1, 59)), abs_tol=1e-9)


def test_flows_named_by_the_plain_kernel_are_those_of_the_case() -> None:
    case = testing.caseload(1, seed=8)[0]
    flows, rows = flows_of(case), plain.rows_of(columns_of([case]), 0)
    assert (rows.out, rows.into, rows.critical, rows.units) == (flows.out, flows.into, flows.critical, flows.units)


@pytest.mark.parametrize(("options", "error"), [
    ({"settings": [(0.9, 1.5)]}, InvalidError), ({"settings": [(0.9,)]}, InvalidError), ({"kernel": "quick"}, UnknownNameError),
    ({"settings": [(0.9, 0.5)] * 2}, InvalidError), ({"jobs": 0}, InvalidError),
])
def test_a_wrong_option_is_refused(options: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        measure_caseload(testing.caseload(1), **options)


def test_processes_and_threads_give_the_same_table() -> None:
    load = testing.caseload(501, seed=6)
    tables = [measure_caseload(load, settings=(), kernel=kernel, jobs=jobs) for kernel, jobs in (("plain", 2), ("compiled", 2))]
    assert tables[0] == tables[1] == measure_caseload(load, settings=(), kernel="plain")


def test_the_kept_machine_code_is_stamped_with_every_module_it_is_made_of() -> None:
    """Numba sees changes in the outermost function only; a module that the stamp forgets would go on running old code."""
    import re

    from agencygraph.batch import compiled

    for name in compiled._SOURCES:
        if ".compiled" not in name:
            continue
        text = Path(compiled.__file__).with_name(f"{name.rpartition('.')[2]}.py").read_text(encoding="utf-8")
        used = set(re.findall(r"^from (agencygraph\.\S+) import", text, re.MULTILINE)) - {"agencygraph.measures.state_sum"}
        assert used <= set(compiled._SOURCES), name
