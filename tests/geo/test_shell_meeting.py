"""Meetings and pictures from a shell: keys that scripts rest on, files read back, plain faults."""

import io
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import docx
import pptx
import pypdf
import pytest
from PIL import Image

from geo import ledger
from tests.conftest import ROOT
from tests.geo.briefing import office
from tests.geo.test_shell_supply import Shell

MEETING = {
    "number", "title", "title_en", "held", "as_of", "version", "previous", "by", "at", "note",
}  # fmt: skip
CHANGE = {
    "kind", "set", "id", "name", "name_en", "before", "after", "day", "moved_m2",
}  # fmt: skip
PAPER = {"file", "bytes", "snapshot", "version", "as_of", "edition", "example", "slides"}
PICTURE = {
    "file", "bytes", "pages", "snapshot", "version", "as_of", "edition", "sets", "left_out",
    "scale", "extent",
}  # fmt: skip
FREEZE = "meeting freeze --title 第一次调度会 --title-en First --held 2026-01-08 --by 甲"


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(capsys)


@pytest.fixture
def met(shell: Shell, fresh: str) -> str:
    """A store as shipped, with one meeting."""
    shell.json(f"{FREEZE} --as-of 2026-01-05", fresh)
    return fresh


def test_a_meeting_is_frozen_listed_and_numbered(shell: Shell, met: str) -> None:
    row = shell.json("meeting freeze --title 第二次 --held 2026-02-01 --by 乙 --note 备注", met)
    (first, second) = shell.json("meeting list", met)
    assert set(first) == MEETING
    assert second == row
    assert (first["number"], first["title"], first["title_en"], first["by"]) == (
        1, "第一次调度会", "First", "甲",
    )  # fmt: skip
    assert (first["held"], first["as_of"], first["previous"]) == ("2026-01-08", "2026-01-05", None)
    assert (row["number"], row["previous"], row["as_of"]) == (2, 1, "2026-02-01")
    assert row["version"] == first["version"] + 1  # the first one is an event


def test_exactly_what_changed_is_told(shell: Shell, fresh: str) -> None:
    zone = ledger.open_zone(fresh)
    office.begun(zone)
    shell.json("meeting freeze --title 一 --held 2025-12-20 --as-of 2025-12-20 --by 甲", fresh)
    zone = ledger.open_zone(fresh)
    office.went_on(zone)
    shell.json("meeting freeze --title 二 --held 2026-01-05 --as-of 2026-01-05 --by 甲", fresh)
    told = shell.json("meeting changes", fresh)
    assert (told["number"], told["against"]) == (2, 1)
    assert all(set(row) == CHANGE for row in told["rows"])
    found = {(row["kind"], row["set"], row["id"]) for row in told["rows"]}
    assert {
        ("late", "project", "X-1"), ("recovered", "project", "X-2"), ("left", "project", "X-3"),
        ("new", "project", "X-4"), ("moved", "parcel", "P-1"), ("new", "parcel", "P-5"),
    } <= found  # fmt: skip
    assert not any(id_ == "P-4" for _, _, id_ in found)
    assert shell.json("meeting changes 1", fresh)["rows"] == []
    _, said, _ = shell("meeting", "changes", "--store", fresh)
    assert "X-1" in said


@pytest.mark.parametrize(
    "command", ["deck a.pptx", "story a.pdf", "story a.docx", "story a.html", "gif a.gif"]
)
def test_without_a_meeting_nothing_is_written(
    shell: Shell, fresh: str, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert shell.fault(*command.split(), "--store", fresh) == "SNAPSHOT_NONE"
    assert shell.fault("meeting", "changes", "--store", fresh) == "SNAPSHOT_NONE"
    _, _, said = shell(*command.split(), "--store", fresh)
    assert "meeting freeze" in said
    assert not list(tmp_path.glob("a.*"))


def of_pdf(data: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(data)).pages
    return re.sub(r"\s", "", "".join(page.extract_text() for page in pages))


def of_docx(data: bytes) -> str:
    return "".join(one.text for one in docx.Document(io.BytesIO(data)).paragraphs)


def of_pptx(data: bytes) -> str:
    shapes = [one for page in pptx.Presentation(io.BytesIO(data)).slides for one in page.shapes]
    return "".join(one.text_frame.text for one in shapes if one.has_text_frame)


def of_html(data: bytes) -> str:
    return data.decode("utf-8")


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("story 讲义.pdf", of_pdf), ("story 汇报.docx", of_docx), ("story 网页.html", of_html),
        ("deck 汇报.pptx", of_pptx),
    ],
)  # fmt: skip
def test_a_meeting_is_written_as_the_ending_says(
    shell: Shell, met: str, tmp_path: Path, line: str, read: Callable[[bytes], str]
) -> None:
    command, name = line.split()
    out = tmp_path / name
    row = shell.json(f"{command} {out} --maker 规划科", met)
    assert set(row) == PAPER
    assert (row["snapshot"], row["as_of"], row["edition"]) == (1, "2026-01-05", "internal")
    assert row["bytes"] == out.stat().st_size
    said = read(out.read_bytes())
    assert "第一次调度会" in said
    assert "服务贸易引领区" in said


def test_a_page_opens_in_the_palette_that_was_asked_for(
    shell: Shell, met: str, tmp_path: Path
) -> None:
    out = tmp_path / "a.html"
    shell.json(f"story {out} --palette grey", met)
    assert 'data-palette="grey"' in out.read_text("utf-8")


def test_an_empty_ledger_has_nothing_to_play(shell: Shell, met: str, tmp_path: Path) -> None:
    out = tmp_path / "a.gif"
    assert shell.fault("gif", str(out), "--store", met) == "GIF_PERIODS"
    assert not out.exists()


def test_a_picture_of_today_needs_no_meeting(shell: Shell, fresh: str, tmp_path: Path) -> None:
    out = tmp_path / "图.png"
    row = shell.json(f"picture {out} --sets sea,land,zone,park --grid km --page wide", fresh)
    assert set(row) == PICTURE
    assert (row["pages"], row["snapshot"], row["edition"]) == (1, None, "internal")
    assert {one["name"]: one["features"] for one in row["sets"]} == {
        "zone": 1, "park": 9, "land": 38, "sea": 1,
    }  # fmt: skip
    west, south, east, north = row["extent"]
    assert west < 122.1
    assert east > 122.3
    assert south < 37.28
    assert north > 37.46
    with Image.open(out) as image:
        assert image.width / image.height == pytest.approx(16 / 9, rel=1e-3)


def test_a_picture_of_a_place_is_in_english_and_titled(
    shell: Shell, met: str, tmp_path: Path
) -> None:
    out = tmp_path / "a.pdf"
    row = shell.json(
        f"picture {out} --around park:P05 --snapshot 1 --en --title Valley --scale 10000 "
        "--approval GS001 --sets zone,park,unit --page a3-tall",
        met,
    )
    assert (row["scale"], row["snapshot"], row["as_of"]) == (10000, 1, "2026-01-05")
    said = of_pdf(out.read_bytes())
    for text in ("Valley", "1:10000", "Approvalno.:GS001", "Dataof:2026-01-05", "A3portrait"):
        assert text in said
    page = pypdf.PdfReader(out).pages[0]
    assert float(page.mediabox.width) == pytest.approx(297 / 25.4 * 72, abs=0.1)


def test_an_svg_has_only_greys_where_grey_was_asked(
    shell: Shell, fresh: str, tmp_path: Path
) -> None:
    out = tmp_path / "a.svg"
    shell.json(f"picture {out} --palette grey --sets zone,park,unit", fresh)
    colours = set(re.findall(r"#([0-9a-f]{6})", out.read_text("utf-8")))
    assert colours
    assert all(one[:2] == one[2:4] == one[4:] for one in colours)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("picture a.png --sets zone,nowhere", "VIEW_SETS"),
        ("picture a.png --extent 122.3,37.3,122.2,37.4", "VIEW_EXTENT"),
        ("picture a.png --extent here", "VIEW_EXTENT"),
        ("picture a.png --extent 122.2,37.3,122.3,37.4 --around park:P05", "VIEW_EXTENT"),
        ("picture a.png --around park:P99", "VIEW_AROUND"),
        ("picture a.png --around P05", "VIEW_AROUND"),
        ("picture a.png --scale 1000", "PICTURE_SCALE"),
        ("picture a.jpg", "EXPORT_FORMAT"),
        ("atlas a.png", "EXPORT_FORMAT"),
        ("story a.pptx", "EXPORT_FORMAT"),
        ("picture a.png --snapshot 7", "SNAPSHOT_UNKNOWN"),
        ("picture nowhere/a.png --sets zone", "EXPORT_FAILED"),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_its_reason(
    shell: Shell, fresh: str, tmp_path: Path, line: str, code: str
) -> None:
    words = [str(tmp_path / one) if "a." in one else one for one in line.split()]
    assert shell.fault(*words, "--store", fresh) == code
    assert not list(tmp_path.glob("a.*"))


def test_an_atlas_has_an_index_and_a_page_for_each(
    shell: Shell, fresh: str, tmp_path: Path
) -> None:
    out = tmp_path / "a.pdf"
    row = shell.json(f"atlas {out} --by district --sets sea,land,zone", fresh)
    assert set(row) == PICTURE
    assert (row["pages"], row["scale"], row["extent"]) == (3, None, None)
    assert len(pypdf.PdfReader(out).pages) == 3
    said = of_pdf(out.read_bytes())
    assert "东部滨海新城" in said
    assert "西部城区" in said


def test_the_guide_names_every_key() -> None:
    guide = (ROOT / "docs" / "shell.md").read_text("utf-8")
    part = guide.split("## `meeting …`")[1].split("## `cluster …`")[0]
    for key in MEETING | CHANGE | PAPER | PICTURE:
        assert re.search(rf"\b{key}\b", part), key


def test_days_are_those_that_were_said(shell: Shell, fresh: str) -> None:
    row = shell.json("meeting freeze --title 一 --held 2026年1月8日 --by 甲", fresh)
    assert row["held"] == row["as_of"] == date(2026, 1, 8).isoformat()
