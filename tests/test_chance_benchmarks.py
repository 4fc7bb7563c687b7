"""The benchmarks run, and in them the library and networkx agree; how long they take is nobody's test."""

from __future__ import annotations

import re

import pytest
from benchmarks import one_case
from benchmarks.made_up import make_case


def test_a_quick_run_compares_four_pieces_of_work() -> None:
    lines = [str(comparison) for comparison in one_case.run(quick=True)]
    assert len(lines) == 4
    assert all(re.fullmatch(r".+: [\d,]+ us; .+ [\d,]+ us: [\d,.]+ times as long", line) for line in lines)


def test_wrong_answers_stop_a_run() -> None:
    with pytest.raises(AssertionError, match="do not agree"):
        one_case._in_turn([make_case(0)], lambda case: len(case.ties), lambda case: 0)


def test_made_up_cases_are_the_same_everywhere() -> None:
    assert make_case(3) == make_case(3) != make_case(4)
    assert [tie.sentence for tie in make_case(0).ties[:2]] == ["mother => child", "agency_0 -> agency_2"]
