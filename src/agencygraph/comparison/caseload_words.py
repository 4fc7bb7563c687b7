"""A comparison of caseloads as a table and in words: change in the maps, never effect on children."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from agencygraph.comparison.caseloads import OVERALL, Shift
from agencygraph.comparison.paired import FEWEST, WHY_SIX
from agencygraph.suppression import NOT_APPLICABLE, WITHHELD, Frame, check_settings, withhold
from agencygraph.table import Cell, Table, show

if TYPE_CHECKING:
    from agencygraph.comparison.caseloads import CaseloadComparison

COLUMNS = ("measure", "about", "ties", "band", "cases", "better", "same", "worse", "no answer", "median change", "Hodges-Lehmann",
           "p", "p (Holm)", "chance", "reason")  # fmt: skip
COUNTS = slice(4, 9)
FIGURES = slice(9, 14)
CAUTION = "This is change in the maps, as groups drew them; it is not effect on children."


def shift_table(comparison: CaseloadComparison) -> Table:
    """Return one row for each measure, as counted; bands and all cases where bands were asked for."""
    return _table(comparison, [_row(shift, comparison.shifts) for shift in comparison.shifts], note(comparison))


def _table(comparison: CaseloadComparison, rows: Sequence[Sequence[Cell]], words: str) -> Table:
    table = Table(COLUMNS, tuple(tuple(row) for row in rows), heading(comparison), words, heads=("measure", "about"))
    return table if comparison.by else table.select(*(name for name in COLUMNS if name != "band"))


def _row(shift: Shift, family: Sequence[Shift]) -> list[Cell]:
    found = shift.paired
    measure = f"{shift.measure}: {shift.detail}" if shift.detail else shift.measure
    return [measure, shift.about, shift.ties, shift.band, len(shift.pairs), found.better, found.same, found.worse, shift.dropped,
            found.median, found.hodges_lehmann, found.p, shift.p_holm, _chance(shift, family), found.reason]  # fmt: skip


def protected_table(comparison: CaseloadComparison, threshold: int) -> Table:
    """Return the table without small counts, its p in words alone; bands that are small themselves are left out, all of them."""
    check_settings(threshold)
    sizes = {shift.band: len(shift.pairs) for shift in comparison.shifts}
    is_small = any(size < threshold for band, size in sizes.items() if band not in ("", OVERALL))
    kept = [shift for shift in comparison.shifts if not is_small or shift.band == OVERALL]
    groups: dict[tuple[str, str, str], list[Shift]] = {}
    for shift in kept:
        groups.setdefault((shift.measure, shift.detail, shift.ties), []).append(shift)
    rows = [row for group in groups.values() for row in _protect(group, comparison.shifts, threshold)]
    said = [f"c: withheld, a number from 1 to {threshold - 1} or one that would give such a number away; change and p are withheld "
            f"where they rest on fewer than {threshold} pairs."]  # fmt: skip
    if is_small:
        said.append(f"Bands are left out because one has fewer than {threshold} cases.")
    table = _table(comparison, rows, f"{CAUTION} {' '.join(said)}")
    return table.select(*(name for name in table.columns if name not in ("p", "p (Holm)")))


def _protect(group: Sequence[Shift], family: Sequence[Shift], threshold: int) -> list[list[Cell]]:
    """Return the rows of one measure, whose bands add up to all cases.

    How many cases there are stands in every row of the table, so hiding it in some would hide nothing: where only that would
    protect a small count, every count of the measure goes.
    """
    rows = [_row(shift, family) for shift in group]
    counts = [[*row[COUNTS][1:], row[COUNTS][0]] for row in rows]
    grid = [[cell if isinstance(cell, int) else None for cell in row] for row in counts]
    whole = len(group) - 1 if len(group) > 1 else None
    hidden = withhold(grid, Frame(total_row=whole, total_column=4), threshold)
    small = len(group[-1].pairs) < threshold
    if any(column == 4 for _, column in hidden):
        hidden = frozenset((at, column) for at in range(len(rows)) for column in range(4 + small))
    for at, (row, shift) in enumerate(zip(rows, group, strict=True)):
        shown: list[Cell] = [WITHHELD if (at, column) in hidden else cell for column, cell in enumerate(counts[at])]
        row[COUNTS] = [shown[-1], *shown[:-1]]
        if shift.paired.n < threshold:
            row[FIGURES] = [WITHHELD] * 5
            row[-1] = f"fewer than {threshold} pairs"
        else:
            row[FIGURES] = [NOT_APPLICABLE if cell is None else cell for cell in row[FIGURES]]
    return rows


def heading(comparison: CaseloadComparison) -> str:
    """Say what was compared with what."""
    titles = [title for title in dict.fromkeys((comparison.before.title, comparison.after.title)) if title]
    pairs = len(comparison.pairs)
    return f"{' and '.join(titles) or 'Two caseloads'}: {pairs} pair{'s' * (pairs != 1)} of maps, before and after"


def note(comparison: CaseloadComparison) -> str:
    """Say how the numbers are to be read, who is missing and why."""
    parts = [CAUTION]
    asked = sum(shift.paired.p is not None for shift in comparison.shifts)
    if asked:
        parts.append("p: how often changes as far from nought, or farther, would come about if each case had been as likely to go "
                     f"the other way; p (Holm) allows for {asked} question{'s' * (asked != 1)} at once.")
    if any(0 < shift.paired.n < FEWEST for shift in comparison.shifts):
        parts.append(WHY_SIX)
    if any(not shift.paired.is_exact for shift in comparison.shifts):
        parts.append("Where too many patterns would have to be counted, p is from 100,000 drawn at random, always the same.")
    for side, count in zip(("earlier", "later"), comparison.unpaired, strict=True):
        if count:
            parts.append(f"{count} map{'s' * (count != 1)} of the {side} caseload without a partner left out.")
    why = Counter(f"{shift.measure}, {shift.ties} ties: {reason}" for shift in comparison.shifts
                  if shift.band in ("", OVERALL) for reason in shift.reasons if reason)  # fmt: skip
    if why:
        parts.append(f"No answer: {'; '.join(f'{words} ({count})' for words, count in why.items())}.")
    return " ".join(parts)


def say_shift(shift: Shift, family: Sequence[Shift]) -> str:
    """Say one answer in a sentence.

    >>> from agencygraph import cases, compare
    >>> change = compare(cases.bexley(), cases.bexley(), measures=("connectedness",), ties="any")
    >>> change.sentences()[0].partition(";")[0]
    'Connectedness, any ties: better on 0 of 18 pairs of maps, the same on 18, worse on 0'
    """
    found, title = shift.paired, f"{shift.title[:1].upper()}{shift.title[1:]}"
    if not found.n:
        return f"{title}: no answer, because {found.reason}."
    counted = (f"{title}: better on {found.better} of {found.n} pair{'s' * (found.n != 1)} of maps, the same on {found.same}, "
               f"worse on {found.worse}")  # fmt: skip
    dropped = [f"no answer on {shift.dropped} more"] if shift.dropped else []
    moved = f"typical change {_signed(found.hodges_lehmann)} ({shift.better} is better)"
    if found.p is None:
        return "; ".join([counted, *dropped, moved, f"no p: {found.reason}"]) + "."
    return "; ".join([counted, *dropped, moved, _chance(shift, family)]) + "."


def _chance(shift: Shift, family: Sequence[Shift]) -> str:
    """Return p as it is printed, alone and among all questions that were asked at once."""
    if shift.paired.p is None:
        return ""
    asked = sum(one.paired.p is not None for one in family)
    return f"p {say_p(shift.paired.p)}" + (f", {say_p(shift.p_holm)} among {asked} questions" if asked > 1 else "")


def say_p(p: float | None) -> str:
    """Return a p as it is printed: never as nought.

    >>> say_p(0.0321), say_p(0.00073), say_p(0.00001), say_p(1.0)
    ('0.032', '0.0007', '< 0.0001', '1.000')
    """
    if p is None:
        return show(None)
    if p < 0.0001:
        return "< 0.0001"
    return f"{p:.4f}" if p < 0.01 else f"{p:.3f}"


def _signed(change: float | None) -> str:
    if change is None:
        return show(None)
    return f"{'+' if change > 0 else '−' if change < 0 else ''}{show(abs(change))}"
