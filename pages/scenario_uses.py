"""The uses of a draft replaced: limits, exceptions and locks that name uses follow them."""

from collections.abc import Mapping, Sequence
from typing import Any

from geo.scenario import Definition, Limit, Use
from geo.scenario.default import excludes, limits_of
from pages import scenario_book


def replaced(
    draft: Definition, uses: Sequence[Use], demands: Sequence[Mapping[str, Any]]
) -> Definition:
    """The draft with other uses and demands, checked whole.

    The office's limits reach new uses as they would in a new scenario; a limit whose uses are
    all gone goes with them.
    """
    ids, old = {one.id for one in uses}, {one.id for one in draft.uses}
    fresh = tuple(one for one in uses if one.id not in old and one.code)
    office = {one.id: set(one.uses) for one in limits_of(fresh)} if fresh else {}
    return scenario_book.changed(
        draft,
        uses=[one.model_dump(mode="json", exclude_defaults=True) for one in uses],
        demands=list(demands),
        excludes=_kept(excludes(draft), ids, office),
        partials=_kept(draft.partials, ids, {}),
        changes=[_plain(one) for one in draft.changes if one.use in ids],
        locks={unit: use for unit, use in draft.locks.items() if not use or use in ids},
    )


def bare(draft: Definition) -> Definition:
    """A draft without its locks: made ready once, however much is painted."""
    return draft.model_copy(update={"locks": {}})


def with_use(draft: Definition, id_: str, said: dict[str, Any]) -> Definition:
    """The draft with some fields of one use replaced, None for none."""
    uses = [one.model_dump(mode="json", exclude_defaults=True) for one in draft.uses]
    for one, known in zip(uses, draft.uses, strict=True):
        if known.id == id_:
            one.update(said)
    return scenario_book.changed(draft, uses=uses)


def _kept(
    limits: Sequence[Limit], ids: set[str], office: Mapping[str, set[str]]
) -> list[dict[str, Any]]:
    out = []
    for one in limits:
        named = [use for use in one.uses if use in ids] + sorted(office.get(one.id, ()))
        if named or not one.uses:
            out.append(_plain(one) | {"uses": named if one.uses else []})
    return out


def _plain(one: Any) -> dict[str, Any]:
    found: dict[str, Any] = one.model_dump(mode="json", exclude_defaults=True)
    return found
