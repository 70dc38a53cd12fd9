"""What may be recorded, what is refused, and the same question in two times."""

import pytest

from geo.errors import DataError, LedgerError
from geo.model import Event
from geo.projects import Stamp, entry
from tests.geo.projects.desk import NEVER, Desk, day


@pytest.fixture
def desk() -> Desk:
    """One project of 经发局, in the register from 2024-01-10."""
    found = Desk()
    found.admit("A", "2024-01-10", lead="经发局", tags=["new_industry"])
    return found


def test_fields_hold_from_their_day_and_as_known(desk: Desk) -> None:
    """Recorded on 1 June: the lead unit changed on 1 March."""
    before = len(desk.all)
    desk.adjust("A", "2024-03-01", at="2024-06-01", lead="商务局")
    assert desk.see("A", "2024-02-29").lead == "经发局"
    assert desk.see("A", "2024-03-01").lead == "商务局"
    assert desk.see("A", "2024-03-01", known=before).lead == "经发局"


def test_a_backdated_event_moves_the_colour_of_the_past_but_not_what_was_known(desk: Desk) -> None:
    desk.due("A", "completed", "2024-06-30", "2024-01-10")
    known = len(desk.all)
    stamp = desk.stamp("2024-06-20", at="2024-08-01")
    desk.record(entry.done("A", "completed", stamp))
    assert desk.why("A", "2024-07-15") == ("green", "on_track")
    assert desk.see("A", "2024-07-15").marks == ()
    assert desk.why("A", "2024-07-15", known) == ("red", "late")


def test_what_was_taken_back_is_gone_and_stays_in_the_history(desk: Desk) -> None:
    number = desk.done("A", "started", "2024-02-01")
    taken = desk.withdraw("A", number, "2024-02-05")
    assert desk.see("A", "2024-02-01").started is None
    assert desk.see("A", "2024-02-01", known=number).phase == "build"
    history = desk.register.history("A")
    assert [(one.entry.event.verb, one.withdrawn_by) for one in history] == [
        ("admitted", None),
        ("done", taken),
        ("withdrawn", None),
    ]
    assert history[1].after is None
    assert [one.withdrawn_by for one in desk.register.history("A", known=number)] == [None, None]


def test_a_withdrawal_taken_back_lets_the_event_stand_again(desk: Desk) -> None:
    number = desk.done("A", "started", "2024-02-01")
    taken = desk.withdraw("A", number, "2024-02-05")
    desk.withdraw("A", taken, "2024-02-06")
    assert desk.see("A", "2024-02-01").phase == "build"
    assert [one.withdrawn_by for one in desk.register.history("A")] == [None, None, 4, None]


def test_a_correction_is_one_write_of_withdrawal_and_new_event(desk: Desk) -> None:
    number = desk.done("A", "started", "2024-02-01")
    again = entry.done("A", "started", desk.stamp("2024-01-20", at="2024-02-05"))
    undo = entry.withdrawn("A", number, desk.stamp("2024-02-05", why="日期有误"))
    assert "已登记的第 2 号“节点完成”（2024-02-01）将不再成立" in desk.refused(again)
    desk.record(undo, again)
    assert str(desk.see("A", "2024-03-01").started) == "2024-01-20"


def test_the_history_shows_the_project_before_and_after(desk: Desk) -> None:
    desk.adjust("A", "2024-03-01", lead="商务局")
    first, second = desk.register.history("A")
    assert first.before is None
    assert first.after is not None
    assert second.before is not None
    assert second.after is not None
    assert (second.before.lead, second.after.lead) == ("经发局", "商务局")


def test_leaving_needs_a_reason_and_a_document(desk: Desk) -> None:
    told = desk.refused(entry.exited("A", desk.stamp("2024-03-01", paper="")))
    assert "“退出”必须写明理由" in told
    assert "“退出”必须有文件依据" in told


def test_a_project_that_left_may_only_come_back(desk: Desk) -> None:
    desk.exit("A", "2024-03-01")
    found = desk.see("A", "2024-03-01")
    assert (found.live, found.left, found.why) == (False, day("2024-03-01"), "left")
    told = desk.refused(entry.done("A", "started", desk.stamp("2024-03-02")))
    assert "项目已退出，2024-03-02 不能登记“节点完成”；可以登记：增补" in told
    assert "可以登记：增补" in desk.refused(entry.exited("A", desk.stamp("2024-04-01", why="再退")))


def test_a_project_is_admitted_once(desk: Desk) -> None:
    fields = {"name": "甲", "kind": "industry"}
    told = desk.refused(entry.admitted("A", fields, desk.stamp("2024-02-01"), desk.rules))
    assert "项目已在库中" in told
    told = desk.refused(entry.exited("B", desk.stamp("2024-02-01", why="无")))
    assert "项目还没有入库" in told
    assert "可以登记：入库、增补" in told


def test_a_new_project_added_later_needs_name_and_kind(desk: Desk) -> None:
    stamp = desk.stamp("2024-02-01", why="增补")
    told = desk.refused(entry.added("B", {"name": "乙"}, stamp, desk.rules))
    assert "必须有名称和类别" in told
    desk.record(entry.added("B", {"name": "乙", "kind": "park"}, stamp, desk.rules))
    assert desk.see("B", "2024-02-01").name == "乙"


def test_what_happened_before_admission_is_known_from_the_day_of_admission(desk: Desk) -> None:
    stamp = desk.stamp("2022-05-05", at="2024-02-01")
    desk.record(entry.done("A", "started", stamp))
    assert "A" not in desk.register.at(day("2023-01-01"))
    assert str(desk.see("A", "2024-01-10").started) == "2022-05-05"
    told = desk.refused(entry.done("Z", "started", stamp))
    assert "项目还没有入库" in told


def test_a_backdated_departure_that_breaks_what_followed_is_refused(desk: Desk) -> None:
    desk.done("A", "started", "2024-05-01")
    told = desk.refused(entry.exited("A", desk.stamp("2024-04-01", at="2024-06-01", why="停建")))
    assert "已登记的第 2 号“节点完成”（2024-05-01）将不再成立" in told


def test_an_admission_cannot_be_taken_back_under_what_rests_on_it(desk: Desk) -> None:
    desk.adjust("A", "2024-03-01", lead="商务局")
    undo = entry.withdrawn("A", 1, desk.stamp("2024-04-01", why="误录"))
    assert "已登记的第 2 号“调整”" in desk.refused(undo)
    desk.withdraw("A", 2, "2024-04-01")
    desk.record(undo)
    assert desk.register.at(day("2024-05-01")) == {}


def test_only_what_stands_can_be_taken_back(desk: Desk) -> None:
    number = desk.done("A", "started", "2024-02-01")
    desk.withdraw("A", number, "2024-02-02")
    for wrong in (number, 99):
        told = desk.refused(entry.withdrawn("A", wrong, desk.stamp("2024-02-03", why="误录")))
        assert f"第 {wrong} 号不是本项目的有效记录" in told
    desk.admit("B", "2024-02-01")
    told = desk.refused(entry.withdrawn("B", 1, desk.stamp("2024-02-03", why="误录")))
    assert "第 1 号不是本项目的有效记录" in told


def test_a_deadline_is_changed_with_a_reason_only(desk: Desk) -> None:
    desk.due("A", "permit", "2024-06-30", "2024-01-10")
    new = entry.scheduled("A", "permit", "2024-07-31", desk.stamp("2024-02-01"))
    assert "“施工许可”的期限已定，改期必须写明理由" in desk.refused(new)


def test_a_project_may_have_steps_of_its_own(desk: Desk) -> None:
    told = desk.refused(entry.scheduled("A", "relocation", "2024-06-30", desk.stamp("2024-02-01")))
    assert "没有节点“relocation”" in told
    names = {"name": "拆迁安置", "name_en": "Relocation"}
    stamp = desk.stamp("2024-02-01")
    desk.record(entry.scheduled("A", "relocation", "2024-06-30", stamp, names))
    desk.done("A", "relocation", "2024-03-01")
    last = desk.see("A", "2024-03-01").steps[-1]
    assert (last.id, last.name, last.name_en) == ("relocation", "拆迁安置", "Relocation")


def test_steps_follow_the_template_of_the_kind(desk: Desk) -> None:
    assert [step.id for step in desk.see("A", "2024-02-01").steps] == [
        *("filed", "sited", "planning", "environment", "permit"),
        *("started", "structure", "completed", "accepted", "producing"),
    ]
    desk.done("A", "permit", "2024-02-01")
    desk.adjust("A", "2024-03-01", kind="platform")
    steps = desk.see("A", "2024-03-01").steps
    assert [step.id for step in steps] == ["agreed", "housed", "founded", "opened", "permit"]


def test_nothing_is_done_or_reported_in_the_future(desk: Desk) -> None:
    later = desk.stamp("2024-03-02", at="2024-03-01")
    assert "不能登记在将来" in desk.refused(entry.done("A", "started", later))
    early = entry.reported("A", "2024-04", (1.0, 1.0), "", desk.stamp("2024-03-31"))
    assert "2024-04 还没有开始" in desk.refused(early)


def test_a_month_is_reported_once_and_corrected_by_taking_back(desk: Desk) -> None:
    number = desk.report("A", "2024-03", "2024-04-02", (100.0, 80.0))
    again = entry.reported("A", "2024-03", (100.0, 90.0), "", desk.stamp("2024-04-03"))
    assert "2024-03 的月报已有" in desk.refused(again)
    undo = entry.withdrawn("A", number, desk.stamp("2024-04-03", why="数有误"))
    desk.record(undo, again)
    assert desk.see("A", "2024-05-01").reports["2024-03"].completed_wan == 90.0


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"fields": {"colour": {"value": "红", "unit": ""}}}, "不认识的字段“colour”"),
        (
            {"fields": {"investment_wan": {"value": -1, "unit": "万元"}}},
            "“总投资”应为不小于 0 的数",
        ),
        ({"fields": {"investment_wan": {"value": 1, "unit": "亿元"}}}, "单位 万元"),
        ({"fields": {"investment_wan": {"value": float("nan"), "unit": "万元"}}}, "“总投资”"),
        ({"fields": {"kind": {"value": "ship", "unit": ""}}}, "“类别”没有 ship"),
        ({"fields": {"tags": {"value": ["new"], "unit": ""}}}, "“四新四化”没有 new"),
        ({"fields": {"planned_start": {"value": "2024-13-01", "unit": ""}}}, "“计划开工”应为日期"),
        (
            {
                "fields": {
                    "planned_start": {"value": "2024-11-29", "unit": "", "precision": "month"}
                }
            },
            "“计划开工”应为日期",
        ),
        ({"fields": {"annual_wan": {"value": {"x": 1}, "unit": "万元"}}}, "“年度计划投资”"),
        ({"fields": {"name": None}}, "“项目名称”不能清空"),
        ({"fields": {}}, "没有写明任何字段"),
        ({"fields": {"lead": {"value": "甲", "unit": ""}}, "source": {"title": "x"}}, "来源应有"),
    ],
)
def test_what_is_not_whole_is_refused_with_the_reason(
    desk: Desk, data: dict[str, object], told: str
) -> None:
    assert told in desk.refused(Event("project/A", "adjusted", "甲", NEVER, None, data, "核对"))


def test_all_faults_are_told_at_once(desk: Desk) -> None:
    first = Event("project/A", "flown", "甲", NEVER)
    second = Event("project/A", "exited", "甲", NEVER)
    third = Event("parcel/A", "exited", "甲", NEVER, None, {}, "r", "d")
    with pytest.raises(LedgerError) as caught:
        desk.register.check([first, second, third])
    assert [(issue.code, issue.row) for issue in caught.value.issues] == [
        ("CONTENT", 1),
        ("CONTENT", 2),
        ("CONTENT", 2),
        ("SUBJECT", 3),
    ]


def test_typed_values_are_kept_in_the_unit_of_their_field(desk: Desk) -> None:
    fields = {
        "investment_wan": (32.14, "亿元"),
        "floor_m2": (25.26, "万㎡"),
        "planned_finish": "2019-12",
    }
    kept = entry.stored(fields, desk.rules)
    assert kept == {
        "investment_wan": {"value": 321400.0, "unit": "万元"},
        "floor_m2": {"value": 252600.0, "unit": "㎡"},
        "planned_finish": {"value": "2019-12-31", "unit": "", "precision": "month"},
    }
    for wrong in ({"investment_wan": (1, "美元")}, {"planned_finish": "2019年"}, {"x": 1}):
        with pytest.raises(DataError) as caught:
            entry.stored(wrong, desk.rules)
        assert caught.value.code == "PROJECT_FIELD"


def test_one_project_on_three_parcels_and_two_projects_on_one(desk: Desk) -> None:
    desk.admit("B", "2024-01-10")
    desk.record(entry.linked("A", ["L1", "L2", "L3"], desk.stamp("2024-02-01")))
    desk.record(entry.linked("B", ["L3"], desk.stamp("2024-03-01")))
    assert desk.register.links(day("2024-02-15")) == {"L1": ("A",), "L2": ("A",), "L3": ("A",)}
    assert desk.register.links(day("2024-03-01")) == {"L1": ("A",), "L2": ("A",), "L3": ("A", "B")}
    desk.record(entry.unlinked("A", ["L3", "L1"], desk.stamp("2024-04-01", why="调整用地")))
    assert desk.register.links(day("2024-04-01")) == {"L2": ("A",), "L3": ("B",)}
    assert desk.see("A", "2024-03-31").links == ("L1", "L2", "L3")
    desk.exit("B", "2024-05-01")
    assert desk.register.links(day("2024-05-01")) == {"L2": ("A",)}
    again = entry.linked("A", ["L2", "L9"], desk.stamp("2024-06-01"))
    assert "地块 L2 已经关联" in desk.refused(again)
    gone = entry.unlinked("A", ["L3"], desk.stamp("2024-06-01", why="调整用地"))
    assert "地块 L3 没有关联" in desk.refused(gone)
    assert "没有写明地块编号" in desk.refused(entry.linked("A", [], desk.stamp("2024-06-01")))


def test_a_register_shares_what_an_addition_does_not_touch(desk: Desk) -> None:
    desk.admit("B", "2024-01-10")
    before = desk.register
    desk.done("B", "started", "2024-02-01")
    assert desk.register.entries("A") is before.entries("A")
    assert len(before.entries("B")) == 1


def test_the_office_takes_a_project_on_with_its_first_own_record(desk: Desk) -> None:
    source = {"title": "报道", "url": "", "published": "2024-01-01", "confidence": "medium"}
    stamp = Stamp("system", NEVER, day("2024-01-10"), "", "文1", source)
    desk.record(entry.admitted("B", {"name": "乙", "kind": "park"}, stamp, desk.rules))
    assert desk.see("B", "2024-02-01").adopted is None
    assert desk.see("B", "2024-02-01").quiet
    desk.adjust("B", "2024-03-05", lead="经发局")
    assert desk.see("B", "2024-04-01").adopted == day("2024-03-05")
    assert not desk.see("B", "2024-04-01").quiet


def test_a_sound_register_has_no_faults(desk: Desk) -> None:
    desk.done("A", "started", "2024-02-01")
    assert desk.register.faults() == []
    odd = desk.register.added(
        [type(desk.all[0])(9, Event("project/A", "done", "甲", NEVER, None, {"step": "started"}))]
    )
    assert [issue.code for issue in odd.faults()] == ["CONTENT"]
