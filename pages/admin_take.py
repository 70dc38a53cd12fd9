"""The log taken away as Excel or CSV: what is filtered, with the head of the book beside."""

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from geo.chronicle import CHINA
from geo.formats import write_csv
from geo.office import Office, RightsError, Visit
from geo.people import Act
from layers import sheet
from pages import admin_log, parts, rights, who
from pages.admin_log import Line, Sift

_HEADS = ("序号", "时间（北京）", "人员", "来源地址", "类别", "动作", "对象", "说明")
Head = tuple[int, str]


def cells(one: Line) -> tuple[str, ...]:
    """A line as it stands in a table."""
    kind, verb = named(one.kind), done(one.verb)
    return (
        str(one.number),
        one.at,
        one.by,
        one.address,
        kind,
        verb,
        one.subject,
        admin_log.detail(one),
    )


def named(kind: str) -> str:
    """A kind of line as readers call it; one without a name by its own."""
    return parts.section("admin").get(f"kind_{kind}", kind)


def done(verb: str) -> str:
    """What was done, in words; a verb without any by its own."""
    return parts.section("admin").get(f"verb_{verb}", verb)


def draw(held: Office, head: Head, found: Sequence[Line], sift: Sift) -> None:
    """Two buttons; who takes what goes into the log."""
    visit = rights.require(Act.AUDIT)
    about = _about(head, len(found), sift, visit)
    kinds: dict[str, Callable[[], bytes]] = {
        "xlsx": lambda: _book(list(map(cells, found)), about),
        "csv": lambda: _csv(list(map(cells, found)), about),
    }
    for kind, make in kinds.items():
        st.download_button(
            {"xlsx": "Excel", "csv": "CSV"}[kind],
            partial(_taken, held, visit, (kind, head, len(found)), make),
            f"audit_{head[0]}_{head[1][:8]}.{kind}",
            key=f"aa_{kind}",
            on_click="ignore",
        )


def _taken(
    held: Office, visit: Visit, what: tuple[str, Head, int], make: Callable[[], bytes]
) -> bytes:
    """Make the file; asked again, because the page may have been drawn long before."""
    if not rights.matrix().may(held.person(visit.person.id), Act.AUDIT):
        raise RightsError("没有查看审计记录的权限", "NOT_ALLOWED")
    kind, head, rows = what
    told = {"file": f"audit.{kind}", "rows": rows, "head": f"{head[0]}:{head[1]}"}
    held.note("export:made", visit.person.name, visit.address, told)
    return make()


def _book(rows: Sequence[tuple[str, ...]], about: dict[str, str]) -> bytes:
    numbers = {_HEADS[0]: [int(row[0]) for row in rows]}
    texts = {name: [row[at] for row in rows] for at, name in enumerate(_HEADS) if at}
    return sheet.workbook("审计记录", {**numbers, **texts}, about)


def _csv(rows: Sequence[tuple[str, ...]], about: dict[str, str]) -> bytes:
    return write_csv.sheet([_HEADS, *rows, (), *about.items()])


def _about(head: Head, count: int, sift: Sift, visit: Visit) -> dict[str, str]:
    """What the file says of itself; the head lets anybody see later whether lines were cut."""
    days = f"{sift.since or '最早'} 至 {sift.until or '最新'}"
    return {
        "末条校验值": f"{head[0]}:{head[1]}",
        "核对": "python -m geo audit verify --head 上列“序号:校验值”",
        "人员": "、".join(sorted(sift.by)) or "全部",
        "类别": "、".join(map(named, sorted(sift.kinds))) or "全部",
        "日期": days,
        "条数": str(count),
        "导出": f"{visit.person.name}　{who.now().astimezone(CHINA):%Y-%m-%d %H:%M}",
        "语言": parts.say("中文", "English"),
    }
