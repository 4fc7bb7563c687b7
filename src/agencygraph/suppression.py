"""Small numbers: which cells of a table of counts must be withheld so that nobody can work the small ones back.

A reader who knows the totals can add and subtract. So the cells and totals of a table are laid out as a network in which what
comes in at each point goes out again: a row's cells add up to its total, a column's to its own. Whatever can flow round a
circle of withheld cells, nobody can know. Cells are withheld until, on such circles, every small count can be anything from 1
to the threshold less one, for all that the published numbers say (Cox 1980; Fischetti & Salazar 2001).
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from agencygraph.errors import InvalidError

if TYPE_CHECKING:
    from agencygraph.table import Cell

TOTALS = ("total", "totals", "all", "sum")
WITHHELD, LOW, NOT_APPLICABLE = "c", "k", "z"
_LEAST = 3

Place = tuple[int, int]
Grid = Sequence[Sequence[int | None]]
Cost = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the totals of a grid of counts stand: the row and the column that hold them, if there are any."""

    total_row: int | None = None
    total_column: int | None = None

    def ends(self, at: Place) -> tuple[str, str]:
        """Return from which point of the network to which one a cell runs; cells without an equation share one point."""
        row = f"r{at[0]}" if self.total_column is not None else "rows"
        column = f"c{at[1]}" if self.total_row is not None else "columns"
        is_backward = (at[0] == self.total_row) != (at[1] == self.total_column)
        return (column, row) if is_backward else (row, column)

    def rank(self, at: Place) -> int:
        """Return 0 for a cell, 1 for a total, and for the total of all more than any path of other totals comes to."""
        return 1000 if at == (self.total_row, self.total_column) else int(self.is_total(at))

    def is_total(self, at: Place) -> bool:
        """Say whether a cell holds a total."""
        return at[0] == self.total_row or at[1] == self.total_column


@dataclass(slots=True)
class _Pipe:
    """One cell in the network: its number, whether it is withheld, and how far it has been moved from its number so far.

    `rank` is 0 for a cell, 1 for the total of a row or a column, and dear for the total of all.
    """

    at: Place
    tail: str
    head: str
    value: int
    rank: int
    is_open: bool = False
    moved: int = 0

    @property
    def room_below(self) -> int:
        """By how much it can still fall: a reader takes what is withheld for no less than 1, unless it is nought."""
        return self.value + self.moved - (self.value > 0)

    @property
    def cost(self) -> Cost:
        """What it costs to withhold it: the total of all is dearest, then other totals, then noughts, then large numbers."""
        return (0, 0, 0) if self.is_open else (self.rank, int(not self.value), 1 + self.value)


@dataclass(slots=True)
class _Net:
    """The cells of a grid as a network."""

    pipes: list[_Pipe]
    around: dict[str, list[_Pipe]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for pipe in self.pipes:
            self.around.setdefault(pipe.tail, []).append(pipe)
            self.around.setdefault(pipe.head, []).append(pipe)

    def hide(self, small: _Pipe, most: int) -> None:
        """Withhold what is needed so that a small number may be anything from 1 to the most that counts as small."""
        self._push(small, small.head, small.tail, most - small.value)
        self._push(small, small.tail, small.head, small.value - 1)

    def _push(self, around: _Pipe, start: str, end: str, need: int) -> None:
        for pipe in self.pipes:
            pipe.moved = 0
        while need > 0:
            path = self._cheapest(around, start, end)
            if not path:
                # A total of three cells that are not nought cannot be less than 3, whatever else is withheld.
                break
            room = min([need, *(pipe.room_below for pipe, is_up in path if not is_up)])
            for pipe, is_up in path:
                pipe.moved += room if is_up else -room
                pipe.is_open = True
            need -= room

    def _cheapest(self, around: _Pipe, start: str, end: str) -> list[tuple[_Pipe, bool]]:
        """Return the way from one point to another that withholds least that is not withheld already, and never passes `around`."""
        best: dict[str, Cost] = {start: (0, 0, 0)}
        came: dict[str, tuple[_Pipe, bool]] = {}
        waiting = [((0, 0, 0), 0, start)]
        while waiting:
            cost, steps, here = heapq.heappop(waiting)
            if here == end:
                break
            if cost > best[here]:
                continue
            for pipe, is_up, there in self._ways(here, around):
                more = pipe.cost
                sum_ = (cost[0] + more[0], cost[1] + more[1], cost[2] + more[2])
                if there not in best or sum_ < best[there]:
                    best[there], came[there] = sum_, (pipe, is_up)
                    heapq.heappush(waiting, (sum_, steps + 1, there))
        path: list[tuple[_Pipe, bool]] = []
        while end != start and end in came:
            pipe, is_up = came[end]
            path.append((pipe, is_up))
            end = pipe.tail if is_up else pipe.head
        return path

    def _ways(self, here: str, around: _Pipe) -> Iterator[tuple[_Pipe, bool, str]]:
        for pipe in self.around[here]:
            if pipe is around:
                continue
            if pipe.tail == here:
                yield pipe, True, pipe.head
            elif pipe.room_below > 0:
                yield pipe, False, pipe.tail


def withhold(grid: Grid, frame: Frame, threshold: int = 5) -> frozenset[Place]:
    """Say which cells of a table may not be published, so that no small count can be worked out from the others.

    Parameters
    ----------
    grid
        Whole numbers from 0, None where a cell does not apply; totals included.
    frame
        Where the totals stand.
    threshold
        Counts from 1 to one below it are small.

    Returns
    -------
    frozenset
        The places (row, column) of the small counts and of those that would give them away. For all that the others say, each
        small count can still be any number from 1 to the threshold less one.

    Raises
    ------
    InvalidError
        Where a total is not the sum of its cells.

    Source: complementary suppression by circles in a network, Cox 1980; Fischetti & Salazar 2001.

    Examples
    --------
    >>> sorted(withhold([[2, 9, 11], [7, 8, 15], [9, 17, 26]], Frame(total_row=2, total_column=2)))
    [(0, 0), (0, 1), (1, 0), (1, 1)]
    """
    _check_sums(grid, frame)
    pipes = [_Pipe(at, *frame.ends(at), value, frame.rank(at)) for at, value in _cells(grid) if value is not None]
    pipes += _unpublished(grid, frame)
    net = _Net(pipes)
    small = [pipe for pipe in pipes if 0 < pipe.value < threshold and not pipe.is_open]
    for pipe in small:
        pipe.is_open = True
    if frame != Frame():
        for pipe in small:
            net.hide(pipe, threshold - 1)
    return frozenset(pipe.at for pipe in pipes if pipe.is_open and grid[pipe.at[0]][pipe.at[1]] is not None)


def _cells(grid: Grid) -> Iterator[tuple[Place, int | None]]:
    return (((r, c), value) for r, row in enumerate(grid) for c, value in enumerate(row))


def _unpublished(grid: Grid, frame: Frame) -> Iterator[_Pipe]:
    """Yield the totals that do not stand in the table: nobody reads them, so anything may flow through them."""
    for at, value in _cells(grid):
        if value is None and frame.is_total(at):
            yield _Pipe(at, *frame.ends(at), sum(_parts(grid, frame, at)), rank=1, is_open=True)


def _parts(grid: Grid, frame: Frame, at: Place) -> list[int]:
    """Return the cells that add up to a total."""
    row, column = at
    if column == frame.total_column:
        rows = [row] if row != frame.total_row else [r for r in range(len(grid)) if r != frame.total_row]
        return [grid[r][c] or 0 for r in rows for c in range(len(grid[r])) if c != column]
    return [line[column] or 0 for r, line in enumerate(grid) if r != row]


def _check_sums(grid: Grid, frame: Frame) -> None:
    for at, value in _cells(grid):
        found = sum(_parts(grid, frame, at)) if frame.is_total(at) else value
        if value is not None and value != found:
            raise InvalidError(f"row {at[0] + 1} of the table says {value} where its cells add up to {found}. Leave out subtotals, "
                               "and totals of things that overlap.")


def shield(columns: Sequence[str], heads: Sequence[str], rows: Sequence[Sequence[Cell]], threshold: int,
           round_to: int | None) -> tuple[tuple[tuple[Cell, ...], ...], str]:  # fmt: skip
    """Return the rows of a table of counts with its small numbers withheld, and the note that explains the signs.

    >>> rows, note = shield(("band", "crisis", "other"), ("band",), (("modest", 3, 12),), 5, None)
    >>> rows
    (('modest', 'c', 12),)
    >>> note
    'c: withheld, a number from 1 to 4 or one that would give such a number away.'
    """
    check_settings(threshold, round_to)
    places = [at for at, name in enumerate(columns) if name not in heads]
    grid = [[_count(row[at], columns[at]) for at in places] for row in rows]
    frame = _frame(columns, heads, rows, grid)
    hidden = withhold(grid, frame, threshold)
    shown = tuple(tuple(cell if at not in places else _sign(grid[r][places.index(at)], (r, places.index(at)) in hidden, round_to)
                        for at, cell in enumerate(row)) for r, row in enumerate(rows))
    return shown, _note({cell for row in shown for at, cell in enumerate(row) if at in places}, threshold, round_to)


def check_settings(threshold: object, round_to: object = None) -> None:
    """Refuse a threshold or a rounding that would protect nothing."""
    if not isinstance(threshold, int) or isinstance(threshold, bool) or threshold < _LEAST:
        raise InvalidError(f"threshold is {threshold!r}; it must be a whole number from {_LEAST}: below that, the sign for a small "
                           "number would say which number it is.")
    if round_to is not None and (not isinstance(round_to, int) or isinstance(round_to, bool) or round_to < 2):
        raise InvalidError(f"round_to is {round_to!r}; it must be a whole number from 2, such as 5 or 10, or None.")


def _count(cell: object, column: str) -> int | None:
    if cell is None or (isinstance(cell, int) and not isinstance(cell, bool) and cell >= 0):
        return cell
    if cell in (WITHHELD, LOW, NOT_APPLICABLE):
        raise InvalidError("this table has been protected already; protect the one with the counts.")
    raise InvalidError(f"the column '{column}' holds {cell!r}, which is no count. protect takes counts: leave out shares and words "
                       "with select(...), because a share beside a withheld count gives it away.")


def _frame(columns: Sequence[str], heads: Sequence[str], rows: Sequence[Sequence[Cell]], grid: Grid) -> Frame:
    """Find the row and the column of totals: by their names, or because they add up, whatever they are called."""
    named_columns = [at for at, name in enumerate(name for name in columns if name not in heads) if _is_word_for_total(name)]
    words = [[row[at] for at, name in enumerate(columns) if name in heads] for row in rows]
    named_rows = [at for at, row in enumerate(words) if row and all(map(_is_word_for_total, row))]
    half = [row for row in words if any(map(_is_word_for_total, row)) and not all(map(_is_word_for_total, row))]
    if half or len(named_columns) > 1 or len(named_rows) > 1:
        raise InvalidError("the table has subtotals, or totals in several places; protect one level of it at a time.")
    turned = list(zip(*grid, strict=True))
    return Frame(named_rows[0] if named_rows else _summing(grid), named_columns[0] if named_columns else _summing(turned))


def _is_word_for_total(word: object) -> bool:
    return isinstance(word, str) and word.strip().lower() in TOTALS


def _summing(lines: Sequence[Sequence[int | None]]) -> int | None:
    """Return which line, if any, is the sum of all the others, cell by cell, of two others at least; the last one of several."""
    if len(lines) < 3:
        return None
    sums = [sum(cell or 0 for cell in cells) for cells in zip(*lines, strict=True)]
    found = [at for at, line in enumerate(lines) if any(line)
             and all(2 * (cell or 0) == total for cell, total in zip(line, sums, strict=True))]
    return found[-1] if found else None


def _sign(value: int | None, is_hidden: bool, round_to: int | None) -> Cell:
    if value is None:
        return NOT_APPLICABLE
    if is_hidden:
        return WITHHELD
    if round_to is None:
        return value
    near = (2 * value + round_to) // (2 * round_to) * round_to
    return LOW if value and not near else near


def _note(signs: set[Cell], threshold: int, round_to: int | None) -> str:
    """Explain the signs that occur."""
    words = {
        WITHHELD: f"c: withheld, a number from 1 to {threshold - 1} or one that would give such a number away.",
        NOT_APPLICABLE: "z: not applicable.",
        LOW: "k: low, rounds to 0 but is not 0.",
    }  # fmt: skip
    rounded = [f"Numbers are rounded to the nearest {round_to}, so they may not add up."] if round_to else []
    return " ".join([*(text for sign, text in words.items() if sign in signs), *rounded])
