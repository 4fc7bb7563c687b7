"""Pairing: which map of the earlier caseload belongs to which of the later one."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain

from agencygraph.caseloads.columns import Columns
from agencygraph.errors import InvalidError, UnknownNameError, did_you_mean
from agencygraph.model import Case, Caseload

Load = Caseload | Columns
Key = Callable[[Case], str]
Pair = tuple[int, int]
WAYS = ("name", "title", "position", "child")
_SHOWN = 20


def pair_maps(before: Load, after: Load, key: str | Key) -> tuple[Pair, ...]:
    """Return the places of the two maps of each child; `key` as `compare_caseloads` takes it.

    Raises
    ------
    InvalidError
        Where a case has no key, two have the same, nothing belongs together, or the order cannot say.
    UnknownNameError
        For another word.
    """
    if not callable(key) and key not in ("", *WAYS):
        raise UnknownNameError(f"pair is {key!r}; it must be {', '.join(WAYS)}, or a function that gives each case its key."
                               f"{did_you_mean(str(key), WAYS)}")
    key = key or _usual(before, after)
    if key == "position":
        if len(before) != len(after):
            raise InvalidError(f"the earlier caseload has {len(before):,} cases and the later one {len(after):,}, so their order "
                               "does not say which belong together. Name every case, or number every child where the caseload is a "
                               "Parquet file.")
        return tuple((at, at) for at in range(len(before)))
    earlier, later = _keys(before, key, "earlier"), _keys(after, key, "later")
    places = {word: at for at, word in enumerate(later)}
    found = tuple((at, places[word]) for at, word in enumerate(earlier) if word in places)
    if not found and (len(before) or len(after)):
        raise InvalidError("no case of the earlier caseload has a partner in the later one.")
    return found


def _usual(before: Load, after: Load) -> str:
    """Return what pairs where nothing is said: names, in Parquet the numbers of the children, else the order."""
    if isinstance(before, Columns) and isinstance(after, Columns):
        return "child" if all(_tells_apart(load) for load in (before, after)) else "position"
    if isinstance(before, Columns) or isinstance(after, Columns):
        return "position"
    return "name" if all(case.name for case in chain(before, after)) else "position"


def _tells_apart(load: Columns) -> bool:
    """Say whether every map has a number of its own."""
    numbers = load.child.tolist()
    return len({*numbers}) == len(numbers) and min(numbers, default=0) >= 0


def _keys(load: Load, key: str | Key, side: str) -> list[str]:
    """Return the key of each case; places stand for cases in what is said, because names are private."""
    if key != "child":
        words = [str(key(case) if callable(key) else getattr(case, key)) for case in load]
    elif isinstance(load, Columns):
        words = ["" if number < 0 else str(number) for number in load.child.tolist()]
    else:
        raise InvalidError(f"the {side} caseload has no numbers of children; only a Parquet file has. Pair its cases by name.")
    first: dict[str, int] = {}
    problems = []
    for at, word in enumerate(words, 1):
        if not word:
            problems.append(f"case {at:,} of the {side} caseload has no key to pair it by.")
        elif first.setdefault(word, at) != at:
            problems.append(f"cases {first[word]:,} and {at:,} of the {side} caseload have the same key.")
    if len(problems) > _SHOWN:
        problems[_SHOWN:] = [f"{len(problems) - _SHOWN:,} more cases have none, or one that stands twice."]
    if problems:
        raise InvalidError("\n".join(problems))
    return words
