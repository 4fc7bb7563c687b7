"""The benchmarks of caseloads run at a small size, with their own checks of what they measure."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))

@pytest.mark.parametrize("name", ["kernels", "network", "threads", "reading", "whole"])
def test_a_small_size_runs_and_is_right(name: str) -> None:
    benchmark = importlib.import_module(f"benchmarks.caseload_{name}")
    goals = benchmark.run(*benchmark.QUICK)
    assert all(goal.reached > 0 and goal.work in str(goal) for goal in goals)
