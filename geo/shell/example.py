"""Make the demonstration store from a shell: ``demo``."""

from pathlib import Path
from typing import Annotated

import typer

from geo import demo, ledger
from geo.shell import heading, told
from geo.shell.bring import Json
from geo.shell.supply import day_of

PLACE = "sqlite:///demo.db"


def made(
    store: Annotated[str, typer.Option("--store", help="写到哪个空的存储")] = PLACE,
    until: Annotated[str, typer.Option(help="示例讲到哪一天；缺省为上月末")] = "",
    json: Json = False,
) -> None:
    """Fill an empty store with invented parcels, a ledger and projects."""
    zone = demo.made(store, day_of(until))
    row = {"place": Path(store).name, "parcels": len(ledger.book(zone).supply.at())}
    title = f"示例已建好；打开：python -m geo serve --store {store}"
    told.one(row | {"version": zone.version}, heading.DEMO, title, as_json=json)
