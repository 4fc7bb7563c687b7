"""The files of a pack: PDF, Word and HTML tell the same, name nobody, and are the same bytes every time."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import zipfile
import zlib
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agencygraph import Case, cases, compare
from agencygraph.comparison.key_figures import key_figures
from agencygraph.errors import MissingExtraError
from agencygraph.leaks import find_leaks
from agencygraph.packs import Pack, pack
from agencygraph.packs.document import Contents, Document, Entry, Grid, Heading, Leaf, Listing, Paragraph, Picture, walk
from agencygraph.packs.progress import followed
from test_packs_contents import AFTER, BEFORE, SECRETS, blocks_of, change, full

ENDINGS = (".pdf", ".html", ".docx")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class Page(HTMLParser):
    """What a page says, which elements it has, and its headings."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@cache
def bytes_of(made: Pack, ending: str) -> bytes:
    """The file of a pack, written once for all tests that read it."""
    return made.render(ending)


@cache
def asked_for(pages: int | None = None, audience: str = "practitioners") -> Pack:
    """A pack without a marking, made once for all its files."""
    return pack(change(), pages=pages, audience=audience)


def html_of(made: Pack) -> str:
    return bytes_of(made, ".html").decode("utf-8")


def docx_of(made: Pack) -> Any:
    return docx.Document(io.BytesIO(bytes_of(made, ".docx")))


def pdf_parts(made: Pack) -> bytes:
    """A PDF with its streams unpacked."""
    data = bytes_of(made, ".pdf")
    parts = [data]
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", data, re.DOTALL):
        try:
            parts.append(zlib.decompressobj().decompress(stream))
        except zlib.error:
            continue
    return b"\n".join(parts)


def pages_of(made: Pack) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf_parts(made)))


# ------------------------------------------------------------------------------------------------------- the same in all three
def test_word_and_html_say_every_block_of_the_document_in_order() -> None:
    made = full()
    wanted: list[str] = []
    for block in blocks_of(made):
        if isinstance(block, (Heading, Paragraph)):
            wanted.append(block.text)
        elif isinstance(block, Listing):
            wanted += [part for entry in block.entries for part in (entry.text, *(said for _, said in entry.details))]
        elif isinstance(block, Grid):
            wanted += [cell for row in (block.columns, *block.rows) for cell in row if cell]
    page, file = " ".join(" ".join(Page(html_of(made)).words).split()), docx_of(made)
    body = "\n".join("".join(t.text or "" for t in paragraph.iter(f"{W}t")) for paragraph in file.element.body.iter(f"{W}p"))
    for text in (page, body):
        at = 0
        for words in wanted:
            at = text.find(words, at)
            assert at >= 0, words


@pytest.mark.parametrize("ending", ENDINGS)
def test_every_file_has_the_labels_the_figures_and_the_marking(ending: str, tmp_path: Path) -> None:
    path = full().save(tmp_path / f"pack{ending}")
    cells = {str(cell) for row in key_figures(change()).rows for cell in row[1:] if re.fullmatch(r"\d+ of \d+", str(cell))}
    labels = {label for case in (change().before, change().after) for label in case.labels().values()}
    wanted = {"OFFICIAL-SENSITIVE", *cells, *(word for label in labels for word in label.split())}
    assert {leak.word for leak in find_leaks(wanted, [path])} == wanted


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("asked", [{}, {"pages": 1}, {"audience": "family"}, {"audience": "research"}])
def test_no_file_names_anybody(ending: str, asked: dict[str, Any], tmp_path: Path) -> None:
    path = asked_for(**asked).save(tmp_path / f"pack{ending}")
    assert find_leaks(SECRETS, [path]) == ()


@pytest.mark.parametrize("ending", ENDINGS)
def test_names_are_there_where_they_were_asked_for(ending: str, tmp_path: Path) -> None:
    path = full(names=True).save(tmp_path / f"pack{ending}")
    assert {leak.word for leak in find_leaks(["Zebedee", "Quillfeather"], [path])} == {"Zebedee", "Quillfeather"}


def test_every_file_is_the_same_bytes_in_another_process_under_another_seed() -> None:
    code = ("import sys, hashlib; sys.path.insert(0, sys.argv[1]); from test_packs_contents import change; "
            "from agencygraph.packs import pack; made = pack(change(), marking='X')\n"
            "for end in ('.pdf', '.html', '.docx'): print(hashlib.sha256(made.render(end)).hexdigest())")  # fmt: skip
    said = [subprocess.run([sys.executable, "-c", code, str(Path(__file__).parent)], capture_output=True, text=True, check=True,
                           env={**os.environ, "PYTHONHASHSEED": seed}).stdout for seed in ("1", "2")]  # fmt: skip
    assert said[0] == said[1]
    assert len(said[0].split()) == 3


# ------------------------------------------------------------------------------------------------------------------------- PDF
def test_the_pdf_is_tagged_titled_british_and_brings_its_letters() -> None:
    parts = pdf_parts(full())
    assert b"/StructTreeRoot" in parts
    assert b"pdfuaid" in parts
    assert re.search(rb"/Lang\s*\(en-GB\)", parts)
    assert b"Child, 9" in parts
    fonts = set(re.findall(rb"/FontName\s*/[A-Z]{6}\+([\w-]+)", parts))
    assert fonts == {b"DejaVuSans", b"DejaVuSans-Bold"}
    assert parts.count(b"/Alt") >= 3


def test_pages_are_a4_upright_for_words_and_across_for_maps() -> None:
    boxes = re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", pdf_parts(full()))
    assert {tuple(round(float(side)) for side in box) for box in boxes} == {(595, 842), (842, 595)}


@settings(max_examples=8, deadline=None)
@given(st.lists(st.text("abcdefgh ", min_size=1, max_size=60).filter(str.strip), min_size=4, max_size=7, unique_by=str.strip))
def test_a_summary_is_one_page_however_long_the_labels(labels: list[str]) -> None:
    actors = {"c": "child", "s": "school"} | {f"a{at}": {"kind": "agency", "label": label.strip(), "lead": at == 0}
                                              for at, label in enumerate(labels)}  # fmt: skip
    ties = ["c <=> s", "s => a0", *(f"c <-> a{at}" for at in range(1, len(labels)))]
    before = Case.of(age=9, actors=actors, ties=ties)
    after = Case.of(age=9, actors=actors, ties=["c <=> s", "s <=> a0", "a0 => a1"])
    assert pages_of(pack(compare(before, after), pages=1)) == 1
    assert pages_of(pack([before, after], pages=1)) == 2


@pytest.mark.parametrize("name", ["peter", "james"])
def test_the_summary_of_a_crowded_case_is_one_page(name: str) -> None:
    crowded = compare(getattr(cases, name)(narrative=True), cases.integrated(name))
    assert pages_of(pack(crowded, pages=1)) == 1


# ------------------------------------------------------------------------------------------------------------------------ HTML
@pytest.mark.parametrize("asked", [{}, {"pages": 1}])
def test_the_page_stands_alone_without_scripts(asked: dict[str, Any]) -> None:
    page = Page(html_of(asked_for(**asked)))
    tags = [tag for tag, _ in page.tags]
    assert not {"script", "link", "img", "iframe", "object"} & set(tags)
    for _, attributes in page.tags:
        assert not [name for name in attributes if name.startswith("on")]
        assert all((value or "").startswith("#") for name, value in attributes.items() if name in ("href", "src"))
    assert tags.count("svg") == (3 if asked else 4)  # maps and key; maps and plan
    assert "@page" in html_of(full())


def test_headings_never_skip_a_level_and_ids_stand_once() -> None:
    page = Page(html_of(pack([change(), change().before])))
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    links = [str(attributes["href"])[1:] for tag, attributes in page.tags if tag == "a"]
    assert len(links) == 2
    assert set(links) <= set(ids)


def test_words_that_look_like_code_stay_words() -> None:
    nasty = '"; } </style><script>alert(1)</script> #image("x")'
    case = Case.of(age=9, actors={"a": {"kind": "child", "label": nasty[:60]}, "b": "school"}, ties=["a <=> b"], history=nasty)
    made = pack(case, title=nasty, marking=nasty)
    page = html_of(made)
    assert "<script" not in page
    assert page.count("</style>") == 1
    assert pages_of(made) >= 3
    assert nasty in "".join(t.text or "" for t in docx_of(made).element.body.iter(f"{W}t"))


# ------------------------------------------------------------------------------------------------------------------------ Word
def test_the_word_file_has_real_headings_lists_and_tables_with_heads() -> None:
    made, file = full(), docx_of(full())
    assert [p.text for p in file.paragraphs if p.style.name.startswith("Heading")] == [one.text for one in made.document.headings]
    assert file.paragraphs[0].style.name == "Title"
    grids = [block for block in blocks_of(made) if isinstance(block, Grid)]
    assert len(file.tables) == len(grids)
    for table, grid in zip(file.tables, grids, strict=True):
        assert [cell.text for cell in table.rows[0].cells] == list(grid.columns)
        assert table.rows[0]._tr.find(f".//{W}tblHeader") is not None
        assert table._tbl.tblPr.find(f"{W}tblCaption").get(f"{W}val") == grid.caption
    numbered = [p for p in file.paragraphs if p.style.name == "List Number"]
    lists = [block for block in blocks_of(made) if isinstance(block, Listing) and block.numbered]
    assert len({p._p.pPr.numPr.numId.val for p in numbered}) == len(lists)  # each list begins at one


def test_the_word_file_has_maps_as_svg_and_png_with_words() -> None:
    made, file = full(), docx_of(full())
    pictures = [block for block in blocks_of(made) if isinstance(block, Picture)]
    assert [shape._inline.docPr.get("descr") for shape in file.inline_shapes] == [picture.alt for picture in pictures]
    with zipfile.ZipFile(io.BytesIO(bytes_of(made, ".docx"))) as archive:
        names = archive.namelist()
        assert [archive.read(f"word/media/map{at}.svg").decode() for at in (1, 2, 3, 4)] == [picture.svg for picture in pictures]
        assert len([name for name in names if name.endswith(".png")]) == 4
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert "docProps/thumbnail.jpeg" not in names


def test_the_word_file_says_of_itself_its_title_and_language_alone() -> None:
    properties = docx_of(full()).core_properties
    assert (properties.title, properties.language) == ("Child, 9", "en-GB")
    assert {properties.author, properties.last_modified_by, properties.comments, properties.keywords, properties.subject} == {""}
    assert properties.created.year == properties.modified.year == 1980
    assert docx_of(full()).styles.element.find(f".//{W}lang").get(f"{W}val") == "en-GB"


def test_every_sheet_of_the_word_file_has_the_marking_and_its_number() -> None:
    file = docx_of(full())
    first, *others = file.sections
    assert first.header.paragraphs[0].text == "OFFICIAL-SENSITIVE"
    fields = [field.get(f"{W}instr") for field in first.footer.paragraphs[0]._p.iter(f"{W}fldSimple")]
    assert fields == ["PAGE", "NUMPAGES"]
    assert all(section.header.is_linked_to_previous and section.footer.is_linked_to_previous for section in others)
    assert {(round(s.page_width.pt), round(s.page_height.pt)) for s in file.sections} == {(595, 842), (842, 595)}


# ------------------------------------------------------------------------------------------------------- errors and long waits
@pytest.mark.parametrize(("ending", "module"), [(".pdf", "typst"), (".docx", "docx"), (".docx", "resvg_py")])
def test_a_missing_part_says_what_to_install(ending: str, module: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from agencygraph.renderers import png

    png.write_png.cache_clear()
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingExtraError, match=r"pip install .agencygraph\[pack\]"):
        pack(change().after).save(tmp_path / f"pack{ending}")
    assert list(tmp_path.iterdir()) == []
    assert pack(change().after).save(tmp_path / "pack.html").exists()


def ending_in_a_list(before: int) -> Document:
    """So many paragraphs of one line, and a list of six entries that stays together."""
    return Document("D", (Leaf((*(Paragraph(f"Line {at}.") for at in range(before)), Heading("Last"),
                                Listing(tuple(Entry(f"Entry {at}.") for at in range(6))))),))  # fmt: skip


def lines_of_last_page(pdf: bytes) -> int:
    """How many lines of words stand on the last page: each is set by a move of its own."""
    streams = [zlib.decompress(part) for part in re.findall(rb"/FlateDecode.*?stream\n(.*?)\nendstream", pdf, re.DOTALL)]
    return [stream.count(b"BT") for stream in streams if b"BT" in stream][-1]


def test_no_leaf_ends_in_a_line_alone_on_its_page() -> None:
    from agencygraph.packs.page import write_page
    from agencygraph.packs.pdf import write_pdf
    from agencygraph.packs.word import write_docx

    whole = lines_of_last_page(write_pdf(ending_in_a_list(0))) - 1  # the title stands on the first page
    # Somewhere between so many and so many lines the list passes the foot of the page.
    last = [lines_of_last_page(write_pdf(ending_in_a_list(count))) for count in range(38, 50)]
    assert whole in last
    assert min(last) >= whole
    html = write_page(ending_in_a_list(3))
    assert html.index('<div class="kept">') < html.index("Entry 0.")
    found = docx.Document(io.BytesIO(write_docx(ending_in_a_list(3)))).paragraphs
    kept = [paragraph.paragraph_format.keep_with_next for paragraph in found if paragraph.text.startswith("Entry")]
    assert kept == [True] * 5 + [None]


def test_twenty_cases_show_how_far_the_work_has_come(capsys: pytest.CaptureFixture[str]) -> None:
    case = Case.of(age=9, actors={"a": "child", "b": "school"}, ties=["a <=> b"])
    pack([case] * 19, pages=1)
    assert capsys.readouterr().err == ""
    pack([case] * 20, pages=1)
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.endswith("] 20 of 20 cases\n")
    assert said.err.count("\r") == 19


def test_progress_yields_every_item_in_order() -> None:
    assert list(followed(list(range(25)), io.StringIO())) == list(range(25))


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_document_of_any_blocks_can_be_written(ending: str) -> None:
    bare = Document("Bare", (Leaf(()), Leaf((Contents(), Heading("One"), Grid(("", "b"), (), "Empty"))), ), ("line",))
    assert len(Pack("Bare", bare).render(ending)) > 500
    assert walk(()) == ()


def test_the_made_up_case_holds_what_must_not_leak() -> None:
    assert all(any(secret in str(record) for record in (BEFORE, AFTER)) for secret in SECRETS)
