"""Pairs of numbers, before and after: how many went which way, by how much, and whether chance alone could do that.

Only the differences count. They are held as whole billionths, so that sums of thirds and sevenths meet exactly where they
should, within the rounding of each.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from agencygraph.errors import InvalidError

FEWEST = 6
DRAWS = 100_000
SEED = 1
_UNIT = 10**9
_MOST_SUMS = 1 << 16
_MOST_WORK = 1 << 20
TOO_FEW = "only {n} pair{s} of maps: fewer than six"
WHY_SIX = ("Below six pairs there is no p: even if every single one changed for the better, chance alone would do that more often "
           "than once in twenty times.")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Paired:
    """What a set of pairs says.

    Parameters
    ----------
    n
        How many pairs there are.
    better, same, worse
        How many of them went which way.
    median
        The median of the changes (after less before); None without pairs.
    hodges_lehmann
        The median of the means of every two changes, each with itself too: the typical change, which one wild case cannot move.
    p
        How often changes as far from nought as these, or farther, would come about if each had been as likely to go the other
        way. None below six pairs.
    is_exact
        True where p was counted over all patterns of signs; False where it was estimated from 100,000 drawn ones.
    reason
        Why there is no p.

    Examples
    --------
    >>> found = weigh([-0.5, -0.25, -0.75, -0.5, 0, -1, -0.25], "lower")
    >>> found.better, found.same, found.worse, found.median, found.p
    (6, 1, 0, -0.5, 0.03125)
    """

    n: int
    better: int
    same: int
    worse: int
    median: float | None = None
    hodges_lehmann: float | None = None
    p: float | None = None
    is_exact: bool = True
    reason: str = ""


def weigh(differences: Sequence[float], better: str) -> Paired:
    """Say of before and after in many cases: how many better, how many worse, by how much, and could that be chance?

    Parameters
    ----------
    differences
        After less before, one for each case; what differs past the ninth place is rounding, not change.
    better
        "lower" or "higher": which way is better.

    Returns
    -------
    Paired
        Without p, and with the reason, below six pairs.

    Source: sign-flip test, Fisher 1935 (section 21); estimate of the shift, Hodges & Lehmann 1963.

    Examples
    --------
    >>> weigh([-0.5, -0.5], "lower").reason
    'only 2 pairs of maps: fewer than six'
    """
    return weigh_each([(differences, better)])[0]


def weigh_each(changes: Iterable[tuple[Sequence[float], str]]) -> list[Paired]:
    """Return the same for several questions at once: patterns of signs that must be drawn are drawn once for all of them.

    >>> [found.better for found in weigh_each([([-0.5], "lower"), ([-0.5], "higher")])]
    [1, 0]
    """
    found: list[Paired] = []
    asked: dict[int, Sequence[int]] = {}
    for at, (differences, better) in enumerate(changes):
        counted, units = _count(differences, better)
        found.append(counted)
        if units:
            asked[at] = _packed(units)
    for at, (p, is_exact) in zip(asked, sign_flips(asked.values()), strict=True):
        found[at] = replace(found[at], p=p, is_exact=is_exact)
    return found


def _packed(numbers: Sequence[int]) -> Sequence[int]:
    """Return numbers in as little room as they need: of hundreds of thousands of pairs there are many at once."""
    try:
        return array("q", numbers)
    except OverflowError:
        return numbers


def _count(differences: Sequence[float], better: str) -> tuple[Paired, Sequence[int]]:
    """Return what can be counted, and the changes in billionths of which p is still to be found; none where there is no p."""
    if better not in ("lower", "higher"):
        raise InvalidError(f"better is {better!r}; it must be lower or higher.")
    units = [round(difference * _UNIT) for difference in differences]
    up, down = sum(unit > 0 for unit in units), sum(unit < 0 for unit in units)
    good, bad = (up, down) if better == "higher" else (down, up)
    n = len(units)
    if not n:
        return Paired(0, 0, 0, 0, reason="no case has an answer both before and after"), ()
    middle, typical = _median(units), _hodges_lehmann(units)
    if n < FEWEST:
        return Paired(n, good, n - good - bad, bad, middle, typical, reason=TOO_FEW.format(n=n, s="s" * (n != 1))), ()
    return Paired(n, good, n - good - bad, bad, middle, typical), units


def sign_flip(units: Sequence[int], seed: int = SEED) -> tuple[float, bool]:
    """Return the two-sided p of differences in billionths under free choice of their signs, and whether it is exact.

    Exact for up to 32 differences that are not nought, and for more where many are alike; else from 100,000 patterns drawn at
    random, always the same, p = (1 + as far or farther) / (1 + drawn).

    >>> sign_flip([10**9] * 6)
    (0.03125, True)
    """
    return sign_flips([units], seed)[0]


def sign_flips(each: Iterable[Sequence[int]], seed: int = SEED) -> list[tuple[float, bool]]:
    """Return the same for several sets of differences."""
    found: list[float | None] = []
    unknown: list[tuple[Sequence[int], int]] = []
    for units in each:
        moved = [unit for unit in units if unit]
        # Each difference was rounded by at most half a unit, so true ties may look up to n units apart.
        least = abs(sum(moved)) - len(moved)
        found.append(_exact(moved, least))
        if found[-1] is None:
            unknown.append((_packed(moved), least))
    drawn = iter(_draw(unknown, seed))
    return [((1 + next(drawn)) / (1 + DRAWS), False) if p is None else (p, True) for p in found]


def _draw(unknown: Sequence[tuple[Sequence[int], int]], seed: int) -> list[int]:
    """Return how many drawn patterns of signs come as far; numpy is loaded only where there is something to draw."""
    if not unknown:
        return []
    from agencygraph.batch.signs import count_as_far

    return count_as_far(unknown, DRAWS, seed)


def _exact(moved: Sequence[int], least: int) -> float | None:
    """Return p over all patterns of signs; None where there are too many to count."""
    if least <= 0:
        return 1.0
    # Neighbours in size go to different halves, so that differences which are alike meet and their sums fall together.
    sizes = sorted(map(abs, moved))
    left = _sums(sizes[::2])
    right = None if left is None else _sums(sizes[1::2])
    if left is None or right is None:
        return None
    totals = sorted(right)
    upto = [0, *accumulate(right[total] for total in totals)]
    beyond: int = sum(count * (upto[-1] - upto[bisect_left(totals, least - total)]) for total, count in left.items())
    p: float = 2 * beyond / 2 ** len(moved)
    return p


def _sums(sizes: Sequence[int]) -> Counter[int] | None:
    """Return how often each sum comes about over all patterns of signs; None where that would take too long."""
    found, work = Counter({0: 1}), 0
    # Of k sizes there are at least k + 1 different sums, so that for very many it is known beforehand.
    if len(sizes) * (len(sizes) + 3) // 2 > _MOST_WORK:
        return None
    for size in sizes:
        grown = Counter[int]()
        for total, count in found.items():
            grown[total + size] += count
            grown[total - size] += count
        work += len(grown)
        if len(grown) > _MOST_SUMS or work > _MOST_WORK:
            return None
        found = grown
    return found


def holm(ps: Sequence[float | None]) -> tuple[float | None, ...]:
    """Return each p as it stands when several questions are asked at once; None stays None and counts as not asked.

    Source: Holm 1979.

    >>> holm([0.01, None, 0.04, 0.03])
    (0.03, None, 0.06, 0.06)
    """
    order = sorted((p, at) for at, p in enumerate(ps) if p is not None)
    found: list[float | None] = [None] * len(ps)
    highest = 0.0
    for rank, (p, at) in enumerate(order):
        highest = max(highest, min(1.0, p * (len(order) - rank)))
        found[at] = highest
    return tuple(found)


def _median(units: Sequence[int]) -> float:
    found = sorted(units)
    return (found[(len(found) - 1) // 2] + found[len(found) // 2]) / 2 / _UNIT


def _hodges_lehmann(units: Sequence[int]) -> float:
    """Return the median of the means of all pairs i <= j, found by halving the span of their sums rather than listing them."""
    counts = Counter(units)
    found = sorted(counts)
    # How many numbers there are up to each different one.
    upto = [*accumulate((counts[number] for number in found), initial=0)]
    pairs = len(units) * (len(units) + 1) // 2
    low, high = (_pair_sum(found, upto, rank) for rank in ((pairs - 1) // 2, pairs // 2))
    return (low + high) / 4 / _UNIT


def _pair_sum(found: Sequence[int], upto: Sequence[int], rank: int) -> int:
    """Return the sum with so many smaller ones among all sums of two, each with itself too."""
    low, high = 2 * found[0], 2 * found[-1]
    while low < high:
        middle = (low + high) // 2
        if _count_upto(found, upto, middle) > rank:
            high = middle
        else:
            low = middle + 1
    return low


def _count_upto(found: Sequence[int], upto: Sequence[int], limit: int) -> int:
    """Count the pairs i <= j of sorted numbers, each as often as it stands there, whose sum is at most a limit."""
    count, right = 0, len(found)
    for at, number in enumerate(found):
        while right and number + found[right - 1] > limit:
            right -= 1
        if right <= at:
            break
        alike = upto[at + 1] - upto[at]
        count += alike * (alike + 1) // 2 + alike * (upto[right] - upto[at + 1])
    return count
