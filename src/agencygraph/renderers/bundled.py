"""The letters that come with the library: two fonts of matplotlib's, so that a picture is the same on every computer."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

MISSING = "□"
# Letters that the font lacks, most of them of Urdu, and their nearest kin in it: a word with the kin can be read.
_NEAREST = {ord(lacking): kin for lacking, kin in (("ہ", "ه"), ("ۂ", "ۀ"), ("ے", "ی"), ("ۓ", "ئ"))}
_BOLD = 'font-weight="bold"'
_TEXT = re.compile(r"(<text\b[^>]*>)([^<]*)(</text>)")


def font_file(bold: bool) -> Path:
    """Return the file of the font: named by its place, as another of its name may be installed."""
    import matplotlib as mpl

    return Path(mpl.get_data_path(), "fonts", "ttf", "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf")


@lru_cache(maxsize=2)
def _letters(bold: bool) -> frozenset[int]:
    """Return the letters that the font can draw."""
    from matplotlib.ft2font import FT2Font

    return frozenset(FT2Font(str(font_file(bold))).get_charmap())


def drawable(words: str, bold: bool = False) -> str:
    """Return words as the font can draw them: a box stands for what it lacks, such as most emoji.

    Examples
    --------
    >>> drawable("Ysgol Tŷ Ddewi 🏫")
    'Ysgol Tŷ Ddewi □'
    """
    known = _letters(bold)
    shown: list[str] = []
    for letter in words.translate({lacking: kin for lacking, kin in _NEAREST.items() if lacking not in known}):
        if letter == "\ufe0f" or (letter == "\u200d" and shown[-1:] == [MISSING]):
            continue  # they only say how an emoji is to be drawn
        found = letter if ord(letter) in known else MISSING
        if not (found == MISSING and shown[-1:] == [MISSING]):
            shown.append(found)
    return "".join(shown)


def spell(svg: str) -> str:
    """Return a picture whose drawn words the font can show; its titles and descriptions keep every letter."""
    return _TEXT.sub(lambda found: found[1] + drawable(found[2], _BOLD in found[1]) + found[3], svg)
