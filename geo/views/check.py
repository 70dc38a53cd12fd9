"""What may be stored as a view, and the id that its content gives it."""

import base64
import hashlib
import json
import math
import re
from typing import Any

from geo.errors import DataError
from geo.views.values import MODES, Sketch, View

MOST_BYTES = 64_000  # of one view, as JSON
MOST_POINTS = 2_000
NAME = 40  # characters of a bookmark's name
SHORT = 10  # characters of an id: 50 bits of the digest
_PAGE, _KEY = re.compile(r"[a-z]{0,16}"), re.compile(r"[a-z_]{1,24}")
_UNSEEN = re.compile("[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
_ID = re.compile(r"[a-z2-7]{10,26}")


def content(one: View) -> str:
    """A view as the text that its id is made of: the same view is always the same text.

    Raises `DataError` VIEW, VIEW_BIG.
    """
    _checked(one)
    told: dict[str, Any] = {"page": one.page, "asked": dict(one.asked)}
    if one.sketch:
        told["sketch"] = {"mode": one.sketch.mode, "points": one.sketch.points}
    text = json.dumps(told, sort_keys=True, separators=(",", ":"))
    if len(text) > MOST_BYTES:
        raise DataError(
            f"这个画面有 {len(text) / 1000:.0f} kB，超过 {MOST_BYTES // 1000} kB，"
            "不能存为短链接，请减少选中的对象或测量的点",
            "VIEW_BIG",
        )
    return text


def read(told: dict[str, Any]) -> View:
    """The view of a content. Raises `DataError` VIEW."""
    drawn = told.get("sketch")
    points = tuple((float(lon), float(lat)) for lon, lat in drawn["points"]) if drawn else ()
    sketch = Sketch(str(drawn["mode"]), points) if drawn else None
    one = View(str(told["page"]), {str(k): str(v) for k, v in told["asked"].items()}, sketch)
    _checked(one)
    return one


def id_of(text: str, length: int = SHORT) -> str:
    """The id of a content: the start of its SHA-256 in base 32; it tells nothing of the view."""
    digest = hashlib.sha256(text.encode()).digest()
    return base64.b32encode(digest).decode().lower()[:length]


def is_id(text: str) -> bool:
    """Whether a text could be the id of a view."""
    return _ID.fullmatch(text) is not None


def name(text: str) -> str:
    """The name of a bookmark. Raises `DataError` BOOKMARK_NAME."""
    plain = text.strip()
    if not plain or len(plain) > NAME or _UNSEEN.search(plain):
        raise DataError(
            f"书签名称应为 1–{NAME} 个字，不含换行等控制字符，现为 {len(plain)} 个字，请改写",
            "BOOKMARK_NAME",
        )
    return plain


def _checked(one: View) -> None:
    wrong = [key for key in one.asked if not _KEY.fullmatch(key)]
    if wrong or not _PAGE.fullmatch(one.page):
        told = "、".join(wrong) or one.page
        raise DataError(f"地址中的“{told[:60]}”不是本系统的写法，请刷新页面后重试", "VIEW")
    if one.sketch is None:
        return
    points, mode = one.sketch.points, one.sketch.mode
    if mode not in MODES or not 2 <= len(points) <= MOST_POINTS:
        raise DataError(f"测量图形有 {len(points)} 个点，不能保存，请重新测量", "VIEW")
    if not all(math.isfinite(x + y) and abs(x) <= 180 and abs(y) <= 90 for x, y in points):
        raise DataError("测量图形有超出经纬度范围的点，请重新测量", "VIEW")
