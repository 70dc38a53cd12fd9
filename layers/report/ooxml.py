"""What python-docx leaves to be said in XML: fonts, fields, repeated heads, fixed dates."""

import io
import zipfile
from datetime import UTC, date, datetime
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

_STILL = (2000, 1, 1, 0, 0, 0)  # no clock in a file: the same report, the same bytes
_THEME = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")


def set_fonts(properties: Any, east: str, latin: str) -> None:
    """Fonts of a style or run by name; fonts of the theme would win over them and go."""
    fonts = properties.get_or_add_rFonts()
    for name in _THEME:
        fonts.attrib.pop(qn(f"w:{name}"), None)
    for kind, font in (("ascii", latin), ("hAnsi", latin), ("eastAsia", east), ("cs", latin)):
        fonts.set(qn(f"w:{kind}"), font)


def add_field(paragraph: Any, code: str) -> None:
    """A field such as PAGE, which Word fills in."""
    for kind, text in (("begin", ""), ("", code), ("separate", ""), ("shown", "1"), ("end", "")):
        run = paragraph.add_run()
        if kind == "shown":
            run.text = text
            continue
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.set(qn("xml:space"), "preserve")
            element.text = f" {text} "
        run._r.append(element)


def repeat_head(row: Any) -> None:
    """A table row that stands at the top of every page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def keep_row(row: Any) -> None:
    """A table row that does not break over pages."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def set_margins(table: Any, sides: int, ends: int) -> None:
    """Room around the text of a table's cells, in twentieths of a point."""
    room = OxmlElement("w:tblCellMar")
    for side, size in (("top", ends), ("left", sides), ("bottom", ends), ("right", sides)):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), str(size))
        edge.set(qn("w:type"), "dxa")
        room.append(edge)
    properties = table._tbl.tblPr
    look = properties.find(qn("w:tblLook"))  # margins come before it
    properties.insert(len(properties) if look is None else properties.index(look), room)


def drop_tabs(style: Any) -> None:
    """A style without the tab stops that the template gave it."""
    tabs = style.element.get_or_add_pPr().find(qn("w:tabs"))
    if tabs is not None:
        tabs.getparent().remove(tabs)


def shade(cell: Any, color: str) -> None:
    """A cell's ground, RRGGBB."""
    fill = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", color)):
        fill.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(fill)


def rule_below(paragraph: Any, color: str) -> None:
    """A line under a paragraph."""
    edges, edge = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "12"), ("space", "6"), ("color", color)):
        edge.set(qn(f"w:{name}"), value)
    edges.append(edge)
    # the order of elements is fixed: borders come before spacing, indents and alignment
    paragraph._p.get_or_add_pPr().insert_element_before(
        edges, "w:shd", "w:tabs", "w:snapToGrid", "w:spacing", "w:ind", "w:jc", "w:outlineLvl",
        "w:rPr",
    )  # fmt: skip


def alternative_text(shape: Any, text: str) -> None:
    """What a reader who cannot see a picture is told."""
    shape._inline.docPr.set("descr", text)


def saved(book: Any, made: date) -> bytes:
    """A Word file with the day of the document as its only date."""
    day = datetime(made.year, made.month, made.day, tzinfo=UTC)
    book.core_properties.created = book.core_properties.modified = day
    out, packed = io.BytesIO(), io.BytesIO()
    book.save(out)
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _STILL)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            new.writestr(entry, old.read(name))
    return packed.getvalue()
