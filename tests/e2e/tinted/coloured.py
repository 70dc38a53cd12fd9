"""The app with one page more, on which a set is coloured: for tests of the map beside things."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3]))

import streamlit as st
from starlette.middleware import Middleware

import app as real
from geo.errors import GeoError
from pages import routes, shield

app = st.App(
    Path(__file__).with_name("script.py"),
    routes=routes.ROUTES,
    middleware=[Middleware(shield.Shield, hosts=())],
    exception_handlers={GeoError: routes.told},
    lifespan=real.started,
)
