"""Outlines of teams lose their slivers, and nothing else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from agencygraph.scene import Point
from agencygraph.trimming import SLIVER, trim


def inside(corners: tuple[Point, ...], x: float, y: float) -> bool:
    walls = zip(corners, (*corners[1:], corners[0]), strict=True)
    return sum(a == c and min(b, d) <= y < max(b, d) and x < a for (a, b), (c, d) in walls) % 2 == 1


@st.composite
def skylines(draw: st.DrawFn) -> tuple[Point, ...]:
    """An outline with level ground and a roof of steps of any width and height."""
    steps = draw(st.lists(st.tuples(st.integers(1, 90), st.integers(0, 80)), min_size=1, max_size=7))
    corners: list[Point] = []
    x = 0.0
    for wide, high in steps:
        corners += [(x, float(high)), (x + wide, float(high))]
        x += wide
    return (*corners, (x, 200.0), (0.0, 200.0))


def area(corners: tuple[Point, ...]) -> float:
    ends = zip(corners, (*corners[1:], corners[0]), strict=True)
    return sum(a * d - c * b for (a, b), (c, d) in ends) / 2


@given(skylines())
def test_nothing_is_added_and_nothing_wide_is_lost(corners: tuple[Point, ...]) -> None:
    found = trim(corners)
    assert 0 < area(found) <= area(corners)
    assert all((a == c) != (b == d) for (a, b), (c, d) in zip(found, (*found[1:], found[0]), strict=True))
    assert trim(found) == found
    for x in range(0, int(max(x for x, _ in corners)), 7):
        for y in range(0, 200, 11):
            if inside(found, x + 0.5, y + 0.5):
                assert inside(corners, x + 0.5, y + 0.5)
            elif inside(corners, x + 0.5, y + 0.5):
                row = [at for at in range(-30, 31) if not inside(corners, x + 0.5 + at, y + 0.5)]
                assert any(at < 0 for at in row)
                assert any(at > 0 for at in row)


def test_slivers_of_a_real_outline() -> None:
    real = ((385.0, 40.0), (387.0, 40.0), (387.0, 51.0), (507.0, 51.0), (507.0, 40.0), (519.0, 40.0), (519.0, 51.0),
            (639.0, 51.0), (639.0, 40.0), (641.0, 40.0), (641.0, 376.0), (385.0, 376.0), (385.0, 280.0), (469.0, 280.0),
            (469.0, 156.0), (385.0, 156.0))  # fmt: skip
    assert trim(real) == ((385.0, 51.0), (641.0, 51.0), (641.0, 376.0), (385.0, 376.0), (385.0, 280.0), (469.0, 280.0),
                          (469.0, 156.0), (385.0, 156.0))  # fmt: skip
    assert SLIVER < 34
