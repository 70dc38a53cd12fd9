"""What we write, our own reader reads back: shapes to a millimetre, texts as they were."""

import pytest
import shapely

from geo.formats import Choice, peek, read
from geo.formats.apostrophe import tied, untied
from geo.formats.write import SYSTEMS, FileKind, write
from tests.geo.formats.written import HOSTILE, LOOK, made, same, to_plane

SHAPES = [
    shapely.box(122.2, 37.4, 122.21, 37.41).difference(
        shapely.box(122.203, 37.403, 122.205, 37.404)
    ),
    shapely.union_all([shapely.box(x, 37.3, x + 0.01, 37.31) for x in (122.15, 122.18)]),
    *[shapely.box(122.3, 37.3 + i / 100, 122.309, 37.309 + i / 100) for i in range(len(HOSTILE))],
]
NAMES = ["有洞", "两部分", *HOSTILE]
KNOWN = made(SHAPES, NAMES, kind=["示例"] * len(SHAPES))
COLUMNS = {FileKind.SHP: ("编号", "名称"), FileKind.DXF: ("编号", "名称")}
COLUMNS |= {FileKind.TXT: ("地块编号", "地块名称")}
CASES = [
    (kind, crs) for kind in FileKind for crs in SYSTEMS[kind] if crs and kind not in ("xlsx", "csv")
]
TRIMMED = {
    FileKind.SHP,
    FileKind.TXT,
    FileKind.XLSX,
    FileKind.CSV,
}  # or so their readers do


def as_written(kind: FileKind, name: str) -> str:
    """A name as the format can hold it."""
    if kind is FileKind.TXT:
        name = name.replace(",", "，").replace("\n", " ")
    return name.strip(" ") if kind in TRIMMED else name


@pytest.mark.parametrize(("kind", "crs"), CASES)
def test_what_goes_out_comes_in_again(kind: FileKind, crs: int) -> None:
    body, name = write(KNOWN, kind, look=LOOK, crs=crs), f"out.{kind}"
    layers = {layer.name for layer in peek(body, name).layers} - {"注记", "说明"}
    assert len(layers) == 1
    found = read(body, name, Choice(layer=layers.pop()))
    id_, title = COLUMNS.get(kind, ("id", "name"))
    rows = found.table.set_index(id_)
    assert sorted(rows.index) == sorted(KNOWN.table["id"])
    for wanted, text, shape in zip(
        KNOWN.table["id"], KNOWN.table["name"], KNOWN.table.geometry, strict=True
    ):
        got = rows.loc[wanted]
        assert got[title] == as_written(kind, text)
        pair = (to_plane(shape), to_plane(got.geometry))
        assert same(*pair if crs == 4490 else (to_plane(shape, crs), got.geometry))


@pytest.mark.parametrize("kind", [FileKind.XLSX, FileKind.CSV])
def test_a_table_that_goes_out_comes_in_again(kind: FileKind) -> None:
    body, name = write(KNOWN, kind, look=LOOK), f"out.{kind}"
    first, *_ = peek(body, name).layers
    table = read(body, name, Choice(layer=first.name, geometry="none")).table
    assert list(table["编号"]) == list(KNOWN.table["id"])
    assert list(table["名称"]) == [as_written(kind, name) for name in KNOWN.table["name"]]


@pytest.mark.parametrize("text", [*HOSTILE, "'", "''", "'=1", "007", "1-2", "", "'ab", "a'"])
def test_an_apostrophe_put_before_a_text_is_taken_away_again(text: str) -> None:
    assert untied(tied(text)) == text
