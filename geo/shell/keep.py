"""What is kept, from a shell: ``verify``, ``backup``, ``restore``, ``migrate``."""

from pathlib import Path
from typing import Annotated

import typer

from geo import briefing, chronicle, ledger
from geo.shell import answer, heading, home, told
from geo.shell.home import Json, Store
from geo.store import backup, open_tables, shown


def verified(
    head: Annotated[str, typer.Option(help="文件上印的“序号:校验值”")] = "",
    store: Store = "",
    json: Json = False,
) -> None:
    """Check the chain of events, every digest, and the rules of ledger, register and meetings."""
    known = chronicle.head_of(head)
    zone = home.opened(store)
    found = (*zone.verify(known), *ledger.wrong(zone), *briefing.faults(zone))
    rows = [answer.issue(one) for one in found]
    last = zone.seal().data
    if json:
        told.as_json({"sound": not rows, "version": zone.version, "head": last, "issues": rows})
    else:
        state = "有误" if rows else "完好"
        told.as_table(rows, heading.VERIFY, f"版本 {zone.version}：{state}；末条 {last}")
    if rows:
        raise typer.Exit(1)


def saved(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="新文件，如 zone-20260101.db")],
    store: Store = "",
    json: Json = False,
) -> None:
    """Save the whole store in one file."""
    held = open_tables(home.address(store), new=False)
    _told(str(path), backup.backup(held, path), "已备份", as_json=json)


def restored(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="备份文件")],
    force: Annotated[bool, typer.Option("--force", help="丢弃备份之后的事件")] = False,
    store: Store = "",
    json: Json = False,
) -> None:
    """Put the state of a backup in the store."""
    url = home.address(store)
    _told(shown(url), backup.restore(path, url, force=force), "已恢复", as_json=json)


def migrated(
    source: Annotated[str, typer.Argument(metavar="FROM", help="现在的存储地址")],
    target: Annotated[str, typer.Argument(metavar="TO", help="新的存储地址")],
    json: Json = False,
) -> None:
    """Copy a whole store into an empty one."""
    known = backup.migrate(home.address(source), home.address(target))
    _told(shown(target), known, "已迁移", as_json=json)


def _told(place: str, known: tuple[int, str], title: str, *, as_json: bool) -> None:
    row = {"place": place, "version": known[0], "hash": known[1]}
    if as_json:
        told.as_json(row)
    else:
        told.as_table([row], heading.KEPT, title)
