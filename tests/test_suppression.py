"""Small numbers stay withheld, whatever a reader adds and subtracts: shown by trying every table that fits what is published."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agencygraph.crosstabs import crosstab
from agencygraph.errors import InvalidError
from agencygraph.suppression import Frame, withhold
from agencygraph.table import Table
from strategies import examples

Grid = list[list[int | None]]
Shown = list[list[object]]


def with_totals(inner: Sequence[Sequence[int]], frame: str) -> Grid:
    """A grid with totals at the right ("r"), below ("b"), or both."""
    grid: Grid = [list(row) for row in inner]
    if "r" in frame:
        grid = [[*row, sum(cell or 0 for cell in row)] for row in grid]
    if "b" in frame:
        grid.append([sum(cell or 0 for cell in column) for column in zip(*grid, strict=True)])
    return grid


def published(grid: Grid, threshold: int, frame: str) -> Shown:
    """What a reader of the table sees, by way of the public method."""
    columns = ["band", *(f"x{k}" for k in range(len(grid[0]) - ("r" in frame))), *["total"] * ("r" in frame)]
    names = [*(f"y{k}" for k in range(len(grid) - ("b" in frame))), *["total"] * ("b" in frame)]
    table = Table(tuple(columns), tuple((name, *row) for name, row in zip(names, grid, strict=True)))
    return [list(row[1:]) for row in table.protect(threshold).rows]


def row_fillings(shown: Sequence[object], truth: Sequence[int | None], top: int, has_total: bool) -> Iterator[tuple[int, ...]]:
    """Every way to fill the withheld cells of a row so that it adds up to its total, if that is published.

    The reader is taken to know that nothing but noughts is withheld as nought, which is more than anybody does.
    """
    cells = shown[:-1] if has_total else shown
    total = shown[-1] if has_total and shown[-1] != "c" else None
    ranges = [[cell] if cell != "c" else list(range(1 if real else 0, top + 1)) for cell, real in zip(cells, truth, strict=False)]
    for filling in product(*ranges):
        if total is None or sum(filling) == total:  # type: ignore[arg-type]
            yield filling  # type: ignore[misc]


def fits(shown: Shown, truth: Grid, at: tuple[int, int], value: int, frame: str) -> bool:
    """Say whether some table agrees with all that is published and has this value at this place, by trying them all."""
    top = max(cell or 0 for row in truth[: len(truth) - ("b" in frame)] for cell in row[: len(row) - ("r" in frame)]) + 5
    shown = [[value if (r, c) == at else cell for c, cell in enumerate(row)] for r, row in enumerate(shown)]
    below = shown[-1] if "b" in frame else ["c"] * len(shown[0])
    limits = [top * 9 if cell == "c" else cell for cell in below[: len(below) - ("r" in frame)]]
    sums = {(0,) * len(limits)}
    for row, real in zip(shown[: len(shown) - ("b" in frame)], truth, strict=False):
        fillings = list(row_fillings(row, real, top, "r" in frame))
        grown = {tuple(a + b for a, b in zip(old, filling, strict=True)) for old in sums for filling in fillings}
        sums = {one for one in grown if all(a <= limit for a, limit in zip(one, limits, strict=True))}  # type: ignore[operator]
    grand = below[-1] if "b" in frame and "r" in frame and below[-1] != "c" else None
    return any(all(cell in ("c", found) for cell, found in zip(below, one, strict=False)) and grand in (None, sum(one))
               for one in sums)


def least_of(grid: Grid, frame: str, r: int, c: int) -> int:
    """The least that a number can be for somebody who knows which of its parts are not nought."""
    rows = range(len(grid) - 1) if "b" in frame and r == len(grid) - 1 else [r]
    columns = range(len(grid[0]) - 1) if "r" in frame and c == len(grid[0]) - 1 else [c]
    return sum(bool(grid[row][column]) for row in rows for column in columns)


def attack(grid: Grid, frame: str, threshold: int) -> None:
    """Fail where a reader learns more of a small number than that it is small, or any withheld number at all."""
    shown = published(grid, threshold, frame)
    for r, c in product(range(len(grid)), range(len(grid[0]))):
        real = grid[r][c]
        assert real is not None
        if 0 < real < threshold:
            assert shown[r][c] == "c"
            for value in range(least_of(grid, frame, r, c), threshold):
                assert fits(shown, grid, (r, c), value, frame), (shown, (r, c), value)
        elif shown[r][c] == "c":
            assert any(fits(shown, grid, (r, c), value, frame) for value in (real - 1, real + 1, real - 2, real + 2)
                       if value >= (1 if real else 0)), (shown, (r, c))


small_inner = st.integers(2, 3).flatmap(lambda wide: st.lists(
    st.lists(st.sampled_from((0, 0, 1, 2, 3, 4, 5, 6, 8)), min_size=wide, max_size=wide), min_size=2, max_size=3))


@settings(max_examples=examples(50), deadline=None)
@given(small_inner, st.sampled_from(("rb", "r", "b")), st.sampled_from((3, 5)))
def test_no_small_number_can_be_worked_out(inner: list[list[int]], frame: str, threshold: int) -> None:
    attack(with_totals(inner, frame), frame, threshold)


@settings(max_examples=examples(60), deadline=None)
@given(st.lists(st.lists(st.integers(0, 40), min_size=5, max_size=5), min_size=1, max_size=8), st.sampled_from((3, 5, 10)))
def test_every_small_number_is_withheld_and_no_row_or_column_has_only_one(inner: list[list[int]], threshold: int) -> None:
    grid = with_totals(inner, "rb")
    shown = published(grid, threshold, "rb")
    for real, said in zip(grid, shown, strict=True):
        for cell, sign in zip(real, said, strict=True):
            assert sign in ("c", cell)
            assert sign == "c" or cell is None or not 0 < cell < threshold
    for line in (*shown, *zip(*shown, strict=True)):
        assert list(line).count("c") != 1


@settings(max_examples=examples(60), deadline=None)
@given(st.lists(st.lists(st.sampled_from((0, 5, 9, 31)), min_size=4, max_size=4), min_size=2, max_size=6))
def test_nothing_is_withheld_where_nothing_is_small(inner: list[list[int]]) -> None:
    grid = with_totals(inner, "rb")
    assert published(grid, 5, "rb") == grid


@settings(max_examples=examples(60), deadline=None)
@given(st.lists(st.lists(st.sampled_from((0, 1, 3, 7, 9, 31)), min_size=4, max_size=4), min_size=4, max_size=6))
def test_noughts_and_totals_are_withheld_only_where_nothing_else_would_do(inner: list[list[int]]) -> None:
    """Where every row and every column has three large numbers to hide behind, no nought and no total goes."""
    grid = with_totals([[cell if (r + c) % 4 == 0 else 0 if (r + c) % 7 == 1 else 40 + r + c for c, cell in enumerate(row)]
                        for r, row in enumerate(inner)], "rb")
    shown = published(grid, 5, "rb")
    assert [row[-1] for row in shown] == [row[-1] for row in grid]
    assert shown[-1] == grid[-1]
    assert [(r, c) for r, row in enumerate(grid) for c, cell in enumerate(row) if cell == 0 and shown[r][c] != 0] == []


def test_two_ones_in_a_row_do_not_hide_each_other() -> None:
    """Together they are 2, so each would be 1."""
    grid = with_totals([[1, 1, 20]], "r")
    assert published(grid, 5, "r") == [["c", "c", "c", 22]]


def test_a_nought_goes_where_it_is_the_only_thing_to_hide_behind() -> None:
    shown = published(with_totals([[3, 0, 0]], "r"), 5, "r")
    assert shown == [["c", 0, 0, "c"]]
    shown = published(with_totals([[3, 0], [30, 40]], "rb"), 5, "rb")
    attack(with_totals([[3, 0], [30, 40]], "rb"), "rb", 5)
    assert shown[0] == ["c", 0, "c"]


def test_totals_are_found_by_name_or_because_they_add_up() -> None:
    rows = (("modest", 3, 12, 15), ("complex", 9, 30, 39))
    for name in ("total", "Total", "All", "n", "cases"):
        assert Table(("band", "a", "b", name), rows).protect().rows == (("modest", "c", "c", 15), ("complex", 9, 30, 39))
    below = Table(("band", "a", "b"), (("modest", 3, 12), ("complex", 9, 30), ("together", 12, 42)))
    assert below.protect().rows == (("modest", "c", 12), ("complex", "c", 30), ("together", 12, 42))


def test_signs_and_note() -> None:
    table = crosstab(("modest", "complex"), ("a", "b"), {("modest", "a"): 2, ("modest", "b"): 12, ("complex", "a"): None,
                     ("complex", "b"): 131}, corner="band", caption="Cases")  # fmt: skip
    safe = table.protect()
    assert safe.rows[1][1] == "z"
    assert "c: withheld, a number from 1 to 4" in safe.note
    assert "z: not applicable" in safe.note
    assert "k:" not in safe.note
    assert (safe.caption, safe.heads, safe.columns) == (table.caption, table.heads, table.columns)
    assert table.rows[0][1] == 2  # the table itself never changes
    flat = Table(("band", "a", "b"), (("modest", 7, 23), ("complex", 0, 15)))
    assert flat.protect(round_to=20).rows == (("modest", "k", 20), ("complex", 0, 20))
    assert "nearest 20" in flat.protect(round_to=20).note
    assert "k: low" in flat.protect(round_to=20).note
    assert flat.protect().note == ""


@given(st.integers(0, 500), st.integers(2, 50))
def test_rounding_is_to_the_nearest_and_says_low_rather_than_nought(number: int, step: int) -> None:
    ((_, cell),) = Table(("band", "n"), (("modest", number),)).protect(round_to=step).rows
    if 0 < number < 5:
        assert cell == "c"
    elif cell == "k":
        assert 0 < number < step / 2
    else:
        assert isinstance(cell, int)
        assert cell % step == 0
        assert abs(cell - number) <= step / 2
        assert cell or not number


@pytest.mark.parametrize(("table", "words"), [
    (Table(("a", "share"), (("x", 0.25),)), "shares"), (Table(("a", "told"), (("x", "3 of 12"),)), "no count"),
    (Table(("a", "n"), (("x", -1),)), "no count"), (Table(("a", "n"), (("x", True),)), "no count"),
    (Table(("a", "n"), (("x", "c"),)), "protected already"), (Table(("a", "n", "total"), (("x", 5, 9),)), "add up to 5"),
    (Table(("a", "b", "n"), (("x", "total", 9),), heads=("a", "b")), "subtotals"),
])  # fmt: skip
def test_what_cannot_be_protected_is_refused_in_words(table: Table, words: str) -> None:
    with pytest.raises(InvalidError, match=words):
        table.protect()


@pytest.mark.parametrize("settings_", [{"threshold": 2}, {"threshold": True}, {"threshold": 5.0}, {"round_to": 1},
                                       {"round_to": True}])  # fmt: skip
def test_settings_that_would_protect_nothing_are_refused(settings_: dict[str, int]) -> None:
    with pytest.raises(InvalidError, match="whole number"):
        Table(("a", "n"), (("x", 3),)).protect(**settings_)


def test_an_empty_table_stays_empty() -> None:
    assert Table(("a", "n")).protect().rows == ()
    assert Table(("a",), (("x",),)).protect().rows == (("x",),)


def test_protecting_is_the_same_every_time_and_quick_enough_for_large_tables() -> None:
    dice = random.Random(5)
    grid = with_totals([[dice.choice((0, 1, 2, 4, 9, 30)) for _ in range(12)] for _ in range(25)], "rb")
    assert withhold(grid, Frame(25, 12)) == withhold(grid, Frame(25, 12))


@pytest.mark.parametrize(("rows", "columns", "cells", "words"), [
    (("a", "a"), ("x",), {}, "twice"), (("total",), ("x",), {}, "word for totals"), (("a",), ("x",), {("a", "y"): 1}, "no column"),
    (("a",), ("x",), {("a", "x"): -1}, "whole number"), (("a",), ("x",), {("a", "x"): True}, "whole number"),
])  # fmt: skip
def test_a_cross_table_refuses_what_it_cannot_lay_out(rows: tuple[str, ...], columns: tuple[str, ...],
                                                      cells: dict[tuple[str, str], int], words: str) -> None:
    with pytest.raises(InvalidError, match=words):
        crosstab(rows, columns, cells)
