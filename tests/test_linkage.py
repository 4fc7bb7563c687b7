"""One network of linked data: what travels through it, counted as networkx counts it and published without small numbers."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agencygraph import cases, testing
from agencygraph.caseloads import write_caseload
from agencygraph.errors import FileError, InvalidError, MissingExtraError, UndefinedError, UnknownNameError
from agencygraph.linkage import (
    LinkedNetwork,
    brokers_of,
    crossings_of,
    degrees_of,
    islands_of,
    link_cases,
    link_flows,
    reach_of,
)
from agencygraph.linkage.publishing import bands_of
from agencygraph.model.words import FAMILY_KINDS, KINDS
from agencygraph.table import Table
from strategies import examples

KINDS_DRAWN = st.sampled_from(("parent", "child", "school", "agency", "practitioner"))
SECTORS = ("health", "education", "")


class Known:
    """A made-up table of flows, and the same as networkx holds it."""

    def __init__(self, kinds: list[str], pairs: list[tuple[int, int, bool]], anyone: bool) -> None:
        self.kinds, self.pairs = kinds, pairs
        self.relays = [f"k{at}" for at, kind in enumerate(kinds) if anyone or kind not in FAMILY_KINDS]
        self.graph: nx.DiGraph[str] = nx.DiGraph()
        self.graph.add_nodes_from(f"k{at}" for at in range(len(kinds)))
        self.graph.add_edges_from((f"k{a}", f"k{b}") for a, b, _ in pairs if a != b)
        self.among = self.graph.subgraph(self.relays)
        self.flows = {"source": [f"k{a}" for a, _, _ in pairs], "target": [f"k{b}" for _, b, _ in pairs],
                      "firm": np.array([firm for _, _, firm in pairs], dtype=bool)}  # fmt: skip
        self.actors = {"key": list(self.graph), "kind": kinds, "sector": [SECTORS[at % 3] for at in range(len(kinds))]}
        self.network = link_flows(self.flows, self.actors, relay="anyone" if anyone else "practitioners", threshold=None)

    def told_from(self, start: str) -> dict[str, int]:
        """After how many hand-offs each is told: whoever starts tells, then only those who pass news on."""
        passing = nx.DiGraph(pair for pair in self.graph.edges if pair[0] == start or pair[0] in self.relays)
        passing.add_node(start)
        return {key: at for key, at in nx.single_source_shortest_path_length(passing, start).items() if at}


@st.composite
def drawn_networks(draw: st.DrawFn) -> Known:
    # Left alone, short lists are drawn, and hardly any flow leads on; so most networks are asked to be of some size.
    least = draw(st.sampled_from((1, 6, 12)))
    kinds = draw(st.lists(KINDS_DRAWN, min_size=least, max_size=16))
    place = st.integers(0, len(kinds) - 1)
    pairs = st.lists(st.tuples(place, place, st.booleans()), min_size=draw(st.sampled_from((0, 1, 2))) * least, max_size=48)
    return Known(kinds, draw(pairs), draw(st.booleans()))


@given(drawn_networks(), st.integers(1, 4))
def test_reach_is_what_networkx_finds_and_the_family_never_relays(known: Known, copies: int) -> None:
    # Several times everybody: more starts than one machine word has bits.
    starts = list(known.graph) * copies
    found = reach_of(known.network, starts)
    for key, row, workers in zip(starts, found.told.tolist(), found.practitioners.tolist(), strict=True):
        steps = known.told_from(key)
        at_work = [at for who, at in steps.items() if known.kinds[int(who[1:])] not in FAMILY_KINDS]
        assert row == [sum(at <= most for at in steps.values()) for most in range(1, len(row) + 1)]
        assert workers == [sum(at <= most for at in at_work) for most in range(1, len(row) + 1)]
        assert row[-1:] == [len(steps)] or not row


@given(drawn_networks())
def test_islands_are_the_components_of_networkx(known: Known) -> None:
    found, order = islands_of(known.network), known.network.keys_at(range(known.network.relays))
    for sizes, part_of, search in ((found.weak, found.weak_of, nx.weakly_connected_components),
                                   (found.strong, found.strong_of, nx.strongly_connected_components)):
        parts: dict[int, set[object]] = {}
        for key, part in zip(order, part_of.tolist(), strict=True):
            parts.setdefault(part, set()).add(key)
        assert {frozenset(part) for part in parts.values()} == {frozenset(part) for part in search(known.among)}
        assert sizes.tolist() == [len(parts[at]) for at in range(len(parts))] == sorted(sizes.tolist(), reverse=True)


@given(drawn_networks())
def test_brokers_are_those_of_networkx(known: Known) -> None:
    found = brokers_of(known.network, None)
    expected = nx.betweenness_centrality(known.among, normalized=False)
    order = known.network.keys_at(range(known.network.relays))
    assert found.is_exact
    assert np.allclose(found.between, [expected[key] for key in order], rtol=1e-12, atol=1e-12)


def lattice(count: int = 300, threshold: int | None = 5) -> LinkedNetwork:
    dice = np.random.default_rng(4)
    flows = {"source": dice.integers(0, count, 4 * count), "target": dice.integers(0, count, 4 * count)}
    return link_flows(flows, {"key": np.arange(count), "kind": [6] * count, "sector": np.arange(count) % 7}, threshold=threshold)


def test_a_sample_of_starts_estimates_who_stands_between_with_its_error() -> None:
    network = lattice()
    exact = brokers_of(network, None).between
    found = [brokers_of(network, 60, seed) for seed in range(20)]
    assert not found[0].is_exact
    assert "60 of 300" in found[0].table.note
    errors = np.array([one.between - exact for one in found])
    assert abs(errors.mean(axis=0).sum()) < 0.01 * exact.sum()
    assert (errors**2).mean() / np.mean([one.standard_error**2 for one in found]) == pytest.approx(1, abs=0.1)
    assert np.array_equal(brokers_of(network, 60, 3).between, brokers_of(network, 60, 3).between)
    assert not np.array_equal(brokers_of(network, 60, 3).between, brokers_of(network, 60, 4).between)


@given(drawn_networks())
def test_the_network_at_firm_ties_is_that_of_the_firm_rows(known: Known) -> None:
    firm = known.network.firm_only()
    rows = [pair for pair in known.pairs if pair[2]]
    again = link_flows({name: np.array(values)[known.flows["firm"]].astype(values.dtype if name == "firm" else "U")  # type: ignore[union-attr]
                        .tolist() for name, values in known.flows.items()} if rows else {"source": [], "target": []},
                       known.actors)  # fmt: skip
    for arcs, other in ((firm.out, again.out), (firm.into, again.into)):
        assert arcs.starts.tolist() == other.starts.tolist()
        assert arcs.ends.tolist() == other.ends.tolist()
    assert firm.firm is not None
    assert firm.firm.all()


@given(drawn_networks())
def test_profiles_count_practitioners(known: Known) -> None:
    among = known.among
    told = Counter(degree for _, degree in among.out_degree)
    heard = Counter(degree for _, degree in among.in_degree)
    rows = {row[0]: row[1:] for row in degrees_of(known.network).rows}
    for low, high in bands_of(max((*told, *heard), default=0)):
        name = str(low) if low == high else f"{low} to {high}"
        assert rows[name] == tuple(sum(counts[at] for at in range(low, high + 1)) for counts in (told, heard))
    workers = [f"k{at}" for at, kind in enumerate(known.kinds) if kind not in FAMILY_KINDS]
    sector = {key: word or "sector not given" for key, word in zip(known.actors["key"], known.actors["sector"], strict=True)}
    for row in crossings_of(known.network):
        for word in sorted({sector[key] for key in workers}):
            tells = [key for key in workers if sector[key] == row["who tells"]
                     and any(sector[to] == word for to in known.graph[key] if to in workers)]  # fmt: skip
            assert row[word] == len(tells)


@settings(max_examples=examples(30))
@given(drawn_networks(), st.sampled_from((3, 5)))
def test_no_table_publishes_a_small_count_or_a_key(known: Known, threshold: int) -> None:
    network = link_flows(known.flows, known.actors, threshold=threshold)
    reach, islands, brokers = reach_of(network), islands_of(network), brokers_of(network)
    tables = [reach.table, islands.table, brokers.table, degrees_of(network), crossings_of(network)]
    for table in tables:
        for row in table.rows:
            heads = len(table.heads)
            named = zip(table.columns[heads:], row[heads:], strict=True)
            counts = [cell for name, cell in named if name not in ("on average", "parts")]
            assert all(cell == "c" or cell == 0 or (isinstance(cell, int) and cell >= threshold) for cell in counts), table
    for row in islands.table:
        assert (row["parts"] == "c") >= (row["practitioners"] == "c")
    assert all(int(str(row["practitioners"])) >= threshold for row in brokers.busiest)
    said = " ".join(str(part) for part in (*tables, brokers.busiest, reach, islands, brokers, network))
    assert not any(f"k{at}" in said.replace("k: low", "") for at in range(len(known.kinds)))
    assert {str(row["key"]) for row in brokers.by_key()} <= set(known.graph)
    assert {str(row["key"]) for row in reach.by_key()} <= set(known.graph)


def test_a_caseload_is_linked_by_the_keys_of_its_actors(tmp_path: Path) -> None:
    load = testing.caseload(30, seed=3)
    rows = [(at, place, f"w{(at * 7 + place) % 40}") for at, case in enumerate(load) for place, actor in enumerate(case.actors)
            if not actor.is_family and place % 3]  # fmt: skip
    links = Table(("case", "actor", "key"), tuple(rows))
    network = link_cases(load, links, threshold=None)
    key = {(at, load[at].actors[place].id): word for at, place, word in rows}
    graph: nx.DiGraph[object] = nx.DiGraph()
    firm = set()
    for at, case in enumerate(load):
        graph.add_nodes_from(key.get((at, id), (at, id)) for id in case.ids)
        for tie in case.ties:
            for flow in tie.flows if tie.status != "unknown" else ():
                a, b = (key.get((at, id), (at, id)) for id in flow)
                graph.add_edges_from([(a, b)] * (a != b))
                firm |= {(a, b)} if tie.is_critical and a != b else set()
    assert (len(network), network.flows, network.firm_only().flows) == (len(graph), graph.number_of_edges(), len(firm))
    words = sorted(set(key.values()))
    told = reach_of(network, words).told[:, 0].tolist()
    assert told == [graph.out_degree(word) for word in words]
    write_caseload(load, tmp_path / "load.parquet")
    assert reach_of(link_cases(tmp_path / "load.parquet", links), words).told[:, 0].tolist() == told
    assert len(link_cases(load, {"case": [], "actor": [], "key": []})) == sum(len(case.actors) for case in load)


def test_a_sector_is_kept_where_all_cases_agree() -> None:
    load = testing.caseload(2, seed=3)
    at = [next(n for n, actor in enumerate(case.actors) if actor.kind == "school") for case in load]
    other = [next(n for n, actor in enumerate(load[0].actors) if actor.sector == word) for word in ("health", "social care")]
    network = link_cases(load, {"case": [0, 1, 0, 0], "actor": [*at, *other], "key": ["s", "s", "x", "x"]})
    table = brokers_of(network, None).by_key(most=len(network))
    assert {row["key"]: row["sector"] for row in table if row["key"]} == {"s": "education", "x": "sector not given"}


def test_files_and_frames_say_the_same(tmp_path: Path) -> None:
    import pandas as pd
    import polars as pl
    import pyarrow as pa
    import pyarrow.parquet as pq

    flows = {"source": ["007", "8"], "target": ["8", "9"]}
    actors = {"key": ["007", "8", "9"], "kind": ["School", "agency", "child"]}
    for number, data in enumerate((flows, actors)):
        (tmp_path / f"{number}.csv").write_text(pd.DataFrame(data).to_csv(index=False), encoding="utf-8")
        pq.write_table(pa.table(data), tmp_path / f"{number}.parquet")
    ways = [(flows, actors), (pl.DataFrame(flows), pl.DataFrame(actors)), (pd.DataFrame(flows), pd.DataFrame(actors)),
            (pa.table(flows), pa.RecordBatch.from_pydict(actors)), (tmp_path / "0.csv", str(tmp_path / "1.csv")),
            (tmp_path / "0.parquet", tmp_path / "1.parquet"),
            (flows, {**actors, "key": pa.array(actors["key"]).dictionary_encode(), "kind": [4, 5, 0]})]  # fmt: skip
    for way in ways:
        network = link_flows(*way)
        assert (reach_of(network, ["007"]).told.tolist(), network.practitioners) == ([[1, 2]], 2)


@pytest.mark.parametrize(("flows", "actors", "message"), [
    ({"source": ["a"], "target": ["zoe"]}, {}, "flows row 1, column target: this key is not in the table of actors"),
    ({"source": ["a"], "targets": ["b"]}, {}, "column 'target' is missing. Did you mean 'targets'"),
    ({"source": ["a", None], "target": ["b", "a"]}, {}, "flows row 2, column source: the cell is empty"),
    ({}, {"key": ["a", "a"]}, "actors row 2, column key: this key stands in an earlier row"),
    ({}, {"kind": ["school", "zoe"]}, "actors row 2, column kind: no kind of actor"),
    ({}, {"kind": [1, 7]}, "actors row 2, column kind: no kind of actor"),
    ({}, {"sector": [1, 9]}, "actors row 2, column sector: no number of a sector"),
    ({}, {"key": [1.5, 2.5]}, "keys of type double"),
    ({"source": ["a"], "target": ["b"], "firm": ["zoe"]}, {}, "column 'firm' is of type string"),
    ({"source": ["a", "b"], "target": ["zoe"]}, {}, "the table of flows cannot be read"),
])
def test_what_is_wrong_is_told_by_row_and_no_key_is(flows: dict[str, object], actors: dict[str, object], message: str) -> None:
    with pytest.raises(InvalidError) as error:
        link_flows({"source": ["a"], "target": ["b"]} | flows if "targets" not in flows else flows,
                   {"key": ["a", "b"], "kind": ["school", "agency"]} | actors)
    assert message in str(error.value)
    assert "zoe" not in str(error.value)


@pytest.mark.parametrize(("links", "message"), [
    ({"case": [99], "actor": [0], "key": ["zoe"]}, "links row 1, column case: there are cases 0 to 17"),
    ({"case": [0], "actor": [99], "key": ["zoe"]}, "links row 1, column actor: the case has no such actor"),
    ({"case": [0, 0], "actor": [1, 1], "key": ["zoe", "b"]}, "links row 2: the actor has a key in an earlier row"),
    ({"case": ["one"], "actor": [1], "key": ["zoe"]}, "column 'case' is of type string"),
])  # fmt: skip
def test_links_that_are_wrong_are_told_by_row(links: dict[str, object], message: str) -> None:
    with pytest.raises(InvalidError) as error:
        link_cases(cases.bexley(), links)
    assert message in str(error.value)
    assert "zoe" not in str(error.value)


def test_nobody_is_family_and_practitioner_under_one_key() -> None:
    load = cases.bexley()
    at = [next(n for n, actor in enumerate(load[case].actors) if actor.is_family is (case == 0)) for case in (0, 1)]
    with pytest.raises(InvalidError, match="links row 2: this key stands for a member of the family"):
        link_cases(load, {"case": [0, 1], "actor": at, "key": ["x", "x"]})


def test_questions_that_have_no_answer_say_why(tmp_path: Path) -> None:
    network = lattice(20)
    with pytest.raises(InvalidError, match="start 2: nobody in the network has this key"):
        reach_of(network, [3, 77])
    with pytest.raises(InvalidError, match="starts are keys"):
        reach_of(network, [object()])  # type: ignore[list-item]
    with pytest.raises(InvalidError, match="most is -1"):
        reach_of(network, most=-1)
    with pytest.raises(InvalidError, match="sample is 1"):
        brokers_of(network, 1)
    with pytest.raises(UndefinedError, match="column `firm`"):
        network.firm_only()
    with pytest.raises(UnknownNameError, match="Did you mean 'anyone'"):
        link_flows({}, {}, relay="anybody")
    with pytest.raises(InvalidError, match="threshold is 1"):
        link_flows({}, {}, threshold=1)
    with pytest.raises(InvalidError, match="takes a caseload"):
        link_cases(3, {})  # type: ignore[arg-type]
    with pytest.raises(InvalidError, match="flows is a int"):
        link_flows(3, {})
    with pytest.raises(FileError, match="cannot be read"):
        link_flows(tmp_path / "none.csv", {})
    (tmp_path / "bad.csv").write_text("source,target\nzoe\n", encoding="utf-8")
    with pytest.raises(FileError, match="is no CSV table"):
        link_flows(tmp_path / "bad.csv", {})


def test_reach_stops_where_it_is_told_to() -> None:
    network = lattice(200)
    whole = reach_of(network, sample=70, seed=2)
    assert len(whole.starts) == 70
    for most in (0, 1, 3):
        short = reach_of(network, sample=70, seed=2, most=most)
        assert np.array_equal(short.told, whole.told[:, :most])


def test_a_chain_too_wide_for_a_number_is_refused() -> None:
    steps = 1100
    fan = [(3 * at, 3 * at + side) for at in range(steps) for side in (1, 2)]
    pairs = fan + [(b, a + 3) for a, b in fan]
    network = link_flows({"source": [a for a, _ in pairs], "target": [b for _, b in pairs]},
                         {"key": range(3 * steps + 1), "kind": [KINDS.index("agency")] * (3 * steps + 1)})
    assert reach_of(network, [0]).told[0, -1] == 3 * steps
    with pytest.raises(UndefinedError, match="more shortest routes"):
        brokers_of(network, None)


def test_without_scipy_islands_say_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "scipy.sparse", None)
    with pytest.raises(MissingExtraError, match="agencygraph\\[caseload\\]"):
        islands_of(lattice(20))
