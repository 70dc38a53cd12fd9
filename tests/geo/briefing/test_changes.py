"""Two meetings with known changes between them: exactly those, in table, map and slide."""

import pytest

from geo import briefing, ledger, measure
from geo.meeting import ChangeKind
from geo.zone import Zone
from tests.geo.briefing.office import FIRST, SECOND, begun, freeze, went_on
from tests.geo.conftest import copied


@pytest.fixture(scope="module")
def url(store_url: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    own = copied(store_url, tmp_path_factory.mktemp("changes"))
    zone = ledger.open_zone(own)
    begun(zone)
    freeze(zone, FIRST)
    went_on(zone)
    freeze(zone, SECOND)
    freeze(zone, SECOND)
    return own


@pytest.fixture(scope="module")
def zone(url: str) -> Zone:
    return ledger.open_zone(url)


# kind, set, id, before, after, day; by hand from what `begun` and `went_on` say
EXPECTED = [
    ("new", "project", "X-4", "", "grey", "2025-12-29"),
    ("late", "project", "X-1", "yellow", "red", "2025-12-29"),
    ("recovered", "project", "X-2", "red", "yellow", "2025-12-29"),
    ("left", "project", "X-3", "grey", "", "2025-12-29"),
    ("new", "parcel", "P-5", "", "reserve", "2025-12-29"),
    ("moved", "parcel", "P-1", "reserve", "available", "2025-12-01"),
    ("split", "parcel", "P-2", "P-2", "P-2-1、P-2-2", "2025-12-29"),
    ("replaced", "parcel", "", "4", "5", "2026-01-05"),
]


def test_exactly_what_changed_and_nothing_else(zone: Zone) -> None:
    found = briefing.changes(zone, 2)
    assert (found.number, found.against) == (2, 1)
    assert [
        (one.kind.value, one.set, one.id, one.before, one.after, str(one.day)) for one in found.rows
    ] == EXPECTED


def test_the_area_that_changed_side_is_that_of_the_shapes(zone: Zone) -> None:
    """The split moved nothing away but its id: 10,000 m² left, 10,000 came; P-4 grew 1,000."""
    (row,) = briefing.changes(zone, 2).of("parcel", ChangeKind.REPLACED)
    assert row.moved_m2 == pytest.approx(21_000.0, rel=1e-3)
    grown = zone.existing("parcel").table.set_index("id").geometry["P-4"]
    assert measure.area_m2(grown) == pytest.approx(11_000.0, rel=1e-3)


def test_nothing_changes_between_two_meetings_of_one_state(zone: Zone) -> None:
    assert briefing.changes(zone, 3).rows == ()
    assert [one.kind for one in briefing.changes(zone, 3, 1).rows] == [
        one.kind for one in briefing.changes(zone, 2).rows
    ]
    assert (briefing.changes(zone, 1).against, briefing.changes(zone, 1).rows) == (None, ())


def test_the_slide_lists_exactly_the_changes(zone: Zone) -> None:
    record = briefing.record(zone, 2).record
    (slide,) = [one for one in record["slides"] if one["kind"] == "changes"]
    rows = [[cell["zh"] for cell in row] for row in slide["table"]["rows"]]
    assert rows == [
        ["新增", "示例项目X-4", "—", "灰", "2025-12-29"],
        ["逾期", "示例项目X-1", "黄", "红", "2025-12-29"],
        ["已补上", "示例项目X-2", "红", "黄", "2025-12-29"],
        ["退出", "示例项目X-3", "灰", "—", "2025-12-29"],
        ["更换图形", "地块（供应台账）", "4 个要素", "5 个要素，变动 31.5 亩", "2026-01-05"],
        ["新增", "P-5", "—", "储备", "2025-12-29"],
        ["变动", "P-1 示例路1号", "储备", "可供", "2025-12-01"],
        ["分割", "P-2 示例路1号", "P-2", "P-2-1、P-2-2", "2025-12-29"],
    ]
    assert slide["table"]["total"] == len(rows)
    assert slide["table"]["rows"][1][0]["en"] == "Late"


def tones(zone: Zone, key: str) -> dict[str, str]:
    """Class of each feature of a colouring by id."""
    told = briefing.record(zone, 2)
    one = told.record["colourings"][key]
    ids = told.sets[one["set"]].table["id"]
    pairs = zip(ids, one["codes"], strict=True)
    return {id_: one["tones"][code]["key"] for id_, code in pairs if code is not None}


def test_the_maps_of_changes_colour_what_the_slide_lists(zone: Zone) -> None:
    works = tones(zone, "change:1")
    assert works["X-1"] == "late"  # the only one of ours that has a place: on parcel P-1
    assert set(works.values()) == {"late", "same"}
    assert tones(zone, "change:1:parcel") == {
        "P-1": "moved",
        "P-2-1": "split",
        "P-2-2": "split",
        "P-3": "same",
        "P-4": "same",
    }


def test_the_agenda_counts_what_the_slide_lists(zone: Zone) -> None:
    record = briefing.record(zone, 2).record
    (slide,) = [one for one in record["slides"] if one["id"] == "agenda"]
    assert {one["label"]["zh"]: one["value"] for one in slide["numbers"]} == {
        "新入库项目": "1",
        "新逾期项目": "1",
        "已补上的项目": "1",
        "其他变色项目": "0",
        "退出项目": "1",
        "变动地块": "3",
        "有新数的目标": "0",
        "更换的图层": "1",
    }


def test_a_first_meeting_has_no_slide_of_changes(zone: Zone) -> None:
    record = briefing.record(zone, 1).record
    assert record["occasion"]["previous"] is None
    assert not {"agenda", "changes"} & {one["id"] for one in record["slides"]}
