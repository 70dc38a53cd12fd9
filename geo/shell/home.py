"""Which zone a command is about: the options that say so, and the zone itself."""

from typing import Annotated

import typer

from geo import settings
from geo.ledger import open_zone
from geo.zone import Zone

Store = Annotated[str, typer.Option("--store", help="存储地址，如 sqlite:///zone.db；缺省取设置")]
Json = Annotated[bool, typer.Option("--json", help="输出 JSON，键名固定")]
At = Annotated[int | None, typer.Option("--at", help="数据版本；缺省为现在")]


def opened(store: str) -> Zone:
    """The zone of a store, by default of the one in the settings."""
    return open_zone(address(store))


def address(store: str) -> str:
    """The address given, checked, or the one in the settings."""
    return settings.read(**({"store": store} if store else {})).store
