"""Things are found by themselves: a new file, a plug-in."""

from __future__ import annotations

import importlib.metadata
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import agencygraph.measures as room
from agencygraph.errors import AgencyGraphError, InvalidError, UnknownNameError
from agencygraph.glossary import ALSO, WORDS, explain
from agencygraph.measures import QUESTIONS, Question, catalogue, measure, question, readings
from agencygraph.model import Case
from agencygraph.registry import Registry
from measured_cases import assert_conforms
from test_pages import pages

CASE = Case.of(age=9, actors={"school": {"kind": "school", "name": "Secret"}, "gp": "agency"}, ties=["school => gp"])
FILE = '''
from agencygraph.measures.questions import question

@question(id="X9", name="tie count", asks="How many ties are there?", definition="Number of flows.", about="map", unit="flows",
          span=(0, None), better="", sentence="{value} flows.", undefined="never", source="a test")
def count(flows):
    return sum(row.bit_count() for row in flows.out)
'''
FIELDS = {"id": "X8", "name": "size", "asks": "How big?", "definition": "Bits.", "about": "actor", "unit": "people",
          "span": (0, None), "better": "", "sentence": "{about}: {value}.", "undefined": "for the school", "source": "a test"}


@pytest.fixture
def new_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    (tmp_path / "tie_count.py").write_text(FILE, encoding="utf-8")
    monkeypatch.setattr(room, "__path__", [*room.__path__, str(tmp_path)])
    yield
    QUESTIONS.remove("tie count")
    sys.modules.pop("agencygraph.measures.tie_count", None)


@pytest.mark.usefixtures("new_file")
def test_a_new_file_is_seen_everywhere() -> None:
    assert "tie count" in QUESTIONS.names()
    assert catalogue().where(id="X9")[0]["question"] == "How many ties are there?"
    assert measure(CASE, "X9", ties="any").column("value") == (1,)
    assert measure(CASE).where(measure="tie count").column("ties") == ("any", "firm")
    assert readings(CASE, "tie_count")[0].value == 1
    page = pages().measures_page()
    assert "### X9 tie count\n\n*How many ties are there?*\n" in page
    assert 'Say it: "17 flows."' in page


@pytest.mark.usefixtures("new_file")
def test_a_new_file_is_held_to_what_every_measure_keeps() -> None:
    assert "tie count" in [question.name for question in QUESTIONS.all()]
    assert_conforms(QUESTIONS.get("tie count"), CASE, {"firm": True})
    QUESTIONS.remove("tie count")
    question(**(FIELDS | {"name": "tie count", "span": (0, 0)}))(lambda flows: {"gp": 1})  # type: ignore[arg-type]
    with pytest.raises(AssertionError):
        assert_conforms(QUESTIONS.get("tie count"), CASE, {"firm": True})


def test_a_function_may_answer_with_a_mapping() -> None:
    try:
        question(**FIELDS)(lambda flows: {"school": None, "gp": 2})  # type: ignore[arg-type]
        rows = measure(CASE, "size", ties="any").select("about", "value", "reason").rows
        assert rows == (("School", None, "for the school"), ("Agency", 2, ""))
    finally:
        QUESTIONS.remove("size")
    with pytest.raises(UnknownNameError):
        QUESTIONS.get("size")


def test_a_researchers_measure_is_asked_by_name_only() -> None:
    try:
        question(**(FIELDS | {"id": "R99"}))(lambda flows: {"gp": 2})  # type: ignore[arg-type]
        assert "size" not in measure(CASE).column("measure")
        assert measure(CASE, "size").column("value") == measure(CASE, "r99").column("value") == (2, 2)
        assert catalogue().column("name")[-1] == "size"
    finally:
        QUESTIONS.remove("size")


def test_a_plug_in_is_loaded_once_and_a_broken_one_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    points = [importlib.metadata.EntryPoint("good", "agencygraph.words_of_a_plugin", "shapes")]
    monkeypatch.setattr(importlib.metadata, "entry_points", lambda group: points if group == "shapes" else [])
    shapes = Registry[str]("shape", group="shapes")
    with pytest.raises(AgencyGraphError, match=r"plug-in 'good' \(agencygraph.words_of_a_plugin\) cannot be loaded.*uninstall"):
        shapes.names()
    points[:] = [importlib.metadata.EntryPoint("good", "agencygraph.registry:Registry", "shapes")]
    assert shapes.names() == ()
    points[:] = [importlib.metadata.EntryPoint("bad", "agencygraph.nowhere", "shapes")]
    assert shapes.names() == ()


def test_names_are_forgiving_but_never_shared() -> None:
    shapes = Registry[str]("shape")
    shapes.add("Full_circle", "o")
    assert shapes.add("full circle", "o") == shapes.get("FULL-CIRCLE") == "o"
    with pytest.raises(InvalidError, match="two things claim to be the shape 'full circle'"):
        shapes.add("full circle", "x")
    with pytest.raises(UnknownNameError, match=r"there is no shape 'fool circle'. Did you mean 'full circle'"):
        shapes.get("fool circle")
    with pytest.raises(InvalidError, match="needs a name"):
        shapes.add(" ", "x")


@pytest.mark.parametrize(("change", "message"), [
    ({"source": " "}, "says nothing of its source"), ({"about": "team"}, "about is one of"),
    ({"better": "more"}, "better is lower"), ({"answer": dict}, "must be a function")])
def test_a_question_says_everything_of_itself(change: dict[str, object], message: str) -> None:
    with pytest.raises(InvalidError, match=message):
        Question(**{**FIELDS, "answer": lambda flows: None, **change})  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        question(**{key: value for key, value in FIELDS.items() if key != "unit"})(lambda flows: None)  # type: ignore[arg-type]


def test_an_unknown_measure_gets_a_hint() -> None:
    with pytest.raises(UnknownNameError, match=r"there is no measure 'isolaton'. Did you mean 'isolation'"):
        measure(CASE, "isolaton")


def test_the_glossary_explains_its_words() -> None:
    for word in [*WORDS, *ALSO]:
        assert explain(word.upper()).endswith(".")
    assert set(ALSO.values()) <= set(WORDS)
    assert not set(ALSO) & set(WORDS)
    assert list(WORDS) == sorted(WORDS, key=lambda word: word.replace("-", " ").lower())
    with pytest.raises(UnknownNameError, match="Did you mean 'density'"):
        explain("densty")
