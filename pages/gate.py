"""The entrance as a script sees it: who may go on, and where others are sent."""

from json import dumps
from urllib.parse import quote, urlsplit

import streamlit as st

from geo.errors import GeoError
from geo.people import Entrance
from pages import cookie, door, parts, ticket, uploads, whence, who

_VOUCHED_S = 300  # clocks of two machines differ


def passed() -> bool:
    """Whether the visitor may see the page; if not, the way in is shown instead."""
    if who.visit() is not None:
        return True
    if door.given().sign_in == "oidc":
        _single()
    else:
        _go(f"sign-in?next={quote(_here())}")
    return False


def signed() -> None:
    """Who is signed in, and the way out; nothing where nobody signs in."""
    found = who.visit()
    if who.book() is None or found is None:
        return
    with st.container(key="signed", horizontal=True, gap="small"):
        st.text(found.person.name)
        if st.button(parts.t("entrance", "leave"), key="sign_out", type="tertiary"):
            _out()


def _single() -> None:
    """Single sign-on: the button, or, on the way back from it, a session of our own."""
    words = parts.section("entrance")
    with st.container(key="entrance"):
        st.markdown(f"**{words['title']}**")
        if not _fresh():
            st.text(words["single_note"])
            if st.button(words["single_do"], type="primary"):
                st.login()
            return
        held, name = who.book(), str(st.user.get(door.given().sign_in_claim) or "")
        try:
            token = held.welcome(name, Entrance.OIDC, whence.here(), who.now()) if held else ""
        except GeoError as error:
            parts.refused(error)
            if st.button(words["leave"]):
                st.logout()
            return
    begun = cookie.read(whence.cookies(), cookie.BEGUN)
    _go(f"enter?ticket={ticket.given(token, begun)}&next={quote(_here())}")


def _fresh() -> bool:
    """Whether the provider vouched just now: what it said an hour ago is no sign-in of today.

    An address that it does not hold for proven is not taken for a name.
    """
    if not st.user.is_logged_in or st.user.get("email_verified") is False:
        return False
    said = st.user.get("iat")
    return isinstance(said, int | float) and abs(who.now().timestamp() - said) <= _VOUCHED_S


def _out() -> None:
    """Close the session: at its own address, which also clears what the browser keeps."""
    if door.given().sign_in == "oidc":  # its own address takes the browser away
        held, token = who.book(), cookie.read(whence.cookies(), cookie.SESSION)
        if held is not None:
            held.leave(token, whence.here(), who.now())
            uploads.left(token)
        st.logout()
        return
    _run('fetch("sign-out", {method: "POST"}).then(() => location.assign("sign-in"))')


def _here() -> str:
    """Path and question of the page that is open."""
    parts_ = urlsplit(st.context.url or "/")
    asked = "&".join(f"{quote(key)}={quote(value)}" for key, value in st.query_params.items())
    return f"{parts_.path or '/'}{'?' if asked else ''}{asked}"


def _go(address: str) -> None:
    _run(f"location.replace({dumps(address)})")


def _run(script: str) -> None:
    st.html(f"<script>{script};</script>", unsafe_allow_javascript=True)
