"""The shipped projects are the plan's, and no stage is told that was not published."""

import csv
import shutil
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from geo.chronicle import numbered
from geo.errors import DataError
from geo.projects import Mark, Register, Rules, fingerprint, read, score, shipped, unattached

DATA = Path(__file__).parents[2] / "data"
FOLDER = DATA / "projects"
AT = datetime(2026, 1, 1, tzinfo=UTC)
TODAY = date(2026, 1, 2)
Rows = list[dict[str, str]]


def table(path: Path) -> Rows:
    return list(csv.DictReader(path.read_text("utf-8").splitlines()))


@pytest.fixture(scope="module")
def projects() -> Rows:
    return table(FOLDER / "projects.csv")


@pytest.fixture(scope="module")
def facts() -> Rows:
    return table(FOLDER / "facts.csv")


@pytest.fixture(scope="module")
def rules() -> Rules:
    return read(DATA / "rules")


@pytest.fixture(scope="module")
def register(rules: Rules) -> Register:
    events = shipped(FOLDER, AT, rules)
    Register.of((), rules).check(events)
    return Register.of(numbered(events), rules)


def test_every_project_is_an_entity_of_the_plan_with_its_clauses(projects: Rows) -> None:
    entities = {row["id"]: row for row in table(DATA / "plan" / "entities.csv")}
    assert len(projects) == len({row["id"] for row in projects}) == 43
    for row in projects:
        assert row["clauses"] == entities[row["id"]]["clauses"]
        assert row["name"] and row["name_en"]


def test_lead_units_are_those_of_the_matter_that_names_the_project(projects: Rows) -> None:
    matters = {row["id"]: row for row in table(DATA / "plan" / "matters.csv")}
    for row in projects:
        naming = [id_ for id_, one in matters.items() if row["id"] in one["entities"].split(";")]
        assert bool(row["matter"]) == bool(naming)
        if naming:
            assert row["matter"] in naming
            assert row["lead"] == matters[row["matter"]]["lead"]
            assert row["units"] == matters[row["matter"]]["units"]
        else:
            assert not row["lead"] and not row["units"]


def test_groups_that_name_no_project_are_no_projects(projects: Rows) -> None:
    unnamed = {"J03", "J04", "J05", "J06", "J07", "J10", "C08", "C09", "B18", "B19", "P13"}
    assert not unnamed & {row["id"] for row in projects}


def test_facts_and_their_sources_are_those_of_the_plan_s_register(facts: Rows) -> None:
    known = {row["id"]: row for row in table(DATA / "plan" / "facts.csv")}
    for row in facts:
        assert row["title"] and row["confidence"] in {"high", "medium", "low"}
        assert row["url"] or row["title"].endswith("004359264/2017-6616")
        if row["plan_fact"]:
            cited = known[row["plan_fact"]]
            found = (row["title"], row["url"], row["confidence"])
            assert found == (cited["source"], cited["url"], cited["confidence"])


def test_facts_fall_on_the_day_that_was_published(facts: Rows) -> None:
    known = {row["id"]: row["as_of"] for row in table(DATA / "plan" / "facts.csv")}
    told = [row for row in facts if row["project"] and row["plan_fact"]]
    exact = [row for row in told if row["field"] == ""]
    assert len(exact) == 14
    assert all(row["on"] == known[row["plan_fact"]] for row in exact)


def test_the_exchange_centre_is_planned_for_2019_and_done_in_2021(register: Register) -> None:
    found = register.at(TODAY)["J01"]
    steps = {step.id: step for step in found.steps}
    assert str(found.started) == "2016-11-24"
    assert str(steps["completed"].due) == "2019-12"
    assert str(found.finished) == "2021-08-10"
    assert str(steps["producing"].due) == "2021-09"
    assert found.marks == (
        Mark("completed", date(2019, 12, 31), date(2020, 1, 1), date(2021, 8, 10), "done"),
    )
    assert (found.colour, found.why, found.quiet) == ("yellow", "made_up", True)
    assert found.fields["investment_wan"] == 321400.0
    assert register.at(date(2019, 12, 31))["J01"].why == "due_soon"
    assert register.at(date(2020, 1, 1))["J01"].why == "late"
    cited = steps["completed"].done
    assert cited is not None
    assert cited.cited is not None
    assert cited.cited.url.startswith("http://expo.ce.cn/")


def test_a_deadline_without_published_outcome_turns_nothing_red(register: Register) -> None:
    found = register.at(TODAY)["P05"]
    assert (found.colour, found.why, found.quiet) == ("grey", "unfollowed", True)
    assert found.marks == ()
    assert str(next(step for step in found.steps if step.id == "site").due) == "2018"
    assert [one.id for one in register.at(TODAY).values() if one.colour == "red"] == []


def test_most_projects_have_no_published_stage_and_say_so(register: Register) -> None:
    found = Counter(one.why for one in register.at(TODAY).values())
    assert found == {"no_data": 34, "no_deadline": 7, "made_up": 1, "unfollowed": 1}


def test_nobody_is_scored_or_reminded_on_public_facts(register: Register, rules: Rules) -> None:
    assert score(register, TODAY, rules.formula) == ()
    assert {one.adopted for one in register.at(TODAY).values()} == {None}


def test_facts_of_uncertain_attribution_are_listed_and_become_no_event(
    register: Register, facts: Rows
) -> None:
    found = unattached(FOLDER)
    assert len(found) == 16
    assert Counter(one.attribution for one in found) == {
        "J03": 7, "N02": 3, "P03": 1, "P07": 1, "N13": 1, "": 3,
    }  # fmt: skip
    assert "市档案中心续建" in [one.text for one in found]
    assert all(one.note and one.note_en for one in found)
    recorded = sum(len(register.entries(id_)) for id_ in register.ids)
    assert recorded == 43 + len([row for row in facts if row["project"]])


def test_no_tag_is_given_that_the_plan_does_not_give(register: Register) -> None:
    assert {one.tags for one in register.at(TODAY).values()} == {()}


def test_the_register_opens_on_the_day_of_the_plan(register: Register) -> None:
    assert register.at(date(2017, 6, 8)) == {}
    assert len(register.at(date(2017, 6, 9))) == 43


def test_a_changed_table_has_another_fingerprint(tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path / "projects")
    assert fingerprint(tmp_path / "projects") == fingerprint(FOLDER)
    path = tmp_path / "projects" / "facts.csv"
    path.write_bytes(path.read_bytes() + b"\n")
    assert fingerprint(tmp_path / "projects") != fingerprint(FOLDER)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("PF01,U046,J01", "PF01,U046,J99", "项目 J99 不在 projects.csv 中"),
        ("2016-11-24,started", "2016年,started", "facts.csv 第 1 行不能读"),
        (",done,", ",finished,", "facts.csv 第 1 行不能读"),
        ("plan_fact", "fact", "facts.csv 的列应为"),
        (",medium,", ",good,", "可信度没有写清"),
    ],
)
def test_broken_tables_are_refused(
    tmp_path: Path, rules: Rules, old: str, new: str, told: str
) -> None:
    shutil.copytree(FOLDER, tmp_path / "projects")
    path = tmp_path / "projects" / "facts.csv"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    with pytest.raises(DataError, match=told) as caught:
        shipped(tmp_path / "projects", AT, rules)
    assert caught.value.code == "PROJECT_TABLE"
    assert caught.value.issues


def test_missing_tables_are_told(tmp_path: Path, rules: Rules) -> None:
    with pytest.raises(DataError, match="请重新安装"):
        shipped(tmp_path, AT, rules)
