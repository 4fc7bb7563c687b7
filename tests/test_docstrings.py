"""Every public name says what it answers, what it takes and gives, which errors it raises, and shows an example."""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import re

import pytest

import agencygraph as ag
from tools_at_hand import ROOT, load_tool

# These raise no error of the library's own; all others must say which they raise.
RAISE_NOTHING = {
    "ag.disclosure", "ag.pseudonymise", "ag.to_networkx", "cases.bexley", "cases.groups", "cases.james", "cases.names",
    "cases.pathway", "cases.peter", "cases.tina", "measures.catalogue", "measures.sector_table", "measures.words_of",
    "templates.names", "planning.suggest", "planning.with_suggestions", "redaction.age_band", "redaction.further_names",
    "redaction.redact", "redaction.redact_pair",
    "partnership.tabulate", "formats.json_schema.schema", "formats.json_schema.schema_text",
    "errors.say_all", "errors.did_you_mean",
}
HEADS = ("Parameters", "Attributes", "Returns", "Raises", "Examples")


TOOL = load_tool("names")
PUBLIC = {TOOL.shown(name).removeprefix("agencygraph."): (page, value)
          for page, found in TOOL.public().items() for name, value in found if TOOL.explains_itself(value)}
FUNCTIONS = [name for name, (_, value) in PUBLIC.items() if not inspect.isclass(value)]
CLASSES = [name for name, (_, value) in PUBLIC.items() if inspect.isclass(value)]


def section(text: str, head: str) -> str | None:
    found = re.search(rf"^{head}\n-{{{len(head)}}}\n(.*?)(?=^[A-Z]\w+\n-+$|^Source: |\Z)", text, re.MULTILINE | re.DOTALL)
    return found[1] if found else None


def told(text: str) -> list[str]:
    """Return the names under Parameters and Attributes, in their order."""
    parts = [section(text, head) or "" for head in ("Parameters", "Attributes")]
    return [name.strip().lstrip("*") for part in parts for line in re.findall(r"^(\S[^\n]*)$", part, re.MULTILINE)
            for name in line.split(",")]


def text_of(name: str) -> str:
    return inspect.getdoc(PUBLIC[name][1]) or ""


def test_every_name_of_the_package_is_on_a_page() -> None:
    modules = {name for name in ag.__all__ if inspect.ismodule(getattr(ag, name))}
    assert {f"ag.{name}" for name in ag.__all__} - set(PUBLIC) == {f"ag.{name}" for name in modules}
    for room in (*modules, "batch", "caseloads", "testing"):
        module = importlib.import_module(f"agencygraph.{room}")
        for name in getattr(module, "__all__", [name for name in PUBLIC if name.startswith("errors.")]):
            value = getattr(module, name.rpartition(".")[2])
            assert any(value is known for _, known in PUBLIC.values()) or not TOOL.explains_itself(value), f"{room}.{name}"


@pytest.mark.parametrize("name", PUBLIC)
def test_it_says_what_it_is_for_under_headings_that_are_known(name: str) -> None:
    text = text_of(name)
    assert len(text.splitlines()[0]) > 15
    assert re.search(r"[.?]$", TOOL.first_sentence(PUBLIC[name][1]))
    heads = re.findall(r"^(\w[\w ]*)\n-{3,}$", text, re.MULTILINE)
    assert heads == sorted(heads, key=HEADS.index)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_explains_everything_it_takes_gives_and_raises(name: str) -> None:
    function, text = PUBLIC[name][1], text_of(name)
    signature = inspect.signature(function)  # type: ignore[arg-type]  # a function
    assert sorted(told(text)) == sorted(signature.parameters)
    assert section(text, "Returns") or signature.return_annotation in ("None", None)
    assert section(text, "Raises") or name in RAISE_NOTHING
    assert ">>>" in (section(text, "Examples") or "")


@pytest.mark.parametrize("name", CLASSES)
def test_a_value_explains_its_fields_and_what_can_be_done_with_it(name: str) -> None:
    page, value = PUBLIC[name]
    assert isinstance(value, type)
    text = text_of(name)
    if dataclasses.is_dataclass(value):
        fields = {field.name for field in dataclasses.fields(value) if field.init and not field.name.startswith("_")}
        assert fields <= set(told(text))
    if page in ("values", "errors"):
        assert ">>>" in (section(text, "Examples") or "")
    for word, part in vars(value).items():
        bare = part.__func__ if isinstance(part, (classmethod, staticmethod)) else part.fget if isinstance(part, property) else part
        if inspect.isfunction(bare) and not word.startswith("_"):
            assert len(inspect.getdoc(bare) or "") > 10, word


@pytest.mark.parametrize("page", [path.stem for path in sorted((ROOT / "docs" / "api").glob("*.md"))])
def test_the_committed_page_is_the_one_the_library_writes(page: str) -> None:
    written = (ROOT / "docs" / "api" / f"{page}.md").read_text("utf-8")
    assert written == TOOL.pages().get(page), f"docs/api/{page}.md is out of date: run python tools/names.py"
