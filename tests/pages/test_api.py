"""The addresses for programs are as the guide says: every one named, every example answered."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from geo.zone import Zone
from pages import routes
from tests.pages.test_routes import Site, site  # noqa: F401 - a fixture

GUIDE = (Path(__file__).parents[2] / "docs" / "api.md").read_text("utf-8")
EXAMPLE = re.compile(r"^(GET|POST) (\S+)(?: (\{.*\}))?\n(\d{3}) (.+)$", re.M)
EXAMPLES = [
    example
    for block in re.findall(r"```http\n(.*?)```", GUIDE, re.S)
    for example in EXAMPLE.findall(block)
]


def told(answer: Any, path: str) -> Any:
    """What stands at a dotted path; a missing key fails."""
    for part in path.split("."):
        answer = answer[int(part)] if part.isdigit() else answer[part]
    return answer


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: f"{one[0]} {one[1]}")
def test_an_example_of_the_guide_is_answered_as_it_says(
    site: Site,  # noqa: F811
    example: tuple[str, ...],
) -> None:
    method, address, body, status, paths = example
    got = site.get(address) if method == "GET" else site.post(address, body.encode())
    assert got.status == int(status)
    for path in paths.split():
        told(got.json(), path)


def test_the_guide_names_every_address_for_programs_and_no_other() -> None:
    built = {one.path for one in routes.ROUTES if one.path.startswith("/api/")}
    named = set(re.findall(r"^\| `(?:GET|POST) (/api/[^`]+)`", GUIDE, re.M))
    assert named == built
    assert len(EXAMPLES) == sum(
        block.count("\n") // 2 for block in re.findall(r"```http\n(.*?)```", GUIDE, re.S)
    )


def test_layers_and_what_is_at_a_point_are_what_the_zone_knows(
    site: Site,  # noqa: F811
    zone: Zone,
) -> None:
    layers = {one["name"]: one for one in site.get("/api/layers").json()["layers"]}
    assert layers["park"]["count"] == 9
    assert len(site.get("/" + layers["park"]["shapes"]).json()["features"]) == 9
    hits = site.get("/api/identify?lon=122.1717&lat=37.4198").json()["hits"]
    assert ("park", "P05") in {(one["set"], one["id"]) for one in hits}
    assert json.loads(json.dumps(hits[0]))["distance_m"] == 0


@pytest.mark.parametrize(
    "asked",
    [
        "lon=nan&lat=1",
        "lon=200&lat=1",
        "lon=1&lat=1&tolerance_m=-1",
        "lon=1",
        "lon=1&lat=1&tolerance_m=1e9",
    ],
)
def test_a_place_that_is_none_is_refused(site: Site, asked: str) -> None:  # noqa: F811
    got = site.get(f"/api/identify?{asked}")
    assert (got.status, got.json()["code"]) == (400, "NUMBER")
