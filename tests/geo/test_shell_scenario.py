"""Scenarios from a shell: keys that scripts rest on, and the sample that works on a fresh store."""

import json
import math
from pathlib import Path

import pytest

from geo import ledger, scenario
from geo.scenario import Definition
from tests.conftest import ROOT
from tests.geo.scenario import town
from tests.geo.test_shell_supply import Shell

SAMPLE = ROOT / "docs/samples/scenario.toml"
SOLVED = {
    "id", "name", "state", "objective", "bound", "gap_pct", "prices", "area_mu", "short_mu",
    "demands", "indicators", "beside", "reasons", "units", "method", "settled", "cost_pct",
    "seconds", "example", "no_data", "inputs", "version",
}  # fmt: skip
KEPT = {
    "id", "name", "state", "gap_pct", "parent", "by", "at", "note", "example", "locked",
    "approved", "inputs", "version",
}  # fmt: skip


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(capsys)


@pytest.fixture
def store(fresh: str) -> str:
    town.built(fresh)
    return fresh


def written(folder: Path, definition: Definition, name: str = "a.toml") -> str:
    path = folder / name
    path.write_text(scenario.to_toml(definition), "utf-8")
    return str(path)


def test_a_solved_scenario_is_kept_and_told_with_its_proof(
    shell: Shell, store: str, tmp_path: Path
) -> None:
    path = written(tmp_path, town.asked())
    row = shell.json(f"scenario solve {path} --by 甲 --note 初稿", store)
    assert set(row) == SOLVED
    assert row["state"] == "done"
    assert row["objective"] <= row["bound"]
    assert row["gap_pct"] < 0.01
    assert row["short_mu"] == {"trade": 0, "green": 0}
    assert row["area_mu"]["trade"] == pytest.approx(6 * town.CELL_MU, rel=1e-3)
    assert {one["code"] for one in row["demands"]} == {"09", "14"}
    assert "farmland" in row["no_data"]
    assert not row["example"]
    (kept,) = shell.json("scenario list", store)
    assert set(kept) == KEPT
    assert (kept["id"], kept["by"], kept["note"]) == (row["id"], "甲", "初稿")
    assert kept["inputs"] == row["inputs"]


def test_a_dry_run_keeps_nothing(shell: Shell, store: str, tmp_path: Path) -> None:
    row = shell.json(f"scenario solve {written(tmp_path, town.asked())} --dry-run", store)
    assert row["id"] is None
    assert shell.json("scenario list", store) == []


@pytest.mark.parametrize(("name", "start"), [
    ("plan.gpkg", b"SQLite format 3"), ("plan.tif", b"II*"), ("plan.xlsx", b"PK"),
    ("plan.geojson", b"{"), ("plan.pdf", b"%PDF"), ("plan.pptx", b"PK"),
])  # fmt: skip
def test_a_plan_is_written_in_the_format_its_ending_names(
    shell: Shell, store: str, tmp_path: Path, name: str, start: bytes
) -> None:
    path, out = written(tmp_path, town.asked()), tmp_path / name
    shell.json(f"scenario solve {path} --dry-run --out {out}", store)
    assert out.read_bytes().startswith(start)


def test_a_page_is_written_beside_another_file(shell: Shell, store: str, tmp_path: Path) -> None:
    path, out, pdf = written(tmp_path, town.asked()), tmp_path / "a.xlsx", tmp_path / "a.pdf"
    shell.json(f"scenario solve {path} --dry-run --out {out} --pdf {pdf}", store)
    assert out.read_bytes().startswith(b"PK")
    assert pdf.read_bytes().startswith(b"%PDF")


def test_demands_say_their_year_and_a_file_may_hold_one_period_in_english(
    shell: Shell, store: str, tmp_path: Path
) -> None:
    demands = [
        {"use": "trade", "mu": much, "tolerance_pct": 1, "period": period}
        for period, much in enumerate((30.0, 60.0))
    ]
    path = written(tmp_path, town.asked(periods=[2026, 2028], demands=demands))
    out, command = tmp_path / "a.geojson", f"scenario solve {path} --dry-run"
    row = shell.json(f"{command} --period 2028 --lang en --out {out}", store)
    assert [one["year"] for one in row["demands"]] == [2026, 2028]
    made = json.loads(out.read_text("utf-8"))
    years = [one["properties"]["year"] for one in made["features"]]
    assert sorted(year for year in years if year) == [2028] * 4
    assert made["about"]["Layer"] == "Land-use scenario 小城 (2028) (scenario)"
    assert "all periods together" in made["about"]["Remarks"]
    code, said, _ = shell(*command.split(), "--store", store)
    assert code == 0
    assert "年份" in said
    assert "2028" in said


@pytest.mark.parametrize(
    ("option", "code"), [("--period 2027", "PERIOD"), ("--lang de", "LANGUAGE")]
)
def test_a_year_or_language_there_is_none_of_is_refused_before_anything_is_kept(
    shell: Shell, store: str, tmp_path: Path, option: str, code: str
) -> None:
    path = written(tmp_path, town.asked())
    asked = f"scenario solve {path} {option} --store {store}".split()
    assert shell.fault(*asked) == code
    assert shell.json("scenario list", store) == []


def test_an_impossible_demand_is_explained(shell: Shell, store: str, tmp_path: Path) -> None:
    path = written(tmp_path, town.asked(300.0, 0.0))
    row = shell.json(f"scenario explain {path}", store)
    assert set(row) == {"feasible", "example", "no_data", "reasons", "version"}
    assert not row["feasible"]
    (one,) = row["reasons"]
    assert set(one) == {
        "code", "uses", "short_mu", "text", "text_en", "details", "details_en", "change",
    }  # fmt: skip
    assert one["short_mu"] == pytest.approx(297 - 18 * town.CELL_MU, abs=0.1)
    code, out, _ = shell("scenario", "explain", path, "--store", store)
    assert code == 0
    assert "缺 27.1 亩" in out
    row = shell.json(f"scenario solve {path} --dry-run", store)
    assert (row["state"], row["bound"], row["gap_pct"]) == ("failed", None, None)


def test_a_demand_that_can_be_met_needs_no_reason(shell: Shell, store: str, tmp_path: Path) -> None:
    row = shell.json(f"scenario explain {written(tmp_path, town.asked())}", store)
    assert row["feasible"]
    assert row["reasons"] == []


def test_two_scenarios_are_compared_by_id_or_file(shell: Shell, store: str, tmp_path: Path) -> None:
    a = shell.json(f"scenario solve {written(tmp_path, town.asked())}", store)["id"]
    b = written(tmp_path, town.asked(180.0, 0.0), "b.toml")
    row = shell.json(f"scenario compare {a} {b}", store)
    assert set(row) == {
        "a", "b", "matrix", "total_mu", "changed_mu", "indicators", "demands", "prices", "example",
    }  # fmt: skip
    assert row["changed_mu"] == pytest.approx(6 * town.CELL_MU, abs=0.1)
    assert row["total_mu"] == pytest.approx(36 * town.CELL_MU, abs=0.2)
    assert math.fsum(one["mu"] for one in row["matrix"]) == pytest.approx(row["total_mu"])
    moved = [(x["from"], x["to"]) for x in row["matrix"] if x["from"] != x["to"]]
    assert moved == [("green", "trade")]


def test_faults_are_one_line_with_a_code(shell: Shell, store: str, tmp_path: Path) -> None:
    lost = shell.fault("scenario", "compare", "PZ-1", "PZ-2", "--store", store)
    assert lost == "SCENARIO_UNKNOWN"
    missing = shell.fault("scenario", "solve", str(tmp_path / "no.toml"), "--store", store)
    assert missing == "FILE_MISSING"
    (tmp_path / "bad.toml").write_text("name = 1\n", "utf-8")
    assert shell.fault("scenario", "solve", str(tmp_path / "bad.toml"), "--store", store) == (
        "SCENARIO"
    )


def test_the_sample_meets_the_plan_on_a_fresh_store(shell: Shell, fresh: str) -> None:
    """500 mu and 11,000 mu within 1 %, near the best possible, on land that is made up."""
    row = shell.json(f"scenario solve {SAMPLE} --by 甲", fresh)
    assert row["state"] == "done"
    assert row["gap_pct"] < 0.05
    got = {one["target"]: one["got_mu"] for one in row["demands"]}
    assert got["S14"] == pytest.approx(500, rel=0.0101)
    assert got["S23"] == pytest.approx(11_000, rel=0.0101)
    assert row["example"]
    assert "farmland" in row["no_data"]
    assert row["version"] == ledger.open_zone(fresh).version - 1


def test_all_of_the_health_city_inside_its_outline_is_impossible_on_the_sample(
    shell: Shell, fresh: str, tmp_path: Path
) -> None:
    text = SAMPLE.read_text("utf-8").replace("# within", "within")
    (tmp_path / "in.toml").write_text(text, "utf-8")
    row = shell.json(f"scenario explain {tmp_path / 'in.toml'}", fresh)
    (one,) = row["reasons"]
    assert one["uses"] == ["health"]
    assert "健康城建设用地（条款 四(三)）" in one["text"]
    assert {"WITHIN", "PRESENT_FARMLAND"} <= {row["what"] for row in one["change"]}
