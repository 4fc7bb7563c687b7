"""The parts of a Word file: styles, sections, marking and page numbers, tables, numbering, pictures."""

from __future__ import annotations

import copy
import datetime as dt
from typing import Any

from agencygraph.packs.document import SHORT, TOGETHER, Grid, Picture

LOOKS = {"": "Normal", "lead": "Lead", "small": "Small", "note": "Note"}
_DATE = dt.datetime(1980, 1, 1)  # noqa: DTZ001  # Word's properties know no time zone
_UNSAID = ("author", "category", "comments", "content_status", "identifier", "keywords", "last_modified_by", "subject", "version")
_SVG = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
_SVG_USE = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
_TWENTIETHS = 20
_IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_THUMBNAIL = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail"


def settle(file: Any, title: str, *, compact: bool) -> None:
    """Set what the file says of itself, its language and its styles."""
    properties = file.core_properties
    for name in _UNSAID:
        setattr(properties, name, "")
    properties.title, properties.language, properties.revision = title, "en-GB", 1
    properties.created = properties.modified = properties.last_printed = _DATE
    _drop_thumbnail(file)
    for language in file.styles.element.iter(_name("w:lang")):
        language.set(_name("w:val"), "en-GB")
        language.set(_name("w:eastAsia"), "en-GB")
    _set_styles(file.styles, 8.5 if compact else 10.0, compact)


def _drop_thumbnail(file: Any) -> None:
    """The template carries a picture of an empty page; a pack has none."""
    package = file.part.package
    for key in [key for key, rel in package.rels.items() if rel.reltype == _THUMBNAIL]:
        del package.rels[key]


def _set_styles(styles: Any, size: float, compact: bool) -> None:
    """One font everywhere, black headings, and styles for the looks of paragraphs."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    for name, base in (("Lead", "Normal"), ("Small", "Normal"), ("Note", "Normal"), ("Picture", "Normal"), ("Cell", "Normal")):
        styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = styles[base]
    sizes = {"Normal": size, "Lead": size + 2, "Small": size - 1, "Note": size, "Picture": size, "Cell": size - 0.5,
             "List Bullet": size, "List Number": size, "Header": 9.0, "Footer": 8.0, "Subtitle": size + 1.5,
             "Title": 14.0 if compact else 20.0, "Heading 1": size + (1.5 if compact else 5),
             "Heading 2": size + (1.5 if compact else 2.5), "Heading 3": size + 1}  # fmt: skip
    spaces = {"Normal": (0, 5), "Cell": (1.5, 1.5), "Picture": (0, 0), "List Bullet": (0, 3), "List Number": (0, 3),
              "Title": (0, 3), "Note": (4, 6), "Subtitle": (0, 6), "Heading 1": (14, 4), "Heading 2": (10, 3),
              "Heading 3": (8, 3)}  # fmt: skip
    for name, points in sizes.items():
        before, after = spaces.get(name, (0, 4))
        shrink = 0.4 if compact else 1.0
        single = compact or name in ("Picture", "Header", "Footer")  # a line as high as a picture must not grow
        _set_style(styles[name], points, (before * shrink, after * (0.6 if compact else 1.0)), 1.0 if single else 1.08)
    styles["Picture"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _rule_at_left(styles["Note"])
    for name in ("List Number", "List Bullet"):
        for tight in styles[name].element.findall(f".//{_name('w:contextualSpacing')}"):
            tight.getparent().remove(tight)  # Word would leave no room between entries
    styles["List Number"].paragraph_format.keep_together = styles["List Bullet"].paragraph_format.keep_together = True


def _set_style(style: Any, points: float, spaces: tuple[float, float], spacing: float) -> None:
    from docx.shared import Pt, RGBColor

    is_heading = style.name.startswith(("Heading", "Title"))
    style.font.name, style.font.size, style.font.italic = "Arial", Pt(points), False
    style.font.bold = True if is_heading else None
    style.font.color.rgb = RGBColor(0x1F, 0x2A, 0x37) if is_heading else RGBColor(0x1A, 0x1A, 0x1A)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in list(fonts.attrib):
        if script.endswith("Theme"):
            del fonts.attrib[script]
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(_name(f"w:{script}"), "Arial")
    shape = style.paragraph_format
    shape.space_before, shape.space_after, shape.line_spacing = Pt(spaces[0]), Pt(spaces[1]), spacing
    shape.keep_with_next = True if is_heading else None
    for border in style.element.findall(f".//{_name('w:pBdr')}"):
        border.getparent().remove(border)  # the template rules its titles


def _rule_at_left(style: Any) -> None:
    properties = style.element.get_or_add_pPr()
    border = _element("w:pBdr")
    border.append(_element("w:left", val="single", sz="24", space="6", color="1F2A37"))
    properties.insert_element_before(border, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")
    style.paragraph_format.left_indent = _points(8)


# --------------------------------------------------------------------------------------------------------- sections and pages
def size_section(section: Any, size: tuple[float, float], margins: tuple[float, float, float]) -> None:
    """Make a section A4, upright or across."""
    from docx.enum.section import WD_ORIENT

    section.orientation = WD_ORIENT.LANDSCAPE if size[0] > size[1] else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = _points(size[0]), _points(size[1])
    section.left_margin = section.right_margin = _points(margins[0])
    section.top_margin, section.bottom_margin = _points(margins[1]), _points(margins[2])
    section.header_distance, section.footer_distance = _points(18), _points(16)


def end_section(file: Any) -> None:
    """Let a section end with its last paragraph, and not with an empty one, for which a page may have no room."""
    *_, last, empty = file.element.body.iterchildren(_name("w:p"), _name("w:tbl"))
    if last.tag == _name("w:p") and last.pPr is not None and last.pPr.find(_name("w:sectPr")) is None:
        last.get_or_add_pPr().append(empty.pPr.find(_name("w:sectPr")))
        empty.getparent().remove(empty)


def head_and_foot(section: Any, marking: str, title: str) -> None:
    """Put the marking above every page, and below it the title and "Page x of y"."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
    head.text, head.alignment = "", WD_ALIGN_PARAGRAPH.CENTER
    head.add_run(marking).bold = True
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    foot.add_run(f"{title} – page ")
    _add_field(foot, "PAGE")
    foot.add_run(" of ")
    _add_field(foot, "NUMPAGES")


def _add_field(paragraph: Any, code: str) -> None:
    """A number that Word keeps up to date by itself."""
    field = _element("w:fldSimple", instr=code)
    run = _element("w:r")
    text = _element("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)  # noqa: SLF001  # python-docx has no fields of its own


# ---------------------------------------------------------------------------------------------------------------------- tables
def write_grid(place: Any, grid: Grid, room: float) -> None:
    """Write a table: its first row is its head on every page, no row breaks between pages."""
    table = _new_table(place, len(grid.rows) + 1, len(grid.columns), room)
    table.style = "Table Grid"
    _describe(table, grid.caption)
    is_short = len(grid.rows) <= SHORT
    for column, share in zip(table.columns, grid.shares, strict=True):
        column.width = _points(room * share)
    for at, words in enumerate((grid.columns, *grid.rows)):
        row = table.rows[at]
        _mark_row(row, is_head=at == 0)
        for cell, text, share in zip(row.cells, words, grid.shares, strict=True):
            cell.width = _points(room * share)
            paragraph = cell.paragraphs[0]
            paragraph.style = "Cell"
            paragraph.add_run(text).bold = True if at == 0 else None
            paragraph.paragraph_format.keep_with_next = True if at < (len(grid.rows) if is_short else TOGETHER) else None
            if at == 0:
                cell._tc.get_or_add_tcPr().append(_element("w:shd", val="clear", color="auto", fill="EEF0F2"))  # noqa: SLF001
    after = place.add_paragraph(style="Small")
    after.paragraph_format.space_after = _points(2)


def plain_table(place: Any, columns: int, room: float) -> Any:
    """Return a table of one row without lines."""
    table = _new_table(place, 1, columns, room)
    for cell in table.rows[0].cells:
        cell.width = _points(room / columns)
    return table


def _new_table(place: Any, rows: int, columns: int, room: float) -> Any:
    table = place.add_table(rows, columns)
    table.autofit = False
    for column in table.columns:
        column.width = _points(room / columns)
    return table


def _describe(table: Any, caption: str) -> None:
    properties = table._tbl.tblPr  # noqa: SLF001  # python-docx has no names of tables
    properties.append(_element("w:tblCaption", val=caption))


def _mark_row(row: Any, *, is_head: bool) -> None:
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001  # python-docx has no heads of tables
    properties.append(_element("w:cantSplit"))
    if is_head:
        properties.append(_element("w:tblHeader"))


# ----------------------------------------------------------------------------------------------------------- lists and pictures
def new_numbering(file: Any, style: str) -> int:
    """Return the number of a list that begins at one, of the kind that a style has."""
    numbering = file.part.numbering_part.element
    of_style = file.styles[style].element.pPr.numPr.numId.val
    kind = next(one for one in numbering.num_lst if one.numId == of_style).abstractNumId.val
    made = numbering.add_num(kind)
    made.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(made.numId)


def number_paragraph(paragraph: Any, number: int) -> None:
    """Make a paragraph an entry of a numbered list."""
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001  # python-docx numbers by style alone
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = number


def add_picture(paragraph: Any, picture: Picture, png: bytes, number: int) -> None:
    """Put a picture into a paragraph: as SVG where Word can show it, else as PNG; with its words for screen readers."""
    import io

    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    shape = paragraph.add_run().add_picture(io.BytesIO(png), width=_points(picture.width), height=_points(picture.height))
    named = shape._inline.docPr  # noqa: SLF001  # python-docx has no words for pictures
    named.set("name", f"Map {number}")
    named.set("title", picture.title)
    named.set("descr", picture.alt)
    part = paragraph.part
    drawn = Part(PackURI(f"/word/media/map{number}.svg"), "image/svg+xml", picture.svg.encode("utf-8"), part.package)
    key = part.relate_to(drawn, _IMAGE)
    blip = next(shape._inline.iter(_name("a:blip")))  # noqa: SLF001  # as above
    blip.append(_svg_extension(key))


def _svg_extension(key: str) -> Any:
    from docx.oxml.parser import parse_xml

    drawing, office = ("http://schemas.openxmlformats.org/drawingml/2006/main",
                       "http://schemas.openxmlformats.org/officeDocument/2006/relationships")  # fmt: skip
    return copy.copy(parse_xml(f'<a:extLst xmlns:a="{drawing}"><a:ext uri="{_SVG_USE}"><asvg:svgBlip xmlns:asvg="{_SVG}" '
                               f'xmlns:r="{office}" r:embed="{key}"/></a:ext></a:extLst>'))  # fmt: skip


def _points(value: float) -> Any:
    from docx.shared import Twips

    return Twips(round(value * _TWENTIETHS))


def _name(tag: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(tag))


def _element(tag: str, **attributes: str) -> Any:
    from docx.oxml import OxmlElement

    made = OxmlElement(tag)
    for key, value in attributes.items():
        made.set(_name(f"w:{key}"), value)
    return made
