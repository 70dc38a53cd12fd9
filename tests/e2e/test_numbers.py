"""What the pages print is what the shell prints: the same demonstration store, two doors."""

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import steps
from tests.e2e.server import ROOT, Server, start

UNTIL = "2026-06-30"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The demonstration store, told up to a fixed day, made by the shell itself."""
    url = f"sqlite:///{tmp_path_factory.mktemp('numbers') / 'demo.db'}"
    shell("demo", "--store", url, "--until", UNTIL)
    return url


def shell(*args: str) -> Any:
    """What a command prints as JSON."""
    done = subprocess.run(
        [sys.executable, "-m", "geo", *args, "--json"], cwd=ROOT, capture_output=True, check=True
    )
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def office(store: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = start(store, tmp_path_factory.mktemp("log") / "server.log")
    try:
        yield running
    finally:
        running.stop()
    assert not running.trouble(), running.log.read_text("utf-8")[-4000:]


def number(text: str) -> float:
    return float(text.replace(",", ""))


@pytest.mark.parametrize("day", ["2026-06-30", "2024-06-30", "2016-01-01"])
def test_the_ledger_adds_up_to_the_same_on_page_and_in_the_shell(
    page: Page, office: Server, store: str, day: str
) -> None:
    told = shell("supply", "status", "--as-of", day, "--store", store)
    page.goto(f"{office.url}/supply?asof={day}")
    expect(page.locator(".ssum")).to_be_visible(timeout=60_000)
    steps.settled(page)
    count, area = (number(one) for one in page.locator(".ssum b").all_inner_texts())
    assert (count, area) == (told["totals"]["count"], told["totals"]["area_mu"])
    parts = [
        (number(one.locator("b").inner_text()), number(one.locator("small").inner_text()))
        for one in page.locator(".sparts li").all()
    ]
    assert parts == [(one["count"], one["area_mu"]) for one in told["totals"]["by_status"]]
    assert sum(one[0] for one in parts) == count
    assert round(sum(one[1] for one in parts), 1) == area


def test_the_score_of_every_unit_is_the_same_on_page_and_in_the_shell(
    page: Page, office: Server, store: str
) -> None:
    told = shell("projects", "score", "--as-of", UNTIL, "--store", store)
    totals = {row["unit"]: row["total"] for row in told["rows"]}
    assert len(totals) >= 4
    page.goto(f"{office.url}/project?view=score&asof={UNTIL}")
    expect(page.locator("table.ptotals")).to_be_visible(timeout=60_000)
    rows = [
        row.locator("td").all_inner_texts() for row in page.locator("table.ptotals tbody tr").all()
    ]
    assert {unit: number(total) for _, unit, total, _ in rows} == totals


def test_every_page_of_a_demonstration_says_so(page: Page, office: Server) -> None:
    for name in ("map", "supply", "project", "target", "data"):
        page.goto(f"{office.url}/{'' if name == 'map' else name}")
        mark = page.locator(".zx-example")
        expect(mark).to_have_text("示例数据", timeout=60_000)
        assert "虚构" in (mark.get_attribute("title") or "") or "规则生成" in (
            mark.get_attribute("title") or ""
        )
