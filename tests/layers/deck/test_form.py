"""A deck is sound: our theme, Chinese fonts, nothing outside or over, the same file each time."""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from PIL import ImageFont
from pptx.util import Emu, Length

from layers import deck
from layers.brief.values import Brief, Column, Kind, Number, Slide, Table, Text
from layers.picture import FontBook
from layers.style import Palette
from tests.layers.deck.conftest import Read, frames, words

MM = 36_000
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
SMALL = {"FOOTER", "SLIDE_NUMBER"}
LONG = "推进示范区基础设施建设并完善公共服务配套，加快重点项目落地见效，"


def parts(data: bytes, name: str) -> Iterator[tuple[str, ElementTree.Element]]:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        for one in packed.namelist():
            if re.fullmatch(name, one):
                yield one, ElementTree.fromstring(packed.read(one))


def test_the_theme_has_our_colours_and_a_chinese_font(data: bytes) -> None:
    themes = list(parts(data, r"ppt/theme/theme\d+\.xml"))
    assert len(themes) == 2  # of slides and of notes
    for _, theme in themes:
        faces = [one.get("typeface") for one in theme.iter(f"{A}ea")]
        assert faces == ["微软雅黑", "微软雅黑"]
        accent = theme.find(f".//{A}accent1/{A}srgbClr")
        assert accent is not None
        assert accent.get("val") == "1F5FA8"


def test_every_run_names_the_chinese_font_of_the_theme(data: bytes) -> None:
    for name, root in parts(data, r"ppt/(slides|notesSlides|charts)/\w+\.xml"):
        tags = {f"{A}rPr", f"{A}defRPr"} if "charts" in name else {f"{A}r"}
        for run in (one for one in root.iter() if one.tag in tags):
            face = run.find(f".//{A}ea")
            assert face is not None, (name, ElementTree.tostring(run)[:200])
            assert face.get("typeface") == "+mn-ea"


def test_layouts_are_ours_and_hold_placeholders(book: Any) -> None:
    names = ["封面 Cover", "文字 Text", "数字 Numbers", "表格 Table", "地图 Map", "结束 Closing"]
    assert [one.name for one in book.slide_layouts] == names
    assert (book.slide_width, book.slide_height) == (12_192_012, 6_858_000)
    for layout in book.slide_layouts:
        kinds = {str(one.placeholder_format.type).split(" ")[0] for one in layout.placeholders}
        assert {"FOOTER", "SLIDE_NUMBER"} <= kinds
        assert kinds & {"TITLE", "CENTER_TITLE"}


def test_the_presentation_names_the_master_of_its_notes(data: bytes) -> None:
    ((_, root),) = parts(data, r"ppt/presentation\.xml")
    tags = [one.tag.rpartition("}")[2] for one in root]
    assert tags[:4] == ["sldMasterIdLst", "notesMasterIdLst", "sldIdLst", "sldSz"]


def test_ids_of_shapes_are_unique_on_each_slide(data: bytes) -> None:
    for name, root in parts(data, r"ppt/(slides|slideLayouts|slideMasters)/\w+\.xml"):
        ids = Counter(one.get("id") for one in root.iter() if one.tag.endswith("}cNvPr"))
        assert not [id_ for id_, count in ids.items() if count > 1], name


@pytest.mark.parametrize("english", [False, True])
def test_nothing_lies_outside_a_slide(brief: Brief, read: Read, english: bool) -> None:
    book = read(brief, english=english)
    for slide in book.slides:
        for shape in slide.shapes:
            assert shape.left >= 0, shape.name
            assert shape.top >= 0, shape.name
            assert shape.left + shape.width <= book.slide_width, shape.name
            assert shape.top + shape.height <= book.slide_height, shape.name


def test_words_are_at_least_18_points_and_tables_14(book: Any) -> None:
    for number, slide in enumerate(book.slides, 1):
        for kind, frame in frames(slide):
            sizes = {run.font.size.pt for p in frame.paragraphs for run in p.runs if run.font.size}
            if kind in ("TITLE", "CENTER_TITLE", "SUBTITLE", "BODY"):
                assert min(sizes) >= 18, (number, frame.text)
            elif kind == "CELL" and sizes:
                assert min(sizes) >= 14, (number, frame.text)
            elif kind not in SMALL and sizes:
                assert min(sizes) >= 12, (number, frame.text)


FACES: dict[tuple[float, bool], ImageFont.FreeTypeFont] = {}


def width_mm(text: str, size: float, bold: bool) -> float:
    """Width of a text as Pillow measures it."""
    if (size, bold) not in FACES:
        name = f"NotoSansSC-{'Bold' if bold else 'Regular'}.ttf"
        path = Path(__file__).parents[3] / "assets" / "fonts" / name
        FACES[size, bold] = ImageFont.truetype(str(path), round(size * 20))
    return FACES[size, bold].getlength(text) / 20 * 25.4 / 72


def height_mm(frame: Any, wide: float) -> float:
    """What paragraphs take when broken wherever a line is full."""
    high = 0.0
    for paragraph in frame.paragraphs:
        if not paragraph.runs:
            continue
        needed = sum(
            width_mm(run.text, run.font.size.pt, bool(run.font.bold)) for run in paragraph.runs
        )
        lines = -(-needed // wide)
        spacing = paragraph.line_spacing
        assert isinstance(spacing, Length)
        high += max(lines, 1) * spacing.pt * 25.4 / 72
        high += paragraph.space_before.pt * 25.4 / 72 if paragraph.space_before else 0
    return high


def over(slide: Any) -> list[str]:
    """Words that need more room than their shape or cell has."""
    found = []
    for shape in slide.shapes:
        wide = Emu(shape.width) / MM
        if shape.has_text_frame and shape.text_frame.text:
            sized = [r for p in shape.text_frame.paragraphs for r in p.runs if r.font.size]
            if sized and height_mm(shape.text_frame, wide) > Emu(shape.height) / MM + 0.6:
                found.append(shape.text_frame.text)
        if shape.has_table:
            for row in shape.table.rows:
                for cell, column in zip(row.cells, shape.table.columns, strict=True):
                    inside = Emu(column.width - cell.margin_left - cell.margin_right) / MM
                    if height_mm(cell.text_frame, inside) > Emu(row.height) / MM + 0.1:
                        found.append(cell.text_frame.text)
    return found


@pytest.mark.parametrize("english", [False, True])
def test_no_words_overflow_their_room(brief: Brief, read: Read, english: bool) -> None:
    assert not [one for slide in read(brief, english=english).slides for one in over(slide)]


def long_slides() -> tuple[Slide, ...]:
    many = tuple(Text(f"{i}. {LONG * 3}") for i in range(1, 13))
    row = (Text("1"), Text(LONG * 30), Text("12,345"))
    columns = (Column("a", Text("序")), Column("b", Text("内容")), Column("c", Text("金额"), True))
    numbers = tuple(
        Number(Text(LONG), "123,456,789.01", Text("万平方米"), Text(LONG)) for _ in range(8)
    )
    return (
        Slide("a", Kind.TITLE, Text(LONG * 2), Text(LONG * 2)),
        Slide("b", Kind.TEXT, Text(LONG * 2), Text(LONG * 3), many),
        Slide("c", Kind.NUMBERS, Text(LONG), numbers=numbers),
        Slide("d", Kind.TABLE, Text(LONG), Text(LONG), table=Table(columns, (row,) * 3)),
        Slide("e", Kind.CLOSING, Text(LONG), lines=many[:4]),
    )


def test_words_too_long_are_set_smaller_or_go_on_further_slides(brief: Brief, read: Read) -> None:
    book = read(replace(brief, slides=long_slides()))
    assert not [one for slide in book.slides for one in over(slide)]
    said = re.sub(r"\s", "", "".join(words(one) for one in book.slides))
    assert all(f"{i}.{LONG * 3}" in said for i in range(1, 13))  # no point is lost
    cells = [
        cell.text_frame.text
        for slide in book.slides
        for shape in slide.shapes
        if shape.has_table
        for row in list(shape.table.rows)[1:]
        for cell in [row.cells[1]]
    ]
    assert "".join(cells) == LONG * 90


@pytest.mark.parametrize("palette", [Palette.STANDARD, Palette.GREY])
def test_the_same_brief_gives_the_same_bytes(
    brief: Brief, fonts: FontBook, palette: Palette
) -> None:
    few = replace(brief, slides=(brief.slides[0], brief.slides[3], brief.slides[-1]))
    first = deck.write(few, fonts, palette=palette)
    assert first == deck.write(few, fonts, palette=palette)


def test_the_only_day_in_the_file_is_that_of_the_meeting(data: bytes, book: Any) -> None:
    core = book.core_properties
    assert core.title == "重大事项推进第三次调度会"
    assert core.created.date().isoformat() == "2026-11-20"
    assert core.modified == core.created
    assert core.author == ""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        assert {one.date_time for one in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [one for one in packed.namelist() if "printer" in one or "thumbnail" in one]


def test_grey_hatches_every_second_series_and_ring_piece(brief: Brief, fonts: FontBook) -> None:
    few = replace(brief, slides=(brief.slides[3], brief.slides[4]))
    roots = list(parts(deck.write(few, fonts, palette=Palette.GREY), r"ppt/charts/\w+\.xml"))
    assert [len(list(root.iter(f"{A}pattFill"))) for _, root in roots] == [1, 2]


def test_no_number_of_a_colour_is_left_in_the_grey_edition_of_a_chart(
    brief: Brief, fonts: FontBook
) -> None:
    few = replace(brief, slides=(brief.slides[4],))
    for _, root in parts(deck.write(few, fonts, palette=Palette.GREY), r"ppt/charts/\w+\.xml"):
        for one in root.iter(f"{A}srgbClr"):
            value = one.get("val", "")
            assert value[:2] == value[2:4] == value[4:] or value == "8A94A0"
