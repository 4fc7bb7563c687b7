"""Make src/agencygraph/renderers/character_widths.json: how wide each character is at worst.

    python tools/character_widths.py REGULAR.ttf BOLD.ttf REGULAR.ttf BOLD.ttf ... > src/agencygraph/renderers/character_widths.json

Give the fonts in pairs (regular, bold). A map names Arial, Liberation Sans (the same widths), Helvetica and DejaVu Sans; the
shipped table comes from Liberation Sans 2.1 and DejaVu Sans 2.37. A character that one of the fonts lacks is left to
"other": nobody knows which font a reader's computer takes for it, so it counts as wide as the widest letters there are.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from math import ceil

from fontTools.ttLib import TTFont

SCRIPTS = ((0x20, 0x7E), (0xA0, 0xAC), (0xAE, 0x24F), (0x370, 0x525), (0x1E00, 0x1EFB), (0x2010, 0x203E), (0x20A0, 0x20B5),
           (0x2116, 0x2122), (0x2190, 0x2199), (0x2212, 0x2212))  # fmt: skip
OTHER = 1500


def widths(path: str) -> dict[int, int]:
    """The advance width of each character of a font in thousandths of its size, rounded up."""
    font = TTFont(path)
    metrics, unit = font["hmtx"], font["head"].unitsPerEm
    return {code: ceil(metrics[glyph][0] * 1000 / unit) for code, glyph in font.getBestCmap().items()}


def worst(paths: Sequence[str]) -> dict[int, int]:
    """The widest that each character comes in any of the fonts; of those that one of them lacks only the very wide."""
    tables = [widths(path) for path in paths]
    codes = [code for first, last in SCRIPTS for code in range(first, last + 1)]
    found = {code: max(table.get(code, 0) for table in tables) for code in codes}
    return {code: wide for code, wide in found.items() if wide and (wide > OTHER or all(code in table for table in tables))}


def runs(table: dict[int, int]) -> Iterator[tuple[str, str]]:
    """The table as runs of neighbouring characters: the first one's code, and the widths."""
    codes = sorted(table)
    starts = [code for code in codes if code - 1 not in table]
    for start in starts:
        last = next(code for code in range(start, 0x110000) if code + 1 not in table)
        yield f"{start:04X}", " ".join(str(table[code]) for code in range(start, last + 1))


def main(paths: Sequence[str]) -> None:
    """Write the table as JSON to standard output."""
    about = "Advance width per character in thousandths of the size: the largest of Liberation Sans and DejaVu Sans, rounded up."
    tables = {"regular": dict(runs(worst(paths[::2]))), "bold": dict(runs(worst(paths[1::2])))}
    json.dump({"about": about, "other": OTHER, **tables}, sys.stdout, indent=1)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main(sys.argv[1:])
