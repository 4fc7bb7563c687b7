"""The study's cases beside the integrated team, as a second hand worked them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from agencygraph import cases, compare
from agencygraph.comparison import Change

EXPECTED = json.loads((Path(__file__).parent / "reference" / "comparison" / "expected_diff.json").read_text(encoding="utf-8"))


def flows(changes: tuple[Change, ...]) -> list[str]:
    return sorted(f"{c.source.after[0]}>{c.target.after[0]}" for c in changes)


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_what_changed_is_recovered_exactly(name: str) -> None:
    change = compare(getattr(cases, name)(narrative=True), cases.integrated(name))
    assert EXPECTED[name] == {
        "matched": sorted(block.after[0] for block in change.matched),
        "left": sorted(block.before[0] for block in change.left),
        "joined": sorted(block.after[0] for block in change.joined),
        "added": flows(change.gained), "lost": flows(change.lost),
        "strengthened": flows(change.strengthened), "weakened": flows(change.weakened), "same": flows(change.unchanged),
        "became_two_way": sorted(" - ".join(sorted(block.after[0] for block in pair)) for pair in change.became_two_way),
        "hamming_arcs": change.hamming,
        "arcs_touching_left": len(change.with_left), "arcs_touching_joined": len(change.with_joined),
    }
    assert change.merged == change.split == change.regrouped == change.internalised == change.externalised == ()


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_the_figure_alone_can_be_compared_too(name: str) -> None:
    change = compare(getattr(cases, name)(), cases.integrated(name))
    assert {block.kind for block in change.blocks} == {"matched", "left", "joined"}
