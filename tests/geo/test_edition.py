"""The public edition tells no internal field and no position that one could measure from."""

import io
import json
import struct
from collections.abc import Callable, Iterator
from itertools import product

import numpy as np
import pytest
import shapely
from pyproj import Transformer

from geo.edition import FIELDS, Edition, released
from geo.errors import DataError
from geo.formats.write import SYSTEMS, FileKind, write
from geo.model import Boundaries, Grade, Source
from layers.look import Look
from tests.geo.formats.written import unzipped

MakeSet = Callable[..., Boundaries]
SECRET = "权属人赵钱孙"
SOURCE = Source(
    "示例图",
    Grade.SURVEYED,
    "CC0",
    document=f"{SECRET}一",
    url=f"file:{SECRET}二",
    note=f"{SECRET}三",
)
# Corners with seven decimals, none of them on the grid of the public edition.
FIELD = shapely.Polygon(
    [(122.2012345, 37.4012345), (122.2212347, 37.4012349), (122.2212351, 37.4212353),
     (122.2112333, 37.4242357), (122.2012361, 37.4212359)],
    [[(122.2062363, 37.4062367), (122.2112369, 37.4062371), (122.2112373, 37.4112377)]],
)  # fmt: skip
TRACK = shapely.LineString([(122.2312379, 37.4012381), (122.2412383, 37.4062387)])
SPOT = shapely.Point(122.2512389, 37.4012391)


@pytest.fixture
def planted(make_set: MakeSet) -> Boundaries:
    """A set with a secret in every place a bureau may put one."""
    return with_secrets(make_set, [FIELD, FIELD, TRACK, SPOT])


def with_secrets(make_set: MakeSet, shapes: list[shapely.Geometry]) -> Boundaries:
    count = len(shapes)
    return make_set(
        "parcel", shapes, SOURCE, kind=["示例"] * count, basis=[f"{SECRET}四"] * count,
        basis_en=["PLANTED"] * count, landowner=[f"{SECRET}五"] * count,
        phone=[13_812_345_678] * count, parent=[f"{SECRET}六"] * count,
        declared_m2=[987_654.25] * count,
        隐去坐标=["是" if i == 1 else "" for i in range(count)],
    )  # fmt: skip


def planes(xy: np.ndarray) -> Iterator[np.ndarray]:
    yield xy
    for crs in (4550, 4529):
        by = Transformer.from_crs(4490, crs, always_xy=True)
        yield np.column_stack(by.transform(xy[:, 0], xy[:, 1]))


def traces(shapes: list[shapely.Geometry]) -> set[bytes]:
    """Every exact coordinate as text (to a metre and finer) and as a number in a binary file."""
    out = set()
    for xy in planes(np.vstack([shapely.get_coordinates(shape) for shape in shapes])):
        decimals = range(5, 8) if xy.max() < 200 else range(1, 4)
        for value in xy.ravel().tolist():
            out |= {struct.pack(order, value) for order in ("<d", ">d")}
            out |= {f"{value:.{places}f}".encode() for places in decimals}
            out.add(repr(value).encode())
    return out


def words() -> set[bytes]:
    """The planted texts as files may hold them."""
    texts = {SECRET, "PLANTED", "13812345678", "987654.25", "landowner", "phone", "隐去坐标"}
    encodings = ("utf-8", "gb18030", "utf-16-le")
    escaped = {json.dumps(text)[1:-1].encode() for text in texts}
    return escaped | {t.encode(e) for t, e in product(texts, encodings)}


def everything(body: bytes) -> bytes:
    """All bytes of a file, those inside a zip included."""
    if body[:2] != b"PK":
        return body
    members = unzipped(body)
    assert not any(one[:2] == b"PK" for one in members.values())
    return body + b"\0".join([*(name.encode() for name in members), *members.values()])


CASES = [(kind, crs) for kind in FileKind for crs in SYSTEMS[kind]]


@pytest.mark.parametrize(("kind", "crs"), CASES)
def test_nothing_internal_is_left_in_a_public_file(
    make_set: MakeSet, planted: Boundaries, kind: FileKind, crs: int
) -> None:
    known = with_secrets(make_set, [FIELD]) if kind is FileKind.TXT else planted
    look = Look("示例地块")
    public = everything(write(known, kind, look=look, crs=crs, edition=Edition.PUBLIC))
    left = {trace for trace in words() | traces(list(known.table.geometry)) if trace in public}
    assert not left
    # The search would have found them: the internal edition holds both.
    internal = everything(write(known, kind, look=look, crs=crs))
    if kind is not FileKind.TXT:
        assert any(word in internal for word in words())
    if kind not in (FileKind.XLSX, FileKind.CSV):
        assert any(trace in internal for trace in traces([FIELD]))


def test_public_shapes_lie_on_a_grid_and_have_lost_what_is_smaller_than_50_m(
    make_set: MakeSet,
) -> None:
    dent = shapely.box(122.205, 37.4, 122.2052, 37.4003)  # 18 m by 33 m
    shape = shapely.box(122.2, 37.4, 122.2100049, 37.4100049).difference(dent)
    (found,) = released(make_set("zone", [shape]), Edition.PUBLIC).known.table.geometry
    assert found.normalize().equals(shapely.box(122.2, 37.4, 122.21, 37.41).normalize())
    grid = shapely.get_coordinates(found) * 1e4
    assert grid == pytest.approx(np.round(grid), abs=1e-6)
    assert found.is_valid


def test_a_position_that_is_flagged_or_too_small_to_tell_is_taken_away(make_set: MakeSet) -> None:
    speck = shapely.box(122.2, 37.4, 122.20002, 37.40002)
    spots = [SPOT, SPOT, speck]
    known = make_set("facility", spots, hide_position=[True, False, False])
    leaving = released(known, Edition.PUBLIC)
    first, second, third = leaving.known.table.geometry
    assert (first, third) == (None, None)
    assert (second.x, second.y) == (122.2512, 37.4012)
    assert "2 个要素的坐标已去除" in "".join(leaving.notes)
    assert list(leaving.known.table.columns) == ["id", "name", "geometry"]


def test_rows_without_a_position_stay_in_the_table(planted: Boundaries) -> None:
    look = Look("示例")
    body = json.loads(write(planted, FileKind.GEOJSON, look=look, edition=Edition.PUBLIC))
    assert [bool(one["geometry"]) for one in body["features"]] == [True, False, True, True]
    assert [one["properties"]["id"] for one in body["features"]] == ["S1", "S2", "S3", "S4"]
    assert set(body["features"][0]["properties"]) == {
        "id", "name", "kind", "grade", "source", "licence",
    }  # fmt: skip


def test_the_internal_edition_is_the_set_itself(planted: Boundaries) -> None:
    assert released(planted, Edition.INTERNAL).known is planted


@pytest.mark.parametrize("level", ["内部", "秘密", "机密", "绝密", "工作秘密"])
def test_a_classified_set_has_no_public_edition(make_set: MakeSet, level: str) -> None:
    by_row = make_set("parcel", [SPOT, SPOT], 密级=["公开", level])
    source = Source("示例", Grade.SURVEYED, "内部使用", secrecy=level)
    by_set = make_set("parcel", [SPOT], source)
    for known in (by_row, by_set):
        with pytest.raises(DataError, match=level) as refusal:
            write(known, FileKind.GEOJSON, look=Look("示例"), edition=Edition.PUBLIC)
        assert refusal.value.code == "EDITION_SECRET"
        assert write(known, FileKind.GEOJSON, look=Look("示例"))
    assert f'"密级":"{level}"'.encode() in write(by_set, FileKind.GEOJSON, look=Look("示例"))


def test_open_rows_may_go_out(make_set: MakeSet) -> None:
    known = make_set("parcel", [SPOT, SPOT], secrecy=["公开", None])
    assert len(released(known, Edition.PUBLIC).known.table) == 2


def test_free_texts_are_on_no_list() -> None:
    internal = {"basis", "basis_en", "note", "owner", "document", "secrecy"}
    assert not set().union(*FIELDS.values()) & internal


def test_a_public_workbook_measures_nothing_from_coarse_shapes(planted: Boundaries) -> None:
    body = write(planted, FileKind.XLSX, look=Look("示例"), edition=Edition.PUBLIC)
    text = io.BytesIO(unzipped(body)["xl/sharedStrings.xml"]).read().decode()
    assert "编号" in text
    assert "面积/" not in text
    assert "不能用于量算" in text
