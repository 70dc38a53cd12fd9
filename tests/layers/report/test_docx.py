"""Reports as Word files, read back by python-docx and as XML."""

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pypdf
import pytest
import zxingcpp
from docx.oxml.ns import qn
from PIL import Image

from geo.errors import DataError
from layers.report import Picture, Report
from layers.report import docx as word_file
from tests.layers.report.conftest import LINK, many

Make = Callable[..., Report]


@pytest.fixture(scope="module")
def data(make: Make, pictures: tuple[Picture, ...]) -> bytes:
    return word_file(make(findings=many(20)), pictures)


@pytest.fixture(scope="module")
def book(data: bytes) -> Any:
    return docx.Document(io.BytesIO(data))


def xml(data: bytes, part: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return packed.read(part).decode()


def words(book: Any) -> str:
    cells = [c.text for table in book.tables for row in table.rows for c in row.cells]
    return "\n".join([*(paragraph.text for paragraph in book.paragraphs), *cells])


def test_paper_and_margins_are_those_of_official_documents(book: Any) -> None:
    page = book.sections[0]
    sizes = (
        page.page_width, page.page_height, page.top_margin, page.left_margin,
        page.page_width - page.left_margin - page.right_margin,
        page.page_height - page.top_margin - page.bottom_margin,
    )  # fmt: skip
    assert [round(size.mm if hasattr(size, "mm") else size / 36000) for size in sizes] == [
        210, 297, 37, 28, 156, 225,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("style", "font", "points"),
    [
        ("Normal", "仿宋_GB2312", 16),
        ("Title", "方正小标宋简体", 22),
        ("Heading 1", "黑体", 16),
        ("Heading 2", "楷体_GB2312", 16),
    ],
)
def test_fonts_are_named_and_none_is_left_to_the_theme(
    book: Any, data: bytes, style: str, font: str, points: float
) -> None:
    known = book.styles[style]
    fonts = known.element.rPr.rFonts
    assert fonts.get(qn("w:eastAsia")) == font
    assert not [name for name in fonts.attrib if "Theme" in name]
    assert known.font.size.pt == points


def test_headings_are_headings_and_numbered(book: Any) -> None:
    heads = [p.text for p in book.paragraphs if p.style.name == "Heading 1"]
    assert heads[0] == "一、核查结论与理由"
    assert heads[2] == "三、逐条核查结果"
    assert [head[:4] for head in heads[-3:]] == ["附件 1", "附件 2", "附件 3"]


def test_the_table_of_findings_repeats_its_head_and_has_every_rule(book: Any) -> None:
    table = next(t for t in book.tables if t.rows[0].cells[0].text == "序")
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows[1:])
    numbers = [row.cells[0].text for row in table.rows if row.cells[0].text.isdecimal()]
    assert numbers == [str(i) for i in range(1, 25)]


def test_figures_are_those_of_the_record(book: Any) -> None:
    told = words(book)
    for figure in (
        "100,000.00 ㎡（150.00 亩）", "12,345.68 ㎡", "18.52 亩", "占选址 12.35 %",
        "距离 约 63.5 米",
        "87,654.32 ㎡（131.48 亩）", "+10.00 ㎡ / +100 ppm", "a1" * 32,
    ):  # fmt: skip
        assert figure in told


def test_marks_and_page_numbers_stand_on_every_page(book: Any, data: bytes) -> None:
    page = book.sections[0]
    assert page.header.paragraphs[0].text == "内部\t【含示意资料】"
    assert not page.different_first_page_header_footer
    foot = next(
        xml(data, name)
        for name in zipfile.ZipFile(io.BytesIO(data)).namelist()
        if re.match(r"word/footer\d*\.xml", name)
    )
    assert [code.strip() for code in re.findall(r"<w:instrText[^>]*>([^<]*)<", foot)] == [
        "PAGE",
        "NUMPAGES",
    ]


def test_maps_have_their_true_size_and_a_text_for_who_cannot_see(book: Any) -> None:
    shapes = book.inline_shapes
    assert [round(shape.width.mm, 1) for shape in shapes] == [156, 76, 76, 76, 28]
    told = [shape._inline.docPr.get("descr") for shape in shapes]
    assert told[0] == "图 1  选址位置与涉及要素"


def test_the_code_leads_to_the_check(data: bytes) -> None:
    found = []
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        for name in packed.namelist():
            if name.startswith("word/media/"):
                picture = Image.open(io.BytesIO(packed.read(name)))
                found += [one.text for one in zxingcpp.read_barcodes(picture)]
    assert found == [LINK]


def test_the_same_report_gives_the_same_bytes(
    make: Make, pictures: tuple[Picture, ...], data: bytes
) -> None:
    assert word_file(make(findings=many(20)), pictures) == data
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        assert {entry.date_time for entry in packed.infolist()} == {(2000, 1, 1, 0, 0, 0)}
    core = xml(data, "docProps/core.xml")
    assert set(re.findall(r"20\d\d-\d\d-\d\d", core)) == {"2026-11-22"}


@pytest.mark.parametrize(
    "hostile", ["<w:p/>&amp;", "\x00\x0b甲", "=1+1", "a" * 400, "{MERGEFIELD x}", "喆🚀"]
)
def test_what_people_type_stays_text(make: Make, hostile: str) -> None:
    report = make()
    report = replace(report, site=replace(report.site, name=hostile), disputes={"road": hostile})
    told = words(docx.Document(io.BytesIO(word_file(report))))
    assert hostile.replace("\x00", " ").replace("\x0b", " ").strip() in told


def test_what_is_no_picture_is_refused(make: Make) -> None:
    with pytest.raises(DataError, match="PNG"):
        word_file(make(), [Picture(b"<svg/>", 100, "坏图")])


def test_libreoffice_opens_it(data: bytes, tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("没有 LibreOffice（soffice），不试打开 / no LibreOffice here")
    (tmp_path / "report.docx").write_bytes(data)
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    command = [office, home, "--headless", "--convert-to", "pdf", "report.docx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=180)
    read = pypdf.PdfReader(tmp_path / "report.pdf")
    told = re.sub(r"\s", "", "".join(page.extract_text() for page in read.pages))
    assert "12,345.68㎡" in told
    assert f"第1页共{len(read.pages)}页" in told
