"""The public edition of a meeting, byte by byte: nothing internal is in any of its files.

Files are unpacked as far as they go: archives, streams of PDF, data inside the page.
"""

import base64
import gzip
import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pypdf
import pytest
from shapely import Point, box

from geo import briefing, ledger
from geo.meeting import Chapter, Look, Text
from geo.model import Grade, Source
from tests.conftest import MakeSet
from tests.geo.test_shell_supply import Shell

OWNER, NOTES, FROZE, WELL = "权利人王五六", "讲稿只给主持人看", "经办赵七八", "保密输水井甲"
DOCUMENT, INSIDE = "内部文号七七号", "只在内部讨论的一章"
WEST, SOUTH = 122.17123456, 37.41123456
FILES = ("deck.pptx", "brief.docx", "page.html", "handout.pdf")


@pytest.fixture
def store(fresh: str, make_set: MakeSet) -> str:
    """Areas with an owner beside them, an internal set of wells, a chapter that shows both."""
    zone = ledger.open_zone(fresh)
    shapes = [box(WEST + i, SOUTH, WEST + i + 0.004, SOUTH + 0.003) for i in (0, 0.006)]
    open_ = Source("公开地块", Grade.SURVEYED, "CC0", document=DOCUMENT, note="内部说明九九")
    areas = make_set("landuse", shapes, open_, owner=[OWNER] * 2, kind=["1001"] * 2)
    closed = Source("保密水井", Grade.SURVEYED, "内部使用", secrecy="内部")
    wells = make_set("well", [Point(WEST, SOUTH)], closed, name=[WELL])
    for known in (areas, wells):
        zone.replace(known, by=FROZE, reason="试")
    made = briefing.start(zone, by=FROZE, title="公开汇报")
    look = Look((122.15, 37.40, 122.20, 37.43), ("zone", "landuse", "well"))
    own = Chapter("own", Text("地块与水井", "Land and wells"), look=look, notes=NOTES)
    inside = Chapter("inside", Text(INSIDE), lines=(Text("内部一句"),), internal=True)
    chapters = (made.chapters[0], own, inside)
    briefing.save(zone, replace(made, chapters=chapters), by=FROZE, expect=made.number)
    briefing.freeze(
        zone, by=FROZE, title="公开会", held=date(2026, 1, 8), as_of=date(2026, 1, 8)
    )  # fmt: skip
    return fresh


def written(shell: Shell, store: str, folder: Path, *more: str) -> dict[str, bytes]:
    """The four files of the meeting, by name."""
    (story,) = briefing.stories(ledger.open_zone(store))
    folder.mkdir()
    out = {}
    for name in FILES:
        command = "deck" if name.endswith("pptx") else "story"
        line = [command, str(folder / name), "--story", story.id, *more, "--store", store]
        assert shell(*line)[0] == 0
        out[name] = (folder / name).read_bytes()
    return out


def unpacked(data: bytes) -> Iterator[bytes]:
    """A file, and all that is packed inside it."""
    yield data
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as held:
            for name in held.namelist():
                yield from unpacked(held.read(name))
    for match in re.finditer(rb"stream\r?\n(.*?)endstream", data, re.S):
        try:
            yield zlib.decompressobj().decompress(match[1])
        except zlib.error:
            continue
    for text in re.findall(rb"H4sI[A-Za-z0-9+/=]{20,}", data):  # gzip in base64
        yield gzip.decompress(base64.b64decode(text))


def texts(data: bytes) -> str:
    """All text of a file, with that of the pages of a PDF, without spaces."""
    said = "\n".join(part.decode("utf-8", "replace") for part in unpacked(data))
    said += re.sub(r"\\u([0-9a-f]{4})", lambda m: chr(int(m[1], 16)), said)
    if data.startswith(b"%PDF"):
        said += "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)
    return re.sub(r"\s", "", said)  # a page may break a line anywhere


def numbers(value: Any) -> Iterator[float]:
    if isinstance(value, list):
        for one in value:
            yield from numbers(one)
    elif isinstance(value, float):
        yield value


def positions(data: bytes) -> Iterator[float]:
    """Every coordinate that a page carries."""
    for part in unpacked(data):
        if not part.startswith(b"{"):
            continue
        said = json.loads(part)
        for one in said.get("features", [said]):
            yield from numbers((one.get("geometry") or {}).get("coordinates", []))


def test_nothing_internal_is_in_any_file_of_the_public_edition(
    capsys: pytest.CaptureFixture[str], store: str, tmp_path: Path
) -> None:
    shell = Shell(capsys)
    public = written(shell, store, tmp_path / "out", "--public", "--approval", "鲁S（2026）001号")
    for name, data in public.items():
        said = texts(data)
        for hidden in (OWNER, NOTES, FROZE, WELL, DOCUMENT, INSIDE, "内部说明九九", "保密水井",
                       "内部一句", str(WEST)[:9], str(SOUTH)[:8]):  # fmt: skip
            assert hidden not in said, (name, hidden)
        assert "地块与水井" in said, name
        assert "鲁S（2026）001号" in said, name
        assert "公开版" in said, name
    found = list(positions(public["page.html"]))
    assert len(found) > 100
    assert all(round(one, 4) == one for one in found)


def test_the_internal_edition_has_what_the_public_one_left_out(
    capsys: pytest.CaptureFixture[str], store: str, tmp_path: Path
) -> None:
    """So that the test above cannot pass by looking in the wrong place."""
    internal = {
        name: texts(data) for name, data in written(Shell(capsys), store, tmp_path / "out").items()
    }
    for name, said in internal.items():
        assert INSIDE in said, name
        assert "内部一句" in said, name
    assert NOTES in internal["deck.pptx"]
    assert WELL in internal["page.html"]
    assert str(WEST)[:9] in internal["page.html"]


def test_a_public_picture_leaves_internal_sets_out_and_says_so(
    capsys: pytest.CaptureFixture[str], store: str, tmp_path: Path
) -> None:
    shell, out = Shell(capsys), tmp_path / "a.pdf"
    row = shell.json(
        f"picture {out} --public --sets zone,landuse,well --extent 122.15,37.40,122.20,37.43", store
    )
    assert row["left_out"] == ["well"]
    assert {one["name"] for one in row["sets"]} == {"zone", "landuse"}
    assert row["edition"] == "public"
    said = texts(out.read_bytes())
    assert WELL not in said
    assert OWNER not in said
    assert "不能用于量算" in said
    assert "公开发布前须取得审图号" in said
