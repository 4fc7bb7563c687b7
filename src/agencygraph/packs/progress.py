"""How far a long pack has come, said on the error stream, so that whoever waits knows."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import TextIO, TypeVar

Item = TypeVar("Item")
MANY = 20
_WIDTH = 30


def followed(items: Sequence[Item], stream: TextIO | None = None) -> Iterator[Item]:
    """Yield the items; from twenty on, say after each how many are done.

    >>> list(followed("abc"))
    ['a', 'b', 'c']
    """
    said = stream or sys.stderr
    for done, item in enumerate(items):
        yield item
        if len(items) >= MANY:
            said.write(bar(done + 1, len(items)) + ("\n" if done + 1 == len(items) else "\r"))
            said.flush()


def bar(done: int, of: int) -> str:
    """Return a bar as long as the work: what is done, and of how many.

    >>> bar(10, 20)
    'pack [###############...............] 10 of 20 cases'
    """
    full = _WIDTH * done // of
    return f"pack [{'#' * full}{'.' * (_WIDTH - full)}] {done} of {of} cases"
