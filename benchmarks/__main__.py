"""Run the benchmarks: ``python -m benchmarks``, or ``python -m benchmarks --quick`` for a short look that proves the answers."""

from __future__ import annotations

import argparse
import sys

from benchmarks import one_case


def main() -> None:
    """Print one line for each comparison: both times, and how many times faster the library is."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=main.__doc__)
    parser.add_argument("--quick", action="store_true", help="few cases and few samples: checks the answers, times mean little")
    for line in one_case.run(quick=parser.parse_args().quick):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
