"""The gallery shows every shipped case, and each of its pictures is there."""

from __future__ import annotations

import re
from pathlib import Path

from agencygraph import cases

DOCS = Path(__file__).parent.parent / "docs"


def test_every_shipped_case_is_in_the_gallery_and_every_picture_is_there() -> None:
    shown = re.findall(r"\]\((pictures/[^)]+)\)", (DOCS / "gallery.md").read_text(encoding="utf-8"))
    assert {f"pictures/{name.replace('_', '-')}.svg" for name in cases.names()} <= set(shown)
    assert all((DOCS / picture).is_file() for picture in shown)
    assert {f"pictures/{path.name}" for path in (DOCS / "pictures").iterdir()} == set(shown)


def test_no_page_of_the_docs_links_to_nothing() -> None:
    for page in [*DOCS.glob("*.md"), *DOCS.parent.glob("*.md")]:
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"
