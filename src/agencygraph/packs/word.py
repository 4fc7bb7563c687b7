"""A document as a Word file: real headings and lists, tables whose heads repeat, pictures as SVG with a PNG for older Words."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from agencygraph.errors import MissingExtraError
from agencygraph.packs import word_parts as parts
from agencygraph.packs.document import (
    A4,
    Block,
    Columns,
    Contents,
    Document,
    Entry,
    Grid,
    Heading,
    Leaf,
    Listing,
    Paragraph,
    Picture,
    kept_of,
)
from agencygraph.renderers.png import write_png

if TYPE_CHECKING:
    from docx.document import Document as WordFile
    from docx.document import _Body
    from docx.section import Section
    from docx.table import _Cell

    Place = WordFile | _Cell | _Body

_STAMP = (1980, 1, 1, 0, 0, 0)


def write_docx(document: Document) -> bytes:
    """Return a document as the bytes of a Word file.

    Raises
    ------
    MissingExtraError
        Where python-docx is not installed.

    >>> write_docx(Document("Pack", ())).startswith(b"PK")
    True
    """
    try:
        import docx
    except ImportError:
        raise MissingExtraError.of("a .docx", "python-docx", "pack",
                                   "A pack as .html opens in Word and needs nothing more.") from None
    file = docx.Document()
    parts.settle(file, document.title, compact=document.compact)
    _Writer(file, document).write()
    page = io.BytesIO()
    file.save(page)
    return _restamped(page.getvalue())


class _Writer:
    """One run over a document; it holds the file, the section in hand, and how many pictures there are."""

    def __init__(self, file: WordFile, document: Document) -> None:
        self.file = file
        self.document = document
        self.pictures = 0

    def write(self) -> None:
        """Write leaf after leaf, each in a section of its own, upright or across."""
        for at, leaf in enumerate(self.document.leaves or (Leaf(()),)):
            section = self.file.sections[0] if at == 0 else self._next_section()
            parts.size_section(section, A4[::-1] if leaf.across else A4, leaf.margins)
            if at == 0:
                parts.head_and_foot(section, self.document.marking, self.document.title)
                self._title()
            loose, first = len(leaf.blocks) - kept_of(leaf), len(self.file.paragraphs)
            for block in leaf.blocks[:loose]:
                self._block(self.file, block, leaf.room[0])
            before = len(self.file.paragraphs)
            for block in leaf.blocks[loose:]:
                self._block(self.file, block, leaf.room[0])
            for paragraph in self.file.paragraphs[before:-1]:
                paragraph.paragraph_format.keep_with_next = True
            if at and leaf.blocks and isinstance(leaf.blocks[0], Heading):
                self.file.paragraphs[first].paragraph_format.space_before = 0  # the page begins with it

    def _next_section(self) -> Section:
        made: Section = self.file.add_section()
        parts.end_section(self.file)
        return made

    def _title(self) -> None:
        if not self.document.hides_title:
            self.file.add_paragraph(self.document.title, style="Title")
        for line in self.document.lines:
            self.file.add_paragraph(line, style="Subtitle")

    def _block(self, place: Any, block: Block, room: float) -> None:
        match block:
            case Heading(text, level):
                place.add_paragraph(text, style=f"Heading {level}")
            case Paragraph(text, look):
                place.add_paragraph(text, style=parts.LOOKS[look])
            case Listing():
                self._listing(place, block)
            case Grid():
                parts.write_grid(place, block, room)
            case Picture():
                self._picture(place, block)
            case Columns(left, right):
                self._columns(place, (left, right), room)
            case Contents():
                for one in self.document.headings:
                    if one.level == 1:
                        place.add_paragraph(one.text, style="List Bullet")

    def _listing(self, place: Any, listing: Listing) -> None:
        style = "List Number" if listing.numbered else "List Bullet"
        number = parts.new_numbering(self.file, style) if listing.numbered else 0
        for entry in listing.entries:
            paragraph = place.add_paragraph(style=style)
            if number:
                parts.number_paragraph(paragraph, number)
            for text, bold, new_line in _runs(entry):
                if new_line:
                    paragraph.add_run().add_break()
                paragraph.add_run(text).bold = bold or None

    def _picture(self, place: Any, picture: Picture) -> None:
        self.pictures += 1
        data = write_png(picture.svg, picture.title, picture.alt)
        parts.add_picture(place.add_paragraph(style="Picture"), picture, data, self.pictures)

    def _columns(self, place: Any, sides: Sequence[Sequence[Block]], room: float) -> None:
        """A table without lines, as Word has no columns that stand beside each other by themselves."""
        table = parts.plain_table(place, len(sides), room)
        for cell, blocks in zip(table.rows[0].cells, sides, strict=True):
            first = cell.paragraphs[0]
            for block in blocks:
                self._block(cell, block, room / len(sides))
            first._element.getparent().remove(first._element)  # noqa: SLF001  # every cell begins with an empty paragraph


def _runs(entry: Entry) -> Iterator[tuple[str, bool, bool]]:
    """Yield the words of an entry: each piece, whether it is bold, whether it begins a line."""
    yield entry.text, entry.strong, False
    for head, said in entry.details:
        yield f"{head}: ", True, True
        yield said, False, False


def _restamped(data: bytes) -> bytes:
    """Return a zip with one date on everything in it, so that the same document gives the same bytes."""
    page = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(page, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            new.writestr(entry, old.read(name))
    return page.getvalue()
