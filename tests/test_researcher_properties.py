"""What must hold of the researcher measures on any network, whoever is on it and in whatever order."""

from __future__ import annotations

import itertools
import math
from fractions import Fraction

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agencygraph.flows import flows_of
from agencygraph.measures import QUESTIONS, measure, readings
from agencygraph.measures.betweenness import betweenness_of, layers_from
from agencygraph.measures.brokerage import ROLES, brokered_by, roles_of
from agencygraph.measures.census import distance_fragmentation_of, dyads_of, unreachable_of
from agencygraph.measures.centralization import betweenness_centralization_of, in_centralization_of, out_centralization_of
from agencygraph.measures.ei_index import count_ties_by_class, expected_ei_of
from agencygraph.measures.structural_holes import constraint_of, effective_size_of
from agencygraph.model import Case
from researcher_networks import Rows, arcs_of, case_of_rows, digraphs, moved
from strategies import examples

RESEARCHER = tuple(one for one in QUESTIONS.all() if one.id.startswith("R"))
NAMES = ("gould-fernandez roles", "e-i index", "in-degree centralization", "out-degree centralization",
         "betweenness centralization", "betweenness", "constraint", "effective size", "dyad census", "arc density",
         "edgewise reciprocity", "fragmentation")  # fmt: skip
KINDS = ("child", "parent", "family", "carer", "school", "agency", "practitioner")
few = settings(max_examples=examples(60), deadline=None)


def graph_of(rows: Rows) -> nx.DiGraph:
    graph = nx.DiGraph()
    graph.add_nodes_from(range(len(rows)))
    graph.add_edges_from(arcs_of(rows))
    return graph


def classes_for(rows: Rows) -> st.SearchStrategy[tuple[str, ...]]:
    return st.tuples(*[st.sampled_from(("", "health", "education", "social care"))] * len(rows))


@st.composite
def mixed_cases(draw: st.DrawFn) -> Case:
    """A case with family and practitioners, with and without sectors."""
    rows = draw(digraphs())
    kinds = draw(st.tuples(*[st.sampled_from(KINDS)] * len(rows)))
    return case_of_rows(rows, draw(classes_for(rows)), kinds)


def test_that_each_measure_has_its_question() -> None:
    assert sorted(one.name for one in RESEARCHER) == sorted(NAMES)


@few
@given(digraphs())
def test_betweenness_and_centralization_as_networkx_has_them(rows: Rows) -> None:
    theirs = nx.betweenness_centrality(graph_of(rows), normalized=False)
    assert all(math.isclose(ours, theirs[at], rel_tol=1e-9, abs_tol=1e-9) for at, ours in enumerate(betweenness_of(rows)))


@few
@given(digraphs(least=2))
def test_density_reciprocity_and_routes_as_networkx_has_them(rows: Rows) -> None:
    graph, dyads = graph_of(rows), dyads_of(rows)
    assert dyads.pairs == len(rows) * (len(rows) - 1) // 2
    assert math.isclose(dyads.arcs / (2 * dyads.pairs), nx.density(graph))
    if dyads.arcs:
        assert math.isclose(2 * dyads.mutual / dyads.arcs, nx.overall_reciprocity(graph))
    steps = dict(nx.all_pairs_shortest_path_length(graph))
    assert unreachable_of(rows) == 2 * dyads.pairs - sum(len(row) - 1 for row in steps.values())
    near = sum(Fraction(1, d) for row in steps.values() for d in row.values() if d)
    assert distance_fragmentation_of(rows) == float(1 - near / (2 * dyads.pairs))


@few
@given(digraphs())
def test_that_the_betweenness_of_all_counts_the_inner_steps_of_all_routes(rows: Rows) -> None:
    inner = sum((d - 1) * layer.bit_count() for start in range(len(rows)) for d, layer in enumerate(layers_from(rows, start)) if d)
    assert math.isclose(sum(betweenness_of(rows)), inner, abs_tol=1e-9)


@few
@given(st.data())
def test_that_the_order_of_the_actors_changes_nothing_at_all(data: st.DataObject) -> None:
    rows = data.draw(digraphs())
    order = data.draw(st.permutations(range(len(rows))))
    other = moved(rows, order)
    for score in (betweenness_of, constraint_of, effective_size_of):
        before, after = score(rows), score(other)
        assert [before[at] for at in order] == list(after)
    for number in (in_centralization_of, out_centralization_of, betweenness_centralization_of, dyads_of, unreachable_of,
                   distance_fragmentation_of):
        assert number(rows) == number(other)
    classes = data.draw(classes_for(rows))
    shuffled = [classes[at] for at in order]
    assert [roles_of(rows, classes)[at] for at in order] == list(roles_of(other, shuffled))
    assert count_ties_by_class(rows, classes) == count_ties_by_class(other, shuffled)
    assert expected_ei_of(classes) == expected_ei_of(shuffled)


@few
@given(st.data())
def test_that_roles_are_what_their_letters_say(data: st.DataObject) -> None:
    rows = data.draw(digraphs())
    classes = data.draw(classes_for(rows))
    wanted = {(a, v, b) for a, v, b in itertools.permutations(range(len(rows)), 3)
              if rows[a] >> v & 1 and rows[v] >> b & 1 and not rows[a] >> b & 1 and all(classes[at] for at in (a, v, b))}
    found = [(a, v, b, role) for v in range(len(rows)) for a, b, role in brokered_by(rows, classes, v)]
    assert len(found) == len(wanted)
    assert {(a, v, b) for a, v, b, _ in found} == wanted
    letters = {"AAA": "coordinator", "ABA": "consultant", "AAB": "representative", "ABB": "gatekeeper", "ABC": "liaison"}
    for a, v, b, role in found:
        own = [classes[at] for at in (a, v, b)]
        assert role == letters["".join("ABC"[list(dict.fromkeys(own)).index(one)] for one in own)]


@few
@given(st.data())
def test_that_the_expected_index_is_the_mean_over_all_dealings(data: st.DataObject) -> None:
    rows = data.draw(digraphs(most=6, least=2))
    classes = data.draw(st.tuples(*[st.sampled_from("ABC")] * len(rows)))
    tallies = [count_ties_by_class(rows, dealt) for dealt in itertools.permutations(classes)]
    if not tallies[0].ties:
        assert all(one.index is None for one in tallies)
        return
    mean = sum(Fraction(one.external - one.internal, one.ties) for one in tallies) / len(tallies)
    assert expected_ei_of(classes) == float(mean)


@few
@given(digraphs())
def test_what_bounds_the_measures(rows: Rows) -> None:
    tied = [bool(row | sum((other >> at & 1) << to for to, other in enumerate(rows))) for at, row in enumerate(rows)]
    for at, (held, size) in enumerate(zip(constraint_of(rows), effective_size_of(rows), strict=True)):
        contacts = sum(1 for to in range(len(rows)) if rows[at] >> to & 1 or rows[to] >> at & 1)
        assert (held is None) == (size is None) == (not tied[at])
        if held is not None and size is not None:
            # Least where each contact has the same share and none knows another; there is no highest value of use.
            assert held >= 1 / contacts - 1e-12
            assert 1 - 1e-12 <= size <= contacts + 1e-12
    for value in (in_centralization_of(rows), out_centralization_of(rows), betweenness_centralization_of(rows)):
        assert value is None or -1e-12 <= value <= 1 + 1e-12


@few
@given(mixed_cases())
def test_that_every_question_has_an_answer_or_a_reason(case: Case) -> None:
    for question in RESEARCHER:
        for firm in (False, True):
            for one in question.read(flows_of(case, firm=firm)):
                assert (one.value is None) == bool(one.reason)
                low, high = question.span or (0, None)
                assert one.value is None or (low - 1e-12 <= one.value and (high is None or one.value <= high + 1e-12))
    assert len(measure(case, *NAMES)) == 2 * sum(len(readings(case, name)) for name in NAMES)


@few
@given(mixed_cases())
def test_that_sectors_are_asked_of_practitioners_only(case: Case) -> None:
    family = {actor.id for actor in case.actors if actor.is_family}
    for one in (*readings(case, "gould-fernandez roles"), *readings(case, "e-i index")):
        assert family.isdisjoint(one.about)
        assert family.isdisjoint(id for pair in one.pairs for id in pair)


def test_that_the_family_counts_where_the_field_counts_everybody() -> None:
    case = case_of_rows((0b110, 0b001, 0b001), kinds=("child", "school", "agency"))
    assert [one.value for one in readings(case, "betweenness")] == [2.0, 0.0, 0.0]
    assert readings(case, "betweenness centralization")[0].value == 1.0
    assert readings(case, "arc density")[0].count == 4


def test_that_ties_with_an_unknown_sector_are_counted_and_said() -> None:
    case = case_of_rows((0b110, 0b000, 0b000), ("health", "education", ""))
    found = readings(case, "e-i index")[0]
    assert (found.value, found.count, found.of) == (1.0, 1, 1)
    assert found.words == "1 talking pair left out: a sector is not given"
    assert found.pairs == (("a0", "a1"),)
    assert found.ties == case.ties[:1]


def test_which_pairs_stand_behind_the_index_in_both_orders_where_both_tell() -> None:
    case = case_of_rows((0b0110, 0b0001, 0b0000, 0b0100), ("health", "education", "health", "education"))
    assert readings(case, "e-i index")[0].pairs == (("a0", "a1"), ("a1", "a0"), ("a3", "a2"))


@pytest.mark.parametrize(("name", "rows", "reason"), [
    ("betweenness centralization", (0b10, 0b01), "there are fewer than three actors on the map"),
    ("in-degree centralization", (0b0,), "there are fewer than two actors on the map"),
    ("out-degree centralization", (), "there are fewer than two actors on the map"),
    ("arc density", (0b0,), "there is no second actor on the map"),
    ("arc density", (0b00, 0b00), "the map has no ties"),
    ("edgewise reciprocity", (0b00, 0b00), "there are no flows to be returned"),
    ("fragmentation", (), "there is no second actor on the map"),
    ("e-i index", (0b10, 0b00), "fewer than two practitioners have a sector"),
    ("constraint", (0b0,), "the actor has no ties"),
    ("effective size", (0b0,), "the actor has no ties"),
    ("gould-fernandez roles", (0b10, 0b00), "the practitioner has no sector"),
])  # fmt: skip
def test_why_there_is_no_value(name: str, rows: Rows, reason: str) -> None:
    found = readings(case_of_rows(rows), name)
    assert found
    assert all(one.value is None and one.reason == reason for one in found)


def test_that_no_firm_tie_on_a_map_with_ties_is_an_answer() -> None:
    case = Case.of(actors={"school": "school", "gp": "agency", "police": "agency"}, ties=["school -> gp"])
    assert [readings(case, "arc density", firm=firm)[0].value for firm in (False, True)] == [1 / 6, 0.0]
    assert readings(case, "fragmentation", firm=True)[0].value == 1.0


def test_that_only_receiving_is_no_gap_in_structural_holes() -> None:
    rows = (0b0010, 0b0000, 0b0010, 0b0000)
    assert constraint_of(rows) == (1.0, 0.5, 1.0, None)
    assert effective_size_of(rows) == (1.0, 2.0, 1.0, None)


def test_the_roles_of_one_class_are_all_coordination() -> None:
    assert roles_of((0b010, 0b100, 0b000), "AAA") == ((0,) * 5, (1, 0, 0, 0, 0), (0,) * 5)
    assert ROLES[0] == "coordinator"
