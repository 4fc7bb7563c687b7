"""Words that several answers share: lists, counts, links, and the paragraphs of an answer in a notebook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from agencygraph.model import Tie

HAND_OFFS = {True: "critical ties only", False: "any tie"}


def listed(words: Sequence[str], none: str = "nobody", last: str = "and") -> str:
    """Return words as a list is read aloud.

    >>> listed(["School", "GP", "Police"]), listed([])
    ('School, GP and Police', 'nobody')
    """
    if len(words) < 2:
        return words[0] if words else none
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def counted(count: int, one: str, many: str = "") -> str:
    """Return a count with its noun.

    >>> counted(1, "hand-off"), counted(3, "tie"), counted(2, "way to go", "ways to go")
    ('1 hand-off', '3 ties', '2 ways to go')
    """
    return f"{count} {one if count == 1 else many or one + 's'}"


def tie_words(tie: Tie, labels: Mapping[str, str]) -> str:
    """Return a tie under the labels of its ends, with what a reader must know of it.

    >>> tie_words(Tie.parse("school ?-> gp"), {"school": "School", "gp": "GP"})
    'School → GP (peripheral, not known)'
    """
    marks = [tie.strength] * (not tie.is_critical) + {"disputed": ["disputed"], "unknown": ["not known"]}.get(tie.status, [])
    return f"{labels[tie.source]} {'↔' if tie.two_way else '→'} {labels[tie.target]}" + (f" ({', '.join(marks)})" if marks else "")


def paragraphs(lines: Iterable[str]) -> str:
    """Return lines as the paragraphs of a notebook; the first one stands out."""
    first, *rest = lines
    return "".join([f"<p><strong>{escape(first)}</strong></p>", *(f"<p>{escape(line.strip())}</p>" for line in rest)])


def capital(text: str) -> str:
    """Return a text with a capital at its beginning; the rest stays as it is."""
    return text[:1].upper() + text[1:]
