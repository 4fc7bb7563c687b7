"""No shipped map gets worse to read: its figures keep within budgets that may only fall."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

import map_budgets
from agencygraph import Case, draw

sys.path.insert(0, str(Path(__file__).parent.parent))

from tools import budgets


def test_every_shipped_map_keeps_its_budget_and_the_budgets_are_as_low_as_they_can_be() -> None:
    above, below = map_budgets.differences(map_budgets.recorded(), map_budgets.measured())
    assert not above, (f"above budget: {'; '.join(above)}. Draw better maps; where that cannot be, say why: "
                       "python tools/budgets.py --raise 'the reason'")  # fmt: skip
    assert not below, f"below budget, well done: {'; '.join(below)}. Lower the budgets: python tools/budgets.py"


def test_a_rise_a_fall_and_a_map_without_a_budget_are_named() -> None:
    old = {"a": {"crossings": 3, "kilobytes": 8}, "gone": {"crossings": 1}}
    now = {"a": {"crossings": 4, "kilobytes": 4}, "new": {"crossings": 0}}
    assert map_budgets.differences(old, now) == (
        ["a: crossings 4, budget 3", "new: has no budget yet"], ["a: kilobytes 4, budget 8", "gone: no longer shipped"])
    assert map_budgets.differences(now, now) == ([], [])


def test_crossings_of_a_map_are_among_its_figures() -> None:
    ring = Case.of(actors=dict.fromkeys("abcde", "agency"), ties=[f"{a} => {b}" for a in "abcde" for b in "abcde" if a < b])
    found = map_budgets.figures_of(draw(ring))
    assert found["crossings"] >= 1  # five who all tell each other cannot be drawn without
    assert found["kilobytes"] % map_budgets.STEP == 0


def test_the_tool_lowers_by_itself_and_raises_only_with_a_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                                                 capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    file = tmp_path / "budgets.json"
    monkeypatch.setattr(map_budgets, "FILE", file)
    file.write_text(json.dumps({"budgets": {"a": {"crossings": 5}, "b": {"crossings": 1}}, "raised": []}))
    now = {"a": {"crossings": 2}, "b": {"crossings": 3}}
    assert budgets.renew(now, "") == 1
    assert map_budgets.recorded() == {"a": {"crossings": 2}, "b": {"crossings": 1}}
    assert "b: crossings 3, budget 1" in capsys.readouterr().out
    assert budgets.renew(now, "Shorter lines matter more.") == 0
    assert map_budgets.recorded() == now
    assert json.loads(file.read_text())["raised"] == [{"what": "b: crossings 3, budget 1", "why": "Shorter lines matter more."}]
    assert budgets.renew({"a": {"crossings": 2}}, "") == 0
    assert map_budgets.recorded() == {"a": {"crossings": 2}}
