"""Small towns in stores: one to ask, and one of a test's own."""

from pathlib import Path

import pytest

from geo import ledger
from geo.zone import Zone
from tests.geo.conftest import copied
from tests.geo.scenario import town


@pytest.fixture(scope="session")
def town_url(store_url: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store with the town; do not write."""
    url = copied(store_url, tmp_path_factory.mktemp("town"))
    town.built(url)
    return url


@pytest.fixture(scope="session")
def small(town_url: str) -> Zone:
    """The town, for tests that only ask."""
    return ledger.open_zone(town_url)


@pytest.fixture
def own_url(town_url: str, tmp_path: Path) -> str:
    """A store with the town, of one test's own."""
    return copied(town_url, tmp_path)


@pytest.fixture
def own(own_url: str) -> Zone:
    """The town, for one test to change."""
    return ledger.open_zone(own_url)
