"""Undo of painting: what a stroke changed, so that what there was need not be held whole."""

from collections.abc import Collection, Mapping

from geo.scenario.paint import Locks

Step = Mapping[str, str | None]


def difference(old: Locks, new: Locks) -> Step:
    """What leads from locks to others: unit → its lock, None for none."""
    ids = dict.fromkeys((*old, *new))
    return {id_: new.get(id_) for id_ in ids if old.get(id_) != new.get(id_)}


def stepped(locks: Locks, step: Step, uses: Collection[str]) -> Locks:
    """Locks after a step; a lock to a use that is no longer among `uses` does not come back."""
    out = dict(locks)
    for id_, use in step.items():
        if use is None or (use and use not in uses):
            out.pop(id_, None)
        else:
            out[id_] = use
    return out
