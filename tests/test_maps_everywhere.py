"""The same case gives the same bytes: on every supported Python, under every hash seed, as SVG, PNG and PDF.

Each Python runs this file and compares with digests that were recorded once. Where other versions of resvg or typst than those
recorded draw PNG or PDF, these are compared between two processes under different hash seeds; SVG always with the record.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import map_digests

HERE = Path(__file__).parent
SEEDS = ("0", "4711")
Drawn = dict[str, Any]


@pytest.fixture(scope="module")
def drawn() -> list[Drawn]:
    """What two processes draw, each under a hash seed of its own."""
    paths = os.pathsep.join([str(HERE), *filter(None, sys.path)])
    running = [subprocess.Popen([sys.executable, str(HERE / "map_digests.py")], stdout=subprocess.PIPE,
                                env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": paths}) for seed in SEEDS]  # fmt: skip
    found = [process.communicate()[0] for process in running]
    assert [process.returncode for process in running] == [0, 0]
    return [json.loads(words) for words in found]


def differing(kind: str, drawn: list[Drawn], record: Drawn) -> list[str]:
    """The maps whose bytes are not those recorded, or, where they are drawn by something else here, not those of each other."""
    first, second = (one["digests"] for one in drawn)
    held = record["digests"]
    if any(record["versions"][name] != drawn[0]["versions"][name] for name in map_digests.DRAWN_BY[kind]):
        held = {name: {kind: digest[kind]} for name, digest in first.items()}
    names = dict.fromkeys([*held, *first, *second])
    seen = {name: [one.get(name, {}).get(kind, "missing") for one in (held, first, second)] for name in names}
    return [name for name, digests in seen.items() if "missing" in digests or len(set(digests)) > 1]


@pytest.mark.parametrize("kind", map_digests.KINDS)
def test_the_same_bytes_as_recorded(kind: str, drawn: list[Drawn]) -> None:
    record = json.loads(map_digests.FILE.read_text(encoding="utf-8"))
    assert differing(kind, drawn, record) == [], "look at the maps; where they are meant to be so: python tools/digests.py"


def test_other_bytes_are_noticed_whatever_draws_them() -> None:
    def one(digest: str, resvg: str = "1") -> Drawn:
        return {"versions": {"resvg-py": resvg, "typst": "1", "letters": "1"},
                "digests": {"a": dict.fromkeys(map_digests.KINDS, digest)}}  # fmt: skip

    for kind in map_digests.KINDS:
        assert differing(kind, [one("x"), one("x")], one("x")) == []
        assert differing(kind, [one("x"), one("y")], one("x")) == ["a"]
        assert differing(kind, [one("x"), one("x")], {**one("x"), "digests": {}}) == ["a"]
    assert differing("png", [one("x", "2"), one("x", "2")], one("z")) == []
    assert differing("png", [one("x", "2"), one("y", "2")], one("z")) == ["a"]
    assert differing("svg", [one("x", "2"), one("x", "2")], one("z")) == ["a"]
