"""The rule file: the plan's eight words, templates without invented limits, faults told."""

from pathlib import Path

import pytest

from geo.errors import DataError
from geo.projects import Limit, Rules, read
from tests.geo.projects.desk import FOLDER, Desk, day

TEXT = (FOLDER / "rules" / "projects.toml").read_text("utf-8")


@pytest.fixture(scope="module")
def rules() -> Rules:
    return read(FOLDER / "rules")


def test_the_tags_are_the_eight_words_of_the_plan(rules: Rules) -> None:
    groups: dict[str, list[str]] = {}
    for tag in rules.tags.values():
        groups.setdefault(tag.group, []).append(tag.name)
    assert groups == {
        "四新": ["新技术", "新产业", "新业态", "新模式"],
        "四化": ["产业智慧化", "智慧产业化", "跨界融合化", "品牌高端化"],
    }


def test_no_time_limit_is_invented(rules: Rules) -> None:
    assert all(not kind.limits for kind in rules.kinds.values())


def test_every_template_begins_and_ends_its_works(rules: Rules) -> None:
    for kind in rules.kinds.values():
        assert kind.steps.index(kind.start) < kind.steps.index(kind.finish)
        assert {rules.steps[step].phase for step in kind.steps} == {"before", "build", "after"}


def test_a_limit_proposes_a_deadline_once_the_step_before_is_done(tmp_path: Path) -> None:
    limit = 'limits = { permit = { after = "filed", days = 60, basis = "某条" } }'
    (tmp_path / "projects.toml").write_text(TEXT.replace("limits = {}", limit, 1), "utf-8")
    rules, desk = read(tmp_path), Desk()
    desk.admit("A", "2024-01-10")
    assert rules.proposals(desk.see("A", "2024-02-01")) == {}
    desk.done("A", "filed", "2024-01-31")
    expected = {"permit": (day("2024-03-31"), Limit("filed", 60, "某条"))}
    assert rules.proposals(desk.see("A", "2024-02-01")) == expected  # 29 days of February and 31
    desk.due("A", "permit", "2024-04-30", "2024-02-01")
    assert rules.proposals(desk.see("A", "2024-02-01")) == {}


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('start = "started"', 'start = "begun"', "节点 begun 没有定义"),
        ('phase = "build"', 'phase = "works"', "的阶段 works 没有定义"),
        ("late = { colour", "tardy = { colour", "[lights.order] 多出或缺少 late、tardy"),
        ("missed_report = {", "missing = {", "[score.items] 多出或缺少 missed_report、missing"),
        ("exited = {", "gone = {", "[verbs] 多出或缺少 exited、gone"),
        ('kind = "number"', 'kind = "money"', "的类型 money 不认识"),
        ('colour = "red"', 'colour = "pink"', "pink"),
        ("due_soon_days = 30", "", "due_soon_days"),
        ("[score]", "[score", "格式有误"),
        ('letter = "迟"', 'sign = "迟"', "不认识的键 sign"),
    ],
)
def test_a_broken_rule_file_is_refused_by_name(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    assert old in TEXT
    (tmp_path / "projects.toml").write_text(TEXT.replace(old, new), "utf-8")
    with pytest.raises(DataError, match=r"projects\.toml") as caught:
        read(tmp_path)
    assert caught.value.code == "PROJECT_RULES"
    said = [str(caught.value), *(issue.message for issue in caught.value.issues)]
    assert any(told in text for text in said)


def test_a_missing_rule_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="缺少规则文件"):
        read(tmp_path)
