"""What can be asked on the command line, in words that need no training."""

from __future__ import annotations

import argparse
from typing import Any

from agencygraph import __version__
from agencygraph.cli import caseloads, commands
from agencygraph.cli.sources import PATHWAYS

WELCOME = """\
Maps and measures of the relationships around a child.

A case is a small text file that says who is there and who passes information to whom. From it come a map, a table of
measures, a meeting pack, and a comparison of separate agencies with one school-based team. Nothing leaves this computer.
Maps and tables show public labels such as "Mother", never names, unless you ask for names."""

FIRST_STEPS = """\
first steps:
  agencygraph demo                              maps of three cases of the study, to look at in a browser
  agencygraph template case.xlsx                a workbook to fill in; or write a text file, as the documentation says
  agencygraph check case.xlsx                   is the file right? if not: what, where, how to mend it
  agencygraph map case.xlsx -o map.svg          draw the map
  agencygraph findings case.xlsx                what stands out, with a question for the meeting
  agencygraph pack case.xlsx -o pack.pdf        the papers for the meeting"""

LOAD = ("a .parquet file with one row a case or a folder of such files, a .jsonl file with one case a line, a folder of case files "
        "or of three tables")
GROUPINGS = ("band", "complexity", "situation", "arrangement")
TEAMS = ("bexley_2005", "macpt_2026")  # as agencygraph.templates.names() has them; opening that room takes too long for a help text
SHOW = 'what comes forward: isolation, "single points", spread:ID, gaps, disputed'
PICTURES = "the file to write: .svg, .png or .pdf (a picture), .html (a page), .txt (the map in words), .dot (Graphviz)"


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    parser = argparse.ArgumentParser(prog="agencygraph", description=WELCOME, epilog=FIRST_STEPS,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--version", action="version", version=f"agencygraph {__version__}")
    verbs = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_files(verbs)
    _add_maps(verbs)
    _add_answers(verbs)
    _add_meeting(verbs)
    _add_caseload(verbs)
    return parser


def _add(verbs: Any, name: str, run: object, help: str, description: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = verbs.add_parser(name, help=help, description=description)
    parser.set_defaults(run=run)
    return parser


def _add_files(verbs: Any) -> None:
    demo = _add(verbs, "demo", commands.demo, "write maps, tables and a page of the study's three cases",
                "Write for Peter, James and Tina the map of separate agencies, the map of one school-based team, both on one "
                "sheet, a table of measures, and a page of them all.")
    demo.add_argument("folder", nargs="?", default="agencygraph-demo", help="where to write (default: agencygraph-demo)")

    template = _add(verbs, "template", commands.template, "write an Excel workbook to fill in",
                    "Write a workbook with three sheets (case, actors, ties), lists to choose from, and help in each column.")
    template.add_argument("output", metavar="OUT.xlsx", help="the workbook to write; a file that is there is not replaced")

    check = _add(verbs, "check", commands.check, "is a case file right?",
                 "Read case files and say what is wrong with them, if anything: which line, what, and how to mend it.")
    check.add_argument("files", nargs="+", metavar="FILE", help="a case file (.yaml, .json, .xlsx) or a folder of tables (.csv)")


def _add_maps(verbs: Any) -> None:
    draw = _add(verbs, "map", commands.map_, "draw the map of a case", "Draw the map of a case.")
    draw.add_argument("file", metavar="FILE", help="a case file")
    draw.add_argument("--show", default="", metavar="WHAT", help=SHOW)
    draw.add_argument("--style", choices=("lanes", "mind map", "continuum"), default="",
                      help="another picture than the map: the chronology step by step (lanes), or the action plan")
    _add_drawing(draw)

    compare = _add(verbs, "compare", commands.compare, "draw before and after, and say what changed",
                   "Draw two maps of a case with everybody in the same place, and list what changed.")
    compare.add_argument("before", metavar="BEFORE", help="the case file of the earlier map")
    compare.add_argument("after", metavar="AFTER", help="the case file of the later map")
    compare.add_argument("--style", choices=("panels", "stacked", "change", "lanes"), default="panels",
                         help="both maps (panels, stacked), one map on which every change is numbered (change), or both "
                              "chronologies step by step (lanes)")
    _add_drawing(compare)


    other = _add(verbs, "draw", commands.draw_, "draw a team, a pathway, a plan or a case",
                 "Draw a file of your own (a case, or a template of a team), or what comes with the library: a team "
                 f"({', '.join(TEAMS)}), a pathway ({', '.join(PATHWAYS)}), or a case of the study (peter, james, tina, ...). "
                 "A pathway is drawn step by step, a team with its workload.")
    other.add_argument("what", metavar="WHAT", help="a file, or the name of what comes with the library")
    other.add_argument("after", metavar="AFTER", nargs="?", default="",
                       help="a later case, or another pathway to stand beside the first")
    other.add_argument("--style", choices=("panels", "stacked", "change", "lanes", "mind map", "continuum"), default="",
                       help="of two cases: panels, stacked, change; of a chronology: lanes; of an action plan: \"mind map\", "
                            "continuum")
    other.add_argument("--show", default="", metavar="WHAT", help=SHOW)
    _add_drawing(other)


def _add_answers(verbs: Any) -> None:
    measure = _add(verbs, "measure", commands.measure, "every measure of a case as a table",
                   "Print the measures of a case as a table, or write them to a file for Excel.")
    measure.add_argument("file", metavar="FILE", nargs="?", help="a case file")
    measure.add_argument("measures", nargs="*", metavar="MEASURE", help="names of measures, such as isolation (default: all)")
    measure.add_argument("-o", "--output", metavar="OUT.csv", help="write the table to this file")
    measure.add_argument("--list", action="store_true", help="say what each measure answers, and stop")
    _add_names(measure)

    findings = _add(verbs, "findings", commands.findings, "what stands out, in sentences",
                    "Say what stands out on a map, or between two maps, with the ties that prove it, how sure it is, and a "
                    "question for the meeting.")
    findings.add_argument("file", metavar="FILE", help="a case file")
    findings.add_argument("after", metavar="AFTER", nargs="?", help="a later map of the same case")
    _add_names(findings)

    knew = _add(verbs, "knew", commands.knew, "who knew what when, by the dated events",
                "Say by the chronology of a case who came to know what one actor knew, by when surely or perhaps, and who "
                "never did.")
    knew.add_argument("file", metavar="FILE", help="a case file with a chronology")
    knew.add_argument("who", metavar="ID", help="the id of the one who knew something")
    knew.add_argument("--since", metavar="DATE", help="from when on: 2002, 2002-05 or 2002-05-14 (default: all events)")
    knew.add_argument("--until", metavar="DATE", help="when to stop (default: the last event)")
    _add_names(knew)


def _add_meeting(verbs: Any) -> None:
    pack = _add(verbs, "pack", commands.pack, "the papers for a meeting",
                "Write the papers for a meeting: story, maps, what stands out, figures, action plan and caveats.")
    pack.add_argument("files", nargs="*", metavar="FILE", help="case files, in the order of the meeting")
    pack.add_argument("-o", "--output", metavar="OUT.pdf", required=True, help="the file to write: .pdf, .html or .docx")
    pack.add_argument("--before-after", action="store_true", help="take the files as pairs: before, after, before, after")
    pack.add_argument("--audience", choices=("practitioners", "family", "research"), default="practitioners",
                      help="who will read it (default: practitioners)")
    pack.add_argument("--team", action="append", default=[], metavar="TEAM",
                      help="a team with its workload, behind the cases: a template file, or the name of a shipped one "
                           f"({', '.join(TEAMS)})")
    pack.add_argument("--pathway", action="append", nargs="+", default=[], metavar=("FILE", "OTHER"),
                      help="a pathway step by step, or two side by side, behind the cases: case files with a chronology, or "
                           f"{' and '.join(PATHWAYS)}")
    pack.add_argument("--pages", type=int, choices=(1,), help="1: one page for each case")
    _add_headings(pack)
    _add_names(pack)

    plan = _add(verbs, "plan", commands.plan, "questions for the meeting's action plan",
                "Print the action plan of a case with suggested questions, draw it, or write the case with them to a new file.")
    plan.add_argument("file", metavar="FILE", help="a case file")
    plan.add_argument("-o", "--output", metavar="OUT", help="a picture (.svg, .png, .pdf, .html, .txt) draws the plan; a case "
                      "file (.yaml, .json, .xlsx) holds the case with the questions in its plan")
    plan.add_argument("--style", choices=("mind map", "continuum"), default="mind map",
                      help='the questions on four branches ("mind map"), or the cycle of the themes with their counts (continuum)')
    _add_look(plan)

    leaks = _add(verbs, "leaks", commands.leaks, "do files hold words that must not leave?",
                 "Look for private words in files that are about to be handed round: in their names, their contents, and what is "
                 "packed inside (PDF, Word, Excel, pictures).")
    leaks.add_argument("files", nargs="+", metavar="FILE", help="files or folders to look through")
    leaks.add_argument("--words", required=True, metavar="WORDS.txt", help="a text file with one private word or name a line")


def _add_caseload(verbs: Any) -> None:
    caseload: argparse.ArgumentParser = verbs.add_parser(
        "caseload", help="measure, count and compare many cases",
        description="Measure every case of a caseload, or make tables and maps of all of them together. Tables and maps of all "
                    "together withhold small numbers, so that they may be published.",
        epilog="To try it without a child's data: agencygraph generate 2000 -o made_up.parquet")  # fmt: skip
    many = caseload.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_measures(many)
    _add_tables(many)

    generate = _add(verbs, "generate", caseloads.generate, "make up a caseload to try things on",
                    "Write a caseload of made-up cases, so that nobody needs a child's data to try things out.")
    generate.add_argument("count", type=int, metavar="N", help="how many cases")
    generate.add_argument("-o", "--output", metavar="OUT.parquet", required=True, help="the Parquet file to write")
    generate.add_argument("--seed", type=int, default=1, help="another number makes other cases (default: 1)")


def _add_measures(many: Any) -> None:
    measure = _add(many, "measure", caseloads.measure, "one row of measures for each case",
                   "Answer the core questions of every case. A run over a Parquet caseload that was stopped goes on where it was. "
                   "One row is one case, with nothing withheld: not for publication.")
    measure.add_argument("file", metavar="LOAD", help=LOAD)
    measure.add_argument("-o", "--output", metavar="OUT", required=True, help="the file to write: .parquet or .csv")
    measure.add_argument("--jobs", type=int, metavar="N", help="how many run at once (default: one for each core)")
    measure.add_argument("--kernel", choices=("auto", "compiled", "plain"), default="auto",
                         help="compiled is quick and needs numba; plain needs nothing (default: compiled where it can be)")


def _add_tables(many: Any) -> None:
    table = _add(many, "table", caseloads.table, "how many cases of each kind, small numbers withheld",
                 "Count the cases of each group in each other group, with totals.")
    table.add_argument("file", metavar="LOAD", help=LOAD)
    for name, default in (("--rows", "band"), ("--columns", "situation")):
        table.add_argument(name, choices=GROUPINGS, default=default, help=f"(default: {default}; complexity is the same as band)")
    _add_protected(table, "the file to write: .csv or .parquet")

    compare = _add(many, "compare", caseloads.compare, "what changed over many cases, small numbers withheld",
                   "Say of each measure in how many cases it is better, the same or worse, and whether that could be chance.")
    compare.add_argument("before", metavar="BEFORE", help=f"the earlier maps: {LOAD}")
    compare.add_argument("after", metavar="AFTER", help="the later maps of the same children, kept in the same way")
    compare.add_argument("--measures", nargs="+", default=(), metavar="MEASURE", help="names of measures, such as isolation")
    compare.add_argument("--ties", choices=("both", "any", "firm"), default="both", help="over which ties (default: both)")
    compare.add_argument("--by", choices=GROUPINGS, default="", help="each group by itself too")
    compare.add_argument("--pair", choices=("name", "title", "position", "child"), default="",
                         help="what says which maps belong together: the private name, the title, the order, or the number of the "
                         "child in Parquet files (default: names; in Parquet the numbers; where some have none, the order)")
    _add_protected(compare, "the file to write: .csv or .parquet")

    network = _add(many, "network", caseloads.network, "who tells whom in the partnership, small numbers withheld",
                   "Show over all cases who tells whom, in how many cases, and how often firmly.")
    network.add_argument("file", metavar="LOAD", help=LOAD)
    network.add_argument("--by", choices=("label", "agency", "sector"), default="label", help="what counts as one (default: label)")
    network.add_argument("--matrix", action="store_true", help="a column for each that is told, in place of a row for each pair")
    network.add_argument("--marking", default="", help='a protective marking for a map, such as "OFFICIAL-SENSITIVE"')
    _add_protected(network, f"the file to write: .csv or .parquet (a table), or {', '.join(caseloads.PICTURES)} (a map)")


def _add_protected(parser: argparse.ArgumentParser, output: str) -> None:
    parser.add_argument("-o", "--output", metavar="OUT", required=True, help=output)
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--threshold", type=int, default=5, metavar="N", help="withhold numbers below this one (default: 5)")
    which.add_argument("--unprotected", action="store_true", help="show small numbers too: never for publication")


def _add_drawing(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-o", "--output", metavar="OUT.svg", required=True, help=PICTURES)
    _add_look(parser)


def _add_look(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--theme", default="print", help='"print", "greyscale", "high contrast" or "large print"')
    parser.add_argument("--page", default="", help='the paper: A4, "A4 portrait", A3 or "A3 portrait" (default: A4)')
    parser.add_argument("--layout", default="", metavar="PLACES",
                        help="of maps: kept (the places that stand in the file) or fresh (new ones)")
    _add_headings(parser)
    _add_names(parser)


def _add_headings(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--title", default="", help="a heading of your own; it is printed as you give it")
    parser.add_argument("--marking", default="", help='a protective marking, such as "OFFICIAL-SENSITIVE"')


def _add_names(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--names", action="store_true", help="show private names instead of labels")
