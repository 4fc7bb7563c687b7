"""A case becomes a networkx graph and comes back; nothing private is in it unless it was asked for."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings

from agencygraph.errors import FileError, InvalidError
from agencygraph.formats import read, write
from agencygraph.formats.graph_files import graph_bytes
from agencygraph.graph import from_networkx, to_networkx
from agencygraph.model import Case
from strategies import cases, examples

thorough = settings(max_examples=examples(60), deadline=None,
                    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
SECRET = "Zebedee"


def _case(**fields: object) -> Case:
    actors = {"child": {"kind": "child", "name": "Rose"}, "mum": "parent", "school": "school",
              "gp": {"kind": "practitioner", "sector": "health", "based_at": "school"}}  # fmt: skip
    return Case.of("Rose", actors=actors, ties=["child <=> mum", "mum -> school", "school => mum", "gp ~-> school"], **fields)


@thorough
@given(cases())
def test_a_graph_with_names_gives_the_case_back(case: Case) -> None:
    assert from_networkx(to_networkx(case, names=True)) == case.replace(other_information="")


@thorough
@given(cases())
def test_one_arc_for_each_flow(case: Case) -> None:
    graph = to_networkx(case)
    assert list(graph) == list(case.ids)
    assert sorted(graph.edges) == sorted(flow for tie in case.ties for flow in tie.flows)
    assert {a: graph.nodes[a]["label"] for a in graph} == case.labels()
    assert nx.is_frozen(graph)


@thorough
@given(cases())
def test_graphml_gives_the_case_back(case: Case) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "case.graphml")
        write(case, file, names=True)
        assert read(file) == case.replace(other_information="")


@thorough
@given(cases())
def test_gexf_keeps_actors_and_ties(case: Case) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "case.gexf")
        write(case, file, names=True)
        found = read(file)
    assert isinstance(found, Case)
    assert (found.actors, found.ties) == (case.actors, case.ties)
    assert {frozenset(team.members) for team in found.teams} == {frozenset(team.members) for team in case.teams}


@thorough
@given(cases())
def test_a_graph_without_names_is_a_case_too(case: Case) -> None:
    found = from_networkx(to_networkx(case))
    assert found.ids == case.ids
    assert {flow for tie in found.ties for flow in tie.flows} == {flow for tie in case.ties for flow in tie.flows}
    assert found.labels() == case.labels()


def _whispering() -> Case:
    """A case whose every private field holds the same word."""
    return Case.of(
        SECRET, other_information=SECRET, informants=[SECRET], description=SECRET, history=SECRET, key_issues=[SECRET],
        proposals=[SECRET], actors={"a": {"kind": "child", "name": SECRET, "note": SECRET}, "b": "school", "c": "parent"},
        ties=[{"tie": "a => b", "note": SECRET, "evidence": SECRET, "reported_by": SECRET}],
        gaps=[{"gap": "b !> c", "note": SECRET}],
        chronology=[{"when": "2004", "senders": ["a"], "receivers": ["b"], "note": SECRET, "evidence": SECRET}],
    )  # fmt: skip


@pytest.mark.parametrize("suffix", [".graphml", ".gexf"])
def test_nothing_private_stands_in_a_graph_unless_asked_for(suffix: str) -> None:
    case = _whispering()
    graph = to_networkx(case)
    assert SECRET not in repr((graph.graph, list(graph.nodes(data=True)), list(graph.edges(data=True))))
    assert SECRET.encode() not in graph_bytes(case, suffix)
    assert graph_bytes(case, suffix, names=True).count(SECRET.encode()) > 4


def test_other_information_never_enters_a_graph() -> None:
    case = Case.of("x", other_information=SECRET, names_published=True)
    assert SECRET not in repr(to_networkx(case, names=True).graph)


def test_published_names_stand_in_the_graph() -> None:
    assert to_networkx(_case(names_published=True)).nodes["child"]["name"] == "Rose"


@pytest.mark.parametrize("suffix", [".graphml", ".gexf"])
def test_graph_files_hold_no_date_and_no_version(suffix: str) -> None:
    data = graph_bytes(_case(), suffix)
    assert b"lastmodified" not in data
    assert b"etworkX" not in data


def test_arcs_carry_the_tie() -> None:
    graph = to_networkx(_case())
    assert graph.edges["mum", "child"] == {
        "tie": 0, "answer": True, "two_way": True, "strength": "critical", "status": "agreed", "basis": "", "layer": "",
    }  # fmt: skip
    assert graph.edges["gp", "school"]["status"] == "disputed"
    assert graph.graph == {"name": "Child", "agencygraph": 1}


def test_a_frozen_graph_takes_no_more_arcs() -> None:
    graph = to_networkx(_case())
    with pytest.raises(nx.NetworkXError):
        graph.add_edge("gp", "mum")


def test_a_graph_from_elsewhere() -> None:
    graph = nx.Graph()
    graph.add_node("a", kind="child", colour="red", team="T")
    graph.add_node("b", kind="school", label="Our school", team="T")
    graph.add_edge("a", "b", weight=3.5)
    found = from_networkx(graph)
    assert [tie.sentence for tie in found.ties] == ["a <=> b"]
    assert found.label("b") == "Our school"
    assert found.teams[0].members == ("a", "b")


def test_arcs_that_answer_each_other_with_other_ink_stay_two() -> None:
    graph = nx.DiGraph()
    graph.add_nodes_from(["a", "b"], kind="agency")
    graph.add_edge("a", "b", strength="critical")
    graph.add_edge("b", "a", strength="peripheral")
    assert [tie.sentence for tie in from_networkx(graph).ties] == ["a => b", "b -> a"]


def test_everything_wrong_with_a_graph_is_said_at_once() -> None:
    graph = nx.DiGraph()
    graph.add_node("a")
    graph.add_node(7, kind="school")
    graph.add_edge("a", "a")
    graph.add_edge("a", 7, strength="strong")
    with pytest.raises(InvalidError) as caught:
        from_networkx(graph)
    said = str(caught.value)
    for words in ("the actor 'a' needs a kind", "7 cannot be an id", "to itself", "strength is 'strong'"):
        assert words in said


@pytest.mark.parametrize(("graph", "words"), [
    (nx.MultiDiGraph(), "networkx.DiGraph(graph)"),
    (nx.DiGraph(agencygraph=2), "pip install --upgrade"),
    (nx.DiGraph(teams="["), "the attribute teams of the graph is not JSON"),
])  # fmt: skip
def test_graphs_that_cannot_be_cases(graph: nx.Graph, words: str) -> None:
    with pytest.raises(InvalidError) as caught:
        from_networkx(graph)
    assert words in str(caught.value)


@pytest.mark.parametrize(("name", "text", "words"), [
    ("a.graphml", "<graphml>\n<graph>", "a.graphml line 2: this is not well-formed XML"),
    ("a.graphml", "<graphml/>", "a.graphml: this graph cannot be read"),
    ("a.gexf", "<gexf/>", "a.gexf: this graph cannot be read"),
    ("a.gexf", '<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY a "b">]>\n<gexf/>', "a.gexf line 2: a graph file with a DOCTYPE"),
    ("b.graphml", '<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><graph edgedefault="directed"><node id="x"/></graph>'
     "</graphml>", "b.graphml: the actor 'x' needs a kind"),
])  # fmt: skip
def test_graph_files_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, text: str, words: str) -> None:
    monkeypatch.chdir(tmp_path)
    Path(name).write_text(text, encoding="utf-8")
    with pytest.raises(FileError) as caught:
        read(name)
    assert words in str(caught.value)


def test_lists_stand_in_the_graph_as_json() -> None:
    graph = to_networkx(_case(gaps=["child !> gp"], teams=[{"name": "T", "members": ["gp"]}]))
    assert json.loads(graph.graph["gaps"]) == ["child !> gp"]
    assert graph.nodes["gp"]["team"] == "T"
