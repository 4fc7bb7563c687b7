"""What the measures must keep on any map whatever."""

from __future__ import annotations

from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agencygraph.flows import bits, flows_of, shortest_route
from agencygraph.measures import QUESTIONS, measure, readings
from agencygraph.model import Case
from measured_cases import assert_conforms, case_with, made_up, ties_of
from strategies import examples

CASES = made_up()
OPTIONS = st.fixed_dictionaries({"firm": st.booleans(), "unit": st.sampled_from(["team", "base", "actor"]),
                                 "relay": st.sampled_from(["practitioners", "anyone"])})
quick = settings(max_examples=examples(60), deadline=None)


def graph_of(case: Case, firm: bool = False) -> nx.DiGraph:
    graph = nx.DiGraph()
    graph.add_nodes_from(case.ids)
    graph.add_edges_from(flow for tie in case.ties for flow in tie.flows if tie.is_critical or not firm)
    return graph


def steps_of(case: Case, firm: bool, relay: str) -> dict[tuple[str, str], int]:
    """Fewest hand-offs by networkx: for each start, on the graph without the flows out of others who may not relay."""
    graph, steps = graph_of(case, firm), {}
    for start in case.ids:
        barred = [a.id for a in case.actors if a.is_family and a.id != start and relay != "anyone"]
        kept = graph.edge_subgraph([edge for edge in graph.edges if edge[0] not in barred]).copy()
        kept.add_nodes_from(case.ids)
        steps |= {(start, to): d for to, d in nx.single_source_shortest_path_length(kept, start).items() if to != start}
    return steps


@quick
@given(CASES, OPTIONS)
def test_every_measure_answers_every_map_within_its_span(made: Any, options: dict[str, Any]) -> None:
    case, _ = made
    for question in QUESTIONS.all():
        assert_conforms(question, case, options)


@quick
@given(CASES, OPTIONS)
def test_networkx_gives_the_same_hand_offs(made: Any, options: dict[str, Any]) -> None:
    case, _ = made
    steps = steps_of(case, options["firm"], options["relay"])
    workers = [a.id for a in case.actors if not a.is_family]
    for r in readings(case, "isolation", **options):
        outside = [id for id in workers if id not in r.about]
        near = [min((steps[u, b] for b in r.about if (u, b) in steps), default=0) for u in outside]
        if outside:
            assert r.value == pytest.approx(1 - sum(1 / d for d in near if d) / len(outside), abs=1e-9)
            assert r.who == tuple(u for u, d in zip(outside, near, strict=True) if not d)
        else:
            assert r.value is None
    for r in readings(case, "who knows when", **options):
        for id in r.who:
            assert (r.detail == "never") == ((r.about[0], id) not in steps)
            assert r.detail == "never" or r.detail.split()[1] == str(steps[r.about[0], id])
    flows = flows_of(case, **options)
    for a in case.ids:
        for b in case.ids:
            route = shortest_route(flows, flows.mask([a]), flows.mask([b])) if a != b else ()
            assert len(route) == (steps[a, b] + 1 if (a, b) in steps else 0)
            flows.ties_along(route)


@quick
@given(CASES, st.booleans())
def test_networkx_gives_the_same_ties(made: Any, firm: bool) -> None:
    case, _ = made
    graph = graph_of(case, firm)
    for name, degrees in (("tells", graph.out_degree), ("hears", graph.in_degree)):
        assert {r.about[0]: r.count for r in readings(case, name, firm=firm) if r.detail == "other actors"} == dict(degrees)
    among = graph.subgraph([a.id for a in case.actors if not a.is_family])
    talking = readings(case, "pairs talking", firm=firm)
    assert talking[0].count == among.to_undirected().number_of_edges()
    assert (talking[0].count, talking[0].of) == tuple(sum(getattr(r, part) or 0 for r in talking[1:]) for part in ("count", "of"))
    assert readings(case, "two way pairs", firm=firm)[0].count == among.to_undirected(reciprocal=True).number_of_edges()
    everywhere = {(a, b) for a in among for b in nx.descendants(graph, a) if b in among}
    inside = {(a, b) for a in among for b in nx.descendants(among, a)}
    split = {r.detail: r for r in readings(case, "route split", firm=firm)}
    assert split["professional"].count == len(inside)
    assert set(split["only via family"].pairs) == everywhere - inside


@quick
@given(CASES, OPTIONS)
def test_the_route_split_sums_to_all_ordered_pairs(made: Any, options: dict[str, Any]) -> None:
    case, _ = made
    n = sum(not a.is_family for a in case.actors)
    assert sum(r.count or 0 for r in readings(case, "route split", **options)) == n * (n - 1)


@quick
@given(CASES, OPTIONS, st.data())
def test_one_more_flow_never_harms(made: Any, options: dict[str, Any], data: st.DataObject) -> None:
    case, flows = made
    missing = [(a, b) for a in case.ids for b in case.ids if a != b and (a, b) not in flows]
    if not missing:
        return
    added = flows | {data.draw(st.sampled_from(missing)): True}
    more = case.replace(ties=Case.of(actors=list(case.actors), ties=ties_of(added)).ties)
    for name, sign in (("hears from", 1), ("heard by", 1), ("voice", 1), ("isolation", -1), ("pairs talking", 1)):
        for before, after in zip(readings(case, name, **options), readings(more, name, **options), strict=True):
            if before.value is not None:
                assert sign * ((after.value or 0) - before.value) >= -1e-12, name


@quick
@given(CASES, OPTIONS)
def test_reversing_every_flow_swaps_hearing_and_being_heard(made: Any, options: dict[str, Any]) -> None:
    case, flows = made
    back = case.replace(ties=Case.of(actors=list(case.actors), ties=ties_of({(b, a): s for (a, b), s in flows.items()})).ties)
    for name, other in (("hears from", "heard by"), ("heard by", "hears from"), ("tells", "hears")):
        assert [(r.about, r.count, r.who) for r in readings(case, name, **options)] == [
            (r.about, r.count, r.who) for r in readings(back, other, **options)]
    for one, two in zip(readings(case, "isolation", **options), readings(back, "voice", **options), strict=True):
        assert one.value == (None if two.value is None else pytest.approx(1 - two.value, abs=1e-12))


@quick
@given(CASES, OPTIONS, st.randoms(use_true_random=False))
def test_other_ids_in_another_order_change_no_number(made: Any, options: dict[str, Any], random: Any) -> None:
    case, flows = made
    new = {id: f"y{k}" for k, id in enumerate(random.sample(case.ids, len(case.ids)))}
    order = random.sample(case.actors, len(case.actors))
    actors = {new[a.id]: {"kind": a.kind, "lead": a.lead, "based_at": new.get(a.based_at, "")} for a in order}
    teams = [{"name": team.name, "members": [new[m] for m in team.members]} for team in case.teams]
    pairs = random.sample(sorted(flows), len(flows))
    other = case_with(actors, {(new[a], new[b]): flows[a, b] for a, b in pairs}, teams)
    for question in QUESTIONS.all():
        found = [sorted((sorted(map(str, about)), r.detail, str(r.value), str(r.count), str(r.of), r.words, sorted(who))
                        for r in readings(which, question.name, **options)
                        for about, who in [(names(r.about), names(r.who))])
                 for which, names in ((case, lambda ids: [new.get(id, id) for id in ids]), (other, list))]
        assert found[0] == found[1], question.name


@quick
@given(CASES)
def test_units_part_the_practitioners(made: Any) -> None:
    case, _ = made
    flows = flows_of(case)
    for at in bits(flows.practitioners):
        assert flows.units[at] >> at & 1
        assert all(flows.units[other] == flows.units[at] for other in bits(flows.units[at]))


@quick
@given(CASES)
def test_tables_show_no_id_and_no_name(made: Any) -> None:
    case, _ = made
    case = case.replace(name="Secret case", actors=tuple(
        type(a)(a.id, a.kind, name=f"Secret {a.id}", based_at=a.based_at, lead=a.lead) for a in case.actors))
    text = measure(case).to_csv()
    assert "ecret" not in text
    assert not any(f"x{k}" in text for k in range(8))
    assert not case.actors or "Secret x0" in measure(case, names=True).to_csv()


def test_the_questions_of_a_meeting_are_all_there() -> None:
    assert {f"M{number}" for number in (*range(1, 10), 11, 12)} <= {QUESTIONS.get(name).id for name in QUESTIONS.names()}
