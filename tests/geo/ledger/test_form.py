"""The ledger as it leaves the house: the office's own columns, and back in without a change."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from geo import ledger
from geo.edition import Edition
from geo.errors import DataError
from geo.ledger import Outcome, Sheet, form
from geo.ledger.headings import Column
from geo.zone import Zone
from layers.sheet import workbook
from tests.geo.conftest import UNTIL
from tests.geo.ledger.office import draft, enter

HOSTILE = ["=1+1", "@SUM(A1)", "+1", "-1", "http://a.b", "0012", "1E5", "{{7*7}}", "2024/5/1"]


@pytest.fixture
def zone(fresh: str) -> Zone:
    return ledger.open_zone(fresh)


def template(*headings: str) -> bytes:
    """A workbook that holds a title and headings and not one row."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet("台账").write_row(0, 0, headings)
    return out.getvalue()


def opened(data: bytes) -> list[list[Any]]:
    """The first sheet as another program reads it."""
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()


def saved(zone: Zone, columns: Sequence[Column], **more: Any) -> bytes:
    return workbook("台账", form.written(zone, columns, **more), {"版本": "v1"})


def test_our_own_form_begins_with_number_and_status_and_tells_units(zone: Zone) -> None:
    headings = [one.heading for one in form.form(zone)]
    assert headings[:3] == ["宗地编号", "状态", "状态日期"]
    assert "面积（公顷）" in headings
    assert "成交价款（万元）" in headings
    assert "固定资产投资强度（万元/亩）" in headings
    assert len(set(headings)) == len(headings) == 33


def test_values_are_written_as_people_read_them(zone: Zone) -> None:
    given: Mapping[str, Any] = {
        "area_m2": 12_345.6, "use": "0701/0901", "method": "listing", "far_max_in": False,
        "price_wan": 900.0, "contract_on": date(2025, 1, 2), "approved_year": 2019,
    }  # fmt: skip
    enter(zone, "0012", status="deal", **given)
    heads = {
        "编号": "id", "阶段": "status", "日期": "on", "用途": "use", "方式": "method",
        "含": "far_max_in", "签": "contract_on", "年": "approved_year", "空": "note",
    }  # fmt: skip
    columns = [Column(heading, key) for heading, key in heads.items()]
    columns += [Column("顷", "area_m2", "公顷"), Column("亿", "price_wan", "亿元")]
    top, row = opened(saved(zone, columns))
    assert dict(zip(top, row, strict=True)) == {
        "编号": "0012", "阶段": "成交", "日期": "2025-12-01",
        "用途": "0701 城镇住宅用地/0901 商业用地", "方式": "挂牌出让", "含": "否",
        "签": "2025-01-02", "年": 2019, "空": "", "顷": 1.23456, "亿": 0.09,
    }  # fmt: skip


def test_formulas_and_codes_stay_text(zone: Zone) -> None:
    for number, text in enumerate(HOSTILE):
        enter(zone, f"P-{number}", contract_no=text, location=text)
    columns = [
        Column("宗地编号", "id"),
        Column("合同编号", "contract_no"),
        Column("坐落", "location"),
    ]
    data = saved(zone, columns)
    assert [row[1:] for row in opened(data)[1:]] == [[text, text] for text in HOSTILE]

    with zipfile.ZipFile(io.BytesIO(data)) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")
    run = ledger.dry_run(zone, Sheet(data, "出.xlsx"), by="乙")
    assert {line.outcome for line in run.lines} == {Outcome.UNCHANGED}


def test_what_goes_out_comes_back_without_a_change(demo_url: str) -> None:
    zone = ledger.open_zone(demo_url)
    data = saved(zone, form.form(zone))
    run = ledger.dry_run(zone, Sheet(data, "台账.xlsx"), by="乙", on=UNTIL)
    live = sum(one.live for one in ledger.book(zone).supply.at().values())
    assert run.counts == {"added": 0, "changed": 0, "unchanged": live, "refused": 0}
    assert live == 1_200 + 10 + 12  # of the parcels made, twelve became two; three only renamed
    assert run.absent == ()


def test_every_field_goes_out_and_comes_back(zone: Zone) -> None:
    """A form with every column there is, in every unit that a column may have."""
    rules = ledger.supply_rules()
    samples: Mapping[str, Any] = {
        "number": 12.345, "whole": 40, "text": "示例", "day": date(2025, 1, 2), "yes": True,
        "use": "0701/0901", "method": "listing", "realm": "land",
    }  # fmt: skip
    given = {
        key: field.choices[0] if field.kind == "choice" else samples[field.kind]
        for key, field in rules.fields.items()
    }
    given |= {"approved_year": 2019, "area_m2": 20_000 / 3, "density_min_pct": 10.0}
    enter(zone, "P-1", **given)
    for turn in range(4):
        columns = [Column("宗地编号", "id")]
        for key, field in rules.fields.items():
            unit = list(field.units)[turn % len(field.units)] if field.units else ""
            columns.append(Column(f"{field.name}（{unit}）" if unit else field.name, key, unit))
        run = ledger.dry_run(zone, Sheet(saved(zone, columns), "台账.xlsx"), by="乙")
        assert [one.key for one in run.columns] == [one.key for one in columns]
        assert [line.outcome for line in run.lines] == [Outcome.UNCHANGED], run.lines


def test_an_office_keeps_its_own_headings_and_their_order(zone: Zone, fresh: str) -> None:
    headings = ["序号", "坐落", "地块编号", "用地面积（亩）", "审核人", "供应状态"]
    enter(zone, "P-1", area_m2=20_000.0)
    data = template(*headings)
    form.keep(zone, data, "模板.xlsx", by="甲")
    columns = form.form(ledger.open_zone(fresh))  # another reader, later
    assert [one.heading for one in columns] == headings
    top, row = opened(saved(zone, columns))
    assert top == headings
    assert row == ["", "示例路1号", "P-1", 30, "", "储备"]
    event = zone.events(form.SUBJECT)[-1]
    assert (event.by, event.data["file"]) == ("甲", "模板.xlsx")
    form.keep(zone, template("编号", "状态"), "新.xlsx", by="甲")
    assert [one.heading for one in form.form(zone)] == ["编号", "状态"]


@pytest.mark.parametrize(
    ("headings", "code"),
    [
        (("甲", "乙"), "COLUMN_ID"),
        (("编号", "宗地编号"), "COLUMN_TWICE"),
        (("编号", "面积（坪）"), "COLUMN_UNIT"),
    ],
)
def test_a_template_that_cannot_be_filled_is_refused(
    zone: Zone, headings: tuple[str, ...], code: str
) -> None:
    before = zone.version
    with pytest.raises(DataError) as refusal:
        form.keep(zone, template(*headings), "模板.xlsx", by="甲")
    assert refusal.value.code == code
    assert zone.version == before


def test_the_public_edition_leaves_internal_columns_empty(zone: Zone) -> None:
    internal = {"grantee": "示例公司", "contract_no": "HT-1", "invest_wan": 5.0, "note": "内",
                "tax_wan_mu": 15.0, "invested_wan": 1.0, "instalments": "分期"}  # fmt: skip
    enter(zone, "P-1", **internal, price_wan=900.0)
    columns = [Column(key, key) for key in (*internal, "price_wan", "id")]
    _, public = opened(saved(zone, columns, edition=Edition.PUBLIC))
    assert public == [""] * len(internal) + [900, "P-1"]
    _, inside = opened(saved(zone, columns))
    assert inside == ["示例公司", "HT-1", 5, "内", 15, 1, "分期", 900, "P-1"]


def test_a_table_may_be_of_a_day_as_known_at_a_version_and_of_chosen_parcels(zone: Zone) -> None:
    enter(zone, "P-1", "P-2", "P-3")
    known = zone.version
    change = draft(on=date(2025, 12, 5)).amended("P-1", {"area_m2": 5_000.0})
    ledger.record(zone, [change], seen=known)
    columns = [Column("宗地编号", "id"), Column("面积", "area_m2")]

    def told(moment: ledger.Moment, ids: Sequence[str] | None = None) -> Mapping[str, list[Any]]:
        return form.written(zone, columns, moment=moment, ids=ids)

    whole = ["P-1", "P-2", "P-3"]
    assert told(ledger.NOW) == {"宗地编号": whole, "面积": [5_000.0, 1e4, 1e4]}
    assert told(ledger.Moment(date(2025, 12, 4)))["面积"] == [1e4] * 3
    assert told(ledger.Moment(None, known))["面积"] == [1e4] * 3
    assert told(ledger.Moment(date(2025, 11, 30)))["面积"] == []
    assert told(ledger.NOW, ["P-3", "P-9", "P-1"])["宗地编号"] == ["P-3", "P-1"]


def test_a_table_says_its_version_its_moment_and_that_it_is_made_up(
    zone: Zone, demo_url: str
) -> None:
    day = date(2024, 6, 30)
    told = form.about(zone, ledger.Moment(day, 5), Edition.PUBLIC)
    assert told == {"版本": "v5", "生效截至": "2024-06-30", "版次": "公开版"}
    made_up = form.about(ledger.open_zone(demo_url), ledger.NOW, Edition.INTERNAL)
    assert next(iter(made_up)) == "示例"
    assert "不对应任何真实宗地" in made_up["示例"]
