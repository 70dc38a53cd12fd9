"""The supply page without a browser: filters, marks, edits, undo, shapes that follow.

Expected figures are by hand: three parcels of 1, 2 and 3 hm² are 15, 30 and 45 mu.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import geopandas as gpd
import pandas as pd
import pytest
from shapely import box
from streamlit.testing.v1 import AppTest

from geo.ledger import NOW, book, record, shapes, supply_rules
from geo.model import STORED_CRS, Boundaries, Event, Grade, Source
from geo.supply import Draft, Value, merge, renumber, split
from geo.zone import Zone
from layers import supply_look
from pages import door, supply_book, supply_edit, supply_match, supply_undo
from tests.pages import house
from tests.pages.house import html, living_in

DAY = date(2024, 5, 6)
AREAS = {"S-1": 10_000.0, "S-2": 20_000.0, "S-3": 30_000.0}


def draft(reason: str = "试验", document: str = "试验文〔2024〕1号") -> Draft:
    return Draft(supply_rules(), "王工", datetime(2024, 5, 6, 4, tzinfo=UTC), DAY, reason, document)


@pytest.fixture(scope="module", autouse=True)
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A store of its own for these tests."""
    with living_in(f"sqlite:///{tmp_path_factory.mktemp('store') / 'zone.db'}"):
        yield


@pytest.fixture(scope="module")
def zone(store: None) -> Zone:
    """Three parcels side by side, entered on one day."""
    found = door.zone()
    squares = [box(122.2 + at / 1000, 37.4, 122.201 + at / 1000, 37.401) for at in range(3)]
    table = gpd.GeoDataFrame({"id": [*AREAS], "name": [*AREAS]}, geometry=squares, crs=STORED_CRS)
    known = Boundaries("parcel", table, Source("试验", Grade.SCHEMATIC, "试验"))
    said: dict[str, Value] = {"use": "0701/0901", "location": "试验路"}
    entered = [
        draft().entered(id_, "available", {"area_m2": area, **said}) for id_, area in AREAS.items()
    ]
    shown = Event("boundaries/parcel", "replaced", "王工", datetime.now(UTC), DAY, {"count": 3})
    found.record([shown, *entered], [known], expect=found.version)
    return found


def opened(**asked: str) -> AppTest:
    return house.opened("supply_page", **asked)


def test_an_empty_ledger_says_the_next_step() -> None:
    text = html(opened())
    assert "台账还是空的" in text


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("view", ["list", "stats", "alerts", "batches", "plan", "files"])
def test_every_view_opens_in_both_languages(zone: Zone, lang: str, view: str) -> None:
    assert html(opened(lang=lang, view=view))


def test_the_sums_add_up_to_90_mu(zone: Zone) -> None:
    text = html(opened())
    assert "<b>3</b> 宗" in text
    assert "<b>90.0</b> 亩" in text


def test_an_address_with_a_filter_shows_only_what_fits(zone: Zone) -> None:
    page = opened(q="s-2")
    assert list(page.dataframe[0].value["id"]) == ["S-2"]
    assert "（共 3 宗）" in html(page)
    assert not opened(status="idle").dataframe


def test_a_day_before_the_first_entry_shows_nothing_and_says_that_it_is_the_past(
    zone: Zone,
) -> None:
    page = opened(asof="2024-05-05")
    assert "正在查看过去" in html(page)
    assert not page.dataframe


def test_an_address_that_is_no_date_is_taken_for_today(zone: Zone) -> None:
    assert len(opened(asof="2024-99-99").dataframe[0].value) == 3


def frame() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "id": ["A", "B", "C"],
            "status": ["idle", "deal", "deal"],
            "unit": ["T01", "T02", ""],
            "park": ["", "P05", ""],
            "realm": ["land", "land", "sea"],
            "method": [None, "listing", None],
            "use": ["0701/0901", "1001", None],
            "flags": [("suspect_idle",), (), ("undrawn", "paused")],
            "text": ["a 甲公司", "b 乙公司", "c"],
        }
    )


@pytest.mark.parametrize(
    ("asked", "text", "ids"),
    [
        ({}, "", ["A", "B", "C"]),
        ({"status": ["deal"]}, "", ["B", "C"]),
        ({"status": ["deal"], "realm": ["sea"]}, "", ["C"]),
        ({"use": ["09"]}, "", ["A"]),
        ({"alert": ["paused", "suspect_idle"]}, "", ["A", "C"]),
        ({}, "公司 乙", ["B"]),
        ({"town": ["T09"]}, "", []),
    ],
)
def test_one_value_of_a_filter_is_enough_and_every_filter_must_fit(
    asked: dict[str, list[str]], text: str, ids: list[str]
) -> None:
    assert list(supply_match.fitting(frame(), asked, text)["id"]) == ids


def test_a_mixed_use_counts_under_each_of_its_classes() -> None:
    assert supply_match.options(frame(), "use") == {"07": 1, "09": 1, "10": 1}
    assert supply_match.options(frame(), "park") == {"P05": 1}


def test_only_cells_that_were_touched_are_changed() -> None:
    state = {"edited_rows": {0: {"note": "旧厂房"}, 2: {}}, "added_rows": []}
    assert supply_edit.changed(state, ["S-1", "S-2", "S-3"]) == {"S-1": {"note": "旧厂房"}}


def test_every_stage_of_the_rules_has_its_own_colour_in_each_palette() -> None:
    for palette in ("standard", "safe", "grey"):
        found = [supply_look.color(one, palette) for one in supply_rules().statuses]
        assert len(set(found)) == len(found) == 15


def test_a_letter_is_dark_on_light_and_light_on_dark() -> None:
    assert supply_look.letter_color("#F0E442") == "#1E2833"
    assert supply_look.letter_color("#12375C") == "#FFFFFF"


def test_lineage_is_taken_back_on_both_sides_and_shapes_follow(zone: Zone) -> None:
    ledger = book(zone).supply
    first, second = ledger.parcel("S-1"), ledger.parcel("S-2")
    assert first is not None
    assert second is not None
    events = merge(draft(), [first, second], "S-12")
    new, told = shapes.following(zone, events)
    union = new[0].table.set_index("id").geometry["S-12"]
    assert union.bounds == pytest.approx((122.2, 37.4, 122.202, 37.401))
    record(zone, [*events, *told], seen=zone.version, new=new)
    step = next(one for one in book(zone).supply.history("S-12") if one.after)
    pairs = supply_undo.together(zone, step)
    assert [id_ for id_, _ in pairs] == ["S-1", "S-12", "S-2"]
    back = [draft("合并有误").withdrawn(id_, number) for id_, number in pairs]
    record(zone, back, seen=zone.version)
    assert {id_ for id_, one in book(zone).supply.at().items() if one.live} == set(AREAS)
    assert supply_book.snapshot(zone, NOW).table["id"].tolist() == [*AREAS]


def test_a_split_has_no_shape_until_it_is_surveyed(zone: Zone) -> None:
    parcel = book(zone).supply.parcel("S-3")
    assert parcel is not None
    halves: dict[str, dict[str, Value]] = {
        "S-3a": {"area_m2": 12_000.0},
        "S-3b": {"area_m2": 18_000.0},
    }
    assert shapes.following(zone, split(draft(), parcel, halves)) == ([], [])


def test_a_new_number_keeps_the_shape(zone: Zone) -> None:
    parcel = book(zone).supply.parcel("S-3")
    assert parcel is not None
    new, _ = shapes.following(zone, renumber(draft(), parcel, "S-30"))
    found = new[0].table.set_index("id").geometry
    assert found["S-30"].equals(found["S-3"])
