"""Files made for a meeting: their names and how long they are."""

from geo.meeting import Snapshot
from pages import show_words


def name(one: Snapshot, ending: str, *, kind: str = "", public: bool = False) -> str:
    """The name of a file made for a meeting, e.g. 经区汇报_第3次_20261122.pptx."""
    text = show_words.words()
    named = text["file"].format(number=one.number, day=f"{one.held:%Y%m%d}")
    more = [text[f"file_{kind}"]] if kind else []
    more += [text["file_public"]] if public else []
    return "_".join([named, *more]) + f".{ending}"


def size(body: bytes) -> str:
    """Length of a file, for a reader."""
    kilo = len(body) / 1024
    return f"{kilo:,.0f} KB" if kilo < 1024 else f"{kilo / 1024:,.1f} MB"
