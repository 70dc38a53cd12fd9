"""What is above somebody's clearance is not there: in sets, search, history, rasters, checks.

A zone with two sets that are 秘密, heights that are 机密 and a public one, all made here.
"""

from datetime import date

import pytest

from geo import briefing, casework, ledger, rasters
from geo.errors import ConflictError, DataError, GeoError
from geo.intake import Papers
from geo.model import SECRECY, Boundaries, Event, Grade, Source
from geo.rasters import Wanted
from geo.site import Answer
from geo.zone import Zone, open_zone
from tests.conftest import MakeSet
from tests.geo.casework.office import site, square
from tests.geo.ledger import office
from tests.geo.rasters import cone, geotiff

SECRET = Source("密件测试图", Grade.OFFICIAL, "内部使用", secrecy="秘密")
OPEN = Source("公开测试图", Grade.OFFICIAL, "CC0", secrecy="公开")
NAMES = ("farmland", "pipeline")


@pytest.fixture
def whole(fresh: str, make_set: MakeSet, monkeypatch: pytest.MonkeyPatch) -> Zone:
    monkeypatch.setenv("ZONE_SECRECY_LIMIT", "绝密")
    zone = open_zone(fresh)
    for name in NAMES:
        zone.replace(make_set(name, [square(0, 0, 300)], SECRET), by="甲", reason="密")
    zone.replace(make_set("redline", [square(0, 0, 300)], OPEN), by="甲", reason="公开")
    coming = rasters.look(zone, geotiff(cone(40)), "dem.tif", Wanted("dem"))
    rasters.put(zone, coming, Papers("密级高程", Grade.SURVEYED, "内部", secrecy="机密"), by="甲")
    return zone


def test_who_is_cleared_for_all_sees_the_zone_itself(whole: Zone) -> None:
    assert whole.seen_by("绝密") is whole
    assert whole.withheld() == frozenset()


@pytest.mark.parametrize(
    ("clearance", "hidden"),
    [
        ("公开", {"farmland", "pipeline", "dem"}),
        ("内部", {"farmland", "pipeline", "dem"}),
        ("秘密", {"dem"}),
        ("机密", set()),
    ],
)
def test_each_level_sees_what_is_marked_up_to_it(
    whole: Zone, clearance: str, hidden: set[str]
) -> None:
    seen = whole.seen_by(clearance)
    assert seen.withheld() == hidden
    assert set(whole.sets()) - set(seen.sets()) == hidden - {"dem"}
    assert ("dem" in {one.name for one in rasters.with_derived(seen)}) == ("dem" not in hidden)
    assert "redline" in seen.sets()


def test_a_withheld_set_is_in_no_answer_of_the_zone(whole: Zone) -> None:
    seen, since = whole.seen_by("内部"), whole.sets()["farmland"]
    assert seen.boundaries("farmland") is None
    assert seen.boundaries("farmland", since) is None
    assert not seen.shows("farmland", since)
    assert "farmland" not in {one.name for one in seen.held()}
    assert "farmland" not in {one.name for one in seen.summaries()}
    for asked in (seen.existing, seen.summary, seen.history):
        with pytest.raises(DataError) as told:
            asked("farmland")
        assert "现有" not in str(told.value) or "pipeline" not in str(told.value)
    lon, lat = square(100, 100, 10).centroid.coords[0]
    assert {hit.set for hit in whole.identify(lon, lat)} >= {"farmland", "redline"}
    assert {hit.set for hit in seen.identify(lon, lat)} & {*NAMES} == set()
    assert seen.find("farmland", "S1") is None
    assert seen.bounds("farmland", "S1") is None
    assert {one.set for one in seen.search("第S1")} & {*NAMES} == set()
    assert {one.set for one in whole.search("第S1")} >= {*NAMES}


def test_history_stays_as_long_as_it_is_but_tells_nothing_withheld(whole: Zone) -> None:
    seen = whole.seen_by("内部")
    told, all_ = seen.events(), whole.events()
    assert len(told) == len(all_) == whole.version
    assert not [one for one in told if any(name in one.subject for name in (*NAMES, "dem"))]
    assert "密件测试图" not in str(told)
    assert seen.events("boundaries/farmland") == seen.events("raster/dem") == []
    hidden = [i for i, (a, b) in enumerate(zip(told, all_, strict=True)) if a != b]
    assert [all_[i].subject for i in hidden] == [
        "boundaries/farmland",
        "boundaries/pipeline",
        "raster/dem",
    ]


def test_each_edition_is_as_secret_as_it_was_marked(whole: Zone, make_set: MakeSet) -> None:
    secret = whole.sets()["farmland"]
    released = whole.replace(
        make_set("farmland", [square(0, 0, 300)], OPEN), by="甲", reason="解密"
    )
    seen = whole.seen_by("内部")
    assert seen.sets()["farmland"] == released
    assert "farmland" not in seen.sets(secret)
    assert [since for since, _ in seen.history("farmland")] == [released]
    whole.replace(make_set("farmland", [square(0, 0, 300)], SECRET), by="甲", reason="定密")
    assert "farmland" not in whole.seen_by("内部").sets()
    assert whole.seen_by("内部").sets(released)["farmland"] == released


def test_a_set_that_becomes_secret_while_somebody_looks_is_gone_at_once(
    whole: Zone, make_set: MakeSet
) -> None:
    seen = whole.seen_by("内部")
    assert seen.search("第S1")
    whole.replace(make_set("redline", [square(0, 0, 300)], SECRET), by="甲", reason="定密")
    assert seen.boundaries("redline") is None
    assert not [one for one in seen.search("第S1") if one.set == "redline"]
    assert whole.seen_by("内部") is not seen  # what was kept for the old view is not asked again


def test_a_rule_that_reads_a_withheld_set_fails_and_says_why(whole: Zone) -> None:
    def told(zone: Zone) -> dict[str, tuple[Answer, str]]:
        (report,) = casework.answered(zone, [site(50, 50)], date(2026, 3, 1))
        return {
            one.set: (one.answer, " ".join(note.zh for note in one.notes) + one.remark)
            for one in report.findings
        }

    full, part = told(whole), told(whole.seen_by("内部"))
    assert full["farmland"][0] is Answer.HIT
    assert part["farmland"][0] is Answer.FAILED
    assert "无权查看" in part["farmland"][1]
    assert part["slope"][0] is Answer.FAILED
    assert part["redline"] == full["redline"]
    missing = next(name for name, one in full.items() if one[0] is Answer.NO_DATA)
    assert part[missing][0] is Answer.NO_DATA


def test_a_case_that_rests_on_a_withheld_set_is_neither_listed_nor_opened(whole: Zone) -> None:
    ((filed, _),) = casework.ask(whole, [site(50, 50)], casework.Asker("甲"))
    seen = whole.seen_by("内部")
    assert casework.archive(seen) == []
    with pytest.raises(DataError, check=lambda error: error.code == "WITHHELD"):
        casework.case(seen, filed.number)
    ((own, _),) = casework.ask(seen, [site(50, 50)], casework.Asker("乙"))
    assert own.number != filed.number
    assert [one.number for one in casework.archive(seen)] == [own.number]
    assert len(casework.archive(whole)) == 2


def test_of_a_ledger_whose_parcels_are_withheld_nothing_is_told(
    whole: Zone, make_set: MakeSet
) -> None:
    office.enter(whole, "E-1")
    assert set(ledger.book(whole.seen_by("内部")).supply.at()) == {"E-1"}
    whole.replace(make_set("parcel", [square(0, 0, 90)], SECRET), by="甲", reason="定密")
    assert set(ledger.book(whole.seen_by("内部")).supply.at()) == set()
    assert set(ledger.book(whole.seen_by("秘密")).supply.at()) == {"E-1"}
    assert len(ledger.places(whole.seen_by("内部"))) == 0


def test_a_meeting_shows_what_the_listener_may_see(whole: Zone) -> None:
    briefing.freeze(whole, by="甲", title="一", held=date(2026, 3, 2), as_of=date(2026, 3, 1))
    shown = [
        briefing.record(zone, 1, edition="internal") for zone in (whole, whole.seen_by("内部"))
    ]
    assert [set(NAMES) & set(one.sets) for one in shown][1] == set()
    assert "密件测试图" not in str(shown[1].record)


def test_who_was_first_with_something_withheld_is_not_told(whole: Zone, make_set: MakeSet) -> None:
    seen, before = whole.seen_by("内部"), whole.version
    whole.replace(make_set("farmland", [square(0, 0, 200)], SECRET), by="甲", reason="再换")
    event = Event("project/P-1", "noted", "乙", office.NOW)
    with pytest.raises(ConflictError) as told:
        seen.record([event], expect=before)
    assert "farmland" not in str(told.value)
    assert "甲" not in str(told.value)


def test_two_levels_never_share_what_is_kept_by_zone(whole: Zone) -> None:
    views = [whole.seen_by(level) for level in SECRECY]
    assert len({id(one) for one in views}) == len(SECRECY)
    assert all(whole.seen_by(level) is one for level, one in zip(SECRECY, views, strict=True))


def test_a_view_writes_into_the_same_store_and_asks_the_same_guard(
    whole: Zone, make_set: MakeSet
) -> None:
    asked: list[str] = []

    def guard(events: object, _new: object) -> None:
        asked.append(str(events))
        raise GeoError("不行", "NO")

    whole.guard = guard
    with pytest.raises(GeoError, check=lambda error: error.code == "NO"):
        whole.seen_by("内部").replace(make_set("place", [square(0, 0, 9)]), by="乙", reason="试")
    assert len(asked) == 1


def test_marks_tell_each_set_and_raster_once(whole: Zone) -> None:
    marks = {(one.name, one.secrecy) for one in whole._store.marks() if one.secrecy}
    assert marks == {
        ("farmland", "秘密"),
        ("pipeline", "秘密"),
        ("redline", "公开"),
        ("dem", "机密"),
    }
    assert {one.name for one in whole._store.marks(whole.sets()["pipeline"])} == {"redline", "dem"}


def test_marks_are_the_same_on_postgis(pg_url: str, make_set: MakeSet) -> None:
    zone = open_zone(pg_url)
    zone.replace(make_set("farmland", [square(0, 0, 300)], SECRET), by="甲", reason="密")
    assert zone.seen_by("内部").withheld() == {"farmland"}
    assert isinstance(zone.seen_by("秘密").boundaries("farmland"), Boundaries)
