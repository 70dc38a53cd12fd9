"""Whether a map that was taken for a print is still its visitor's to see, and still there."""

from collections.abc import Iterable, Mapping
from typing import Any

from geo import rasters
from geo.errors import DataError
from geo.zone import Zone
from pages import who

LOST = "着色的数据已更新或不在内存中，请关闭对话框，在图上稍作移动后再出图"
_DRAWN = ("shape", "tile", "image")
_AGAIN = "请关闭对话框，重新打开后再出图"


def visitor() -> str:
    """Who looks, and up to which level; empty for nobody."""
    found = who.visit()
    return f"{found.person.id} {found.person.clearance}" if found else ""


def check_visitor(then: str) -> None:
    """Raise `DataError` PRINT_CHANGED where somebody else looks now, or with another clearance."""
    if visitor() != then:
        raise DataError(f"登录人或其涉密等级在打开对话框后已变，{_AGAIN}", "PRINT_CHANGED")


def given(then: str, body: bytes) -> bytes:
    """A file for whom it was drawn, and nobody else; raises as `check_visitor`."""
    check_visitor(then)
    return body


def check_rows(zone: Zone, rows: Iterable[Mapping[str, Any]]) -> None:
    """Raise `DataError` PRINT_CHANGED where a layer that was on is no longer to be seen."""
    held = {*zone.sets(), *(one.name for one in rasters.with_derived(zone))}
    gone = [str(one["label"]) for one in rows if one["draw"] in _DRAWN and one["name"] not in held]
    if gone:
        raise DataError(f"图层 {'、'.join(gone)} 已不在图上，{_AGAIN}", "PRINT_CHANGED")
