"""Places: where people stand on the map of a case, so that nobody moves when somebody is added."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from agencygraph.errors import Problem, did_you_mean
from agencygraph.model.words import kind_of, quote

Place = tuple[str, float, float]
FARTHEST = 20_000


def read_places(value: object) -> tuple[list[Place], list[Problem]]:
    """Read places from a group (id: [x, y]) or from triples (id, x, y), rounded to a tenth of a point.

    Examples
    --------
    >>> read_places({"school": [387, 200.04]})
    ([('school', 387.0, 200.0)], [])
    >>> read_places({"school": "left"})[1][0].message
    "the place of 'school' must be two numbers from 0 to 20000, x and y: [387, 200]."
    """
    if not isinstance(value, (Mapping, tuple, list)):
        shape = "'school: [387, 200]', one line for each"
        return [], [Problem(f"places must be a group: {shape}; it is {kind_of(value)}.", ("places",))]
    found: dict[str, Place] = {}
    problems: list[Problem] = []
    for id, spot in _pairs(value):
        x, y = spot if isinstance(spot, (tuple, list)) and len(spot) == 2 else (None, None)
        if not isinstance(id, str):
            problems.append(Problem(f"{quote(id)} is no id; places take 'school: [387, 200]'.", ("places",)))
        elif id in found:
            problems.append(Problem(f"{quote(id)} has two places; keep one.", ("places", id)))
        elif not _is_length(x) or not _is_length(y):
            limits = f"two numbers from 0 to {FARTHEST}, x and y: [387, 200]"
            problems.append(Problem(f"the place of {quote(id)} must be {limits}.", ("places", id)))
        else:
            found[id] = (id, _rounded(x), _rounded(y))
    return list(found.values()), problems


def strangers(value: object, known: Iterable[str]) -> list[Problem]:
    """Return a problem for each place of somebody who is not in the case.

    Examples
    --------
    >>> strangers({"scool": [387, 200]}, ["school"])[0].message
    "places names 'scool', who is not in the case. Did you mean 'school'?"
    """
    ids = list(known)
    found = [place[0] for place in read_places(value)[0] if place[0] not in dict.fromkeys(ids)]
    return [Problem(f"places names {quote(id)}, who is not in the case.{did_you_mean(id, ids) if at < 50 else ''}", ("places", id))
            for at, id in enumerate(found)]  # fmt: skip


def written(place: Place) -> list[float | int]:
    """Return a place as files write it: whole numbers without a point.

    Examples
    --------
    >>> written(("school", 387.0, 200.5))
    [387, 200.5]
    """
    return [int(length) if length.is_integer() else length for length in place[1:]]


def _pairs(value: Mapping[object, object] | tuple[object, ...] | list[object]) -> Iterator[tuple[object, object]]:
    if isinstance(value, Mapping):
        yield from value.items()
        return
    for entry in value:
        yield (entry[0], entry[1:]) if isinstance(entry, (tuple, list)) and len(entry) == 3 else (entry, None)


def _is_length(value: object) -> bool:
    """Whether a value is a length on a page; NaN, which is not even itself, is none."""
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value <= FARTHEST


def _rounded(value: object) -> float:
    return round(float(value), 1) if isinstance(value, (int, float)) else 0.0
