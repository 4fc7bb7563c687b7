"""What a word on the command line means: a file of one's own, or a team, a pathway or a case that comes with the library."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from agencygraph.errors import FileError, did_you_mean

if TYPE_CHECKING:
    from agencygraph.comparison import Comparison
    from agencygraph.model import Case, Caseload
    from agencygraph.templates import Template

PATHWAYS = ("pathway_today", "pathway_alternative")


def one_case(path: str) -> Case:
    """Read a file that must hold a single case."""
    from agencygraph.formats import read
    from agencygraph.model import Case

    found = read(path)
    if not isinstance(found, Case):
        raise FileError(f"{path} holds {len(found)} cases; this command takes one. Put the case in a file of its own.")
    someone_on(found, path)
    return found


def someone_on(found: Case | Caseload, path: str) -> None:
    """Say where a file, such as a workbook that was not filled in, holds a case with nobody on it."""
    from agencygraph.model import Case

    if isinstance(found, Case) and not found.actors:
        raise FileError(f"{path}: nobody is on this case yet. Fill in the sheet Actors of the workbook, or 'actors:' of the text "
                        "file.")


def comparison(before: str, after: str) -> Comparison:
    """Read two files of one case."""
    from agencygraph.comparison import compare

    return compare(one_case(before), one_case(after))


def names_as_labels(case: Case) -> tuple[str, ...]:
    """Return labels of the family that are, or are part of, a private name: whoever typed it there may not know that it shows."""
    if case.names_published:
        return ()
    private = {word for name in (case.name, *(actor.name for actor in case.actors if actor.is_family))
               for word in name.casefold().split()}  # fmt: skip
    return tuple(actor.label for actor in case.actors
                 if actor.is_family and actor.label and set(actor.label.casefold().split()) <= private)


def named(word: str) -> Case | Template:
    """Open what a word means: a file where there is one, else what comes with the library under that name."""
    from agencygraph import cases, templates

    if os.path.exists(word) or "." in os.path.basename(word) or os.sep in word:
        return templates.load(word) if _is_template(word) else one_case(word)
    if word in templates.names():
        return templates.load(word)
    if word in PATHWAYS:
        return cases.pathway(word.removeprefix("pathway_"))
    if word in cases.names():
        return cases.load(word)
    known = (*templates.names(), *PATHWAYS, *cases.names())
    raise FileError(f"there is no file '{word}', and nothing of that name comes with the library.{did_you_mean(word, known)} "
                    f"Teams: {', '.join(templates.names())}. Pathways: {', '.join(PATHWAYS)}. Cases: {', '.join(cases.names())}.")


def team(word: str) -> Template:
    """Open a team: a template that comes with the library, or a file of one."""
    from agencygraph.templates import Template

    found = named(word)
    if not isinstance(found, Template):
        raise FileError(f"{word} is a case, not a team. A team is a file that begins with 'template: 1', or the name of one that "
                        "comes with the library, such as bexley_2005.")
    return found


def pathway(words: Sequence[str]) -> Case | Comparison:
    """Open a pathway, or two to stand side by side."""
    from agencygraph.comparison import compare

    if len(words) > 2:
        raise FileError(f"a pathway is one file, or two to stand side by side; {len(words)} were named.")
    found = [case_of(word) for word in words]
    return compare(found[0], found[1]) if len(found) > 1 else found[0]


def case_of(word: str) -> Case:
    """Open a case: a file, or one that comes with the library."""
    from agencygraph.templates import Template

    found = named(word)
    if isinstance(found, Template):
        raise FileError(f"{word} is a team, and a team is drawn by itself; here a case is wanted.")
    return found


def _is_template(path: str) -> bool:
    """Say whether a file is a template, by the field that every template begins with."""
    if not path.lower().endswith((".yaml", ".yml")) or not os.path.isfile(path):
        return False
    try:
        with open(path, encoding="utf-8-sig", errors="replace") as file:
            return any(line.startswith("template:") for line in file)
    except OSError:
        return False  # reading it as a case says what is wrong
