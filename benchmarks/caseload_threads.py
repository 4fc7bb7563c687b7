"""Two threads of the compiled kernel, and two processes of the plain one, against one; in turn, as the machine has other work."""

from __future__ import annotations

import sys
from collections.abc import Callable

from agencygraph import testing
from agencygraph.batch import kernels, measure_caseload
from agencygraph.caseloads.generator import make_columns
from benchmarks.caseload_goals import Goal, seconds

QUICK = (600, 20, 1)


def run(cases: int = 40_000, by_process: int = 3000, rounds: int = 5) -> list[Goal]:
    columns = make_columns(0, cases, seed=1)
    one, two = (kernels.answer(columns, (), "compiled", threads) for threads in (1, 2))
    assert (one.ints == two.ints).all()
    load = testing.caseload(by_process, seed=1)
    threads = _in_turn(lambda n: kernels.answer(columns, (), "compiled", n), rounds)
    processes = _in_turn(lambda n: measure_caseload(load, kernel="plain", jobs=n, settings=()), min(rounds, 3))
    return [Goal("two threads, compiled kernel", 1.9, threads,
                 why="two threads take no more of the processor than one, so that what is missing is waiting for cores that are "
                     "shared; when nothing else ran, 1.87 was reached"),
            Goal("two processes, plain kernel", 1.8, processes,
                 why="each process is begun anew and loads the library first, and the answers come back one after the other")]


def _in_turn(work: Callable[[int], object], rounds: int) -> float:
    """How many times as long one alone takes as two: the shortest of some runs each."""
    took = [(seconds(lambda: work(1), 1), seconds(lambda: work(2), 1)) for _ in range(rounds)]
    return min(one for one, _ in took) / min(two for _, two in took)


if __name__ == "__main__":
    print(*run(*map(int, sys.argv[1:])), sep="\n")
