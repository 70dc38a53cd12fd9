"""The catalogue: what came with us, what a bureau may bring, and what cannot be drawn."""

import shutil
import tomllib
from pathlib import Path

import pytest

from geo import catalog
from geo.catalog import Catalog
from geo.errors import DataError
from geo.model import Grade
from geo.zone import DATA


@pytest.fixture(scope="module")
def known() -> Catalog:
    return catalog.read(DATA / "boundaries", DATA / "rules")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for name in ("boundaries/catalog.toml", "boundaries/unplaced.toml", "rules/themes.toml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(DATA / name, tmp_path / name)
    return tmp_path


def refused(folder: Path) -> DataError:
    with pytest.raises(DataError) as refusal:
        catalog.read(folder / "boundaries", folder / "rules")
    return refusal.value


def changed(folder: Path, name: str, old: str, new: str) -> DataError:
    path = folder / name
    before = path.read_text("utf-8")
    assert old in before
    path.write_text(before.replace(old, new, 1), "utf-8")
    return refused(folder)


def test_every_shipped_file_has_an_entry_and_every_entry_a_file(known: Catalog) -> None:
    files = {path.stem for path in (DATA / "boundaries").glob("*.geojson")}
    assert set(known.shipped) == files
    assert len(files) == 16
    assert all(one.path.is_file() for one in known.shipped.values())


def test_every_set_says_where_it_comes_from_in_both_languages(known: Catalog) -> None:
    for one in known.shipped.values():
        assert all((one.title, one.title_en, one.source.title, one.source_en, one.source.licence))
        assert bool(one.source.note) == bool(one.note_en)
        assert one.title_en.isascii()


def test_only_the_zone_declares_an_area_and_it_is_the_plans(known: Catalog) -> None:
    declared = {name: one.source.declared_m2 for name, one in known.shipped.items()}
    assert {name for name, area in declared.items() if area} == {"zone"}
    assert declared["zone"] == 278.16e6
    assert known.shipped["zone"].source.grade is Grade.SCHEMATIC


def test_the_themes_a_bureau_brings_are_those_the_shell_names(known: Catalog) -> None:
    assert list(known.themes) == [
        *("parcel", "landuse", "farmland", "redline", "growth", "setback", "control"),
        *(
            "relic",
            "pipeline",
            "powerline",
            "dem",
            "landcover",
            "planuse",
            "rail",
            "watersource",
            "hill",
        ),
    ]
    assert not set(known.themes) & set(known.shipped)


def test_every_entity_not_drawn_has_its_reason_in_both_languages(known: Catalog) -> None:
    assert len(known.unplaced) == 81
    assert all(one.reason and one.reason_en for one in known.unplaced)


def test_a_set_nobody_named_goes_by_its_own_name(known: Catalog) -> None:
    assert known.title("park") == "产业园区"
    assert known.title("redline", english=True) == "Ecological red line"
    assert known.title("myset") == known.title("myset", english=True) == "myset"


def test_a_missing_entry_is_named_with_its_set(copy: Path) -> None:
    error = changed(copy, "boundaries/catalog.toml", 'licence = "', 'license = "')
    assert error.code == "CATALOG_ENTRY"
    assert "zone" in str(error)
    assert "licence" in str(error)


def test_an_unplaced_entity_without_a_reason_is_named(copy: Path) -> None:
    error = changed(copy, "boundaries/unplaced.toml", 'reason = "', 'why = "')
    first = next(iter(tomllib.loads((DATA / "boundaries/unplaced.toml").read_text("utf-8"))))
    assert first in str(error)


def test_a_grade_that_is_none_is_refused(copy: Path) -> None:
    error = changed(copy, "boundaries/catalog.toml", 'grade = "schematic"', 'grade = "certain"')
    assert error.code == "CATALOG_ENTRY"
    assert "certain" in str(error)


def test_a_table_that_cannot_be_read_is_named(copy: Path) -> None:
    assert "themes.toml" in str(changed(copy, "rules/themes.toml", "[parcel]", "[parcel"))
    (copy / "rules" / "themes.toml").unlink()
    assert (refused(copy).code, "themes.toml" in str(refused(copy))) == ("CATALOG_MISSING", True)


def test_a_fingerprint_tells_a_new_edition_and_only_that(copy: Path) -> None:
    (copy / "boundaries" / "zone.geojson").write_bytes(b"{}")
    one = catalog.read(copy / "boundaries", copy / "rules").shipped["zone"]
    first = catalog.fingerprint(one)
    assert catalog.fingerprint(one) == first
    (copy / "boundaries" / "zone.geojson").write_bytes(b"{} ")
    assert catalog.fingerprint(one) != first
