"""Which projects fit what the filters ask."""

from collections.abc import Iterable, Mapping

from geo.projects import Project

NONE = "none"  # asks for projects that have nothing there
STAYS = ("in", "out", "all")


def fitting(projects: Iterable[Project], asked: Mapping[str, str]) -> list[Project]:
    """Projects that fit all that is asked; only those in the register if nothing else is."""
    return [one for one in projects if _fits(one, asked)]


def _fits(one: Project, asked: Mapping[str, str]) -> bool:
    stay = asked.get("stay") or STAYS[0]
    single = {"lead": one.lead, "kind": one.kind, "phase": one.phase, "colour": one.colour.value}
    return (
        (stay == "all" or one.live == (stay == "in"))
        and all(not asked.get(k) or asked[k] == (v or NONE) for k, v in single.items())
        and (not asked.get("tag") or asked["tag"] in (one.tags or (NONE,)))
        and _mentions(one, asked.get("q", ""))
    )


def _mentions(one: Project, typed: str) -> bool:
    known = [one.fields.get(key, "") for key in ("name", "name_en", "note", "note_en", "owner")]
    whole = " ".join(map(str, (one.id, *known, one.lead, *one.fields.get("units", ()), *one.links)))
    return all(word in whole.casefold() for word in typed.casefold().split())
