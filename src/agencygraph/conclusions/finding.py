"""Finding and Findings: a sentence with the ties that show it, its number, how sure it is, and what to ask next."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import escape

from agencygraph.errors import InvalidError
from agencygraph.measures.certainty import HowSure, how_sure
from agencygraph.measures.wording import tie_words
from agencygraph.model import Case, Tie
from agencygraph.table import Cell, Table

_TIES_SAID = 6


@dataclass(frozen=True, slots=True, repr=False)
class Finding:
    """One sentence about a map that can be read out; called with a case it says whether it holds there.

    Parameters
    ----------
    name
        Which finding it is: "not told".
    theme
        What it belongs to: joint working, professional relationships, organisational issues or practice issues.
    sentence, question
        What stands out, and what the meeting may ask of it; under public labels unless names were asked for.
    case
        The map it was found on; the later one where it speaks of a change.
    weight
        How much it tells; the first of the list has the most.
    count, of, counted
        The number behind it and what it counts: "3 of 5", "practitioners tell the lead and are not told".
    ties
        The ties that show it; none where it speaks of what is missing.
    who
        Ids of those it speaks of.
    names
        True where private names were asked for.
    holds
        The statement itself, as a function of a case; None where it speaks of a change.
    """

    name: str
    theme: str
    sentence: str
    question: str
    case: Case = field(repr=False)
    weight: int = 0
    count: int | None = None
    of: int | None = None
    counted: str = ""
    ties: tuple[Tie, ...] = ()
    who: tuple[str, ...] = ()
    names: bool = False
    holds: Callable[[Case], bool] | None = field(default=None, compare=False)

    @property
    def number(self) -> str:
        """The number in words: "3 of 5 practitioners tell the lead and are not told"; empty where there is none."""
        if self.count is None:
            return ""
        return f"{self.count}{'' if self.of is None else f' of {self.of}'} {self.counted}"

    @property
    def evidence(self) -> tuple[str, ...]:
        """The ties that show it, in words: "School → Social services"."""
        labels = self.case.labels(self.names)
        return tuple(tie_words(tie, labels) for tie in self.ties)

    @property
    def certainty(self) -> HowSure | None:
        """How sure it is: over every reading of doubtful ties, and which single change would overturn it."""
        return None if self.holds is None else how_sure(self.case, self, names=self.names)

    def __call__(self, case: Case) -> bool:
        """Say whether the same would be true of another case; a finding about a change cannot be asked of one case."""
        if self.holds is None:
            raise InvalidError(f"'{self.name}' is no statement about one case that could be true or false.")
        return self.holds(case)

    def lines(self) -> Iterator[tuple[str, str]]:
        """Yield what there is to say beside the sentence, each under its head."""
        if self.number:
            yield "Number", f"{self.number}."
        if self.ties:
            said = [*self.evidence[:_TIES_SAID], *([f"{len(self.ties) - _TIES_SAID} more"] if len(self.ties) > _TIES_SAID else [])]
            yield "Seen in", f"{'; '.join(said)}."
        certainty = self.certainty
        if certainty is not None:
            yield "How sure", f"{certainty.on_open_ties} {certainty.on_changes}"
        yield f"To ask ({self.theme})", self.question

    def __str__(self) -> str:
        return "\n".join([self.sentence, *(f"   {head}: {text}" for head, text in self.lines())])

    def __repr__(self) -> str:
        return f"Finding({self.name}: {self.sentence})"

    def _repr_html_(self) -> str:
        """The finding as a notebook shows it."""
        return f"<div>{self.html()}</div>"

    def html(self) -> str:
        """Return the sentence and what belongs to it as HTML."""
        rest = "".join(f"<dt>{escape(head)}</dt><dd>{escape(text)}</dd>" for head, text in self.lines())
        return f"<p><strong>{escape(self.sentence)}</strong></p><dl>{rest}</dl>"


@dataclass(frozen=True, slots=True, repr=False)
class Findings:
    """The handful of sentences that a map comes down to, most telling first; a sequence of `Finding`.

    Parameters
    ----------
    heading
        What they are about: "Peter, 9".
    found
        The findings in their order.
    """

    heading: str
    found: tuple[Finding, ...] = ()

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.found)

    def __len__(self) -> int:
        return len(self.found)

    def __getitem__(self, at: int) -> Finding:
        return self.found[at]

    @property
    def sentences(self) -> tuple[str, ...]:
        """The sentences alone."""
        return tuple(one.sentence for one in self.found)

    def to_table(self) -> Table:
        """Return one row for each finding: its sentence, number, ties, how sure it is, and the question."""
        columns = ("number", "finding", "theme", "sentence", "count", "of", "counted", "seen in", "readings", "overturned by",
                   "question")
        rows: list[tuple[Cell, ...]] = []
        for number, one in enumerate(self.found, 1):
            sure = one.certainty
            doubts = (f"{sure.held} of {sure.readings}", "; ".join(sure.changes)) if sure else (None, None)
            said = (one.name, one.theme, one.sentence, one.count, one.of, one.counted, "; ".join(one.evidence))
            rows.append((number, *said, *doubts, one.question))
        note = "Readings: in how many readings of the ties that are disputed or not known the sentence is true."
        return Table(columns, tuple(rows), f"{self.heading}: what stands out", note, heads=("number", "finding"))

    def __str__(self) -> str:
        parts = [f"{self.heading}: what stands out", *(f"{number}. {one}" for number, one in enumerate(self.found, 1))]
        return "\n\n".join(parts)

    def __repr__(self) -> str:
        return f"Findings({self.heading}: {'; '.join(one.name for one in self.found)})"

    def _repr_html_(self) -> str:
        """The findings as a notebook shows them."""
        items = "".join(f"<li>{one.html()}</li>" for one in self.found)
        return f"<section><h3>{escape(self.heading)}: what stands out</h3><ol>{items}</ol></section>"
