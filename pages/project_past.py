"""The history of a project: every event with its two dates; what was taken back is struck out."""

from collections.abc import Mapping
from typing import Any

from geo.chronicle import CHINA
from geo.ledger import project_rules
from geo.model import Event
from geo.projects import Change
from pages import parts, project_words
from pages.project_book import Seen
from pages.target_words import safe


def history(seen: Seen, id_: str) -> str:
    """All that was recorded of a project, latest first."""
    changes = seen.register.history(id_, seen.moment.known)
    rows = "".join(_change(one) for one in reversed(changes) if one.entry.on <= seen.day)
    return f'<ol class="tfacts ppast">{rows}</ol>'


def _change(one: Change) -> str:
    words, event = parts.section("project"), one.entry.event
    name = project_words.named(project_rules().verbs, event.verb)
    text = f"<b>{safe(str(one.entry.on))}</b> {safe(name)} {safe(told(event))}"
    if one.withdrawn_by:
        back = safe(words["taken_back"].format(number=one.withdrawn_by))
        text = f'<s>{text}</s> <span class="chip">{back}</span>'
    recorded = words["recorded"].format(
        number=one.entry.number,
        at=f"{event.at.astimezone(CHINA):%Y-%m-%d %H:%M}",
        by=_who(event.by),
    )
    said = [(words["reason"], event.reason), (words["document"], event.document)]
    mark = ": " if parts.english() else "："
    more = "".join(
        f"<small>{safe(label)}{mark}{safe(value)}</small>" for label, value in said if value
    )
    return f"<li>{text}<small>{safe(recorded)}</small>{more}</li>"


def _who(by: str) -> str:
    known = {"system": parts.t("project", "shipped"), "本机管理员": parts.t("project", "local")}
    return known.get(by, by)


def told(event: Event) -> str:
    """What an event says, in a few words."""
    data: Mapping[str, Any] = event.data
    rules = project_rules()
    if "fields" in data:
        names = [parts.say(rules.fields[k].name, rules.fields[k].name_en) for k in data["fields"]]
        return project_words.joined(names)
    if "parcels" in data:
        return project_words.joined(data["parcels"])
    if "step" in data:
        known = rules.steps.get(data["step"])
        own = parts.say(data.get("name", data["step"]), data.get("name_en", ""))
        step = parts.say(known.name, known.name_en) if known else own
        return f"{step} {data.get('due') or ''}".strip()
    if "event" in data:
        return f"#{data['event']}"
    return str(data.get("month", ""))
