"""The command line: agencygraph demo | check | map | compare | measure.

Exit status: 0 all well, 1 a file or a request is wrong (one clear message says what and how to mend it), 2 the command itself
is misspelt.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from agencygraph import __version__
from agencygraph.errors import AgencyGraphError, FileError, InvalidError

if TYPE_CHECKING:
    from agencygraph.model import Case

WELCOME = """\
Maps and measures of the relationships around a child.

A case is a small text file that says who is there and who passes information to whom. From it come a map, a table of
measures, and a comparison of separate agencies with one school-based team. Nothing leaves this computer. Maps and tables
show public labels such as "Mother", never names, unless you ask for names."""

FIRST_STEPS = """\
first steps:
  agencygraph demo                              maps of three cases of the study, to look at in a browser
  agencygraph check case.yaml                   is the file right? if not: what, where, how to mend it
  agencygraph map case.yaml -o map.svg          draw the map
  agencygraph compare before.yaml after.yaml -o change.svg
  agencygraph measure case.yaml                 every measure as a table"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status."""
    _speak_utf8()
    asked = _parser().parse_args(argv)
    try:
        status: int = asked.run(asked)
        sys.stdout.flush()
    except AgencyGraphError as error:
        print(f"agencygraph: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        # Whoever was reading (head, more) has gone; that is no fault, but the interpreter would complain on closing.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        print("agencygraph: stopped; no half-written file is left behind.", file=sys.stderr)
        return 1
    return status


def _speak_utf8() -> None:
    """Let a Windows console print every label: what it cannot show is escaped, never an error."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="agencygraph", description=WELCOME, epilog=FIRST_STEPS,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--version", action="version", version=f"agencygraph {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    demo = commands.add_parser("demo", help="write maps, tables and a page of the study's three cases",
                               description="Write for Peter, James and Tina the map of separate agencies, the map of one "
                                           "school-based team, both on one sheet, a table of measures, and a page of them all.")
    demo.add_argument("folder", nargs="?", default="agencygraph-demo", help="where to write (default: agencygraph-demo)")
    demo.set_defaults(run=_demo)

    check = commands.add_parser("check", help="is a case file right?",
                                description="Read case files and say what is wrong with them, if anything: which line, what, "
                                            "and how to mend it.")
    check.add_argument("files", nargs="+", metavar="FILE", help="a case file (.yaml, .json) or a folder of tables (.csv)")
    check.set_defaults(run=_check)

    draw = commands.add_parser("map", help="draw the map of a case", description="Draw the map of a case.")
    draw.add_argument("file", metavar="FILE", help="a case file")
    _add_drawing_options(draw)
    draw.set_defaults(run=_map)

    compare = commands.add_parser("compare", help="draw before and after, and say what changed",
                                  description="Draw two maps of a case with everybody in the same place, and list what changed.")
    compare.add_argument("before", metavar="BEFORE", help="the case file of the earlier map")
    compare.add_argument("after", metavar="AFTER", help="the case file of the later map")
    _add_drawing_options(compare)
    compare.set_defaults(run=_compare)

    measure = commands.add_parser("measure", help="every measure of a case as a table",
                                  description="Print the measures of a case as a table, or write them to a file for Excel.")
    measure.add_argument("file", metavar="FILE", help="a case file")
    measure.add_argument("measures", nargs="*", metavar="MEASURE", help="names of measures, such as isolation (default: all)")
    measure.add_argument("-o", "--output", metavar="OUT.csv", help="write the table to this file")
    measure.add_argument("--list", action="store_true", help="say what each measure answers, and stop")
    _add_names_option(measure)
    measure.set_defaults(run=_measure)
    return parser


def _add_drawing_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-o", "--output", metavar="OUT.svg", required=True,
                        help="the file to write: .svg (a picture) or .txt (the map in words)")
    parser.add_argument("--title", default="", help="a heading of your own; it is printed as you give it")
    parser.add_argument("--marking", default="", help='a protective marking, such as "OFFICIAL-SENSITIVE"')
    _add_names_option(parser)


def _add_names_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--names", action="store_true", help="show private names instead of labels")


def _one_case(path: str) -> Case:
    """Read a file that must hold a single case."""
    from agencygraph.formats import read
    from agencygraph.model import Case

    found = read(path)
    if not isinstance(found, Case):
        raise FileError(f"{path} holds {len(found)} cases; this command takes one. Put the case in a file of its own.")
    return found


def _demo(asked: argparse.Namespace) -> int:
    from agencygraph.demo import write_demo

    for line in write_demo(Path(asked.folder)):
        print(line)
    return 0


def _check(asked: argparse.Namespace) -> int:
    from agencygraph.formats import read
    from agencygraph.model import Case

    wrong = 0
    for path in asked.files:
        try:
            found = read(path)
        except InvalidError as error:
            wrong += 1
            print(f"agencygraph: {error}", file=sys.stderr)
            continue
        for case in [found] if isinstance(found, Case) else found:
            print(f"{path}: all well. {case.heading}: {case.arrangement}, {len(case.actors)} actors, {len(case.ties)} ties.")
    return 1 if wrong else 0


def _map(asked: argparse.Namespace) -> int:
    from agencygraph.drawing import draw

    drawn = draw(_one_case(asked.file), names=asked.names, title=asked.title, marking=asked.marking)
    drawn.save(asked.output)
    print(f"{asked.output}: the map is written.")
    return 0


def _compare(asked: argparse.Namespace) -> int:
    from agencygraph.comparison import compare
    from agencygraph.drawing import draw

    change = compare(_one_case(asked.before), _one_case(asked.after))
    draw(change, names=asked.names, title=asked.title, marking=asked.marking).save(asked.output)
    print(f"{asked.output}: the two maps are written. What changed:")
    print(change.table)
    return 0


def _measure(asked: argparse.Namespace) -> int:
    from agencygraph import measures

    if asked.list:
        print(measures.catalogue())
        return 0
    table = measures.measure(_one_case(asked.file), *asked.measures, names=asked.names)
    if asked.output:
        table.to_csv(asked.output)
        print(f"{asked.output}: {len(table)} rows are written.")
    else:
        print(table)
    return 0
