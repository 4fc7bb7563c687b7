"""Widths of words at worst, and how labels break: nothing is cut silently, nothing is wider than its room."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import matplotlib as mpl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agencygraph.renderers.fitting import Wording, fit, letter
from agencygraph.renderers.lettering import break_words, shorten, tidy, width_of, wrap
from agencygraph.themes import PRINT

PLAIN = st.text(st.sampled_from("abc defWil-/()ŵŷé"), min_size=1, max_size=40).map(tidy).filter(bool)
ANY = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=40)
LABELS = (
    "SENCO", "Education welfare officer", "Mother & <Father>", "It's \"quoted\"", "Ysgol Gynradd Tŷ Ddewi", "سوشل ورکر",
    "👩‍👧 Family team 🏫", "Council in the north of England (children's services)", "x" * 200, "W" * 40,
    "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch", "Διεύθυνση κοινωνικών υπηρεσιών", "Социальная служба",
)  # fmt: skip


@pytest.mark.parametrize("bold", [False, True])
def test_no_character_is_wider_in_dejavu_than_the_table_says(bold: bool) -> None:
    from fontTools.ttLib import TTFont

    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    font = TTFont(Path(mpl.get_data_path()) / "fonts" / "ttf" / name)
    unit, advances = font["head"].unitsPerEm, font["hmtx"]
    # The scripts of Europe, the Near East and signs; a few far syllabaries have letters wider than any other's.
    checked = [code for code in font.getBestCmap() if 0x20 <= code < 0x1400 or 0x1E00 <= code < 0x2100]
    assert len(checked) > 1500
    for code in checked:
        assert advances[font.getBestCmap()[code]][0] / unit <= width_of(chr(code), 1.0, bold) + 1e-9, hex(code)


def test_widths_known_from_the_metrics_of_arial() -> None:
    assert width_of("M", 1000) >= 833
    assert width_of("W", 1000) >= 944
    assert width_of("Mother", 10) == pytest.approx(sum(width_of(c, 10) for c in "Mother"))
    assert width_of("School", 10, True) > width_of("School", 10)


@given(PLAIN, st.integers(1, 3), st.floats(10, 200))
def test_a_break_fits_loses_nothing_and_none_is_more_even(words: str, count: int, room: float) -> None:
    found = break_words(words, (room,) * count, 10.0)
    parts = words.split(" ")
    ways = [[" ".join(parts[a:b]) for a, b in zip((0, *cuts), (*cuts, len(parts)), strict=True)]
            for cuts in combinations(range(1, len(parts)), count - 1)]  # fmt: skip
    fitting = [way for way in ways if all(width_of(line, 10.0) <= room for line in way)]
    assert (found is None) == (not fitting)
    if found is not None:
        assert " ".join(found) == words
        if not set(words) & set("()"):
            assert max(width_of(line, 10.0) for line in found) == min(max(width_of(line, 10.0) for line in way) for way in fitting)


def test_lines_break_outside_brackets_and_after_hyphens_only_if_asked() -> None:
    assert break_words("Manager (lead practitioner)", (200, 200), 10) == ("Manager", "(lead practitioner)")
    assert break_words("Team co-ordinator", (80, 80), 10) == ("Team", "co-ordinator")
    assert break_words("co-ordinator", (40, 40), 10) is None
    assert break_words("co-ordinator", (60, 60), 10, hyphens=True) == ("co-", "ordinator")


@given(ANY, st.floats(20, 200))
def test_what_is_cut_says_so(words: str, room: float) -> None:
    short = shorten(tidy(words), room, 10.0)
    assert width_of(short, 10.0) <= room
    assert short == tidy(words) or (short.endswith("…") and tidy(words).startswith(short[:-1]))


@given(ANY, st.floats(60, 300))
def test_wrapped_words_fit_and_lose_nothing_unmarked(words: str, room: float) -> None:
    lines = wrap(tidy(words), room, 10.0)
    assert len(lines) <= 3
    assert all(width_of(line, 10.0) <= room for line in lines)
    assert " ".join(lines) == tidy(words) or any(line.endswith("…") for line in lines)


@given(ANY)
def test_tidy_words_stay_tidy_and_turn_no_direction(words: str) -> None:
    assert tidy(tidy(words)) == tidy(words)
    assert not set(tidy(words)) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\n\t")


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("shape", ["child", "person", "school", "card"])
def test_a_label_stands_whole_in_letters_of_legible_size_or_is_marked_as_cut(shape: str, label: str) -> None:
    style = PRINT.style(shape)
    wording = Wording(label, "age 9" if shape == "child" else "", shape == "card", shape == "card")
    size = fit(wording, shape, PRINT)
    assert style.least[0] <= size[0] <= style.most[0]
    assert style.least[1] <= size[1] <= style.most[1]
    lettering = letter(wording, shape, size, PRINT)
    assert lettering.letters >= 9.5
    assert 1 <= len(lettering.lines) <= 3
    whole = " ".join(lettering.lines) == label or "".join(lettering.lines).replace(" ", "") == label.replace(" ", "")
    assert whole or any(line.endswith("…") for line in lettering.lines)
    assert all(width_of(line, lettering.letters, style.bold) <= size[0] for line in lettering.lines)


def test_cards_grow_before_letters_shrink() -> None:
    label = "Educational psychology and inclusion advisers"
    size = fit(Wording(label), "card", PRINT)
    assert size > PRINT.card.least
    assert letter(Wording(label), "card", size, PRINT).letters == PRINT.card.sizes[0]
    assert fit(Wording("GP"), "card", PRINT) == PRINT.card.least
