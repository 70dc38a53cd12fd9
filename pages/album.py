"""Stored views and bookmarks, as the visitor may ask them; and a map's view as it is stored."""

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Any
from urllib.parse import urlsplit

import streamlit as st

from geo import office, people, settings
from geo.errors import DataError, SettingError
from geo.office import Albums
from geo.views import Sketch, View, is_id
from geo.zone import DATA
from pages import board, door, link, who

OWN = "v"  # names the stored view that an address came from


def held() -> Albums | None:
    """The album; None where no book was set for it."""
    address = settings.board_address(door.given())
    return _opened(address) if address else None


@lru_cache(maxsize=4)
def _opened(address: str) -> Albums:
    return office.open_albums(address, _matrix())


@cache
def _matrix() -> people.Matrix:
    return people.read(DATA / "rules")


def needed() -> Albums:
    """The album. Raises `SettingError` OFFICE_ADDRESS where no book was set for it."""
    found = held()
    if found is None:
        raise SettingError(
            "短链接和书签没有存放的地方：数据在数据库服务器中时，"
            "请另设 office，见 docs/settings.md",
            "OFFICE_ADDRESS",
        )
    return found


def taken(told: Mapping[str, Any]) -> View:
    """The page as it is now with what its map told: where, what is on, a sketch."""
    asked = {key: str(st.query_params[key]) for key in st.query_params if key != OWN}
    asked |= link.written(told)
    drawn = told.get("sketch")
    sketch = None
    if drawn and drawn.get("mode"):
        points = tuple((float(lon), float(lat)) for lon, lat in drawn["clicked"])
        sketch = Sketch(str(drawn["mode"]), points)
    return View(_page(), {key: value for key, value in asked.items() if value}, sketch)


def address(id_: str) -> str:
    """The whole short link of a view, at the address the reader came to."""
    here = urlsplit(st.context.url or "/")
    path, page = here.path, _page()
    root = path[: path.rstrip("/").rindex("/") + 1] if page else f"{path.rstrip('/')}/"
    if not page and root.endswith("/map/"):
        root = root.removesuffix("map/")
    return f"{here.scheme}://{here.netloc}{root}v/{id_}"


def sketch() -> dict[str, Any] | None:
    """The shape of the stored view that the address names; None where there is none."""
    id_, found = str(st.query_params.get(OWN, "")), held()
    if found is None or not is_id(id_):
        return None
    try:
        one = found.view(board.visit(), id_)
    except DataError:  # the address was changed by hand: there is nothing to draw
        return None
    if one.sketch is None:
        return None
    return {"nonce": id_, "mode": one.sketch.mode, "points": list(_pairs(one.sketch))}


def _pairs(one: Sketch) -> Iterator[list[float]]:
    yield from ([lon, lat] for lon, lat in one.points)


def _page() -> str:
    name = urlsplit(st.context.url or "/").path.rstrip("/").rpartition("/")[2]
    return name if name in who.SCREENS and name != "map" else ""
