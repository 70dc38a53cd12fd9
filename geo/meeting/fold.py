"""Meetings and stories from their events.

A meeting is one event and stays as it was frozen: no later event alters, moves or removes it.
A story is what was saved last, until it is removed.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from geo.chronicle import Entry
from geo.errors import DataError, Issue, LedgerError
from geo.meeting import form, story
from geo.meeting.values import Actual, Call, Snapshot, Story, Text
from geo.model import Event

MEETING, STORY = "meeting/", "story/"
FROZEN, SAVED, REMOVED = "frozen", "saved", "removed"
_TITLE = 120


@dataclass(frozen=True, slots=True)
class Shelf:
    """Meetings by number, and stories that stand, by id in the order in which they were begun."""

    snapshots: tuple[Snapshot, ...]
    stories: Mapping[str, Story]


def fold(entries: Iterable[Entry]) -> Shelf:
    """What entries of a store make; those that are malformed count for nothing."""
    shelf, _ = _walked(entries)
    return shelf


def faults(entries: Iterable[Entry]) -> list[Issue]:
    """Events of meetings and stories that are not as they must be; `row` is the event's number."""
    _, wrong = _walked(entries)
    return [
        Issue(
            "MEETING_EVENT",
            f"第 {entry.number} 条记录（{entry.event.subject}）{told}，已不计入，请核对来源",
            row=entry.number,
            value=entry.event.subject,
        )
        for entry, told in wrong
    ]


def _walked(entries: Iterable[Entry]) -> tuple[Shelf, list[tuple[Entry, str]]]:
    """What stands, and what does not with the reason."""
    snapshots, stories = list[Snapshot](), dict[str, Story]()
    wrong = list[tuple[Entry, str]]()
    for entry in entries:
        id_ = entry.event.subject.removeprefix(STORY)
        if entry.event.subject.startswith(MEETING):
            if told := _wrong_meeting(entry, snapshots):
                wrong.append((entry, told))
            else:
                snapshots.append(_snapshot(entry))
        elif entry.event.subject.startswith(STORY):
            if told := _wrong_story(entry, stories):
                wrong.append((entry, told))
            elif entry.event.verb == REMOVED:
                del stories[id_]
            else:
                stories[id_] = _story(id_, entry)
    return Shelf(tuple(snapshots), stories), wrong


def frozen(number: int, call: Call, previous: int | None, by: str, at: datetime) -> Event:
    """The event that freezes a state; `version` and `actuals` are added by who knows them."""
    data = {
        "title": call.title.strip(),
        "title_en": call.title_en.strip(),
        "held": call.held.isoformat(),
        "as_of": call.as_of.isoformat(),
        "note": call.note.strip(),
        "previous": previous,
    }
    return Event(f"{MEETING}{number}", FROZEN, by, at, None, data)


def sealed(event: Event, version: int, actuals: Mapping[str, Actual]) -> Event:
    """The event with the version it freezes and what was published of targets by then."""
    told = {id_: asdict(one) for id_, one in sorted(actuals.items())}
    return replace(event, data={**event.data, "version": version, "actuals": told})


def check(call: Call, held: Sequence[Snapshot], today: date) -> None:
    """Raise `LedgerError` MEETING with every reason for which a state may not be frozen so."""
    issues = list(_refused(call, held, today))
    if issues:
        more = f"（共 {len(issues)} 处）" if len(issues) > 1 else ""
        raise LedgerError(issues[0].message + more, "MEETING", issues)


def _refused(call: Call, held: Sequence[Snapshot], today: date) -> Iterator[Issue]:
    if not call.title.strip() or len(call.title) > _TITLE:
        told = f"会议名称应为 1–{_TITLE} 个字，现为 {len(call.title.strip())} 个字，请改正"
        yield Issue("MEETING_TITLE", told, field="title", value=call.title)
    if call.as_of > call.held:
        told = f"数据截至日 {call.as_of} 晚于会议日期 {call.held}，请改早数据截至日"
        yield Issue("MEETING_DAYS", told, field="as_of", value=str(call.as_of))
    if call.as_of > today:
        told = f"数据截至日 {call.as_of} 还没有到（今天 {today}），请改为今天或更早"
        yield Issue("MEETING_DAYS", told, field="as_of", value=str(call.as_of))
    last = held[-1] if held else None
    if last and call.held < last.held:
        told = f"会议日期 {call.held} 早于第 {last.number} 次会议（{last.held}），请改正日期"
        yield Issue("MEETING_DAYS", told, field="held", value=str(call.held))
    other = next((one for one in held if one.number == call.compare), None)
    if call.compare is not None and other is None:
        told = f"没有第 {call.compare} 次会议可供对比，现有 {len(held)} 次，请另选"
        yield Issue("MEETING_COMPARE", told, field="compare", value=str(call.compare))
    other = other or last
    if other and call.as_of < other.as_of:
        told = (
            f"数据截至日 {call.as_of} 早于所对比的第 {other.number} 次会议（{other.as_of}），"
            "请改晚，或另选对比的会议"
        )
        yield Issue("MEETING_DAYS", told, field="as_of", value=str(call.as_of))


def _wrong_meeting(entry: Entry, held: Sequence[Snapshot]) -> str:
    """Why an event makes no meeting; empty if it does."""
    event, number = entry.event, len(held) + 1
    named = event.subject.removeprefix(MEETING)
    if event.verb != FROZEN:
        return f"要对已冻结的会议作“{event.verb}”，会议冻结后不能更改"
    if named != str(number):
        again = named.isdecimal() and 0 < int(named) < number
        return f"要再次冻结第 {named} 次会议" if again else f"的编号应为 {number}"
    try:
        return _misplaced(_snapshot(entry), held, entry)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        return f"内容不全或不合格式（{error}）"


def _misplaced(found: Snapshot, held: Sequence[Snapshot], entry: Entry) -> str:
    """Why a meeting may not follow those that were held; empty if it may."""
    if found.version != entry.number - 1:
        return f"的数据版本 {found.version} 应为 {entry.number - 1}"
    if (found.previous is None) != (not held):
        return "没有写明与哪次会议对比" if held else "之前没有会议可供对比"
    call = Call(found.title.zh, found.held, found.as_of, compare=found.previous)
    first = next(_refused(call, held, entry.recorded), None)
    return f"不合规定：{first.message}" if first else ""


def _wrong_story(entry: Entry, held: Mapping[str, Story]) -> str:
    """Why an event makes no story; empty if it does."""
    id_ = entry.event.subject.removeprefix(STORY)
    if entry.event.verb == REMOVED:
        return "" if id_ in held else "要移除的汇报不存在"
    if entry.event.verb != SAVED:
        return f"的动作“{entry.event.verb}”不存在"
    try:
        story.check(_story(id_, entry))
    except DataError as error:
        return f"不合格式：{error}"
    return ""


def _snapshot(entry: Entry) -> Snapshot:
    data = entry.event.data
    return Snapshot(
        number=int(entry.event.subject.removeprefix(MEETING)),
        title=Text(_word(data["title"]), _word(data["title_en"])),
        held=date.fromisoformat(data["held"]),
        as_of=date.fromisoformat(data["as_of"]),
        version=_whole(data["version"]),
        by=entry.event.by,
        at=entry.event.at,
        note=_word(data["note"]),
        previous=None if data["previous"] is None else _whole(data["previous"]),
        actuals={id_: _actual(one) for id_, one in data["actuals"].items()},
    )


def _actual(data: Mapping[str, Any]) -> Actual:
    number = data["number"]
    value = Text(_word(data["value"]["zh"]), _word(data["value"]["en"]))
    return Actual(value, _word(data["as_of"]), None if number is None else float(number))


def _word(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r:.40} 应为文字")
    return value


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"{value!r:.40} 应为整数")
    return value


def _story(id_: str, entry: Entry) -> Story:
    found = form.of_plain(id_, entry.event.data)
    return replace(found, number=entry.number, by=entry.event.by, at=entry.event.at)
