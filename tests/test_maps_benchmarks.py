"""The benchmarks of maps run at a small size with their own checks; crossings keep a bar against Graphviz on a few maps."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks import __main__ as table
from benchmarks import maps, maps_crossings
from benchmarks.maps_graphviz import count_crossings, installed

AGAINST_NEATO = 1.0
SAMPLE = [(14, range(6)), (22, range(1))]
needs_graphviz = pytest.mark.skipif(not installed(), reason="Graphviz (dot and neato) is not installed: nothing to compare with")


def test_a_quick_run_holds_every_map_to_the_checks() -> None:
    lines = [str(line) for line in maps.run(quick=True)]
    assert len(lines) == (8 if installed() else 6)
    assert all("8 actors" in line or "maps on kept places" in line or "first map of a case" in line for line in lines)


def test_a_second_map_that_searches_for_places_stops_a_run(monkeypatch: pytest.MonkeyPatch) -> None:
    # The places are no longer remembered, as if the library had stopped to do so.
    monkeypatch.setattr(maps.setting, "_placed", maps.setting._placed.__wrapped__, raising=True)
    monkeypatch.setattr(maps, "_forget", lambda: None)
    with pytest.raises(AssertionError, match="searched for places again"):
        list(maps.second_maps(maps.case_of(1, 4)))


@needs_graphviz
def test_a_quick_count_of_crossings_compares_with_both_engines() -> None:
    lines = [str(line) for line in maps_crossings.run(quick=True)]
    assert [("dot" in line, "neato" in line) for line in lines] == [(True, False), (False, True)] * 3


@needs_graphviz
def test_crossings_are_few_against_graphviz() -> None:
    """The benchmark of all sixty maps is narrower; this holds a few of them to a bar that other versions of Graphviz keep too."""
    found = [one for size, seeds in SAMPLE for one in maps_crossings.compare(size, seeds)]
    assert [one for one in found if one.faults] == []
    ours, free, pinned = (sum(getattr(one, way) for one in found) for way in ("ours", "free", "pinned"))
    assert ours <= maps_crossings.AGAINST_DOT * free, (ours, free, found)
    assert ours <= AGAINST_NEATO * pinned, (ours, pinned, found)


def test_crossings_are_counted_between_all_lines() -> None:
    across, down, apart = [(0.0, 5.0), (10.0, 5.0)], [(5.0, 0.0), (5.0, 10.0)], [(20.0, 0.0), (20.0, 9.0)]
    assert count_crossings([across, down, apart]) == 1
    assert count_crossings([across, apart]) == 0


@pytest.mark.parametrize("module", table.BENCHMARKS.values())
def test_every_benchmark_of_the_table_can_be_run(module: str) -> None:
    assert (Path(table.__file__).parent / f"{module}.py").is_file()
    assert callable(__import__(f"benchmarks.{module}", fromlist=["run"]).run)
