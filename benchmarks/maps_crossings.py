"""How often the lines of our maps cross, against Graphviz: `dot` that may put everybody anywhere, and `neato` on our places.

The maps are those of made-up separate agencies. `dot` keeps none of a map's conventions (the school in the centre, the family in
the west, sectors together), so fewer crossings than its are not to be had; on our places `neato` may not be better than we are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from agencygraph.drawing import draw
from benchmarks.caseload_goals import Goal
from benchmarks.maps_graphviz import (
    FREE,
    PINNED,
    count_crossings,
    end_together,
    installed,
    lines_by_graphviz,
    lines_of_map,
)
from benchmarks.maps_judges import TIPS, case_of, clean

SIZES = (14, 22)
AGAINST_DOT = 2.0


@dataclass(frozen=True, slots=True)
class Crossings:
    """How many crossings one map has: as we draw it, as `dot` draws it, and as `neato` draws it on our places."""

    size: int
    seed: int
    ours: int
    free: int
    pinned: int
    crowded: bool = False  # whether `neato` lets lines end nearer together than the tips of a map may
    faults: str = ""


def run(*, quick: bool = False) -> Iterator[Goal | str]:
    """Yield the ratios for each size and for all maps together, as soon as they are known.

    Raises
    ------
    AssertionError
        At the end, where a map of ours breaks a hard check; at once, where the three ways have not as many lines.
    """
    if not installed():
        yield "crossings: Graphviz (dot and neato) is not installed, so there is nothing to compare with"
        return
    found: list[Crossings] = []
    for size in (5, 8) if quick else SIZES:
        some = list(compare(size, range(2 if quick else 30)))
        found += some
        yield from goals(some, f"{len(some)} maps of {size} actors")
    yield from goals(found, f"all {len(found)} maps")
    wrong = [f"case_of({one.seed}, {one.size}): {one.faults}" for one in found if one.faults]
    assert not wrong, wrong


def compare(size: int, seeds: Sequence[int]) -> Iterator[Crossings]:
    """Count the crossings of some made-up maps of a size, drawn in three ways, and note what is wrong with ours."""
    for seed in seeds:
        drawn = draw(case_of(seed, size))
        wrong = clean(drawn.svg.encode())
        ways = lines_of_map(drawn), lines_by_graphviz(FREE, drawn), lines_by_graphviz(PINNED, drawn)
        assert len({len(lines) for lines in ways}) == 1, (size, seed)
        yield Crossings(size, seed, *map(count_crossings, ways), end_together(ways[2]), str(wrong) if wrong else "")


def goals(found: Sequence[Crossings], which: str) -> Iterator[Goal]:
    """Both ratios, and how many maps have more crossings than `neato` makes on the same places."""
    ours, free, pinned = (sum(getattr(one, way) for one in found) for way in ("ours", "free", "pinned"))
    more = sum(one.ours > one.pinned for one in found)
    yield Goal(f"{which}, crossings: ours {ours}, free dot {free}", AGAINST_DOT, ours / max(free, 1), at_most=True,
               why="dot may put everybody anywhere, a map keeps its school in the centre and its sectors together")
    yield Goal(f"{which}, crossings: ours {ours}, neato on our places {pinned} (more than neato on {more} of {len(found)})", 1.0,
               ours / max(pinned, 1), at_most=True,
               why=f"neato has fewer on {more} of {len(found)} maps; it is not bound to keep lines clear of cards and of each "
                   f"other, and on {sum(one.crowded for one in found)} maps two of its lines end less than {TIPS:g} points apart")


if __name__ == "__main__":
    for line in run():
        print(line, flush=True)
