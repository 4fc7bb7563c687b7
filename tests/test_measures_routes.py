"""One route, one piece of news, one who leaves: against brute force, networkx and the reference values."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agencygraph.errors import InvalidError, UnknownNameError
from agencygraph.measures import readings
from agencygraph.measures.leaving import without
from agencygraph.measures.routes import route
from agencygraph.measures.spreading import spread
from agencygraph.model import Case
from agencygraph.scenarios import remove
from measured_cases import case_with, digraph_case, made_up, reference, reference_case, ties_of
from strategies import examples

quick = settings(max_examples=examples(60), deadline=None)
GRAPHS = list(reference("directed_extras")["graphs"])
MAPS = [(name, ties) for name in reference("expected_core") for ties in ("any", "firm")]
PETER = reference_case("peter/figure").replace(age=9)


def practitioners_of(case: Case) -> list[str]:
    return [actor.id for actor in case.actors if not actor.is_family]


def graph_of(case: Case, kept: list[str], firm: bool = False) -> nx.DiGraph:
    graph = nx.DiGraph()
    graph.add_nodes_from(kept)
    graph.add_edges_from((a, b) for tie in case.ties for a, b in tie.flows
                         if {a, b} <= set(kept) and (tie.is_critical or not firm))
    return graph


@pytest.mark.parametrize("name", GRAPHS)
def test_routes_of_small_digraphs(name: str) -> None:
    case, wanted = digraph_case(name), reference("directed_extras")["graphs"][name]
    for pair, essential in wanted["essential"].items():
        a, b = (f"a{end}" for end in pair.split(">"))
        found = route(case, a, b)
        assert found.steps == wanted["steps_professional_relays"][pair]
        assert sorted(found.essential) == sorted(f"a{id}" for id in essential or [])
    for pair, count in (wanted["independent_routes"] or {}).items():
        assert route(case, *(f"a{end}" for end in pair.split(">"))).independent == count


@pytest.mark.parametrize(("name", "ties"), MAPS)
def test_routes_of_the_study(name: str, ties: str) -> None:
    case, firm = reference_case(name), ties == "firm"
    for pair, wanted in reference("expected_core")[name][ties]["routes"].items():
        found = route(case, *pair.split("->"), firm=firm)
        assert (found.steps, found.independent) == (wanted["steps"], wanted["independent"])
        assert list(found.essential) == (wanted["essential"] or [])


@quick
@given(made_up(), st.booleans())
def test_networkx_gives_the_same_routes(made: Any, firm: bool) -> None:
    case, _ = made
    workers = practitioners_of(case)
    for a, b in combinations(case.ids, 2):
        graph = graph_of(case, list(dict.fromkeys([*workers, a, b])), firm)
        # Whoever of the family stands at an end passes nothing on.
        graph.remove_edges_from([(u, v) for u, v in graph.edges if v == a or u == b])
        found = route(case, a, b, firm=firm)
        assert found.independent == nx.node_connectivity(graph, a, b)
        assert (found.steps is not None) == nx.has_path(graph, a, b) == bool(found.path) == (not found.reason)
        inner = [id for id in workers if id not in (a, b)]
        cut = [id for id in inner if found.path and not nx.has_path(graph.subgraph([n for n in graph if n != id]), a, b)]
        assert sorted(found.essential) == sorted(cut)
        assert len(found.ties) == (found.steps or 0)
        assert (found.independent == 1) >= bool(found.essential)
        assert found.is_firm == bool(route(case, a, b, firm=True).path)


@quick
@given(made_up(), st.booleans())
def test_spread_is_the_reach_and_leaves_nobody_out(made: Any, firm: bool) -> None:
    case, _ = made
    for id in case.ids:
        found = spread(case, id, firm=firm)
        told = [who for ring in found.rounds for who in ring]
        assert sorted([*told, *found.never, *found.family_never, id]) == sorted(case.ids)
        for at, ring in enumerate(found.rounds, 1):
            assert all(route(case, id, who, firm=firm).steps == at for who in ring)
        times = [r.value for r in readings(case, "time to inform", firm=firm) if r.about == (id,)]
        assert [found.time] == times
        assert len(found.table) == len(case.ids) - 1


@quick
@given(made_up(), st.booleans())
def test_what_is_lost_is_what_the_map_without_the_one_lacks(made: Any, firm: bool) -> None:
    case, _ = made
    for id in case.ids:
        left, found = remove(case, id), without(case, id, firm=firm)
        graphs = [graph_of(which, practitioners_of(which), firm) for which in (case, left)]
        ways = [{(a, b) for a in graph for b in nx.descendants(graph, a)} for graph in graphs]
        assert set(found.pairs) == {pair for pair in ways[0] if id not in pair} - ways[1]
        assert found.of == sum(id not in pair for pair in ways[0])
        linked = [{end for pair in which for end in pair} for which in ways]
        assert set(found.cut_off) == linked[0] - linked[1] - {id}
        assert str(found)
        assert len(found.table) > 0 or len(left.ids) == 0


@quick
@given(made_up(based=False))
def test_on_symmetric_maps_single_points_are_cut_vertices_and_single_ties_bridges(made: Any) -> None:
    case, flows = made
    both = {pair: True for a, b in flows for pair in ((a, b), (b, a))}
    case = case.replace(ties=Case.of(actors=list(case.actors), ties=ties_of(both)).ties)
    graph = graph_of(case, practitioners_of(case)).to_undirected()
    cut = {r.about[0] for r in readings(case, "single points") if r.count}
    assert cut == set(nx.articulation_points(graph))
    ties = {frozenset(r.about) for r in readings(case, "single ties") if r.count}
    assert ties == {frozenset(edge) for edge in nx.bridges(graph)}


@quick
@given(made_up(), st.booleans())
def test_a_single_tie_is_missed_as_if_it_were_gone(made: Any, firm: bool) -> None:
    case, flows = made
    for r in readings(case, "single ties", firm=firm):
        assert set(r.ties) <= set(case.ties)
        gone = {pair: strength for pair, strength in flows.items() if pair not in r.ties[0].flows}
        less = case_with({a.id: {"kind": a.kind} for a in case.actors}, gone, [])
        ways = [{(a, b) for a in graph for b in nx.descendants(graph, a)}
                for graph in (graph_of(which, practitioners_of(case), firm) for which in (case, less))]
        assert set(r.pairs) == ways[0] - ways[1]
        assert r.of == len(ways[0])


def test_a_route_is_said_aloud() -> None:
    assert str(route(PETER, "senco", "ssd")).splitlines() == [
        "Education practitioner to Social care agency 1 (any tie): 2 hand-offs, "
        "Education practitioner → School → Social care agency 1.", "Critical ties alone give a route of 2 hand-offs.",
        "There is no way round School.", "There is no second, independent route."]
    back = route(PETER, "ssd", "senco")
    assert back.reason == "nobody who hears of it tells Education practitioner"
    assert "Only the child or the family could carry it: Social care agency 1 → Child → Education practitioner." in str(back)
    assert repr(back) == "Route(Social care agency 1 to Education practitioner: no route)"
    assert "<p><strong>Social care agency 1 to" in back._repr_html_()


def test_no_answer_shows_a_name_or_an_id_unless_it_is_asked_for() -> None:
    kinds = enumerate(("child", "school", "agency"))
    case = Case.of(actors={f"id_{k}": {"kind": kind, "name": f"Secret {k}"} for k, kind in kinds},
                   ties=["id_0 <=> id_1", "id_1 => id_2"])
    for names in (False, True):
        answers = (route(case, "id_1", "id_2", names=names), route(case, "id_2", "id_1", names=names),
                   spread(case, "id_0", names=names), without(case, "id_1", names=names))
        for answer in answers:
            words = f"{answer}{answer!r}{answer._repr_html_()}"
            assert "id_" not in words
            assert ("Secret" in words) is names
        assert "id_" not in answers[2].table.to_csv()


@pytest.mark.parametrize("ask", [lambda case: route(case, "school", "sds"), lambda case: spread(case, "sds"),
                                 lambda case: without(case, "sds")])
def test_a_mistyped_actor_gets_a_hint(ask: Any) -> None:
    with pytest.raises(UnknownNameError, match="Did you mean 'ssd'"):
        ask(PETER)


def test_a_route_needs_two_ends() -> None:
    with pytest.raises(InvalidError, match="name two different actors"):
        route(PETER, "school", "school")


def test_who_leaves_is_missed_by_name() -> None:
    found = without(reference_case("integration/both"), "practice_manager")
    assert (len(found.pairs), found.of, found.cut_off) == (10, 30, ("specialist_agencies",))
    assert "No lead would be named." in str(found)
    assert found.table.where(measure="islands")[0]["after"] == "2 of 6"
    nobody = without(PETER, "family_centre")
    assert "could still do so" in str(nobody)


def test_a_second_route_is_found_although_the_shortest_one_stands_in_its_way() -> None:
    ties = ["s => u", "u => v", "v => t", "u => x", "x => y", "y => t", "s => w", "w => z", "z => v"]
    case = Case.of(actors=dict.fromkeys("suvtxywz", "agency"), ties=ties)
    found = route(case, "s", "t")
    assert (found.path, found.independent, found.essential) == (("s", "u", "v", "t"), 2, ())
    assert "There are 2 independent routes" in str(found)
