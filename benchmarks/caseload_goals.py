"""What a benchmark says: which work, which goal, and what this machine reached. Ratios travel, seconds do not."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Goal:
    """One goal: the ratio (or the seconds) asked for and reached; `at_most` where less is better."""

    work: str
    goal: float
    reached: float
    unit: str = "times"
    at_most: bool = False

    def __str__(self) -> str:
        kept = self.reached <= self.goal if self.at_most else self.reached >= self.goal
        sign = "<=" if self.at_most else ">="
        reached = f"{self.reached:,.1f}" if self.reached >= 10 else f"{self.reached:.3g}"
        return f"{self.work}: {reached} {self.unit} (goal {sign} {self.goal:g}: {'reached' if kept else 'MISSED'})"


def seconds(work: Callable[[], object], rounds: int = 3) -> float:
    """The shortest of a few runs: what else the machine does only ever adds."""
    best = float("inf")
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best
