"""Are two maps of the same actors alike, and more alike than chance would have it?"""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from agencygraph.errors import InvalidError, Problem
from agencygraph.flows import bits, flows_of
from agencygraph.measures.betweenness import Rows
from agencygraph.model import Case

MOST_EXACT = 7
_TOO_FEW = "there are fewer than two actors"
_ALL_ALIKE = "every pair of actors in one of the maps is alike: all flows are there, or none"


@dataclass(frozen=True, slots=True)
class GraphCorrelation:
    """How alike two maps of the same actors are, flow by flow.

    Attributes
    ----------
    value
        Pearson's correlation over the ordered pairs of actors, from -1 to 1; None where it is not defined.
    both, before, after
        Flows that are on both maps, on the first, on the second.
    of
        Ordered pairs of actors.
    reason
        Why there is no value.
    """

    value: float | None
    both: int
    before: int
    after: int
    of: int
    reason: str = ""

    @property
    def hamming(self) -> int:
        """How many flows are on one map only."""
        return self.before + self.after - 2 * self.both


@dataclass(frozen=True, slots=True)
class QapTest:
    """How often two maps are as alike as they are when the actors of one of them swap places by chance.

    Attributes
    ----------
    correlation
        What was found with everybody in place.
    p_greater, p_less
        Share of the permutations with a correlation at least as high; at most as high. None where the correlation is None.
    p_two_sided
        Share of the permutations with a correlation at least as far from 0.
    permutations
        How many permutations were looked at.
    exact
        True where these were all there are.
    """

    correlation: GraphCorrelation
    p_greater: float | None
    p_less: float | None
    p_two_sided: float | None
    permutations: int
    exact: bool


def graph_correlation(before: Case, after: Case, *, firm: bool = False) -> GraphCorrelation:
    """Say how alike two maps of the same actors are: Pearson's correlation of their flows.

    Parameters
    ----------
    before, after
        Two cases with the same ids, in whatever order. All actors count, the family included.
    firm
        True to count critical ties only.

    Raises
    ------
    InvalidError
        Where an id is in one of the cases only.

    Notes
    -----
    Product-moment correlation over the n(n - 1) ordered pairs, as in Krackhardt 1987 and in gcor of the R package sna. It is
    None for fewer than two actors, and where one of the maps has all flows or none.

    Examples
    --------
    >>> actors = {"school": "school", "gp": "agency", "police": "agency"}
    >>> before = Case.of(actors=actors, ties=["school => gp"])
    >>> after = Case.of(actors=actors, ties=["school => gp", "gp => police"])
    >>> round(graph_correlation(before, after).value, 4), graph_correlation(before, after).hamming
    (0.6325, 1)
    """
    return correlation_of(*_rows(before, after, firm))


def qap(before: Case, after: Case, *, runs: int = 10_000, seed: int = 1, firm: bool = False) -> QapTest:
    """Say whether two maps of the same actors are more alike than if the actors of one had swapped places by chance.

    Parameters
    ----------
    before, after
        Two cases with the same ids, in whatever order. All actors count, the family included.
    runs
        How many permutations to draw where there are more than 7 actors; up to 7 all are looked at.
    seed
        Where drawing starts; the same seed gives the same answer on every machine.
    firm
        True to count critical ties only.

    Raises
    ------
    InvalidError
        Where an id is in one of the cases only, or where `runs` or `seed` is no whole number from 1 or from 0.

    Notes
    -----
    Quadratic assignment procedure (Krackhardt 1987; Dekker, Krackhardt & Snijders 2007). With all n! permutations p is their
    share, the map itself among them. With N drawn ones p = (1 + those as extreme) / (1 + N), which is never 0.

    Examples
    --------
    >>> actors = {"school": "school", "gp": "agency", "police": "agency"}
    >>> before = Case.of(actors=actors, ties=["school => gp"])
    >>> test = qap(before, before)
    >>> round(test.p_greater, 4), test.permutations, test.exact
    (0.1667, 6, True)
    """
    problems = [Problem(f"{name} is {value!r}; it must be a whole number of {least} or more.", (name,))
                for name, value, least in (("runs", runs, 1), ("seed", seed, 0))
                if not isinstance(value, int) or isinstance(value, bool) or value < least]
    if problems:
        raise InvalidError(problems)
    return qap_of(*_rows(before, after, firm), runs=runs, seed=seed)


def correlation_of(before: Rows, after: Rows) -> GraphCorrelation:
    """Return the correlation of two networks of equally many actors, their rows in the same order.

    >>> correlation_of((0b10, 0b00), (0b00, 0b01)).value
    -1.0
    """
    pairs = len(before) * (len(before) - 1)
    both = sum((row & other).bit_count() for row, other in zip(before, after, strict=True))
    ones, others = (sum(row.bit_count() for row in rows) for rows in (before, after))
    spread = ones * (pairs - ones) * others * (pairs - others)
    reason = _TOO_FEW if not pairs else "" if spread else _ALL_ALIKE
    value = None if reason else (pairs * both - ones * others) / math.sqrt(spread)
    return GraphCorrelation(value, both, ones, others, pairs, reason)


def qap_of(before: Rows, after: Rows, *, runs: int, seed: int) -> QapTest:
    """Return the QAP test of two networks of equally many actors, their rows in the same order.

    >>> qap_of((0b10, 0b00), (0b10, 0b00), runs=1, seed=1).p_two_sided
    1.0
    """
    found, n = correlation_of(before, after), len(before)
    if found.value is None:
        return QapTest(found, None, None, None, 0, exact=False)
    exact = n <= MOST_EXACT
    orders = itertools.permutations(range(n)) if exact else _draw_orders(n, runs, seed)
    # Permuting changes neither how many flows there are nor how they spread. What is compared is therefore only the flows
    # in common, and the covariance in whole numbers: no rounding can turn "equal" into "less".
    arcs = [(at, to) for at, row in enumerate(before) for to in bits(row)]
    base = found.before * found.after
    here = found.of * found.both - base
    greater = less = beyond = total = 0
    for order in orders:
        there = found.of * sum(after[order[at]] >> order[to] & 1 for at, to in arcs) - base
        greater += there >= here
        less += there <= here
        beyond += abs(there) >= abs(here)
        total += 1
    own = 0 if exact else 1
    p_greater, p_less, p_two_sided = ((own + count) / (own + total) for count in (greater, less, beyond))
    return QapTest(found, p_greater, p_less, p_two_sided, total, exact)


def _draw_orders(n: int, runs: int, seed: int) -> Iterator[Sequence[int]]:
    """Yield permutations, each as likely as any other (Durstenfeld 1964).

    Of Python's generator only `random()` is promised to give the same numbers in every version; `shuffle` is not. So the
    shuffling is done here.
    """
    draw = random.Random(seed).random  # noqa: S311  # a statistical test, no secret
    order = list(range(n))
    for _ in range(runs):
        for last in range(n - 1, 0, -1):
            other = int(draw() * (last + 1))
            order[last], order[other] = order[other], order[last]
        yield order


def _rows(before: Case, after: Case, firm: bool) -> tuple[Rows, Rows]:
    """Return the rows of both cases, the actors of the second in the order of the first."""
    problems = [Problem(f"'{id}' is in the case {here} but not in the case {there}: give two cases with the same ids.")
                for here, one, there, other in (("before", before, "after", after), ("after", after, "before", before))
                for id in one.ids if id not in other.ids]
    if problems:
        raise InvalidError(problems)
    first, second = flows_of(before, firm=firm), flows_of(after, firm=firm)
    place = {id: at for at, id in enumerate(first.ids)}
    moved = [0] * len(place)
    for at, id in enumerate(second.ids):
        moved[place[id]] = sum(1 << place[second.ids[to]] for to in bits(second.out[at]))
    return first.out, tuple(moved)
