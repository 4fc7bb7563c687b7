"""A document as one HTML page: pictures inside it, no scripts, nothing fetched from elsewhere, printed on A4 leaf by leaf."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from agencygraph.packs.document import (
    PICTURES,
    ROW,
    SHORT,
    TOGETHER,
    WORDS,
    Block,
    Columns,
    Contents,
    Document,
    Entry,
    Grid,
    Heading,
    Leaf,
    Listing,
    Margins,
    Paragraph,
    Picture,
    kept_of,
)
from agencygraph.renderers.markup import element, escape, num

_STYLE = """\
:root { color-scheme: light; }
body { font: 16px/1.5 Arial, 'Liberation Sans', Helvetica, 'DejaVu Sans', sans-serif; color: #1a1a1a; background: #fff;
  max-width: 1000px; margin: 0 auto; padding: 16px 24px 48px; }
h1 { font-size: 30px; line-height: 1.2; margin: 8px 0 4px; } h2 { font-size: 24px; margin: 32px 0 8px; }
h3 { font-size: 19px; margin: 24px 0 6px; } h4 { font-size: 16px; margin: 16px 0 4px; }
p, ul, ol { margin: 0 0 8px; } ul, ol { padding-left: 28px; } li { margin: 0 0 6px; } a { color: #00507d; }
.marking { font-weight: bold; text-align: center; border-bottom: 2px solid #1a1a1a; padding: 4px 12px;
  margin: 0 0 12px; position: sticky; top: 0; background: #fff; z-index: 1; }
header { display: contents; } html { scroll-padding-top: 48px; }
.lead { font-size: 18px; } .small { font-size: 14px; color: #4a4a4a; }
.note { border-left: 5px solid #1f2a37; padding: 2px 0 2px 12px; }
.leaf + .leaf { border-top: 2px solid #1f2a37; margin-top: 32px; }
figure { margin: 8px 0 16px; overflow-x: auto; } figure svg { display: block; width: 100%; min-width: 640px; height: auto; }
svg :focus-visible, .wide:focus-visible { outline: 3px solid #0050b3; outline-offset: 3px; }
.wide { overflow-x: auto; } table { border-collapse: collapse; font-size: 15px; margin: 4px 0 12px; width: 100%; }
thead { border-bottom: 2px solid #1f2a37; }
th, td { text-align: left; vertical-align: top; padding: 5px 14px 5px 0; } tbody tr { border-bottom: 1px solid #c8c8c8; }
tbody th { font-weight: normal; } .plan td, .plan th { padding: 6px 8px; border: 1px solid #8a929b; height: 30px; }
dl { margin: 2px 0 0; font-size: 15px; } dl div { margin: 2px 0; } dt, dd { display: inline; margin: 0; } dt { font-weight: bold; }
.columns { display: grid; grid-template-columns: 1fr 1fr; column-gap: 32px; }
@media (max-width: 700px) { .columns { display: block; } }
.unseen, caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
"""
# Margin boxes carry the marking, the title and the page numbers on every sheet; older browsers leave them out.
_PRINT = """\
@page { size: A4; margin: SPOKEN; @top-center { content: MARKING; font: bold 9pt Arial, sans-serif; }
  @bottom-left { content: TITLE; font: 8pt Arial, sans-serif; }
  @bottom-right { content: "Page " counter(page) " of " counter(pages); font: 8pt Arial, sans-serif; } }
@page across { size: A4 landscape; margin: DRAWN; }
@page upright { size: A4; margin: DRAWN; }
@media print { body { max-width: none; margin: 0; padding: 0; font-size: 10pt; line-height: 1.35; } .screen { display: none; }
  .leaf { break-before: page; } .leaf:first-of-type { break-before: auto; } .leaf + .leaf { border: 0; margin: 0; }
  .across { page: across; } .upright { page: upright; } .leaf > h2:first-child, .leaf > h3:first-child { margin-top: 0; }
  h1 { font-size: 20pt; } h2 { font-size: 15pt; margin: 14pt 0 4pt; } h3 { font-size: 12.5pt; margin: 10pt 0 4pt; }
  h4 { font-size: 11pt; }
  h2, h3, h4 { break-after: avoid; } .lead { font-size: 12pt; } .small, table, dl { font-size: 9pt; }
  figure { margin: 0; overflow: visible; break-inside: avoid; }
  figure svg { min-width: 0; width: var(--wide); height: var(--high); margin: 0 auto; }
  .wide { overflow: visible; } .short, .kept { break-inside: avoid; } th, td { padding: 2.5pt 10pt 2.5pt 0; }
  p, ul, ol, li { margin-bottom: 4pt; } table { margin: 2pt 0 6pt; } .plan td, .plan th { padding: 4pt 5pt; height: 22pt; }
  thead { display: table-header-group; } tr, li { break-inside: avoid; }
  .long::before { content: ""; display: block; height: RESERVEpt; margin-bottom: -RESERVEpt; break-inside: avoid; }
  .columns { display: grid; column-gap: 14pt; }
  .compact { font-size: 8.3pt; line-height: 10.6pt; } .compact h1 { font-size: 14pt; margin: 0 0 2pt; }
  .compact ul, .compact ol { padding-left: 14pt; margin: 0; }
  .compact h2, .compact h3 { font-size: 10pt; line-height: 13pt; margin: 3pt 0 2pt; } .compact li { margin: 0 0 3pt; }
  .compact .note { margin: 0; } .compact .small { font-size: 7.6pt; } }
"""


def write_page(document: Document) -> str:
    """Return a document as a page that stands alone.

    >>> "<h2" in write_page(Document("Pack", (Leaf((Heading("Story"),)),)))
    True
    """
    rules = _PRINT.replace("SPOKEN", _margins(document.leaves[0].margins if document.leaves else WORDS))
    rules = rules.replace("DRAWN", _margins(PICTURES)).replace("RESERVE", num(TOGETHER * ROW))
    rules = rules.replace("MARKING", _quoted(document.marking)).replace("TITLE", _quoted(document.title))
    head = ('<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            + element("title", (), escape(document.title)) + f"\n<style>\n{_STYLE}{rules}</style>")  # fmt: skip
    marking = element("p", [("class", "marking screen")], escape(document.marking)) if document.marking else ""
    title = element("h1", [("class", "unseen")] if document.hides_title else (), escape(document.title))
    lines = "".join(element("p", [("class", "lead")], escape(line)) for line in document.lines)
    numbers = _Numbers(document)
    leaves = "\n".join(_leaf(leaf, numbers) for leaf in document.leaves)
    body = f"<header>{marking}{title}{lines}</header>\n<main>\n{leaves}\n</main>"
    if document.compact:
        body = f'<div class="compact">\n{body}\n</div>'
    return f'<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n{head}\n</head>\n<body>\n{body}\n</body>\n</html>\n'


class _Numbers:
    """The headings of a document by their place, so that its contents can lead to them."""

    def __init__(self, document: Document) -> None:
        self.headings = document.headings
        self.next = 0

    def take(self) -> str:
        """Return the anchor of the next heading."""
        self.next += 1
        return f"part-{self.next}"


def _quoted(words: str) -> str:
    """Return words as a text in a style sheet; no character can end it (the blank after a number belongs to the number)."""
    return '"' + "".join(c if c.isalnum() or c == " " else f"\\{ord(c):06x} " for c in words) + '"'


def _margins(margins: Margins) -> str:
    side, top, bottom = margins
    return f"{num(top)}pt {num(side)}pt {num(bottom)}pt"


def _leaf(leaf: Leaf, numbers: _Numbers) -> str:
    kind = "leaf across" if leaf.across else "leaf upright" if leaf.margins == PICTURES else "leaf"
    loose = len(leaf.blocks) - kept_of(leaf)
    blocks = list(_blocks(leaf.blocks, numbers))
    kept = [element("div", [("class", "kept")], "\n" + "\n".join(blocks[loose:]) + "\n")] if blocks[loose:] else []
    return element("section", [("class", kind)], "\n" + "\n".join([*blocks[:loose], *kept]) + "\n")


def _blocks(blocks: Sequence[Block], numbers: _Numbers) -> Iterator[str]:
    for block in blocks:
        yield _block(block, numbers)


def _block(block: Block, numbers: _Numbers) -> str:
    match block:
        case Heading(text, level):
            made = element(f"h{level + 1}", [("id", numbers.take())], escape(text))
        case Paragraph(text, look):
            made = element("p", [("class", look)] if look else (), escape(text))
        case Listing(entries, numbered):
            items = "\n".join(element("li", (), _entry(entry)) for entry in entries)
            made = element("ol" if numbered else "ul", (), f"\n{items}\n")
        case Grid():
            made = _grid(block)
        case Picture():
            style = f"--wide: {num(block.width)}pt; --high: {num(block.height)}pt"
            made = element("figure", [("style", style)], "\n" + block.svg)
        case Columns(left, right):
            sides = "".join(element("div", (), "\n".join(_blocks(side, numbers))) for side in (left, right))
            made = element("div", [("class", "columns")], sides)
        case Contents():
            made = _contents(numbers)
    return made


def _entry(entry: Entry) -> str:
    text = escape(entry.text)
    rest = "".join(f"<div><dt>{escape(head)}:</dt> <dd>{escape(said)}</dd></div>" for head, said in entry.details)
    return (f"<strong>{text}</strong>" if entry.strong else text) + (f"<dl>{rest}</dl>" if rest else "")


def _grid(grid: Grid) -> str:
    """A table that scrolls by itself where the page is narrow, and can be scrolled from the keyboard."""
    columns = "".join(f'<col style="width: {num(100 * share)}%">' for share in grid.shares)
    heads = "".join(element("th", [("scope", "col")], escape(words)) if words else "<td></td>" for words in grid.columns)
    rows = "\n".join(element("tr", (), element("th", [("scope", "row")], escape(row[0]))
                             + "".join(element("td", (), escape(words)) for words in row[1:])) for row in grid.rows)  # fmt: skip
    table = (f"<table>\n<caption>{escape(grid.caption)}</caption>\n<colgroup>{columns}</colgroup>\n"
             f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>")  # fmt: skip
    kind = f"wide {'short' if len(grid.rows) <= SHORT else 'long'}{' plan' * grid.ruled}"
    return element("div", [("class", kind), ("role", "region"), ("aria-label", grid.caption), ("tabindex", "0")], table)


def _contents(numbers: _Numbers) -> str:
    links = "\n".join(f'<li><a href="#part-{at}">{escape(one.text)}</a></li>'
                      for at, one in enumerate(numbers.headings, 1) if one.level == 1)  # fmt: skip
    return f'<nav aria-label="Contents">\n<ol>\n{links}\n</ol>\n</nav>'
