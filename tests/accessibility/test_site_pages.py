"""The guide as a site in a real browser: its pages keep WCAG 2.2 AA. Needs the site, which `python tools/site.py` builds."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from test_accessibility import HERE, browser, modules

__all__ = ["browser", "modules"]
pytestmark = pytest.mark.accessibility
SITE = HERE.parent.parent / "build" / "site"
# One of each kind: a cover, pictures, long tables, code and names, and the search, which Sphinx makes.
PAGES = tuple(f"{name}.html" for name in ("index", "gallery", "measures", "fields", "packs", "api/index", "api/verbs", "search"))


def test_the_guide_breaks_no_rule(browser: str, modules: Path) -> None:
    if not SITE.is_dir():
        pytest.skip("the guide is not built as a site (python tools/site.py builds it)")
    paths = [SITE / page for page in PAGES]
    command = ["node", str(HERE / "check.mjs"), str(modules), browser, *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    answers = json.loads(done.stdout)
    assert {page: answers[str(path)]["broken"] for page, path in zip(PAGES, paths, strict=True)} == {page: [] for page in PAGES}
    assert all(answers[str(path)]["passed"] > 25 for path in paths)
