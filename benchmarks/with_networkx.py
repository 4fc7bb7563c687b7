"""The meeting's questions, asked with plain networkx calls: what the library is compared with, and checked against."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import combinations
from types import MappingProxyType
from typing import TYPE_CHECKING

import networkx as nx

from agencygraph.model import Case

Numbers = list[float | None]
if TYPE_CHECKING:
    Graph = nx.DiGraph[str]


@dataclass(frozen=True, slots=True)
class Graphs:
    """A case as graphs: all flows; without those out of the family, who pass nothing on; and among practitioners only."""

    case: Case
    every: Graph
    relayed: Graph
    among: Graph
    workers: tuple[str, ...]
    units: tuple[tuple[str, ...], ...]


def graphs_of(case: Case) -> Graphs:
    """Return the graphs of a case. A unit is whoever shares a base."""
    every: Graph = nx.DiGraph()
    every.add_nodes_from(case.ids)
    every.add_edges_from(flow for tie in case.ties for flow in tie.flows)
    family = {actor.id for actor in case.actors if actor.is_family}
    relayed = every.copy()
    relayed.remove_edges_from([flow for flow in every.edges if flow[0] in family])
    workers = tuple(id for id in case.ids if id not in family)
    bases: dict[str, list[str]] = {}
    for actor in case.actors:
        if actor.id not in family:
            bases.setdefault(actor.based_at or actor.id, []).append(actor.id)
    return Graphs(case, every, relayed, every.subgraph(workers).copy(), workers, tuple(map(tuple, bases.values())))


def _routes(graph: Graph) -> int:
    return sum(len(nx.descendants(graph, at)) for at in graph)


def _tells(graphs: Graphs) -> Numbers:
    return [graphs.every.out_degree(id) for id in graphs.case.ids]


def _hears(graphs: Graphs) -> Numbers:
    return [graphs.every.in_degree(id) for id in graphs.case.ids]


def _front_doors(graphs: Graphs) -> Numbers:
    either = graphs.every.to_undirected()
    return [sum(other in graphs.workers for other in either[id]) for id in graphs.case.ids if id not in graphs.workers]


def _no_return(graphs: Graphs) -> Numbers:
    found: Numbers = []
    for unit in graphs.units:
        told = {to for at in unit for to in graphs.every.successors(at) if to not in unit and to in graphs.workers}
        found.append(sum(not any(graphs.every.has_edge(to, at) for at in unit) for to in told))
    return found


def _near(graphs: Graphs, graph: Graph) -> list[list[int | None]]:
    """Return for each unit the hand-offs from it to each practitioner outside."""
    steps = dict(nx.all_pairs_shortest_path_length(graph))
    return [[min((steps[at][to] for at in unit if to in steps[at]), default=None) for to in graphs.workers if to not in unit]
            for unit in graphs.units]


def _isolation(graphs: Graphs) -> Numbers:
    near = _near(graphs, graphs.relayed.reverse())
    return [1 - sum(1 / steps for steps in row if steps) / len(row) for row in near]


def _voice(graphs: Graphs) -> Numbers:
    return [sum(1 / steps for steps in row if steps) / len(row) for row in _near(graphs, graphs.relayed)]


def _hears_from(graphs: Graphs) -> Numbers:
    return [sum(steps is not None for steps in row) for row in _near(graphs, graphs.relayed.reverse())]


def _heard_by(graphs: Graphs) -> Numbers:
    return [sum(steps is not None for steps in row) for row in _near(graphs, graphs.relayed)]


def _route_split(graphs: Graphs) -> Numbers:
    among = _routes(graphs.among)
    anyhow = sum(len(nx.descendants(graphs.every, at) & set(graphs.workers)) for at in graphs.workers)
    size = len(graphs.workers)
    return [among, anyhow - among, size * (size - 1) - anyhow]


def _pairs_talking(graphs: Graphs) -> Numbers:
    return [graphs.among.to_undirected().number_of_edges()]


def _two_way(graphs: Graphs) -> Numbers:
    return [graphs.among.to_undirected(reciprocal=True).number_of_edges()]


def _islands(graphs: Graphs) -> Numbers:
    return [nx.number_weakly_connected_components(graphs.among)]


def _single_points(graphs: Graphs) -> Numbers:
    reached = {at: nx.descendants(graphs.among, at) for at in graphs.among}
    found: Numbers = []
    for gone in graphs.workers:
        less = graphs.among.copy()
        less.remove_node(gone)
        found.append(sum(len(reached[at] - {gone}) for at in less) - _routes(less))
    return found


def _single_ties(graphs: Graphs) -> Numbers:
    routes, found = _routes(graphs.among), Numbers()
    for tie in graphs.case.ties:
        if tie.source in graphs.among and tie.target in graphs.among:
            less = graphs.among.copy()
            less.remove_edges_from(tie.flows)
            found.append(routes - _routes(less))
    return found


# For each question of the library: how networkx is asked, and in which readings the same numbers stand.
QUESTIONS: Mapping[str, tuple[Callable[[Graphs], Numbers], str, str]] = MappingProxyType({
    "tells": (_tells, "count", "other actors"), "hears": (_hears, "count", "other actors"),
    "front doors": (_front_doors, "count", "practitioners"), "no return": (_no_return, "count", ""),
    "isolation": (_isolation, "value", ""), "voice": (_voice, "value", ""), "hears from": (_hears_from, "count", ""),
    "heard by": (_heard_by, "count", ""), "route split": (_route_split, "count", ""),
    "pairs talking": (_pairs_talking, "count", "all pairs"), "two-way pairs": (_two_way, "count", "all pairs"),
    "islands": (_islands, "value", ""), "single points": (_single_points, "count", ""), "single ties": (_single_ties, "count", ""),
})  # fmt: skip


def routes_after_each(graphs: Graphs) -> dict[tuple[str, str], int]:
    """Return how many more routes each missing flow would open, every map with one more flow searched anew."""
    now, found = _routes(graphs.among), {}
    for a, b in combinations(graphs.workers, 2):
        for flow in ((a, b), (b, a)):
            if not graphs.among.has_edge(*flow):
                more = graphs.among.copy()
                more.add_edge(*flow)
                found[flow] = _routes(more) - now
    return found
