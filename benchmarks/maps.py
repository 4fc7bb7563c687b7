"""How long a map takes: layout and lines by themselves, a second map, and a hundred maps on kept places, against other tools.

Layout and lines are timed in seconds of the processor; whatever is compared with another program in seconds of the clock, as its
process is part of what a reader waits for. Every map that is timed is held to the hard checks.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from statistics import median
from time import perf_counter, process_time
from unittest import mock

import networkx as nx

from agencygraph.comparison import Comparison, compare
from agencygraph.drawing import Map, draw
from agencygraph.layouts import place
from agencygraph.model import Case
from agencygraph.routing import route
from agencygraph.staging import scenes, setting
from benchmarks.caseload_goals import Goal
from benchmarks.maps_graphviz import PINNED, installed
from benchmarks.maps_graphviz import run as graphviz
from benchmarks.maps_judges import case_of, clean, pair_of

SIZES = {14: (0.3, 0.15), 22: (0.6, 0.5)}  # seconds allowed for the layout of a case, and for the lines of a map
SHOWS = ("", "isolation", "single points", "gaps")
AGAINST_GRAPHVIZ = 20.0


def run(*, quick: bool = False) -> Iterator[Goal | str]:
    """Yield each figure as soon as it is known.

    Raises
    ------
    AssertionError
        Where a map breaks a hard check, a second map of a case costs a layout, or a map on kept places moves somebody.
    """
    for size in (8,) if quick else SIZES:
        made = [case_of(seed, size) for seed in range(2 if quick else 15)]
        yield from time_parts(size, made)
        yield time_pair(size, range(1 if quick else 5))
        yield from against_others(size, made)
    yield from second_maps(case_of(1, 8 if quick else 14))
    yield from hundred_maps(8 if quick else 14, 2 if quick else 100)


def time_parts(size: int, made: Sequence[Case]) -> Iterator[Goal]:
    """Yield how long the layout takes and how long the lines take, each by itself."""
    layouts, lines = [], []
    for case in made:
        drawn, calls = _watched(case)
        _assert_good(drawn)
        layouts.append(calls[place.__name__])
        lines.append(calls[route.__name__])
    for what, taken, allowed in zip(("layout", "lines"), (layouts, lines), SIZES.get(size, SIZES[14]), strict=True):
        yield Goal(f"{what} of a map of {size} actors, median of {len(made)} (longest {max(taken):.2f} s)", allowed, median(taken),
                   "seconds", at_most=True,
                   why="it is the time of the processor, which other work beside it lengthens too: the same maps took up to a "
                       "quarter less or more within an hour")


def time_pair(size: int, seeds: Sequence[int]) -> str:
    """Say how long both take for a case before and after, whose maps and change map share one layout."""
    taken: list[dict[str, float]] = []
    for seed in seeds:
        before, after = pair_of(seed, size)
        assert after is not None
        drawn, calls = _watched(compare(before, after))
        for panel in drawn.panels:
            _assert_good(panel)
        taken.append(calls)
    layout, lines = (median(calls[work.__name__] for calls in taken) for work in (place, route))
    return f"before and after of {size} actors on one set of places: layout {layout:.3f} s, lines of both {lines:.3f} s"


def against_others(size: int, made: Sequence[Case]) -> Iterator[str]:
    """Yield how a new map compares with a process of Graphviz on the same graph, and with networkx and matplotlib."""
    _by_networkx(made[0])
    ours = median(_elapsed(lambda c=case: _forget() or draw(c)) for case in made)
    others = {"networkx with matplotlib": median(_elapsed(lambda c=case: _by_networkx(c)) for case in made)}
    if installed():
        dots = [draw(case).render(".dot") for case in made]
        others["a process of neato on our places"] = median(_elapsed(lambda d=dot: graphviz(PINNED, d, "svg")) for dot in dots)
    for other, took in others.items():
        yield f"a new map of {size} actors: {ours:.3f} s; {other} {took:.3f} s: {took / ours:.2f} times as long"


def second_maps(case: Case) -> Iterator[str]:
    """Yield what another map of the same case costs: none of them searches for places again."""
    _forget()
    first = _elapsed(lambda: draw(case))
    with mock.patch.object(setting, "place", side_effect=AssertionError("a second map searched for places again")):
        others = [_elapsed(lambda s=show: draw(case, show=s)) for show in SHOWS[1:]]
        critical = _elapsed(lambda: draw(case, only="critical"))
        same = _elapsed(lambda: draw(case, title="Once more"))
    for show in SHOWS:
        _assert_good(draw(case, show=show))
    shown = f"with something brought forward {median(others):.3f} s, critical ties only {critical:.3f} s, same lines {same:.3f} s"
    yield f"first map of a case {first:.3f} s; another of it {shown} (none searches for places)"


def hundred_maps(size: int, count: int) -> Iterator[Goal | str]:
    """Yield how many times as long Graphviz takes for maps on places that are kept, a process for each map.

    Once the maps are all new to the library, as after a restart; once they have been drawn before and are drawn again under
    other titles, as when a page of many maps is made anew.
    """
    if not installed():
        yield "maps on kept places: Graphviz (neato) is not installed, so there is nothing to compare with"
        return
    first = [draw(case_of(seed, size)) for seed in range(count)]
    kept = [case_of(seed, size).replace(places=drawn.places) for seed, drawn in enumerate(first)]
    dots = [drawn.render(".dot") for drawn in first]
    other = sum(_elapsed(lambda d=dot: graphviz(PINNED, d, "svg")) for dot in dots)
    new = again = 0.0
    for case, drawn in zip(kept, first, strict=True):
        _forget()
        new += _elapsed(lambda c=case: draw(c))
        again += _elapsed(lambda c=case: draw(c, title="Once more"))
        assert draw(case).places == drawn.places
        _assert_good(draw(case))
    yield Goal(f"{count} maps on kept places, lines known, {again:.2f} s; processes of neato {other:.2f} s", AGAINST_GRAPHVIZ,
               other / again,
               why=f"a process of neato takes {1000 * other / count:.0f} ms, most of them to begin; a map takes "
                   f"{1000 * again / count:.1f}, of which about three fifths write its markup, its words for the blind among them")
    yield f"{count} maps on kept places, lines new, {new:.2f} s; processes of neato {other:.2f} s: {other / new:.2f} times as long"


def _watched(what: Case | Comparison) -> tuple[Map, dict[str, float]]:
    """A new map, with the processor time that its layout and its lines took."""
    _forget()
    taken: dict[str, float] = {}
    with mock.patch.object(setting, "place", _clocked(place, taken)), mock.patch.object(scenes, "route", _clocked(route, taken)):
        return draw(what, style="" if isinstance(what, Case) else "stacked"), taken


def _clocked(work: Callable[..., object], taken: dict[str, float]) -> Callable[..., object]:
    """The same function, which notes how long it took."""

    def clocked(*given: object, **named: object) -> object:
        begin = process_time()
        found = work(*given, **named)
        taken[work.__name__] = taken.get(work.__name__, 0.0) + process_time() - begin
        return found

    return clocked


def _forget() -> None:
    """Let the library forget the places and lines that it remembers."""
    setting._placed.cache_clear()  # noqa: SLF001  # a new map is to be timed, not a remembered one
    scenes._routed.cache_clear()  # noqa: SLF001


def _elapsed(work: Callable[[], object]) -> float:
    begin = perf_counter()
    work()
    return perf_counter() - begin


def _assert_good(drawn: Map) -> None:
    wrong = clean(drawn.svg.encode())
    assert not wrong, wrong


def _by_networkx(case: Case) -> bytes:
    """The same case drawn as most people would: networkx's spring layout and matplotlib, saved as SVG."""
    import matplotlib.figure

    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(case.ids)
    graph.add_edges_from(flow for tie in case.ties for flow in tie.flows)
    page = io.BytesIO()
    figure = matplotlib.figure.Figure(figsize=(10.75, 6.6))
    axes = figure.subplots()
    nx.draw_networkx(graph, nx.spring_layout(graph, seed=1), ax=axes, labels=case.labels(), font_size=7)
    figure.savefig(page, format="svg")
    return page.getvalue()


if __name__ == "__main__":
    for line in run():
        print(line, flush=True)
