"""From which address somebody asks, as the log says it: also behind a gateway."""

import streamlit as st
from starlette.datastructures import Headers
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages import cookie, door

_LOOPS = ("127.0.0.1", "::1")
_SAID = "x-forwarded-for"


def address(headers: Headers, client: str) -> str:
    """Where a request comes from: as the trusted proxy says, else as the socket says."""
    said = ",".join(headers.getlist(_SAID)).rpartition(",")[2].strip()
    return said if said and client == door.given().trusted_proxy else client


def scripted() -> bool:
    """Whether a script of some visit runs here; not when things are made ready at the start."""
    return get_script_run_ctx(suppress_warning=True) is not None


def here() -> str:
    """From where this script run is asked: as for a request, also behind a gateway."""
    said = st.context.headers.get_all(_SAID)
    raw = [(_SAID.encode(), one.encode("latin-1", "replace")) for one in said]
    return address(Headers(raw=raw), st.context.ip_address or _loopback())


def cookies() -> dict[str, str]:
    """Cookies of the page whose script runs; over HTTPS only those a neighbour cannot have set."""
    found = st.context.cookies.to_dict()
    proxied = (st.context.ip_address or _loopback()) == door.given().trusted_proxy
    said = st.context.headers.get("x-forwarded-proto", "") if proxied else ""
    secure = said == "https" or (st.context.url or "").startswith("https:")
    return cookie.guarded(found) if secure else found


def _loopback() -> str:
    """Streamlit names no address of this machine; the gateway on it may be known by either."""
    trusted = door.given().trusted_proxy
    return trusted if trusted in _LOOPS else _LOOPS[0]
