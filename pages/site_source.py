"""Where an answer comes from: source, document, day of issue, version; law and its state."""

from geo import casework
from geo.site import Finding
from geo.zone import Zone
from pages import parts, site_words


def told(zone: Zone, found: Finding) -> str:
    """Where the data come from, with the version and the day of issue."""
    if found.source is None:
        return ""
    held = zone.boundaries(found.set) if found.set in zone.sets() else None
    same = held is not None and held.source == found.source
    title = zone.source_title(found.set, english=parts.english()) if same else found.source.title
    issued = found.source.issued.isoformat() if found.source.issued else ""
    office = " · ".join(filter(None, [found.source.document, found.source.issuer]))
    return " · ".join(filter(None, [title, office, issued, f"v{found.since}"]))


def rests(zone: Zone, found: Finding) -> list[tuple[str, str]]:
    """Source and basis of a finding, by their names."""
    words = site_words.words()
    state = site_words.named(found.state) if found.law else ""
    held = casework.contacts(zone).of(found.rule, found.set)
    asked = " · ".join(filter(None, [held.office, held.contact]))
    certainty = words[f"certainty_{found.certainty}"]
    return [
        (words["source"], told(zone, found)),
        (words["basis"], " · ".join(filter(None, [found.basis, state, certainty]))),
        (words["in_charge"], asked or words["not_filled"]),
    ]
