"""The page of meetings in a real browser, on a store where nothing but the shipped sets is.

The default story has 18 chapters: three, the eight matters, four maps and tables, three.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from geo import briefing, meeting
from geo.ledger import open_zone
from geo.zone import Zone
from tests.e2e import steps
from tests.e2e.server import Server, serving

PATIENCE_MS = 60_000


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("show")


@pytest.fixture(scope="module")
def zone(folder: Path) -> Zone:
    """The store as another clerk on the same machine has it open."""
    return open_zone(f"sqlite:///{folder / 'zone.db'}")


@pytest.fixture(scope="module")
def office(folder: Path, zone: Zone) -> Iterator[Server]:
    with serving(folder) as running:
        yield running


def opened(page: Page, office: Server, asked: str = "") -> None:
    page.goto(f"{office.url}/show?{asked}")
    expect(page.locator(".st-key-mhead")).to_be_visible(timeout=PATIENCE_MS)
    steps.settled(page)


def press(page: Page, key: str) -> None:
    page.locator(f".st-key-{key} button").first.click()


def see(page: Page, view: str) -> None:
    page.locator(".st-key-show_view").get_by_text(view, exact=True).click()


def test_a_state_is_frozen_its_story_made_and_a_file_taken_along(
    page: Page, office: Server, zone: Zone
) -> None:
    opened(page, office)
    expect(page.locator(".st-key-sempty")).to_contain_text("会议快照")
    press(page, "show_first")
    title = page.get_by_role("dialog").get_by_role("textbox", name="会议名称")
    expect(title).to_have_value("第 1 次调度会", timeout=PATIENCE_MS)
    title.fill(" ")
    title.blur()
    press(page, "show_f_go")
    expect(page.get_by_role("alert")).to_contain_text("会议名称", timeout=PATIENCE_MS)
    title.fill("开局会")
    title.blur()
    steps.settled(page)
    press(page, "show_f_go")
    expect(page.locator(".mrow")).to_contain_text("开局会", timeout=PATIENCE_MS)
    (frozen,) = briefing.snapshots(zone)
    expect(page.locator(".st-key-mpanel")).to_contain_text(f"{frozen.version:,}")

    see(page, "汇报内容")
    press(page, "show_begin_first")
    expect(page.locator(".mchap")).to_have_count(18, timeout=PATIENCE_MS)
    page.locator('[data-act="hide"]').nth(1).click()
    expect(page.locator(".munsaved")).to_be_visible(timeout=PATIENCE_MS)
    press(page, "show_save")
    expect(page.locator(".munsaved")).to_have_count(0, timeout=PATIENCE_MS)
    (story,) = briefing.stories(zone)
    assert [one.made for one in story.chapters if one.hidden] == ["agenda"]

    see(page, "输出")
    press(page, "show_make_html")
    take = page.locator(".st-key-show_take_html button")
    expect(take).to_be_visible(timeout=PATIENCE_MS)
    with page.expect_download() as waiting:
        take.click()
    assert waiting.value.suggested_filename == f"经区汇报_第1次_{frozen.held:%Y%m%d}.html"


def test_a_map_becomes_a_chapter_and_whoever_saves_second_is_told_and_loses_nothing(
    page: Page, office: Server, zone: Zone
) -> None:
    held = briefing.start(zone, by="李工", title="两人同改")
    steps.open_map(page, f"{office.url}/?on=zone,park")
    steps.tool(page, "story").click()
    dialog = page.get_by_role("dialog")
    name = dialog.get_by_role("textbox", name="标题", exact=True)
    expect(name).to_be_visible(timeout=PATIENCE_MS)
    name.fill("园区位置")
    name.blur()
    steps.settled(page)
    press(page, "show_add_go")
    expect(page.locator(".mgood")).to_contain_text(held.id, timeout=PATIENCE_MS)
    kept = briefing.story(zone, held.id)
    (chapter,) = (one for one in kept.chapters if one.title.zh == "园区位置")
    assert chapter.look is not None
    assert set(chapter.look.on) == {"zone", "park"}
    assert chapter.look.extent is not None
    assert "on=zone,park" in chapter.permalink

    press(page, "show_added_open")
    row = page.locator('.mchap[aria-current="true"]')
    expect(row).to_contain_text("园区位置", timeout=PATIENCE_MS)
    other = meeting.replaced(kept, replace(kept.chapters[0], notes="别人写的"))
    briefing.save(zone, other, by="王工", expect=kept.number)
    notes = page.get_by_role("textbox", name=re.compile("讲稿"))
    notes.fill("我写的讲稿")
    notes.blur()
    expect(page.locator(".munsaved")).to_be_visible(timeout=PATIENCE_MS)
    press(page, "show_save")
    expect(page.get_by_role("alert")).to_contain_text("王工", timeout=PATIENCE_MS)
    expect(notes).to_have_value("我写的讲稿")
    press(page, "show_mine")
    expect(page.get_by_role("alert")).to_have_count(0, timeout=PATIENCE_MS)
    steps.settled(page)
    mine = briefing.stories(zone)[-1]
    assert mine.id != held.id
    assert meeting.chapter(mine, chapter.id).notes == "我写的讲稿"
    assert briefing.story(zone, held.id).chapters[0].notes == "别人写的"
