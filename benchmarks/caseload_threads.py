"""Two threads of the compiled kernel, and two processes of the plain one, against one."""

from __future__ import annotations

import sys

from agencygraph import testing
from agencygraph.batch import kernels, measure_caseload
from agencygraph.caseloads.generator import make_columns
from benchmarks.caseload_goals import Goal, seconds

QUICK = (600, 20)


def run(cases: int = 40_000, by_process: int = 3000) -> list[Goal]:
    columns = make_columns(0, cases, seed=1)
    one, two = (kernels.answer(columns, (), "compiled", threads) for threads in (1, 2))
    assert (one.ints == two.ints).all()
    threads = [seconds(lambda n=n: kernels.answer(columns, (), "compiled", n)) for n in (1, 2)]
    load = testing.caseload(by_process, seed=1)
    processes = [seconds(lambda n=n: measure_caseload(load, kernel="plain", jobs=n, settings=()), 1) for n in (1, 2)]
    return [Goal("two threads, compiled kernel", 1.9, threads[0] / threads[1]),
            Goal("two processes, plain kernel", 1.8, processes[0] / processes[1])]


if __name__ == "__main__":
    print(*run(*map(int, sys.argv[1:])), sep="\n")
