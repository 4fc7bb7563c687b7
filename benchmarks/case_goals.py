"""One case of fourteen actors against its goals: the whole bundle, importance, new links; and what the import costs."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from statistics import mean

from agencygraph.flows import flows_of
from agencygraph.model import Case
from benchmarks import one_case, with_networkx
from benchmarks.caseload_goals import Goal
from benchmarks.made_up import make_case

SHARED = "the ratio is of two short times on a machine that does other work as well"
IMPORT = "import time; start = time.process_time(); import {}; print(time.process_time() - start)"


def run(*, quick: bool = False) -> Iterator[Goal]:
    """Yield each goal as soon as it is known; both ways must agree, as in `one_case`."""
    yield Goal("import of agencygraph against import of networkx", 50,
               _import_time("networkx", quick) / _import_time("agencygraph", quick),
               why="both are short, and each is the shortest of some runs in a fresh interpreter")
    samples = 200 if quick else 10_000
    core, audience, *_ = one_case.run(quick=quick)
    yield Goal("core questions, chances and audience of one case against networkx and its sampling"
               f" ({samples:,} samples)", 500, (core.other + audience.other) / (core.ours + audience.ours),
               why=f"the sampling is {audience.other / (core.other + audience.other):.0%} of networkx's time and works in little "
                   "memory, ours fills the nearest caches, which other work takes away; on one machine the same code reached from "
                   "433 to 641 times")
    cases = [make_case(number) for number in range(2 if quick else 10)]
    ours, other = one_case._in_turn(cases, one_case._audience, lambda case: cascade(case, samples),  # noqa: SLF001
                                    one_case._agree_within_error)  # noqa: SLF001
    yield Goal(f"chances and audience of one case against a hand-written cascade ({samples:,} samples)", 25, other / ours,
               why=SHARED)
    every, one = one_case._in_turn(cases, one_case._importance, one_case._audience, lambda _, __: True)  # type: ignore[arg-type]  # noqa: SLF001
    yield Goal("importance of every flow, against one value", 2.5, every / one, "times as long", at_most=True, why=SHARED)
    links = one_case.compare_links(cases[:1] if quick else cases)
    missing = mean(len(with_networkx.routes_after_each(with_networkx.graphs_of(case))) for case in cases[:2])
    yield Goal("ranking all missing links, against simulating each of them anew in networkx (one simulation times their number)",
               10_000, missing * audience.other / links.ours, why=SHARED)


def cascade(case: Case, samples: int) -> tuple[float, float]:
    """The mean audience of the school over samples and its standard error, by a cascade written with care in plain Python."""
    flows, draw = flows_of(case), random.Random(1).random
    school = flows.ids.index("school")
    odds = [[(to, one_case.ODDS[not flows.critical[at] >> to & 1]) for to in range(len(flows.ids)) if flows.out[at] >> to & 1]
            if flows.relays >> at & 1 else [] for at in range(len(flows.ids))]
    total = squares = 0
    for _ in range(samples):
        told = {school}
        waiting = [school]
        while waiting:
            for to, chance in odds[waiting.pop()]:
                if to not in told and draw() < chance:
                    told.add(to)
                    waiting.append(to)
        heard = sum(flows.practitioners >> at & 1 for at in told) - 1
        total += heard
        squares += heard * heard
    average = total / samples
    return average, max((squares / samples - average * average) ** 0.5, 0.1) / samples**0.5


def _import_time(package: str, quick: bool) -> float:
    """The shortest of a few imports, each in a fresh interpreter that finds what the first one has compiled."""
    command = [sys.executable, "-c", IMPORT.format(package)]
    with tempfile.TemporaryDirectory() as folder:
        kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        kept["PYTHONPYCACHEPREFIX"] = folder
        return min(float(subprocess.run(command, check=True, capture_output=True, text=True, env=kept).stdout)
                   for _ in range(3 if quick else 15))  # fmt: skip


if __name__ == "__main__":
    for goal in run():
        print(goal)
