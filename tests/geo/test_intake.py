"""From a stranger's file to a set of the zone: nothing lost, nothing half done, all of it told."""

import hashlib
import io
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import geocoordinates_ffi as oracle
import pytest
import shapefile
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pyproj import Geod, Transformer

from geo import intake
from geo.errors import ConflictError, DataError
from geo.formats import Choice
from geo.intake import Papers, Shift, Staged, Terms, Upload
from geo.model import Grade
from geo.zone import Zone, open_zone

GEOD = Geod(a=6378137.0, rf=298.257222101)
PAPERS = Papers(
    "经区界线（批准稿）",
    Grade.OFFICIAL,
    "内部使用",
    issuer="自然资源局",
    issued=date(2026, 5, 1),
    document="威自然资〔2026〕1号",
    secrecy="内部",
    error_m=0.5,
    reason="批准",
)
SQUARE = (122.2, 37.4, 0.001)
Ring = list[list[float]]


def square(lon: float, lat: float, side: float = 0.001) -> Ring:
    return [[lon, lat], [lon + side, lat], [lon + side, lat + side], [lon, lat + side], [lon, lat]]


def feature(ring: Ring | None, **properties: Any) -> dict[str, Any]:
    shape = None if ring is None else {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "properties": properties, "geometry": shape}


def upload(*features: dict[str, Any], name: str = "地块.geojson") -> Upload:
    body = {"type": "FeatureCollection", "features": list(features)}
    return Upload(json.dumps(body, ensure_ascii=False).encode(), name)


def two(**more: Any) -> Upload:
    return upload(
        feature(square(122.2, 37.4), 编号="E-001", 名称="一号", **more),
        feature(square(122.21, 37.4), 编号="E-002", 名称="二号", **more),
    )


def codes(staged: Staged) -> set[str]:
    return {one.code for one in staged.issues}


def state(zone: Zone, path: Path) -> tuple[int, str]:
    return zone.version, hashlib.sha256(path.read_bytes()).hexdigest()


def area_m2(ring: Ring) -> float:
    lon, lat = zip(*ring, strict=True)
    return abs(GEOD.polygon_area_perimeter(lon, lat)[0])


@pytest.fixture
def path(tmp_path: Path, store_url: str) -> Path:
    """A store of this test's own, copied from the seeded one."""
    made = tmp_path / "zone.db"
    made.write_bytes(Path(store_url.removeprefix("sqlite:///")).read_bytes())
    return made


@pytest.fixture
def own(path: Path) -> Zone:
    return open_zone(f"sqlite:///{path}")


def test_a_file_is_staged_checked_and_nothing_is_written(own: Zone, path: Path) -> None:
    before = state(own, path)
    staged = intake.stage(own, two(面积亩=14.7), "parcel")
    assert (staged.features, staged.stored, staged.reported) == (2, 2, 0)
    assert staged.accepted
    assert staged.columns == {"编号": "id", "名称": "name"}
    assert list(staged.table["id"]) == ["E-001", "E-002"]
    assert staged.crs == "EPSG:4326"
    assert staged.table["declared_m2"].tolist() == pytest.approx([9800, 9800])
    assert "NULL_SHIFT" in codes(staged)
    assert state(own, path) == before


def test_what_was_confirmed_is_held_with_its_file_papers_and_counts(own: Zone) -> None:
    staged = intake.stage(own, two(地块用途="工业用地"), "parcel", Terms(sender="测绘院"))
    version = intake.commit(own, staged, PAPERS, by="李工")
    assert version == own.version == staged.version + 2  # the set, and the sender's columns
    held = own.existing("parcel")
    assert list(held.table["kind"]) == ["工业用地", "工业用地"]
    assert held.source.issuer == "自然资源局"
    assert (held.source.document, held.source.secrecy) == ("威自然资〔2026〕1号", "内部")
    (_, event), *rest = own.history("parcel")
    assert not rest
    assert (event.by, event.document, event.reason) == ("李工", "威自然资〔2026〕1号", "批准")
    said = {name: event.data[name] for name in ("features", "stored", "reported", "file", "crs")}
    assert said == {
        "features": 2,
        "stored": 2,
        "reported": 0,
        "file": "地块.geojson",
        "crs": "EPSG:4326",
    }
    assert event.data["digest"] == hashlib.sha256(staged.raw).hexdigest()
    assert own._store.file(event.data["digest"]) == staged.raw
    assert not own.verify()


def test_columns_are_remembered_for_the_sender_alone(own: Zone) -> None:
    file = upload(feature(square(122.2, 37.4), 甲="A", 乙="一号"))
    said = Terms(columns={"甲": "id", "乙": "name"}, sender="测绘院")
    intake.commit(own, intake.stage(own, file, "parcel", said), PAPERS, by="李工")
    again = intake.stage(own, file, "parcel", Terms(sender="测绘院"))
    assert list(again.table["id"]) == ["A"]
    assert again.changes == ()
    assert intake.remembered(own, "测绘院") == {"甲": "id", "乙": "name"}
    other = intake.stage(own, file, "parcel", Terms(sender="别处"))
    assert list(other.table["id"]) == ["parcel-0001"]
    assert "ID_MADE" in codes(other)


def test_ids_keep_every_digit_and_those_missing_are_made_and_told(own: Zone) -> None:
    file = upload(
        feature(square(122.2, 37.4), 编号="0012"),
        feature(square(122.21, 37.4), 编号=None),
        feature(square(122.22, 37.4), 编号="371002198001010012"),
    )
    staged = intake.stage(own, file, "parcel")
    assert list(staged.table["id"]) == ["0012", "parcel-0002", "371002198001010012"]
    assert list(staged.table["name"]) == list(staged.table["id"])
    assert {"ID_MADE", "NAME_MADE"} <= codes(staged)


def test_a_column_that_only_bears_our_name_is_kept_under_another(own: Zone) -> None:
    file = upload(feature(square(122.2, 37.4), 编号="A", id=7, grade="一级", declared_m2="约五亩"))
    staged = intake.stage(own, file, "parcel", Terms(columns={"编号": "id"}))
    row = staged.table.iloc[0]
    assert (row["id"], row["原id"], row["原grade"], row["原declared_m2"]) == (
        "A",
        7,
        "一级",
        "约五亩",
    )
    assert [one.field for one in staged.issues if one.code == "COLUMN_RENAMED"] == [
        "declared_m2",
        "grade",
    ]


def test_one_faulty_row_refuses_all_until_it_is_set_aside(own: Zone, path: Path) -> None:
    file = upload(feature(square(122.2, 37.4), 编号="A"), feature(None, 编号="B"))
    before = state(own, path)
    refused = intake.stage(own, file, "parcel")
    assert (refused.features, refused.stored, refused.reported) == (2, 0, 2)
    assert {"GEOMETRY_EMPTY", "REFUSED"} <= codes(refused)
    with pytest.raises(DataError) as told:
        intake.commit(own, refused, PAPERS, by="李工")
    assert told.value.code == "IMPORT_REFUSED"
    assert told.value.issues == refused.issues
    assert state(own, path) == before
    for aside in (True, frozenset({2})):
        staged = intake.stage(own, file, "parcel", Terms(set_aside=aside))
        assert (staged.features, staged.stored, staged.reported) == (2, 1, 1)
    assert not intake.stage(own, file, "parcel", Terms(set_aside=frozenset({1}))).accepted


def test_a_bow_tie_is_mended_or_refused_as_the_reader_says(own: Zone) -> None:
    ring = [[122.2, 37.4], [122.201, 37.401], [122.201, 37.4], [122.2, 37.401], [122.2, 37.4]]
    file = upload(feature(ring, 编号="A"))
    mended = intake.stage(own, file, "parcel")
    assert mended.accepted
    assert mended.mends[0].before_m2 == pytest.approx(0, abs=1)
    assert mended.mends[0].after_m2 == pytest.approx(area_m2(square(*SQUARE)) / 2, rel=1e-3)
    assert not intake.stage(own, file, "parcel", Terms(repair=False)).accepted


def test_confirming_twice_tells_who_was_first(own: Zone) -> None:
    staged = intake.stage(own, two(), "parcel")
    intake.commit(own, staged, PAPERS, by="李工")
    with pytest.raises(ConflictError, match="李工"):
        intake.commit(own, staged, PAPERS, by="王工")
    assert len(own.history("parcel")) == 1


def test_another_set_changed_meanwhile_is_no_conflict_but_the_zone_is(own: Zone) -> None:
    staged = intake.stage(own, two(), "parcel")
    intake.commit(own, intake.stage(own, two(), "landuse"), PAPERS, by="王工")
    intake.commit(own, staged, PAPERS, by="李工")
    again = intake.stage(own, two(), "relic")
    outline = intake.stage(
        own, upload(feature(square(122.1, 37.3, 0.2), id="Z", name="区")), "zone"
    )
    intake.commit(own, outline, PAPERS, by="王工")
    with pytest.raises(ConflictError, match="王工"):
        intake.commit(own, again, PAPERS, by="李工")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"licence": " "}, "LICENCE_MISSING"),
        ({"document": ""}, "DOCUMENT_MISSING"),
        ({"issued": None}, "DOCUMENT_MISSING"),
        ({"title": ""}, "TITLE_MISSING"),
        ({"secrecy": "绝对机密"}, "SECRECY_LEVEL"),
        ({"secrecy": "秘密"}, "SECRECY_LIMIT"),
    ],
)
def test_papers_that_do_not_do_leave_the_store_as_it_was(
    own: Zone, path: Path, change: dict[str, Any], code: str
) -> None:
    staged = intake.stage(own, two(), "parcel")
    before = state(own, path)
    with pytest.raises(DataError) as told:
        intake.commit(own, staged, replace(PAPERS, **change), by="李工")
    assert told.value.code == code
    with pytest.raises(DataError, match="经办人"):
        intake.commit(own, staged, PAPERS, by=" ")
    assert state(own, path) == before


def test_a_cleared_machine_may_hold_what_is_secret(
    own: Zone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZONE_SECRECY_LIMIT", "秘密")
    staged = intake.stage(own, two(), "parcel")
    intake.commit(own, staged, replace(PAPERS, secrecy="秘密"), by="李工")
    assert own.existing("parcel").source.secrecy == "秘密"


def plane(epsg: int, *, swapped: bool = False) -> bytes:
    """A square parcel in the zone as a shapefile without .prj, in a plane of `epsg`."""
    by = Transformer.from_crs(4490, epsg, always_xy=True)
    ring = [by.transform(*corner) for corner in square(122.2, 37.4)]
    if swapped:
        ring = [(north, east) for east, north in ring]
    parts = {name: io.BytesIO() for name in ("shp", "shx", "dbf")}
    with shapefile.Writer(**parts, shapeType=shapefile.POLYGON, encoding="gbk") as writer:
        writer.field("编号", "C", 20)
        writer.poly([ring])
        writer.record("A-1")
    return {f"a.{name}": part.getvalue() for name, part in parts.items()}


@pytest.mark.parametrize(
    ("epsg", "swapped"), [(4529, False), (4550, False), (4549, False), (4550, True)]
)
def test_coordinates_without_a_system_are_asked_about_and_never_assumed(
    own: Zone, epsg: int, swapped: bool
) -> None:
    file = Upload(plane(epsg, swapped=swapped), "a.shp")
    with pytest.raises(DataError) as told:
        intake.stage(own, file, "parcel")
    assert told.value.code in ("CRS_MISSING", "CRS_AMBIGUOUS")
    guesses = {one.value for one in told.value.issues if one.code == "CRS_GUESS"}
    assert f"EPSG:{epsg}" + (" swapped" if swapped else "") in guesses
    staged = intake.stage(own, file, "parcel", Terms(crs=str(epsg), swapped=swapped))
    assert staged.accepted
    assert staged.table.total_bounds == pytest.approx([122.2, 37.4, 122.201, 37.401], abs=1e-8)


def test_legacy_datums_are_refused_without_parameters(own: Zone) -> None:
    with pytest.raises(DataError) as told:
        intake.stage(own, Upload(plane(4550), "a.shp"), "parcel", Terms(crs="EPSG:2386"))
    assert told.value.code == "DATUM_NEEDS_PARAMETERS"


def test_the_wrong_meridian_is_refused_with_the_distance(own: Zone) -> None:
    staged = intake.stage(own, Upload(plane(4550), "a.shp"), "parcel", Terms(crs="4549"))
    assert not staged.accepted
    issue = next(one for one in staged.issues if one.code == "OUTSIDE_ZONE")
    assert 230_000 < float(issue.value) < 300_000  # three degrees of longitude at 37.4 N: 265 km


def test_parts_of_a_shapefile_are_kept_as_one_file(own: Zone) -> None:
    parts = plane(4529)
    staged = intake.stage(own, Upload(parts, "a.shp"), "parcel", Terms(crs="4529"))
    again = Upload(dict(reversed(parts.items())), "a.shp")
    assert staged.raw == again.raw
    assert staged.raw.startswith(b"PK")


def test_positions_of_a_public_map_are_suspected_and_must_be_answered(own: Zone) -> None:
    intake.commit(own, intake.stage(own, two(), "station"), PAPERS, by="李工")

    def moved(ring: Ring) -> Ring:
        return [_pair(oracle.wgs84_to_gcj02(oracle.Wgs84(lon=lon, lat=lat))) for lon, lat in ring]

    file = upload(
        feature(moved(square(122.2, 37.4)), 编号="E-001"),
        feature(moved(square(122.21, 37.4)), 编号="E-002"),
    )
    asked = intake.stage(own, file, "station")
    assert not asked.accepted
    assert "POSSIBLE_GCJ02" in codes(asked)
    assert intake.stage(own, file, "station", Terms(shift=Shift.NONE)).accepted
    undone = intake.stage(own, file, "station", Terms(shift=Shift.GCJ02))
    assert undone.table.total_bounds[:2] == pytest.approx([122.2, 37.4], abs=1e-6)
    with pytest.raises(DataError) as told:
        intake.commit(own, undone, PAPERS, by="李工")
    assert told.value.code == "GRADE_SHIFTED"


def _pair(point: Any) -> list[float]:
    return [point.lon, point.lat]


def test_a_table_without_shapes_is_joined_by_id(own: Zone) -> None:
    intake.commit(own, intake.stage(own, two(), "parcel"), PAPERS, by="李工")
    sheet = Upload("编号,业主\nE-002,乙公司\n".encode(), "业主.csv")
    staged = intake.stage(own, sheet, "parcel", Terms(choice=Choice(geometry="none")))
    assert (staged.features, staged.stored) == (1, 1)
    assert staged.table["业主"].tolist() == [None, "乙公司"]
    assert list(staged.table["name"]) == ["一号", "二号"]
    assert [(one.id, one.kind.value) for one in staged.changes] == [("E-002", "changed")]
    unknown = Upload("编号,业主\nE-009,丙\n".encode(), "业主.csv")
    refused = intake.stage(own, unknown, "parcel", Terms(choice=Choice(geometry="none")))
    assert "ID_UNKNOWN" in codes(refused)


def test_replacing_the_zone_moves_every_number_and_the_old_version_still_draws(own: Zone) -> None:
    before, old = own.version, own.summary("zone")
    west, south, east, north = own.extent()
    ring = square(122.1, 37.3, 0.2)
    file = upload(feature(ring, id="Z1", name="经区", declared_m2=392_000_000))
    staged = intake.stage(own, file, "zone")
    assert {one.kind.value for one in staged.changes} == {"added", "removed"}
    assert "DECLARED_AREA" not in codes(staged)
    version = intake.commit(own, staged, replace(PAPERS, declared_m2=392e6), by="李工")
    new = own.summary("zone")
    assert new.measured_m2 == pytest.approx(area_m2(ring), rel=1e-4)
    assert (new.grade, new.declared_m2, new.since) == (Grade.OFFICIAL, 392e6, version)
    assert own.extent() == pytest.approx((122.1, 37.3, 122.3, 37.5))
    assert own.identify(122.105, 37.305)[-1].id == "Z1"
    was = own.existing("zone", before)
    assert tuple(was.table.total_bounds) == (west, south, east, north)
    assert was.source == old.source
    changes = intake.difference(own, "zone", before, version)
    added = next(one for one in changes if one.id == "Z1")
    assert added.new_m2 == pytest.approx(area_m2(ring), rel=1e-4)
    outside = intake.stage(own, upload(feature(square(122.05, 37.4), 编号="A")), "parcel")
    assert "OUTSIDE_ZONE" in codes(outside)


def test_restoring_brings_the_old_content_as_a_new_version(own: Zone) -> None:
    before = own.version
    old = own.existing("park")
    intake.commit(own, intake.stage(own, two(), "park"), PAPERS, by="李工")
    with pytest.raises(DataError, match="原因"):
        intake.restore(own, "park", before, by="李工", reason="")
    version = intake.restore(own, "park", before, by="王工", reason="批准稿有误")
    now = own.existing("park")
    assert now.table.equals(old.table)
    assert (now.source, now.since) == (old.source, version)
    assert [event.verb for _, event in intake.history(own, "park")] == [
        "replaced",
        "replaced",
        "restored",
    ]
    assert intake.difference(own, "park", before, version) == []
    with pytest.raises(DataError) as told:
        intake.restore(own, "park", version, by="王工", reason="再来")
    assert told.value.code == "SAME_VERSION"
    assert not own.verify()


def test_the_product_never_seeds_over_what_was_imported_or_restored(own: Zone, path: Path) -> None:
    before = own.version
    intake.commit(own, intake.stage(own, two(), "park"), PAPERS, by="李工")
    intake.restore(own, "park", before, by="李工", reason="撤回")
    assert open_zone(f"sqlite:///{path}").version == own.version


@pytest.mark.parametrize("name", ["Parcel", "地块", "../x", "a b", "", "x" * 41])
def test_names_of_sets_are_plain_ascii(zone: Zone, name: str) -> None:
    with pytest.raises(DataError) as told:
        intake.stage(zone, two(), name)
    assert told.value.code == "SET_NAME"


CORNER = st.one_of(
    st.floats(122.15, 122.25),
    st.sampled_from([122.2, 37.4, 181.0, -91.0, 1e300, 0.0]),
)
RING = st.one_of(
    st.none(),
    st.builds(square, st.sampled_from([122.2, 122.2005, 122.21]), st.sampled_from([37.4, 37.401])),
    st.lists(st.lists(CORNER, min_size=2, max_size=2), min_size=1, max_size=6),
    st.lists(
        st.tuples(st.integers(0, 4), st.integers(0, 4)).map(
            lambda xy: [122.2 + xy[0] / 1000, 37.4 + xy[1] / 1000]
        ),
        min_size=3,
        max_size=7,
    ).map(lambda ring: [*ring, ring[0]]),
)
VALUE = st.one_of(
    st.none(),
    st.sampled_from(["A", "B", "A", "", " ", "甲\x00", "=1+1", "{{7*7}}"]),
    st.integers(-3, 2**70),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.lists(st.integers(), max_size=2),
)
ROW = st.fixed_dictionaries({"编号": VALUE, "名称": VALUE, "grade": VALUE, "面积": VALUE})


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # each example starts a reader
)
@given(rows=st.lists(st.tuples(RING, ROW), min_size=1, max_size=7), aside=st.booleans())
def test_rows_in_are_rows_stored_and_rows_reported(
    zone: Zone, rows: Sequence[tuple[Any, dict[str, Any]]], aside: bool
) -> None:
    file = upload(*(feature(ring, **values) for ring, values in rows))
    try:
        staged = intake.stage(zone, file, "parcel", Terms(set_aside=aside))
    except DataError as error:
        assert error.code
        return
    assert staged.features == len(rows) == staged.stored + staged.reported
    wrong = {one.row for one in staged.issues if one.severity == "error"}
    if staged.accepted:
        assert staged.stored == len(staged.table)
        assert len(wrong - {0}) >= staged.reported
    else:
        assert staged.stored == 0
        assert 0 in wrong
    assert staged.table["id"].is_unique
    assert staged.table.geometry.is_valid.all()
