"""A document as PDF, set by typst: tagged for screen readers (PDF/UA-1), A4, its own fonts, the same bytes on every computer."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib.resources import files

from agencygraph.errors import MissingExtraError
from agencygraph.packs.document import (
    ROW,
    SHORT,
    TOGETHER,
    Block,
    Columns,
    Contents,
    Document,
    Grid,
    Heading,
    Listing,
    Paragraph,
    Picture,
    kept_of,
)
from agencygraph.renderers.bundled import drawable, font_file, spell

Node = dict[str, object]


def write_pdf(document: Document) -> bytes:
    """Return a document as the bytes of a PDF.

    Raises
    ------
    MissingExtraError
        Where typst is not installed.

    >>> write_pdf(Document("Pack", ())).startswith(b"%PDF")
    True
    """
    try:
        import typst
    except ImportError:
        raise MissingExtraError.of("a .pdf", "typst", "pack",
                                   "A pack as .html prints to PDF from any browser and needs nothing more.") from None
    folder = font_file(False).parent
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])
    source = files("agencygraph.packs").joinpath("pack.typ").read_bytes()
    data = json.dumps(_tree(document), ensure_ascii=False)
    compiler = typst.Compiler(source, root=str(folder), font_paths=fonts, sys_inputs={"pack": data})
    made = compiler.compile(format="pdf", pdf_standards="ua-1")
    return made if isinstance(made, bytes) else b"".join(made or ())


def _tree(document: Document) -> Node:
    """The document as plain data, which the template sets; no word of it is ever read as typst's own language."""
    leaves = [{"across": leaf.across, "margins": list(leaf.margins), "blocks": _nodes(leaf.blocks), "kept": kept_of(leaf)}
              for leaf in document.leaves]  # fmt: skip
    return {"title": document.title, "shown": "" if document.hides_title else _bold(document.title),
            "named": drawable(document.title), "lines": [drawable(line) for line in document.lines],
            "marking": _bold(document.marking), "compact": document.compact, "leaves": leaves,
            "reserve": TOGETHER * ROW}  # fmt: skip


def _nodes(blocks: Sequence[Block]) -> list[Node]:
    return [_node(block) for block in blocks]


def _node(block: Block) -> Node:
    match block:
        case Heading(text, level):
            made: Node = {"kind": "heading", "text": _bold(text), "level": level}
        case Paragraph(text, look):
            made = {"kind": "paragraph", "text": drawable(text), "look": look}
        case Listing(entries, numbered):
            told = [{"text": _bold(one.text) if one.strong else drawable(one.text), "strong": one.strong,
                     "details": [[_bold(head), drawable(said)] for head, said in one.details]} for one in entries]  # fmt: skip
            made = {"kind": "listing", "entries": told, "numbered": numbered}
        case Grid():
            made = {"kind": "grid", "columns": [_bold(words) for words in block.columns], "shares": list(block.shares),
                    "rows": [[drawable(words) for words in row] for row in block.rows], "ruled": block.ruled,
                    "short": len(block.rows) <= SHORT}  # fmt: skip
        case Picture():
            made = {"kind": "picture", "svg": spell(block.svg), "alt": block.alt, "width": block.width, "height": block.height}
        case Columns(left, right):
            made = {"kind": "columns", "left": _nodes(left), "right": _nodes(right)}
        case Contents():
            made = {"kind": "contents"}
    return made


def _bold(words: str) -> str:
    return drawable(words, bold=True)
