"""The plan as a register: counts, references, look-ups, broken tables."""

import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from geo.errors import DataError
from geo.plan import Plan, read

FOLDER = Path(__file__).parents[2] / "data" / "plan"


@pytest.fixture(scope="module")
def plan() -> Plan:
    return read(FOLDER)


def test_the_register_holds_144_entities_by_kind(plan: Plan) -> None:
    counts = Counter(entity.id[0] for entity in plan.entities)
    assert counts == {
        "Z": 2, "D": 2, "T": 4, "V": 1, "P": 14, "B": 24, "C": 9, "N": 14,
        "W": 2, "F": 9, "J": 13, "R": 5, "K": 7, "A": 37, "X": 1,
    }  # fmt: skip
    assert len(plan.entities) == 144


def test_the_register_holds_every_table_whole(plan: Plan) -> None:
    assert len(plan.targets) == 53
    assert [b.id for b in plan.baselines] == [f"F{n:03d}" for n in range(1, 69)]
    assert [s.id for s in plan.systems] == [f"Y{n:02d}" for n in range(1, 39)]
    assert [m.id for m in plan.matters] == [f"M{n}" for n in range(1, 9)]
    assert [i.id for i in plan.inconsistencies] == [str(n) for n in range(1, 20)]


def test_targets_are_15_general_and_38_special(plan: Plan) -> None:
    assert Counter(t.id[0] for t in plan.targets) == {"G": 15, "S": 38}


def test_everything_is_said_in_both_languages(plan: Plan) -> None:
    for row in (*plan.entities, *plan.targets, *plan.facts):
        assert bool(row.note) == bool(row.note_en), row.id
    for clause in plan.clauses:
        assert clause.title_en.isascii() or "–" in clause.title_en


def test_lines_lie_within_the_clauses_they_belong_to(plan: Plan) -> None:
    for row in (*plan.entities, *plan.targets, *plan.inconsistencies):
        spans = [(c.first_line, c.last_line) for c in plan.clauses if c.id in row.clauses]
        for line in row.lines:
            assert any(first <= line <= last for first, last in spans), (row.id, line)


def test_areas_are_declared_only_where_the_plan_states_land(plan: Plan) -> None:
    declared = {e.id: e.declared_m2 for e in plan.entities if e.declared_m2 is not None}
    assert declared == {
        "Z01": 278_160_000, "Z02": 42_300_000, "P05": 333_333, "P09": 13_333_333,
    }  # fmt: skip


def test_the_lead_units_are_those_the_plan_names(plan: Plan) -> None:
    assert [m.lead for m in plan.matters] == [
        "经发局", "商务局", "社会事务管理局", "经发局", "经发局", "服发办", "商务局", "农经局",
    ]  # fmt: skip
    assert plan.matters[1].units == ("服务业发展办公室", "皇冠街道办事处", "东方智慧谷运营公司")


def test_a_clause_lights_up_its_places_and_targets(plan: Plan) -> None:
    view = plan.of_clause("四(三)")
    assert {"P09", "P10", "P11", "F03", "F09"} <= {e.id for e in view.entities}
    assert [t.id for t in view.targets] == ["S22", "S23"]


def test_a_clause_includes_the_clauses_under_it(plan: Plan) -> None:
    whole = {t.id for t in plan.of_clause("二(四)").targets}
    assert whole == {*(f"G{n:02d}" for n in range(1, 16)), "S38"}


def test_a_place_knows_its_targets_matters_facts_and_doubts(plan: Plan) -> None:
    assert [t.id for t in plan.targets_of("P05")] == ["S14", "S15", "S16", "S17", "S18", "S19"]
    assert [m.id for m in plan.matters_of("P05")] == ["M2", "M7"]
    assert ("area", 516.0) in {(f.fact_type_en, f.number) for f in plan.facts_of("P05")}
    assert [i.id for i in plan.inconsistencies_of("P05")] == ["8", "14"]


def test_an_unknown_id_is_simply_not_there(plan: Plan) -> None:
    assert plan.entity("Q99") is None
    assert plan.facts_of("Q99") == ()


def test_later_facts_name_a_source_and_never_the_sample_ledgers(plan: Plan) -> None:
    for fact in plan.facts:
        assert fact.source
        assert fact.url.startswith("http")
        assert "文登" not in fact.subject
        assert "荣成" not in fact.subject
    city = [f for f in plan.facts if f.territory in ("city", "province")]
    assert all(f.relation != "actual" for f in city)


def test_the_eight_land_classes_of_2013_add_up(plan: Plan) -> None:
    parts = [f.number for f in plan.facts_of("Z01") if f.fact_type_en == "land-use area"]
    assert len(parts) == 8
    assert sum(n for n in parts if n is not None) == pytest.approx(27761.89, abs=0.001)


def _broken(folder: Path, table: str, change: Callable[[str], str]) -> DataError:
    copy = folder / "plan"
    shutil.copytree(FOLDER, copy)
    path = copy / table
    before = path.read_text(encoding="utf-8")
    after = change(before)
    assert after != before
    path.write_text(after, encoding="utf-8")
    with pytest.raises(DataError) as refused:
        read(copy)
    return refused.value


def test_a_broken_number_is_named_by_row_and_field(tmp_path: Path) -> None:
    error = _broken(tmp_path, "targets.csv", lambda t: t.replace(",350,350,350,", ",abc,350,350,"))
    (issue,) = error.issues
    assert (issue.row, issue.field, issue.value) == (2, "value_low", "abc")
    assert "第 2 行" in issue.message


@pytest.mark.parametrize("number", ["nan", "inf", "1e999"])
def test_a_number_without_end_is_refused(tmp_path: Path, number: str) -> None:
    error = _broken(
        tmp_path, "facts.csv", lambda t: t.replace(",516,516,516,", f",516,516,{number},")
    )
    assert [(i.code, i.field) for i in error.issues] == [("NOT_A_NUMBER", "number")]


def test_a_row_with_a_cell_too_many_is_named(tmp_path: Path) -> None:
    error = _broken(tmp_path, "flags.csv", lambda t: t.rstrip("\n") + ",more\n")
    assert [(i.code, i.row) for i in error.issues] == [("TOO_MANY_CELLS", 12)]


def test_an_unknown_entity_in_a_matter_is_named(tmp_path: Path) -> None:
    error = _broken(tmp_path, "matters.csv", lambda t: t.replace("P12;P14", "P12;P99"))
    (issue,) = error.issues
    assert (issue.code, issue.row, issue.field, issue.value) == ("UNKNOWN_ID", 8, "entities", "P99")


def test_an_unknown_baseline_in_a_sum_is_named(tmp_path: Path) -> None:
    error = _broken(tmp_path, "targets.csv", lambda t: t.replace("F029+F030", "F029+F999"))
    assert [(i.field, i.value) for i in error.issues] == [("baseline", "F999")]


def test_an_unknown_flag_operator_and_confidence_are_refused(tmp_path: Path) -> None:
    error = _broken(tmp_path, "targets.csv", lambda t: t.replace(",range,80", ",~,80"))
    assert [(i.code, i.value) for i in error.issues] == [("NOT_ALLOWED", "~")]


def test_all_faults_come_at_once(tmp_path: Path) -> None:
    def change(text: str) -> str:
        return text.replace("\nD01,东部滨海新城,", "\nZ01,,").replace(",333333,", ",many,")

    error = _broken(tmp_path, "entities.csv", change)
    assert {(i.code, i.row, i.field) for i in error.issues} == {
        ("ID_REPEATED", 3, "id"),
        ("EMPTY", 3, "name"),
        ("NOT_A_NUMBER", 14, "declared_m2"),
    }


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    error = _broken(tmp_path, "flags.csv", lambda t: t.replace("text_en", "english", 1))
    assert error.issues[0].field == "text_en"


def test_a_missing_table_says_so(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"document\.toml") as refused:
        read(tmp_path)
    assert refused.value.code == "PLAN_FILE"


def test_a_table_in_another_encoding_says_so(tmp_path: Path) -> None:
    copy = tmp_path / "plan"
    shutil.copytree(FOLDER, copy)
    (copy / "flags.csv").write_bytes("code,text\n甲,乙\n".encode("gbk"))
    with pytest.raises(DataError, match="UTF-8"):
        read(copy)


def test_a_document_without_a_date_is_refused(tmp_path: Path) -> None:
    error = _broken(
        tmp_path, "document.toml", lambda t: t.replace("written = 2017-06-09", "written = 'soon'")
    )
    assert [i.field for i in error.issues] == ["written"]
