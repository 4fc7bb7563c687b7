"""What a benchmark says: which work, which goal, and what this machine reached. Ratios travel, seconds do not."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Goal:
    """One goal: the ratio (or the seconds) asked for and reached; `at_most` where less is better.

    `why` is what is known of a miss. None goes without it: a goal that is kept today may be missed on another machine.
    """

    work: str
    goal: float
    reached: float
    unit: str = "times"
    at_most: bool = False
    why: str = field(kw_only=True)

    @property
    def is_kept(self) -> bool:
        """True where the goal is reached."""
        return self.reached <= self.goal if self.at_most else self.reached >= self.goal

    @property
    def asked(self) -> str:
        """The goal in words."""
        return f"{'<=' if self.at_most else '>='} {self.goal:,g}"

    @property
    def found(self) -> str:
        """What was reached, in words."""
        return f"{f'{self.reached:,.1f}' if self.reached >= 10 else f'{self.reached:.3g}'} {self.unit}"

    @property
    def short_by(self) -> float:
        """How many times as good it would have to be."""
        return self.reached / self.goal if self.at_most else self.goal / self.reached

    def __str__(self) -> str:
        return f"{self.work}: {self.found} (goal {self.asked}: {'reached' if self.is_kept else 'MISSED'})"


def seconds(work: Callable[[], object], rounds: int = 3) -> float:
    """The shortest of a few runs: what else the machine does only ever adds."""
    best = float("inf")
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best
