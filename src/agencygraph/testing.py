"""Made-up caseloads for tests, lessons and trials, without a child's data."""

from __future__ import annotations

from agencygraph.caseloads.generator import ARRANGED, check_count, generate, make_columns
from agencygraph.caseloads.rows import cases_of
from agencygraph.errors import UnknownNameError, did_you_mean
from agencygraph.model import Caseload

__all__ = ["caseload", "generate"]


def caseload(n: int, seed: int = 1, arrangement: str = ARRANGED[0]) -> Caseload:
    """Make up a caseload to try a measure, a chart or a comparison on: the same cases for the same numbers, everywhere.

    Parameters
    ----------
    n
        How many children; each has one case, of 7 to 28 actors.
    seed
        Another whole number makes other cases.
    arrangement
        "collaboration": separate agencies. "integration": the same children with a school-based team.

    Returns
    -------
    Caseload
        Cases without names; no child stands behind them.

    Raises
    ------
    InvalidError
        Where `n` or `seed` is no whole number of 0 or more.
    UnknownNameError
        For another word for the arrangement.

    Examples
    --------
    >>> load = caseload(20, seed=3)
    >>> len(load), load == caseload(20, seed=3)
    (20, True)
    >>> {case.arrangement for case in caseload(2, arrangement="integration")}
    {'integration'}
    """
    check_count(n, "n")
    check_count(seed, "seed")
    if arrangement not in ARRANGED:
        raise UnknownNameError(f"arrangement is {arrangement!r}; it must be one of {', '.join(ARRANGED)}."
                               f"{did_you_mean(str(arrangement), ARRANGED)}")
    first = ARRANGED.index(arrangement)
    return Caseload(tuple(cases_of(make_columns(first, 2 * n, seed, step=2))), "Made-up caseload")
