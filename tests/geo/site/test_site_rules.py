"""The rules as data: what is shipped, and what is refused."""

import csv
import shutil
from pathlib import Path

import pytest

from geo import site
from geo.errors import DataError
from geo.site.rules import Rule
from tests.geo.site.squares import RULES, layer, only, point, rule

ROOT = Path(__file__).parents[3]
FOLDER = ROOT / "data/rules/site"
# Distances that were read in the articles: id of the rule -> metres.
READ = {
    "coast": [80, 200, 20],
    "water": [20],
    "highway": [30, 20, 15, 10, 5],
    "highway_zone": [70, 65, 30, 25],
    "rail": [10, 8, 12, 10, 15, 12, 20, 15],
    "pipeline_5": [5],
    "pipeline_50": [50],
    "powerline": [5, 10, 15, 20],
}


def test_every_theme_of_the_check_has_a_rule() -> None:
    assert {one.id for one in RULES.rules} == {
        *("farmland", "cultivated", "redline", "growth", "growth_kind", "conformity"),
        *("supply_status", "unsupplied", "zone", "unit", "park", "positioning"),
        *("coast", "setback", "water", "watersource_1", "watersource_2"),
        *("highway", "highway_zone", "rail", "pipeline_5", "pipeline_50", "powerline", "corridor"),
        *("hill_key", "hill_normal", "relic", "control", "slope", "size", "compactness"),
    }


def test_the_distances_are_those_of_the_articles_and_there_are_no_others() -> None:
    for one in RULES.rules:
        bands = [band.from_m + band.distance_m for band in one.bands]
        found = bands or ([] if one.distance_m is None else [one.distance_m])
        assert found == READ.get(one.id, []), one.id


def test_what_the_office_decides_is_blank_and_says_so() -> None:
    assert set(RULES.parameters) == {"corridor_m", "slope_deg", "least_m2", "compactness"}
    told = [one.note for one in (*RULES.parameters.values(), *RULES.matrices.values())]
    assert all("办公室参数" in note for note in told)


def test_no_rule_without_a_law_forbids() -> None:
    for one in RULES.rules:
        assert one.severity != "禁止" or (one.law and one.certainty in ("verified", "part")), one.id
        assert one.law or one.certainty == "none", one.id


def test_every_class_of_use_has_its_line_in_the_conversion_table() -> None:
    with (ROOT / "data/rules/ydyh_2023.csv").open(encoding="utf-8") as file:
        first = {row["code"] for row in csv.DictReader(file) if row["level"] == "1"}
    cells = RULES.matrices["conformity"].cells
    assert set(cells) == first
    assert all(code in fit.yes and not set(fit.yes) & set(fit.case) for code, fit in cells.items())


def test_the_hash_names_the_rules() -> None:
    assert site.read(FOLDER).rules_hash == RULES.rules_hash
    assert only("coast").rules_hash != only("water").rules_hash
    assert rule(tolerance_m2=2.0).rules_hash != rule(tolerance_m2=3.0).rules_hash


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"kind": "nearness"}, "kind"),
        ({"tolerance": 3}, "tolerance"),
        ({"kind": "distance"}, "distance_m"),
        ({"distance_m": 5}, "distance_m"),
        ({"kind": "distance", "distance_m": -5}, "distance_m"),
        ({"kind": "distance", "distance_m": 5, "parameter": "corridor_m"}, "distance_m"),
        ({"kind": "attribute", "columns": ["x"]}, "allow"),
        ({"kind": "shape", "parameter": "least_m2"}, "sets"),
        ({"kind": "slope", "distance_m": 5}, "parameter"),
        ({"certainty": "none"}, "核实"),
        (
            {"certainty": "unverified", "severity": "限制", "kind": "distance", "distance_m": 5},
            "核实",
        ),
        ({"law": ""}, "law"),
        ({"usable_pct": 120}, "usable_pct"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(fields: dict[str, object], fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        rule(**fields)


def test_all_faults_of_a_folder_are_told_at_once(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(FOLDER, tmp_path / "site"))
    place = folder / "place.toml"
    text = place.read_text("utf-8").replace('"slope_deg"', '"slope_percent"')
    text = text.replace('id = "relic"', 'id = "control"').replace('"verified"', '"certain"', 1)
    place.write_text(text, "utf-8")
    with pytest.raises(DataError) as refusal:
        site.read(folder)
    told = " ".join(issue.message for issue in refusal.value.issues)
    assert len(refusal.value.issues) == 3
    assert all(word in told for word in ("slope_percent", "control 重复", "hill_key certainty"))
    place.write_text("[[rule", "utf-8")
    with pytest.raises(DataError, match=r"place\.toml"):
        site.read(folder)
    with pytest.raises(DataError) as bare:
        site.read(tmp_path)
    assert bare.value.issues[-1].message == "一条规则也没有"


def test_days_of_features_are_written_as_days() -> None:
    with pytest.raises(DataError, match="第 1 行的 valid_until 为 明年"):
        layer("a", [point(0, 0)], valid_until=["明年"])


def test_a_rule_is_a_value() -> None:
    with pytest.raises(ValueError, match="frozen"):
        RULES.rules[0].id = "x"  # type: ignore[misc]
    assert isinstance(RULES.rules[0], Rule)
