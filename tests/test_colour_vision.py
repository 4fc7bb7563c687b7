"""Whoever sees no red, no green or no colour at all tells the same things apart: by colour, or by mark, sign, dash or words."""

from __future__ import annotations

import re
from itertools import combinations

import pytest

from agencygraph import cases
from agencygraph.comparison import compare
from agencygraph.drawing import draw
from agencygraph.themes import PRINT, THEMES
from colour_vision import MATRICES, difference, recolour, seen_as
from test_themes import contrast

SIGHTS = tuple(MATRICES)


def test_colours_as_known() -> None:
    assert [seen_as(ink, sight) for ink in ("#000000", "#FFFFFF") for sight in SIGHTS] == ["#000000"] * 3 + ["#FFFFFF"] * 3
    assert difference("#000000", "#FFFFFF") == pytest.approx(100, abs=0.1)
    assert difference("#FF0000", "#00FF00") > 4 * difference("#0072B2", "#005F93")
    # Red and green come much closer to each other, blue and yellow stay apart.
    for sight in ("protanopia", "deuteranopia"):
        assert difference(seen_as("#B3261E", sight), seen_as("#00664A", sight)) < 0.6 * difference("#B3261E", "#00664A")
        assert difference(seen_as("#0072B2", sight), seen_as("#E69F00", sight)) > 60


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("name", THEMES)
def test_sectors_stand_apart_by_their_band_or_by_their_mark(name: str, sight: str) -> None:
    theme = THEMES[name]
    for (_, one), (_, two) in combinations(theme.sectors, 2):
        assert one.mark != two.mark or difference(seen_as(one.band, sight), seen_as(two.band, sight)) >= 10
    for _, sector in theme.sectors:
        if sector.mark != "plain":
            assert contrast(seen_as(sector.mark_ink, sight), seen_as(sector.band, sight)) >= 3.0


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("name", THEMES)
def test_changes_stand_apart_by_their_sign_and_stand_out_from_the_paper(name: str, sight: str) -> None:
    theme = THEMES[name]
    looks = {change.words: change for _, change in theme.changes}
    for one, two in combinations(looks.values(), 2):
        assert one.sign != two.sign
    for change in looks.values():
        assert contrast(seen_as(change.ink, sight), seen_as(theme.paper, sight)) >= 3.0


@pytest.mark.parametrize("sight", ["protanopia", "deuteranopia"])
def test_the_bands_of_print_stay_apart_by_their_colour_too(sight: str) -> None:
    pairs = {(a, b): difference(seen_as(one.band, sight), seen_as(two.band, sight))
             for (a, one), (b, two) in combinations(PRINT.sectors, 2)}  # fmt: skip
    assert min(pairs.values()) >= 10, min(pairs, key=lambda pair: pairs[pair])


@pytest.mark.parametrize("sight", SIGHTS)
def test_a_change_map_says_the_same_whatever_colours_are_seen(sight: str) -> None:
    svg = draw(compare(cases.peter(), cases.integrated("peter")), style="change").svg
    seen = recolour(svg, sight)
    assert seen != svg
    # What is not colour is untouched: signs, dashes, numbers, words.
    assert re.sub(r"#[0-9A-F]{6}", "", seen) == re.sub(r"#[0-9A-Fa-f]{6}", "", svg)
    for group in re.findall(r'<g class="badge".*?</g>', seen):
        assert 'class="sign"' in group
    for group in re.findall(r'<g class="tie"[^>]*data-change="lost".*?</g>', seen):
        assert "stroke-dasharray" in group
