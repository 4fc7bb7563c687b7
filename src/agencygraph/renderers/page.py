"""A picture as one HTML page: itself, the same in words, and every tie as a table. No scripts, nothing fetched from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from agencygraph.renderers.markup import element, escape
from agencygraph.renderers.pdf import is_across
from agencygraph.renderers.roll import CHANGES, SURE, Roll, Row

_STYLE = """\
:root { color-scheme: light; }
body { font: 16px/1.5 Arial, 'Liberation Sans', Helvetica, 'DejaVu Sans', sans-serif; color: #1a1a1a; background: #fff;
  max-width: 1100px; margin: 0 auto; padding: 16px 24px 48px; }
header { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
h2 { font-size: 22px; margin: 24px 0 8px; } h3 { font-size: 18px; margin: 24px 0 4px; } h4 { font-size: 16px; margin: 16px 0 4px; }
figure { margin: 16px 0; overflow-x: auto; } svg { display: block; width: 100%; min-width: 700px; height: auto; }
svg :focus-visible, .wide:focus-visible { outline: 3px solid #0050b3; outline-offset: 3px; }
ul { margin: 0 0 8px; padding-left: 24px; } p { margin: 0 0 8px; }
@media (min-width: 900px) { .told { display: grid; grid-template-columns: 1fr 1fr; column-gap: 40px; } }
.wide { overflow-x: auto; } table { border-collapse: collapse; font-size: 15px; margin: 8px 0; }
table { min-width: 22em; } caption { text-align: left; padding: 4px 0 8px; color: #4a4a4a; }
thead { border-bottom: 2px solid #1f2a37; }
th, td { text-align: left; vertical-align: top; padding: 4px 16px 4px 0; } tbody tr { border-bottom: 1px solid #c8c8c8; }
tbody th { font-weight: normal; } .grid td { text-align: center; padding: 4px 8px; border-left: 1px solid #c8c8c8; }
.grid tbody th { white-space: nowrap; } .grid thead th { padding: 4px 8px; text-align: center; }
.grid .self { background: #e4e6e9; } .grid .critical { font-weight: bold; }
"""
# The picture has a page to itself, upright or across as it is; words and table follow on upright pages.
# A grid is not printed twice: there the picture is the table.
_PRINT = """\
@page {{ size: A4; margin: 14mm; }} @page picture {{ size: A4 {way}; margin: 10mm; }}
@media print {{ body {{ max-width: none; padding: 0; font-size: 11pt; }} figure {{ page: picture; overflow: visible; margin: 0; }}
  svg {{ min-width: 0; width: auto; max-width: 100%; max-height: {room}mm; margin: 0 auto; }} .wide {{ overflow: visible; }}
  .told {{ display: grid; grid-template-columns: 1fr 1fr; column-gap: 8mm; font-size: 9.5pt; line-height: 1.4; }}
  h2 {{ margin-top: 0; }}
  h2, h3, h4 {{ break-after: avoid; }} table {{ font-size: 9pt; min-width: 0; }} th, td {{ padding: 2px 8px 2px 0; }}
  tr {{ break-inside: avoid; }} thead {{ display: table-header-group; }}
  .below section + section {{ display: none; }} }}
"""


def write_page(svgs: Sequence[str], title: str, text: str, rolls: Sequence[Roll] = (), *, as_grid: bool = False) -> str:
    """Return a picture as a page that stands alone: it can be read aloud, searched, copied into Word, and printed on A4.

    A picture on several leaves prints on as many sheets; one without rolls is no map, and has no table of ties. `as_grid` gives the
    ties as a grid, whoever tells down the side and whoever is told across, in place of a list.
    """
    across = is_across(svgs[0])
    style = _STYLE + (_PRINT.format(way="landscape", room=186) if across else _PRINT.format(way="portrait", room=270))
    marking, said = _marked(title, text)
    head = (element("meta", [("charset", "utf-8")]).replace("/>", ">") + "\n"
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            + element("title", (), escape(title)) + f"\n<style>\n{style}</style>")  # fmt: skip
    header = (element("p", [("class", "marking")], escape(marking)) if marking else "") + element("h1", (), escape(title))
    tables = "\n".join(_table(roll, as_grid) for roll in rolls)
    told = '<div class="below">' if as_grid or not rolls else '<div class="told">'
    ties = f'<section aria-labelledby="ties">\n<h2 id="ties">Every tie</h2>\n{tables}\n</section>\n' if rolls else ""
    figures = "\n".join(f"<figure>\n{svg}</figure>" for svg in svgs)
    body = (f"<header>{header}</header>\n<main>\n{figures}\n{told}\n"
            f'<section aria-labelledby="words">\n<h2 id="words">The same in words</h2>\n{_words(said)}</section>\n'
            f"{ties}</div>\n</main>")  # fmt: skip
    return f'<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n{head}\n</head>\n<body>\n{body}\n</body>\n</html>\n'


def _marked(title: str, text: str) -> tuple[str, list[str]]:
    """The protective marking, which stands above the title in the words, and the words below the title."""
    lines = text.splitlines()
    at = next((number for number, line in enumerate(lines[:2]) if line == title), -1)
    return (lines[0] if at == 1 else ""), lines[at + 1 :]


def _words(lines: Sequence[str]) -> str:
    """Plain words as paragraphs, lists, and headings over the lists."""
    parts: list[str] = []
    for at, line in enumerate(lines):
        follower = lines[at + 1] if at + 1 < len(lines) else ""
        if not line or _is_rule(line):
            continue
        if line.startswith("- "):
            item = element("li", (), escape(line[2:]))
            starts, ends = not lines[at - 1].startswith("- ") if at else True, not follower.startswith("- ")
            parts.append(("<ul>" if starts else "") + item + ("</ul>" if ends else ""))
        else:
            is_rule = _is_rule(follower)
            heads = is_rule or (follower.startswith("- ") and not line.endswith("."))
            # What stands under the heading of one of several maps is a heading below it.
            below = "h4" if any(_is_rule(earlier) for earlier in lines[:at]) else "h3"
            parts.append(element(("h3" if is_rule else below) if heads else "p", (), escape(line)))
    return "".join(f"{part}\n" for part in parts)


def _is_rule(line: str) -> bool:
    return bool(line) and not line.strip("=")


def _table(roll: Roll, as_grid: bool) -> str:
    heading = element("h3", (), escape(roll.heading)) + "\n" if roll.heading else ""
    if not roll.rows and not as_grid:
        return heading + element("p", (), "Nobody tells anybody anything.")
    return heading + (_grid(roll) if as_grid else _list(roll))


# ------------------------------------------------------------------------------------------------------------------- the tables
def _list(roll: Roll) -> str:
    """One row for each tie; columns that would say the same in every row are left out."""
    unsure, changed = (any(row.status != "agreed" for row in roll.rows), any(row.change for row in roll.rows))
    heads = ["Who tells", "Who is told", "Strength", "Ways", *["How sure"] * unsure, *["Change"] * changed]
    labels = roll.labels
    rows = []
    for row in roll.rows:
        more = [row.strength, "both ways" if row.two_way else "one way", *[SURE[row.status]] * unsure]
        more += [CHANGES.get(row.change, row.change)] * changed
        cells = element("th", [("scope", "row")], escape(labels[row.source]))
        cells += "".join(element("td", (), escape(words)) for words in (labels[row.target], *more))
        rows.append(element("tr", [("data-flows", " ".join(row.flows))], cells))
    caption = "Each row is a tie; “both ways” means that each tells the other, and stands once."
    return _wide(roll, caption, _heads(heads), "\n".join(rows))


def _grid(roll: Roll) -> str:
    """One row for whoever tells, one column for whoever is told."""
    said: dict[tuple[str, str], list[Row]] = {}
    for row in roll.rows:
        for ends in row.ways:
            said.setdefault(ends, []).append(row)
    heads = element("th", [("scope", "col")], "Who tells")
    heads += "".join(element("th", [("scope", "col")], escape(person.label)) for person in roll.people)
    rows = []
    for teller in roll.people:
        cells = element("th", [("scope", "row")], escape(teller.label))
        for told in roll.people:
            found = said.get((teller.key, told.key), [])
            kind = [("class", "self")] if teller is told else [("class", found[0].strength)] if found else []
            flows = [flow for row in found for flow in row.flows if flow.startswith(f"{teller.key}>")]
            data = [("data-flows", " ".join(flows))] if flows else []
            cells += element("td", [*kind, *data], escape("; ".join(_cell(row) for row in found)))
        rows.append(element("tr", (), cells))
    caption = "Whoever stands at the side tells whoever stands at the top. An empty cell means that no tie is on the map."
    return _wide(roll, caption, element("tr", (), heads), "\n".join(rows), "wide grid")


def _cell(row: Row) -> str:
    return row.strength + ("" if row.status == "agreed" else f", {SURE[row.status]}")


def _heads(words: Sequence[str]) -> str:
    return element("tr", (), "".join(element("th", [("scope", "col")], word) for word in words))


def _wide(roll: Roll, caption: str, heads: str, rows: str, kind: str = "wide") -> str:
    """A table that scrolls by itself where the page is narrow, and can be scrolled from the keyboard."""
    table = f"<table>\n<caption>{caption}</caption>\n<thead>{heads}</thead>\n<tbody>\n{rows}\n</tbody>\n</table>"
    words = f"Table of ties, {roll.heading}" if roll.heading else "Table of ties"
    name = [("class", kind), ("role", "region"), ("aria-label", words), ("tabindex", "0")]
    return element("div", name, table)
