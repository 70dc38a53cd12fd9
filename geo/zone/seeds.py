"""What the product brings into a store: the shipped sets, as events of its own."""

from collections import deque
from datetime import UTC, datetime

from geo import boundaries as shapes
from geo import catalog
from geo.catalog import Catalog
from geo.errors import ConflictError
from geo.model import Boundaries, Event
from geo.store import Store

EXAMPLE = "zone/example"  # subject of the event that marks a demonstration store
SYSTEM = "system"  # who records what the product itself brings


def sown(store: Store, known: Catalog) -> int:
    """Bring the shipped sets in where the store holds none or an older shipped one.

    A set that a person replaced is never touched: only our own events carry a fingerprint.
    """
    before = store.version
    due = []
    for entry in known.shipped.values():
        last = deque(store.events(f"boundaries/{entry.name}"), maxlen=1)
        stamp = catalog.fingerprint(entry)
        if not last or last[0].data.get("fingerprint", stamp) != stamp:
            due.append((shapes.read(entry.path, entry.name, entry.source), stamp))
    if not due:
        return before
    events = [replaced(new, SYSTEM, "随产品提供", "", stamp) for new, stamp in due]
    try:
        return store.write(events, [new for new, _ in due], expect=before)
    except ConflictError:
        return sown(store, known)  # another process opened the same store first; look again


def replaced(new: Boundaries, by: str, reason: str, document: str, fingerprint: str = "") -> Event:
    """The event that puts a set in place; only what the product brings has a fingerprint."""
    data = {"grade": new.source.grade.value, "count": len(new.table), "source": new.source.title}
    if fingerprint:
        data["fingerprint"] = fingerprint
    subject = f"boundaries/{new.name}"
    now = datetime.now(UTC)
    return Event(subject, "replaced", by, now, now.date(), data, reason, document)
