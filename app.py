"""经区规划一张图. Start with `make run`, `streamlit run app.py` or `uvicorn app:app`."""

import gc
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware

from geo.errors import GeoError
from pages import (
    early,
    main,
    parts,
    premises,
    rights,
    routes,
    shield,
    upload_door,
    uploads,
    warden,
    warm,
)

# A page asks the store often and lets go of the interpreter each time; with fifty pages at work
# it should not wait five milliseconds, Python's usual turn, to get it back.
_TURN_S = 0.001


@asynccontextmanager
async def started(_app: st.App) -> AsyncIterator[dict[str, Any]]:
    """Open the zone before the first visitor, then keep what is loaded out of the collector.

    Streamlit collects garbage after every rerun; walking our imports each time would cost
    more than the rerun itself.
    """
    premises.checked()
    rights.secure()
    warm.up()
    gc.collect()
    gc.freeze()
    sys.setswitchinterval(_TURN_S)
    async with uploads.sweeping():
        yield {}


_HOSTS = tuple(st.get_option("server.allowedHosts") or ())

app = st.App(
    Path(main.__file__),  # imported above, so that the first visitor does not wait for it
    routes=routes.ROUTES,
    middleware=[
        Middleware(shield.Shield, hosts=_HOSTS),
        Middleware(warden.Warden),
        Middleware(upload_door.Uploads),
        Middleware(early.Early),
    ],
    exception_handlers={GeoError: routes.told},
    on_script_error=parts.unforeseen,
    lifespan=started,
)
