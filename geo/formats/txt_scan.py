"""Lines of a boundary-point exchange TXT (勘测定界界址点坐标交换格式) into heads and corners.

::

    file   = [ section ] ... "[地块坐标]" parcel+
    section = "[" name "]" ( key "=" value )*
    parcel = head corner+
    head   = 界址点数,地块面积,地块编号,地块名称,图形属性,图幅号,地块用途,地类编码[,more],@
    corner = 点号,地块圈号,X(north),Y(east)

Offices write it with sections missing or added, full-width brackets, commas and dots, short
or long heads, or none. All of that is read; what cannot be read is told by line.
"""

import re
from dataclasses import dataclass, field

from geo.errors import DataError, Issue
from geo.formats import plaintext
from geo.formats.rings import Corner

KINDS = ("点", "线", "面")
_SECTION = re.compile(r"\[\s*([^\]]*?)\s*\]")
_AREA = re.compile(r"[0-9.]*\s*(?:[a-z]{1,3}2?|公顷|亩|平方米|平方公里|㎡|m²)?", re.IGNORECASE)
_INFINITE = ("nan", "inf", "infinity")
_KEYS = {"数据生产单位": "数据产生单位", "数据生产日期": "数据产生日期", "坐标系统": "坐标系"}
_HEAD_MARKS = {"@", "＠", *KINDS}
# The usual corner, read at once: nearly all lines of a file are such.
_USUAL = re.compile(r"([A-Za-z0-9]+),([0-9]+),([0-9]{1,9}(?:\.[0-9]*)?),([0-9]{1,9}(?:\.[0-9]*)?)")
_CAP = 1000  # unreadable lines after which it is another kind of file


@dataclass(frozen=True, slots=True)
class Entry:
    """One ``key=value`` of a section."""

    section: str
    key: str
    value: str
    line: int


@dataclass(slots=True)
class Parcel:
    """One parcel as written: fields of its head without the ``@`` (None: no head), corners."""

    line: int
    head: tuple[str, ...] | None
    corners: list[Corner] = field(default_factory=list)
    broken: bool = False  # a corner could not be read, so the shape is not known


@dataclass(slots=True)
class Scan:
    """A file cut into its parts."""

    header: list[Entry] = field(default_factory=list)
    parcels: list[Parcel] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    section: str = ""
    unread: int = 0
    ends: int = 0  # heads without @
    extra: int = 0  # corners with more than four fields

    @property
    def in_corners(self) -> bool:
        """Whether the lines are corners now."""
        return "坐标" in self.section


def scan(text: str) -> Scan:
    """Cut a text into sections, heads and corners. Faults are told with their line."""
    found = Scan()
    for line, written in enumerate(plaintext.lines(text), 1):
        if written.strip().strip(","):
            _take(found, line, written.strip())
    _tell(found)
    return found


def value(found: Scan, key: str) -> str:
    """Value of a key of the header, narrowed to ASCII; empty if it is not there."""
    values = [plaintext.narrow(entry.value) for entry in found.header if entry.key == key]
    return values[0].strip() if values else ""


def _take(found: Scan, line: int, written: str) -> None:
    if usual := _USUAL.fullmatch(written):
        name, ring, north, east = usual.groups()
        _add(found, Corner(name, ring, float(east), float(north), line), more=False)
        return
    plain = plaintext.narrow(written)
    if section := _SECTION.fullmatch(plain):
        found.section = section[1]
        return
    if "=" in plain.partition(",")[0]:  # before corners: 转换参数=0,0,0,0,0,0,0 looks like one
        _entry(found, line, written)
    elif (head := _head(written)) is not None:
        found.parcels.append(Parcel(line, _without_end(found, head)))
    elif corner := _corner(plain, line):
        _add(found, corner, more=plain.rstrip(", ").count(",") > 3)
    else:
        _unreadable(found, line, written)


def _add(found: Scan, corner: Corner, *, more: bool) -> None:
    if not found.parcels:
        found.parcels.append(Parcel(corner.line, None))
    found.parcels[-1].corners.append(corner)
    found.extra += more


def _entry(found: Scan, line: int, written: str) -> None:
    key, _, value_ = re.sub("＝", "=", written, count=1).partition("=")
    key = plaintext.narrow(key).strip()
    if key in _KEYS:
        message = f"“{key}”按“{_KEYS[key]}”读取"
        found.issues.append(Issue("KEY_SPELT", message, "info", line, key))
    found.header.append(Entry(found.section, _KEYS.get(key, key), value_.strip(), line))


def _unreadable(found: Scan, line: int, written: str) -> None:
    found.unread += 1
    if found.unread > _CAP:
        raise DataError(f"有 {_CAP} 行以上无法识别，不像界址点坐标文件，请核对", "TXT_CORRUPT")
    shown = written[:60]
    cells = [cell.strip().lower().lstrip("+-") for cell in written.split(",")]
    if any(cell in _INFINITE for cell in cells):
        issue = Issue("NON_FINITE", "坐标无效（不是有限的数）", "error", line, "", shown)
    elif found.parcels and 3 <= len(cells) <= 6:
        issue = Issue("POINT_BAD", "界址点无法识别，请改正坐标", "error", line, "", shown)
    else:
        issue = Issue("LINE_UNKNOWN", "该行无法识别，未读入", "error", line, "", shown)
    if issue.code != "LINE_UNKNOWN" and found.parcels:
        found.parcels[-1].broken = True
    found.issues.append(issue)


def _head(written: str) -> tuple[str, ...] | None:
    """Fields of a head, or None. A full-width comma parts fields only where ASCII ones do not."""
    if not set(written) & _HEAD_MARKS:
        return None
    ascii_only = tuple(cell.strip() for cell in written.split(","))
    if _plausible(ascii_only):
        return ascii_only
    wide = tuple(cell.strip() for cell in re.split("[,，]", written))
    if _plausible(wide) or plaintext.narrow(written).endswith("@"):
        return wide
    return None


def _plausible(cells: tuple[str, ...]) -> bool:
    ended = "@" in (plaintext.narrow(cell) for cell in cells) or cells[-1].endswith(("@", "＠"))
    if len(cells) < 5 or not (ended or {cells[2], cells[4]} & set(KINDS)):
        return False
    if cells[2] in KINDS:
        return True
    return bool(_AREA.fullmatch(plaintext.narrow(cells[1])))


def _without_end(found: Scan, cells: tuple[str, ...]) -> tuple[str, ...]:
    """Fields before the ``@``; what stands behind it is kept as more fields."""
    marks = [i for i, cell in enumerate(cells) if plaintext.narrow(cell) == "@"]
    if marks:
        behind = [cell for cell in cells[marks[-1] + 1 :] if cell]
        return (*cells[: marks[-1]], *behind)
    if cells[-1].endswith(("@", "＠")):
        return (*cells[:-1], cells[-1][:-1].strip())
    found.ends += 1
    return cells


def _corner(plain: str, line: int) -> Corner | None:
    cells = [cell.strip() for cell in plain.rstrip(", ").split(",")]
    if len(cells) == 3:  # without a ring number
        cells.insert(1, "1")
    if len(cells) < 4:
        return None
    north, east = plaintext.number(cells[2]), plaintext.number(cells[3])
    if north is None or east is None:
        return None
    return Corner(cells[0], cells[1] or "1", east, north, line)


def _tell(found: Scan) -> None:
    note = found.issues.append
    if found.ends:
        note(Issue("HEAD_END", f"{found.ends} 个地块行没有以 @ 结尾，仍已读取", "warning"))
    if found.extra:
        note(Issue("POINT_EXTRA", f"{found.extra} 个界址点多于四项，第五项起未读入", "warning"))
    if found.parcels and not found.in_corners:
        note(Issue("SECTION_MISSING", "缺少 [地块坐标] 行，仍已读取", "info"))
    headless = sum(parcel.head is None for parcel in found.parcels)
    if headless:
        note(Issue("HEAD_MISSING", "坐标之前没有地块行，全部坐标按一个地块读取", "warning"))
