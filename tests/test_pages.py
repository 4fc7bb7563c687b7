"""The pages of the guide that the library writes of itself are what the library says now."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from agencygraph.glossary import WORDS
from agencygraph.measures import QUESTIONS

ROOT = Path(__file__).parent.parent


def pages() -> ModuleType:
    spec = importlib.util.spec_from_file_location("pages", ROOT / "tools" / "pages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["measures", "words"])
def test_the_committed_page_is_the_one_the_library_writes(name: str) -> None:
    written = (ROOT / "docs" / f"{name}.md").read_text("utf-8")
    assert written == getattr(pages(), f"{name}_page")(), f"docs/{name}.md is out of date: run python tools/pages.py"


def test_every_measure_and_every_word_has_its_place() -> None:
    page = (ROOT / "docs" / "measures.md").read_text("utf-8")
    for question in QUESTIONS.all():
        assert f"### {question.id} {question.name}\n" in page
    words = (ROOT / "docs" / "words.md").read_text("utf-8")
    assert all(f"- **{word}**: " in words for word in WORDS)
