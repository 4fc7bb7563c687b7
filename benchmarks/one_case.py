"""One case of fourteen actors: the core questions, the chance that news arrives, and the best new link."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from operator import eq
from statistics import mean, median, pstdev
from time import process_time
from typing import TypeVar

import networkx as nx

from agencygraph.flows import flows_of
from agencygraph.measures import QUESTIONS
from agencygraph.measures.best_links import best_links
from agencygraph.measures.state_sum import Net, StateSum, find_importance, net_of, sum_states
from agencygraph.model import Case
from benchmarks import with_networkx
from benchmarks.made_up import make_case

Found = TypeVar("Found")
ODDS = (0.9, 0.5)
BLOCK = 10
# Neither way looks up its questions while it is timed.
ASKED = tuple((QUESTIONS.get(name), field, detail) for name, (_, field, detail) in with_networkx.QUESTIONS.items())


@dataclass(frozen=True, slots=True)
class Comparison:
    """One piece of work done by the library and otherwise, in the same run, with the same answers.

    In seconds of the processor: the median over the cases, so that whatever else the machine does counts as little as it can.
    """

    work: str
    ours: float
    otherwise: str
    other: float

    @property
    def ratio(self) -> float:
        """How many times as long the other way takes."""
        return self.other / self.ours

    def __str__(self) -> str:
        times = f"{1e6 * self.ours:,.0f} us; {self.otherwise} {1e6 * self.other:,.0f} us"
        return f"{self.work}: {times}: {self.ratio:,.1f} times as long"


def run(*, quick: bool = False) -> Iterator[Comparison]:
    """Yield each comparison as soon as it is done.

    Raises
    ------
    AssertionError
        Where the two ways do not give the same answers: a benchmark of wrong answers is worth nothing.
    """
    cases = [make_case(number) for number in range(5 if quick else 100)]
    yield compare_core(cases)
    yield compare_audience(cases[: 2 if quick else 10], 200 if quick else 10_000)
    yield compare_importance(cases[: 5 if quick else 100])
    yield compare_links(cases[: 1 if quick else 20])


def compare_core(cases: list[Case]) -> Comparison:
    """Ask every core question that networkx can answer too; every case is new to both, and both begin with the ties."""
    for number in range(1, BLOCK + 1):
        # Python itself becomes quicker at what it has done a few times.
        _ask(make_case(-number))
        _ask_networkx(make_case(-number))
    ours, other = _in_turn(cases, _ask, _ask_networkx, _agree_closely)
    return Comparison(f"{len(with_networkx.QUESTIONS)} core questions of one case", ours, "networkx", other)


def compare_audience(cases: list[Case], samples: int) -> Comparison:
    """Work out with what chance each practitioner learns what the school learns, and how many do; networkx draws samples."""
    ours, other = _in_turn(cases, _audience, partial(_sampled_audience, samples=samples), _agree_within_error)
    return Comparison("chances and audience of one message, exactly", ours, f"networkx with {samples:,} samples", other)


def compare_importance(cases: list[Case]) -> Comparison:
    """Work out what each flow matters to the audience; otherwise by asking twice for each: it always works, it never works."""
    ours, other = _in_turn(cases, _importance, _importance_anew, _agree_on_importance)
    return Comparison("importance of every flow, exactly", ours, "the same by asking anew for each", other)


def compare_links(cases: list[Case]) -> Comparison:
    """Rank every missing link by the routes it would open; networkx searches every map with one more flow anew."""
    ours, other = _in_turn(cases, _ranked, _ranked_anew)
    return Comparison("ranking all missing links", ours, "networkx, one-way links only,", other)


def _in_turn(cases: list[Case], ours: Callable[[Case], Found], other: Callable[[Case], Found],
             agree: Callable[[Found, Found], bool] = eq) -> tuple[float, float]:
    """Return the median seconds that each of the two takes for a case, and see to it that they agree.

    They take turns, ten cases each: often enough to meet the machine in the same mood, and seldom enough that neither always
    begins with what the other has left in the processor's caches.
    """
    seconds: list[tuple[float, float]] = []
    for start in range(0, len(cases), BLOCK):
        block = cases[start : start + BLOCK]
        for (one, took), (two, other_took) in zip(_timed(ours, block), _timed(other, block), strict=True):
            if not agree(one, two):
                raise AssertionError(f"the two ways do not agree: {one} and {two}")
            seconds.append((took, other_took))
    return median(took for took, _ in seconds), median(took for _, took in seconds)


def _timed(work: Callable[[Case], Found], cases: list[Case]) -> list[tuple[Found, float]]:
    found = []
    for case in cases:
        begin = process_time()
        answer = work(case)
        found.append((answer, process_time() - begin))
    return found


def _ask(case: Case) -> dict[str, with_networkx.Numbers]:
    flows = flows_of(case)
    found: dict[str, with_networkx.Numbers] = {}
    for question, field, detail in ASKED:
        readings = [one for one in question.read(flows) if not detail or one.detail == detail]
        found[question.name] = [one.count for one in readings] if field == "count" else [one.value for one in readings]
    return found


def _ask_networkx(case: Case) -> dict[str, with_networkx.Numbers]:
    graphs = with_networkx.graphs_of(case)
    return {name: answer(graphs) for name, (answer, _, _) in with_networkx.QUESTIONS.items()}


def _net(case: Case) -> tuple[Net, int]:
    flows = flows_of(case)
    school = flows.ids.index("school")
    return net_of(flows.out, flows.critical, school, flows.relays, ODDS), flows.practitioners & ~(1 << school)


def _sum(net: Net, wanted: int) -> StateSum:
    summed = sum_states(net, wanted)
    if summed is None:
        raise AssertionError("a case of this size is summed exactly")
    return summed


def _audience(case: Case) -> tuple[float, float]:
    return sum(_sum(*_net(case)).chances.values()), 0.0


def _sampled_audience(case: Case, samples: int) -> tuple[float, float]:
    """Return the mean audience over samples, and its standard error."""
    graphs, draw = with_networkx.graphs_of(case), random.Random(1).random
    odds = [(flow, ODDS[not tie.is_critical]) for tie in case.ties for flow in tie.flows if flow[0] in graphs.workers]
    heard, workers = list[int](), set(graphs.workers)
    for _ in range(samples):
        working: nx.DiGraph[str] = nx.DiGraph()
        working.add_nodes_from(case.ids)
        working.add_edges_from(flow for flow, chance in odds if draw() < chance)
        heard.append(len(nx.descendants(working, "school") & workers))
    return mean(heard), max(pstdev(heard), 0.1) / samples**0.5


def _agree_within_error(exact: tuple[float, float], drawn: tuple[float, float]) -> bool:
    return abs(exact[0] - drawn[0]) < 6 * drawn[1]


def _importance(case: Case) -> dict[tuple[int, int], float]:
    return find_importance(_sum(*_net(case)))


def _importance_anew(case: Case) -> dict[tuple[int, int], float]:
    net, wanted = _net(case)
    found = {}
    for at, to in net.arcs:
        always, never = (replace(net, odds=(*net.odds[:at], {**net.odds[at], to: odds}, *net.odds[at + 1:])) for odds in (1.0, 0.0))
        found[at, to] = sum(_sum(always, wanted).chances.values()) - sum(_sum(never, wanted).chances.values())
    return found


def _agree_on_importance(one: dict[tuple[int, int], float], two: dict[tuple[int, int], float]) -> bool:
    return one.keys() == two.keys() and all(abs(one[arc] - two[arc]) < 1e-9 for arc in one)


def _agree_closely(one: dict[str, with_networkx.Numbers], two: dict[str, with_networkx.Numbers]) -> bool:
    """Say whether two sets of answers are the same but for the rounding of shares."""
    return one.keys() == two.keys() and all(
        len(one[name]) == len(two[name]) and all(a == b or (a is not None and b is not None and abs(a - b) < 1e-9)
                                                 for a, b in zip(one[name], two[name], strict=True)) for name in one)


def _ranked(case: Case) -> dict[tuple[str, str], float]:
    return {(link.source, link.target): link.gain for link in best_links(case, 1).alone if not link.two_way}


def _ranked_anew(case: Case) -> dict[tuple[str, str], float]:
    return dict(with_networkx.routes_after_each(with_networkx.graphs_of(case)))
