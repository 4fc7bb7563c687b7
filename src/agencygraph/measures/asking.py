"""Which questions can be asked, in the order of their numbers, and what each of them means."""

from __future__ import annotations

import re

from agencygraph.measures.questions import QUESTIONS, Question
from agencygraph.registry import plain
from agencygraph.table import Table


def ask(*names: str) -> tuple[Question, ...]:
    """Return the questions with these names or numbers, each once; if none is named, those of a meeting, as the catalogue has them.

    Those whose number begins with R are a researcher's: they are asked by name only.

    Parameters
    ----------
    names
        Names ("isolation") or numbers ("M4") of questions.

    Returns
    -------
    tuple
        A `Question` for each; a number may stand for several.

    Raises
    ------
    UnknownNameError
        For a question that does not exist; the nearest one is suggested.

    Examples
    --------
    >>> [question.name for question in ask("M2", "isolation")]
    ['no return', 'thin return', 'isolation']
    """
    every = _in_order()
    if not names:
        return tuple(question for question in every if not question.is_for_researchers)
    found: list[Question] = []
    for name in names:
        matches = [question for question in every if plain(name) in (plain(question.name), plain(question.id))]
        found += matches or [QUESTIONS.get(name)]
    return tuple(dict.fromkeys(found))


def _in_order() -> tuple[Question, ...]:
    return tuple(sorted(QUESTIONS.all(), key=lambda question: (_natural(question.id), question.answer.__module__)))


def catalogue() -> Table:
    """List every question that can be asked: what it means, how it is worked out, when it has no answer, whence it comes.

    Returns
    -------
    Table
        A row for each question.

    Examples
    --------
    >>> catalogue().where(name="isolation")[0]["question"]
    'How cut off is this unit from what the others know?'
    """
    rows = tuple((one.id, one.name, one.asks, one.definition, one.about, one.unit, _span(one), one.better or "neither",
                  one.undefined, one.source) for one in _in_order())
    columns = ("id", "name", "question", "definition", "about", "unit", "range", "better", "undefined when", "source")
    return Table(columns, rows, "The questions that can be asked of a map", heads=("name",))


def _span(question: Question) -> str:
    if question.span is None:
        return "words"
    low, high = question.span
    return f"{low:g} or more" if high is None else f"{low:g} to {high:g}"


def _natural(id: str) -> tuple[str, int]:
    letters, digits = re.match(r"(\D*)(\d*)", id).groups()  # type: ignore[union-attr]  # the pattern matches any text
    return letters, int(digits or 0)
