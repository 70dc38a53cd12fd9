"""The map on paper: drawn by us as a PDF, and printed by the browser with what it must say."""

import io
import re
from pathlib import Path

from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.e2e.steps import open_map, settled, tool


def words(body: bytes) -> str:
    return "".join("".join(one.extract_text().split()) for one in PdfReader(io.BytesIO(body)).pages)


def test_the_seen_map_is_taken_as_a_pdf_and_a_printed_page_says_what_it_is(
    page: Page, tmp_path: Path
) -> None:
    open_map(page)
    tool(page, "print").click()
    heading = page.get_by_role("textbox", name="图名")
    heading.fill("东部一览")
    heading.press("Tab")
    settled(page)
    page.get_by_role("button", name="出图", exact=True).click()
    take = page.get_by_role("button", name=re.compile(r"^下载 map_\d{8}\.pdf$"))
    expect(take).to_be_enabled(timeout=60_000)
    with page.expect_download() as waiting:
        take.click()
    waiting.value.save_as(tmp_path / "map.pdf")
    said = words((tmp_path / "map.pdf").read_bytes())
    for one in ("东部一览", "图例", "比例尺：1:", "数据日期", "数据版本", "示意"):
        assert one in said
    settled(page)
    heading.press("Escape")  # a button that was just pressed may have lost the focus
    expect(page.get_by_role("dialog")).to_have_count(0)
    printed = words(page.pdf(format="A4"))
    for one in ("经区规划一张图", "打印日期", "数据版本", "不等于没有限制", "经区范围", "示意"):
        assert one in printed
