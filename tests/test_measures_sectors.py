"""Who talks to whom by sector."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from agencygraph import cases
from agencygraph.measures import readings, sector_table
from agencygraph.measures.sectors import NO_SECTOR
from agencygraph.model import Case
from measured_cases import made_up, ties_of
from strategies import examples

SECTORS = ("education", "health", "")


@settings(max_examples=examples(40), deadline=None)
@given(made_up(), st.data())
def test_every_possible_link_is_counted_in_one_cell(made: Any, data: st.DataObject) -> None:
    case, flows = made
    actors = {a.id: {"kind": a.kind, "sector": data.draw(st.sampled_from(SECTORS))} for a in case.actors}
    case = Case.of(actors=actors, ties=ties_of(flows))
    workers = {a.id: a.sector or NO_SECTOR for a in case.actors if not a.is_family}
    found = {r.about: r for r in readings(case, "sector links")}
    assert set(found) == {(s, t) for s in workers.values() for t in workers.values()}
    for (source, target), r in found.items():
        pairs = [(a, b) for a in workers for b in workers if a != b and (workers[a], workers[b]) == (source, target)]
        assert r.of == len(pairs)
        assert set(r.pairs) == {pair for pair in pairs if pair in flows}
        assert len(r.pairs) == r.count
        assert (r.value is None) == (not pairs) == bool(r.reason)
        assert bool(r.words) == (bool(pairs) and not r.count)
        assert {flow for tie in r.ties for flow in tie.flows} >= set(r.pairs)


def test_the_table_shows_a_row_for_each_sector_that_tells() -> None:
    table = sector_table(cases.james())
    assert table.columns == ("from", "education", "social care", "health", NO_SECTOR)
    assert table.where(**{"from": "social care"})[0]["health"] == "2 of 4"
    assert table.where(**{"from": NO_SECTOR})[0][NO_SECTOR] is None
    assert "critical ties only" in sector_table(cases.james(), firm=True).caption
    assert sector_table(Case()).rows == ()
