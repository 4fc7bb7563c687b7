"""Cases for the tests of the measures: the reference maps, and made-up ones for properties."""

from __future__ import annotations

import json
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from agencygraph.measures import Question, readings, say
from agencygraph.measures.sectors import NO_SECTOR
from agencygraph.model import Case

HERE = Path(__file__).parent / "reference"
KINDS = ("child", "parent", "family", "carer", "school", "agency", "practitioner")


@cache
def reference(name: str) -> Any:
    return json.loads((HERE / f"{name}.json").read_text("utf-8"))


@cache
def reference_case(name: str) -> Case:
    return Case.of(**reference("cases")[name])


def number(value: Any) -> float:
    """A number that may be written as a fraction."""
    return float(Fraction(value)) if isinstance(value, str) else float(value)


@cache
def digraph_case(name: str) -> Case:
    """A reference digraph as a case: class C is the family, the rest are agencies; actor 1 is a1."""
    graph = reference("directed_extras")["graphs"][name]
    actors = {f"a{k}": {"kind": "family"} if k in graph["family"] else {"kind": "agency", "sector": graph["classes"][k - 1]}
              for k in range(1, graph["n"] + 1)}
    flows = {(a, b): graph["strength"][f"{a}>{b}"] == "critical" for a, b in graph["edges"]}
    return Case.of(actors=actors, ties=ties_of(flows, "a{}"))


def ties_of(flows: dict[tuple[Any, Any], bool], id: str = "{}") -> list[str]:
    """Write flows (True for critical) as ties: two of one strength between the same actors are one two-way tie."""
    ties = []
    for (a, b), critical in flows.items():
        is_two_way = flows.get((b, a)) is critical
        if not (is_two_way and (b, a) < (a, b)):
            ties.append(f"{id.format(a)} {'<' * is_two_way}{'=' if critical else '-'}> {id.format(b)}")
    return ties


@st.composite
def made_up(draw: st.DrawFn, most: int = 8, based: bool = True) -> tuple[Case, dict[tuple[str, str], bool]]:
    """A case of up to so many actors with any flows, bases and teams; and its flows."""
    size = draw(st.integers(0, most))
    ids = [f"x{k}" for k in range(size)]
    kinds = draw(st.lists(st.sampled_from(KINDS), min_size=size, max_size=size))
    pairs = [(a, b) for a in ids for b in ids if a != b]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=3 * size)) if pairs else []
    flows = {pair: draw(st.booleans()) for pair in chosen}
    actors: dict[str, dict[str, Any]] = {id: {"kind": kind} for id, kind in zip(ids, kinds, strict=True)}
    workers = [id for id in ids if actors[id]["kind"] not in ("child", "parent", "family")]
    for id in workers:
        actors[id]["lead"] = draw(st.booleans())
        if based and id != workers[0] and draw(st.booleans()):
            actors[id]["based_at"] = workers[0]
    teams = []
    if based and len(workers) > 2 and draw(st.booleans()):
        teams = [{"name": "Team", "members": draw(st.lists(st.sampled_from(workers), min_size=1, unique=True))}]
    return case_with(actors, flows, teams), flows


def case_with(actors: dict[str, dict[str, Any]], flows: dict[tuple[str, str], bool], teams: list[Any]) -> Case:
    return Case.of(actors=actors, ties=ties_of(flows), teams=teams)


def assert_conforms(question: Question, case: Case, options: dict[str, Any]) -> None:
    """What every answer to every question must keep, whoever wrote it."""
    sectors = {NO_SECTOR, *(actor.sector for actor in case.actors)}
    for r in readings(case, question.name, **options):
        assert (r.value is not None) != bool(r.reason) or r.words
        assert {*r.who, *(id for pair in r.pairs for id in pair)} <= set(case.ids)
        assert {*r.about} <= {*case.ids, *sectors}
        assert set(r.ties) <= set(case.ties)
        if r.value is not None and question.span is not None:
            low, high = question.span
            assert low <= r.value <= (r.value if high is None else high)
        assert say(case, question.name, r, unit=options.get("unit", "team"))
