"""Run the benchmarks: ``python -m benchmarks``, or some by name; ``--quick`` for a short look that proves the answers."""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Iterable, Iterator

from benchmarks.caseload_goals import Goal
from benchmarks.page import write_page

# What is asked for by name, and the module whose ``run`` gives its lines; a module is loaded only when it is wanted.
BENCHMARKS = {
    "case": "one_case",
    "maps": "maps",
    "crossings": "maps_crossings",
    "goals": "case_goals",
    "kernels": "caseload_kernels",
    "reading": "caseload_reading",
    "threads": "caseload_threads",
    "whole": "caseload_whole",
    "together": "caseload_together",
    "network": "caseload_network",
}


def main() -> None:
    """Print one line for each comparison: what was done, how long both ways took or how good they were, and the ratio."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=main.__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one or more of {', '.join(BENCHMARKS)}; all where left out")
    parser.add_argument("--quick", action="store_true", help="few cases and few samples: checks the answers, times mean little")
    parser.add_argument("--page", metavar="FILE.md", help="write the table of goals, with what kind of machine this is, to a page")
    asked = parser.parse_args()
    for name in asked.names:
        if name not in BENCHMARKS:
            parser.error(f"there is no benchmark '{name}'; there are {', '.join(BENCHMARKS)}")
    goals: list[Goal] = []
    for name in asked.names or BENCHMARKS:
        for line in lines_of(BENCHMARKS[name], quick=asked.quick):
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()
            goals += [line] if isinstance(line, Goal) else []
    sys.stdout.write(f"{sum(goal.is_kept for goal in goals)} of {len(goals)} goals reached.\n")
    if asked.page:
        write_page(asked.page, goals)
        sys.stdout.write(f"{asked.page}: the table is written.\n")


def lines_of(module: str, *, quick: bool) -> Iterator[object]:
    """Yield the lines of one benchmark, each as soon as it is known; those of caseloads say by themselves what is quick."""
    found = importlib.import_module(f"benchmarks.{module}")
    lines: Iterable[object] = found.run(*(found.QUICK if quick else ())) if hasattr(found, "QUICK") else found.run(quick=quick)
    yield from lines


if __name__ == "__main__":
    main()
