"""The partnership as a whole: counted as the maps say, withheld where small, drawn only from what may be published."""

from __future__ import annotations

from collections import Counter
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import agencygraph as ag
from agencygraph.caseloads.generator import make_columns
from agencygraph.caseloads.rows import cases_of, columns_of
from agencygraph.errors import InvalidError, UndefinedError, UnknownNameError
from agencygraph.model import Case, Caseload
from agencygraph.partnership import BY, OTHERS, Network, network, tabulate
from measured_cases import made_up
from strategies import examples

WHO = {"school": "school", "gp": {"kind": "agency", "label": "GP", "sector": "health"},
       "ssd": {"kind": "agency", "label": "Social services", "sector": "social care", "agency": "Council"},
       "ewo": {"kind": "practitioner", "label": "Education welfare", "sector": "education", "agency": "Council"},
       "mother": "parent"}  # fmt: skip
INK = ("=>", "->", "<=>", "<->", "?=>", "~->", "")


@st.composite
def drawn_cases(draw: st.DrawFn) -> Case:
    who = draw(st.lists(st.sampled_from(sorted(WHO)), min_size=1, unique=True))
    ties = [f"{a} {ink} {b}" for at, a in enumerate(who) for b in who[at + 1:] if (ink := draw(st.sampled_from(INK)))]
    return Case.of(actors={id: WHO[id] for id in who}, ties=ties)


caseloads = st.lists(drawn_cases(), max_size=12).map(lambda cases: Caseload(tuple(cases)))


@settings(max_examples=examples(60), deadline=None)
@given(caseloads)
def test_links_are_what_the_maps_say_case_by_case(load: Caseload) -> None:
    words = {"school": "School", "gp": "GP", "ssd": "Social services", "ewo": "Education welfare"}
    both, told, firm = Counter[tuple[str, str]](), Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for case in load:
        there = [id for id in case.ids if id in words]
        both.update((words[a], words[b]) for a, b in product(there, there) if a != b)
        ties = [tie for tie in case.ties if tie.status != "unknown"]
        flows = {(words[a], words[b]) for tie in ties for a, b in tie.flows if a in words and b in words}
        told.update(flows)
        firm.update({(words[a], words[b]) for tie in ties if tie.is_critical for a, b in tie.flows if a in words and b in words})
    found = network(load, threshold=None)
    assert {(link.source, link.target): (link.firm, link.firm + link.peripheral, link.both) for link in found.links} == {
        pair: (firm[pair], told[pair], count) for pair, count in both.items()}
    for row in found.table:
        assert row["told"] == told[str(row["from"]), str(row["to"])]
    assert [role.cases for role in found.roles] == sorted((role.cases for role in found.roles), reverse=True)


@settings(max_examples=examples(60), deadline=None)
@given(caseloads, st.sampled_from(("label", "agency", "sector")), st.sampled_from((3, 5)))
def test_no_small_count_is_published_or_can_be_subtracted(load: Caseload, by: str, threshold: int) -> None:
    found = network(load, by, threshold=threshold)
    for link, row in zip(found.links, found.table, strict=True):
        truth = {"firm": link.firm, "peripheral only": link.peripheral, "not told": link.none, "both on the map": link.both,
                 "told": link.firm + link.peripheral}  # fmt: skip
        assert all(row[name] in ("c", count) for name, count in truth.items())
        assert not any(isinstance(cell, int) and 0 < cell < threshold for cell in row.values())
        parts = [row[name] for name in ("firm", "peripheral only", "not told")]
        assert parts.count("c") != 1 or row["both on the map"] == "c"
        if isinstance(row["told"], int) and isinstance(row["both on the map"], int):
            assert not 0 < row["both on the map"] - row["told"] < threshold
        if isinstance(row["told"], int) and isinstance(row["firm"], int):
            assert not 0 < row["told"] - row["firm"] < threshold
    for role in found.roles:
        assert role.cases >= threshold or role.name == OTHERS
    totals = {(row["from"], row["to"]): row["both on the map"] for row in found.table}
    assert all(totals[a, b] == totals[b, a] for a, b in totals)


@settings(max_examples=examples(40), deadline=None)
@given(caseloads)
def test_matrix_map_and_graph_show_what_the_table_publishes(load: Caseload) -> None:
    found = network(load, threshold=3)
    told = {(row["from"], row["to"]): row["told"] for row in found.table}
    for row in found.matrix:
        assert [row[name] for name in found.matrix.columns[1:]] == [told.get((row["who tells"], name), "z")
                                                                    for name in found.matrix.columns[1:]]
    graph = found.to_networkx()
    assert {(a, b) for a, b in graph.edges} == {(a, b) for (a, b), count in told.items() if count != 0 and a != b}
    for a, b, data in graph.edges(data=True):
        assert data["told"] == (told[a, b] if told[a, b] != "c" else None)
    shown = {(a, b) for (a, b), count in told.items() if isinstance(count, int) and count >= 3 and a != b}
    if not shown and told:
        with pytest.raises(UndefinedError, match="nobody talks"):
            found.draw()
    else:
        drawn = found.draw()
        case = found._as_case()
        label = case.labels()
        arrows = [(label[a], label[b], tie) for tie in case.ties for a, b in tie.flows]
        assert {(a, b) for a, b, tie in arrows if tie.status == "agreed"} == shown
        assert {(a, b) for a, b, tie in arrows if tie.status == "unknown"} == {(b, a) for a, b in shown if told[b, a] == "c"}
        for a, b, tie in arrows:
            firm = next(row["firm"] for row in found.table.where(**{"from": a, "to": b}))
            if tie.status == "agreed":
                assert tie.is_critical == (isinstance(firm, int) and 2 * firm >= int(told[a, b] or 0))
        assert {card.label for card in drawn.scene.cards} == set(label.values()) == {name for pair in shown for name in pair}
        assert len(drawn.scene.lines) == len(case.ties)


@settings(max_examples=examples(40), deadline=None)
@given(st.lists(made_up(most=6), max_size=9), st.integers(0, 9), st.sampled_from(BY), st.sampled_from((None, 3, 5)))
def test_all_cases_at_once_say_the_same_as_case_by_case(made: list[Any], some: int, by: str, threshold: int | None) -> None:
    made_up_cases = cases_of(make_columns(0, some, seed=len(made)))
    columns = columns_of(Caseload((*(case for case, _ in made), *made_up_cases), "A year"))
    load = Caseload(tuple(columns), "A year")
    assert network(columns, by, threshold=threshold) == network(load, by, threshold=threshold)
    assert tabulate(columns, threshold=threshold) == tabulate(load, threshold=threshold)


def test_parts_of_many_columns_add_up(monkeypatch: pytest.MonkeyPatch) -> None:
    columns = make_columns(0, 60, seed=2)
    whole = network(columns)
    monkeypatch.setattr("agencygraph.batch.telling._PART", 7)
    assert network(columns) == whole == network(Caseload(tuple(columns)))


def big() -> Network:
    return network(Caseload(ag.cases.bexley().cases * 6, "Six boroughs"), threshold=10)


def test_bold_lines_are_those_that_are_firm_in_half_of_the_cases() -> None:
    drawn = big().draw()
    assert "School and SENCO tell each other (critical)" in drawn.text
    assert "Social services tells School (peripheral, one way)" in drawn.text
    assert "in 10 or more of 108 cases" in drawn.text
    assert "7 without such a line left off" in drawn.text
    assert "no tie to anybody" not in drawn.text


def test_roles_are_grouped_and_rare_ones_go_together() -> None:
    def visited(number: int, word: str) -> Case:
        return Case.of(actors={"s": {"kind": "school", "label": f"St {number}'s"}, "n": {"kind": "practitioner", "label": word}},
                       ties=["s => n"])

    load = Caseload(tuple(visited(k, word) for k, word in enumerate(("Nurse", "nurse", "Nurse ", "NURSE", "Nurse", "Vicar"))))
    found = network(load)
    assert [role.name for role in found.roles] == ["School", "Nurse", OTHERS]
    assert [role.cases for role in found.roles] == [6, 5, 1]
    assert "St " not in str(found.table) + str(found.matrix) + found.draw().svg
    assert "Vicar" not in str(found.table) + str(found.matrix) + found.draw().svg
    assert "Vicar" in str(network(load, threshold=None).matrix)


def test_no_name_or_id_is_shown() -> None:
    case = Case.of("Quillfeather", names_published=True, ties=["bramblewick => marchpane"], actors={
        "bramblewick": {"kind": "school", "name": "Bramblewick"},
        "marchpane": {"kind": "agency", "name": "Marchpane", "label": "GP"}})  # fmt: skip
    found = network(Caseload((case,) * 6))
    shown = str(found.table) + repr(found) + found._repr_html_() + found.draw().svg + str(found.to_networkx().nodes(data=True))
    assert not [word for word in ("quillfeather", "bramblewick", "marchpane") if word in shown.lower()]


def test_sectors_tell_themselves_only_where_two_of_them_are_there() -> None:
    found = network(Caseload((Case.of(actors=WHO, ties=["ewo => school"]),) * 7), "sector", threshold=None)
    pairs = {(link.source, link.target) for link in found.links}
    assert ("health", "health") not in pairs
    assert ("sector not given", "education") in pairs
    two = Case.of(actors={"gp": WHO["gp"], "nurse": {"kind": "agency", "sector": "health"}}, ties=["gp -> nurse"])
    (link,) = network(Caseload((two,)), "sector", threshold=None).links
    assert (link.source, link.target, link.peripheral) == ("health", "health", 1)


def test_the_family_is_nobodys_role() -> None:
    assert network(Caseload((Case.of(actors={"mother": "parent", "child": "child"}, ties=["mother => child"]),) * 9)).roles == ()


def test_too_many_roles_make_no_map() -> None:
    actors = {f"a{k}": {"kind": "agency", "label": f"Office {k}"} for k in range(25)}
    found = network(Caseload((Case.of(actors=actors, ties=["a0 => a1"]),) * 6))
    with pytest.raises(InvalidError, match="take `matrix`"):
        found.draw()
    assert len(found.matrix) == 25


def test_wrong_use_is_refused_in_words() -> None:
    load = ag.cases.bexley()
    with pytest.raises(InvalidError, match="takes a caseload"):
        network(load[0])  # type: ignore[arg-type]
    with pytest.raises(UnknownNameError, match="Did you mean 'sector'"):
        network(load, "sectr")
    with pytest.raises(InvalidError, match="threshold"):
        network(load, threshold=2)
    with pytest.raises(UnknownNameError, match="Did you mean 'situation'"):
        tabulate(load, "complexity", "situatoin")


def test_an_empty_caseload_has_no_network() -> None:
    found = network(Caseload())
    assert (found.roles, found.links, len(found.table), len(found.matrix)) == ((), (), 0, 0)
    assert len(tabulate(Caseload())) == 1


def test_cases_by_band_and_situation_add_up_and_are_protected() -> None:
    raw = tabulate(ag.cases.bexley(), threshold=None)
    assert raw.rows[-1][-1] == 18
    safe = tabulate(ag.cases.bexley())
    numbers = [cell for row in safe.rows for cell in row[1:]]
    assert not [cell for cell in numbers if isinstance(cell, int) and 0 < cell < 5]
    assert safe.rows[-1][-1] == 18
    assert raw.columns == safe.columns
