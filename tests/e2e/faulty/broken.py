"""The app with faults that nobody foresaw: on a page, in callbacks, and at an address."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3]))

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

import app as real
from geo.errors import GeoError
from pages import early, parts, routes, shield, upload_door, warden
from tests.e2e.faulty.script import fail


async def wait_and_fail(_request: Request) -> Response:
    """An address whose answer fails."""
    return fail()


def fail_at_once(_request: Request) -> Response:
    """The same, in a thread."""
    return fail()


app = st.App(
    Path(__file__).with_name("script.py"),
    routes=[
        Route("/api/fail", wait_and_fail),
        Route("/api/fail-at-once", fail_at_once),
        *routes.ROUTES,
    ],
    middleware=[
        Middleware(shield.Shield, hosts=("localhost", "127.0.0.1")),
        Middleware(warden.Warden),
        Middleware(upload_door.Uploads),
        Middleware(early.Early),
    ],
    exception_handlers={GeoError: routes.told},
    on_script_error=parts.unforeseen,
    lifespan=real.started,
)
