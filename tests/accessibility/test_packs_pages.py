"""Packs in a real browser: they keep WCAG 2.2 AA, with one case, with several, and on one page."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from test_accessibility import HERE, browser, modules

from agencygraph import cases, compare, templates
from agencygraph.packs import pack

__all__ = ["browser", "modules"]
pytestmark = pytest.mark.accessibility


def test_packs_break_no_rule(browser: str, modules: Path, tmp_path: Path) -> None:
    change = compare(cases.peter(), cases.integrated("peter"))
    made = {
        "full": pack(change, marking="OFFICIAL-SENSITIVE"),
        "one page": pack(change, pages=1, marking="OFFICIAL-SENSITIVE"),
        "several": pack([change, cases.tina()], title="Panel", audience="family"),
        "arrangements": pack(arrangements=[templates.load("bexley_2005"), cases.james().plan,
                                           compare(cases.pathway("today"), cases.pathway("alternative"))]),
    }
    paths = [made[name].save(tmp_path / f"{name}.html") for name in made]
    command = ["node", str(HERE / "check.mjs"), str(modules), browser, *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    answers = json.loads(done.stdout)
    assert {path: answers[str(path)]["broken"] for path in paths} == {path: [] for path in paths}
    assert all(answers[str(path)]["passed"] > 25 for path in paths)
