"""Which column of an office's sheet is what: recognised by its heading, or said by the reader."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from geo.errors import DataError
from geo.ledger.book import supply_rules
from geo.supply import Rules
from geo.zone import DATA

ROW = ("id", "status", "on", "reason", "document")  # what belongs to the row, not to the parcel
SKIP = ""  # a column that is not taken
_UNIT = re.compile(r"(.+?)[(（]([^()（）]+)[)）]")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading as written, our key (`SKIP`: not taken), the unit it is in."""

    heading: str
    key: str
    unit: str = ""


@cache
def _said() -> Mapping[str, Mapping[str, Sequence[str]]]:
    path = DATA / "rules" / "ledger_columns.toml"
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise DataError(
            f"{path.name} 无法读取（{error}），请修正或重新安装", "RULES_FILE"
        ) from error


@cache
def _known() -> Mapping[str, str]:
    rules, said = supply_rules(), _said()
    out = {_plain(spelling): key for key, known in said["row"].items() for spelling in known}
    for field in rules.fields.values():
        for spelling in (*said["also"].get(field.key, ()), field.name, field.name_en, field.key):
            out[_plain(spelling)] = field.key
    return out


def _plain(heading: str) -> str:
    return "".join(unicodedata.normalize("NFKC", heading).split()).casefold()


def recognised(headings: Sequence[str], said: Mapping[str, str] | None = None) -> list[Column]:
    """What each heading stands for: as said (heading → key, empty to leave out), else as known.

    Raises `DataError` COLUMN_UNKNOWN for a key nobody knows or a heading that is not there,
    COLUMN_UNIT where a heading names a unit nobody knows, COLUMN_TWICE where two columns would be
    the same, COLUMN_ID where none is the parcel's number.
    """
    said, rules = said or {}, supply_rules()
    for heading, key in said.items():
        if heading not in headings:
            raise DataError(
                f"表中没有“{heading}”一列，现有：{'、'.join(headings)}", "COLUMN_UNKNOWN"
            )
        if key not in (SKIP, *ROW, *rules.fields):
            raise DataError(f"台账没有 {key} 这一项，请从列表中选择", "COLUMN_UNKNOWN")
    found = [_column(heading, said, rules) for heading in headings]
    keys = [one.key for one in found if one.key]
    twice = sorted({key for key in keys if keys.count(key) > 1})
    if twice:
        shown = "；".join(
            f"{title(key)}：{'、'.join(one.heading for one in found if one.key == key)}"
            for key in twice
        )
        raise DataError(f"有几列对应了同一项（{shown}），请只保留一列", "COLUMN_TWICE")
    if "id" not in keys:
        raise DataError(
            f"没有认出宗地编号一列，表中各列为：{'、'.join(headings)}，请指明", "COLUMN_ID"
        )
    return found


def _column(heading: str, said: Mapping[str, str], rules: Rules) -> Column:
    apart = _UNIT.fullmatch(heading.strip())
    bare, unit = (apart[1], apart[2].strip()) if apart else (heading, "")
    known = _known()
    key = said.get(heading, known.get(_plain(heading)) or known.get(_plain(bare), SKIP))
    units = rules.fields[key].units if key in rules.fields else {}
    spelt = rules.spellings.get(unit, unit)
    if spelt and spelt not in units and len(units) > 1:  # ten thousand times too much, unseen
        raise DataError(
            f"“{heading}”括号中的“{unit}”不是可用的单位，"
            f"请改为 {'、'.join(units)} 之一，或去掉括号（按{next(iter(units))}读）",
            "COLUMN_UNIT",
        )
    return Column(heading, key, spelt if spelt in units else "")


def title(key: str) -> str:
    """The Chinese name of a key."""
    rules = supply_rules()
    return rules.fields[key].name if key in rules.fields else str(_said()["row"][key][0])


def form() -> list[Column]:
    """The columns we write where an office has no form of its own."""
    out, rules = list[Column](), supply_rules()
    for written in _said()["form"]["columns"]:
        key, _, unit = written.partition("=")
        unit = unit or (rules.fields[key].unit if key in rules.fields else "")
        name = title(key)
        out.append(Column(f"{name}（{unit}）" if unit else name, key, unit))
    return out
