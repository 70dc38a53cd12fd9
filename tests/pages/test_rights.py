"""Rights at every address: each route asks, and what is withheld is at none of them."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

import pytest
import shapely
from starlette.applications import Starlette
from starlette.routing import Route
from streamlit.runtime.context import StreamlitHeaders

from geo import briefing, office, rasters
from geo.edition import Edition
from geo.errors import GeoError
from geo.intake import Papers
from geo.model import Boundaries, Grade, Source
from geo.office import Office, RightsError, Visit
from geo.people import Act, Person, Role
from geo.rasters import Wanted
from geo.zone import Zone
from pages import asked, door, download, entrance, ready, rights, routes, tree, whence, who
from tests.conftest import MakeSet
from tests.geo.casework.office import square
from tests.geo.rasters import cone, geotiff
from tests.pages.test_routes import Answer, Site

SECRET, SMALL = "farmland", "pipeline"
OPEN_TO_ALL = {"/assets/{path:path}", "/map/{digest}.js", "/favicon.ico"}
MANY = 3_000  # features: more than a set of shapes may have, so that it has tiles


@dataclass(frozen=True)
class Place:
    """The addresses over a zone with secrets, and the office's book."""

    site: Site
    whole: Zone
    book: Office

    def get(self, visit: Visit, address: str) -> Answer:
        with office.visiting(visit):
            return self.site.get(address)

    def post(self, visit: Visit, address: str, body: bytes) -> Answer:
        with office.visiting(visit):
            return self.site.post(address, body)


def visit(*roles: Role, clearance: str = "内部", id_: str = "x") -> Visit:
    return Visit(Person(id_, f"某{id_}", frozenset(roles), clearance=clearance), "10.0.0.7")


LOW, HIGH = visit(Role.VIEWER, id_="low"), visit(Role.VIEWER, clearance="绝密", id_="high")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, make_set: MakeSet) -> Iterator[Place]:
    folder = Path(tmp_path_factory.mktemp("rights"))
    patch = pytest.MonkeyPatch()
    for key, value in {
        "ZONE_STORE": f"sqlite:///{folder / 'zone.db'}",
        "ZONE_OFFICE": f"sqlite:///{folder / 'office.db'}",
        "ZONE_SIGN_IN": "local",
        "ZONE_SECRECY_LIMIT": "绝密",
    }.items():
        patch.setenv(key, value)
    kept = (door.given, door._zone, who.book)
    for one in kept:
        one.cache_clear()
    whole = door.whole()
    secret = Source("密件测试图", Grade.OFFICIAL, "内部使用", secrecy="秘密")
    shapes = [square(10 * (i % 60), 10 * (i // 60), 9) for i in range(MANY)]
    whole.replace(make_set(SECRET, shapes, secret), by="甲", reason="密")
    whole.replace(make_set(SMALL, shapes[:3], secret), by="甲", reason="密")
    coming = rasters.look(whole, geotiff(cone(40)), "dem.tif", Wanted("dem"))
    rasters.put(whole, coming, Papers("密级高程", Grade.SURVEYED, "内部", secrecy="机密"), by="甲")
    rights.secure()
    book = who.book()
    assert book is not None
    app = Starlette(routes=routes.ROUTES, exception_handlers={GeoError: routes.told})
    yield Place(Site(app), whole, book)
    patch.undo()
    for one in kept:
        one.cache_clear()


def filled(path: str, zone: Zone, name: str) -> str:
    """An address of a route for one set."""
    values = {
        "{name}": name,
        "{since:int}": str(zone.sets().get(name, 1)),
        "{z:int}": "14",
        "{x:int}": "13754",
        "{y:int}": "6335",
        "{id}": "S1",
        "{version:int}": str(zone.version),
        "{lang}": "zh",
        "{digest}": "0" * 24,
        "{layer}": "vec",
        "{meeting:int}": "1",
        "{story}": "default",
    }
    for key, value in values.items():
        path = path.replace(key, value)
    return path


ROUTES = [one for one in routes.ROUTES if one not in entrance.ROUTES]


@pytest.mark.parametrize("route", ROUTES, ids=lambda one: one.path)
def test_every_route_asks_for_a_right(place: Place, route: Route) -> None:
    if route.path in OPEN_TO_ALL:
        return
    nobody = visit()
    address = filled(route.path, place.whole, "park")
    posted = "POST" in (route.methods or ())
    got = place.post(nobody, address, b"{}") if posted else place.get(nobody, address)
    assert (got.status, got.json()["code"]) == (403, "NOT_ALLOWED")
    assert "没有“" in got.json()["message"]


@pytest.mark.parametrize("route", ROUTES, ids=lambda one: one.path)
def test_no_route_tells_a_withheld_set_from_one_that_never_was(place: Place, route: Route) -> None:
    if "{name}" not in route.path:
        return
    for name in (SECRET, SMALL, "dem", "slope"):
        since = str(place.whole.version)
        mine = filled(route.path, place.whole, name).replace(f"{name}/1", f"{name}/{since}")
        got = place.get(LOW, mine)
        never = place.get(LOW, mine.replace(name, "never"))
        assert got.status == never.status == 400
        assert got.json()["code"] == never.json()["code"]
        assert got.json()["message"] == never.json()["message"].replace("never", name)


def test_who_is_cleared_gets_the_same_addresses(place: Place) -> None:
    since = place.whole.sets()[SECRET]
    for address in (
        f"/layers/{SECRET}/{since}.json",
        f"/layers/{SECRET}/{since}.classes",
        f"/layers/{SECRET}/{since}.anchors",
        f"/feature/{SECRET}/{since}/S1",
        f"/images/dem/{place.whole.version}.png",
        f"/images/slope/{place.whole.version}.png",
    ):
        assert place.get(HIGH, address).status == 200
        assert place.get(LOW, address).status == 400  # also once it was made for somebody


def test_the_tree_of_each_level_holds_what_that_level_may_see(place: Place) -> None:
    names = {}
    for one in (LOW, HIGH, LOW):
        with office.visiting(one):
            version = tree.dated()
            digest = tree.packed(version, english=False)[1]
            rows = tree.rows(version, english=False)
        got = place.get(one, f"/scene/{version}/zh/{digest}.json")
        names[one.person.id] = {row["name"] for row in rows if row["draw"] != "absent"}
        told = {row["name"] for row in got.json()["sets"] if row["draw"] != "absent"}
        assert told == names[one.person.id]
    assert names["high"] - names["low"] == {SECRET, SMALL, "dem", "slope", "aspect"}


def test_search_and_check_know_nothing_withheld(place: Place) -> None:
    high, low = (place.get(one, f"/api/search?q={quote('第S2')}") for one in (HIGH, LOW))
    assert {one["set"] for one in high.json()} & {SECRET, SMALL}
    assert not {one["set"] for one in low.json()} & {SECRET, SMALL}
    with office.visiting(LOW):
        assert not door.zone().search("第S2999")


def test_an_answer_kept_for_one_level_is_never_given_to_another(place: Place) -> None:
    since = place.whole.sets()[SMALL]
    with office.visiting(HIGH):
        assert ready.shapes(SMALL, since)
        assert ready.tile(SMALL, since, (14, 0, 0)) is None
    for made in (ready.shapes, ready.class_numbers, ready.anchors, ready.boundaries):
        with office.visiting(LOW), pytest.raises(GeoError) as told:
            made(SMALL, since)
        assert told.value.code == "SET_MISSING"


def test_outside_any_visit_there_is_only_what_anybody_may_see(place: Place) -> None:
    assert door.zone().withheld() >= {SECRET, SMALL, "dem"}
    with pytest.raises(RightsError):
        rights.require(Act.SEE)


def looks(place: Place) -> list[dict[str, Any]]:
    return [
        dict(one.event.data)
        for one in place.book.log()
        if (one.event.subject, one.event.verb) == ("audit/view", "seen")
    ]


def test_a_look_at_a_marked_set_is_logged_once_an_hour(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked._looked.clear()
    before, since = len(looks(place)), place.whole.sets()[SECRET]
    for _ in range(3):
        got = place.get(HIGH, f"/feature/{SECRET}/{since}/S1")
        assert got.headers["cache-control"] == "private, max-age=3600"
    place.get(HIGH, f"/layers/park/{place.whole.sets()['park']}.json")
    (told,) = looks(place)[before:]
    assert told == {
        "person": "某high",
        "address": "10.0.0.7",
        "set": SECRET,
        "since": since,
        "secrecy": "秘密",
    }
    later = who.now() + asked._AGAIN
    monkeypatch.setattr(who, "now", lambda: later)
    place.get(HIGH, f"/feature/{SECRET}/{since}/S1")
    assert len(looks(place)) == before + 2


def test_a_check_is_signed_by_who_asks_and_stands_in_the_log(place: Place) -> None:
    shape = json.loads(shapely.to_geojson(square(0, 0, 90)))
    body = json.dumps({"type": "Feature", "properties": {}, "geometry": shape}).encode()
    with office.visiting(LOW):
        got = place.site.send("/api/check", body, "application/geo+json")
    assert got.status == 200, got.json()
    answers = {one["set"]: one["answer"] for one in got.json()["findings"]}
    assert answers[SECRET] == "查询失败"
    last = place.book.log()[-1].event
    assert (last.subject, last.verb, last.by) == ("audit/check", "filed", "某low")
    filed = place.whole.events()[-1]
    assert (filed.subject, filed.by) == (f"case/{last.data['numbers'][0]}", "某low")


def test_a_meeting_above_the_public_is_for_those_who_may_export_and_kept_by_no_browser(
    place: Place,
) -> None:
    presenter, day = visit(Role.PRESENTER, clearance="绝密", id_="p"), date(2026, 3, 2)
    editor, known = visit(Role.EDITOR, id_="e"), place.whole.existing("zone")
    inner = replace(known, source=replace(known.source, secrecy="内部"))
    with office.visiting(editor):
        place.whole.replace(inner, by="某e", reason="内部")
    with office.visiting(presenter):
        one = briefing.freeze(door.zone(), by="某p", title="例会", held=day, as_of=day)
    at, before = f"/show/{one.number}/default", place.book.head[0]
    shown = place.get(presenter, at).body.decode()
    (address,) = re.findall(r"/?(show/[^\"']+\.json[^\"']*)", shown)[:1]
    for wanted in (at, "/" + address, f"{at}?edition=internal"):
        assert place.get(HIGH, wanted).json()["code"] == "NOT_ALLOWED"
    assert place.book.log(before) == []
    got = place.get(presenter, "/" + address)
    assert (got.status, got.headers["cache-control"]) == (200, "private, no-store")
    (line,) = [entry.event for entry in place.book.log(before)]
    assert (line.subject, line.verb, line.by) == ("audit/show", "played", "某p")
    assert (line.data["meeting"], line.data["version"]) == (one.number, one.version)
    assert "zone" in line.data["sets"]
    assert place.get(HIGH, f"{at}?edition=public").status == 200
    with office.visiting(editor):
        place.whole.replace(known, by="某e", reason="恢复")


def test_behind_a_gateway_a_script_is_told_from_where_its_visitor_comes(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = door.given()

    def here(trusted: str, socket: str | None, *said: str) -> str:
        given = base.model_copy(update={"trusted_proxy": trusted})
        context = SimpleNamespace(
            headers=StreamlitHeaders([("X-Forwarded-For", one) for one in said]),
            ip_address=socket,
        )
        monkeypatch.setattr(door, "given", lambda: given)
        monkeypatch.setattr(whence, "st", SimpleNamespace(context=context))
        return whence.here()

    # Streamlit says None for a socket of this machine, where nginx stands.
    assert here("127.0.0.1", None, "10.0.0.7") == "10.0.0.7"
    assert here("::1", None, "10.0.0.7") == "10.0.0.7"
    assert here("10.1.1.1", "10.1.1.1", "6.6.6.6, 10.0.0.7") == "10.0.0.7"
    assert here("127.0.0.1", None, "6.6.6.6", "10.0.0.7") == "10.0.0.7"
    assert here("127.0.0.1", None) == "127.0.0.1"
    assert here("10.1.1.1", "10.0.0.9", "6.6.6.6") == "10.0.0.9"  # not the gateway: not believed
    assert here("10.1.1.1", None, "6.6.6.6") == "127.0.0.1"


def test_over_https_a_script_believes_no_cookie_that_a_neighbour_may_have_set(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def kept(url: str, socket: str | None, said: str) -> dict[str, str]:
        found = SimpleNamespace(to_dict=lambda: {"zone_session": "x", "__Host-zone_session": "y"})
        heads = StreamlitHeaders([("X-Forwarded-Proto", said)])
        context = SimpleNamespace(cookies=found, headers=heads, ip_address=socket, url=url)
        monkeypatch.setattr(whence, "st", SimpleNamespace(context=context))
        return whence.cookies()

    guarded = {"__Host-zone_session": "y"}
    assert kept("http://here/map", None, "https") == guarded  # nginx in front, on this machine
    assert kept("https://here/map", None, "") == guarded
    assert len(kept("http://here/map", None, "http")) == 2
    assert len(kept("http://here/map", "10.0.0.9", "https")) == 2  # not the gateway: not believed


def test_a_name_is_text_wherever_it_is_refused(place: Place) -> None:
    name = '"><img src=x onerror=alert(1)>{{7*7}}'
    bad = Visit(Person("h", name, frozenset()), "")
    told = place.get(bad, "/api/search?q=a")
    assert told.headers["content-type"] == "application/json"
    assert name in told.json()["message"]


@pytest.mark.parametrize("role", Role)
def test_only_who_may_export_is_offered_the_internal_edition(place: Place, role: Role) -> None:
    with office.visiting(visit(role)):
        offered = download.editions()
    internal = role is not Role.VIEWER
    assert offered == ([*Edition] if internal else [Edition.PUBLIC])


def test_a_closed_button_names_the_roles_it_takes(place: Place) -> None:
    with office.visiting(visit(Role.VIEWER)):
        told = rights.shut(Act.LEDGER)
    assert told == {"disabled": True, "help": "需要“登记宗地台账”权限（经办、管理员）"}
    with office.visiting(visit(Role.EDITOR)):
        assert rights.barred(Act.LEDGER) is None
        assert rights.shut(Act.LEDGER) == {"disabled": False, "help": None}
        assert rights.shut(Act.LEDGER, disabled=True) == {"disabled": True, "help": None}


def test_a_view_writes_nothing_that_its_visitor_may_not(place: Place) -> None:
    known = place.whole.existing("place")
    with office.visiting(LOW), pytest.raises(RightsError) as told:
        door.zone().replace(known, by="某low", reason="直接调用")
    assert told.value.code == "NOT_ALLOWED"
    assert isinstance(known, Boundaries)
