"""Outcome: the answers to a batch as named columns, counts beside shares, with what each column holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from agencygraph.batch.slots import CASE, EACH, FRACTIONS, OF_UNITS, STRENGTHS, Answers, Settings
from agencygraph.caseloads.columns import FIELDS, TEXTS
from agencygraph.measures.loop_status import STATUSES

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from agencygraph.caseloads.columns import Columns, Lists

# name: the count, the total, whether a map without ties has no answer, what it says.
SHARES: Mapping[str, tuple[str, tuple[str, ...], bool, str]] = {
    "pairs_talking_share": ("pairs_talking", ("pairs",), True, "pairs who talk, of all pairs (M7)"),
    "pairs_talking_between_share": ("pairs_talking_between", ("pairs_between",), True, "the same between units (M7)"),
    "two_way_share": ("two_way_pairs", ("pairs_talking",), False, "pairs who talk both ways, of those who talk (M7)"),
    "messenger_share": ("routes_via_family", ("routes_professional", "routes_via_family"), False,
                        "routes that run only through the family, of all routes (M6)"),
    "connectedness": ("linked_pairs", ("pairs",), True, "pairs linked at all, of all pairs (M8)"),
    "single_point_share": ("single_point_lost", ("single_point_of",), False, "routes lost without the one who matters most (M9)"),
    "school_no_return_share": ("school_no_return", ("school_told",), False, "of those the school tells, who never tells back (M2)"),
}  # fmt: skip
KEPT = ("child", "age", *TEXTS)
_CHANCES = (("audience", "practitioners who learn what the school learns, on average, "),
            ("chance_lead", "chance that the lead learns what the school learns, "))


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the outcome.

    Attributes
    ----------
    name, text, kind
        Its name, what it holds, and "count", "number", "word" or "numbers" (a list for each case).
    values
        One value for each case; the codes of words; for lists all values end to end.
    missing
        Where there is no answer.
    words
        What the codes mean.
    starts
        Where the list of each case begins.
    """

    name: str
    text: str
    kind: str
    values: NDArray[np.generic]
    missing: NDArray[np.bool_] | None = None
    words: tuple[str, ...] = ()
    starts: NDArray[np.int64] | None = None


def columns_out(columns: Columns, found: Answers, settings: Settings) -> Iterator[Column]:
    """Yield the columns of the outcome: what is known of each case, its counts and shares, its units, and the chances.

    >>> from agencygraph.batch.kernels import answer
    >>> from agencygraph.caseloads.generator import make_columns
    >>> cases = make_columns(0, 3, seed=1)
    >>> [column.name for column in columns_out(cases, answer(cases, (), "plain"), ())][5:8]
    ['actors', 'practitioners', 'family']
    """
    for name in ("child", "age"):
        values = getattr(columns, name)
        yield Column(name, FIELDS[name], "count", values, values < 0)
    for name in TEXTS:
        said = getattr(columns, name)
        yield Column(name, FIELDS[name], "word", said.codes, words=said.words)
    counts = {name: found.ints[:, at] for at, name in enumerate(CASE)}
    for name, text in CASE.items():
        yield Column(name, text, "count", counts[name], counts[name] < 0)
    for at, ties in enumerate(STRENGTHS):
        own = counts | {name: found.ints[:, len(CASE) + at * len(EACH) + place] for place, name in enumerate(EACH)}
        yield from _of_strength(own, ties)
        for place, (name, text) in enumerate(FRACTIONS.items()):
            yield _number(f"{name}_{ties}", f"{text}; {ties} ties", found.fractions[:, at * len(FRACTIONS) + place])
    yield from _of_units(columns.kinds, found)
    yield from _of_chances(found, settings)


def setting_name(setting: tuple[float, float]) -> str:
    """Return a setting as it ends the name of a column.

    >>> setting_name((0.9, 0.5)), setting_name((0.125, 1.0))
    ('90_50', '12p5_100')
    """
    return "_".join(f"{100 * odds:g}".replace(".", "p") for odds in setting)


def _of_strength(own: Mapping[str, NDArray[np.int32]], ties: str) -> Iterator[Column]:
    import numpy as np

    for name, text in EACH.items():
        label = f"{name}_{ties}"
        if name == "school_status":
            blank = own[name] < 0
            yield Column(label, f"{text}; {ties} ties", "word", np.where(blank, len(STATUSES), own[name]).astype(np.int32),
                         words=(*STATUSES, ""))
        else:
            yield Column(label, f"{text}; {ties} ties", "count", own[name], own[name] < 0)
    for name, (count, totals, needs_ties, text) in SHARES.items():
        total = sum(own[one].astype(np.float64) for one in totals)
        missing = (total <= 0) | (own[count] < 0) | (needs_ties & (own["ties"] == 0))
        values = np.where(missing, np.nan, own[count] / np.where(missing, 1.0, total))
        yield _number(f"{name}_{ties}", f"{text}; {ties} ties", values)


def _of_units(kinds: Lists, found: Answers) -> Iterator[Column]:
    import numpy as np

    used = ~np.isnan(found.units[:, 0])
    before = np.zeros(len(used) + 1, dtype=np.int64)
    np.cumsum(used, out=before[1:])
    starts = before[kinds.starts]
    yield Column("unit_first", "place in the list of the first member of each unit", "numbers",
                 found.units[used, 0].astype(np.int32), starts=starts)
    for at, ties in enumerate(STRENGTHS):
        for place, (name, text) in enumerate(OF_UNITS.items()):
            values = found.units[used, 1 + at * len(OF_UNITS) + place]
            yield Column(f"{name}_{ties}", f"{text}; {ties} ties", "numbers", values, np.isnan(values), starts=starts)


def _of_chances(found: Answers, settings: Settings) -> Iterator[Column]:
    for at, setting in enumerate(settings):
        often = "where {:g} % of critical and {:g} % of peripheral ties work (M17)".format(*(100 * odds for odds in setting))
        for place, (name, text) in enumerate(_CHANCES):
            label = f"{name}_{setting_name(setting)}"
            yield _number(label, text + often, found.chances[:, 2 * at + place])
            errors = found.errors[:, 2 * at + place]
            yield _number(f"{label}_error", f"standard error of {label}; missing where it is exact", errors)


def _number(name: str, text: str, values: NDArray[np.float64]) -> Column:
    import numpy as np

    return Column(name, text, "number", values, np.isnan(values))
