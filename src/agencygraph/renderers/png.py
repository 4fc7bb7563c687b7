"""A picture as PNG: drawn by resvg with the library's own letters, the same bytes on every computer."""

from __future__ import annotations

import struct
import zlib
from functools import lru_cache

from agencygraph.errors import MissingExtraError
from agencygraph.renderers.bundled import font_file, spell

ZOOM = 2.0  # twice the 96 pixels to the inch that an SVG counts in
PIXELS_PER_METRE = 7559  # 192 to the inch: Word shows the picture as large as it is meant
_START = 33  # where the chunks after the signature and the header begin


@lru_cache(maxsize=16)
def write_png(svg: str, title: str, text: str) -> bytes:
    """Return a picture as PNG with 192 pixels to the inch; its title and the same in words stand inside as text.

    Raises
    ------
    MissingExtraError
        Where resvg-py is not installed.
    """
    try:
        from resvg_py import svg_to_bytes
    except ImportError:
        raise MissingExtraError.of("a .png", "resvg-py", "pack", "A map as .svg, .html or .txt needs nothing more.") from None
    fonts = [str(font_file(bold)) for bold in (False, True)]
    drawn = svg_to_bytes(svg_string=spell(svg), zoom=ZOOM, skip_system_fonts=True, font_files=fonts,
                         font_family="DejaVu Sans", sans_serif_family="DejaVu Sans")  # fmt: skip
    size = _chunk(b"pHYs", struct.pack(">IIB", PIXELS_PER_METRE, PIXELS_PER_METRE, 1))
    return drawn[:_START] + size + _text("Title", title) + _text("Description", text) + drawn[_START:]


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _text(keyword: str, words: str) -> bytes:
    """A piece of text in the file, readable as it stands."""
    return _chunk(b"iTXt", keyword.encode("latin-1") + b"\0\0\0en-GB\0\0" + words.encode("utf-8"))
