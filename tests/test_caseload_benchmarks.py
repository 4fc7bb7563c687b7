"""The benchmarks of caseloads run at a small size, with their own checks of what they measure, and make a page."""

from __future__ import annotations

import importlib
import platform
import re
import sys
from pathlib import Path

import pytest
from benchmarks.__main__ import BENCHMARKS, main
from benchmarks.caseload_goals import Goal
from benchmarks.page import machine, write_page


@pytest.mark.parametrize("name", ["kernels", "network", "threads", "together", "reading", "whole"])
def test_a_small_size_runs_and_is_right(name: str) -> None:
    benchmark = importlib.import_module(f"benchmarks.caseload_{name}")
    goals = benchmark.run(*benchmark.QUICK)
    assert all(goal.reached > 0 and goal.work in str(goal) for goal in goals)


def test_the_command_prints_goals_and_writes_a_page(tmp_path: Path, capsys: pytest.CaptureFixture[str],
                                                    monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "page.md"
    monkeypatch.setattr(sys, "argv", ["benchmarks", "goals", "--quick", "--page", str(page)])
    main()
    said = capsys.readouterr().out
    assert re.search(r"^\d of 5 goals reached\.$", said, re.MULTILINE)
    assert len(re.findall(r"^\| .+ \| (>=|<=) [\d.,]+ \| .+ \|$", page.read_text(encoding="utf-8"), re.MULTILINE)) == 5


def test_an_unknown_benchmark_is_refused(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["benchmarks", "goal"])
    with pytest.raises(SystemExit):
        main()
    assert "there is no benchmark 'goal'" in capsys.readouterr().err
    assert all(importlib.util.find_spec(f"benchmarks.{module}") for module in BENCHMARKS.values())


def test_a_missed_goal_says_by_how_much_and_why_and_no_machine_is_named(tmp_path: Path) -> None:
    goals = [Goal("reading", 3, 1.5, why="there is less to read"),
             Goal("writing", 5, 10, "seconds", at_most=True, why="paper is slow"), Goal("drawing", 20, 40, why="nobody knows"),
             Goal("counting", 20, 22, why="other work")]
    write_page(str(tmp_path / "page.md"), goals)
    text = (tmp_path / "page.md").read_text(encoding="utf-8")
    assert "| reading | >= 3 | 1.5 times: missed by 2 times |" in text
    assert "| writing | <= 5 | 10.0 seconds: missed by 2 times |" in text
    assert "| drawing | >= 20 | 40.0 times |" in text
    assert "- Reading: there is less to read." in text
    assert "- Writing: paper is slow." in text
    assert "nobody knows" not in text
    assert text.index("- Counting: other work.") > text.index("kept by little") > text.index("- Writing")
    with pytest.raises(TypeError, match="why"):
        Goal("without a reason", 1, 2)  # type: ignore[call-arg]
    assert machine() in text
    assert f"Python {platform.python_version()}" in text
    assert platform.node() not in text
    assert str(Path.home()) not in text
