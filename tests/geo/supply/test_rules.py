"""The policy of the ledger: what the tables say, and that contradictions are told at start."""

import shutil
from itertools import pairwise
from pathlib import Path
from string import ascii_uppercase

import pytest

from geo.errors import DataError
from geo.supply import read
from tests.geo.supply.entries import HOME, RULES, TABLE


def test_the_stages_are_those_of_the_office_in_their_order() -> None:
    names = [status.name for status in RULES.statuses.values()]
    assert names == [
        *("储备", "批而未供", "整理", "可供", "公告", "成交", "已供", "交地", "开工", "竣工"),
        *("投产", "闲置", "低效", "收回", "再开发"),
    ]


def test_every_stage_has_a_letter_of_its_own_for_print_in_grey() -> None:
    letters = [status.letter for status in RULES.statuses.values()]
    assert len(set(letters)) == len(letters)
    english = [status.letter_en for status in RULES.statuses.values()]
    assert len(set(english)) == len(english)
    assert all(len(letter) == 1 and letter in ascii_uppercase for letter in english)


def test_the_straight_way_from_reserve_to_production_is_open() -> None:
    way = "reserve approved prepared available notice deal supplied delivered started completed"
    steps = [*way.split(), "producing"]
    for start, end in pairwise(steps):
        assert RULES.move(start, end) is not None, (start, end)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("notice", "available"),  # 流拍
        ("available", "supplied"),  # 划拨、协议
        ("delivered", "idle"),
        ("idle", "started"),
        ("idle", "recovered"),
        ("recovered", "reserve"),
        ("low", "renewal"),
        ("renewal", "started"),
    ],
)
def test_side_paths_are_open(start: str, end: str) -> None:
    assert RULES.move(start, end) is not None


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("reserve", "supplied"),
        ("available", "deal"),
        ("notice", "supplied"),
        ("supplied", "started"),
        ("delivered", "completed"),
        ("idle", "completed"),
        ("available", "idle"),
        ("producing", "renewal"),
        ("completed", "started"),
        ("started", "started"),
    ],
)
def test_short_cuts_are_closed(start: str, end: str) -> None:
    assert RULES.move(start, end) is None


def test_what_is_open_from_available_is_what_the_table_says() -> None:
    assert {move.end for move in RULES.allowed("available")} == {
        *("reserve", "prepared", "notice", "supplied")
    }


def test_only_bidding_and_lease_go_through_a_notice() -> None:
    notice, grant = RULES.moves["available", "notice"], RULES.moves["available", "supplied"]
    assert set(notice.methods) == {"tender", "auction", "listing", "lease"}
    assert set(grant.methods) == {"allocation", "agreement", "lease", "equity"}


def test_a_finding_by_a_person_always_needs_a_document() -> None:
    findings = [m for m in RULES.moves.values() if m.end in ("idle", "low", "recovered")]
    assert findings
    assert all(move.paper for move in findings)


@pytest.mark.parametrize(
    ("use", "years"),
    [
        ("0701", 70),
        ("070102", 70),
        ("1001", 50),
        ("100102", 50),
        ("0804", 50),
        ("080401", 50),
        ("0901", 40),
        ("0902", 40),
        ("0903", 40),
        ("0801", 50),  # 其他
        ("1101", 50),  # 其他
        ("0701/0702", 70),  # one group
        ("0701/0901", 50),  # 综合
    ],
)
def test_the_longest_term_is_that_of_article_12(use: str, years: int) -> None:
    term = RULES.term(use)
    assert term is not None
    assert (term.years, term.basis) == (years, "城镇国有土地使用权出让和转让暂行条例12")


@pytest.mark.parametrize("use", ["1801", "20", "2101"])
def test_no_term_is_invented_for_the_sea(use: str) -> None:
    assert RULES.term(use) is None


def test_every_land_class_has_a_longest_term() -> None:
    land = [code for code in RULES.uses if RULES.realm_of(code) == "land"]
    assert len(land) > 100
    assert all(RULES.term(code) for code in land)


def test_every_class_belongs_to_land_or_sea() -> None:
    assert {RULES.realm_of(code) for code in RULES.uses} == {"land", "sea"}
    assert RULES.realm_of("1901") == "sea"
    assert RULES.realm_of("1701") == "land"


def test_areas_are_kept_in_square_metres_and_intensity_by_mu() -> None:
    area, intensity = RULES.fields["area_m2"], RULES.fields["invest_wan_mu"]
    assert area.unit == "㎡"
    assert area.units["公顷"] == 10_000
    assert area.units["亩"] == 2000 / 3
    assert intensity.unit == "万元/亩"
    assert intensity.units["万元/公顷"] * 15 == pytest.approx(1)


def test_money_of_parties_is_left_out_of_the_public_edition() -> None:
    internal = {key for key, field in RULES.fields.items() if field.internal}
    assert {"grantee", "contract_no", "invested_wan", "tax_wan"} <= internal
    assert not internal & {"area_m2", "use", "method", "price_wan", "location"}


def test_citations_name_laws_that_were_read() -> None:
    laws = (
        "土地管理法",
        "城市房地产管理法",
        "闲置土地处置办法",
        "城镇国有土地使用权出让和转让暂行条例",
    )
    bases = [part for move in RULES.moves.values() for part in move.basis.split("；") if part]
    bases += [one.basis for one in (*RULES.methods.values(), *RULES.terms)]
    assert bases
    assert all(basis.startswith(laws) for basis in bases)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("supply.toml", "parcel_fields.csv", "ydyh_2023.csv"):
        shutil.copy(HOME / name, tmp_path / name)
    return tmp_path


def rewrite(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("supply.toml", 'end = "notice"', 'end = "noticed"', "noticed"),
        ("supply.toml", '"start_price_wan"]', '"start_price"]', "start_price"),
        ("supply.toml", 'methods = ["tender"', 'methods = ["tinder"', "tinder"),
        ("supply.toml", 'uses = ["07"]', 'uses = ["77"]', "77"),
        ("supply.toml", 'low = "far_min"', 'low = "far"', "far"),
        ("supply.toml", 'unique = ["supervision"]', 'unique = ["x"]', "x"),
        ("supply.toml", 'start = ["recovered"]', 'start = ["renewal"]', "收回"),
        (
            "supply.toml",
            'start = ["low"]\nend = "producing"',
            'start = ["low"]\nend = "renewal"',
            "两次",
        ),
        ("supply.toml", 'name = "储备"\n', "", "name"),
        ("supply.toml", "[tolerance]", "[tolerances]", "tolerance"),
        ("supply.toml", "[tolerance]", "[tolerance", "格式"),
        ("supply.toml", "drawn_share = ", "drawn = ", "drawn_share"),
        ("supply.toml", "verbs = ", "words = ", "verbs"),
        ("supply.toml", 'name = "海域"\n', "", "sea"),
        ("supply.toml", 'name = "不可抗力"\n', "", "force_majeure"),
        ("ydyh_2023.csv", "code,name", "code,names", "ydyh_2023.csv"),
        ("parcel_fields.csv", "公顷=10000", "公顷=ten", "parcel_fields"),
        ("parcel_fields.csv", "坐落,Location,text", "坐落,Location,words", "words"),
        ("parcel_fields.csv", "\nproject,", "\nlocation,", "location"),
    ],
)
def test_a_contradiction_in_the_tables_is_told_when_they_are_read(
    folder: Path, name: str, old: str, new: str, told: str
) -> None:
    rewrite(folder, name, old, new)
    with pytest.raises(DataError) as caught:
        read(folder)
    assert caught.value.code in {"RULES", "RULES_FILE"}
    said = [str(caught.value), *(issue.message for issue in caught.value.issues)]
    assert any(told in text or "重复" in text for text in said)


@pytest.mark.parametrize("name", ["supply.toml", "parcel_fields.csv", "ydyh_2023.csv"])
def test_a_missing_table_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(DataError, match=name):
        read(folder)


def test_all_contradictions_are_told_at_once(folder: Path) -> None:
    rewrite(folder, "supply.toml", 'uses = ["07"]', 'uses = ["77"]')
    rewrite(folder, "supply.toml", 'unique = ["supervision"]', 'unique = ["x"]')
    with pytest.raises(DataError) as caught:
        read(folder)
    assert len(caught.value.issues) == 2


def test_the_table_on_disk_and_the_rules_have_the_same_moves() -> None:
    pairs = [(start, move["end"]) for move in TABLE["move"] for start in move["start"]]
    assert set(pairs) == set(RULES.moves)
    assert len(pairs) == len(RULES.moves)


def test_an_unknown_field_is_told() -> None:
    with pytest.raises(DataError, match="colour"):
        RULES.field("colour")


def test_a_stage_that_the_rules_do_not_know_is_shown_by_its_id() -> None:
    assert RULES.name("available") == "可供"
    assert RULES.name("sold") == "sold"
