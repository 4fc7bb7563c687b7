"""Graphviz beside our maps: the same people and ties drawn by `dot` wherever it likes, or by `neato` on our places."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Sequence
from itertools import combinations
from math import dist

from agencygraph.drawing import Map
from benchmarks.maps_judges import TIPS, Drawing, crossing_points, path_points

Line = list[tuple[float, float]]
FREE, PINNED = ("dot",), ("neato", "-n2", "-Gsplines=true")


def installed() -> bool:
    """Whether both programs are there."""
    return bool(shutil.which("dot") and shutil.which("neato"))


def run(engine: Sequence[str], dot: bytes, kind: str) -> bytes:
    """What a process of Graphviz makes of a graph's text."""
    return subprocess.run([*engine, f"-T{kind}"], input=dot, capture_output=True, check=True).stdout


def lines_of_map(drawn: Map) -> list[Line]:
    """How the ties of our map run, from tip to tip."""
    return [tie.track for tie in Drawing(drawn.svg.encode()).ties]


def lines_by_graphviz(engine: Sequence[str], drawn: Map) -> list[Line]:
    """How the same ties run as Graphviz draws them, from tip to tip; `dot` takes no notice of our places."""
    found = json.loads(run(engine, drawn.render(".dot"), "json"))
    return [_flat(edge["pos"]) for edge in found["edges"]]


def count_crossings(lines: Sequence[Line]) -> int:
    """How often the lines of a map cross, whoever drew it."""
    return sum(len(crossing_points(one, two)) for one, two in combinations(lines, 2))


def end_together(lines: Sequence[Line]) -> bool:
    """Whether any two lines of a map, whoever drew it, end nearer together than the tips of ours may."""
    return any(dist(p, q) < TIPS for one, two in combinations(lines, 2) for p in (one[0], one[-1]) for q in (two[0], two[-1]))


def _flat(pos: str) -> Line:
    """The points of an edge: its curve, flattened as the checks of maps flatten ours, and the tips of its heads."""
    tips = {letter: (float(x), float(y)) for letter, x, y in re.findall(r"([se]),([-+.\de]+),([-+.\de]+)", pos)}
    first, *rest = [part for part in pos.split() if part[0] not in "se"]
    line = path_points(f"M{first}C{' '.join(rest)}")
    return [*([tips["s"]] if "s" in tips else []), *line, *([tips["e"]] if "e" in tips else [])]
