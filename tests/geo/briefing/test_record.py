"""The record of a meeting: equal for ever, honest where nothing is known, in two languages."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from shapely import box

from geo import briefing, ledger, measure, meeting, projects
from geo.briefing import Briefing
from geo.meeting import Chapter, Drawing, Look, Text
from geo.model import Event, Grade, Source
from geo.zone import Zone
from layers.brief.read import brief_of
from layers.brief.values import Brief
from tests.conftest import MakeSet
from tests.geo.briefing.office import (
    AT,
    FIRST,
    OWNER,
    SECOND,
    admitted,
    begun,
    freeze,
    record,
    stamp,
    went_on,
)
from tests.geo.ledger.office import draft, enter


@pytest.fixture
def zone(fresh: str) -> Zone:
    return ledger.open_zone(fresh)


def read(told: Briefing) -> Brief:
    """The brief that writers take, from the record as it is sent."""
    return brief_of(json.loads(json.dumps(told.record)), told.sets)


def plain(told: Briefing) -> str:
    """All of a record and its shapes as text."""
    sets = {name: [one.source.title, one.table.to_json()] for name, one in told.sets.items()}
    return json.dumps([told.record, sets], ensure_ascii=False, sort_keys=True)


def slide(told: Briefing, id_: str) -> Mapping[str, Any]:
    return next(one for one in told.record["slides"] if one["id"] == id_)


def texts(value: Any) -> Iterator[Mapping[str, str]]:
    """Every text in both languages, wherever it stands."""
    if isinstance(value, Mapping):
        if set(value) == {"zh", "en"}:
            yield value
        else:
            for one in value.values():
                yield from texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from texts(one)


def later(zone: Zone, make_set: MakeSet) -> None:
    """Everything that may happen after a meeting: backdated, taken back, replaced, frozen again."""
    early = date(2025, 12, 2)
    entered = next(n for n, one in enumerate(zone.events(), 1) if one.subject == "parcel/P-3")
    record(
        zone,
        draft(on=early).amended("P-4", {"area_m2": 5.0}),
        draft(on=early).withdrawn("P-3", entered),
        projects.exited("X-1", stamp(early)),
        projects.adjusted("X-2", {"name": "改名"}, stamp(early, "核对"), ledger.project_rules()),
        admitted("X-9", early),
    )
    zone.replace(make_set("park", [box(122.2, 37.3, 122.21, 37.31)]), by="乙", reason="测试")
    zone.replace(make_set("redline", [box(122.2, 37.3, 122.21, 37.31)]), by="乙", reason="测试")
    freeze(zone, SECOND)
    briefing.start(zone, by="乙", title="另一个")


def han(text: str) -> bool:
    return any("\u3400" <= letter <= "\u9fff" for letter in text)


@pytest.mark.parametrize("kind", ["sqlite", "postgis"])
@pytest.mark.parametrize("edition", ["internal", "public"])
def test_the_same_meeting_gives_an_equal_record_whatever_comes_later(
    kind: str, edition: str, request: pytest.FixtureRequest, make_set: MakeSet
) -> None:
    url = str(request.getfixturevalue("fresh" if kind == "sqlite" else "pg_url"))
    zone = ledger.open_zone(url)
    begun(zone)
    freeze(zone, FIRST)
    went_on(zone)
    freeze(zone, SECOND)
    before = [plain(briefing.record(zone, number, edition=edition)) for number in (1, 2)]
    later(zone, make_set)
    for desk in (zone, ledger.open_zone(url)):
        after = [plain(briefing.record(desk, number, edition=edition)) for number in (1, 2)]
        assert after == before
    assert plain(briefing.record(zone, 3, edition=edition)) not in before


def test_a_store_without_a_ledger_says_so_and_makes_every_slide(zone: Zone) -> None:
    freeze(zone, FIRST, title="首次会议", title_en="First meeting")
    told = briefing.record(zone, 1, maker="威海经区", approval="鲁SG(2026)001号")
    brief = read(told)
    ids = [one.id for one in brief.slides]
    assert len(set(ids)) == len(ids)
    assert [id_ for id_ in ids if "-" not in id_] == [
        *("title", "numbers", *(f"M{i}" for i in range(1, 9))),
        *("playback", "swipe", "wall", "actions", "sources", "closing"),
    ]
    values = {one["label"]["zh"]: one for one in slide(told, "numbers")["numbers"]}
    assert values["方案目标"]["value"] == "53"  # rows of targets.csv
    assert values["重大项目"]["value"] == "43"  # rows of projects.csv
    assert (values["已达到"]["value"], values["地块"]["value"]) == ("—", "—")
    assert values["地块"]["note"]["zh"] == "暂无台账数据"
    assert slide(told, "playback")["lead"]["zh"] == "暂无台账数据"
    assert not any(key.startswith("supply") for key in told.record["colourings"])
    assert (brief.maker, brief.approval, brief.secrecy) == ("威海经区", "鲁SG(2026)001号", "")
    assert (brief.public, brief.example) == (False, False)


def test_every_text_that_is_made_is_in_both_languages(zone: Zone) -> None:
    begun(zone)
    freeze(zone, FIRST, title_en="First")
    went_on(zone)
    freeze(zone, SECOND, title_en="Second")
    record_ = briefing.record(zone, 2).record
    made = [one for one in record_["slides"] if not one["id"].startswith("sources")]
    bare = {
        one["zh"]
        for one in texts([made, record_["colourings"]])
        if han(one["zh"]) and not one["en"]
    }
    assert bare == {"测试图"}  # the source of a set that the office brought
    english = {
        re.sub(r"[一二三四五]\([一二三四五六七八]\)|示例路1号", "", one["en"])
        for one in texts(made)
    }
    assert not [one for one in english if han(one)]


def test_a_matter_tells_who_leads_what_is_wanted_and_what_is_on_the_map(zone: Zone) -> None:
    freeze(zone, FIRST)
    told = briefing.record(zone, 1)
    front = slide(told, "M2")
    assert front["lead"]["zh"] == (
        "牵头：商务局；参与：服务业发展办公室、皇冠街道办事处、东方智慧谷运营公司"
    )
    assert front["lead"]["en"].startswith("Lead: Commerce Bureau; taking part: ")
    assert front["clauses"] == ["四(二)"]
    assert front["look"]["selected"] == [["park", "P05"], ["project", "J02"]]
    assert front["permalink"] == "?sel=park:P05,project:J02"
    rows = [[cell["zh"] for cell in row] for row in slide(told, "M2-2")["table"]["rows"]]
    assert rows[0] == [
        "服贸园区用地整理和平台建设",
        "约 500 亩",
        "到 2018 年",
        "暂无数据",
        "商务局",
    ]
    assert rows[-1][0] == "东方智慧谷服务贸易产业园"
    assert rows[-1][3] == "灰：期限已过，未见公开后续进展"


def test_a_target_with_an_actual_value_tells_its_gap(zone: Zone) -> None:
    """S16: at least 10 leading firms; 7 were published, so 3 are missing."""
    at = zone.version
    event = meeting.frozen(1, meeting.Call("会", FIRST, FIRST), None, "甲", AT)
    actuals = {"S16": meeting.Actual(Text("7 家", "7"), "2022", 7.0)}
    zone.record([meeting.sealed(event, at, actuals)], expect=at)
    told = briefing.record(zone, 1)
    cells = [row[3]["zh"] for row in slide(told, "M2-2")["table"]["rows"] if "龙头" in row[0]["zh"]]
    assert cells == ["7 家（2022）：差 3"]
    values = {one["label"]["zh"]: one["value"] for one in slide(told, "numbers")["numbers"]}
    assert (values["已达到"], values["未达到"]) == ("0", "1")


def test_supply_is_played_by_year_ends_so_far_and_by_period(zone: Zone) -> None:
    enter(zone, "P-1")
    begun_on = date(2024, 3, 1)
    record(
        zone,
        draft(on=begun_on).entered("Q-1", "reserve", {"area_m2": 9_000.0}),
        draft(on=date(2025, 2, 1)).entered("Q-2", "reserve", {"area_m2": 9_000.0}),
    )
    begun_shapes(zone)
    freeze(zone, SECOND)
    told = briefing.record(zone, 1)
    periods = slide(told, "playback")["look"]["periods"]
    assert periods == ["supply:2024-12-31", "supply:2025-12-31", "supply:2026-01-05"]

    def there(key: str) -> list[str]:
        one = told.record["colourings"][key]
        ids = told.sets["parcel"].table["id"]
        return [id_ for id_, code in zip(ids, one["codes"], strict=True) if code is not None]

    assert [there(key) for key in periods] == [
        ["Q-1"],
        ["P-1", "Q-1", "Q-2"],
        ["P-1", "Q-1", "Q-2"],
    ]
    assert there("supply_new:2023-12-31:2024-12-31") == ["Q-1"]
    assert there("supply_new:2024-12-31:2025-12-31") == ["P-1", "Q-2"]
    assert there("supply_new:2025-12-31:2026-01-05") == []


def begun_shapes(zone: Zone) -> None:
    from tests.geo.ledger.office import drawn

    squares = {"P-1": (0, 0, 90, 90), "Q-1": (200, 0, 290, 90), "Q-2": (400, 0, 490, 90)}
    said = {"grade": "surveyed", "count": 3, "source": "测试图"}
    event = Event("boundaries/parcel", "replaced", "甲", AT, None, said)
    ledger.record(zone, [event], seen=zone.version, new=[drawn(**squares)])


def test_the_demonstration_store_tells_that_it_is_one(demo_url: str) -> None:
    zone = ledger.open_zone(demo_url)
    told = briefing.record(zone, 2)
    brief = read(told)
    assert brief.example
    assert len(slide(told, "playback")["look"]["periods"]) == 12
    counts = {one["label"]["zh"]: one["value"] for one in slide(told, "numbers-2")["numbers"]}
    live = [one for one in ledger.book(zone).supply.at(date(2026, 6, 30)).values() if one.live]
    assert counts.pop("地块").replace(",", "") == str(len(live))
    assert sum(map(int, counts.values())) == len(live)
    works = told.sets["works"].table.set_index("id")
    project = ledger.book(zone).register.project("SLX-01", date(2026, 6, 30))
    assert project is not None
    shapes = zone.existing("parcel").table.set_index("id").geometry[list(project.links)]
    assert min(measure.distances_m(shapes.to_numpy(), works.geometry["SLX-01"])) == 0


OWN = Chapter(
    "own-1",
    Text("码头一带", "By the pier"),
    lines=(Text("看东侧"),),
    look=Look(
        on=("zone", "park", "nowhere"),
        selected=(("park", "P05"), ("park", "P99")),
        colouring="project:as_of",
        drawings=(Drawing({"type": "Point", "coordinates": [122.2, 37.4]}, "找王五", "#C62828"),),
    ),
    notes="讲稿：王五负责",
    internal=False,
)


@pytest.fixture
def told_with_own(zone: Zone) -> Callable[..., Briefing]:
    """The record of a story with a chapter of one's own, changed as a test asks."""
    begun(zone)
    freeze(zone, FIRST)

    def tell(edition: str = "internal", **changed: Any) -> Briefing:
        told = briefing.start(zone, by="甲", title="汇报")
        more = meeting.with_chapter(told, replace(OWN, **changed))
        kept = briefing.save(zone, more, by="甲", expect=told.number)
        return briefing.record(zone, 1, kept.id, edition=edition)

    return tell


def test_a_chapter_of_ones_own_keeps_what_the_meeting_has_and_names_what_it_lacks(
    told_with_own: Callable[..., Briefing],
) -> None:
    told = told_with_own()
    own = slide(told, "own-1")
    assert (own["kind"], own["title"]["en"], own["notes"]) == ("text", "By the pier", OWN.notes)
    assert own["look"]["on"] == ["zone", "park"]
    assert own["look"]["selected"] == [["park", "P05"]]
    assert own["look"]["colouring"] == "project:2025-12-20"
    assert own["look"]["drawings"][0]["label"] == "找王五"
    assert own["lines"][-1]["zh"] == "本次会议的数据中没有：nowhere、P99"
    read(told)


def test_hidden_chapters_are_told_only_when_asked(zone: Zone) -> None:
    freeze(zone, FIRST)
    told = briefing.start(zone, by="甲", title="汇报")
    kept = briefing.save(zone, meeting.hidden(told, "M1"), by="甲", expect=told.number)
    shown = [
        {one["id"] for one in briefing.record(zone, 1, kept.id, hidden=hidden).record["slides"]}
        for hidden in (False, True)
    ]
    assert shown[1] - shown[0] == {"M1", "M1-2"}


def test_the_public_edition_holds_no_person_no_note_and_no_internal_field(
    told_with_own: Callable[..., Briefing],
) -> None:
    inside, outside = plain(told_with_own()), plain(told_with_own("public"))
    assert "王五" in inside
    for secret in ("王五", OWNER, "张三", "李四", "经办", "文1"):
        assert secret not in outside
    told = told_with_own("public")
    brief = read(told)
    assert (brief.public, brief.base_url) == (True, "")
    assert not any(one.notes or one.permalink for one in brief.slides)
    for name, known in told.sets.items():
        if name != "works":
            assert not {"owner", "grantee", "secrecy"} & set(known.table.columns)


def test_the_public_edition_has_coarse_coordinates(told_with_own: Callable[..., Briefing]) -> None:
    told = told_with_own("public")
    assert "parcel" not in told.sets or len(told.sets["parcel"].table)
    for known in told.sets.values():
        for x, y in known.table.geometry.get_coordinates().to_numpy():
            assert round(x, 4) == pytest.approx(x, abs=1e-9)
            assert round(y, 4) == pytest.approx(y, abs=1e-9)


def test_a_chapter_marked_internal_stays_inside(told_with_own: Callable[..., Briefing]) -> None:
    assert "own-1" in plain(told_with_own(internal=True))
    assert "own-1" not in plain(told_with_own("public", internal=True))


def test_a_classified_set_is_gone_from_the_public_edition_with_all_that_rests_on_it(
    zone: Zone,
) -> None:
    begun(zone)
    held = zone.existing("parcel")
    source = Source("内部地块图", Grade.SURVEYED, "内部", secrecy="内部")
    zone.replace(replace(held, source=source), by="甲", reason="定密")
    freeze(zone, FIRST)
    inside, outside = (briefing.record(zone, 1, edition=one) for one in ("internal", "public"))
    assert inside.record["secrecy"] == "内部"
    assert "parcel" in inside.sets
    assert "X-1" in set(inside.sets["works"].table["id"])  # it stands on a parcel
    assert "parcel" not in outside.sets
    assert "X-1" not in set(outside.sets["works"].table["id"])
    text = plain(outside)
    for gone in ("P-1", "内部地块图", "示例路1号", "supply:"):
        assert gone not in text
    values = {one["label"]["zh"]: one for one in slide(outside, "numbers")["numbers"]}
    assert values["地块"]["note"]["zh"] == "内部数据，公开版不列"
    assert "公开版不含涉密图层 1 个" in text


def test_inks_of_charts_are_those_of_the_maps() -> None:
    from layers.project_look import INKS

    inks = briefing.words().inks
    assert {key: inks[key] for key in INKS} == {key: one.standard for key, one in INKS.items()}


def test_the_offices_of_the_matters_have_english_names(zone: Zone) -> None:
    named = briefing.words().offices
    every = {unit for one in zone.plan.matters for unit in (one.lead, *one.units)}
    assert every <= set(named)
