"""The measures against values that were worked elsewhere."""

from __future__ import annotations

from typing import Any

import pytest

from agencygraph.flows import flows_of, rings
from agencygraph.measures import Reading, readings
from agencygraph.model import Case
from measured_cases import digraph_case, number, reference, reference_case

MAPS = [(name, ties) for name in reference("expected_core") for ties in ("any", "firm")]
GRAPHS = list(reference("directed_extras")["graphs"])


def one(case: Case, name: str, who: str = "", detail: str = "", **options: Any) -> Reading:
    """The one reading of a measure about an actor (or its unit), or about the whole map."""
    found = [r for r in readings(case, name, **options) if (who in r.about if who else True) and r.detail.startswith(detail)]
    assert len(found) >= 1, (name, who, detail)
    return found[0]


def counts(reading: Reading) -> list[int | None]:
    return [reading.count, reading.of]


@pytest.mark.parametrize(("name", "ties"), MAPS)
def test_counts_of_the_whole_map(name: str, ties: str) -> None:
    case, firm, wanted = reference_case(name), ties == "firm", reference("expected_core")[name][ties]
    assert flows_of(case).practitioners.bit_count() == wanted["professionals"]
    assert counts(one(case, "pairs talking", firm=firm)) == wanted["pairs_talking"]
    assert counts(one(case, "two way pairs", firm=firm)) == wanted["two_way_pairs"]
    assert counts(one(case, "two way pairs", detail="between units", firm=firm)) == wanted["two_way_between_units"]
    split = wanted["route_split"]
    for detail, key in (("professional", "professional"), ("only via family", "only_via_family"), ("none", "none")):
        reading = one(case, "route split", detail=detail, firm=firm)
        assert counts(reading) == [split[key], split["total"]]
    share = one(case, "messenger share", firm=firm)
    assert counts(share) == [split["only_via_family"], split["only_via_family"] + split["professional"]]
    assert len(share.pairs) == split["only_via_family"]


@pytest.mark.parametrize(("name", "ties"), MAPS)
def test_status_of_every_actor(name: str, ties: str) -> None:
    case, wanted = reference_case(name), reference("expected_core")[name][ties]["status"]
    assert {r.about[0]: r.words for r in readings(case, "loop status", firm=ties == "firm")} == wanted


@pytest.mark.parametrize(("name", "ties"), MAPS)
def test_units_of_schools_and_leads(name: str, ties: str) -> None:
    case, firm, wanted = reference_case(name), ties == "firm", reference("expected_core")[name][ties]
    for id, values in (wanted["school_block"] | wanted["lead_block"]).items():
        who = id if id in case.ids else case.teams[0].members[0]
        assert one(case, "isolation", who, firm=firm).of == values["outside"]
        for measure in ("isolation", "voice"):
            assert one(case, measure, who, firm=firm).value == pytest.approx(number(values[measure]), abs=1e-9)
        for measure in ("hears from", "heard by", "no return", "thin return"):
            assert counts(one(case, measure, who, firm=firm)) == values[measure.replace(" ", "_")]


@pytest.mark.parametrize(("name", "ties"), MAPS)
def test_front_doors_and_rounds(name: str, ties: str) -> None:
    case, firm, wanted = reference_case(name), ties == "firm", reference("expected_core")[name][ties]
    for id, count in wanted["front_doors"].items():
        assert one(case, "front doors", id, "practitioners", firm=firm).count == count
        assert one(case, "front doors", id, "units", firm=firm).count == wanted["front_door_units"][id]
    for id, rounds in wanted["rounds"].items():
        found = {r.detail: sorted(r.who) for r in readings(case, "who knows when", firm=firm) if r.about == (id,)}
        hand_offs = {detail.split()[1] if detail != "never" else detail: who for detail, who in found.items()}
        assert hand_offs == {"never": []} | {k: sorted(v) for k, v in rounds.items()}


# Practitioners, pairs talking, routes, isolation of the school's unit over any and over firm ties, the school's status.
TABLE = {
    "peter/figure": ("school", 6, [3, 15], [9, 3, 18], 1.00, 1.00, "tells, is not told"),
    "peter/both": ("school", 12, [11, 66], [31, 16, 85], 1.00, 1.00, "tells, is not told"),
    "james/figure": ("school", 9, [5, 36], [20, 10, 42], 0.69, 1.00, "in the loop (thinly: told)"),
    "tina/figure": ("secondary_school", 8, [0, 28], [0, 56, 0], 1.00, 1.00, "no lead named"),
    "integration/both": ("school", 7, [13, 21], [42, 0, 0], 0.33, 0.42, "in the loop"),
    "integration_star/both": ("school", 7, [6, 21], [42, 0, 0], 0.42, 0.50, "in the loop"),
}


@pytest.mark.parametrize("name", TABLE)
def test_the_table_of_the_study(name: str) -> None:
    school, size, talking, routes, isolation, firm_isolation, status = TABLE[name]
    case = reference_case(name)
    assert one(case, "isolation", school).of == size - len(one(case, "isolation", school).about)
    assert counts(one(case, "pairs talking")) == talking
    assert [r.count for r in readings(case, "route split")] == routes
    found = [one(case, "isolation", school, firm=firm).value or 0.0 for firm in (False, True)]
    assert [round(value, 2) for value in found] == [isolation, firm_isolation]
    assert one(case, "loop status", school).words == status


@pytest.mark.parametrize("name", GRAPHS)
def test_small_digraphs(name: str) -> None:
    case, wanted = digraph_case(name), reference("directed_extras")["graphs"][name]
    assert counts(one(case, "pairs talking")) == wanted["pairs_talking"]
    assert counts(one(case, "two way pairs")) == wanted["two_way"]
    routes = wanted["routes"]
    assert [counts(r) for r in readings(case, "route split")] == [
        [routes[key], routes["total"]] for key in ("professional", "only_via_family", "none")]
    for id, count in wanted["front_doors"].items():
        assert one(case, "front doors", f"a{id}", "practitioners").count == count
    for id, values in wanted["actors"].items():
        for measure in ("isolation", "voice"):
            reading = one(case, measure, f"a{id}")
            assert reading.value == (pytest.approx(number(values[measure]), abs=1e-9) if reading.of else None)
        for measure in ("hears from", "heard by"):
            assert one(case, measure, f"a{id}").count == values[measure.replace(" ", "_")]
        assert counts(one(case, "no return", f"a{id}")) == values["no_return"]


@pytest.mark.parametrize("name", GRAPHS)
def test_steps_between_any_two(name: str) -> None:
    flows, wanted = flows_of(digraph_case(name)), reference("directed_extras")["graphs"][name]["steps_professional_relays"]
    steps: dict[str, int | None] = dict.fromkeys(wanted)
    for at in range(len(flows.ids)):
        for d, ring in enumerate(rings(flows, 1 << at), 1):
            steps |= {f"{at + 1}>{to + 1}": d for to in range(len(flows.ids)) if ring >> to & 1}
    assert steps == wanted


@pytest.mark.parametrize(("name", "ties"), MAPS)
def test_islands_and_single_points(name: str, ties: str) -> None:
    case, firm, wanted = reference_case(name), ties == "firm", reference("expected_core")[name][ties]
    islands = one(case, "islands", firm=firm)
    sizes = wanted["islands"]
    assert sorted(map(int, islands.words.replace(" and ", ", ").split(", ")), reverse=True) == sizes
    assert counts(islands) == [len(sizes), sum(sizes)]
    assert counts(one(case, "connectedness", firm=firm)) == [
        sum(size * (size - 1) for size in sizes) // 2, sum(sizes) * (sum(sizes) - 1) // 2]
    found = {r.about[0]: counts(r) for r in readings(case, "single points", firm=firm) if r.count}
    assert found == wanted["single_points"]


@pytest.mark.parametrize("name", GRAPHS)
def test_islands_and_single_points_of_small_digraphs(name: str) -> None:
    case, wanted = digraph_case(name), reference("directed_extras")["graphs"][name]
    assert {tuple(sorted((*r.about, *r.who))) for r in readings(case, "linked with")} == {
        tuple(sorted(f"a{id}" for id in island)) for island in wanted["islands"]}
    assert one(case, "islands").count == len(wanted["islands"])
    assert {r.about[0]: counts(r) for r in readings(case, "single points")} == {
        f"a{id}": value for id, value in wanted["single_points"].items()}
    assert all(len(r.pairs) == r.count for r in readings(case, "single points"))
