"""What may be written: short plain text, an address of our own, a place on earth."""

import math
import re
from collections.abc import Iterator

from geo.errors import DataError, Issue
from geo.model import SECRECY
from geo.remarks.values import Draft, Kind, News

TEXT, TITLE, ADDRESS = 2000, 60, 2000  # characters at most
_OWN = re.compile(r"[a-z]*(\?[!-;=?-~]*)?")  # a page of ours and a question; no space, no < >
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")  # controls, turned text


def draft(one: Draft) -> None:
    """Raise `DataError` REMARK naming all that is wrong with a remark."""
    _raise("REMARK", list(_of_draft(one)))


def reply(text: str) -> None:
    """Raise `DataError` REMARK for an answer that cannot be kept."""
    _raise("REMARK", list(_of_text(text, "text", TEXT)))


def news(one: News) -> None:
    """Raise `DataError` NEWS naming all that is wrong with an announcement."""
    found = [
        *_of_text(one.title, "title", TITLE),
        *_of_text(one.title_en or "—", "title_en", TITLE),
        *_of_text(one.text, "text", TEXT),
        *_of_text(one.text_en or "—", "text_en", TEXT),
    ]
    if one.until < one.since:
        told = f"止日 {one.until} 早于起日 {one.since}，请改正"
        found.append(Issue("NEWS_DAYS", told, field="until"))
    _raise("NEWS", found)


def _of_draft(one: Draft) -> Iterator[Issue]:
    yield from _of_text(one.text, "text", TEXT)
    if one.secrecy not in SECRECY:
        told = f"密级 {one.secrecy!r} 不存在，请选 {'、'.join(SECRECY)} 之一"
        yield Issue("SECRECY", told, field="secrecy")
    if not (_OWN.fullmatch(one.address) and len(one.address) <= ADDRESS):
        told = f"页面地址 {one.address[:80]!r} 不是本系统的页面，请从页面上填写"
        yield Issue("REMARK_ADDRESS", told, field="address")
    if (one.kind is Kind.COMMENT) != (one.place is not None):
        told = "批注要有位置，反馈没有位置；请在图上点选位置后再写批注"
        yield Issue("REMARK_PLACE", told, field="place")
    elif one.place is not None:
        lon, lat = one.place.lon, one.place.lat
        if not (math.isfinite(lon) and math.isfinite(lat) and abs(lon) <= 180 and abs(lat) <= 90):
            told = f"位置 {lon}, {lat} 不是经纬度，请重新点选"
            yield Issue("REMARK_PLACE", told, field="place")


def _of_text(text: str, field: str, most: int) -> Iterator[Issue]:
    if not text.strip() or len(text) > most:
        told = f"应为 1–{most} 个字，现为 {len(text)} 个，请补充或精简"
        yield Issue("REMARK_TEXT", told, field=field)
    if _UNSEEN.search(text):
        yield Issue("REMARK_TEXT", "含有看不见的控制字符，请删去", field=field)


def _raise(code: str, found: list[Issue]) -> None:
    if found:
        told = "；".join(one.message for one in found)
        raise DataError(f"未保存：{told}", code, found)
