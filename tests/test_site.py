"""What looks through the built site finds what it is there to find; `tools/site.py` itself runs where the site is built."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tools_at_hand import ROOT, load_tool

SITE = load_tool("site")
GOOD = ('<html><body id="top"><a href="#top">up</a> <a href="https://example.org">away</a>'
        '<img src="a.svg" alt="A map"></body></html>')


def site_of(folder: Path, page: str, **others: str) -> Path:
    for name, text in {"index.html": page, "a.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>', **others}.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_a_good_page_has_no_faults(tmp_path: Path) -> None:
    assert SITE.faults(site_of(tmp_path, GOOD)) == []


@pytest.mark.parametrize(("more", "said"), [
    ('<script src="https://cdn.example.org/x.js"></script>', "fetches https://cdn.example.org/x.js"),
    ('<img src="//example.org/x.png" alt="A map">', "fetches //example.org/x.png"),
    ('<link rel="stylesheet" href="http://example.org/x.css">', "fetches http://example.org/x.css"),
    ('<p style="background: url(https://example.org/x.png)">', "fetches https://example.org/x.png"),
    ('<style>@import "https://example.org/x.css";</style>', "fetches https://example.org/x.css"),
    ('<form action="https://example.org"></form>', "fetches https://example.org"),
    ('<a href="gone.html">', "links to gone.html, which is not there"),
    ('<a href="#gone">', "links to #gone, but the page has no such place"),
    ('<img src="a.svg" alt="">', "a picture that says nothing"),
])
def test_each_fault_is_found(more: str, said: str, tmp_path: Path) -> None:
    found = SITE.faults(site_of(tmp_path, GOOD.replace("</body>", f"{more}</body>")))
    assert any(said in fault for fault in found)


@pytest.mark.parametrize(("name", "text"), [
    ("x.css", "@font-face { src: url('https://fonts.example.org/x.woff') }"),
    ("x.js", "fetch('https://example.org/x')"),
    ("x.svg", '<svg><image href="https://example.org/x.png"/></svg>'),
])
def test_no_other_file_may_fetch_either(name: str, text: str, tmp_path: Path) -> None:
    assert len(SITE.faults(site_of(tmp_path, GOOD, **{name: text}))) == 1
    comment = site_of(tmp_path, GOOD, **{name: "/* see https://example.org */" if name != "x.svg" else "<svg/>"})
    assert SITE.faults(comment) == []


def test_every_page_is_one_click_from_the_first_and_every_decision_from_how_it_is_made() -> None:
    docs = ROOT / "docs"
    first = set(re.findall(r"\]\(([\w/-]+\.md)\)", (docs / "index.md").read_text(encoding="utf-8")))
    assert {page.name for page in docs.glob("*.md")} - {"index.md"} <= first
    made = (docs / "how-it-is-made.md").read_text(encoding="utf-8")
    assert all(f"(decisions/{page.name})" in made for page in (docs / "decisions").glob("*.md"))
    names = (docs / "api" / "index.md").read_text(encoding="utf-8")
    assert all(f"({page.name})" in names for page in (docs / "api").glob("*.md") if page.name != "index.md")


def test_the_commands_of_the_guide_work_in_the_windows_prompt() -> None:
    """Single quotes are letters there, and a backslash at the end of a line does not go on."""
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for line in page.read_text(encoding="utf-8").splitlines():
            if re.search(r"\b(?:pip install|python -m|agencygraph (?:check|map|pack|template|measure))\b", line):
                assert "install '" not in line, f"{page.name}: {line}"
                assert not line.endswith("\\"), f"{page.name}: {line}"
