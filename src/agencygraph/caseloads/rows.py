"""Rows: one case as the numbers of its row, and a case made of such numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from agencygraph.caseloads.columns import (
    CRITICAL,
    DISPUTED,
    LISTS,
    MOST_ACTORS,
    SECTOR_WORDS,
    TEXTS,
    TWO_WAY,
    UNKNOWN,
    Columns,
    Lists,
    Words,
)
from agencygraph.errors import InvalidError, Problem
from agencygraph.model import Actor, Case, Caseload, Team, Tie
from agencygraph.model.words import KINDS

_TEXT_FIELDS = ("complexity", "situation", "arrangement")
OTHER_SECTOR = len(SECTOR_WORDS)
_STATUS = {"agreed": 0, "disputed": DISPUTED, "unknown": UNKNOWN}
_WORDS = {mark: status for status, mark in _STATUS.items()}


def columns_of(cases: Iterable[Case], children: Sequence[int] | None = None) -> Columns:
    """Return what is analysed of some cases, by column; names, notes and stories stay behind.

    Parameters
    ----------
    cases
        The cases, in order.
    children
        For each case a number that the maps of one child share; none given, no case has one.

    Raises
    ------
    InvalidError
        Where a case has more actors than a row may hold, or is led by nobody outside the family.

    Examples
    --------
    >>> case = Case.of(age=9, actors={"tina": "child", "school": "school"}, ties=["tina <=> school"])
    >>> columns = columns_of([case])
    >>> columns.kinds.of(0), columns.sources.of(0), columns.targets.of(0), columns.marks.of(0)
    ([0, 4], [0], [1], [3])
    """
    import numpy as np

    title = cases.title if isinstance(cases, Caseload) else ""
    cases = tuple(cases)
    problems = [Problem(f"case {at + 1} has {len(case.actors)} actors; {MOST_ACTORS} is the most that a row may hold.", (at,))
                for at, case in enumerate(cases) if len(case.actors) > MOST_ACTORS]
    problems += [Problem(f"case {at + 1} is led by a {case.actor(id).kind}; a row holds leads outside the family only.", (at,))
                 for at, case in enumerate(cases) for id in case.leads if case.actor(id).is_family]
    if problems:
        raise InvalidError(problems)
    rows = [_row_of(case) for case in cases]
    child = np.array(children if children is not None else [-1] * len(cases), dtype=np.int64)
    age = np.array([-1 if case.age is None else case.age for case in cases], dtype=np.int16)
    parts: dict[str, Any] = {name: lists_of([row[name] for row in rows]) for name in LISTS}
    for name, field in zip(TEXTS, _TEXT_FIELDS, strict=True):
        parts[name] = Words.of([getattr(case, field) for case in cases])
    return Columns(child, age, **parts, title=title)


def lists_of(lists: Sequence[Sequence[int]]) -> Lists:
    """Return lists, one for each case, end to end.

    >>> lists_of([[1, 2], []]).starts.tolist()
    [0, 2, 2]
    """
    import numpy as np

    starts = np.zeros(len(lists) + 1, dtype=np.int64)
    np.cumsum([len(one) for one in lists], out=starts[1:])
    return Lists(starts, np.array([value for one in lists for value in one], dtype=np.uint8))


def cases_of(columns: Columns) -> Iterator[Case]:
    """Yield a case for each row; actors are named by their kind and their place, and their labels made of kind and sector.

    >>> case = Case.of(age=9, actors={"tina": "child", "school": "school"}, ties=["tina <=> school"])
    >>> next(cases_of(columns_of([case]))).ties
    (Tie('child_0 <=> school_1'),)
    """
    yield from columns


def _row_of(case: Case) -> dict[str, list[int]]:
    place = {id: at for at, id in enumerate(case.ids)}
    team = {who: number for number, one in enumerate(case.teams, 1) for who in one.members}
    sectors = [SECTOR_WORDS.index(actor.sector) if actor.sector in SECTOR_WORDS else OTHER_SECTOR for actor in case.actors]
    return {
        "kinds": [KINDS.index(actor.kind) for actor in case.actors],
        "sectors": sectors,
        "bases": [place[actor.based_at or actor.id] for actor in case.actors],
        "teams": [team.get(id, 0) for id in case.ids],
        "leads": [place[id] for id in case.leads],
        "sources": [place[tie.source] for tie in case.ties],
        "targets": [place[tie.target] for tie in case.ties],
        "marks": [CRITICAL * tie.is_critical | TWO_WAY * tie.two_way | _STATUS[tie.status] for tie in case.ties],
    }


def case_of(columns: Columns, row: int) -> Case:
    """Return the case of one row, as `cases_of` makes it."""
    lists = {name: getattr(columns, name).of(row) for name in LISTS}
    ids = [f"{KINDS[kind]}_{at}" for at, kind in enumerate(lists["kinds"])]
    actors = tuple(_actor(ids, lists, at) for at in range(len(ids)))
    ties = tuple(Tie(ids[a], ids[b], "critical" if mark & CRITICAL else "peripheral", bool(mark & TWO_WAY),
                     _WORDS[mark & (DISPUTED | UNKNOWN)])
                 for a, b, mark in zip(lists["sources"], lists["targets"], lists["marks"], strict=True))
    numbers = sorted({number for number in lists["teams"] if number})
    teams = tuple(Team(f"Team {number}", tuple(id for id, own in zip(ids, lists["teams"], strict=True) if own == number))
                  for number in numbers)
    age = int(columns.age[row])
    words: dict[str, Any] = {field: getattr(columns, name).at(row) for field, name in zip(_TEXT_FIELDS, TEXTS, strict=True)}
    return Case(actors=actors, ties=ties, teams=teams, age=None if age < 0 else age, **words)


def _actor(ids: list[str], lists: dict[str, list[int]], at: int) -> Actor:
    base, sector = lists["bases"][at], lists["sectors"][at]
    return Actor(ids[at], KINDS[lists["kinds"][at]], sector="other" if sector == OTHER_SECTOR else SECTOR_WORDS[sector],
                 based_at="" if base == at else ids[base], lead=at in lists["leads"])
