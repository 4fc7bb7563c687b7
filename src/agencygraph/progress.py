"""Progress: one line on the screen that says how far the work is, and how many work at it."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable

from agencygraph.errors import InvalidError

Progress = Callable[[int, int], None]
_WIDTH = 30
_PAUSE = 0.1


def progress_of(asked: bool | Progress | None) -> Progress:
    """Return whom to tell of progress: whoever is named, a bar where asked for, by default a bar where a person watches.

    >>> told = []
    >>> progress_of(lambda done, of: told.append((done, of)))(3, 10)
    >>> told
    [(3, 10)]
    """
    if callable(asked):
        return asked
    return _Bar() if asked or (asked is None and sys.stderr.isatty()) else _tell_nobody


def bar_text(done: int, of: int, seconds: float) -> str:
    """Return the line of a bar.

    >>> bar_text(50, 100, 2.0)
    '[###############...............] 50 of 100 cases, 25 a second'
    """
    full = _WIDTH * done // of if of else _WIDTH
    speed = f", {done / seconds:,.0f} a second" if seconds > 0 else ""
    return f"[{'#' * full}{'.' * (_WIDTH - full)}] {done:,} of {of:,} cases{speed}"


def count_jobs(jobs: int | None) -> int:
    """Return how many may work at once: what is asked for, or one for each core.

    >>> count_jobs(3)
    3
    """
    if jobs is None:
        return os.cpu_count() or 1
    if isinstance(jobs, bool) or not isinstance(jobs, int) or jobs < 1:
        raise InvalidError(f"jobs is {jobs!r}; it must be a whole number of 1 or more, or None for one for each core.")
    return jobs


def _tell_nobody(done: int, of: int) -> None:
    pass


class _Bar:
    """A bar on the error stream, drawn anew ten times a second at most."""

    def __init__(self) -> None:
        self._start = self._last = time.monotonic()

    def __call__(self, done: int, of: int) -> None:
        now = time.monotonic()
        if done < of and now - self._last < _PAUSE:
            return
        self._last = now
        sys.stderr.write(f"\r{bar_text(done, of, now - self._start)}{chr(10) * (done >= of)}")
        sys.stderr.flush()
