"""Made-up caseloads of any size, for trying things without a child's data.

A case is made in the shape of the study's: a child, a family, a school as hub, services of five sectors with a lead, 7 to 28
actors. Every even row is a map of separate agencies (before), the next one the map of the same child with a school-based team
(after). Nothing stems from a real child, and the shares below are nobody's findings.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from agencygraph.caseloads.columns import CRITICAL, DISPUTED, TWO_WAY, UNKNOWN, Columns, Lists, Words
from agencygraph.caseloads.dice import Dice
from agencygraph.errors import FileError, InvalidError
from agencygraph.files import Where, replace_file

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Draws = NDArray[np.int64]

BANDS = ("modest", "significant", "complex")
SITUATIONS = ("crisis", "ticking clock", "dripping tap", "")
ARRANGED = ("collaboration", "integration")
ROWS_IN_GROUP = 20_000
_SIZES = ((7, 6), (10, 8), (14, 15))
_SECTOR_SHARES = (30, 55, 85, 92, 100)
_SCHOOL = 1
# The chance in a hundred of a tie between: child, school, family, lead service, other service.
_TIES = (
    (0, 88, 85, 50, 28),
    (88, 0, 45, 50, 32),
    (85, 45, 20, 28, 10),
    (50, 50, 28, 0, 26),
    (28, 32, 10, 26, 5),
)
# On the study's maps of one team about 13 of 21 pairs talk.
_IN_TEAM, _WITH_HOST = 60, 60


@dataclass(frozen=True, slots=True)
class _Cast:
    """Who is there in each row: how many actors, how many of the family, and who is in the team (the first services)."""

    child: Draws
    is_after: NDArray[np.bool_]
    band: Draws
    sizes: Draws
    relatives: Draws
    members: Draws


def generate(n: int, path: Where, seed: int = 1, progress: Callable[[int, int], None] | None = None) -> None:
    """Write a made-up caseload of any size as a Parquet file, to try things without a child's data.

    Parameters
    ----------
    n
        How many cases (rows); every two of them are the maps of one child before and after.
    path
        The file, ending in ``.parquet``.
    seed
        Another whole number makes other cases; the same number the same bytes.
    progress
        Is told now and then how many cases of how many are made.

    Raises
    ------
    InvalidError
        Where `n` or `seed` is no whole number of 0 or more.
    FileError
        Where the file cannot be written.
    MissingExtraError
        Where pyarrow is not installed.

    Examples
    --------
    >>> generate(10, "made_up.parquet", seed=4)
    """
    from agencygraph.caseloads.arrow import arrow, batch_of, case_schema
    from agencygraph.caseloads.parquet import COMPRESSION

    arrow()
    import pyarrow.parquet as pq  # type: ignore[import-untyped]  # pyarrow ships no types

    check_count(n, "n")
    check_count(seed, "seed")
    if os.path.splitext(os.fspath(path))[1].lower() != ".parquet":
        raise FileError(f"{os.fspath(path)}: a made-up caseload goes to a .parquet file.")
    page = io.BytesIO()
    with pq.ParquetWriter(page, case_schema(), **COMPRESSION) as writer:
        for start in range(0, n, ROWS_IN_GROUP):
            stop = min(n, start + ROWS_IN_GROUP)
            writer.write_batch(batch_of(make_columns(start, stop, seed)), row_group_size=ROWS_IN_GROUP)
            if progress is not None:
                progress(stop, n)
    replace_file(path, page.getvalue())


def check_count(value: object, name: str) -> None:
    """Raise an error where a value is no whole number of 0 or more."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise InvalidError(f"{name} is {value!r}; it must be a whole number of 0 or more.")


def make_columns(start: int, stop: int, seed: int, step: int = 1) -> Columns:
    """Return the made-up cases of rows from `start` to before `stop`; each row is the same whatever others are made.

    >>> one = make_columns(3, 4, seed=1)
    >>> one.kinds.of(0) == make_columns(0, 10, seed=1).kinds.of(3)
    True
    """
    import numpy as np

    dice, rows = Dice(seed), np.arange(start, stop, step)
    cast = _cast(dice, rows)
    kinds, sectors, bases, teams, leads = _actors(dice, cast)
    sources, targets, marks = _ties(dice, cast)
    return Columns(
        cast.child, dice.below(18, cast.child, "age").astype(np.int16),
        Words(cast.band.astype(np.int32), BANDS),
        Words(dice.below(len(SITUATIONS), cast.child, "situation").astype(np.int32), SITUATIONS),
        Words(cast.is_after.astype(np.int32), ARRANGED),
        kinds, sectors, bases, teams, leads, sources, targets, marks,
    )  # fmt: skip


def _cast(dice: Dice, rows: Draws) -> _Cast:
    import numpy as np

    child = rows // 2
    share = dice.below(100, child, "band")
    band = (share >= 50).astype(np.int64) + (share >= 85)
    least, spread = (np.array(column)[band] for column in zip(*_SIZES, strict=True))
    sizes = least + dice.below(spread, child, "size")
    relatives = 1 + dice.below(np.minimum(4, sizes // 4), child, "relatives")
    services = sizes - 2 - relatives
    members = np.minimum(services, 3 + dice.below(4, child, "members"))
    return _Cast(child, rows % 2 == 1, band, sizes, relatives, members)


def _actors(dice: Dice, cast: _Cast) -> tuple[Lists, Lists, Lists, Lists, Lists]:
    """Return kinds, sectors, bases, teams and leads."""
    import numpy as np

    starts = _starts(cast.sizes)
    row, place = _places(starts, cast.sizes)
    key, first = cast.child[row] * 64 + place, 2 + cast.relatives[row]
    is_service, is_relative = place >= first, (place > _SCHOOL) & (place < first)
    is_person = dice.chance(35, key, "person")
    kinds = np.where(is_person, 6, 5)
    kinds[is_relative] = np.array((1, 1, 1, 3, 3, 2))[dice.below(6, key, "relative")][is_relative]
    kinds[place == 0], kinds[place == _SCHOOL] = 0, 4
    sectors = np.where(is_service, 1 + np.searchsorted(np.array(_SECTOR_SHARES), dice.below(100, key, "sector"), side="right"), 0)
    sectors[place == _SCHOOL] = 1
    at_school = is_service & is_person & (sectors == 1) & dice.chance(60, key, "base")
    bases = np.where(at_school, _SCHOOL, place)
    teams = (is_service & (place < first + cast.members[row]) & cast.is_after[row]).astype(np.int64)
    by_school = dice.chance(20, cast.child, "school leads") & ~cast.is_after
    has_lead = cast.is_after | dice.chance(75, cast.child, "lead")
    leads = np.where(by_school, _SCHOOL, 2 + cast.relatives)[has_lead]
    return (*(Lists(starts, values.astype(np.uint8)) for values in (kinds, sectors, bases, teams)),
            Lists(_starts(has_lead.astype(np.int64)), leads.astype(np.uint8)))  # type: ignore[return-value]  # four and one are five


def _ties(dice: Dice, cast: _Cast) -> tuple[Lists, Lists, Lists]:
    """Return sources, targets and marks."""
    import numpy as np

    squares = cast.sizes**2
    row, square = _places(_starts(squares), squares)
    one, other = square // cast.sizes[row], square % cast.sizes[row]
    row, one, other = (values[one < other] for values in (row, one, other))
    in_team, percent = _percent(cast, row, one, other)
    key = (cast.child[row] * 64 + one) * 64 + other
    drawn = dice.chance(percent, key, "tie")
    row, one, other, in_team, key = (values[drawn] for values in (row, one, other, in_team, key))
    flip = dice.chance(50, key, "direction")
    source, target = np.where(flip, other, one), np.where(flip, one, other)
    two_way = dice.chance(np.where(in_team, 75, 45), key, "both ways")
    doubt = np.where(cast.is_after[row], 100, dice.below(100, key, "doubt"))
    marks = CRITICAL * dice.chance(np.where(in_team, 75, 45), key, "critical") + TWO_WAY * two_way
    marks = marks + DISPUTED * (doubt < 3) + UNKNOWN * ((doubt >= 3) & (doubt < 5))
    # Now and then the answer to a one-way tie is of the other strength.
    back = ~two_way & dice.chance(8, key, "answer")
    order = np.argsort(np.concatenate((row, row[back])), kind="stable")
    parts = ((source, target[back]), (target, source[back]), (marks, marks[back] ^ CRITICAL))
    starts = _starts(np.bincount(row, minlength=len(cast.sizes)) + np.bincount(row[back], minlength=len(cast.sizes)))
    sources, targets, found = (Lists(starts, np.concatenate(part)[order].astype(np.uint8)) for part in parts)
    return sources, targets, found


def _percent(cast: _Cast, row: Draws, one: Draws, other: Draws) -> tuple[Draws, Draws]:
    """Return for each pair of actors whether it lies within the team and its school, and the chance of a tie."""
    import numpy as np

    first = 2 + cast.relatives[row]
    roles = [np.where(place < 2, place, 2 + (place >= first) + (place > first)) for place in (one, other)]
    percent = np.array(_TIES)[roles[0], roles[1]]
    is_member = [(place >= first) & (place < first + cast.members[row]) & cast.is_after[row] for place in (one, other)]
    inside, hosted = is_member[0] & is_member[1], (one == _SCHOOL) & is_member[1]
    percent = np.where(inside, _IN_TEAM, np.where(hosted, _WITH_HOST, percent))
    return inside | hosted, percent


def _starts(lengths: Draws) -> Draws:
    import numpy as np

    starts = np.zeros(len(lengths) + 1, dtype=np.int64)
    np.cumsum(lengths, out=starts[1:])
    return starts


def _places(starts: Draws, lengths: Draws) -> tuple[Draws, Draws]:
    """Return for each entry of lists end to end the number of its list and its place in it."""
    import numpy as np

    row = np.repeat(np.arange(len(lengths)), lengths)
    return row, np.arange(starts[-1]) - starts[:-1][row]


