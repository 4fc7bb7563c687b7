"""Themes: every pair of inks that meets on a map can be told apart, also in grey, and letters are as large as promised."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from agencygraph import cases
from agencygraph.comparison import compare
from agencygraph.drawing import draw
from agencygraph.errors import UnknownNameError
from agencygraph.themes import GREYSCALE, HIGH_CONTRAST, LARGE_PRINT, PRINT, THEMES, Theme, theme_of
from map_checks import clean

Pair = tuple[str, str, str]


def luminance(ink: str) -> float:
    parts = [int(ink[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, two: str) -> float:
    light, dark = sorted((luminance(one), luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def words(theme: Theme) -> Iterator[Pair]:
    """Every ink of words with what it stands on."""
    for ground in (theme.paper, theme.family_fill, theme.team_fill):
        yield "title, label, list", theme.ink, ground
        yield "subtitle, note, somebody who is gone", theme.soft_ink, ground
    for shape in ("child", "person", "school", "card"):
        style = theme.style(shape)
        yield f"label on a {shape}", style.ink, style.fill
        if shape != "school":
            yield f"label on a {shape} that steps back", theme.faint_words, style.fill
    yield "label on a school that steps back", theme.school.ink, theme.faint_fill
    yield "title of the family", theme.family_ink, theme.family_fill
    yield "title of a team, pill of a lead", theme.pill_ink, theme.pill_fill
    yield "title of a team", theme.pill_ink, theme.team_border
    yield "strong plate", theme.paper, theme.ink
    for kind, change in theme.changes:
        if change.sign:
            yield f"number of a line that is {kind}", change.ink, theme.paper


def graphics(theme: Theme) -> Iterator[Pair]:
    """Every ink of lines, borders and marks with what it stands on."""
    lines = [theme.critical.ink, theme.peripheral.ink, theme.unknown_ink, theme.faint_ink, *(ink.ink for _, ink in theme.changes)]
    for ink in lines:
        yield "line", ink, theme.paper
        yield "line", ink, theme.family_fill
    for name, sector in theme.sectors:
        for ground in (theme.paper, theme.team_fill):
            yield f"border of {name}", sector.ink, ground
        if sector.mark != "plain":
            yield f"mark of {name}", sector.mark_ink, sector.band
    yield "mark of another sector", "#1A1A1A", theme.other_band
    for ground in (theme.paper, theme.team_fill):
        yield "border of another", theme.other_ink, ground
        yield "border of a team", theme.team_border, ground
        yield "border of a card that steps back", theme.faint_ink, ground
    yield "border of the family's panel", theme.family_border, theme.paper
    for shape in ("child", "person", "card"):
        yield f"border of a {shape}", theme.style(shape).border, theme.family_fill


@pytest.mark.parametrize("name", THEMES)
def test_words_stand_out_by_4_5_and_graphics_by_3(name: str) -> None:
    theme = THEMES[name]
    assert not [(what, one, two) for what, one, two in words(theme) if contrast(one, two) < 4.5]
    assert not [(what, one, two) for what, one, two in graphics(theme) if contrast(one, two) < 3.0]


def test_contrast_as_known() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


def test_high_contrast_words_stand_out_by_7() -> None:
    assert not [(what, one, two) for what, one, two in words(HIGH_CONTRAST) if contrast(one, two) < 7.0]


def test_greyscale_is_grey() -> None:
    drawn = draw(compare(cases.peter(), cases.integrated("peter")), style="change", theme=GREYSCALE)
    inks = set(re.findall(r"#[0-9A-Fa-f]{6}", drawn.svg)) - {"#1F2A37"}
    assert all(ink[1:3] == ink[3:5] == ink[5:7] for ink in inks), inks
    assert "#1F2A37" not in drawn.svg


def test_large_print_has_labels_of_14_points_at_least() -> None:
    drawn = draw(cases.james(narrative=True), theme="large print")
    for group in re.findall(r'<g class="actor".*?</g>', drawn.svg):
        assert min(float(size) for size in re.findall(r'font-size="([\d.]+)"', group)) >= 14
    assert drawn.svg.split('viewBox="0 0 ')[1].startswith("774 ")


def test_a_theme_is_asked_for_by_value_or_by_name() -> None:
    case = cases.tina()
    assert draw(case, theme="High-Contrast").svg == draw(case, theme=HIGH_CONTRAST).svg != draw(case).svg
    assert theme_of(LARGE_PRINT) is LARGE_PRINT
    assert draw(case, theme="print").svg == draw(case, theme=PRINT).svg
    with pytest.raises(UnknownNameError, match="Did you mean 'greyscale'"):
        draw(case, theme="grayscale")


# Letters of another size move everything; other colours alone are tried on the fullest map.
@pytest.mark.parametrize(("case", "name"), [
    *(("tina", name) for name in THEMES if name != "print"), ("peter", "large print"), ("james", "large print")])
def test_every_theme_keeps_the_contract_in_every_style(case: str, name: str) -> None:
    change = compare(cases.load(case, narrative=True), cases.integrated(case))
    shown = [draw(change.before, show=show, theme=name) for show in ("isolation", "gaps")]
    for drawn in (draw(change, style="change", theme=name), draw(change, theme=name), *shown):
        assert clean(drawn.svg.encode()) == {}
