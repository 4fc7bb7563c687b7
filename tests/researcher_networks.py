"""Networks for the tests of the researcher measures: those that R has measured, and made-up ones, as rows and as cases."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from agencygraph.model import Case

HOME = Path(__file__).parent / "reference" / "researcher"
Rows = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Network:
    """A network that R has measured."""

    name: str
    rows: Rows
    classes: tuple[str, ...]
    values: Mapping[str, Any]

    def __repr__(self) -> str:
        return self.name


def measured_networks() -> tuple[Network, ...]:
    """The four published networks, the 17 tiny ones, the 40 random digraphs."""
    found: list[Network] = []
    for file in ("published", "edge_cases", "random_digraphs"):
        found += (Network(name, rows_of(one["n"], one["edges"]), tuple(one["classes"]), one["values"])
                  for name, one in networks_in(file).items())
    return tuple(found)


def networks_in(file: str) -> Mapping[str, Any]:
    """What a file of reference values holds."""
    return json.loads((HOME / f"{file}.json").read_text(encoding="utf-8"))["networks"]


def rows_of(n: int, edges: Sequence[Sequence[int]]) -> Rows:
    """Rows of bits from pairs that are numbered from 1."""
    rows = [0] * n
    for sender, receiver in edges:
        rows[sender - 1] |= 1 << (receiver - 1)
    return tuple(rows)


def rows_of_matrix(matrix: Sequence[Sequence[int]]) -> Rows:
    """Rows of bits from a 0/1 matrix."""
    return tuple(sum(cell << to for to, cell in enumerate(row)) for row in matrix)


def arcs_of(rows: Rows) -> Iterator[tuple[int, int]]:
    """Every arc, by the numbers of its ends."""
    return ((at, to) for at, row in enumerate(rows) for to in range(len(rows)) if row >> to & 1)


def case_of_rows(rows: Rows, classes: Sequence[str] = (), kinds: Sequence[str] = (), order: Sequence[int] = ()) -> Case:
    """A case with a critical one-way tie, or a two-way one, for what the rows say; actor k is called ak."""
    order = order or range(len(rows))
    actors = {}
    for at in order:
        actors[f"a{at}"] = {"kind": kinds[at] if kinds else "practitioner", "sector": classes[at] if classes else ""}
    ties = [f"a{at} <=> a{to}" if rows[to] >> at & 1 else f"a{at} => a{to}" for at, to in arcs_of(rows)
            if at < to or not rows[to] >> at & 1]
    return Case.of(actors=actors, ties=ties)


def moved(rows: Rows, order: Sequence[int]) -> Rows:
    """The same network with actor order[k] in place k."""
    return tuple(sum((rows[at] >> to & 1) << k for k, to in enumerate(order)) for at in order)


@st.composite
def digraphs(draw: st.DrawFn, most: int = 9, least: int = 0) -> Rows:
    """Any digraph: sparse, dense, symmetric, without ties, with actors who only receive."""
    n = draw(st.integers(least, most))
    everyone = (1 << n) - 1
    rows = [draw(st.integers(0, everyone)) & draw(st.sampled_from((0, everyone, everyone // 3, everyone // 5))) & ~(1 << at)
            for at in range(n)]
    if draw(st.booleans()):
        rows = [row | sum((other >> at & 1) << to for to, other in enumerate(rows)) for at, row in enumerate(rows)]
    return tuple(rows)
