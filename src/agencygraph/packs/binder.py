"""Pack: the papers that a facilitator carries into the room, as one document for PDF, Word and the browser."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypedDict, Unpack

from agencygraph.errors import FileError, InvalidError, did_you_mean
from agencygraph.files import Where, replace_file
from agencygraph.model import Caseload
from agencygraph.packs.arrangements import Arrangement, arrangement_leaves, arrangements_of
from agencygraph.packs.document import Contents, Document, Heading, Leaf, Paragraph, plain
from agencygraph.packs.papers import Look, leaves_of, papers_of
from agencygraph.packs.progress import followed
from agencygraph.packs.summary import summary_leaf
from agencygraph.packs.views import Item, Reader, heading_of, items_of, view_of
from agencygraph.packs.words import AUDIENCES, WORTH
from agencygraph.themes import PRINT, Theme, theme_of


class More(TypedDict, total=False):
    """What may be asked of a pack besides: arrangements, what is sensitive, each by its name, and the look of the maps.

    Attributes
    ----------
    arrangements
        Templates of teams, pathways, plans: each is drawn and told after the cases.
    names
        True to show private names.
    other_information
        True to show unsubstantiated suspicions.
    notes
        True to show private notes.
    theme
        That of the maps, as in `draw`.
    """

    arrangements: Arrangement | Sequence[Arrangement]
    names: bool
    other_information: bool
    notes: bool
    theme: Theme | str


@dataclass(frozen=True, slots=True, repr=False)
class Pack:
    """A meeting's papers: one document, saved as PDF, as a Word file or as a page for the browser.

    Parameters
    ----------
    title
        What stands on the first page.
    document
        The papers, block by block.
    cases, arrangements
        How many cases they tell, and how many arrangements beside them.

    Examples
    --------
    >>> from agencygraph import Case
    >>> made = pack(Case.of(age=9, actors={"a": "child", "b": "school"}, ties=["a <=> b"]))
    >>> made
    Pack('Child, 9', 1 case)
    >>> made.save("pack.html").name
    'pack.html'
    """

    title: str
    document: Document = field(repr=False)
    cases: int = 1
    arrangements: int = 0

    def render(self, ending: str) -> bytes:
        """Return the bytes of a file of a kind, by its ending, as `save` writes them."""
        maker = _WRITERS.get(ending.lower())
        if maker is None:
            raise FileError(f"'{ending}' is no ending that a pack can be saved with: end the name in {_CHOICES}."
                            f"{did_you_mean(ending, _WRITERS) if len(ending) > 2 else ''}")  # fmt: skip
        return maker(self.document)

    def save(self, path: Where) -> Path:
        """Write the pack to a file whose ending says how, and return its path.

        ``.pdf`` to print and hand round, ``.docx`` to go on working on in Word, ``.html`` for the browser. The file is whole or
        not there; an older file of the name is replaced. The same pack gives the same bytes.

        Raises
        ------
        FileError
            For another ending, a folder that does not exist, or a place that cannot be written to.
        MissingExtraError
            Where the part that writes ``.pdf`` or ``.docx`` is not installed.
        """
        target = Path(path)
        if target.suffix.lower() not in _WRITERS:
            raise FileError(f"'{target.name}' does not say how to save the pack: end the name in {_CHOICES}."
                            f"{did_you_mean(target.suffix, _WRITERS) if len(target.suffix) > 2 else ''}")  # fmt: skip
        replace_file(target, self.render(target.suffix))
        return target

    def __repr__(self) -> str:
        told = [f"{count} {word}{'s' * (count != 1)}" for count, word in ((self.cases, "case"), (self.arrangements, "arrangement"))
                if count]  # fmt: skip
        return f"Pack({', '.join((repr(self.title), *told))})"

    def _repr_html_(self) -> str:
        """What is in the pack, as a notebook shows it."""
        from html import escape

        parts = "".join(f"<li>{escape(one.text)}</li>" for one in self.document.headings if one.level == 1)
        return f"<section><p><strong>{escape(self.title)}</strong></p><ol>{parts}</ol></section>"


def pack(what: Item | Caseload | Sequence[Item] = (), *, title: str = "", audience: str = "practitioners", pages: int | None = None,
         marking: str = "", **more: Unpack[More]) -> Pack:  # fmt: skip
    """Make the papers that a meeting needs: story, maps, what changed, what stands out, figures, action plan and caveats.

    Parameters
    ----------
    what
        A case, a comparison, a caseload, or a list of cases and comparisons; nothing where there are arrangements.
    title, marking
        Printed as given: a title of your own, and a protective marking for every page, such as "OFFICIAL-SENSITIVE".
    audience
        practitioners, family (no private notes, no technicalities) or research (no story; ages in bands).
    pages
        1 for one page for each case: before, after, what changed, four sentences. None for everything.
    more
        ``arrangements``: how services are arranged, beside the cases: a template of a team, a pathway (a case with a chronology,
        or a comparison of two), a plan, or a list of these. ``names=True`` shows private names, ``other_information=True``
        unsubstantiated suspicions, ``notes=True`` private notes; ``theme`` is that of the maps, as in `draw`.

    Returns
    -------
    Pack
        ``.save("pack.pdf")`` writes it; the ending may also be ``.docx`` or ``.html``.

    Raises
    ------
    InvalidError
        For anything else than cases and arrangements, for another number of pages, or where an audience is to see what it may not.
    UnknownNameError
        Where there is no such audience or theme.

    Examples
    --------
    >>> from agencygraph import cases, compare
    >>> pack(compare(cases.peter(), cases.integrated("peter")), pages=1)
    Pack('Peter, 9: summary', 1 case)
    """
    if pages is not None and (pages != 1 or isinstance(pages, bool)):
        raise InvalidError(f"pages is {pages!r}; it must be 1, for one page for each case, or None for everything.")
    reader = Reader(audience, more.get("names", False), more.get("other_information", False), more.get("notes", False))
    around = arrangements_of(more.get("arrangements"))
    items = items_of(what, around)
    if reader.notes and audience != "practitioners":
        raise InvalidError(f"private notes are never shown to {audience}: leave notes out.")
    views = [view_of(item, reader) for item in items]
    look = Look(plain(marking), theme_of(more.get("theme", PRINT)), level=1 if len(views) == 1 else 2)
    beside = [leaf for one in around for leaf in arrangement_leaves(one, reader, look.theme)[: -1 if pages else None]]
    named = plain(title) or (_title(what, views, reader, pages) if views else _titled(beside))
    bound = (_bind_summaries if pages and views else _bind_papers)(named, views, reader, look)
    return Pack(named, replace(bound, leaves=(*bound.leaves, *beside)), len(views), len(around))


def _title(what: object, views: Sequence[Item], reader: Reader, pages: int | None) -> str:
    """The public title of the one case; of several the caseload's own, or how many they are."""
    if len(views) == 1:
        return plain(heading_of(views[0], reader.names)) + (": summary" if pages else "")
    own = plain(what.title) if isinstance(what, Caseload) else ""
    return own or f"{len(views)} cases"


def _titled(leaves: Sequence[Leaf]) -> str:
    """A pack of arrangements alone is called as the first of them."""
    return next(block.text for leaf in leaves for block in leaf.blocks if isinstance(block, Heading))


def _bind_papers(title: str, views: Sequence[Item], reader: Reader, look: Look) -> Document:
    leaves: list[Leaf] = []
    for view in followed(views):
        papers = papers_of(view, reader, look)
        found = leaves_of(papers)
        if len(views) > 1:
            found = (Leaf((Heading(papers.heading), *found[0].blocks), found[0].across), *found[1:])
        leaves += found
    if len(views) != 1:
        leaves.insert(0, Leaf((*[Paragraph(WORTH, "note")] * bool(views), Contents())))
    return Document(title, tuple(leaves), (AUDIENCES[reader.audience],), look.marking)


def _bind_summaries(title: str, views: Sequence[Item], reader: Reader, look: Look) -> Document:
    single = len(views) == 1
    leaves = tuple(summary_leaf(papers_of(view, reader, look), titled=single) for view in followed(views))
    return Document(title, leaves, (), look.marking, compact=True, hides_title=not single)


def _pdf(document: Document) -> bytes:
    from agencygraph.packs.pdf import write_pdf

    return write_pdf(document)


def _html(document: Document) -> bytes:
    from agencygraph.packs.page import write_page

    return write_page(document).encode("utf-8")


def _docx(document: Document) -> bytes:
    from agencygraph.packs.word import write_docx

    return write_docx(document)


_WRITERS: dict[str, Callable[[Document], bytes]] = {".pdf": _pdf, ".html": _html, ".docx": _docx}
_CHOICES = ".pdf (to print), .docx (for Word) or .html (for the browser)"
