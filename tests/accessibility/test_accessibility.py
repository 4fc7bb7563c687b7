"""Pages in a real browser: they keep WCAG 2.2 AA, and a screen reader finds everybody and every tie by name, in order.

Needs Chromium (CHROMIUM names it, else it is looked for on PATH), node, and the two packages of package.json: those in the folder
that AGENCYGRAPH_NODE_MODULES names, or else fetched by npm into a folder that goes when the tests end.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from agencygraph import cases
from agencygraph.comparison import compare
from agencygraph.drawing import draw
from agencygraph.matrices import matrix
from agencygraph.renderers.sheet import Sheet

HERE = Path(__file__).parent
pytestmark = pytest.mark.accessibility
PAGES: dict[str, Callable[[], Sheet]] = {
    "peter": lambda: draw(cases.peter(narrative=True), marking="OFFICIAL").sheet,
    "james": lambda: draw(cases.james(narrative=True)).sheet,
    "tina": lambda: draw(cases.tina(narrative=True)).sheet,
    "team": lambda: draw(cases.integrated("tina")).sheet,
    "both": lambda: draw(compare(cases.peter(), cases.integrated("peter"))).sheet,
    "matrix": lambda: matrix(cases.james(narrative=True)),
    "team matrix": lambda: matrix(cases.integrated("james")),
}
NAMES = list(PAGES)


@pytest.fixture(scope="session")
def browser() -> str:
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        pytest.skip("Chromium is not installed (name it in CHROMIUM)")
    return found


@pytest.fixture(scope="session")
def modules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the packages' folder."""
    if given := os.environ.get("AGENCYGRAPH_NODE_MODULES"):
        return Path(given).resolve().parent
    npm = shutil.which("npm")
    if not npm or not shutil.which("node"):
        pytest.skip("node and npm are not installed")
    folder = tmp_path_factory.mktemp("node")
    shutil.copy(HERE / "package.json", folder)
    done = subprocess.run([npm, "install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock"], cwd=folder,
                          capture_output=True, text=True, check=False)  # fmt: skip
    if done.returncode:
        pytest.skip(f"npm could not fetch axe-core and playwright-core: {done.stderr.strip()[-200:]}")
    return folder


@pytest.fixture(scope="session")
def answers(browser: str, modules: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the browser says of each page, all asked at once."""
    folder = tmp_path_factory.mktemp("pages")
    paths = {name: make().save(folder / f"{name}.html") for name, make in PAGES.items()}
    bad = folder / "bad.html"
    bad.write_text("<html><body><img src=''><p style='color:#bbb;background:#fff'>pale</p></body></html>")
    command = ["node", str(HERE / "check.mjs"), str(modules), browser, *map(str, paths.values()), str(bad)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    return {**{name: found[str(path)] for name, path in paths.items()}, "bad": found[str(bad)]}


def test_the_check_sees_what_is_wrong(answers: dict[str, Any]) -> None:
    assert {line.partition(":")[0] for line in answers["bad"]["broken"]} >= {"image-alt", "color-contrast", "html-has-lang"}


@pytest.mark.parametrize("name", NAMES)
def test_a_page_breaks_no_rule(name: str, answers: dict[str, Any]) -> None:
    assert answers[name]["broken"] == []
    assert answers[name]["passed"] > 15


@pytest.mark.parametrize("name", NAMES)
def test_a_screen_reader_finds_everybody_and_every_line_by_name(name: str, answers: dict[str, Any]) -> None:
    sheet, said = PAGES[name](), answers[name]["said"]
    names = {line.partition(": ")[2] for line in said}
    for roll in sheet.rolls:
        assert {person.words for person in roll.people} <= names
    for scene in sheet.scenes:
        assert {" ".join(line.words.split()) for line in scene.lines} <= names
        assert {team.words for team in scene.teams} <= names
    images = [line for line in said if line.startswith(("image: ", "img: "))]
    assert len(images) >= sum(len(roll.people) for roll in sheet.rolls)


@pytest.mark.parametrize("name", NAMES)
def test_the_keyboard_goes_from_person_to_person_in_reading_order(name: str, answers: dict[str, Any]) -> None:
    sheet, stops = PAGES[name](), answers[name]["stops"]
    people = [person.words for roll in sheet.rolls for person in roll.people]
    assert [stop for stop in stops if stop in people] == people
    assert stops[0] == people[0]
    assert stops[-1].startswith("Table of ties")
