"""A view of the map as a scene for paper: which sets, where, in which colours, with which words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from geo import landuse, ledger
from geo.errors import DataError, Issue
from geo.model import Boundaries
from geo.shell.picture import Asked, State
from geo.zone import DATA, Zone
from geo.zone.outgoing import Outgoing, outgoing, sources
from layers import palette, printed, supply_look
from layers import scene as screen
from layers.picture import PAGES, Caption, Class, Extent, Grid, Layer, Scene, Tint, View, by_kind
from layers.picture import around as around_shapes
from layers.style import STYLES, Ink

_TITLE = ("经区规划一张图", "Zone Planning Map")
_STATUS = ("供应状态", "Supply status")
_UNENTERED = ("未入账", "Not in the ledger", Ink("#C9CED4", "#C9CED4", "#EEEEEE"), "—")
_APART = 8.0  # degrees: more than any map of the zone


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """The scene of a view, and the sets that the edition left out."""

    scene: Scene
    left_out: tuple[str, ...]


def seen(zone: Zone, state: State, asked: Asked) -> Seen:
    """The scene of a view.

    Raises `DataError` VIEW_SETS, VIEW_EXTENT, VIEW_AROUND, and `SET_MISSING` for what the zone
    does not hold.
    """
    held = {one.name: one for one in zone.held(state.version)}
    going = outgoing(_chosen(held, asked), public=asked.public)
    chosen = going.sets
    target = _target(held, asked)
    layers = tuple(_layer(zone, one, state, asked) for one in chosen)
    there = target is not None and _holds(chosen, *target)
    found = Scene(
        layers,
        View(_extent(held, asked, target), asked.scale, Grid(asked.net.value)),
        _caption(zone, going, state, asked),
        PAGES[asked.paper.value],
        asked.palette,
        (target,) if target and there else (),
        english=asked.english,
    )
    return Seen(found, going.left_out)


def _holds(chosen: Sequence[Boundaries], name: str, id_: str) -> bool:
    return any(one.name == name and (one.table["id"] == id_).any() for one in chosen)


def _chosen(held: dict[str, Boundaries], asked: Asked) -> list[Boundaries]:
    """The sets asked for, or those on when the map opens."""
    names = [one.strip() for one in asked.sets.split(",") if one.strip()]
    missing = [name for name in names if name not in held]
    if missing:
        raise DataError(
            f"没有图层 {'、'.join(missing)}，可用的有 {'、'.join(held)}",
            "VIEW_SETS",
            [Issue("VIEW_SETS", f"没有图层 {name}", value=name) for name in missing],
        )
    wanted = names or [name for name in screen.shown_at_start() if name in held]
    return [one for name, one in held.items() if name in wanted]


def _target(held: dict[str, Boundaries], asked: Asked) -> tuple[str, str] | None:
    if not asked.around:
        return None
    name, colon, id_ = asked.around.partition(":")
    if not colon or name not in held or not (held[name].table["id"] == id_).any():
        raise DataError(f"找不到要素“{asked.around}”，请写成 图层:编号，如 park:P05", "VIEW_AROUND")
    return name, id_


def _extent(
    held: dict[str, Boundaries], asked: Asked, target: tuple[str, str] | None
) -> Extent | None:
    if asked.extent and target:
        raise DataError("--extent 与 --around 只能给一个，请去掉其一", "VIEW_EXTENT")
    if target:
        table = held[target[0]].table
        return around_shapes(np.asarray(table.loc[table["id"] == target[1]].geometry.array))
    return _typed(asked.extent) if asked.extent else None


def _typed(text: str) -> Extent:
    try:
        west, south, east, north = (float(one) for one in text.split(","))
    except ValueError as error:
        raise _unread(text) from error
    ordered = -180 <= west < east <= 180 and -90 <= south < north <= 90
    if not ordered or max(east - west, north - south) > _APART:
        raise _unread(text)
    return west, south, east, north


def _unread(text: str) -> DataError:
    return DataError(
        f"范围“{text}”无法识别，请按 西,南,东,北 以度写出，如 122.15,37.36,122.23,37.43",
        "VIEW_EXTENT",
    )


def _layer(zone: Zone, known: Boundaries, state: State, asked: Asked) -> Layer:
    title, title_en = zone.catalog.title(known.name), zone.catalog.title(known.name, english=True)
    demo = zone.example and known.name == "parcel"
    return Layer(known, _tint(zone, known, state, asked), title, title_en, demo=demo)


def _tint(zone: Zone, known: Boundaries, state: State, asked: Asked) -> Tint | None:
    """Parcels by their stage as the screen has them, land use by its classes."""
    if known.name == "parcel":
        told = ledger.book(zone).supply.at(state.day, state.version)
        if told:
            return _stages(known, {id_: one.status for id_, one in told.items()})
    uses = landuse.read(DATA / "rules")
    inks = palette.tints(known, uses, landuse.find)
    title = STYLES[known.name].label if known.name in STYLES else ""
    return by_kind(known, inks, title) if inks else None


def _stages(known: Boundaries, status: dict[str, str]) -> Tint:
    keys = [status.get(id_, "") for id_ in known.table["id"]]
    stages = [one for one in ledger.supply_rules().statuses.values() if one.id in set(keys)]
    classes = [
        Class(one.name, supply_look.ink(one.id), one.letter, one.name_en, one.letter_en)
        for one in stages
    ]
    order = {one.id: i for i, one in enumerate(stages)}
    if set(keys) - set(order):
        label, english, ink, letter = _UNENTERED
        classes.append(Class(label, ink, letter, english))
    codes = [order.get(key, len(stages)) for key in keys]
    return Tint(tuple(classes), codes, *_STATUS, letters=True)


def _caption(zone: Zone, going: Outgoing, state: State, asked: Asked) -> Caption:
    english = asked.english
    return Caption(
        asked.title or _TITLE[english],
        notes=printed.notes(public=asked.public, approval=asked.approval, english=english),
        day=state.day,
        version=state.version,
        seal=zone.seal(state.version),
        secrecy=printed.secrecy(going.secrecy, english=english),
        sources=tuple(sources(zone, going.sets, english=english)),
        maker=asked.maker,
        approval=asked.approval,
    )


def with_set(zone: Zone, asked: Asked, name: str, version: int) -> Asked:
    """The same with one set more than was asked for; none asked for are those of the screen."""
    held = zone.sets(version)
    names = [one.strip() for one in asked.sets.split(",") if one.strip()]
    names = names or [one for one in screen.shown_at_start() if one in held]
    return replace(asked, sets=",".join(dict.fromkeys([*names, name])))
