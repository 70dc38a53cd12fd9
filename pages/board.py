"""The board of remarks and announcements, as the visitor may ask it."""

from functools import cache, lru_cache

from geo import office, people, settings
from geo.errors import SettingError
from geo.office import Boards, RightsError, Visit
from geo.remarks import Remark
from geo.zone import DATA, Zone
from pages import door, who


def held() -> Boards | None:
    """The board; None where no book was set for it."""
    address = settings.board_address(door.given())
    return _opened(address) if address else None


@lru_cache(maxsize=4)
def _opened(address: str) -> Boards:
    return office.open_boards(address, _matrix())


@cache
def _matrix() -> people.Matrix:
    return people.read(DATA / "rules")


def needed() -> Boards:
    """The board. Raises `SettingError` OFFICE_ADDRESS where no book was set for it."""
    found = held()
    if found is None:
        raise SettingError(
            "批注、反馈和公告没有存放的地方：数据在数据库服务器中时，"
            "请另设 office，见 docs/settings.md",
            "OFFICE_ADDRESS",
        )
    return found


def visit() -> Visit:
    """The visitor. Raises `RightsError` SIGNED_OUT."""
    found = who.visit()
    if found is None:
        raise RightsError("尚未登录或登录已过期，请重新登录", "SIGNED_OUT")
    return found


def seen(zone: Zone) -> list[Remark]:
    """Remarks the visitor may read, newest first; none where there is no board."""
    found = held()
    return [] if found is None else found.seen(visit().person, zone.withheld())


def pinned(zone: Zone) -> list[Remark]:
    """Those with a place."""
    return [one for one in seen(zone) if one.place]
