"""Short links and bookmarks in the office's book: kept once, opened by all, named by each."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from geo import office, people, views
from geo.errors import GeoError
from geo.office import Albums, Visit
from geo.people import Person, Role
from geo.views import Sketch, View
from geo.zone import DATA

NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
MATRIX = people.read(DATA / "rules")
TRIANGLE = Sketch("area", ((122.1, 37.4), (122.2, 37.4), (122.15, 37.45)))
SEEN = View("", {"at": "122.17,37.42,14", "on": "zone,park", "lang": "en"}, TRIANGLE)


def visit(id_: str, *roles: Role) -> Visit:
    return Visit(Person(id_, f"名{id_}", frozenset(roles)), "10.0.0.5")


VIEW, OTHER = visit("view", Role.VIEWER), visit("other", Role.VIEWER)


def refused(code: str) -> Any:
    return pytest.raises(GeoError, check=lambda error: error.code == code)


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'office.db'}"


@pytest.fixture
def albums(url: str) -> Albums:
    return office.open_albums(url, MATRIX)


def test_a_view_comes_back_as_it_was_also_in_another_process(albums: Albums, url: str) -> None:
    id_ = albums.keep(VIEW, SEEN, NOW)
    assert office.open_albums(url, MATRIX).view(OTHER, id_) == SEEN


def test_the_same_view_has_one_id_which_is_the_start_of_its_digest(albums: Albums) -> None:
    first = albums.keep(VIEW, SEEN, NOW)
    again = View("", dict(list(SEEN.asked.items())[::-1]), TRIANGLE)
    before = albums.album.version
    assert albums.keep(OTHER, again, NOW) == first
    assert albums.album.version == before
    # as sha256sum, xxd and base32 have it of {"asked":{},"page":"supply"}
    assert albums.keep(VIEW, View("supply", {}), NOW) == "rpbkd3fw2p"
    assert views.is_id(first)


def test_an_unknown_id_is_told_in_words(albums: Albums) -> None:
    with refused("VIEW_UNKNOWN") as told:
        albums.view(VIEW, "aaaaaaaaaa")
    assert "没有编号为“aaaaaaaaaa”的画面" in str(told.value)


def test_somebody_without_any_right_keeps_and_opens_nothing(albums: Albums) -> None:
    id_ = albums.keep(VIEW, SEEN, NOW)
    stranger = visit("none")
    with refused("NOT_ALLOWED"):
        albums.view(stranger, id_)
    with refused("NOT_ALLOWED"):
        albums.keep(stranger, SEEN, NOW)


@pytest.mark.parametrize(
    ("one", "code"),
    [
        (View("../etc", {}), "VIEW"),
        (View("", {"a=b&c": "1"}), "VIEW"),
        (View("", {}, Sketch("spiral", TRIANGLE.points)), "VIEW"),
        (View("", {}, Sketch("area", TRIANGLE.points[:1])), "VIEW"),
        (View("", {}, Sketch("length", ((122.0, 37.0), (float("nan"), 37.0)))), "VIEW"),
        (View("", {}, Sketch("length", ((122.0, 37.0), (190.0, 37.0)))), "VIEW"),
        (View("", {}, Sketch("length", ((122.0, 37.0),) * 2001)), "VIEW"),
        (View("", {"sel": "x" * 64_000}), "VIEW_BIG"),
    ],
)
def test_what_is_no_view_of_ours_or_too_big_is_not_kept(
    albums: Albums, one: View, code: str
) -> None:
    with refused(code):
        albums.keep(VIEW, one, NOW)
    assert not albums.album.views


def test_bookmarks_are_named_renamed_and_deleted_by_their_owner_alone(albums: Albums) -> None:
    albums.add(VIEW, SEEN, " 崮山 ", NOW)
    albums.add(OTHER, SEEN, "崮山", NOW)
    assert len(albums.album.views) == 1
    (mine,) = albums.bookmarks(VIEW)
    (others,) = albums.bookmarks(OTHER)
    assert mine.name == "崮山"
    with refused("BOOKMARK_UNKNOWN"):
        albums.rename(VIEW, others.number, "我的", NOW)
    with refused("BOOKMARK_UNKNOWN"):
        albums.delete(VIEW, others.number, NOW)
    with refused("BOOKMARK_TWICE"):
        albums.add(VIEW, View("supply", {}), "崮山", NOW)
    albums.rename(VIEW, mine.number, "崮山镇", NOW)
    assert [one.name for one in albums.bookmarks(VIEW)] == ["崮山镇"]
    albums.delete(VIEW, mine.number, NOW)
    assert not albums.bookmarks(VIEW)
    assert [one.name for one in albums.bookmarks(OTHER)] == ["崮山"]


@pytest.mark.parametrize("name", ["", "  ", "字" * 41, "换\n行"])
def test_a_bookmark_needs_a_plain_short_name(albums: Albums, name: str) -> None:
    with refused("BOOKMARK_NAME"):
        albums.add(VIEW, SEEN, name, NOW)
    assert not albums.album.views


def test_a_number_is_never_given_twice(albums: Albums) -> None:
    albums.add(VIEW, SEEN, "一", NOW)
    albums.delete(VIEW, 1, NOW)
    albums.add(VIEW, SEEN, "二", NOW)
    assert [one.number for one in albums.bookmarks(VIEW)] == [2]


def test_remarks_and_views_share_a_book_and_pass_each_other_over(albums: Albums, url: str) -> None:
    albums.add(VIEW, SEEN, "一", NOW)
    assert not office.open_boards(url, MATRIX).board.remarks
