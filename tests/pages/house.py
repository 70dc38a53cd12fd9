"""What tests of pages share: a page run as Streamlit runs it, in a store of the test's own."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from streamlit.testing.v1 import AppTest

from pages import door

_STORE = "ZONE_STORE"


@contextmanager
def living_in(url: str) -> Iterator[None]:
    """Pages open this store; afterwards what they opened before."""
    before = os.environ.get(_STORE)
    os.environ[_STORE] = url
    forget()
    yield
    if before is None:
        del os.environ[_STORE]
    else:
        os.environ[_STORE] = before
    forget()


def forget() -> None:
    door.given.cache_clear()
    door._zone.cache_clear()


def _script(name: str) -> None:
    import importlib

    import streamlit as st

    from pages import door

    if "lang" in st.query_params:
        st.session_state["lang"] = st.query_params["lang"]
    st.session_state["pages"] = {}
    importlib.import_module(f"pages.{name}").page(door.zone())


def opened(name: str, **asked: str) -> AppTest:
    """A page of a module at an address; it shows neither a fault nor an exception."""
    page = AppTest.from_function(_script, default_timeout=60, args=(name,))
    for key, value in asked.items():
        page.query_params[key] = value
    page.run()
    assert not page.exception
    assert not page.error
    return page


def html(page: AppTest) -> str:
    """All HTML of a page."""
    return "\n".join(block.proto.body for block in page.get("html"))
