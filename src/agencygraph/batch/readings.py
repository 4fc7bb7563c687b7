"""Readings by column: what a comparison of caseloads asks of each map before and after, answered for all maps at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import isnan
from typing import TYPE_CHECKING, NamedTuple

from agencygraph.batch.kernels import answer
from agencygraph.batch.slots import CASE, EACH, FRACTIONS, Answers
from agencygraph.caseloads.columns import MOST_ACTORS
from agencygraph.measures.isolation import NOBODY_OUTSIDE
from agencygraph.measures.no_return import TELLS_NOBODY
from agencygraph.measures.pairs_talking import DETAILS, NO_PAIR_TALKS, NO_SUCH_PAIR
from agencygraph.measures.questions import NO_TIES, NOBODY_ELSE
from agencygraph.measures.route_split import NO_NEWS
from agencygraph.model.words import FAMILY_KINDS, KINDS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from agencygraph.caseloads.columns import Columns, Lists
    from agencygraph.progress import Progress

NO_SCHOOL = "there is no school on the map"
TAKEN_IN = "the unit has taken in some of those it was measured against"
_PART = 20_000
# From here on the compiled kernel wins more than it costs to load, and to compile on the first run ever.
_MANY = 5_000
_NOBODY, _SCHOOL = 255, KINDS.index("school")


class Asked(NamedTuple):
    """A measure, which part of it, and whether over firm ties only."""

    measure: str
    detail: str
    firm: bool


class Answered(NamedTuple):
    """The values of one measure before and after, one for each pair of maps; neither where either has none, and why."""

    before: tuple[float | None, ...]
    after: tuple[float | None, ...]
    reasons: tuple[str, ...]

    @property
    def changes(self) -> list[float]:
        """After less before, where there are both."""
        return [now - then for then, now in zip(self.before, self.after, strict=True) if then is not None and now is not None]

    def at(self, places: Sequence[int]) -> Answered:
        """Return the answers for some of the pairs."""
        if len(places) == len(self.reasons):
            return self
        return Answered(tuple([self.before[at] for at in places]), tuple([self.after[at] for at in places]),
                        tuple([self.reasons[at] for at in places]))


class _Read(NamedTuple):
    """One number for each map; where there is none, the place of the reason among `_reasons`, else 0."""

    values: NDArray[np.float64]
    why: NDArray[np.uint8]


class _Recipe(NamedTuple):
    """How a value is made of the kernel's numbers: a count of a total, or a number as it is; and why there may be none."""

    part: str
    of: str
    reason: str
    needs_ties: bool = False


_PARTS = dict(zip(DETAILS, ("", "_between", "_within"), strict=True))
_RECIPES: Mapping[tuple[str, str], _Recipe] = {
    ("isolation", ""): _Recipe("school_isolation", "", NOBODY_OUTSIDE),
    ("voice", ""): _Recipe("school_voice", "", NOBODY_OUTSIDE),
    ("hears from", ""): _Recipe("school_hears_from", "school_outside", NOBODY_OUTSIDE),
    ("heard by", ""): _Recipe("school_heard_by", "school_outside", NOBODY_OUTSIDE),
    ("no return", ""): _Recipe("school_no_return", "school_told", TELLS_NOBODY),
    ("thin return", ""): _Recipe("school_thin_return", "school_told", TELLS_NOBODY),
    ("messenger share", ""): _Recipe("routes_via_family", "routes", NO_NEWS),
    ("islands", ""): _Recipe("islands", "", ""),
    ("connectedness", ""): _Recipe("linked_pairs", "pairs", NOBODY_ELSE, needs_ties=True),
    **{("pairs talking", detail): _Recipe(f"pairs_talking{part}", f"pairs{part}", NO_SUCH_PAIR.format(detail), needs_ties=True)
       for detail, part in _PARTS.items()},
    **{("two-way pairs", detail): _Recipe(f"two_way_pairs{part}", f"pairs_talking{part}", NO_PAIR_TALKS.format(detail))
       for detail, part in _PARTS.items()},
}  # fmt: skip
_OF_UNIT = frozenset(name for (name, _), recipe in _RECIPES.items() if recipe.part.startswith("school_"))
_WHOLE = frozenset({"islands"})


def can_read(measure: str, detail: str) -> bool:
    """Say whether the kernel knows what is asked.

    >>> can_read("isolation", ""), can_read("linked with", "")
    (True, False)
    """
    return _key(measure, detail) in _RECIPES


def read_pairs(before: Columns, after: Columns, pairs: Sequence[tuple[int, int]], asked: Sequence[Asked],
               told: Progress) -> list[Answered]:  # fmt: skip
    """Return what is asked of every pair of maps; of a unit or an actor, of the first school's.

    >>> from agencygraph.caseloads.generator import make_columns
    >>> maps = make_columns(0, 3, seed=1)
    >>> read_pairs(maps, maps, [(0, 1)], [Asked("islands", "", False)], lambda done, of: None)
    [Answered(before=(1,), after=(1,), reasons=('',))]
    """
    import numpy as np

    places, total = np.array(pairs, dtype=np.int64).reshape(-1, 2), len(before) + len(after)
    earlier = _read(before, asked, lambda done: told(done, total))
    later = _read(after, asked, lambda done: told(len(before) + done, total))
    taken_in = _taken_in(before, after, places) if any(one.measure in _OF_UNIT for one in asked) else None
    found = []
    for one, then, now in zip(asked, earlier, later, strict=True):
        words = _reasons(one)
        why, why_now = then.why[places[:, 0]], now.why[places[:, 1]]
        why = np.where(why > 0, why, why_now)
        if taken_in is not None and one.measure in _OF_UNIT:
            why[taken_in & (why == 0)] = words.index(TAKEN_IN)
        values, values_now = (_cells(side.values[places[:, at]], why, one.measure in _WHOLE) for at, side in enumerate((then, now)))
        found.append(Answered(values, values_now, tuple(words[code] for code in why.tolist())))
    return found


def _key(measure: str, detail: str) -> tuple[str, str]:
    """Return how a recipe is found: of a measure with several parts the first is meant where none is named."""
    return measure, detail or (DETAILS[0] if (measure, DETAILS[0]) in _RECIPES else "")


def _reasons(one: Asked) -> tuple[str, ...]:
    """Return why there may be no value, nothing first."""
    return "", NO_SCHOOL, _RECIPES[_key(one.measure, one.detail)].reason, NO_TIES, TAKEN_IN


def _cells(values: NDArray[np.float64], why: NDArray[np.uint8], is_whole: bool) -> tuple[float | None, ...]:
    """Return values as plain numbers, each different one made once, as hundreds of thousands are kept."""
    import numpy as np

    known, places = np.unique(np.where(why > 0, np.nan, values), return_inverse=True)
    numbers = [None if isnan(number) else int(number) if is_whole else number for number in known.tolist()]
    return tuple(numbers[at] for at in places.tolist())


def _read(load: Columns, asked: Sequence[Asked], told: Callable[[int], None]) -> list[_Read]:
    """Return for each question its value on every map, and 0 or the place of the reason why there is none."""
    import numpy as np

    kernel = "auto" if len(load) >= _MANY else "plain"
    found = [_Read(np.zeros(len(load)), np.zeros(len(load), dtype=np.uint8)) for _ in asked]
    for start in range(0, len(load), _PART):
        stop = min(start + _PART, len(load))
        answers = answer(load.part(start, stop), (), kernel)
        slots = [_slots(answers, firm) for firm in (False, True)]
        for one, (values, why) in zip(asked, found, strict=True):
            values[start:stop], why[start:stop] = _value(slots[one.firm], _RECIPES[_key(one.measure, one.detail)])
        told(stop)
    return found


def _slots(answers: Answers, firm: bool) -> dict[str, NDArray[np.float64]]:
    """Return the kernel's numbers over any or over firm ties by their names, and what they give together."""
    import numpy as np

    first = len(CASE) + firm * len(EACH)
    slots = {name: answers.ints[:, at].astype(np.float64) for at, name in enumerate(CASE)}
    slots |= {name: answers.ints[:, first + at].astype(np.float64) for at, name in enumerate(EACH)}
    slots |= {name: answers.fractions[:, firm * len(FRACTIONS) + at] for at, name in enumerate(FRACTIONS)}
    slots |= {f"{name}_within": slots[name] - slots[f"{name}_between"] for name in ("pairs", "pairs_talking", "two_way_pairs")}
    return slots | {"routes": slots["routes_professional"] + slots["routes_via_family"]}


def _value(slots: Mapping[str, NDArray[np.float64]], recipe: _Recipe) -> tuple[NDArray[np.float64], NDArray[np.uint8]]:
    import numpy as np

    count = slots[recipe.part]
    is_school = recipe.part.startswith("school_")
    of = slots[recipe.of] if recipe.of else np.where(np.isnan(count), 0.0, 1.0)
    why = np.where(of > 0, 0, 2)
    if recipe.needs_ties:
        why[(why == 0) & (slots["ties"] == 0)] = 3
    if is_school:
        why[slots["school_tells"] < 0] = 1
    return np.where(why > 0, np.nan, count / np.where(why > 0, 1.0, of)), why.astype(np.uint8)


def _taken_in(before: Columns, after: Columns, places: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Say of each pair whether the school's unit holds somebody who was outside it before; equal ids are the same actor."""
    import numpy as np

    found = np.zeros(len(places), dtype=bool)
    for start in range(0, len(places), _PART):
        some = slice(start, start + _PART)
        (kinds, unit), (kinds_now, unit_now) = _school_unit(before, places[some, 0]), _school_unit(after, places[some, 1])
        # By column an actor's id is its kind and its place.
        found[some] = ((kinds == kinds_now) & ~unit & unit_now).any(axis=1)
    return found


def _school_unit(load: Columns, rows: NDArray[np.int64]) -> tuple[NDArray[np.uint8], NDArray[np.bool_]]:
    """Return the kind of each actor of some cases, and whether it belongs to the first school's unit."""
    import numpy as np

    kinds, bases, teams = (_square(lists, rows, fill) for lists, fill in ((load.kinds, _NOBODY), (load.bases, 0), (load.teams, 0)))
    works = np.zeros(_NOBODY + 1, dtype=bool)
    works[[at for at, kind in enumerate(KINDS) if kind not in FAMILY_KINDS]] = True
    team = np.where(teams > 0, teams, np.take_along_axis(teams, bases.astype(np.int64), axis=1)).astype(np.int64)
    key = np.where(team > 0, MOST_ACTORS + team, bases)
    school = (kinds == _SCHOOL).argmax(axis=1)[:, None]
    return kinds, works[kinds] & (key == np.take_along_axis(key, school, axis=1))


def _square(lists: Lists, rows: NDArray[np.int64], fill: int) -> NDArray[np.uint8]:
    """Return the lists of some cases, each in a row of the same length."""
    import numpy as np

    starts, place = lists.starts[rows][:, None], np.arange(MOST_ACTORS)
    is_there = place < lists.starts[rows + 1][:, None] - starts
    found = np.full(is_there.shape, fill, dtype=np.uint8)
    found[is_there] = lists.values[(starts + place)[is_there]]
    return found
