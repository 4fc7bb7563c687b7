"""How wide words are at worst, and how they best break into lines. Knows no case.

Nobody knows which font a reader's computer takes. Each character counts as wide as in the widest of the fonts that a map
names, so that words which fit here fit everywhere.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import combinations

ELLIPSIS = "…"
# They turn the direction of whatever follows, or are marks of a file's start: in a label they only do harm.
_UNSEEN = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200B, 0x200E, 0x200F, 0x2060, 0xAD, 0xFEFF])


def tidy(words: str) -> str:
    """Return words in composed characters with single spaces, as they are drawn; without characters that nobody sees."""
    seen = "".join(c if unicodedata.category(c) not in ("Cc", "Zl", "Zp") else " " for c in words.translate(_UNSEEN))
    return " ".join(unicodedata.normalize("NFC", seen).split())


@cache
def _widths(bold: bool) -> dict[str, int]:
    """The table of widths in thousandths of the size; the empty text stands for every character not listed."""
    record = json.loads(files("agencygraph.renderers").joinpath("character_widths.json").read_text(encoding="utf-8"))
    table = {"": int(record["other"])}
    for start, run in record["bold" if bold else "regular"].items():
        table.update((chr(int(start, 16) + at), int(wide)) for at, wide in enumerate(run.split()))
    return table


def width_of(words: str, size: float, bold: bool = False) -> float:
    """Return how wide words come at most at a size of letters."""
    table = _widths(bold)
    return sum(table.get(character, table[""]) for character in words) * size / 1000


def break_words(words: str, rooms: Sequence[float], size: float, bold: bool = False,
                *, hyphens: bool = False) -> tuple[str, ...] | None:  # fmt: skip
    """Return words in as many lines as there are rooms, each within its room and all as even as can be; None if none fits.

    Every way of breaking is tried. Lines break at spaces (rather not inside brackets), and after a hyphen or a slash if asked.
    """
    parts = _parts(words, hyphens)
    best: tuple[float, tuple[str, ...]] | None = None
    for cuts in combinations(range(1, len(parts)), len(rooms) - 1):
        starts, ends = (0, *cuts), (*cuts, len(parts))
        lines = tuple("".join(parts[a:b]).strip() for a, b in zip(starts, ends, strict=True))
        wide = [width_of(line, size, bold) for line in lines]
        cost = max(wide) + size * sum(line.count("(") != line.count(")") for line in lines)
        if all(w <= room for w, room in zip(wide, rooms, strict=True)) and (best is None or cost < best[0]):
            best = (cost, lines)
    return best[1] if best else None


def _parts(words: str, hyphens: bool) -> list[str]:
    """Words in the pieces that must stay whole; a piece keeps the space behind it."""
    parts = [""]
    for at, character in enumerate(words):
        parts[-1] += character
        inner = 0 < at < len(words) - 1
        if inner and (character == " " or (hyphens and character in "-/" and words[at - 1] != " " and words[at + 1] != " ")):
            parts.append("")
    # Every way of breaking is tried: past so many pieces neighbours stay together.
    while len(parts) > 24:
        parts = ["".join(parts[at : at + 2]) for at in range(0, len(parts), 2)]
    return parts


def shorten(words: str, room: float, size: float, bold: bool = False) -> str:
    """Return words that fit the room: whole, or cut and marked by an ellipsis."""
    if width_of(words, size, bold) <= room:
        return words
    kept = words
    while kept and width_of(kept.rstrip() + ELLIPSIS, size, bold) > room:
        kept = kept[:-1]
        # A letter never stands without the marks that belong on it, nor half an emoji.
        while kept and (unicodedata.combining(words[len(kept)]) or words[len(kept)] in "\u200d\ufe0f" or kept[-1] == "\u200d"):
            kept = kept[:-1]
    return kept.rstrip() + ELLIPSIS


def wrap(words: str, room: float, size: float, bold: bool = False, most: int = 3) -> tuple[str, ...]:
    """Return words line by line, each line as full as it can be; what passes the last line is cut by an ellipsis."""
    lines: list[str] = []
    for word in words.split(" ") if words else ():
        if lines and width_of(f"{lines[-1]} {word}", size, bold) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    if len(lines) > most:
        lines = [*lines[: most - 1], " ".join(lines[most - 1 :])]
    return tuple(shorten(line, room, size, bold) for line in lines)
