"""How the product stands, as monitoring and the page of health tell it: no secret, no path."""

import tomllib
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from geo import health
from geo.chronicle import CHINA
from geo.info import programs
from geo.people import Act
from geo.settings import office_address
from geo.zone import DATA, Zone
from pages import door, rights, who


@cache
def product() -> str:
    """Edition of the product."""
    text = (door.ROOT / "pyproject.toml").read_text("utf-8")
    return str(tomllib.loads(text)["project"]["version"])


def open_to_all(zone: Zone) -> dict[str, Any]:
    """What anybody may know who may ask at all."""
    return {"status": "ok", "version": zone.version}


def ask() -> None:
    """Raise `RightsError` for a visitor who may not know the rest."""
    if not rights.may(Act.PEOPLE):
        rights.require(Act.AUDIT)


def facts(zone: Zone) -> dict[str, Any]:
    """Versions, days of the data, rules, disk, backups and who is in."""
    disk = health.disk(door.given().store)
    return {
        **open_to_all(zone),
        "product": product(),
        "programs": dict(programs()),
        "sets": _sets(zone),
        "rules": dict(health.rules(DATA / "rules")),
        "disk": disk and {"free": disk[0], "total": disk[1], "low": disk[0] < health.LOW_BYTES},
        "backups": _backups(),
        "office": _office(),
    }


def _sets(zone: Zone) -> list[dict[str, Any]]:
    out = []
    for one in zone.summaries():
        events = zone.events(f"boundaries/{one.name}")
        out.append(
            {
                "name": one.name,
                "since": one.since,
                "recorded": _day(events[-1].at) if events else None,
                "issued": one.source.issued and one.source.issued.isoformat(),
            }
        )
    return out


def _backups() -> dict[str, Any]:
    given = door.given()
    found = health.backups(Path(given.backups))
    newest = [
        {
            "of": name,
            "made": one.made.isoformat(),
            "hours": round((who.now() - one.made).total_seconds() / 3600, 1),
            "old": who.now() - one.made > health.OLD,
            "version": one.version,
        }
        for name, one in sorted(found.newest.items())
    ]
    stores = [given.store, *([] if who.book() is None else [office_address(given)])]
    names = [name for name in map(health.named, stores) if name]
    missing = len(newest) < len(stores) or not found.newest.keys() >= set(names)
    return {"newest": newest, "strange": len(found.strange), "missing": missing}


def _office() -> dict[str, Any] | None:
    held = who.book()
    if held is None:
        return None
    sessions = held.people.sessions.values()
    inside = {one.person for one in sessions if one.stands(who.now())}
    return {"version": held.head[0], "people": len(held.people.persons), "inside": len(inside)}


def _day(moment: datetime) -> str:
    return moment.astimezone(CHINA).date().isoformat()
