"""The demonstration: the study's three cases as maps, tables and one page to look at in a browser."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from agencygraph import cases
from agencygraph.comparison import compare
from agencygraph.comparison.key_figures import key_figures
from agencygraph.conclusions import findings
from agencygraph.drawing import draw, draw_pair
from agencygraph.errors import FileError
from agencygraph.files import replace_file
from agencygraph.measures import measure

if TYPE_CHECKING:
    from agencygraph.comparison import Comparison
    from agencygraph.conclusions import Findings
    from agencygraph.drawing import Map

STUDY = "N. Johnson, EdD thesis, Institute of Education, London: the London Borough of Bexley, 2004 to 2005"
HEADINGS = ("Before: separate agencies", "After: one school-based team")

STYLE = """\
body { font: 16px/1.5 Arial, 'Liberation Sans', Helvetica, sans-serif; color: #1a1a1a; background: #fff; max-width: 1080px;
  margin: 0 auto; padding: 24px; }
h1 { font-size: 30px; margin: 0 0 8px; }
h2 { font-size: 24px; margin: 48px 0 8px; border-top: 2px solid #1f2a37; padding-top: 24px; }
h3 { font-size: 18px; margin: 24px 0 8px; } h4 { font-size: 16px; margin: 16px 0 0; }
li { margin: 4px 0; } nav a { margin-right: 16px; } a { color: #00507d; }
img { display: block; width: 100%; height: auto; border: 1px solid #c8c8c8; }
pre { font: inherit; white-space: pre-wrap; } summary { cursor: pointer; padding: 8px 0; color: #00507d; }
table { border-collapse: collapse; font-size: 14px; } caption { text-align: left; padding: 8px 0; }
th, td { text-align: left; vertical-align: top; padding: 4px 12px 4px 0; border-bottom: 1px solid #d9d9d9; }
.wide { overflow-x: auto; } .note { color: #4a4a4a; }
@media print { h2 { break-before: page; } details { display: none; } }"""


def write_demo(folder: Path) -> Iterator[str]:
    """Write the maps, the tables and the page into a folder, and say in words what each file is.

    Parameters
    ----------
    folder
        Where to write; it is made where it is missing. Files of the same names are replaced, others are left alone.

    Yields
    ------
    str
        One line for each file, as it is written.

    Raises
    ------
    FileError
        Where the folder cannot be made or written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = "a file of that name is in the way" if folder.exists() else error.strerror
        raise FileError(f"{folder}: cannot make the folder: {reason}. Choose another folder.") from None
    sections = []
    for name in ("peter", "james", "tina"):
        change = compare(getattr(cases, name)(narrative=True), cases.integrated(name))
        before, after = draw_pair(change)
        both = draw(change)
        heading = change.before.heading
        for drawn, part, words in ((before, "before", "separate agencies"), (after, "after", "one school-based team"),
                                   (both, "comparison", "both maps, everybody in the same place")):
            drawn.save(folder / f"{name}-{part}.svg")
            yield f"{folder / f'{name}-{part}.svg'}: {heading}: {words}"
        table = measure(change)
        table.to_csv(folder / f"{name}-measures.csv")
        yield f"{folder / f'{name}-measures.csv'}: {heading}: every measure, before and after"
        sections.append(_section(name, change, (before, after)))
    replace_file(folder / "index.html", _page(sections).encode("utf-8"))
    yield f"{folder / 'index.html'}: all of them on one page; open it in a browser"


def _page(sections: list[str]) -> str:
    """Return the page: one file, no scripts, nothing fetched from elsewhere; the pictures lie beside it."""
    links = "".join(f'<a href="#{name}">{name.title()}</a>' for name in ("peter", "james", "tina"))
    return f"""<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Three cases, before and after: separate agencies and one school-based team</title>
<style>
{STYLE}
</style>
</head>
<body>
<main>
<h1>Three cases, before and after</h1>
<p>Who passes information to whom around a child: when separate agencies work together, and with one school-based team.
The maps follow the study of Bexley's children's services ({escape(STUDY)}); the children's names are the study's pseudonyms.
The printed figures are lost: the ties are read from the text, and most strengths are a reading of it.</p>
<p>These are maps of arrangements, not of people's worth. The later maps show an arrangement as it was planned, not its effect
on a child.</p>
<nav aria-label="Cases">{links}</nav>
{"".join(sections)}
</main>
</body>
</html>
"""


def _section(name: str, change: Comparison, maps: tuple[Map, Map]) -> str:
    parts = [f'<h2 id="{name}">{escape(change.before.heading)}</h2>', f"<p>{escape(change.before.description)}</p>"]
    for drawn, part, words, case in zip(maps, ("before", "after"), HEADINGS, (change.before, change.after), strict=True):
        parts.append(f'<h3>{words}</h3><a href="{name}-{part}.svg"><img src="{name}-{part}.svg" '
                     f'alt="Map of {escape(change.before.heading, quote=True)}. {words}. The same in words follows."></a>'
                     f"<details><summary>This map in words</summary><pre>{escape(drawn.text)}</pre></details>"
                     f"<h4>What stands out</h4>{_list(findings(case))}")
    parts.append(f'<h3>What is different</h3><div class="wide">{key_figures(change)._repr_html_()}</div>'
                 f"{_list(findings(change))}<details><summary>Every tie that changed</summary>"
                 f'<div class="wide">{change.table._repr_html_()}</div></details>'
                 f'<p class="note">Both maps <a href="{name}-comparison.svg">on one sheet</a>; every measure '
                 f'<a href="{name}-measures.csv">as a table for Excel</a>.</p>')
    return "\n".join(parts)


def _list(found: Findings) -> str:
    """Return sentences with the question that each puts to a meeting."""
    items = (f"<li>{escape(finding.sentence)} <em>{escape(finding.question)}</em></li>" for finding in found)
    return f"<ul>{''.join(items)}</ul>"
