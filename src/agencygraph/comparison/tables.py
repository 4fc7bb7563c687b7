"""A comparison as tables: every change, and the measures of both maps side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agencygraph.table import Cell, Table

if TYPE_CHECKING:
    from agencygraph.comparison.changes import BlockPairs
    from agencygraph.comparison.outcome import Comparison

CHANGE_COLUMNS = ("number", "change", "from", "to", "before", "after")


def change_table(comparison: Comparison, names: bool = False) -> Table:
    """Return one row for each change; what is unchanged is counted in the note, with who joined and left."""
    before, after = comparison.before.labels(names), comparison.after.labels(names)
    rows: list[tuple[Cell, ...]] = []
    for number, change in enumerate(comparison.changes, 1):
        if change.kind != "unchanged":
            rows.append((number, change.kind, *change.ends(before, after), change.before_words, change.after_words))
    return Table(CHANGE_COLUMNS, tuple(rows), f"{_heading(comparison)}: what changed", _note(comparison, names))


def _heading(comparison: Comparison) -> str:
    return " and ".join(dict.fromkeys((comparison.before.heading, comparison.after.heading)))


def _note(comparison: Comparison, names: bool) -> str:
    """Say what the rows do not: how much stayed as it was, who came and went, whose exchange turned two-way or one-way."""
    before, after = comparison.before.labels(names), comparison.after.labels(names)

    def with_whom(pairs: BlockPairs) -> list[str]:
        return [" with ".join(" + ".join(after[who] for who in block.after) for block in pair) for pair in pairs]

    gained, lost, stayed = (len(found) for found in (comparison.gained, comparison.lost, comparison.unchanged))
    counts = f"A row is one direction of a tie. Among those on both maps {gained} added, {lost} lost, {stayed} unchanged."
    lists = (("Joined", [after[block.after[0]] for block in comparison.joined]),
             ("Left", [before[block.before[0]] for block in comparison.left]),
             ("Became two-way", with_whom(comparison.became_two_way)),
             ("Became one-way", with_whom(comparison.became_one_way)))
    return " ".join([counts, *(f"{head}: {'; '.join(words)}." for head, words in lists if words)])
