"""Lines of the log as readers see them: what was done, in words, and never a secret."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from sys import intern
from typing import Any

from geo.chronicle import CHINA, Entry
from geo.office import AUDIT
from pages import parts

_ALONE = {"person", "address", "secret"}  # told elsewhere, or to nobody
_WRITTEN = ("remark/", "view/", "bookmark/")  # what people wrote: not for all who may audit
_BARE = {"kind", "state", "secrecy", "view"}  # all the log tells of them


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the log, on a `day` at the office: `told` beside the act, `old` was so before."""

    number: int
    at: str
    day: date
    by: str
    address: str
    kind: str
    verb: str
    subject: str
    told: Mapping[str, Any]
    old: Mapping[str, Any]
    renewed: bool  # has a new password


@dataclass(frozen=True, slots=True)
class Sift:
    """What is asked of the log; what is empty is not asked."""

    by: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    since: date | None = None
    until: date | None = None

    def fits(self, one: Line) -> bool:
        """Whether a line is asked for."""
        return (
            (not self.by or one.by in self.by)
            and (not self.kinds or one.kind in self.kinds)
            and (self.since is None or one.day >= self.since)
            and (self.until is None or one.day <= self.until)
        )


def line(entry: Entry, accounts: dict[str, Mapping[str, Any]]) -> Line:
    """A line; `accounts` are those told so far."""
    event, moment = entry.event, entry.event.at.astimezone(CHINA)
    kind, _, subject = event.subject.partition("/")
    if event.subject.startswith(AUDIT):
        kind, subject = subject, ""
    old = accounts.get(event.subject, {}) if kind == "person" else {}
    accounts |= {event.subject: event.data} if kind == "person" else {}
    return Line(
        entry.number,
        f"{moment:%Y-%m-%d %H:%M:%S}",
        moment.date(),
        intern(event.by),
        intern(str(event.data.get("address") or "")),
        intern(kind),
        intern(event.verb),
        subject[:12] if kind == "session" else subject,
        {key: value for key, value in event.data.items() if _open(event.subject, key)},
        {key: value for key, value in old.items() if key not in _ALONE},
        bool(old) and old.get("secret") != event.data.get("secret"),
    )


def _open(subject: str, key: str) -> bool:
    """Whether a field is told; what people wrote may be more secret than the reader may see."""
    return key in _BARE if subject.startswith(_WRITTEN) else key not in _ALONE


def detail(one: Line) -> str:
    """What was done, in the reader's language."""
    words, colon = parts.section("admin"), parts.say("：", ": ")
    said = [
        f"{words.get(f'field_{key}', key)}{colon}"
        + (f"{_text(one.old[key])} → " if key in one.old else "")
        + _text(value)
        for key, value in one.told.items()
        if key not in one.old or one.old[key] != value
    ]
    return parts.say("；", "; ").join([*said, *([words["field_secret"]] if one.renewed else [])])


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return parts.t("admin", "yes" if value else "no")
    if isinstance(value, list | tuple):
        return parts.say("、", ", ").join(map(str, value)) or "—"
    return str(value)
