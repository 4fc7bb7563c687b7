"""Write docs/measures.md and docs/words.md from what the library itself says of its measures and words.

    python tools/pages.py

Run it whenever a measure, its words or the glossary has changed; a test holds that the pages are up to date.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from agencygraph import cases
from agencygraph.conclusions import findings
from agencygraph.glossary import ALSO, WORDS
from agencygraph.measures import QUESTIONS, Question, Reading, ask, readings, say
from agencygraph.measures.best_links import best_links
from agencygraph.measures.certainty import how_sure
from agencygraph.measures.chance import chance
from agencygraph.measures.leaving import without
from agencygraph.measures.routes import route
from agencygraph.measures.sectors import sector_table
from agencygraph.measures.spreading import spread
from agencygraph.measures.who_knew import who_knew

DOCS = Path(__file__).parent.parent / "docs"
VERBS: tuple[tuple[str, Callable[..., object]], ...] = (
    ("M5", spread), ("M9", without), ("M10", route), ("M12", sector_table), ("M15", how_sure), ("M16", who_knew),
    ("M17", chance), ("M18", best_links), ("", findings))
KINDS = {"map": "the whole map", "actor": "each actor", "unit": "each unit", "pair": "each pair", "tie": "each tie",
         "sector": "each two sectors"}
INTRO = """\
# The measures

Each measure answers one question that a meeting asks of a map. Every answer is given twice, over any tie and over critical ties
alone, and every share stands beside its counts. Where a question has no answer there is a dash and a reason, never a nought.
`ag.measure(case)` asks all of a meeting's questions, `ag.measure(case, "isolation")` one; a researcher's are asked by name only.
Why the usual measures of a whole network do not serve here is shown in
[why not the textbook measures](why-not-the-textbook-measures.md).

Ties that are marked as not known do not count. Where a case has such ties, the table says what each value could be if they were
there or not, as lowest and highest. *Practitioners* are all but the child and the family; a *professional route* is one on which
nobody of the family passes news on; see [the words](words.md).

This page is written by `tools/pages.py` from the library itself. The examples are Peter's map of separate agencies
(`ag.cases.peter()`).
"""


def measures_page() -> str:
    """Return the page of the measures."""
    researchers = [one for one in ask(*QUESTIONS.names()) if one.is_for_researchers]
    parts = [INTRO, "## What a meeting asks\n", *map(_entry, ask()),
             "## What is asked with a name or a setting\n", "\n".join(_verbs()) + "\n",
             "## What a researcher asks\n", *map(_entry, sorted(researchers, key=lambda one: one.id))]
    return "\n".join(parts)


def words_page() -> str:
    """Return the page of the words."""
    others = {word: sorted(other for other, known in ALSO.items() if known == word) for word in WORDS}
    lines = ["# What the words mean", "",
             "Also at hand as `ag.explain(\"reach\")`. This page is written by `tools/pages.py` from the library's glossary.", ""]
    for word, meaning in WORDS.items():
        also = f" Also: {', '.join(others[word])}." if others[word] else ""
        lines.append(f"- **{word}**: {meaning}{also}")
    return "\n".join(lines) + "\n"


def _entry(question: Question) -> str:
    better = f" {question.better.capitalize()} is better." if question.better else ""
    lines = [f"### {question.id} {question.name}", "", f"*{question.asks}*", "",
             f"- What it is: {question.definition}",
             f"- For: {KINDS[question.about]}. Value: {question.unit}{_span(question)}.{better}",
             f"- No value: {question.undefined}.",
             f"- Say it: \"{_example(question)}\"",
             f"- Source: {question.source}.", ""]
    return "\n".join(lines)


def _span(question: Question) -> str:
    if question.span is None:
        return ", in words"
    low, high = question.span
    return f", {low:g} or more" if high is None else f", {low:g} to {high:g}"


def _example(question: Question) -> str:
    """Return an answer on Peter's map as it is said aloud: one about the school that has something to say, if there is any."""
    peter = cases.peter()
    found = readings(peter, question.name)

    def telling(one: Reading) -> tuple[bool, bool, bool]:
        return (bool(one.reason), "school" not in one.about and bool(one.about), not one.count)

    return say(peter, question.name, min(found, key=telling)) if found else "Peter's map has no such answer."


def _verbs() -> Iterator[str]:
    for id, verb in VERBS:
        first = (inspect.getdoc(verb) or "").partition("\n")[0]
        arguments = [name for name, one in inspect.signature(verb).parameters.items()
                     if one.default is one.empty and one.kind is one.POSITIONAL_OR_KEYWORD]
        yield f"- `{verb.__name__}({', '.join(arguments)})`{f' ({id})' if id else ''}: {first}"


def main() -> int:
    """Write both pages."""
    for name, page in (("measures.md", measures_page()), ("words.md", words_page())):
        (DOCS / name).write_text(page, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
