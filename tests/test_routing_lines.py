"""Lines: crossings keep within a budget, and each rule holds where it is hard to keep.

That every hard check of a finished map holds on made-up cases is for the sweep (tests/map_sweep.py), which routes their lines too.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from math import hypot

import numpy as np
import pytest

from agencygraph.routing import Strokes, outline, route
from agencygraph.routing.detours import detours, weave
from agencygraph.routing.outlines import card_shape
from agencygraph.routing.plane import meeting
from agencygraph.routing.tracks import Ends, Obstacle, Track
from agencygraph.scene import Bond, Card, Course, Point, Rect, TeamBox
from generated_cases import sketch
from map_checks import figures
from plain_maps import drawn_map, svg

CROSSINGS = {8: 8, 14: 29, 22: 129}  # of the before maps of eight made-up cases each: these may only fall
PERIPHERAL = Bond("n1", "n2", critical=False, two_way=False)


def card(key: str, x: float, y: float, shape: str = "card") -> Card:
    """A card at a place."""
    size = {"card": (100.0, 38.0), "person": (84.0, 34.0), "child": (78.0, 54.0), "school": (108.0, 56.0)}[shape]
    return Card(key, "agency", shape, x, y, *size, (key,), key)


def points(course: Course) -> list[Point]:
    """Points along a course, eight for each curve."""
    found = [course.curve[0]]
    for k in range(0, len(course.curve) - 1, 3):
        a, b, c, d = course.curve[k : k + 4]
        for t in (n / 8 for n in range(1, 9)):
            w = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
            found.append(
                (
                    sum(u * p[0] for u, p in zip(w, (a, b, c, d), strict=True)),
                    sum(u * p[1] for u, p in zip(w, (a, b, c, d), strict=True)),
                )
            )
    return found


@pytest.mark.parametrize("size", [8, 14, 22])
def test_crossings_keep_within_their_budget(size: int) -> None:
    cases = [sketch(seed, size) for seed in range(8)]
    found = [figures(svg(drawn_map(c.pieces, c.scenarios[:1], 0))) for c in cases]
    assert sum(f["crossings"] for f in found) <= CROSSINGS[size]


def test_a_free_pair_is_joined_by_a_straight_line_from_card_to_card() -> None:
    (course,) = route([card("n1", 100, 100), card("n2", 400, 100)], [], [PERIPHERAL])
    assert {y for _, y in course.curve} == {100.0}
    assert course.curve[0] == (151.8, 100.0)
    assert course.heads[0][0] == (348.2, 100.0)
    assert len(course.heads) == 1


def test_a_line_goes_round_a_card_in_its_way() -> None:
    middle = card("n3", 250, 100)
    (course,) = route([card("n1", 100, 100), card("n2", 400, 100), middle], [], [PERIPHERAL])
    assert all(abs(x - 250) > 54 or abs(y - 100) > 23 for x, y in points(course))


def test_of_the_ways_round_others_those_past_lines_come_first() -> None:
    strokes = Strokes()
    shapes = [card_shape(card(*at), strokes.gap) for at in (("n1", 100, 100), ("n2", 400, 100), ("n3", 250, 100))]
    fence = tuple(Obstacle(core, shape.radius + 5.0, shape.radius + 11.0) for shape in shapes for core in shape.cores)
    own = tuple(replace(one, hard=one.hard - 4.0) for one in fence[:2])
    ends = Ends(shapes[0], shapes[1], (0.0, 5.0), (119.0, 257.0), (*own, fence[2]), fence, (), (0.0, 0.0, 500.0, 200.0), 24.5)
    wall = np.array([[250.0, 0.0, 250.0, 90.0]])  # the way by the north crosses it

    def crossed(track: Track) -> bool:
        return any(meeting(*piece, (250.0, 0.0), (250.0, 90.0)) for piece in pairwise(track.points))

    web = weave(fence, ends.page)
    assert crossed(detours(ends, web)[0])
    assert not crossed(detours(ends, web, wall)[0])


def test_words_are_not_crossed_and_the_page_is_not_left() -> None:
    words, page = Rect(200, 60, 100, 80), Rect(0, 0, 500, 400)
    (course,) = route([card("n1", 100, 100), card("n2", 400, 100)], [], [PERIPHERAL], avoid=[words], bounds=page)
    assert all(not (198 < x < 302 and 58 < y < 142) for x, y in points(course))
    assert all(0 < x < 500 and 0 < y < 400 for x, y in points(course))


def test_two_one_way_bonds_of_a_pair_run_apart() -> None:
    cards = [card("n1", 100, 100), card("n2", 400, 100)]
    one, two = route(cards, [], [PERIPHERAL, Bond("n2", "n1", critical=True, two_way=False)])
    ends = [one.curve[0], one.heads[0][0], two.curve[0], two.heads[0][0]]
    assert hypot(ends[0][0] - ends[3][0], ends[0][1] - ends[3][1]) >= 7
    assert hypot(ends[1][0] - ends[2][0], ends[1][1] - ends[2][1]) >= 7


def test_the_line_above_carries_a_gap_where_it_crosses_the_one_below() -> None:
    cards = [card("n1", 100, 200), card("n2", 500, 200), card("n3", 300, 40), card("n4", 300, 360)]
    below, above = route(cards, [], [PERIPHERAL, Bond("n3", "n4", critical=True, two_way=True)])
    assert below.covers == ()
    (cover,) = above.covers
    assert len(cover) == 4
    assert hypot((cover[0][0] + cover[3][0]) / 2 - 300, (cover[0][1] + cover[3][1]) / 2 - 200) < 2


def test_a_bond_to_a_team_ends_on_its_outline_and_a_members_bond_leaves_it_once() -> None:
    corners = ((240.0, 40.0), (460.0, 40.0), (460.0, 260.0), (240.0, 260.0))
    team = TeamBox("n9", "Team", ("n2", "n3"), "", corners, "Team")
    cards = [card("n1", 80, 150), card("n2", 350, 100), card("n3", 350, 210)]
    bonds = [Bond("n1", "n9", critical=True, two_way=True), Bond("n1", "n2", critical=False, two_way=False)]
    to_team, to_member = route(cards, [team], bonds)
    assert abs(to_team.heads[1][0][0] - (240 - 1.8)) < 0.11
    sides = [240 < x < 460 and 40 < y < 260 for x, y in points(to_member)]
    assert sum(a != b for a, b in pairwise(sides)) == 1


def test_heads_point_along_their_lines_with_the_sizes_of_the_strokes() -> None:
    strokes = Strokes(critical_head=(12.0, 10.0))
    cards = [card("n1", 100, 100, "child"), card("n2", 300, 260, "school")]
    (course,) = route(cards, [], [Bond("n1", "n2", critical=True, two_way=True)], strokes=strokes)
    for (tip, left, right), end in zip(course.heads, (course.curve[0], course.curve[-1]), strict=True):
        base = ((left[0] + right[0]) / 2, (left[1] + right[1]) / 2)
        assert abs(hypot(tip[0] - base[0], tip[1] - base[1]) - 12) < 0.3
        assert abs(hypot(left[0] - right[0], left[1] - right[1]) - 10) < 0.3
        assert hypot(tip[0] - end[0], tip[1] - end[1]) < 12


def test_the_tips_at_a_crowded_card_stand_apart() -> None:
    cards = [card("n0", 100, 200, "child"), *(card(f"n{n + 1}", 500, 30 + 48 * n) for n in range(8))]
    courses = route(cards, [], [Bond(f"n{n + 1}", "n0", critical=True, two_way=False) for n in range(8)])
    tips = [course.heads[0][0] for course in courses]
    assert min(hypot(p[0] - q[0], p[1] - q[1]) for n, p in enumerate(tips) for q in tips[:n]) >= 7


def test_four_lines_have_room_at_the_only_open_side_of_a_card() -> None:
    shut = [card(f"n{n + 5}", *at) for n, at in enumerate(((440, 56), (440, 144), (545, 56), (545, 144), (600, 100)))]
    bonds = [Bond(f"n{n + 1}", "n0", critical=True, two_way=False) for n in range(4)]
    cards = [card("n0", 490, 100), *(card(f"n{n + 1}", 100, 20 + 60 * n) for n in range(4)), *shut]
    courses = route(cards, [], bonds, bounds=Rect(0, 0, 700, 260))
    tips = [course.heads[0][0] for course in courses]
    assert min(hypot(p[0] - q[0], p[1] - q[1]) for n, p in enumerate(tips) for q in tips[:n]) >= 7


def test_pills_have_round_ends_and_cards_small_corners() -> None:
    assert [outline(card("n1", 0, 0, shape))[1] for shape in ("child", "person", "school", "card")] == [27.0, 17.0, 7.0, 5.0]


def test_even_a_map_that_is_far_too_full_gets_a_line_for_every_bond() -> None:
    cards = [card(f"n{n}", 60 + 101 * (n % 4), 30 + 39 * (n // 4)) for n in range(16)]
    bonds = [Bond(f"n{a}", f"n{b}", critical=False, two_way=True) for a in range(16) for b in range(a)]
    assert len(route(cards, [], bonds[:40], bounds=Rect(0, 0, 430, 170))) == 40
