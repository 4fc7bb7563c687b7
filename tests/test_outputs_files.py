"""Every kind of file tells the same: the ties read back from each are those of the case, nothing private, the same bytes."""

from __future__ import annotations

import builtins
import html
import os
import re
import shutil
import struct
import subprocess
import sys
import xml.etree.ElementTree as ET
import zlib
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agencygraph import cases
from agencygraph.comparison import compare
from agencygraph.drawing import Map, draw
from agencygraph.errors import FileError, MissingExtraError
from agencygraph.leaks import find_leaks
from agencygraph.matrices import matrix
from agencygraph.model import Case
from agencygraph.renderers.dot import draw_with_graphviz
from agencygraph.renderers.pdf import write_pdf
from agencygraph.renderers.png import write_png
from strategies import examples

ENDINGS = (".svg", ".png", ".pdf", ".html", ".txt", ".dot")
Flow = tuple[str, str, str, str]
STATUS = {"": "agreed", "the group does not agree": "disputed", "not known to the group": "unknown", "agreed": "agreed"}


@st.composite
def tied_cases(draw: st.DrawFn) -> Case:
    """A small case with labels that need care in every format, and ties of all kinds."""
    words = st.text(st.sampled_from("ab<>&\"'\\N{}|;ŷé"), min_size=1, max_size=6)
    labels = draw(st.lists(words.map(str.strip).filter(bool), min_size=3, max_size=4, unique=True))
    kinds = ("child", "school", "agency", "parent")
    actors = {f"w{at}": {"kind": kinds[at], "label": f"{at}{label}"} for at, label in enumerate(labels)}
    pairs = [(a, b) for a in actors for b in actors if a < b]
    chosen = draw(st.lists(st.sampled_from(pairs), max_size=4, unique=True))
    ways = ("{0} => {1}", "{1} -> {0}", "{0} <=> {1}", "{0} <-> {1}", "{0} ?-> {1}", "{0} ~=> {1}", "{0} ?<-> {1}")
    return Case.of("X", age=9, actors=actors, ties=[draw(st.sampled_from(ways)).format(a, b) for a, b in chosen])


def flows_of(case: Case) -> set[Flow]:
    labels = case.labels()
    return {(labels[a], labels[b], tie.strength, tie.status) for tie in case.ties for a, b in tie.flows}


def flow(word: str, labels: dict[str, str]) -> Flow:
    ends, strength, status = (*word.split(":"), "agreed")[:3]
    one, _, two = ends.partition(">")
    return labels[one], labels[two], strength, status


def from_svg(svg: bytes) -> set[Flow]:
    groups = list(ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}g"))
    actors = [group for group in groups if group.get("class") == "actor"]
    labels = {actor.get("data-key", ""): actor.get("aria-label", "").split(",")[0] for actor in actors}
    return {flow(word, labels) for group in groups for word in (group.get("data-flows") or "").split()}


def from_text(text: str) -> set[Flow]:
    """Only the sentences, as somebody who reads them aloud knows the ties."""
    found: set[Flow] = set()
    for line in text.splitlines():
        said = re.fullmatch(r"- (?:(It is not known whether) )?(.+) \((critical|peripheral)(, one way)?\)(; .*)?\.", line)
        if said is None:
            continue
        doubt = "unknown" if said[1] else "disputed" if "does not agree" in (said[5] or "") else "agreed"
        if said[4]:
            one, _, two = said[2].partition(" tells ")
            found.add((one, two, said[3], doubt))
        else:
            one, _, two = said[2].removesuffix(" tell each other").partition(" and ")
            found |= {(one, two, said[3], doubt), (two, one, said[3], doubt)}
    return found


class Tables(HTMLParser):
    """The cells of a page's tables, row by row."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.inside = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
            self.inside = True

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag not in ("td", "th")

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.rows[-1][-1] += data


def from_page(page: str) -> set[Flow]:
    found: set[Flow] = set()
    heads: list[str] = []
    for row in Tables(page).rows:
        if row[0] == "Who tells":
            heads = row
            continue
        one = dict(zip(heads, row, strict=True))
        if "Strength" not in one:
            found |= {(row[0], other, *said(cell)) for other, cell in zip(heads[1:], row[1:], strict=True) if cell}
            continue
        ends = (one["Who tells"], one["Who is told"])
        rest = (one["Strength"], STATUS[one.get("How sure", "agreed")])
        found |= {(*ends, *rest)} | ({(*ends[::-1], *rest)} if one["Ways"] == "both ways" else set())
    return found


def said(cell: str) -> tuple[str, str]:
    strength, _, doubt = cell.partition(", ")
    return strength, STATUS[doubt]


def from_dot(dot: str) -> set[Flow]:
    """The ties of Graphviz text, with the labels that people read (its tooltips hold them whole)."""
    found: set[Flow] = set()
    labels: dict[str, str] = {}
    for name, inside in re.findall(r"^  (n\d+(?: -> n\d+)?) \[(.*)\]$", dot, re.MULTILINE):
        written = re.findall(r'(\w+)="((?:\\.|[^"\\])*)"', inside)
        pairs = {key: html.unescape(re.sub(r"\\(.)", r"\1", value)) for key, value in written}
        if " -> " not in name:
            labels[name] = pairs["tooltip"]
            continue
        one, _, two = name.partition(" -> ")
        rest = (pairs["strength"], pairs.get("status", "agreed"))
        found.add((labels[one], labels[two], *rest))
        if pairs["dir"] == "both":
            found.add((labels[two], labels[one], *rest))
    return found


@settings(max_examples=examples(25), deadline=None)
@given(tied_cases())
def test_every_format_tells_the_ties_of_the_case(case: Case) -> None:
    drawn, told = draw(case), flows_of(case)
    assert from_svg(drawn.render(".svg")) == told
    assert from_text(drawn.render(".txt").decode()) == told
    assert from_page(drawn.render(".html").decode()) == told
    assert from_dot(drawn.render(".dot").decode()) == told


@settings(max_examples=examples(25), deadline=None)
@given(tied_cases())
def test_every_format_of_a_matrix_tells_them_too(case: Case) -> None:
    drawn, told = matrix(case), flows_of(case)
    assert from_svg(drawn.render(".svg")) == told
    assert from_page(drawn.render(".html").decode()) == told
    assert from_dot(drawn.render(".dot").decode()) == told


@pytest.mark.parametrize("name", ["peter", "james", "tina"])
def test_ties_inside_a_team_are_in_the_tables_too(name: str) -> None:
    case = cases.integrated(name)
    drawn = draw(case)
    assert any({tie.source for tie in case.ties} & set(team.members) for team in case.teams)
    assert from_svg(drawn.render(".svg")) == flows_of(case)
    assert from_page(drawn.render(".html").decode()) == flows_of(case)
    assert from_dot(drawn.render(".dot").decode()) == flows_of(case)


# ------------------------------------------------------------------------------------------------------------------ privacy
def secretive() -> Case:
    """A case whose ids, names and notes are private; only its labels may show."""
    return Case.of("Zebedee Quillfeather", age=9, actors={
        "quillfeather": {"kind": "child", "name": "Zebedee Quillfeather"},
        "bramblewick": {"kind": "school", "name": "Bramblewick Primary"},
        "marchpane": {"kind": "practitioner", "name": "Nurse Marchpane", "sector": "health", "note": "Tattersall", "lead": True},
        "grimsditch": {"kind": "agency", "label": "Social services", "sector": "social care"},
    }, ties=["quillfeather <=> bramblewick", "bramblewick -> marchpane", "marchpane ?-> grimsditch"],
        teams=[{"name": "Front door", "members": ["marchpane", "grimsditch"], "lead": "marchpane", "host": "bramblewick"}],
        source="Featherstonehaugh", key_issues=["Cholmondeley"], arrangement="integration")  # fmt: skip


PRIVATE = ("Quillfeather", "Zebedee", "Bramblewick", "Marchpane", "Grimsditch", "Tattersall", "Featherstonehaugh", "Cholmondeley")


@pytest.mark.parametrize("make", [draw, matrix])
def test_no_kind_of_file_holds_a_name_or_an_id(make: type[Map], tmp_path: Path) -> None:
    drawn = make(secretive())
    paths = [drawn.save(tmp_path / f"map{ending}") for ending in ENDINGS]
    assert find_leaks(PRIVATE, paths) == ()


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("make", [draw, matrix])
def test_names_that_were_asked_for_are_found_in_every_kind_of_file(make: type[Map], ending: str, tmp_path: Path) -> None:
    """The check of the check: it sees names in every format, a PDF's letters and a PNG's texts among them."""
    path = make(secretive(), names=True).save(tmp_path / f"map{ending}")
    names = {"Nurse Marchpane", "Bramblewick Primary"}
    assert {leak.word for leak in find_leaks(sorted(names), [path])} == names


# -------------------------------------------------------------------------------------------------------------- the same bytes
SCRIPT = """
import hashlib
from agencygraph import cases, compare, draw
from agencygraph.matrices import matrix
for drawn in (draw(cases.tina()), draw(cases.integrated("peter")), matrix(cases.james())):
    for ending in (".svg", ".png", ".pdf", ".html", ".txt", ".dot"):
        print(ending, hashlib.sha256(drawn.render(ending)).hexdigest())
"""


def test_the_same_bytes_under_any_hash_seed() -> None:
    places = [{"PYTHONHASHSEED": "0", "TZ": "UTC"}, {"PYTHONHASHSEED": "4711", "TZ": "Asia/Tokyo"}]
    answers = [subprocess.run([sys.executable, "-c", SCRIPT], env={**os.environ, **place}, check=True, capture_output=True,
                              text=True).stdout for place in places]  # fmt: skip
    assert len(answers[0].splitlines()) == 18
    assert answers[0] == answers[1]


@pytest.mark.parametrize("ending", ENDINGS)
def test_no_file_holds_a_date_a_version_or_a_place(ending: str) -> None:
    data = draw(cases.peter()).render(ending)
    for word in (b"CreationDate", b"ModDate", b"tIME", os.fsencode(Path.cwd()), b"/home", b"/usr"):
        assert word not in data


# --------------------------------------------------------------------------------------------------------------- what they are
def chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 8
    while at < len(png):
        size = struct.unpack(">I", png[at : at + 4])[0]
        kind, data = png[at + 4 : at + 8], png[at + 8 : at + 8 + size]
        assert struct.unpack(">I", png[at + 8 + size : at + 12 + size])[0] == zlib.crc32(kind + data)
        yield kind, data
        at += size + 12


def test_a_png_is_sharp_says_its_size_and_holds_its_words() -> None:
    drawn = draw(cases.peter())
    parts = dict(chunks(drawn.render(".png")))
    assert struct.unpack(">II", parts[b"IHDR"][:8])[0] == 2064
    assert struct.unpack(">II", parts[b"pHYs"][:8]) == (7559, 7559)
    assert parts[b"iTXt"].endswith(drawn.text.encode())


@pytest.mark.parametrize("write", [write_png, write_pdf])
def test_letters_are_the_library_s_own_whatever_is_installed(write: Callable[[str, str, str], bytes]) -> None:
    svg = draw(cases.peter()).svg
    own = re.sub(r'font-family="[^"]*"', 'font-family="DejaVu Sans"', svg)
    assert own != svg
    assert write(svg, "Title", "Words") == write(own, "Title", "Words")


def test_a_pdf_is_tagged_and_says_its_title_its_language_and_the_map_in_words() -> None:
    data = draw(cases.peter(), marking="OFFICIAL").render(".pdf")
    assert data.startswith(b"%PDF-1.7")
    assert b"/Lang(en-GB)" in data
    assert b"/Marked true" in data
    assert b"<pdfuaid:part>1</pdfuaid:part>" in data.replace(b" ", b"") or b"pdfuaid" in b"".join(pdf_streams(data))
    alt = re.search(rb"/Alt<FEFF([0-9A-F]+)>", data)
    assert alt is not None
    assert bytes.fromhex(alt[1].decode()).decode("utf-16-be") == draw(cases.peter(), marking="OFFICIAL").text
    assert len(re.findall(rb"/Type/Page[/ ]", data)) == 1


def pdf_streams(data: bytes) -> Iterator[bytes]:
    for found in re.finditer(rb"stream\r?\n(.*?)endstream", data, re.DOTALL):
        yield found[1]


@pytest.mark.parametrize(("size", "page"), [((774, 496), (841.89, 595.276)), ((538, 700), (595.276, 841.89)),
                                            ((300, 200), (841.89, 595.276)), ((774, 1040), (822.0, 1088.0))])  # fmt: skip
def test_a_pdf_s_page_is_a4_unless_the_letters_would_shrink_too_far(size: tuple[int, int], page: tuple[float, float]) -> None:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size[0]} {size[1]}"><rect width="9" height="9"/></svg>'
    found = re.search(rb"/MediaBox\[0 0 ([\d.]+) ([\d.]+)\]", write_pdf(svg, "Title", "Words"))
    assert found is not None
    assert (float(found[1]), float(found[2])) == pytest.approx(page, abs=0.01)


def pages_of(data: bytes) -> list[tuple[int, int]]:
    """The width and height of each page of a PDF, in whole points."""
    found = re.findall(rb"/MediaBox\[0 0 ([\d.]+) ([\d.]+)\]", data)
    return [(round(float(wide)), round(float(high))) for wide, high in found]


@pytest.mark.parametrize(("page", "size"), [("A4", (842, 595)), ("A4 portrait", (595, 842)), ("A3", (1191, 842)),
                                            ("A3 portrait", (842, 1191))])  # fmt: skip
def test_a_map_is_printed_on_the_page_that_was_asked_for(page: str, size: tuple[int, int]) -> None:
    assert pages_of(draw(cases.peter(), page=page).render(".pdf")) == [size]


def test_two_maps_below_each_other_are_printed_on_a_page_each_and_read_out_one_by_one() -> None:
    drawn = draw(compare(cases.james(), cases.integrated("james")), style="stacked")
    data = drawn.render(".pdf")
    assert pages_of(data) == [(842, 595)] * 2
    alts = [bytes.fromhex(found.decode()).decode("utf-16-be") for found in re.findall(rb"/Alt<FEFF([0-9A-F]+)>", data)]
    assert alts == [panel.text for panel in drawn.panels]


def test_a_page_stands_alone() -> None:
    page = draw(compare(cases.james(), cases.integrated("james")), marking="OFFICIAL").render(".html").decode()
    assert page.startswith('<!DOCTYPE html>\n<html lang="en-GB">')
    for word in ("<script", "src=", "href=", "@import", "url(", "onclick", "http://www.w3.org/1999"):
        assert word not in page
    assert page.count("<h1>") == 1
    assert "OFFICIAL" in page
    assert "Before: separate agencies" in page
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


@pytest.mark.skipif(shutil.which("neato") is None, reason="Graphviz is not installed")
def test_graphviz_draws_our_text_with_everybody_in_our_places(tmp_path: Path) -> None:
    drawn = draw(cases.integrated("tina"))
    path = draw_with_graphviz(drawn.render(".dot").decode(), tmp_path / "second.svg")
    svg = path.read_text(encoding="utf-8")
    places = {title: (float(x), float(y)) for title, x, y in re.findall(
        r'<title>(n\d+)</title>.*?<text text-anchor="middle" x="([-\d.]+)" y="([-\d.]+)"', svg, re.DOTALL)}  # fmt: skip
    first = drawn.scene.cards[0]
    for card in drawn.scene.cards:
        assert places[card.key][0] - places[first.key][0] == pytest.approx(card.x - first.x, abs=0.2)
    assert svg.count('class="edge"') == len(drawn.sheet.rolls[0].rows)
    with pytest.raises(FileError, match="could not write"):
        draw_with_graphviz(drawn.render(".dot").decode(), tmp_path / "a.nonsense")
    with pytest.raises(FileError, match="end the name"):
        draw_with_graphviz(drawn.render(".dot").decode(), tmp_path / "a")


def test_axes_get_our_picture_shape_by_shape() -> None:
    from matplotlib.figure import Figure

    drawn = draw(cases.peter())
    figure = Figure(figsize=(11, 7))
    ax = figure.add_axes((0, 0, 1, 1))
    assert drawn.to_matplotlib(ax) is ax
    view = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', drawn.svg)
    assert view is not None
    assert (*ax.get_xlim(), *ax.get_ylim()) == (0.0, float(view[1]), float(view[2]), 0.0)
    shapes = sum(drawn.svg.count(f"<{kind} ") for kind in ("rect", "path", "polygon", "ellipse", "circle", "line", "text"))
    assert len(ax.patches) == shapes
    for card in drawn.scene.cards:
        outline = next(patch for patch in ax.patches if patch.get_gid() == card.key)
        box = outline.get_path().get_extents()
        assert (box.width, box.height) == pytest.approx((card.width, card.height), abs=0.2)


def test_axes_take_dollar_signs_as_they_are() -> None:
    from matplotlib.figure import Figure

    def corners(label: str) -> int:
        case = Case.of(actors={"a": {"kind": "agency", "label": label}, "s": "school"}, ties=["a => s"])
        figure = Figure()
        ax = figure.add_subplot()
        draw(case).to_matplotlib(ax)
        figure.canvas.draw()
        return sum(len(patch.get_path().vertices) for patch in ax.patches)

    # Each sign adds its own outline, and nothing between two of them becomes a formula.
    assert corners("$x^2$ &") - corners("x^2 &") == 2 * (corners("a $") - corners("a"))


@pytest.mark.parametrize(("ending", "needs", "write"), [(".png", "resvg_py", write_png), (".pdf", "typst", write_pdf)])
def test_a_missing_part_is_named(ending: str, needs: str, write: object, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    real = builtins.__import__

    def without(name: str, *rest: object, **more: object) -> object:
        if name == needs:
            raise ImportError(name)
        return real(name, *rest, **more)  # type: ignore[arg-type]  # passed on as it came

    write.cache_clear()  # type: ignore[attr-defined]  # lru_cache gives it
    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingExtraError, match=r"pip install \"agencygraph\[pack\]\""):
        draw(cases.peter()).save(tmp_path / f"a{ending}")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("ending", ENDINGS)
def test_every_ending_is_written_in_either_case(ending: str, tmp_path: Path) -> None:
    drawn = draw(cases.peter())
    assert drawn.save(tmp_path / f"a{ending.upper()}").read_bytes() == drawn.render(ending)


def test_an_unknown_ending_is_answered_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"Did you mean '\.html'"):
        draw(cases.peter()).save(tmp_path / "a.htm")
    with pytest.raises(FileError, match=r"\.dot \(for Graphviz\)"):
        draw(cases.peter()).render("")
