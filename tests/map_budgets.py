"""What every shipped map costs a reader: crossings, shallow crossings, shared tracks and kilobytes, against recorded budgets.

The budgets stand in map_budgets.json and may only fall; `python tools/budgets.py` lowers them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from agencygraph import cases, compare, draw
from agencygraph.drawing import Map
from map_checks import figures

FILE = Path(__file__).parent / "map_budgets.json"
COUNTED = ("crossings", "shallow_crossings", "shared_tracks")
PAIRS = ("peter", "james", "tina")
STEP = 4  # kilobytes: a word more on a map is no news
Figures = dict[str, int]


def shipped() -> Iterator[tuple[str, Map]]:
    """Every shipped case in every style that it has."""
    for name in PAIRS:
        change = compare(cases.load(name, narrative=True), cases.integrated(name))
        yield from zip((f"{name} before", f"{name} after"), draw(change, style="stacked").panels, strict=True)
        yield f"{name} change", draw(change, style="change")
        yield f"{name} star", draw(cases.integrated(name, star=True))
    for name in cases.names():
        yield name, draw(cases.load(name))


def measured() -> dict[str, Figures]:
    """The figures of every shipped map as it is drawn now."""
    return {name: figures_of(drawn) for name, drawn in shipped()}


def figures_of(drawn: Map) -> Figures:
    """The figures of one map; its size in kilobytes, rounded up to whole steps."""
    found = figures(drawn.svg.encode())
    size = -(-len(drawn.svg.encode()) // (1024 * STEP)) * STEP
    return {**{what: int(found[what]) for what in COUNTED}, "kilobytes": size}


def recorded() -> dict[str, Figures]:
    """The budgets."""
    budgets: dict[str, Figures] = json.loads(FILE.read_text(encoding="utf-8"))["budgets"]
    return budgets


def differences(budgets: dict[str, Figures], now: dict[str, Figures]) -> tuple[list[str], list[str]]:
    """In words: what is above its budget or has none, and what is below it or is no longer there."""
    above, below = [], []
    for name, found in now.items():
        if name not in budgets:
            above.append(f"{name}: has no budget yet")
            continue
        for what, value in found.items():
            allowed = budgets[name].get(what)
            if allowed is None or value > allowed:
                above.append(f"{name}: {what} {value}, budget {allowed}")
            elif value < allowed:
                below.append(f"{name}: {what} {value}, budget {allowed}")
    return above, below + [f"{name}: no longer shipped" for name in budgets if name not in now]
