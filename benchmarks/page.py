"""The page of the documentation that shows what was reached, and on what kind of machine."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from agencygraph.files import replace_file
from benchmarks.caseload_goals import Goal

PACKAGES = ("networkx", "numpy", "numba", "pyarrow", "polars")
# A goal that is kept by less than this may be missed when the same is measured again.
NARROW = 1.3
HEAD = """\
# How fast it is

Each line was measured in one run, the library and the other way in turn on the same cases, and both must give the same answers:
a benchmark of wrong answers is worth nothing. Ratios travel from machine to machine, seconds do not.

```text
python -m benchmarks                                  # everything; takes minutes
python -m benchmarks --quick                          # a short look that proves the answers; its times mean little
python -m benchmarks --page docs/benchmarks.md        # writes this page
```
"""


def write_page(path: str, goals: Sequence[Goal]) -> None:
    """Write the table of goals; the machine is described by what it is, never by its name."""
    replace_file(path, "\n".join(_lines(goals)).encode())


def _lines(goals: Sequence[Goal]) -> Iterator[str]:
    yield HEAD
    yield f"Measured on {machine()}.\n"
    yield "| work | goal | reached |"
    yield "|---|---|---|"
    for goal in goals:
        yield f"| {goal.work} | {goal.asked} | {goal.found}{'' if goal.is_kept else f': missed by {goal.short_by:.2g} times'} |"
    missed = [goal for goal in goals if not goal.is_kept]
    if missed:
        yield "\n## What was missed, and why\n"
        yield from map(_reason, missed)
    narrow = [goal for goal in goals if goal.is_kept and NARROW * goal.short_by > 1]
    if narrow:
        yield "\n## What was kept by little, and may be missed on another run\n"
        yield from map(_reason, narrow)
    yield ""


def _reason(goal: Goal) -> str:
    return f"- {goal.work[:1].upper()}{goal.work[1:]}: {goal.why}."


def machine() -> str:
    """Say what kind of machine this is: cores, memory, processor, Python and the packages that count."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30 if hasattr(os, "sysconf") else 0
    parts = [f"{os.cpu_count()} cores", f"{memory:.0f} GB of memory" if memory else "", _processor(),
             f"Python {platform.python_version()}", *filter(None, map(_package, PACKAGES))]
    return ", ".join(part for part in parts if part)


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.is_file() else []
    found = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())
    return f"processor {found}"


def _package(name: str) -> str:
    try:
        return f"{name} {version(name)}"
    except PackageNotFoundError:
        return ""
