"""One linked network of millions of ties against networkx: reach, islands, brokers, and the memory that each takes.

Usage: python -m benchmarks.caseload_network [ties [ties for networkx [starts for networkx]]]

For reach networkx searches the same network from two starts, and its time is scaled to all starts, each of which it searches
anew. For the rest it works on a smaller network of the same make, and its time is scaled to the flows of the large one: it looks
at each flow once, so this is what it would take at best. Where igraph is installed it is timed as well.
"""

from __future__ import annotations

import importlib.util
import re
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np

from agencygraph.linkage import LinkedNetwork, Reach, brokers_of, islands_of, link_flows, reach_of
from agencygraph.linkage.network import ends_of
from benchmarks.caseload_goals import Goal

STARTS = 64
QUICK = (20_000, 5_000, 2)


def made_up(ties: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """A partnership of one actor to five ties: four ties in five within a neighbourhood, one anywhere; every fifth a family."""
    dice, actors = np.random.default_rng(1), ties // 5
    source = dice.integers(0, actors, ties)
    near = (source + dice.integers(1, 200, ties)) % actors
    target = np.where(dice.random(ties) < 0.8, near, dice.integers(0, actors, ties))
    kinds = np.where(np.arange(actors) % 5 == 4, 3, 6)
    return ({"source": source, "target": target},
            {"key": np.arange(actors), "kind": kinds, "sector": dice.integers(1, 6, actors)})  # fmt: skip


def by_networkx(network: LinkedNetwork) -> nx.DiGraph:
    """The same network as a careful user of networkx keeps it: flows from the family are left out, as they are not passed on."""
    graph = nx.DiGraph()
    graph.add_nodes_from(range(len(network)))
    source, target = ends_of(network.out), network.out.ends
    kept = source < network.relays
    graph.add_edges_from(zip(source[kept].tolist(), target[kept].tolist(), strict=True))
    return graph


def processor(work: object) -> tuple[float, object]:
    """How long some work keeps the processor busy, the shorter of two runs, and what it finds."""
    best, found = float("inf"), None
    for _ in range(2):
        start = time.process_time()
        found = work()  # type: ignore[operator]
        best = min(best, time.process_time() - start)
    return best, found


def run(ties: int = 5_000_000, compared: int = 500_000, searched: int = 2) -> list[Goal]:
    large, small = (link_flows(*made_up(count)) for count in (ties, compared))
    graph, scale = by_networkx(small), large.flows / small.flows
    size = f"{ties:,} ties"
    part = f"{size}, networkx scaled from {compared:,}"
    return [*_memory(ties), *_islands(large, small, graph, scale, part), *_brokers(large, small, graph, scale, part),
            *_reach(large, searched, size)]


def _reach(large: LinkedNetwork, searched: int, size: str) -> list[Goal]:
    took, found = processor(lambda: reach_of(large, sample=STARTS))
    assert isinstance(found, Reach)
    few, graph = found.starts[:searched].tolist(), by_networkx(large)
    slow, lengths = processor(lambda: [nx.single_source_shortest_path_length(graph, start) for start in few])
    for row, steps in enumerate(lengths):  # type: ignore[arg-type]
        told = np.cumsum(np.bincount([at for at in steps.values() if at], minlength=found.told.shape[1] + 1)[1:])
        assert found.told[row].tolist() == told.tolist()
    goals = [Goal(f"reach from {STARTS} starts, {size} in {took:.2f} s, networkx scaled from {searched} starts", 400,
                  slow / searched * STARTS / took,
                  why=f"networkx takes {slow / searched * STARTS:.0f} s, where it took 329 when the goal was found; a third "
                      "of ours is fetching the words of those who tell, which numbers of eight bytes in place of four would halve, "
                      "but they would double the memory, which has a goal of its own")]  # fmt: skip
    if importlib.util.find_spec("igraph"):
        goals.append(_igraph(large, took, size))
    return goals


def _igraph(large: LinkedNetwork, took: float, size: str) -> Goal:
    import igraph

    source, target = ends_of(large.out), large.out.ends
    kept = source < large.relays
    graph = igraph.Graph(n=len(large), edges=np.column_stack((source[kept], target[kept])), directed=True)
    found = reach_of(large, sample=STARTS)
    few = found.starts[:4].tolist()

    def search() -> list[list[int]]:
        return [graph.bfs(start, mode="out")[1] for start in few]

    slow, layers = processor(search)
    for row, limits in enumerate(layers):  # type: ignore[call-overload]
        assert limits[-1] - 1 == found.told[row, -1]
    return Goal(f"reach from {STARTS} starts, {size}, igraph scaled from {len(few)} starts", 10, slow / len(few) * STARTS / took,
                why="igraph searches from each start anew as well, in C")


def _islands(large: LinkedNetwork, small: LinkedNetwork, graph: nx.DiGraph, scale: float, size: str) -> list[Goal]:
    took, _ = processor(lambda: islands_of(large))
    among = graph.subgraph(range(small.relays)).copy()
    slow, parts = processor(lambda: [sorted(map(len, search(among)), reverse=True)
                                     for search in (nx.weakly_connected_components, nx.strongly_connected_components)])  # fmt: skip
    found = islands_of(small)
    assert [found.weak.tolist(), found.strong.tolist()] == parts
    return [Goal(f"islands both ways, {size}", 10, slow * scale / took,
                 why="finding the strong parts is scipy's own work, and takes about three quarters of the time")]


def _brokers(large: LinkedNetwork, small: LinkedNetwork, graph: nx.DiGraph, scale: float, size: str) -> list[Goal]:
    took, _ = processor(lambda: brokers_of(large, sample=2))
    tiny = link_flows(*made_up(1_000))
    exact = nx.betweenness_centrality(by_networkx(tiny).subgraph(range(tiny.relays)), normalized=False)
    assert np.allclose(brokers_of(tiny, None).between, [exact[at] for at in range(tiny.relays)], rtol=1e-12, atol=1e-12)
    among = graph.subgraph(range(small.relays)).copy()
    slow, _ = processor(lambda: nx.betweenness_centrality_subset(among, small.sample(2, 1).tolist(), list(among)))
    return [Goal(f"brokers from 2 starts, {size}", 10, slow * scale / took,
                 why="both look at each flow once for each start, networkx in a smaller network, nearer to the processor")]


def _memory(ties: int) -> list[Goal]:
    """What each needs beyond the tables themselves, each in a process of its own."""
    home = Path(__file__).parent.parent
    grown = {}
    for name in ("held", "linked", "networkx"):
        done = subprocess.run([sys.executable, "-c", _HELD.format(name=name, ties=ties)], check=True, text=True, cwd=home,
                              stdout=subprocess.PIPE)  # fmt: skip
        grown[name] = int(done.stdout)
    ours, theirs = (max(grown[name] - grown["held"], 1) for name in ("linked", "networkx"))
    return [Goal(f"memory at its peak, {ties:,} ties and {STARTS} starts, networkx one start", 5, theirs / ours,
                 why="the flows are kept twice, by who tells and by who is told, at four bytes each, and are sorted as eight; what "
                     "the process holds at its peak differs by a seventh from run to run, 590 to 680 MB, with the same work")]


_HELD = "from benchmarks.caseload_network import peak; print(peak({name!r}, {ties}))"


def peak(name: str, ties: int) -> int:
    """The most memory in bytes that this process has held after making a network and searching it."""
    link_flows(*made_up(100))
    reach_of(link_flows(*made_up(100)))
    flows, actors = made_up(ties)
    if name == "linked":
        reach_of(link_flows(flows, actors), sample=STARTS)
    if name == "networkx":
        graph = nx.DiGraph()
        graph.add_nodes_from(np.flatnonzero(actors["kind"]).tolist())
        # Plain whole numbers, each made when it is needed: those of numpy would weigh more.
        graph.add_edges_from((int(a), int(b)) for a, b in zip(flows["source"], flows["target"], strict=True))
        nx.single_source_shortest_path_length(graph, 0)
    return _peak()


def _peak() -> int:
    # On Linux ru_maxrss begins with what the parent held; the kernel's own word begins with this process.
    status = Path("/proc/self/status")
    if status.exists():
        return 1024 * int(re.search(r"VmHWM:\s*(\d+)", status.read_text(encoding="ascii"))[1])  # type: ignore[index]
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    print(*run(*map(int, sys.argv[1:])), sep="\n")
