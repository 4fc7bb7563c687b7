"""The sweep over made-up cases: how many of each size, and what must hold of all their maps.

Small cases are many because they cost little; large ones are few but every size is there. The nightly profile makes all of them
as many times more as it makes examples, looks for new ones, and draws the change maps too, which cost most; where time is short
(the other Pythons) a few sizes do.
"""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from agencygraph import compare, draw
from agencygraph.drawing import Map
from map_checks import clean
from sketched_cases import pair_of

SHARES = {3: 70, 4: 66, 5: 56, 6: 40, 7: 18, 8: 12, 9: 8, 10: 6, 11: 4, 12: 4, 13: 2, 14: 2, 15: 2, 16: 2,
          17: 1, 18: 1, 19: 1, 20: 1, 21: 1, 22: 1, 23: 1, 24: 1}  # fmt: skip
BRIEF = (3, 7, 11, 15)
EVERYDAY = 40  # examples of the everyday profile, to which the shares belong


def sizes(first: int, last: int) -> list[int]:
    """The numbers of actors that this run sweeps, of those from first to last."""
    return [size for size in SHARES if first <= size <= last and (size in BRIEF or settings.default.max_examples >= EVERYDAY)]


def sweep(size: int) -> None:
    """Draw made-up cases of a size, and see that nothing is wrong with any map."""
    asked = settings.default.max_examples
    count = SHARES[size] * asked // EVERYDAY if asked >= EVERYDAY else 1
    # A seed has no smaller one that would be simpler, so nothing is shrunk.
    phases = [Phase.explicit, Phase.reuse, Phase.generate]
    runs = settings(max_examples=count, phases=phases)
    _holding(size, changes=asked > EVERYDAY, runs=runs)()


def _holding(size: int, changes: bool, runs: settings) -> Callable[[], None]:
    """What must hold, as something that hypothesis can run."""

    @runs
    @given(seed=st.integers(0, 10**6))
    def every_hard_check_holds(seed: int) -> None:
        doubts = (seed + size) % 2 == 1
        drawn = maps_of(seed, size, doubts, changes)
        wrong = {name: found for name, one in drawn.items() if (found := clean(one.svg.encode()))}
        assert wrong == {}, f"pair_of({seed}, {size}, {doubts}) of tests/sketched_cases.py has faults: {wrong}"
        # A change map with its list beside it has the same places drawn together.
        stand = [{card.key: (card.x, card.y) for card in one.scene.cards} for name, one in drawn.items() if name != "change"]
        assert all(one == stand[0] for one in stand), f"pair_of({seed}, {size}, {doubts}): somebody moves between the maps"

    return every_hard_check_holds


def maps_of(seed: int, size: int, doubts: bool, changes: bool) -> dict[str, Map]:
    """The maps of a made-up case: before, and after where there is a team, and what changes if that is asked for."""
    before, after = pair_of(seed, size, doubts)
    if after is None:
        return {"before": draw(before)}
    comparison = compare(before, after)
    drawn = dict(zip(("before", "after"), draw(comparison, style="stacked").panels, strict=True))
    return {**drawn, "change": draw(comparison, style="change")} if changes else drawn
