"""The ledger in the office's own columns: their headings, their order, their units."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from geo import formats
from geo.edition import Edition
from geo.formats import Choice
from geo.ledger import headings
from geo.ledger.book import NOW, Moment, book, supply_rules
from geo.ledger.headings import Column
from geo.ledger.record import record
from geo.model import Event
from geo.supply import Parcel, Value
from geo.zone import Zone

SUBJECT = "form/ledger"
_KEPT = "kept"


def form(zone: Zone) -> list[Column]:
    """The columns to write: the office's own form if it has given one, else ours."""
    last = next(reversed(zone.events(SUBJECT)), None)
    if last is None:
        return headings.form()
    return [Column(one["heading"], one["key"], one["unit"]) for one in last.data["columns"]]


def keep(zone: Zone, data: bytes, filename: str, *, by: str) -> list[Column]:
    """Take the headings of a workbook as the office's form, the file kept with it.

    Headings that we do not know stay in their places and are written empty. Raises `DataError`
    COLUMN_ID where none is the parcel's number, and what else `headings.recognised` raises.
    """
    seen = formats.peek(data, filename)
    named = [list(layer.fields) for layer in seen.layers if layer.fields]
    if not named:
        reading = formats.read(data, filename, Choice(geometry="none"))
        named = [[str(one) for one in reading.table.columns if one != "geometry"]]
    columns = headings.recognised(named[0])
    now = datetime.now(UTC)
    told = [{"heading": one.heading, "key": one.key, "unit": one.unit} for one in columns]
    event = Event(SUBJECT, _KEPT, by, now, None, {"columns": told, "file": filename})
    record(zone, [event], seen=zone.version, files=[data])
    return columns


def written(
    zone: Zone,
    columns: Sequence[Column],
    *,
    moment: Moment = NOW,
    ids: Sequence[str] | None = None,
    edition: Edition = Edition.INTERNAL,
) -> Mapping[str, list[Any]]:
    """Live parcels under each heading: numbers as numbers in the heading's unit, all else text.

    `ids` keeps these and their order. The public edition leaves internal columns empty.
    """
    held = book(zone).supply.at(moment.as_of, moment.known)
    rows = [held[id_] for id_ in ids if id_ in held] if ids is not None else list(held.values())
    rows = [one for one in rows if one.live]
    fields = supply_rules().fields
    hidden = {key for key, one in fields.items() if one.internal and edition is Edition.PUBLIC}
    columns = [replace(one, key="") if one.key in hidden else one for one in columns]
    return {one.heading: [_cell(parcel, one) for parcel in rows] for one in columns}


def _cell(parcel: Parcel, column: Column) -> Any:
    rules, key = supply_rules(), column.key
    if key in headings.ROW or not key:
        own = {"id": parcel.id, "on": parcel.since.isoformat()}
        own["status"] = rules.name(parcel.status)
        return own.get(key)
    value = parcel.fields.get(key)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _in_unit(float(value), rules.fields[key].units.get(column.unit, 1.0))
    return shown(key, value)


def _in_unit(value: float, factor: float) -> float:
    """A number in another unit, without the dust of the division."""
    return float(f"{value / factor:.12g}")


def shown(key: str, value: Value) -> str | None:
    """A value as people read it in Chinese; None where nothing is known."""
    rules = supply_rules()
    if value is None:
        return None
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return value.isoformat()
    text, kind = str(value), rules.fields[key].kind
    if kind == "use":
        return "/".join(f"{code} {rules.uses.get(code, '')}".strip() for code in text.split("/"))
    if kind == "method":
        return rules.methods[text].name
    return rules.realm_names[text][0] if kind == "realm" else text


def about(zone: Zone, moment: Moment, edition: Edition) -> Mapping[str, str]:
    """What a table that leaves the house says of itself."""
    told = {
        "版本": f"v{zone.version if moment.known is None else moment.known}",
        "生效截至": str(moment.as_of) if moment.as_of else "全部记录",
        "版次": "公开版" if edition is Edition.PUBLIC else "内部版",
    }
    return {"示例": "本表为示例数据，不对应任何真实宗地", **told} if zone.example else told
