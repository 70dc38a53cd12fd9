"""The search box: every spelling, pinyin, ids, three kinds of coordinates, and nothing.

Plane coordinates were taken with gdaltransform, not with the code under test.
"""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.search import Entry, Index, normal, positions
from geo.zone import DATA, Zone

SPOT = (122.1717, 37.4198)  # in the 500-mu park
NORTH_41, EAST_41 = 4143423.1042, 426678.2664  # gdaltransform to EPSG:4550
NORTH_40, EAST_40 = 4145315.6050, 692250.8887  # to EPSG:4549


def entry(key: str, *names: str) -> Entry:
    return Entry(("park", key), names[0], "", names)


@pytest.mark.parametrize(
    "spelling",
    [
        "海洋船舶及装备特色产业园",
        "新城(崮山)产业园",
        "崮山海洋船舶及装备特色产业园",
        "崮山海洋产业园",
        "崮山产业园",
        "新城（崮山） 产业园",
        "gshycyy",
        "GSHYCYY",
        "gushanhaiyangchanyeyuan",
        "gushan hai yang",
        "p03",
        "Gushan Marine",
    ],
)
def test_every_spelling_finds_the_gushan_park(zone: Zone, spelling: str) -> None:
    assert (zone.search(spelling)[0].set, zone.search(spelling)[0].id) == ("park", "P03")


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("500亩", "P05"),
        ("东方智慧谷", "P05"),
        ("服贸园", "P05"),
        ("韩乐坊", "C01"),
        ("hlf", "C01"),
        ("Boyu", "T02"),
        ("泊于", "T02"),
        ("boyu", "T02"),
        ("“三纵四横”", "N02-1"),
        ("n02", "N02-1"),
        ("N01-2", "N01-2"),
        ("ｚ０１", "Z01"),
        ("日本软银集团全球外包软件园项目", "J02"),
        ("建成区", "Z02"),
    ],
)
def test_search_finds(zone: Zone, asked: str, first: str) -> None:
    assert zone.search(asked)[0].id == first


def test_search_says_which_spelling_matched(zone: Zone) -> None:
    assert zone.search("gshycyy")[0].why == "产业园区 · 崮山海洋产业园"
    assert zone.search("gshycyy")[0].label == "崮山海洋船舶及装备特色产业园"
    assert zone.search("崮山海洋船舶及装备特色产业园")[0].why == "产业园区"


def test_what_is_not_drawn_is_found_and_said_to_be_so(zone: Zone) -> None:
    found = zone.search("综合保税区")[0]
    assert (found.set, found.id, found.why, found.why_en) == ("", "P07", "未落图", "not mapped")
    assert found.bounds is None


def test_a_feature_comes_with_the_corners_of_its_shape(zone: Zone) -> None:
    rows = json.loads((DATA / "boundaries" / "park.geojson").read_text("utf-8"))["features"]
    ring = next(r for r in rows if r["properties"]["id"] == "P05")["geometry"]["coordinates"][0]
    lons, lats = zip(*ring, strict=True)
    assert zone.search("P05")[0].bounds == (min(lons), min(lats), max(lons), max(lats))


@pytest.mark.parametrize(
    "nothing",
    [
        "",
        "  ",
        "()",
        "{{7*7}}",
        "{% raw %}",
        "没有这个地方",
        "<img src=x onerror=alert(1)>",
        "`",
        "q",
    ],
)
def test_search_for_nothing_finds_nothing(zone: Zone, nothing: str) -> None:
    assert zone.search(nothing) == []


def test_every_entity_of_the_plan_is_found_by_its_name_and_by_every_alias(zone: Zone) -> None:
    missed = []
    for entity in zone.plan.entities:
        stands = {id_ for _, id_ in zone.where(entity.id)} | {entity.id}
        for spelling in (entity.name, *entity.aliases, *entity.also):
            if not stands & {match.id for match in zone.search(spelling, limit=40)}:
                missed.append((entity.id, spelling))
    assert missed == []


def test_the_ground_of_the_map_is_not_found(zone: Zone) -> None:
    assert not {match.set for match in zone.search("陆地", 100)} & {"land", "sea"}


def test_whole_before_beginning_before_inside_then_shorter_then_as_given() -> None:
    rows = [
        entry("1", "大韩乐坊"),
        entry("2", "韩乐坊二街"),
        entry("3", "韩乐坊"),
        entry("4", "韩乐坊一街"),
        entry("5", "韩乐坊街"),
    ]
    assert [hit.entry.key[1] for hit in Index(rows).find("韩乐坊")] == ["3", "5", "2", "4", "1"]


def test_a_letter_of_another_reading_counts_among_the_initials() -> None:
    index = Index([entry("1", "韩乐坊")])  # 乐 reads le or yue
    assert index.find("hlf")
    assert index.find("hyf")
    assert not index.find("hxf")


def test_no_more_than_asked_for_come_back() -> None:
    rows = [entry(str(i), f"路{i}") for i in range(30)]
    assert len(Index(rows).find("路", 7)) == 7


@given(st.text(max_size=60))
def test_no_text_makes_the_search_fail(text: str) -> None:
    rows = [entry("P1", "园A1(甲)"), entry("P2", text), entry(text, "乙")]
    for hit in Index(rows).find(text):
        assert hit.entry in rows
    for found in positions(text):
        assert 73 <= found.lon <= 136 or 0 < found.lon < 180
        assert -90 <= found.lat <= 90


@given(st.text(min_size=1, max_size=30).filter(lambda text: bool(normal(text))))
def test_a_name_is_always_found_by_itself(name: str) -> None:
    assert Index([entry("P1", name)]).find(name)[0].score == 0


@given(st.floats(73, 136), st.floats(3, 54))
def test_any_pair_of_degrees_in_the_country_is_read_as_typed(lon: float, lat: float) -> None:
    typed = f"{lon:.6f}, {lat:.6f}"
    (found,) = positions(typed)
    assert (found.lon, found.lat) == (float(f"{lon:.6f}"), float(f"{lat:.6f}"))


@pytest.mark.parametrize(
    "typed",
    [
        "122.1717, 37.4198",
        "122.1717 37.4198",
        "37.4198，122.1717",
        "122.1717°E 37.4198°N",
        "经度122.1717 纬度37.4198",
        "１２２.１７１７；３７.４１９８",
        "北纬37°25′11.28″ 东经122°10′18.12″",
        "37°25'11.28\"N, 122°10'18.12\"E",
        "122度10分18.12秒 37度25分11.28秒",
        "122°10.302' 37°25.188'",
        "37°25.188′ 122°10.302′",
        f"{NORTH_41} {EAST_41}",
        f"X={NORTH_41}, Y={EAST_41}",
        f"{EAST_41} {NORTH_41}",
        f"{NORTH_41} 41{EAST_41}",
        f"41{EAST_41},{NORTH_41}",
        f"{NORTH_40} 40{EAST_40}",
    ],
)
def test_coordinates_are_read_in_degrees_and_in_the_plane(typed: str) -> None:
    (found,) = positions(typed)
    assert found.lon == pytest.approx(SPOT[0], abs=2e-9)
    assert found.lat == pytest.approx(SPOT[1], abs=2e-9)


def test_a_position_says_how_it_was_read() -> None:
    assert positions("122.1717, 37.4198")[0].reading == "经纬度 EPSG:4490"
    assert positions(f"{NORTH_41} {EAST_41}")[0].reading.startswith("平面坐标 EPSG:4550")
    assert positions(f"{NORTH_41} 41{EAST_41}")[0].reading.startswith("平面坐标 EPSG:4529")
    assert positions(f"{NORTH_40} 40{EAST_40}")[0].reading.startswith("平面坐标 EPSG:4528")


@pytest.mark.parametrize(
    "typed",
    [
        *("500", "1 2 3", "37 37", "0 0", "200.5, 37.4", "4143423 99426678", "4143423 12"),
        *("-122.1717, 37.4198", "122.1717, −37.4198", "37.4198S 122.1717E", "西经122.17 北纬37.42"),
        *("37°75'00\" 122°10'18\"", "km 12 to 37 road"),
    ],
)
def test_numbers_that_are_no_place_in_the_country_give_no_position(typed: str) -> None:
    assert positions(typed) == []


def test_a_typed_position_comes_first_with_its_coordinates(zone: Zone) -> None:
    (found,) = zone.search(f"{NORTH_41} 41{EAST_41}")
    assert found.label == "122.171700, 37.419800"
    assert (found.set, found.id) == ("", "")
