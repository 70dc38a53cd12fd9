"""Lines of the log as readers see them: what was done, in words, and never a secret."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from geo.chronicle import CHINA, Entry
from geo.office import AUDIT
from pages import parts

# Told elsewhere in the line, or told to nobody; what people wrote stays where it may be read.
_ALONE = {"person", "address", "secret", "text", "place", "page", "counts"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the log; `day` is the day at the office."""

    number: int
    at: str
    day: date
    by: str
    address: str
    kind: str
    verb: str
    subject: str
    detail: str


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


def lines(entries: Iterable[Entry]) -> Sequence[Line]:
    """All lines, oldest first; an account's line says what changed."""
    out, before = list[Line](), dict[str, Mapping[str, Any]]()
    for entry in entries:
        event, moment = entry.event, entry.event.at.astimezone(CHINA)
        kind = event.subject.removeprefix(AUDIT).partition("/")[0]
        subject = "" if event.subject.startswith(AUDIT) else event.subject.partition("/")[2]
        old = before.get(event.subject, {}) if kind == "person" else {}
        before[event.subject] = event.data
        out.append(
            Line(
                entry.number,
                f"{moment:%Y-%m-%d %H:%M:%S}",
                moment.date(),
                event.by,
                str(event.data.get("address") or ""),
                kind,
                event.verb,
                subject[:12] if kind == "session" else subject,
                _detail(event.data, old),
            )
        )
    return out


def _detail(data: Mapping[str, Any], old: Mapping[str, Any]) -> str:
    words, colon = parts.section("admin"), parts.say("：", ": ")
    told = [
        f"{words.get(f'field_{key}', key)}{colon}{_was(old, key)}{_text(value)}"
        for key, value in data.items()
        if key not in _ALONE and (not old or old.get(key) != value)
    ]
    if old and old.get("secret") != data.get("secret"):
        told.append(words["field_secret"])
    return parts.say("；", "; ").join(told)


def _was(old: Mapping[str, Any], key: str) -> str:
    return f"{_text(old[key])} → " if key in old else ""


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return parts.t("admin", "yes" if value else "no")
    if isinstance(value, list | tuple):
        return parts.say("、", ", ").join(map(str, value)) or "—"
    return str(value)
