"""The addresses beside the screens, asked as a browser asks them but without a server."""

import asyncio
import gzip
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware

from geo.errors import GeoError
from geo.zone import Zone
from pages import door, routes, shield

FOREVER = "public, max-age=31536000, immutable"
P05 = "东方智慧谷服务贸易产业园"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        packed = self.headers.get("content-encoding") == "gzip"
        return json.loads(gzip.decompress(self.body) if packed else self.body)


@dataclass(frozen=True)
class Site:
    """The routes with the app's own middleware and way to tell errors."""

    app: Starlette

    def get(self, address: str) -> Answer:
        return asyncio.run(self._ask("GET", address, b""))

    def post(self, address: str, body: bytes) -> Answer:
        return asyncio.run(self._ask("POST", address, body))

    def send(self, address: str, body: bytes, kind: str) -> Answer:
        heads = [(b"content-type", kind.encode())]
        return asyncio.run(self._ask("POST", address, body, heads))

    async def _ask(
        self, method: str, address: str, body: bytes, heads: Sequence[tuple[bytes, bytes]] = ()
    ) -> Answer:
        parts = urlsplit(address)
        scope = {
            "type": "http",
            "method": method,
            "path": parts.path,
            "raw_path": parts.path.encode(),
            "query_string": parts.query.encode(),
            "headers": list(heads),
            "http_version": "1.1",
            "scheme": "http",
            "server": ("127.0.0.1", 80),
            "client": ("127.0.0.1", 1),
            "root_path": "",
        }
        sent: list[dict[str, Any]] = []
        waiting = [{"type": "http.request", "body": body, "more_body": False}]

        async def receive() -> dict[str, Any]:
            return waiting.pop() if waiting else {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            sent.append(message)

        await self.app(scope, receive, send)
        told = {k.decode(): v.decode() for k, v in sent[0]["headers"]}
        return Answer(sent[0]["status"], told, b"".join(m.get("body", b"") for m in sent[1:]))


@pytest.fixture(scope="module")
def site(store_url: str) -> Iterator[Site]:
    """The routes over a seeded store."""
    patch = pytest.MonkeyPatch()
    patch.setenv("ZONE_STORE", store_url)
    for kept in (door._zone, door.given):
        kept.cache_clear()
    yield Site(
        Starlette(
            routes=routes.ROUTES,
            middleware=[Middleware(shield.Shield, hosts=())],
            exception_handlers={GeoError: routes.told},
        )
    )
    patch.undo()
    for kept in (door._zone, door.given):
        kept.cache_clear()


def since(zone: Zone, name: str) -> int:
    return zone.sets()[name]


def test_shapes_come_packed_and_are_kept_for_ever(site: Site, zone: Zone) -> None:
    got = site.get(f"/layers/park/{since(zone, 'park')}.json")
    assert got.status == 200
    assert got.headers["cache-control"] == FOREVER
    assert got.headers["content-encoding"] == "gzip"
    features = got.json()["features"]
    assert len(features) == 9
    assert P05 in {one["properties"]["name"] for one in features}


def test_one_feature_comes_by_its_id_and_an_unknown_one_does_not(site: Site, zone: Zone) -> None:
    address = f"/feature/park/{since(zone, 'park')}"
    assert site.get(f"{address}/P05").json()["properties"]["name"] == P05
    assert site.get(f"{address}/P99").status == 404


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("/layers/park/99999.json", "VERSION"),
        ("/layers/nothing/1.json", "SET_MISSING"),
        ("/layers/nothing/1.classes", "SET_MISSING"),
        ("/feature/nothing/1/A", "SET_MISSING"),
        ("/tiles/nothing/1/1/1/1", "SET_MISSING"),
    ],
)
def test_a_set_or_version_that_never_was_is_told_with_a_code(
    site: Site, address: str, code: str
) -> None:
    got = site.get(address)
    assert got.status == 400
    told = got.json()
    assert told["code"] == code
    assert any("\u4e00" <= mark <= "\u9fff" for mark in told["message"])
    assert "immutable" not in got.headers.get("cache-control", "")


def test_scripts_with_a_version_last_and_those_without_are_asked_again(site: Site) -> None:
    assert site.get("/assets/map/main.js?v=1").headers["cache-control"] == FOREVER
    assert site.get("/assets/map/main.js").headers["cache-control"] == "no-cache"
    assert (
        site.get("/assets/fonts/NotoSansSC-Regular.woff2").headers["content-type"] == "font/woff2"
    )


@pytest.mark.parametrize("path", ["../geo/model.py", "build.py", "vendor.toml", "map", "map/no.js"])
def test_an_asset_that_is_none_is_not_found(site: Site, path: str) -> None:
    assert site.get(f"/assets/{path}").status == 404


def test_the_map_is_found_only_under_the_digest_of_what_it_is(site: Site) -> None:
    text, digest = door.map_script()
    assert "export default" in text
    assert site.get(f"/map/{digest}.js").headers["cache-control"] == FOREVER
    assert site.get("/map/0000000000000000.js").status == 404


@pytest.mark.parametrize(("lang", "label"), [("zh", "经区范围"), ("en", "Zone")])
def test_the_scene_is_told_once_per_version_and_language(
    site: Site, zone: Zone, lang: str, label: str
) -> None:
    from pages import tree

    digest = tree.packed(zone.version, english=lang == "en")[1]
    got = site.get(f"/scene/{zone.version}/{lang}/{digest}.json")
    assert got.headers["cache-control"] == FOREVER
    scene = got.json()
    assert scene["sets"][0]["name"] == "zone"
    assert scene["sets"][0]["label"].startswith(label)
    assert site.get(f"/scene/{zone.version}/{lang}/0000.json").status == 404
    assert site.get(f"/scene/{zone.version + 1}/{lang}/{digest}.json").status == 400
    assert site.get(f"/scene/0/{lang}/{digest}.json").status == 400


def test_search_answers_with_names_and_positions_and_never_fails(site: Site) -> None:
    assert site.get("/api/search?q=P05").json()[0]["label"] == P05
    assert site.get("/api/search?q=").json() == []
    assert site.get("/api/search").json() == []
    assert site.get("/api/search?q=" + "x" * 5000).json() == []
    assert site.get("/api/search?q=%25%27%22%3B--").status == 200


def test_a_square_kilometre_is_measured_as_proj_measures_it(site: Site) -> None:
    from pyproj import Geod
    from shapely.geometry import Polygon

    ring = [(122.2, 37.4), (122.211, 37.4), (122.211, 37.409), (122.2, 37.409)]
    body = json.dumps({"points": ring, "shape": "area"}).encode()
    told = site.post("/api/measure", body).json()
    expected = abs(Geod(ellps="GRS80").geometry_area_perimeter(Polygon(ring))[0])
    assert told["area_m2"] == pytest.approx(expected, abs=0.5)


BAD = {
    "empty": b"",
    "no json": b"{",
    "a list": b"[]",
    "null": b"null",
    "no points": b'{"shape":"line"}',
    "no shape": b'{"points":[[1,2],[3,4]]}',
    "text points": b'{"points":"ab","shape":"line"}',
    "one number": b'{"points":[[1],[2]],"shape":"line"}',
    "words": b'{"points":[["a","b"],["c","d"]],"shape":"line"}',
    "off the earth": b'{"points":[[500,2],[3,4]],"shape":"line"}',
    "not a number": b'{"points":[[NaN,2],[3,4]],"shape":"line"}',
    "infinite": b'{"points":[[Infinity,2],[3,4]],"shape":"line"}',
    "one point": b'{"points":[[122,37]],"shape":"line"}',
    "no point": b'{"points":[],"shape":"area"}',
    "bad bytes": b"\xff\xfe\x00",
    "too many": json.dumps({"points": [[122, 37]] * 2001, "shape": "line"}).encode(),
    "too big": b" " * 200_001,
    "no circle": b'{"points":[[122,37],[122,37]],"shape":"circle"}',
}


@pytest.mark.parametrize("body", BAD.values(), ids=BAD.keys())
def test_what_cannot_be_measured_is_told_with_a_code_and_a_sentence(
    site: Site, body: bytes
) -> None:
    got = site.post("/api/measure", body)
    assert got.status == 400
    told = got.json()
    assert told["code"].isupper()
    assert any("\u4e00" <= mark <= "\u9fff" for mark in told["message"])


def test_measuring_is_asked_by_post_only(site: Site) -> None:
    assert site.get("/api/measure").status == 405


def test_without_a_key_there_is_no_foreign_base_map(site: Site) -> None:
    assert site.get("/basemap/vec/10/1/1").status == 404
    assert site.get("/basemap/evil/10/1/1").status == 404


def test_every_answer_carries_the_policy(site: Site) -> None:
    for address in ("/api/health", "/assets/none", "/layers/x/1.json", "/api/measure"):
        heads = site.get(address).headers
        assert "default-src 'self'" in heads["content-security-policy"]
        assert heads["x-content-type-options"] == "nosniff"
