"""SVG by hand: what is written can be read back, whatever the words."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agencygraph.renderers.markup import curve, element, num, rounded

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"))


@given(WORDS)
def test_any_words_come_back_from_attributes_and_from_text(words: str) -> None:
    from agencygraph.renderers.markup import escape

    read = ET.fromstring(element("a", [("b", words)], escape(words)))
    assert read.get("b") == words
    assert (read.text or "") == words


def test_characters_that_xml_forbids_are_left_out() -> None:
    assert ET.fromstring(element("a", [("b", "x\x00\x0b\ufffe\ud800y")])).get("b") == "xy"


@given(st.floats(-5000, 5000))
def test_numbers_are_short_and_right_to_a_tenth(value: float) -> None:
    assert abs(float(num(value)) - value) <= 0.0500001
    assert not num(value).endswith(".0")
    assert num(value) != "-0"


@pytest.mark.parametrize(("value", "text"), [(2.0, "2"), (-0.04, "0"), (0.25, "0.2"), (12.34, "12.3"), (-1.06, "-1.1")])
def test_numbers_as_written(value: float, text: str) -> None:
    assert num(value) == text


def test_a_straight_curve_is_written_as_a_line_and_a_bent_one_as_a_curve() -> None:
    assert curve([(0, 0), (10, 0), (20, 0), (30, 0)]) == "M0 0L30 0"
    assert curve([(0, 0), (10, 5), (20, 5), (30, 0)]) == "M0 0C10 5 20 5 30 0"


def test_corners_turn_the_right_way_at_a_notch() -> None:
    notched = ((0, 0), (100, 0), (100, 90), (0, 90), (0, 60), (40, 60), (40, 30), (0, 30))
    path = rounded(notched, 9)
    assert path.startswith("M0 9A9 9 0 0 1 9 0")
    assert path.count("0 0 1 ") == 6
    assert path.count("0 0 0 ") == 2
    assert path.endswith("Z")
