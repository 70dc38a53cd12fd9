"""The pages run to their end without a browser; what they look like is tested in one."""

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from pages import door

SCRIPT = str(door.ROOT / "pages" / "main.py")


@pytest.fixture
def app(store_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    """The app as a first visitor gets it."""
    monkeypatch.setenv("ZONE_STORE", store_url)
    for kept in (door._zone, door.given):
        kept.cache_clear()
    yield AppTest.from_file(SCRIPT, default_timeout=30)
    for kept in (door._zone, door.given):
        kept.cache_clear()


def test_the_map_page_runs_and_tells_no_error(app: AppTest) -> None:
    app.run()
    assert not app.exception
    assert not app.error
    assert app.session_state["lang"] == "zh"


def test_what_the_address_asks_for_stands_on_the_card(app: AppTest) -> None:
    app.query_params["sel"] = "park:P05"
    app.query_params["lang"] = "en"
    app.run()
    assert not app.exception
    assert app.session_state["asked"]["sel"] == "park:P05"
    assert "三(四)2" in [button.label for button in app.button]
