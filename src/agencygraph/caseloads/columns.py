"""Columns: what is analysed of many cases, one row a case, as flat arrays of small whole numbers.

This is the shape in which a caseload is kept in Parquet, checked at once, and measured fast. It holds no name, no id, no note and
no story: who is there by kind, sector, base and team, who leads, and who tells whom.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from agencygraph.errors import FileError, Problem
from agencygraph.model.words import ARRANGEMENTS, FAMILY_KINDS, KINDS, SECTORS, check_text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from agencygraph.model import Case

    Numbers = NDArray[np.integer[Any]]
    Flags = NDArray[np.bool_]

MOST_ACTORS = 60
CRITICAL, TWO_WAY, DISPUTED, UNKNOWN = 1, 2, 4, 8
SECTOR_WORDS = ("", *SECTORS)
TEXTS = ("band", "situation", "arrangement")
ACTOR_LISTS = ("kinds", "sectors", "bases", "teams")
TIE_LISTS = ("sources", "targets", "marks")
LISTS = (*ACTOR_LISTS, "leads", *TIE_LISTS)
# name, what stands in it; the order of the columns in a file.
FIELDS: Mapping[str, str] = {
    "child": "a number that the maps of one child share (before and after); may be missing",
    "age": "the child's age in years, 0 to 25; may be missing",
    "band": "a free label, such as modest; may be missing",
    "situation": "a free label, such as crisis; may be missing",
    "arrangement": f"{' or '.join(ARRANGEMENTS)}; collaboration where it is missing",
    "kinds": f"for each actor its kind: {', '.join(f'{at} {word}' for at, word in enumerate(KINDS))}",
    "sectors": f"for each actor 0, or its sector: {', '.join(f'{at} {word}' for at, word in enumerate(SECTORS, 1))}, 6 another one",
    "bases": "for each actor the place in the list of the actor at whose place it works, its own place where nowhere; or empty",
    "teams": "for each actor the number of its team, 0 where it is in none; or empty",
    "leads": "the places in the list of the lead practitioners or lead agencies",
    "sources": "for each tie the place of who tells",
    "targets": "for each tie the place of who is told",
    "marks": f"for each tie the sum of: {CRITICAL} critical, {TWO_WAY} both ways, {DISPUTED} disputed, {UNKNOWN} not known",
}


@dataclass(frozen=True, slots=True)
class Lists:
    """One list for each case, end to end: the list of case k is `values[starts[k]:starts[k + 1]]`."""

    starts: Numbers
    values: Numbers

    @property
    def lengths(self) -> Numbers:
        """How long each list is."""
        return self.starts[1:] - self.starts[:-1]

    @property
    def rows(self) -> Numbers:
        """The number of the case of each value."""
        import numpy as np

        return np.repeat(np.arange(len(self.starts) - 1), self.lengths)

    def of(self, row: int) -> list[int]:
        """Return the list of one case."""
        found: list[int] = self.values[self.starts[row] : self.starts[row + 1]].tolist()
        return found


@dataclass(frozen=True, slots=True)
class Words:
    """One word for each case: the word of case k is `words[codes[k]]`."""

    codes: Numbers
    words: tuple[str, ...]

    @classmethod
    def of(cls, said: Sequence[str]) -> Words:
        """Return words, one for each case, each kept once."""
        import numpy as np

        known: dict[str, int] = {}
        codes = np.fromiter((known.setdefault(word, len(known)) for word in said), dtype=np.int32, count=len(said))
        return cls(codes, tuple(known))

    def at(self, row: int) -> str:
        """Return the word of one case."""
        return self.words[int(self.codes[row])]


@dataclass(frozen=True, slots=True)
class Columns:
    """Many cases by column; made and checked by `columns_of` or by a reader. A case of it is made when it is asked for.

    Attributes
    ----------
    child, age
        One number for each case, -1 where none is given.
    band, situation, arrangement
        One word for each case.
    kinds, sectors, bases, teams
        One list for each case with a number for each actor, `bases` and `teams` never empty here; see `FIELDS`.
    leads, sources, targets, marks
        One list for each case.
    title
        What stands above tables and maps of them; may be empty.
    """

    child: Numbers
    age: Numbers
    band: Words
    situation: Words
    arrangement: Words
    kinds: Lists
    sectors: Lists
    bases: Lists
    teams: Lists
    leads: Lists
    sources: Lists
    targets: Lists
    marks: Lists
    title: str = ""

    def __len__(self) -> int:
        return len(self.child)

    def __getitem__(self, row: int) -> Case:
        from agencygraph.caseloads.rows import case_of

        return case_of(self, row)

    def __iter__(self) -> Iterator[Case]:
        return map(self.__getitem__, range(len(self)))

    def part(self, start: int, stop: int) -> Columns:
        """Return some of the cases, from one row to before another."""
        parts: dict[str, Any] = {name: getattr(self, name)[start:stop] for name in ("child", "age")}
        parts |= {name: Words(getattr(self, name).codes[start:stop], getattr(self, name).words) for name in TEXTS}
        for name in LISTS:
            lists: Lists = getattr(self, name)
            starts = lists.starts[start : stop + 1]
            parts[name] = Lists(starts - starts[0], lists.values[starts[0] : starts[-1]])
        return Columns(**parts, title=self.title)


def joined(parts: Sequence[Columns], title: str = "") -> Columns:
    """Return the cases of one or more parts as one, in their order."""
    import numpy as np

    found: dict[str, Any] = {name: np.concatenate([getattr(part, name) for part in parts]) for name in ("child", "age")}
    for name in TEXTS:
        known: dict[str, int] = {}
        texts: list[Words] = [getattr(part, name) for part in parts]
        places = [np.array([known.setdefault(word, len(known)) for word in one.words], dtype=np.int32) for one in texts]
        codes = np.concatenate([place[one.codes] for place, one in zip(places, texts, strict=True)])
        found[name] = Words(codes, tuple(known))
    starts: dict[str, Numbers] = {}
    for name in LISTS:
        lists: list[Lists] = [getattr(part, name) for part in parts]
        # Checked lists of actors are all of one length, and so are those of ties: where they begin is kept once.
        like = ACTOR_LISTS[0] if name in ACTOR_LISTS else TIE_LISTS[0] if name in TIE_LISTS else name
        if like not in starts:
            starts[like] = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(np.concatenate([one.lengths for one in lists]))))
        found[name] = Lists(starts[like], np.concatenate([one.values for one in lists]))
    return Columns(**found, title=title)


@dataclass(frozen=True, slots=True)
class RowFault:
    """Something wrong with one case: its row (from nought), the column, and what."""

    row: int
    column: str
    message: str


def find_faults(columns: Columns) -> list[RowFault]:
    """Return everything that is wrong with the cases, row by row; nothing where all is well.

    >>> from agencygraph.caseloads.rows import columns_of
    >>> from agencygraph.model import Case
    >>> find_faults(columns_of([Case.of(actors={"child": "child"})]))
    []
    """
    faults = [*_of_cases(columns), *_of_lengths(columns)]
    if not faults:
        # Only where every list has its right length do places mean anything.
        faults = [*_of_actors(columns), *_of_ties(columns)]
    return sorted(dict.fromkeys(faults), key=lambda fault: fault.row)


def raise_faults(shown: str, faults: Sequence[RowFault], first_row: int = 1) -> None:
    """Raise one error that names the row, as people count, and the column of every fault; do nothing where there is none."""
    if faults:
        raise FileError([Problem(f"{shown} row {fault.row + first_row}, column {fault.column}: {fault.message}",
                                 (fault.row, fault.column)) for fault in faults])


def _where(flags: Flags, rows: Numbers, column: str, message: str) -> Iterator[RowFault]:
    """Yield one fault for each case in which a flag stands."""
    if flags.any():
        for row in dict.fromkeys(rows[flags].tolist()):
            yield RowFault(row, column, message)


def _of_cases(columns: Columns) -> Iterator[RowFault]:
    import numpy as np

    every = np.arange(len(columns))
    yield from _where((columns.age > 25) | (columns.age < -1), every, "age", "an age is a whole number of years from 0 to 25.")
    for name in TEXTS:
        said: Words = getattr(columns, name)
        for code, word in enumerate(said.words):
            if name == "arrangement" and word not in ARRANGEMENTS:
                message = f"{word[:80]!r} is no arrangement; it must be one of {', '.join(ARRANGEMENTS)}."
                yield from _where(said.codes == code, every, name, message)
            elif check_text(word, name):
                yield from _where(said.codes == code, every, name, check_text(word, name)[0].message)


def _of_lengths(columns: Columns) -> Iterator[RowFault]:
    import numpy as np

    every, size, ties = np.arange(len(columns)), columns.kinds.lengths, columns.sources.lengths
    yield from _where(size > MOST_ACTORS, every, "kinds", f"a row holds at most {MOST_ACTORS} actors.")
    for name in ACTOR_LISTS[1:]:
        yield from _where(getattr(columns, name).lengths != size, every, name,
                          "the list must have one number for each actor, as kinds has.")
    for name in TIE_LISTS[1:]:
        yield from _where(getattr(columns, name).lengths != ties, every, name,
                          "the list must have one number for each tie, as sources has.")


def _of_actors(columns: Columns) -> Iterator[RowFault]:
    import numpy as np

    rows, size = columns.kinds.rows, columns.kinds.lengths
    for name, most in (("kinds", len(KINDS) - 1), ("sectors", len(SECTOR_WORDS)), ("teams", MOST_ACTORS)):
        values = getattr(columns, name).values
        yield from _where((values < 0) | (values > most), rows, name, f"a number must be from 0 to {most}: {FIELDS[name]}.")
    bases = columns.bases.values
    outside = (bases < 0) | (bases >= size[rows])
    yield from _where(outside, rows, "bases", "a base is the place of an actor, counted from 0; there is no such actor.")
    if not outside.any():
        first = columns.bases.starts[:-1][rows]
        own = _own_places(columns)
        moved = bases[first + bases] != bases
        yield from _where(moved & (bases != own), rows, "bases", "an actor is based at one who is based elsewhere; name the place.")
    leads, lead_rows = columns.leads.values, columns.leads.rows
    wrong = (leads < 0) | (leads >= size[lead_rows])
    yield from _where(wrong, lead_rows, "leads", "a lead is the place of an actor, counted from 0; there is no such actor.")
    if not wrong.any():
        kinds = columns.kinds.values[columns.kinds.starts[:-1][lead_rows] + leads]
        family = np.isin(kinds, [KINDS.index(kind) for kind in FAMILY_KINDS])
        yield from _where(family, lead_rows, "leads", "a child or a member of the family cannot be the lead.")


def _own_places(columns: Columns) -> Numbers:
    """Return for each actor its place in its own case."""
    import numpy as np

    own: Numbers = np.arange(len(columns.kinds.values)) - columns.kinds.starts[:-1][columns.kinds.rows]
    return own


def _of_ties(columns: Columns) -> Iterator[RowFault]:
    import numpy as np

    rows, size = columns.sources.rows, columns.kinds.lengths
    ends: dict[str, Numbers] = {name: getattr(columns, name).values for name in ("sources", "targets")}
    wrong = np.zeros(len(rows), dtype=bool)
    for name, places in ends.items():
        outside = (places < 0) | (places >= size[rows])
        wrong |= outside
        yield from _where(outside, rows, name, "an end of a tie is the place of an actor, counted from 0; there is no such actor.")
    yield from _where((ends["sources"] == ends["targets"]) & ~wrong, rows, "targets", "a tie joins two different actors.")
    marks = columns.marks.values
    odd = (marks < 0) | (marks > 11)
    yield from _where(odd, rows, "marks", f"a mark is from 0 to 11, disputed or not known but not both: {FIELDS['marks']}.")
    if not (wrong.any() or odd.any()):
        yield from _twice(rows, ends["sources"], ends["targets"], marks)


def _twice(rows: Numbers, sources: Numbers, targets: Numbers, marks: Numbers) -> Iterator[RowFault]:
    """Yield flows that are said twice, and pairs of one-way ties that are one two-way tie.

    Every flow is one number: its case, its pair, its direction, its mark. Sorted once, what clashes stands side by side.
    """
    import numpy as np

    back, low, high = sources > targets, np.minimum(sources, targets), np.maximum(sources, targets)
    pairs = rows.astype(np.int64) << 12 | low.astype(np.int64) << 6 | high
    flows = pairs << 5 | back.astype(np.int64) << 4 | marks
    both = (marks & TWO_WAY) > 0
    flows = np.concatenate((flows, flows[both] ^ 16))
    flows.sort()
    one, next = flows[:-1], flows[1:]
    twice = one >> 4 == next >> 4
    yield from _where(twice, one >> 17, "targets", "the same flow is said twice; keep one.")
    alike = (one ^ next == 16) & (one & TWO_WAY == 0)
    # A tie that is said twice, and answered, stands between the two; it is mended first.
    yield from _where(alike, one >> 17, "marks", f"two ties that differ only in direction are one: add {TWO_WAY} to its mark.")
