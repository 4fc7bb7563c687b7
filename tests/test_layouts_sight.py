"""What is seen from the places of a page, all at once, is what geometry says of each of them."""

from __future__ import annotations

from math import isqrt

from hypothesis import given, settings
from hypothesis import strategies as st

from agencygraph.layouts.sight import MARGIN, Sight, Spot, cross, direction, runs_through
from strategies import examples

SPOTS = st.tuples(st.integers(0, 9), st.integers(0, 7)).map(lambda at: (at[0] * 38, at[1] * 24))
PAGES = st.sets(SPOTS, min_size=3, max_size=40).map(sorted)
POINTS = st.tuples(st.integers(-5, 350), st.integers(-5, 180)) | SPOTS
RUNS = settings(max_examples=examples(200), deadline=None)


def members(sight: Sight, sums: int) -> set[Spot]:
    """The places of a set."""
    return {spot for spot, count in zip(sight.spots, sight.counts(sums), strict=True) if count}


def turn(a: Spot, b: Spot, spot: Spot) -> int:
    """Twice the area of a triangle: positive where the last corner lies to the right of the way from the first to the second."""
    return (b[0] - a[0]) * (spot[1] - a[1]) - (b[1] - a[1]) * (spot[0] - a[0])


@RUNS
@given(PAGES, POINTS, POINTS)
def test_the_places_on_one_side_of_a_way(page: list[Spot], a: Spot, b: Spot) -> None:
    sight = Sight(page)
    right = members(sight, sight.side(a, b))
    assert {spot for spot in page if turn(a, b, spot) > 0} <= right
    assert not right & {spot for spot in page if turn(a, b, spot) < 0}
    if a != b:
        assert right | members(sight, sight.side(b, a)) == set(page)
        assert not right & members(sight, sight.side(b, a))


@RUNS
@given(PAGES, st.data())
def test_whose_line_to_a_place_would_cross_another(page: list[Spot], data: st.DataObject) -> None:
    sight = Sight(page)
    q, c, d = (data.draw(st.sampled_from(page)) for _ in range(3))
    met = members(sight, sight.crossing(q, sight.line(c, d)))
    plain = [spot for spot in page if spot not in (q, c, d) and turn(q, c, spot) and turn(q, d, spot) and turn(c, d, spot)]
    assert met & set(plain) == {spot for spot in plain if cross(q, spot, c, d)}


@RUNS
@given(PAGES, st.data())
def test_where_a_card_would_stand_in_the_way_of_a_line(page: list[Spot], data: st.DataObject) -> None:
    sight = Sight(page)
    (ax, ay), (bx, by) = ends = (data.draw(st.sampled_from(page)), data.draw(st.sampled_from(page)))
    half = (50, 19)
    wide, high = half[0] + MARGIN, half[1] + MARGIN
    found = members(sight, sight.strip(sight.line(*ends), half))
    for x, y in page:
        block = (x - wide, y - high, x + wide, y + high)
        at_an_end = any(abs(x - u) < wide and abs(y - v) < high for u, v in ends)
        if not at_an_end and (ax, ay) != (bx, by):
            assert ((x, y) in found) == runs_through(ends, block)


@RUNS
@given(PAGES, POINTS, st.integers(1, 6), st.integers(1, 140))
def test_lengths_are_rounded_down(page: list[Spot], q: Spot, times: int, parts: int) -> None:
    sight = Sight(page)
    lengths = [isqrt((x - q[0]) ** 2 + (y - q[1]) ** 2) * times // parts for x, y in sight.spots]
    assert list(sight.counts(sight.far(q, times, parts))) == lengths


@RUNS
@given(st.tuples(st.integers(-800, 800), st.integers(-800, 800)).filter(any), st.integers(2, 9))
def test_points_in_one_direction_have_the_very_same_number(step: Spot, times: int) -> None:
    dx, dy = step
    assert direction(dx, dy) == direction(times * dx, times * dy)
    assert 0.0 <= direction(dx, dy) < 4.0
    off = abs(direction(-dy, dx) - direction(dx, dy) - 1.0) % 4.0  # a quarter turn clockwise
    assert min(off, 4.0 - off) < 1e-12
