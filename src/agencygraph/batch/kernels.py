"""Kernels: which one answers, and what it leaves over: the few cases whose chances have to be sampled."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from agencygraph.batch.plain import rows_of
from agencygraph.batch.plain import run as run_plain
from agencygraph.batch.slots import Answers, Settings
from agencygraph.errors import InvalidError, Problem, UnknownNameError, did_you_mean
from agencygraph.flows import Flows, bits
from agencygraph.measures.chance import SETTINGS
from agencygraph.measures.sampling import SEED, draw_works, estimate, spread
from agencygraph.measures.state_sum import BUDGET, net_of
from agencygraph.model.words import KINDS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from agencygraph.caseloads.columns import Columns

KERNELS = ("auto", "compiled", "plain")
_SCHOOL = KINDS.index("school")

__all__ = ["KERNELS", "SETTINGS", "answer", "check_settings", "choose_kernel"]


def choose_kernel(kernel: str = "auto") -> str:
    """Say which kernel answers: "compiled" where numba is installed, else "plain"; or the one that is asked for.

    Raises
    ------
    UnknownNameError
        For a kernel that there is not.

    Examples
    --------
    >>> choose_kernel("plain")
    'plain'
    """
    from importlib.util import find_spec

    if kernel not in KERNELS:
        raise UnknownNameError(f"kernel is {kernel!r}; it must be one of {', '.join(KERNELS)}.{did_you_mean(str(kernel), KERNELS)}")
    if kernel == "auto":
        return "compiled" if find_spec("numba") else "plain"
    return kernel


def check_settings(settings: Sequence[Sequence[float]]) -> Settings:
    """Return settings as pairs of chances, for critical and for peripheral ties.

    >>> check_settings([(0.9, 0.5)])
    ((0.9, 0.5),)
    """
    pairs = tuple(tuple(pair) for pair in settings)
    problems = [Problem(f"setting {at} is {pair!r}; it must be two chances from 0 to 1, for critical and for peripheral ties: "
                        "(0.9, 0.5).", (at,))
                for at, pair in enumerate(pairs, 1)
                if len(pair) != 2 or not all(isinstance(odds, (int, float)) and 0 <= odds <= 1 for odds in pair)]
    problems += [Problem(f"setting {at} stands twice.", (at,)) for at, pair in enumerate(pairs, 1) if pair in pairs[: at - 1]]
    if problems:
        raise InvalidError(problems)
    return tuple((float(pair[0]), float(pair[1])) for pair in pairs)


def answer(columns: Columns, settings: Settings, kernel: str = "auto", threads: int = 1, budget: int = BUDGET) -> Answers:
    """Answer every core question of many cases.

    >>> from agencygraph.caseloads.generator import make_columns
    >>> answer(make_columns(0, 3, seed=1), SETTINGS, "plain").chances.shape
    (3, 4)
    """
    if choose_kernel(kernel) == "plain":
        found = run_plain(columns, settings, budget)
    else:
        from agencygraph.batch.compiled import run

        found = run(columns, settings, budget, threads)
    for row in found.unsolved.nonzero()[0].tolist():
        _sample(columns, row, settings, (found.chances[row], found.errors[row]))
    return found


def _sample(columns: Columns, row: int, settings: Settings, into: tuple[NDArray[np.float64], NDArray[np.float64]]) -> None:
    """Fill in the chances of a case by trial, as `chance` does."""
    flows = rows_of(columns, row)
    school = columns.kinds.of(row).index(_SCHOOL)
    chances, errors = into
    for number, odds in enumerate(settings):
        found = _sampled(flows, school, odds)
        chances[2 * number : 2 * number + 2] = [value for value, _ in found]
        errors[2 * number : 2 * number + 2] = [error for _, error in found]


def _sampled(flows: Flows, school: int, odds: tuple[float, float]) -> list[tuple[float, float]]:
    """Return the audience and the chance of the lead, each with its standard error; NaN for no answer and for no error."""
    net = net_of(flows.out, flows.critical, school, flows.relays, odds)
    told, can_be_told = spread(net, draw_works(net, flows.ids, SEED)), spread(net, dict.fromkeys(net.arcs, 1), samples=1)
    together = estimate([told[at] for at in bits(flows.practitioners & ~(1 << school))])
    lead = next(bits(flows.leads & ~(1 << school)), -1)
    nothing = float("nan")
    if lead < 0:
        return [(together.value, together.error), (nothing, nothing)]
    one = estimate([told[lead]])
    return [(together.value, together.error), (one.value, one.error if can_be_told[lead] else nothing)]
