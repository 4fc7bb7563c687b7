"""The digests of a few maps as SVG, PNG and PDF, as every supported Python draws them under every hash seed.

    python tests/map_digests.py

prints them as JSON. PNG and PDF are drawn by resvg and typst with letters that come with matplotlib, so their digests belong to
the versions that stand beside them. `python tools/digests.py` records both.
"""

from __future__ import annotations

import hashlib
import json
import sys
from importlib.metadata import version
from pathlib import Path

from agencygraph import cases, compare, draw
from agencygraph.drawing import Map
from agencygraph.renderers.bundled import font_file
from sketched_cases import pair_of

FILE = Path(__file__).parent / "golden" / "digests.json"
KINDS = ("svg", "png", "pdf")
DRAWN_BY = {"png": ("resvg-py", "letters"), "pdf": ("typst", "letters"), "svg": ()}


def chosen() -> dict[str, Map]:
    """Maps of every style: shipped and made up, with a team and without, with one thing brought forward, in another theme."""
    before, after = pair_of(7, 9, doubts=True)
    assert after is not None
    made, tina = compare(before, after), compare(cases.tina(), cases.integrated("tina"))
    return {"made up, both": draw(made), "made up, change": draw(made, style="change"), "tina, change": draw(tina, style="change"),
            "case 7, isolation": draw(cases.load("case_7"), show="isolation"),
            "case 10, large print": draw(cases.load("case_10"), theme="large print")}  # fmt: skip


def digests() -> dict[str, dict[str, str]]:
    """The SHA-256 of every chosen map in every kind of file."""
    return {name: {kind: hashlib.sha256(drawn.render(f".{kind}")).hexdigest() for kind in KINDS}
            for name, drawn in chosen().items()}  # fmt: skip


def versions() -> dict[str, str]:
    """What draws PNG and PDF here: the versions of both programs, and the letters by their digest."""
    letters = hashlib.sha256(b"".join(font_file(bold).read_bytes() for bold in (False, True))).hexdigest()
    return {"resvg-py": version("resvg-py"), "typst": version("typst"), "letters": letters}


if __name__ == "__main__":
    sys.stdout.write(json.dumps({"versions": versions(), "digests": digests()}))
