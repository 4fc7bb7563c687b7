"""A case as a networkx graph, for every measure and tool that speaks of nodes and edges; and back.

The graph holds one arc for each way that information passes. What its attributes mean:

======================  ==============================================================================================
node                    the id of the actor. Ids may hold names: relabel the nodes before you publish anything that shows them.
label                   the words on the map, numbered where two are alike; with names where names are shown
given_label             the label as the case has it, empty where the label was made from the kind
kind, agency, sector    as in the case
based_at                the id of the place, or empty
lead                    True for the lead practitioner or agency
team                    the name of the team, or empty
layer                   which account of the case
name, note              private; only where names are shown
----------------------  ----------------------------------------------------------------------------------------------
strength, status        critical or peripheral; agreed, disputed or unknown
two_way                 True on both arcs of a two-way tie
tie, answer             the number of the tie in the case, from 0; True on the second arc of a two-way tie
basis, layer            as in the case
note, evidence,         private; only where names are shown
reported_by
----------------------  ----------------------------------------------------------------------------------------------
graph: name             the public heading of the case
graph: case_name        the case's own name; only where names are shown
graph: other fields     those fields of the case file that differ from the defaults; lists and groups as JSON
======================  ==============================================================================================
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from agencygraph.errors import InvalidError, Problem
from agencygraph.model import Case, Tie
from agencygraph.model.case import must_be_case
from agencygraph.model.record import ACTOR_FIELDS, CASE_FIELDS, case_of, record_of
from agencygraph.model.words import quote

if TYPE_CHECKING:
    import networkx as nx

_FORM = 1
_PRIVATE_CASE = ("name", "informants", "description", "history", "key_issues", "proposals", "plan")
_PRIVATE = ("name", "note", "evidence", "reported_by")
_GROUPS = ("informants", "key_issues", "proposals", "gaps", "teams", "chronology", "lineage", "plan", "places")
_INK = ("strength", "status", "basis", "note", "evidence", "reported_by", "layer")


def to_networkx(case: Case, names: bool = False) -> nx.DiGraph[str]:
    """Hand the map to anybody who works with network tools.

    Parameters
    ----------
    case
        The case.
    names
        True to put private names, notes and the story of the case into the graph too. They also stand in it where the case says
        that its names are published. `other_information` never enters a graph.

    Returns
    -------
    networkx.DiGraph
        A frozen graph: one node for each actor, one arc for each flow; the attributes are those of the table above.

    Examples
    --------
    >>> case = Case.of(actors={"tina": "child", "mother": "parent", "gp": {"kind": "practitioner", "sector": "health"}},
    ...                ties=["tina <=> mother", "mother -> gp"])
    >>> graph = to_networkx(case)
    >>> [(a, b, kind) for a, b, kind in graph.edges(data="strength")]
    [('tina', 'mother', 'critical'), ('mother', 'tina', 'critical'), ('mother', 'gp', 'peripheral')]
    >>> graph.nodes["gp"]["label"]
    'Health practitioner'
    """
    import networkx as nx

    must_be_case(case)
    shows = names or case.names_published
    graph: nx.DiGraph[str] = nx.DiGraph(**_case_attributes(case, shows))
    labels = case.labels(names)
    team_of = {member: team.name for team in case.teams for member in team.members}
    for actor in case.actors:
        fields = {field: getattr(actor, field) for field in ACTOR_FIELDS if shows or field not in _PRIVATE}
        shown = {"label": labels[actor.id], "given_label": actor.label, "team": team_of.get(actor.id, "")}
        graph.add_node(actor.id, **fields | shown)
    for at, tie in enumerate(case.ties):
        fields = {field: getattr(tie, field) for field in _INK if shows or field not in _PRIVATE}
        for turn, (source, target) in enumerate(tie.flows):
            graph.add_edge(source, target, tie=at, answer=turn == 1, two_way=tie.two_way, **fields)
    frozen: nx.DiGraph[str] = nx.freeze(graph)
    return frozen


def from_networkx(graph: nx.Graph[Any]) -> Case:
    """Make a case of a graph that was drawn or computed elsewhere.

    A graph from `to_networkx` gives back an equal case, but for what it does not hold: `other_information`, and what is private
    where it was made without names. Any other graph needs ids of small letters, figures and underscores, and a `kind` on every
    node. Arcs that answer each other with the same attributes are one two-way tie; so is an edge of an undirected graph; an arc
    without `strength` is critical. Attributes that are not in the table above are left out.

    Parameters
    ----------
    graph
        A graph of networkx, directed or not.

    Returns
    -------
    Case
        A case like any other; what it does not hold is left out.

    Raises
    ------
    InvalidError
        With everything that is wrong with the graph.

    Examples
    --------
    >>> case = Case.of(actors={"tina": "child", "mother": "parent"}, ties=["tina <=> mother"])
    >>> from_networkx(to_networkx(case)) == case
    True
    """
    _check_graph(graph)
    version = graph.graph.get("agencygraph", _FORM)
    if version != _FORM:
        raise InvalidError(f"the graph is of version {quote(version)}; this agencygraph reads version {_FORM}. "
                           "Update it: pip install --upgrade agencygraph")
    record: dict[str, Any] = {field: value for field, value in graph.graph.items() if field in CASE_FIELDS and field != "name"}
    record |= {field: _group(field, record[field]) for field in _GROUPS if field in record}
    if graph.graph.get("case_name"):
        record["name"] = graph.graph["case_name"]
    record["actors"] = {node: _actor_fields(data) for node, data in graph.nodes(data=True)}
    if "teams" not in record:
        record["teams"] = _teams(graph)
    ties, problems = _ties(graph)
    try:
        case = case_of({**record, "ties": ties})
    except InvalidError as error:
        raise InvalidError([*problems, *error.problems]) from None
    if problems:
        raise InvalidError(problems)
    return case


def _check_graph(graph: nx.Graph[Any]) -> None:
    """Refuse what is no graph, or one that may hold several arcs for one tie."""
    if not hasattr(graph, "is_multigraph"):
        raise InvalidError(f"from_networkx takes a graph of networkx, not a {type(graph).__name__}.")
    if graph.is_multigraph():
        raise InvalidError("the graph may hold several arcs between two nodes. Make it a simple one: networkx.DiGraph(graph).")


def _case_attributes(case: Case, shows: bool) -> dict[str, Any]:
    """Return the fields of a case as attributes that every graph file can hold: words and numbers, all else as JSON."""
    record = record_of(case)
    for field in ("actors", "ties", "other_information", *(() if shows else _PRIVATE_CASE)):
        record.pop(field, None)
    if not shows:
        if case.gaps:
            record["gaps"] = [gap.sentence for gap in case.gaps]
        for event in record.get("chronology", ()):
            for field in _PRIVATE:
                event.pop(field, None)
    own = {"case_name": record.pop("name")} if "name" in record else {}
    plain = {field: json.dumps(value, ensure_ascii=False) if field in _GROUPS else value for field, value in record.items()}
    return {"name": case.heading, "agencygraph": _FORM, **own, **plain}


def _group(field: str, value: Any) -> Any:
    """Return a list or a group of fields from its JSON; one that is a list already as it is."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        message = f"the attribute {field} of the graph is not JSON. Remove it, or write []."
        raise InvalidError([Problem(message, (field,))]) from None


def _actor_fields(data: Mapping[str, Any]) -> dict[str, Any]:
    fields = {field: data[field] for field in ACTOR_FIELDS if data.get(field) not in (None, "")}
    if "given_label" in data:
        fields["label"] = data["given_label"]
    return fields


def _teams(graph: nx.Graph[Any]) -> list[dict[str, Any]]:
    """Return the teams that the nodes name, where the graph itself does not describe any."""
    members: dict[Any, list[Any]] = {}
    for node, data in graph.nodes(data=True):
        if data.get("team"):
            members.setdefault(data["team"], []).append(node)
    return [{"name": team, "members": nodes} for team, nodes in members.items()]


def _ties(graph: nx.Graph[Any]) -> tuple[list[Tie], list[Problem]]:
    """Return the ties in the order of the case that they came from, else of the graph; and what is wrong with them."""
    arcs: dict[tuple[Any, Any], dict[str, Any]] = {}
    for source, target, data in sorted(graph.edges(data=True), key=_place):
        arcs[source, target] = data
        if not graph.is_directed():
            arcs.setdefault((target, source), data)
    ties: list[Tie] = []
    problems: list[Problem] = []
    answered: set[tuple[Any, Any]] = set()
    for (source, target), data in arcs.items():
        if (source, target) in answered:
            continue
        ink, back = _ink(data), arcs.get((target, source))
        two_way = source != target and back is not None and _ink(back) == ink
        if two_way:
            answered.add((target, source))
        try:
            ties.append(Tie(source, target, two_way=two_way, **ink))
        except InvalidError as error:
            problems += [Problem(f"the arc from {quote(source)} to {quote(target)}: {problem.message}", ("ties",))
                         for problem in error.problems]
    return ties, problems


def _place(arc: tuple[Any, Any, Mapping[str, Any]]) -> tuple[int, bool]:
    at = arc[2].get("tie")
    return (at if isinstance(at, int) else -1, arc[2].get("answer") is True)


def _ink(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return everything about an arc but its direction."""
    return {field: data[field] for field in _INK if data.get(field) not in (None, "")}
