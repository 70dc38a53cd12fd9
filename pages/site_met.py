"""Features that a rule of the site check names, as readers see them."""

from geo import ledger
from geo.site import Met
from pages import door, parts


def named(met: Met) -> str:
    """A feature by name, with its value; a status of the ledger by its word."""
    status = ledger.supply_rules().statuses.get(met.value) if met.set == "parcel" else None
    value = parts.say(status.name, status.name_en) if status else met.value
    return f"{name(met)} {value}".strip()


def name(met: Met) -> str:
    """A feature's name; in English its English one, where the set holds it today."""
    zone = door.zone()
    known = zone.boundaries(met.set) if parts.english() and met.set in zone.sets() else None
    if known is None or "name_en" not in known.table:
        return met.name
    found = known.table.loc[known.table["id"] == met.id, "name_en"].dropna()
    return str(found.iloc[0] or met.name) if len(found) else met.name
