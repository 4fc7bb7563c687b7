"""The gallery shows every shipped case, and each of its pictures is there."""

from __future__ import annotations

import re
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

from agencygraph import cases
from agencygraph.drawing import draw
from agencygraph.renderers.sheet import _MAKERS

DOCS = Path(__file__).parent.parent / "docs"


def test_every_shipped_case_is_in_the_gallery_and_every_picture_is_there() -> None:
    shown = re.findall(r"\]\((pictures/[^)]+)\)", (DOCS / "gallery.md").read_text(encoding="utf-8"))
    assert {f"pictures/{name.replace('_', '-')}.svg" for name in cases.names()} <= set(shown)
    assert all((DOCS / picture).is_file() for picture in shown)
    assert {f"pictures/{path.name}" for path in (DOCS / "pictures").iterdir()} == set(shown)


def tool() -> ModuleType:
    """The tool that draws the gallery, as a module."""
    spec = spec_from_file_location("pictures", DOCS.parent / "tools" / "pictures.py")
    assert spec is not None
    assert spec.loader is not None
    found = module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


def test_the_words_for_those_who_cannot_see_a_picture_say_nothing_twice() -> None:
    drawn = draw(cases.peter())
    words = tool().picture_words
    assert words(drawn, "separate agencies") == words(drawn, "") == drawn.title
    assert words(drawn, "greyscale") == f"{drawn.title}: greyscale"


def test_the_gallery_has_every_kind_of_file() -> None:
    assert list(tool().FORMATS) == list(_MAKERS)


def test_no_page_of_the_docs_links_to_nothing() -> None:
    for page in [*DOCS.glob("*.md"), *DOCS.parent.glob("*.md")]:
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"
