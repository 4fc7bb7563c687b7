"""What R (sna, igraph) says of published, tiny and random networks, the library says too."""

from __future__ import annotations

import math

import pytest

from agencygraph.flows import flows_of
from agencygraph.measures import Reading, readings
from agencygraph.measures.betweenness import betweenness_of
from agencygraph.measures.brokerage import ROLES, roles_of
from agencygraph.measures.census import distance_fragmentation_of, dyads_of, unreachable_of
from agencygraph.measures.centralization import betweenness_centralization_of, in_centralization_of, out_centralization_of
from agencygraph.measures.ei_index import count_ties_by_class
from agencygraph.measures.structural_holes import constraint_of, effective_size_of
from researcher_networks import Network, case_of_rows, measured_networks

NETWORKS = measured_networks()
every = pytest.mark.parametrize("network", NETWORKS, ids=repr)
HAS_NO_TIES = "the map has no ties"


def agrees(ours: float | None, theirs: float | str | None) -> bool:
    if theirs in ("NaN", None):
        return ours is None
    return ours is not None and math.isclose(ours, float(theirs), rel_tol=1e-9, abs_tol=1e-9)


def all_agree(ours: tuple[float | None, ...], theirs: list[float | str | None]) -> bool:
    return len(ours) == len(theirs) and all(map(agrees, ours, theirs))


def only(network: Network, name: str, detail: str = "") -> Reading:
    """The one reading of a measure of the whole map, when the network is loaded as a case."""
    found = [one for one in readings(case_of_rows(network.rows, network.classes), name) if one.detail == detail]
    assert len(found) == 1
    return found[0]


def per_actor(network: Network, name: str) -> tuple[float | None, ...]:
    return tuple(one.value for one in readings(case_of_rows(network.rows, network.classes), name))


def test_that_all_networks_are_there() -> None:
    assert len(NETWORKS) == 4 + 17 + 40
    assert [sum(row.bit_count() for row in network.rows) for network in NETWORKS] == [n.values["arcs"] for n in NETWORKS]


@every
def test_that_a_case_keeps_the_network(network: Network) -> None:
    assert flows_of(case_of_rows(network.rows, network.classes)).out == network.rows


@every
def test_betweenness(network: Network) -> None:
    for package in ("sna", "igraph"):
        assert all_agree(betweenness_of(network.rows), network.values[package]["betweenness"])
    assert all_agree(per_actor(network, "betweenness"), network.values["sna"]["betweenness"])


@every
def test_centralization(network: Network) -> None:
    sna, igraph = network.values["sna"]["centralization"], network.values["igraph"]
    for name, rows_say, theirs in (
        ("in-degree centralization", in_centralization_of(network.rows), (sna["indegree"], igraph["centr_degree_in"])),
        ("out-degree centralization", out_centralization_of(network.rows), (sna["outdegree"], igraph["centr_degree_out"])),
        ("betweenness centralization", betweenness_centralization_of(network.rows), (sna["betweenness"], igraph["centr_betw"])),
    ):
        assert all(agrees(rows_say, one) for one in theirs), name
        found = only(network, name)
        assert found.value == rows_say or found.reason == HAS_NO_TIES, name


@every
def test_structural_holes(network: Network) -> None:
    constraint, size = network.values["igraph"]["constraint"], network.values["by_hand"]["effective_size_burt"]
    assert all_agree(constraint_of(network.rows), constraint)
    assert all_agree(effective_size_of(network.rows), size)
    assert all_agree(per_actor(network, "constraint"), constraint)
    assert all_agree(per_actor(network, "effective size"), size)


@every
def test_dyads_density_and_reciprocity(network: Network) -> None:
    sna, igraph = network.values["sna"], network.values["igraph"]
    dyads = dyads_of(network.rows)
    assert [dyads.mutual, dyads.asymmetric, dyads.null] == sna["dyad_census"]
    assert [one.count for one in readings(case_of_rows(network.rows), "dyad census")] == sna["dyad_census"]
    density, returned = only(network, "arc density"), only(network, "edgewise reciprocity")
    if density.reason == HAS_NO_TIES:
        assert sna["gden"] == igraph["edge_density"] == density.count == 0
    else:
        assert agrees(density.value, sna["gden"])
        assert agrees(density.value, igraph["edge_density"])
    assert agrees(returned.value, sna["grecip_edgewise"])
    assert agrees(returned.value, igraph["reciprocity_default"])


@every
def test_fragmentation(network: Network) -> None:
    theirs = network.values["by_hand"]
    n = len(network.rows)
    apart = unreachable_of(network.rows) / (n * (n - 1)) if n > 1 else None
    weighted = distance_fragmentation_of(network.rows)
    assert agrees(apart, theirs["fragmentation_directed"])
    assert agrees(weighted, theirs["fragmentation_distance_weighted_directed"])
    for detail, ours in (("plain", apart), ("distance-weighted", weighted)):
        found = only(network, "fragmentation", detail)
        assert found.value == ours or found.reason == HAS_NO_TIES


@every
def test_e_i_index(network: Network) -> None:
    theirs = network.values["by_hand"]["ei_dyads"]
    assert agrees(count_ties_by_class(network.rows, network.classes).index, theirs)
    assert agrees(only(network, "e-i index", "observed").value, theirs)


@pytest.mark.parametrize("network", [one for one in NETWORKS if one.values["sna"]["brokerage_raw"]], ids=repr)
def test_gould_fernandez_roles(network: Network) -> None:
    theirs = network.values["sna"]["brokerage_raw"]
    counts = roles_of(network.rows, network.classes)
    assert [[*row, sum(row)] for row in counts] == theirs
    found = readings(case_of_rows(network.rows, network.classes), "gould-fernandez roles")
    assert [one.detail for one in found] == [*ROLES, "any role"] * len(theirs)
    assert [one.count for one in found] == [count for row in theirs for count in row]


def test_that_r_has_measured_brokerage_wherever_there_are_two_classes() -> None:
    unmeasured = [one for one in NETWORKS if not one.values["sna"]["brokerage_raw"]]
    assert [one.name for one in unmeasured] == ["one_actor", "r21"]
    assert all(len(set(one.classes)) == 1 for one in unmeasured)
