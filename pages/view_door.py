"""The address of a short link: on to its view, or told in words that there is none."""

from html import escape
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from geo.errors import DataError
from geo.views import View
from geo.zone import Zone
from pages import album, board, door


def view(request: Request) -> Response:
    """Open a stored view, for whoever may see."""
    id_, root = str(request.path_params["id"]), str(request.scope.get("root_path", ""))
    try:
        one = album.needed().view(board.visit(), id_)
    except DataError as error:
        return _none(root, str(error))
    told = urlencode(_asked(door.zone(), one, id_))
    return RedirectResponse(f"{root}/{one.page}?{told}", 303, headers={"cache-control": "no-store"})


def _asked(zone: Zone, one: View, id_: str) -> dict[str, str]:
    """What an address asks to show a view, without sets too secret for the reader."""
    hidden = zone.withheld()

    def known(key: str, value: str) -> str:
        mark = ";" if key == "off" else ","
        parts = value.split(mark)
        return mark.join(p for p in parts if p.partition(":")[0].removeprefix("~") not in hidden)

    cleaned = {k: known(k, v) if k in ("on", "off", "sel") else v for k, v in one.asked.items()}
    return {**cleaned, album.OWN: id_}


def _none(root: str, why: str) -> Response:
    words = {key: " ".join(text) for key, text in door.words()["share"].items()}
    style, home = escape(f"{root}/assets/map/entrance.css"), escape(f"{root}/")
    body = (
        '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(words["unknown"])}'
        f'</title><link rel="stylesheet" href="{style}"></head><body><main>'
        f'<h1>{escape(words["unknown"])}</h1><p class="fault" role="alert">{escape(why)}</p>'
        f'<p>{escape(words["unknown_note"])}</p><p><a href="{home}">{escape(words["to_map"])}</a>'
        "</p></main></body></html>"
    )
    return HTMLResponse(body, 404, headers={"cache-control": "no-store"})
