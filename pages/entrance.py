"""Addresses of the entrance: plain pages, so that nothing of Streamlit runs for a stranger."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from geo.errors import GeoError
from geo.office import Office, Visit
from pages import cookie, door, ticket, uploads, vouch, weigh, who
from pages.entrance_form import onward, page, sent

_FOREIGN = "请求不是从本页发出的，请刷新后重试"


async def sign_in(request: Request) -> Response:
    """The form, and what was typed into it."""
    held = who.book()
    if held is None:
        return RedirectResponse(onward(request), 303)
    if door.given().sign_in != "local":
        return page("gateway", request)
    if request.method == "GET":
        return page("sign_in", request)
    given = await sent(request)
    if given is None:
        return page("sign_in", request, _FOREIGN, 403)
    try:
        token = await weigh.weighed(_admitted, held, request, given)
    except GeoError as error:
        return page("sign_in", request, str(error), 403)
    return _let_in(request, token)


def _admitted(held: Office, request: Request, given: dict[str, str]) -> str:
    name = given.get("name", "")
    return held.admit(name, given.get("password", ""), vouch.address(request), who.now())


async def sign_out(request: Request) -> Response:
    """Close the session; what the browser keeps of ours is dropped."""
    if await sent(request) is None:
        return page("gateway", request, _FOREIGN, 403)
    held = who.book()
    if held is not None:
        token = cookie.sent(request, cookie.SESSION)
        await run_in_threadpool(held.leave, token, vouch.address(request), who.now())
        uploads.left(token)
    answer = RedirectResponse("sign-in", 303)
    answer.headers.append("set-cookie", cookie.made(request, cookie.SESSION, ""))
    answer.headers["clear-site-data"] = '"cache"'
    return answer


async def password(request: Request) -> Response:
    """Change one's own password; asked for at the first visit."""
    held, (visit, _) = who.book(), await run_in_threadpool(vouch.visit, request)
    if held is None or visit is None:
        return RedirectResponse("sign-in", 303)
    if request.method == "GET":
        return page("password", request)
    given = await sent(request)
    if given is None:
        return page("password", request, _FOREIGN, 403)
    try:
        token = await weigh.weighed(_repassed, held, visit, given)
    except GeoError as error:
        return page("password", request, str(error), 403)
    return _let_in(request, token)


def _repassed(held: Office, visit: Visit, given: dict[str, str]) -> str:
    old, new = given.get("old", ""), given.get("new", "")
    return held.repass(visit.person.id, old, new, who.now(), visit.address)


async def enter(request: Request) -> Response:
    """Turn a ticket, which single sign-on gave to the script, into a session's cookie."""
    here = request.headers.get("sec-fetch-site", "same-origin") == "same-origin"
    begun = cookie.sent(request, cookie.BEGUN)
    token = ticket.taken(request.query_params.get("ticket", ""), begun) if here else ""
    if not token:
        return page("gateway", request, "凭证已过期或不属于这个浏览器，请返回重新登录", 403)
    answer = _let_in(request, token)
    answer.headers.append("set-cookie", cookie.made(request, cookie.BEGUN, ""))
    return answer


def _let_in(request: Request, token: str) -> Response:
    answer = RedirectResponse(onward(request), 303)
    answer.headers.append("set-cookie", cookie.made(request, cookie.SESSION, token))
    return answer


ROUTES = [
    Route("/sign-in", sign_in, methods=["GET", "POST"]),
    Route("/sign-out", sign_out, methods=["POST"]),
    Route("/password", password, methods=["GET", "POST"]),
    Route("/enter", enter),
]
