"""A scenario leaves as a set, a GeoTIFF and tables; each says what it is and is not."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
import rasterio
from rasterio.io import MemoryFile

from geo import scenario
from geo.errors import DataError
from geo.formats.write import FileKind, write
from geo.zone import Zone
from layers.look import Look
from tests.geo.scenario.town import CELL_MU, WEST, asked, bring, built, made, plane


def test_every_unit_leaves_with_its_use_and_where_it_came_from(small: Zone) -> None:
    known = scenario.units(scenario.run(small, asked()))
    table = known.table
    assert len(table) == 36
    assert (table["use"] == "09").sum() == (table["use"] == "14").sum() == 6
    assert set(table.loc[table["use"] == "09", "present"]) == {"城镇村及工矿用地"}
    assert table.loc[table["use"] == "", "points"].isna().all()
    assert "无数据：永久基本农田" in known.source.note
    body = write(known, FileKind.GPKG, look=Look("方案"))
    assert body[:6] == b"SQLite"


def test_a_geotiff_numbers_the_uses_on_the_grid(small: Zone) -> None:
    body = scenario.geotiff(scenario.run(small, asked()))
    assert body == scenario.geotiff(scenario.run(small, asked()))
    with MemoryFile(body) as file, file.open() as made_:
        assert made_.crs == rasterio.CRS.from_epsg(4550)
        assert made_.transform.c == WEST
        assert made_.transform.a == 100
        assert made_.read(1).tolist() == [[0, 0, 0, 0, 2, 1]] * 6
        assert made_.tags()["1"] == "09 商业"
        assert made_.colormap(1)[1] == (255, 0, 0, 255)  # 09 in ydyh 2023 is #FF0000


def test_tables_hold_demands_indicators_and_the_matrix(small: Zone) -> None:
    found = scenario.tables(scenario.run(small, asked({"mu": 90.0, "clause": "四(二)"})))
    assert list(found) == ["需求", "指标", "现状到方案（亩）"]
    assert found["需求"]["条款"] == ["四(二)", ""]
    assert found["需求"]["配置（亩）"] == pytest.approx([6 * CELL_MU] * 2, abs=0.1)
    matrix = found["现状到方案（亩）"]
    numbers = np.array([matrix[key] for key in list(matrix)[1:]])
    assert numbers.sum() == pytest.approx(36 * CELL_MU, abs=0.5)
    assert "不变" in matrix


def test_with_periods_rows_say_the_year_and_land_without_one_has_none(
    small: Zone, tmp_path: Path
) -> None:
    """30 mu in each of two periods are two cells each; the other 32 have no year."""
    demands = [
        {"use": "trade", "mu": 30.0, "tolerance_pct": 1, "period": period} for period in (0, 1)
    ]
    found = scenario.run(small, asked(periods=[2026, 2028], demands=demands))
    assert scenario.tables(found)["需求"]["用途"] == ["商业（2026 年）", "商业（2028 年）"]
    path = tmp_path / "a.gpkg"
    path.write_bytes(write(scenario.units(found), FileKind.GPKG, look=Look("方案")))
    with closing(sqlite3.connect(path)) as file:
        rows = file.execute("SELECT year, COUNT(*) FROM scenario GROUP BY year ORDER BY year")
        assert rows.fetchall() == [(None, 32), (2026, 2), (2028, 2)]


def test_parcels_are_no_grid(own: Zone) -> None:
    bring(own, made("lots", [plane(300, 0, 450, 600), plane(450, 0, 600, 600)]))
    definition = asked(135.0, 135.0, units={"kind": "parcels", "set": "lots"})
    with pytest.raises(DataError) as caught:
        scenario.geotiff(scenario.run(own, definition))
    assert caught.value.code == "EXPORT_GRID"


def test_made_up_land_is_marked_wherever_it_goes(fresh: str) -> None:
    found = scenario.run(built(fresh, landuse=False), asked(0.0, 0.0))
    assert scenario.title(found).startswith("【示例】")
    assert scenario.units(found).source.title.startswith("【示例】")
    assert scenario.about(found)["现状来源"].startswith("示例")


HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")


def staged(zone: Zone) -> scenario.Outcome:
    """Two cells of trade in 2026, four in 2028."""
    demands = [
        {"use": "trade", "mu": much, "tolerance_pct": 1, "period": period}
        for period, much in enumerate((30.0, 60.0))
    ]
    return scenario.run(zone, asked(periods=[2026, 2028], demands=demands))


def test_a_geotiff_of_periods_has_a_band_that_says_which(small: Zone) -> None:
    with MemoryFile(scenario.geotiff(staged(small))) as file, file.open() as made_:
        use, period = made_.read()
        assert [(period == number).sum() for number in (0, 1, 2)] == [30, 2, 4]
        assert ((use > 0) == (period > 0)).all()
        assert made_.descriptions == ("用途", "时期")
        assert made_.colormap(1)[1] == (255, 0, 0, 255)
        tags = made_.tags()
    assert (tags["时期 1"], tags["时期 2"], tags["时期"]) == ("2026", "2028", "2026、2028 年累计")


def test_a_file_of_one_period_says_which_and_holds_its_land_alone(small: Zone) -> None:
    one = scenario.of_period(staged(small), 1)
    assert scenario.title(one) == "用地配置方案 小城（2028 年）"
    assert scenario.title(one, english=True) == "Land-use scenario 小城 (2028)"
    assert scenario.about(one)["质量"].endswith("（各期合计）")
    assert (scenario.units(one).table["use"] == "09").sum() == 4
    assert scenario.tables(one)["需求"]["用途"] == ["商业（2028 年）"]
    assert len(scenario.patches(one).table) == 1
    with MemoryFile(scenario.geotiff(one)) as file, file.open() as made_:
        assert set(np.unique(made_.read(2))) == {0, 2}


def test_english_files_have_no_chinese_but_the_name_that_was_given(small: Zone) -> None:
    """The name and the source of present use are the office's own words."""
    one = staged(small)
    with MemoryFile(scenario.geotiff(one, english=True)) as file, file.open() as made_:
        said = [*made_.tags().items(), *((text, "") for text in made_.descriptions)]
    said += [*scenario.about(one, english=True).items()]
    known = scenario.units(one, english=True)
    said += [(known.source.title, known.source.note), (known.source.licence, "")]
    said += [(name, "") for name in (*known.table["use_name"], *known.table["present"])]
    for title, columns in scenario.tables(one, english=True).items():
        said += [(title, "")]
        said += [(key, str(cell)) for key, cells in columns.items() for cell in cells]
    own = ("小城", "测试图", "商业", "绿地")
    for text in (part for pair in said for part in pair):
        plain = text
        for word in own:
            plain = plain.replace(word, "")
        assert not HAN.search(plain)


@pytest.mark.parametrize("kind", [FileKind.GPKG, FileKind.GEOJSON, FileKind.KML])
def test_an_english_set_tells_of_itself_in_english(
    small: Zone, tmp_path: Path, kind: FileKind
) -> None:
    one = staged(small)
    look = Look(scenario.title(one, english=True), english=True)
    body = write(scenario.units(one, english=True), kind, look=look)
    path = tmp_path / "a"
    path.write_bytes(body)
    if kind is FileKind.GPKG:
        with closing(sqlite3.connect(path)) as file:
            text = " ".join(row[0] for row in file.execute("SELECT metadata FROM gpkg_metadata"))
    else:
        text = body.decode()
    for word in ("小城", "测试图"):
        text = text.replace(word, "")
    assert "Internal edition" in text
    assert not HAN.search(text)
