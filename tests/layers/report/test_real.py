"""A record as a check really writes it makes a report: with nothing imported, and with a hit."""

import io
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import geopandas as gpd
import pypdf
import pytest
import shapely

from geo import site as sites
from geo.model import Boundaries, Grade, Source
from layers.picture.values import FontBook
from layers.report import docx, pdf, report_of, xlsx
from tests.layers.report.conftest import cover

RULES = sites.read(Path(__file__).parents[3] / "data" / "rules" / "site")
SQUARE = shapely.box(122.20, 37.40, 122.21, 37.41)
HALF = shapely.box(122.20, 37.40, 122.205, 37.41)


def record(farmland: bool) -> Any:
    """The record of a check, after it was kept as JSON."""
    layers = dict[str, Any]()
    for rule in RULES.rules:
        layers |= dict.fromkeys(rule.sets, sites.Missing("未导入"))
    if farmland:
        table = gpd.GeoDataFrame({"id": ["F1"], "name": ["一片"]}, geometry=[HALF], crs=4490)
        known = Boundaries("farmland", table, Source("划定成果", Grade.OFFICIAL, "内部使用"), 3)
        layers["farmland"] = sites.LayerInput(known, sites.prepare(known))
    made = sites.check(
        sites.Site("S1", "试验地块", SQUARE, "1001"), layers, RULES, date(2026, 11, 20)
    )
    return json.loads(json.dumps(sites.to_row(made), ensure_ascii=False))


@pytest.mark.parametrize(
    ("farmland", "verdict"), [(False, "无法判定"), (True, "不可用")], ids=["nothing", "farmland"]
)
@pytest.mark.parametrize("english", [False, True])
def test_a_kept_record_makes_every_kind_of_file(
    fonts: FontBook, farmland: bool, verdict: str, english: bool
) -> None:
    row = record(farmland)
    assert row["verdict"] == verdict
    report = report_of(row, cover())
    read = pypdf.PdfReader(io.BytesIO(pdf(report, fonts, english=english)))
    told = re.sub(r"\s", "", "".join(page.extract_text() for page in read.pages))
    assert f"{row['area_m2']:,.2f}" in told
    assert row["inputs_hash"] in told
    assert all(re.sub(r"\s", "", one["basis"]) in told for one in row["findings"])
    assert docx(report, english=english).startswith(b"PK")
    assert xlsx([report], english=english).startswith(b"PK")
