"""Run the benchmarks: ``python -m benchmarks``, or some by name; ``--quick`` for a short look that proves the answers."""

from __future__ import annotations

import argparse
import importlib
import sys

# What is asked for by name, and the module whose ``run(quick=...)`` yields its lines; a module is loaded only when it is wanted.
BENCHMARKS = {
    "case": "one_case",
    "maps": "maps",
    "crossings": "maps_crossings",
}


def main() -> None:
    """Print one line for each comparison: what was done, how long both ways took or how good they were, and the ratio."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=main.__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one or more of {', '.join(BENCHMARKS)}; all where left out")
    parser.add_argument("--quick", action="store_true", help="few cases and few samples: checks the answers, times mean little")
    asked = parser.parse_args()
    for name in asked.names:
        if name not in BENCHMARKS:
            parser.error(f"there is no benchmark '{name}'; there are {', '.join(BENCHMARKS)}")
    for name in asked.names or BENCHMARKS:
        for line in importlib.import_module(f"benchmarks.{BENCHMARKS[name]}").run(quick=asked.quick):
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
