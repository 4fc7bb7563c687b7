"""What each command does: read, ask the library, write, and say in words what was written."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agencygraph.captions import counted
from agencygraph.cli.sources import PATHWAYS, case_of, comparison, named, names_as_labels, one_case, pathway, someone_on, team
from agencygraph.errors import FileError, InvalidError

if TYPE_CHECKING:
    from agencygraph.comparison import Comparison
    from agencygraph.drawing import Words
    from agencygraph.model import Case
    from agencygraph.packs.arrangements import Arrangement

CASE_FILES = (".yaml", ".yml", ".json", ".xlsx")
_PICTURES = (".svg", ".png", ".pdf", ".html", ".txt")


def demo(asked: argparse.Namespace) -> int:
    """Write the demonstration."""
    from agencygraph.demo import write_demo

    for line in write_demo(Path(asked.folder)):
        print(line)
    return 0


def template(asked: argparse.Namespace) -> int:
    """Write an empty workbook, unless a file of that name is there: somebody may have filled it in."""
    from agencygraph.formats.workbook_writer import write_template

    if not asked.output.lower().endswith(".xlsx"):
        raise FileError(f"{asked.output}: a workbook is kept in a file that ends in .xlsx.")
    if Path(asked.output).exists():
        raise FileError(f"{asked.output} is there already and is left as it is. Choose another name, or move the file first.")
    write_template(asked.output)
    print(f"{asked.output}: the workbook is written. Fill in its three sheets, then: agencygraph check {asked.output}")
    return 0


def check(asked: argparse.Namespace) -> int:
    """Read files and say what is wrong with each."""
    from agencygraph.formats import read
    from agencygraph.model import Case

    wrong = 0
    for path in asked.files:
        try:
            found = read(path)
            someone_on(found, path)
        except InvalidError as error:
            wrong += 1
            print(f"agencygraph: {error}", file=sys.stderr)
            continue
        for case in [found] if isinstance(found, Case) else found:
            print(f"{path}: all well. {case.heading}: {case.arrangement}, {counted(len(case.actors), 'actor')}, "
                  f"{counted(len(case.ties), 'tie')}.")
            for label in names_as_labels(case):
                print(f"agencygraph: {path}: mind that '{label}' is a label, which everybody sees, and seems to be somebody's "
                      "name. Say who it is, such as Child or Mother, and keep the name in the field Name.", file=sys.stderr)
    return 1 if wrong else 0


def map_(asked: argparse.Namespace) -> int:
    """Draw one case."""
    from agencygraph.drawing import draw

    draw(one_case(asked.file), style=asked.style, show=asked.show, theme=asked.theme, **_words(asked)).save(asked.output)
    print(f"{asked.output}: the {'picture' if asked.style else 'map'} is written.")
    return 0


def draw_(asked: argparse.Namespace) -> int:
    """Draw whatever can be drawn: a team, a pathway, a plan, a case, or two of them."""
    from agencygraph.comparison import compare as compare_cases
    from agencygraph.drawing import draw
    from agencygraph.templates import Template

    first = named(asked.what)
    if asked.after and isinstance(first, Template):
        raise FileError(f"{asked.what} is a team, and a team is drawn by itself: leave {asked.after} out.")
    style: Any = asked.style or ("lanes" if asked.what in PATHWAYS else "")
    what: Any = first if not asked.after or isinstance(first, Template) else compare_cases(first, case_of(asked.after))
    draw(what, style=style, show=asked.show, theme=asked.theme, **_words(asked)).save(asked.output)
    print(f"{asked.output}: the picture is written.")
    return 0


def _words(asked: argparse.Namespace) -> Words:
    """What may be asked of every picture besides its style."""
    return {"names": asked.names, "title": asked.title, "marking": asked.marking, "page": asked.page, "layout": asked.layout}


def compare(asked: argparse.Namespace) -> int:
    """Draw two maps of a case and list what changed."""
    from agencygraph.comparison.tables import change_table
    from agencygraph.drawing import draw

    change = comparison(asked.before, asked.after)
    draw(change, style=asked.style, theme=asked.theme, **_words(asked)).save(asked.output)
    print(f"{asked.output}: the comparison is written. What changed:")
    print(change_table(change, names=asked.names))
    return 0


def measure(asked: argparse.Namespace) -> int:
    """Print or write the measures of a case."""
    from agencygraph import measures

    if asked.list:
        print(measures.catalogue())
        return 0
    if asked.file is None:
        raise FileError("name a case file to measure, or ask for --list to see what there is to measure.")
    table = measures.measure(one_case(asked.file), *asked.measures, names=asked.names)
    if asked.output:
        table.to_csv(asked.output)
        print(f"{asked.output}: {len(table)} rows are written.")
    else:
        print(table)
    return 0


def findings(asked: argparse.Namespace) -> int:
    """Print what stands out on a map or between two."""
    from agencygraph import conclusions

    what = comparison(asked.file, asked.after) if asked.after else one_case(asked.file)
    print(conclusions.findings(what, names=asked.names))
    return 0


def knew(asked: argparse.Namespace) -> int:
    """Print who came to know what one actor knew, and when."""
    from agencygraph.measures.who_knew import who_knew

    print(who_knew(one_case(asked.file), asked.who, since=asked.since, until=asked.until, names=asked.names))
    return 0


def pack(asked: argparse.Namespace) -> int:
    """Write the papers for a meeting."""
    from agencygraph import packs

    if asked.before_after and len(asked.files) % 2:
        raise FileError(f"--before-after takes files in pairs: before, after; {len(asked.files)} were named.")
    what: list[Case | Comparison]
    if asked.before_after:
        what = [comparison(before, after) for before, after in zip(asked.files[::2], asked.files[1::2], strict=True)]
    else:
        what = [one_case(path) for path in asked.files]
    beside: list[Arrangement] = [*map(team, asked.team), *map(pathway, asked.pathway)]
    if not what and not beside:
        raise FileError("name a case file, or what else is to go into the pack: --team, --pathway.")
    papers = packs.pack(what[0] if len(what) == 1 else what, title=asked.title, audience=asked.audience, pages=asked.pages,
                        marking=asked.marking, names=asked.names, arrangements=beside)
    papers.save(asked.output)
    print(f"{asked.output}: the pack is written.")
    return 0


def plan(asked: argparse.Namespace) -> int:
    """Print the action plan with suggested questions, draw it, or write the case with them."""
    from agencygraph.drawing import draw
    from agencygraph.formats import write
    from agencygraph.planning import with_suggestions

    case = with_suggestions(one_case(asked.file))
    if asked.output and asked.output.lower().endswith(_PICTURES):
        draw(case, style=asked.style, theme=asked.theme, **_words(asked)).save(asked.output)
        print(f"{asked.output}: the plan is drawn, with {len(case.plan)} questions.")
        return 0
    if asked.output and not asked.output.lower().endswith(CASE_FILES):
        raise FileError(f"{asked.output}: end the name in {', '.join(_PICTURES)} to draw the plan, or in {', '.join(CASE_FILES)} "
                        "to write the case with the questions in its plan.")
    if asked.output:
        write(case, asked.output)
        print(f"{asked.output}: the case is written with {len(case.plan)} questions in its plan.")
        return 0
    for theme, questions in case.plan.by_theme():
        print(f"{theme.capitalize()}:")
        for question in questions:
            print(f"  - {question.text}{' (suggested)' if question.suggested else ''}")
    return 0


def leaks(asked: argparse.Namespace) -> int:
    """Say which files hold private words; the words themselves are not repeated."""
    from agencygraph.leaks import find_leaks

    try:
        words = [word for line in Path(asked.words).read_text(encoding="utf-8-sig").splitlines() if (word := line.strip())]
    except (OSError, UnicodeDecodeError) as error:
        raise FileError(f"{asked.words}: cannot be read as a text file in UTF-8: {error}") from None
    if not words:
        raise FileError(f"{asked.words} holds no words; write one private word or name on each line.")
    found = find_leaks(words, asked.files)
    for leak in found:
        print(leak)
    told = f"{counted(len(found), 'place')} to mend" if found else "none stands there"
    print(f"{counted(len(words), 'word')} looked for: {told}.")
    return 1 if found else 0
