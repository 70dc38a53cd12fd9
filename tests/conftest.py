"""What many tests share: one seeded zone on a real file, and small things made to measure."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
from hypothesis import settings

from geo import boundaries, ledger
from geo.model import Boundaries, Grade, Source
from geo.zone import Zone, open_zone

ROOT = Path(__file__).parent.parent
pytest_plugins = ["tests.geo.postgres"]
settings.register_profile("house", deadline=None)  # a busy machine is no fault of the code
settings.load_profile("house")
SEEDED = 16 + 43 + 19  # events of a new store: sets, projects, public facts that belong to one
SOURCE = Source("测试图", Grade.TRACED, "CC0")


@pytest.fixture(scope="session")
def store_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store in a file that was opened once, so that it holds the shipped sets; do not write."""
    url = f"sqlite:///{tmp_path_factory.mktemp('zone') / 'zone.db'}"
    ledger.open_zone(url)
    return url


@pytest.fixture(scope="session")
def zone(store_url: str) -> Zone:
    """The zone as shipped, for tests that only ask."""
    return open_zone(store_url)


@pytest.fixture
def own_zone(tmp_path: Path) -> Zone:
    """The sets as shipped, for one test to change."""
    return open_zone(f"sqlite:///{tmp_path / 'zone.db'}")


MakeSet = Callable[..., Boundaries]


@pytest.fixture(scope="session")
def make_set() -> MakeSet:
    """Make a set of shapes in EPSG:4490: ids S1, S2 … unless given, other columns as given."""

    def make(
        name_: str, shapes: Sequence[Any], /, source: Source = SOURCE, **columns: Any
    ) -> Boundaries:
        ids = [f"S{i}" for i in range(1, len(shapes) + 1)]
        front = {"id": ids, "name": [f"第{id_}" for id_ in ids]}
        table = gpd.GeoDataFrame(front | columns, geometry=list(shapes), crs=4490)
        return boundaries.make(name_, table, source)

    return make
