"""What every store must do. A further kind of store is one more parameter of `store`."""

import hashlib
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from shapely import LineString, Point, Polygon, box

from geo.errors import ConflictError, DataError, SettingError
from geo.model import Boundaries, Event, Grade, Source
from geo.store import Store, open_store

NOW = datetime(2026, 1, 1, 2, 2, 3, 456789, tzinfo=UTC)  # 10:02:03 in Beijing
SOURCE = Source("测试图", Grade.TRACED, "CC0", date(2017, 6, 9), 300.0, "威经〔2017〕1 号")
AWKWARD = (
    "{{7*7}} {% raw %}",
    '<img src=x onerror="alert(1)">',
    "`reverse` 'quote' \"double\" \\ back",
    "𠀀𪚥 ext-B",
    "🏗️👩‍🔬",
    "=1+1",
    "'; drop table event; --",
    "\u202ebidi\u200b",
    "",
)
ANY_TEXT = st.one_of(
    st.sampled_from(AWKWARD), st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)
)
NUMBERS = st.one_of(st.integers(), st.floats(allow_nan=False, allow_infinity=False))
SCALARS = st.one_of(st.none(), st.booleans(), NUMBERS, ANY_TEXT)
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ANY_TEXT, inner, max_size=3),
    max_leaves=8,
)
RELAXED = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
Maker = Callable[[], Store]


@pytest.fixture(params=["sqlite", "memory", "postgis"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    if request.param == "postgis":
        return open_store(request.getfixturevalue("pg_url"))
    urls = {"sqlite": f"sqlite:///{tmp_path}/zone.db", "memory": "sqlite://"}
    return open_store(urls[request.param])


@pytest.fixture
def parks() -> Boundaries:
    return table_of({"area": [1.5, None], "note": ["甲", None]})


def table_of(columns: dict[str, Any], name: str = "park") -> Boundaries:
    length = max((len(c) for c in columns.values()), default=2)
    edges = [round(122.20 + i / 100, 2) for i in range(length + 1)]
    shapes = [box(edges[i], 37.40, edges[i + 1], 37.41) for i in range(length)]
    front = {
        "id": pd.Series([f"P{i:02}" for i in range(length)], dtype=object),
        "name": pd.Series([f"园 {i}" for i in range(length)], dtype=object),
    }
    return Boundaries(name, gpd.GeoDataFrame(front | columns, geometry=shapes, crs=4490), SOURCE)


def event(subject: str = "boundaries/park", **more: Any) -> Event:
    return Event(subject, "replaced", "李工", NOW, **more)


def typed(value: Any) -> Any:
    """A value with its types, so that 1, 1.0 and True differ."""
    if isinstance(value, dict):
        return {key: typed(item) for key, item in value.items()}
    if isinstance(value, list):
        return [typed(item) for item in value]
    return type(value).__name__, repr(value)


def test_a_new_store_is_at_zero_and_holds_nothing(store: Store) -> None:
    assert store.version == 0
    assert list(store.events()) == []
    assert store.sets() == {}
    assert store.boundaries("park") is None
    assert store.file("0" * 64) is None
    assert list(store.verify()) == []


def test_events_come_back_as_they_went_in_by_subject_and_by_version(store: Store) -> None:
    shanghai = timezone(timedelta(hours=8))
    events = [
        event("parcel/甲", data={"m2": 1.5}, reason="规划\n调整", document="〔2026〕1 号"),
        Event("x/1", "y", "z", datetime(2026, 1, 1, 8, tzinfo=shanghai), date(2025, 12, 31)),
        event("parcel/甲"),
    ]
    assert store.write(events, expect=0) == 3
    assert list(store.events()) == events
    assert list(store.events("x/1")) == events[1:2]
    assert list(store.events("parcel/甲", after=1)) == events[2:]
    assert list(store.events(after=3)) == []


def test_a_long_log_comes_back_whole_and_in_order(store: Store) -> None:
    store.write([event(f"n/{i}") for i in range(2500)], expect=0)
    assert [e.subject for e in store.events()] == [f"n/{i}" for i in range(2500)]
    assert next(store.events(after=1000)).subject == "n/1000"


def test_a_slow_reader_does_not_stop_a_writer_and_sees_only_its_own_past(store: Store) -> None:
    store.write([event(f"n/{i}") for i in range(1500)], expect=0)
    reading = store.events()
    first = next(reading)
    assert store.write([event("late/1")], expect=1500) == 1501
    assert [first.subject, *(e.subject for e in reading)] == [f"n/{i}" for i in range(1500)]


@RELAXED
@given(data=st.dictionaries(ANY_TEXT, JSON, max_size=4), reason=ANY_TEXT)
def test_any_event_comes_back_to_the_character(
    store: Store, data: dict[str, Any], reason: str
) -> None:
    before = store.version
    store.write([event(data=data, reason=reason)], expect=before)
    (back,) = store.events(after=before)
    assert typed(back.data) == typed(data)
    assert back.reason == reason


def test_days_in_event_data_come_back_as_iso_text(store: Store) -> None:
    store.write([event(data={"on": date(2017, 6, 9), "pair": (1, 2)})], expect=0)
    assert next(store.events()).data == {"on": "2017-06-09", "pair": [1, 2]}


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        (Event("a/1", "b", "c", datetime(2026, 1, 1)), "NAIVE_TIME"),  # noqa: DTZ001
        (Event("", "b", "c", NOW), "EVENT_EMPTY"),
        (Event("a/1", "b", " ", NOW), "EVENT_EMPTY"),
        (Event("a/1", "b", "c", NOW, NOW), "EVENT_DAY"),
        (event(data={"x": float("nan")}), "NON_FINITE"),
        (event(data={"x": {1, 2}}), "DATA_TYPE"),
        (event(data={"x": b"raw"}), "DATA_TYPE"),
        (event(data={1: "x"}), "TEXT_TYPE"),
        (event(data={"x": "a\x00b"}), "TEXT_CONTROL"),
        (event(data={"x": 10**5000}), "TOO_LONG"),
        (event(reason="\ud800"), "TEXT_CONTROL"),
    ],
)
def test_an_event_that_could_not_come_back_is_refused(store: Store, bad: Event, code: str) -> None:
    with pytest.raises(DataError) as refusal:
        store.write([event(), bad], expect=0)
    assert refusal.value.code == code
    assert store.version == 0


def test_event_data_nested_too_deep_is_refused(store: Store) -> None:
    deep: list[Any] = []
    for _ in range(5000):
        deep = [deep]
    with pytest.raises(DataError, match="嵌套"):
        store.write([event(data={"deep": deep})], expect=0)


def test_boundaries_come_back_and_keep_their_past(store: Store, parks: Boundaries) -> None:
    assert store.write([event()], [parks], expect=0) == 1
    store.write([event("x/1")], expect=1)
    half = Boundaries("park", parks.table.iloc[:1], Source("批复", Grade.OFFICIAL, "公开"))
    store.write([event()], [half], expect=2)
    now, then = store.boundaries("park"), store.boundaries("park", at=2)
    assert now and then
    assert (now.since, list(now.table["id"]), now.source) == (3, ["P00"], half.source)
    assert (then.since, then.source) == (1, parks.source)
    assert_frame_equal(then.table, parks.table, check_exact=True)
    assert store.boundaries("park", at=0) is None
    assert list(store.verify()) == []


def test_sets_are_listed_by_name_with_the_version_they_date_from(store: Store) -> None:
    store.write([event()], [table_of({}, "unit"), table_of({}, "coast")], expect=0)
    store.write([event()], [table_of({}, "unit")], expect=1)
    assert list(store.sets().items()) == [("coast", 1), ("unit", 2)]
    assert store.sets(at=1) == {"coast": 1, "unit": 1}
    assert store.sets(at=0) == {}


@pytest.mark.parametrize("at", [-1, 1])
def test_a_version_that_is_not_there_is_refused(store: Store, at: int) -> None:
    with pytest.raises(DataError, match="不存在"):
        store.boundaries("park", at=at)


def test_id_and_name_come_first_and_the_other_columns_keep_their_order(store: Store) -> None:
    given_ = table_of({"z": [1, 2], "a": [3, 4]})
    mixed = given_.table[["z", "name", "geometry", "id", "a"]]
    store.write([event()], [Boundaries("park", mixed, SOURCE)], expect=0)
    back = store.boundaries("park")
    assert back
    assert list(back.table.columns) == ["id", "name", "z", "a", "geometry"]
    assert back.table.crs.to_epsg() == 4490


def test_every_kind_of_shape_comes_back_to_the_last_digit(store: Store) -> None:
    shapes = [
        Point(122.1234567890123, 37.0),
        LineString([(122.1, 37.1), (122.2, 37.3), (122.30000000000001, 37.3)]),
        Polygon(box(122, 37, 123, 38).exterior, [box(122.4, 37.4, 122.6, 37.6).exterior]),
        Point(0.0, -0.0),
    ]
    table = table_of({"n": [1, 2, 3, 4]}).table.set_geometry(gpd.GeoSeries(shapes, crs=4490))
    store.write([event()], [Boundaries("park", table, SOURCE)], expect=0)
    back = store.boundaries("park")
    assert back
    assert [s.wkb for s in back.table.geometry] == [s.wkb for s in shapes]


@pytest.mark.parametrize(
    ("dtype", "values"),
    [
        ("int64", [2**63 - 1, -(2**63)]),
        ("uint64", [2**64 - 1, 0]),
        ("int32", [1, 2]),
        ("float64", [0.1 + 0.2, None]),
        ("float64", [None, None]),
        ("float32", [0.1, 1e30]),
        ("bool", [True, False]),
        ("boolean", [True, None]),
        ("Int64", [2**60 + 1, None]),
        ("object", ["甲", None]),
        ("object", [None, None]),
        ("object", [10**30, 1]),
        ("object", [True, 1.0]),
        ("object", [date(2017, 6, 9), datetime(2017, 6, 9, 8, 30)]),  # noqa: DTZ001
        ("object", [NOW, "2017-06-09"]),
        ("str", ["0012", "𠀀"]),
        ("str", [None, None]),
        ("datetime64[ms]", ["2017-06-09T01:02:03.004", None]),
        ("datetime64[us, Asia/Shanghai]", ["2017-06-09T01:02:03+08:00", None]),
    ],
)
def test_a_column_comes_back_with_its_values_and_its_type(
    store: Store, dtype: str, values: list[Any]
) -> None:
    given_ = table_of({"x": pd.Series(values, dtype=dtype)})
    store.write([event()], [given_], expect=0)
    back = store.boundaries("park")
    assert back
    assert_frame_equal(back.table, given_.table, check_exact=True)
    assert str(back.table["x"].dtype) == dtype
    if dtype == "object":
        assert [typed(v) for v in back.table["x"]] == [typed(v) for v in values]


def test_missing_values_of_any_sort_in_a_text_column_come_back_as_none(store: Store) -> None:
    lost = pd.Series([None, np.nan, pd.NaT, "x"], dtype=object)
    store.write([event()], [table_of({"x": lost})], expect=0)
    back = store.boundaries("park")
    assert back
    assert list(back.table["x"]) == [None, None, None, "x"]


@RELAXED
@given(
    values=st.lists(st.one_of(SCALARS, st.dates()), min_size=1, max_size=4),
    floats=st.lists(st.floats(allow_infinity=False), min_size=4, max_size=4),
    column=ANY_TEXT.filter(lambda c: c not in ("id", "name", "geometry", "f")),
)
def test_any_attribute_comes_back_to_the_character(
    store: Store, values: list[Any], floats: list[float], column: str
) -> None:
    columns = {column: pd.Series(values, dtype=object), "f": floats[: len(values)]}
    before = store.version
    given_ = table_of(columns)
    store.write([event()], [given_], expect=before)
    back = store.boundaries("park")
    assert back
    assert [typed(v) for v in back.table[column]] == [typed(v) for v in values]
    assert_frame_equal(back.table[["f"]], given_.table[["f"]], check_exact=True)


def test_an_empty_set_keeps_its_columns(store: Store, parks: Boundaries) -> None:
    store.write([event()], [Boundaries("park", parks.table.iloc[:0], SOURCE)], expect=0)
    back = store.boundaries("park")
    assert back
    assert_frame_equal(back.table, parks.table.iloc[:0])
    assert back.table.crs.to_epsg() == 4490


@pytest.mark.parametrize(
    ("column", "code"),
    [
        ([float("inf"), 1.0], "NON_FINITE"),
        ([["a"], "b"], "ATTRIBUTE_TYPE"),
        ([{"date": "x"}, "b"], "ATTRIBUTE_TYPE"),
        (pd.Series(["a", "b"], dtype="category"), "ATTRIBUTE_TYPE"),
        (["a\x07", "b"], "TEXT_CONTROL"),
        (pd.Series([pd.Timestamp(1), None], dtype=object), "ATTRIBUTE_TYPE"),
    ],
)
def test_an_attribute_that_could_not_come_back_is_refused(
    store: Store, column: Any, code: str
) -> None:
    with pytest.raises(DataError) as refusal:
        store.write([event()], [table_of({"x": column})], expect=0)
    assert refusal.value.code == code
    assert store.version == 0


def test_a_table_that_broke_its_promises_is_refused(store: Store, parks: Boundaries) -> None:
    plane = parks.table.to_crs(4550)
    hollow = parks.table.set_geometry(gpd.GeoSeries([None, Point(1, 1)], crs=4490))
    for table in (plane, hollow, parks.table.drop(columns="name")):
        with pytest.raises(DataError, match="图层 park"):
            store.write([event()], [Boundaries("park", table, SOURCE)], expect=0)
    assert store.version == 0


@pytest.mark.parametrize(
    ("within", "ids"),
    [
        ((122.201, 37.401, 122.202, 37.402), ["P00"]),  # inside the first box
        ((122.205, 37.405, 122.215, 37.406), ["P00", "P01"]),
        ((122.21, 37.41, 122.21, 37.41), ["P00", "P01"]),  # the corner both share
        ((122.225, 37.0, 123.0, 38.0), ["P02"]),
        ((122.0, 37.42, 123.0, 38.0), []),  # north of all
        ((122.0, 37.0, 122.19, 38.0), []),  # west of all
    ],
)
def test_within_keeps_the_features_whose_box_meets_it(
    store: Store, within: tuple[float, float, float, float], ids: list[str]
) -> None:
    store.write([event()], [table_of({"n": [1, 2, 3]})], expect=0)
    found = store.boundaries("park", within=within)
    assert found
    assert list(found.table["id"]) == ids


@pytest.mark.parametrize("within", [(1.0, 0.0, 0.0, 1.0), (float("nan"), 0.0, 1.0, 1.0)])
def test_a_box_that_is_none_is_refused(store: Store, within: tuple[float, ...]) -> None:
    store.write([event()], [table_of({})], expect=0)
    with pytest.raises(DataError, match="范围"):
        store.boundaries("park", within=within)  # type: ignore[arg-type]


def test_a_file_is_kept_by_its_sha256(store: Store) -> None:
    data = bytes(range(256)) * 10
    store.write([event()], files=[data, b"", data], expect=0)
    store.write([event()], files=[data], expect=1)
    assert store.file(hashlib.sha256(data).hexdigest()) == data
    assert store.file(hashlib.sha256(b"").hexdigest()) == b""
    assert list(store.verify()) == []


def test_a_stale_write_changes_nothing_and_names_who_wrote_what_and_when(
    store: Store, parks: Boundaries
) -> None:
    store.write([event("parcel/E-012")], expect=0)
    with pytest.raises(ConflictError) as clash:
        store.write([event()], [parks], [b"x"], expect=0)
    for word in ("李工", "2026-01-01 10:02:03", "parcel/E-012", "replaced"):
        assert word in str(clash.value)
    assert store.version == 1
    assert store.boundaries("park") is None
    assert store.file(hashlib.sha256(b"x").hexdigest()) is None


def test_many_writes_in_between_are_counted_and_the_last_three_named(store: Store) -> None:
    store.write([event(f"n/{i}") for i in range(10)], expect=0)
    with pytest.raises(ConflictError) as clash:
        store.write([event()], expect=2)
    assert "5 条" in str(clash.value)  # 3..10 are 8; three are named
    assert [f"n/{i} " in str(clash.value) for i in (6, 7, 8, 9)] == [False, True, True, True]


def test_a_page_that_is_ahead_of_a_restored_store_is_told_so(store: Store) -> None:
    with pytest.raises(ConflictError, match="版本 7，而数据现为版本 0") as clash:
        store.write([event()], expect=7)
    assert clash.value.code == "CONFLICT_BEHIND"


def test_boundaries_or_files_without_an_event_are_refused(store: Store, parks: Boundaries) -> None:
    for more in ({"boundaries": [parks]}, {"files": [b"x"]}):
        with pytest.raises(DataError, match="事件"):
            store.write([], expect=0, **more)  # type: ignore[arg-type]
    with pytest.raises(DataError, match="重复"):
        store.write([event()], [parks, parks], expect=0)
    assert store.write([], expect=0) == 0


def test_an_address_of_another_kind_is_refused_without_its_secrets() -> None:
    with pytest.raises(SettingError) as refusal:
        open_store("mysql://user:secret@host/db")
    assert "secret" not in str(refusal.value)
