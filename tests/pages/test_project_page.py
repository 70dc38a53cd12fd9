"""The page of major projects, run as Streamlit runs it on a store with a few invented projects.

Expected figures are counted by hand: 43 projects ship and four are added here, of which one
leaves; from 31 July to 22 November 2026 are 31 + 30 + 31 + 22 = 114 days; 300 + 300 of 3,000
is planned and 280 + 310 done, 590/3,000 = 19.7 %.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from geo import ledger, projects
from geo.ledger import Moment, book, project_rules
from geo.model import Event
from geo.projects import Stamp
from geo.zone import Zone
from pages import (
    door,
    moment,
    project_account,
    project_gantt,
    project_list,
    project_match,
    project_missing,
    project_money,
    project_names,
    project_past,
    project_score,
    project_state,
    project_steps,
    project_sums,
)
from pages.project_book import Seen
from tests.pages import house
from tests.pages.house import html, living_in

DAY = date(2026, 11, 22)
RULES = project_rules()


def stamp(on: date, reason: str = "示例", paper: str = "示例文件") -> Stamp:
    return Stamp("张三", datetime.now(UTC), on, reason, paper)


def day(month: int, number: int) -> date:
    return date(2026, month, number)


def invented() -> list[Event]:
    opened = stamp(day(1, 5))

    def new(id_: str, name: str, lead: str, annual: float) -> Event:
        fields = {"name": name, "kind": "industry", "lead": lead, "annual_wan": {2026: annual}}
        return projects.admitted(id_, fields, opened, RULES, example=True)

    first = stamp(day(1, 10))
    return [
        new("X1", "示例甲", "建设局", 3000.0),
        new("X2", "示例乙", "商务局", 6000.0),
        new("X3", "<b>示例</b>丙", "商务局", 1000.0),
        projects.scheduled("X1", "filed", "2026-02-28", first),
        projects.done("X1", "filed", stamp(day(2, 25))),
        projects.scheduled("X1", "started", "2026-03-31", first),
        projects.done("X1", "started", stamp(day(4, 10))),
        projects.scheduled("X1", "completed", "2026-12-20", first),
        projects.scheduled("X2", "started", "2026-07-31", first),
        projects.scheduled("X2", "completed", "2027-06", first),
        projects.reported("X1", "2026-04", (300.0, 280.0), "", stamp(day(5, 4))),
        projects.reported("X1", "2026-06", (300.0, 310.0), "", stamp(day(7, 9))),
        projects.adjusted("X3", {"lead": "建设局"}, stamp(day(5, 1)), RULES),
        projects.exited("X3", stamp(day(6, 1))),
        projects.added("X4", {"name": "示例丁", "kind": "public"}, stamp(day(4, 1)), RULES),
    ]


@pytest.fixture(scope="module", autouse=True)
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A store of its own for these tests."""
    url = f"sqlite:///{tmp_path_factory.mktemp('store') / 'zone.db'}"
    zone = ledger.open_zone(url)
    ledger.record(zone, invented(), seen=zone.version)
    with living_in(url):
        yield url


@pytest.fixture(scope="module")
def zone(store: str) -> Zone:
    return door.zone()


@pytest.fixture(scope="module")
def seen(zone: Zone) -> Seen:
    held = book(zone)
    return Seen(zone, held, Moment(DAY), DAY, held.register.at(DAY))


def test_the_step_that_matters_is_the_late_one_with_its_days(seen: Seen) -> None:
    at = project_state.standing(seen.projects["X2"], RULES, DAY)
    assert at.step is not None
    assert (at.step.id, str(at.due), at.late, at.done) == ("started", "2026-07-31", 114, 0)


def test_without_lateness_it_is_the_next_deadline(seen: Seen) -> None:
    at = project_state.standing(seen.projects["X1"], RULES, DAY)
    assert at.step is not None
    assert (at.step.id, at.late, at.done, at.steps) == ("completed", 0, 2, 10)


def test_of_a_project_nobody_wrote_about_no_step_is_named(seen: Seen) -> None:
    assert project_state.standing(seen.projects["F03"], RULES, DAY).step is None


def test_counts_by_colour_add_up_to_those_in_the_register(seen: Seen) -> None:
    found = project_state.counts(seen.projects.values())
    # X1 is due within 30 days and J01 was made up late; X2 is late; X4 and 42 others: nothing
    assert found == {"red": 1, "yellow": 2, "green": 0, "grey": 43}
    assert sum(found.values()) == 46


@pytest.mark.parametrize(
    ("asked", "ids"),
    [
        ({"lead": "建设局"}, ["X1"]),
        ({"lead": "建设局", "stay": "all"}, ["X1", "X3"]),
        ({"stay": "out"}, ["X3"]),
        ({"colour": "red"}, ["X2"]),
        ({"q": "国际 交流"}, ["J01"]),
        ({"tag": "new_industry"}, []),
        ({"phase": "build", "kind": "industry"}, ["X1"]),
    ],
)
def test_filters_keep_what_fits_all_of_them(
    seen: Seen, asked: dict[str, str], ids: list[str]
) -> None:
    assert [one.id for one in project_match.fitting(seen.projects.values(), asked)] == ids


def test_projects_without_a_lead_unit_can_be_asked_for(seen: Seen) -> None:
    found = project_match.fitting(seen.projects.values(), {"lead": project_match.NONE})
    assert len(found) == 16  # fifteen rows of the shipped table have no lead, and X4
    assert not any(one.lead for one in found)


def test_a_row_of_the_list_says_step_due_days_late_and_marks(seen: Seen) -> None:
    row = project_list.frame(seen, [seen.projects["X2"]]).iloc[0]
    assert (row["colour"], row["now"], row["due"]) == ("迟 红", "开工", "2026-07-31")
    assert (row["late_days"], row["red_marks"], row["lead"]) == (114, 1, "商务局")


def test_the_chart_has_a_point_for_each_deadline_and_each_step_done(seen: Seen) -> None:
    points = list(project_gantt.marks(seen, seen.projects["X1"]))
    assert sorted((p.track, p.day, p.start) for p in points) == [
        ("done", "2026-02-25", ""),
        ("done", "2026-04-10", "2026-03-31"),  # ten days late: a line leads from the deadline
        ("plan", "2026-02-28", ""),
        ("plan", "2026-03-31", ""),
        ("plan", "2026-12-20", ""),
    ]
    late = [p for p in project_gantt.marks(seen, seen.projects["X2"]) if p.track == "late"]
    assert [(p.start, p.day) for p in late] == [("2026-07-31", "2026-11-22")]


def test_a_step_is_named_where_its_name_has_room_before_the_next(seen: Seen) -> None:
    points = list(project_gantt.marks(seen, seen.projects["X1"]))
    wide = {p.day: p.label for p in project_names.labelled(points, 3.0) if p.track == "plan"}
    assert wide == {"2026-02-28": "立项", "2026-03-31": "开工", "2026-12-20": "竣工"}
    # 31 days at 1 px leave 7 px beside a mark: too few for two letters
    narrow = {p.day: p.label for p in project_names.labelled(points, 1.0) if p.track == "plan"}
    assert narrow == {"2026-02-28": "", "2026-03-31": "开工", "2026-12-20": "竣工"}


def test_money_by_month_says_where_nothing_was_reported(seen: Seen) -> None:
    whole = projects.investment([seen.projects["X1"]], 2026)
    told = project_sums.months(whole)
    assert told.count("无月报") == 10
    assert "19.7 %" in told
    assert project_money._plan(whole).count("3,000 万元") == 1
    assert "590 万元" in project_money._plan(whole)


def test_reports_that_are_missing_are_listed_with_the_last_one_handed_in(seen: Seen) -> None:
    rows = projects.missing(seen.register, "2026-05", DAY)
    frame = project_missing.frame(rows)
    assert frame.to_dict("records") == [
        {
            "col_lead": "建设局",
            "col_id": "X1",
            "col_name": "示例甲",
            "col_due": "2026-06-05",
            "last_report": "2026-06",
        }
    ]


def test_the_account_of_a_unit_shows_who_moved_in_and_left(seen: Seen) -> None:
    rows = projects.account(seen.register, day(2, 1), DAY, "lead")
    cells = {row.key: project_account.cells(row, "lead") for row in rows}
    # 建设局: X1 was in; X3 came from 商务局 on 1 May and left the register on 1 June
    assert [cell.text for cell in cells["建设局"]] == ["建设局", "1", "0", "1", "1", "0", "1", "1"]
    assert cells["建设局"][3].ids == ("X3",)
    assert [cell.text for cell in cells[""]][:3] == ["方案未列牵头单位", "15", "1"]


def test_the_score_is_written_out_so_that_anybody_can_add_it_up(seen: Seen) -> None:
    rows = projects.score(seen.register, DAY, RULES.formula)
    lines = [project_score.line(one) for one in rows if one.unit == "商务局"]
    # X2 is red (−5) with one red mark this year (−2), and nothing else: 100 − 5 − 2
    assert [one.working for one in lines if one.count] == [
        "1 × 100 = 100",
        "1 × (-5) = -5",
        "1 × (-2) = -2",
    ]
    assert {one.total for one in lines} == {93.0}


def test_steps_show_the_red_mark_that_stays_and_history_every_event(seen: Seen) -> None:
    told = project_steps.steps(seen, seen.projects["X1"])
    assert "红灯记录：期限 2026-03-31，2026-04-01 起逾期，2026-04-10 补上" in told
    past = project_past.history(seen, "X3")
    assert past.count("<li>") == 3
    assert "退出" in past


def test_names_are_text_and_never_markup(seen: Seen) -> None:
    row = project_list.frame(seen, [seen.projects["X3"]]).iloc[0]
    assert row["name"] == "<b>示例</b>丙"
    assert "<b>示例" not in project_past.history(seen, "X3")


def test_months_go_back_over_the_turn_of_a_year() -> None:
    assert project_state.months(date(2026, 2, 3), 4) == ["2026-02", "2026-01", "2025-12", "2025-11"]


# ---- the page itself ----------------------------------------------------------------------


def opened(**asked: str) -> AppTest:
    return house.opened("project_page", **asked)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    "view", ["wall", "list", "gantt", "money", "missing", "account", "score", "unclear"]
)
def test_every_view_opens_in_both_languages(lang: str, view: str) -> None:
    page = opened(lang=lang, view=view, project="J01")
    assert not page.error
    assert html(page)


def test_a_project_with_no_published_end_says_so_with_its_sources() -> None:
    told = html(opened(view="list", project="J01"))
    assert "未见公开后续进展" in told
    assert "2021-08-10" in told
    assert "expo.ce.cn" in told  # the address as text
    assert "<a " not in told
    assert "没有公开的节点或月报" in html(opened(view="list", project="F03"))


def test_seen_as_of_an_earlier_day_the_page_says_so_and_nothing_is_recorded() -> None:
    page = opened(view="list", project="X2", asof="2026-07-01")
    told = html(page)
    assert "这不是现在的状态" in told
    assert "登记请先回到现在" in told
    assert next(one for one in page.button if one.key == "pnew").disabled


def test_what_was_not_known_then_is_not_shown() -> None:
    told = [one.value for one in opened(view="list", project="X2", known="2020-01-01").info]
    assert "项目库中还没有项目" in told[0]
    assert "这一时点没有编号为 X2" in told[1]


def test_facts_that_belong_to_no_project_for_certain_are_listed_apart() -> None:
    told = html(opened(view="unclear"))
    count = len(projects.unattached(Path(__file__).parents[2] / "data" / "projects"))
    assert told.count("<li>") == count > 0


def _is(key: str | None, part: str) -> bool:
    return bool(key and key.startswith("pform") and key.endswith(part))


def fill(page: AppTest, part: str, value: object) -> None:
    """Type into the one widget of the form whose key ends so."""
    kinds = ("text_input", "text_area", "number_input", "selectbox", "multiselect", "date_input")
    found: list[Any] = [w for kind in kinds for w in page.get(kind) if _is(w.key, part)]
    assert len(found) == 1, [w.key for w in found]
    found[0].set_value(value)


def send(page: AppTest) -> AppTest:
    next(one for one in page.button if (one.key or "").endswith("_send")).click()
    page.run()
    assert not page.exception
    return page


def test_a_refusal_says_why_and_keeps_what_was_typed(zone: Zone) -> None:
    page = opened(view="list", project="X4", act="exited")
    fill(page, "_reason", "资金未落实")
    before = zone.version
    send(page)
    assert any("文件依据" in one.value for one in page.text)
    kept = [one.value for one in page.text_input if (one.key or "").endswith("_reason")]
    assert kept == ["资金未落实"]
    assert zone.version == before


def test_a_project_can_be_added_reported_on_and_taken_out(zone: Zone) -> None:
    page = opened(view="list", act="new")
    fill(page, "_id", "K001")
    fill(page, "_name", "示例新项目")
    fill(page, "_kind", "industry")
    fill(page, "_reason", "增补")
    send(page)
    assert "K001" in page.success[0].value
    assert book(zone).register.at(moment.today())["K001"].live
    page = opened(view="list", project="K001", act="exited")
    fill(page, "_reason", "合并")
    fill(page, "_paper", "示例〔2026〕2号")
    send(page)
    assert not book(zone).register.at(moment.today())["K001"].live


def test_two_people_on_one_project_the_second_is_told_and_loses_nothing(zone: Zone) -> None:
    page = opened(view="list", project="X2", act="scheduled")
    fill(page, "_step", "structure")
    fill(page, "_due", "2027-03")
    other = projects.adjusted("X2", {"owner": "某单位"}, stamp(DAY), RULES)
    ledger.record(zone, [other], seen=zone.version)
    send(page)
    told = " ".join(one.value for one in page.text)
    assert "张三" in told
    assert "调整" in told
    kept = [one.value for one in page.text_input if (one.key or "").endswith("_due")]
    assert kept == ["2027-03"]
    next(one for one in page.button if (one.key or "").endswith("_seen")).click()
    page.run()
    send(page)
    (step,) = (s for s in book(zone).register.at(moment.today())["X2"].steps if s.id == "structure")
    assert str(step.due) == "2027-03"
