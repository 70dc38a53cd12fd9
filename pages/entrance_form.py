"""Forms of the entrance: what they look like, and reading what was sent, from here only."""

from html import escape
from urllib.parse import parse_qs, quote, urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse

from pages import door

_LONGEST = 4096  # bytes of a form
_FIELDS = {
    "sign_in": (("name", "text", "username"), ("password", "password", "current-password")),
    "password": (("old", "password", "current-password"), ("new", "password", "new-password")),
    "gateway": (),
}


def page(kind: str, request: Request, fault: str = "", status: int = 200) -> HTMLResponse:
    """One form of the entrance, both languages on it; `fault` says why it is shown again."""
    words = {key: " ".join(text) for key, text in door.words()["entrance"].items()}
    fields = "".join(
        f'<label for="{name}">{escape(words[name])}</label><input id="{name}" name="{name}" '
        f'type="{type_}" autocomplete="{fill}" required>'
        for name, type_, fill in _FIELDS[kind]
    )
    told = f'<p class="fault" role="alert">{escape(fault)}</p>' if fault else ""
    button = f"<button>{escape(words[f'{kind}_do'])}</button>" if fields else ""
    root = escape(request.scope.get("root_path", ""), quote=True)
    to = escape(f"?next={quote(onward(request))}", quote=True)
    body = (
        f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" '
        f'content="width=device-width"><title>{escape(words["title"])}</title>'
        f'<link rel="stylesheet" href="{root}/assets/map/entrance.css"></head>'
        f"<body><main><h1>{escape(words['title'])}</h1>"
        f"<p>{escape(words[f'{kind}_note'])}</p>"
        f'<form method="post" action="{to}">{fields}{told}{button}</form></main></body></html>'
    )
    return HTMLResponse(body, status, headers={"cache-control": "no-store"})


def onward(request: Request) -> str:
    """Where to go afterwards: a path of ours, never another host."""
    asked = request.query_params.get("next", "")
    try:
        elsewhere = bool(urlsplit(asked).netloc)
    except ValueError:  # an address that is none
        elsewhere = True
    own = asked.startswith("/") and not asked.startswith(("//", "/\\")) and not elsewhere
    return f"{request.scope.get('root_path', '')}{asked if own else '/'}"


async def sent(request: Request) -> dict[str, str] | None:
    """The fields of a form sent from our own page; None for one from elsewhere or too long."""
    origin = urlsplit(request.headers.get("origin", ""))
    if not origin.netloc or origin.netloc != request.headers.get("host", ""):
        return None
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LONGEST:
            return None
    found = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=8)
    return {key: values[-1] for key, values in found.items()}
