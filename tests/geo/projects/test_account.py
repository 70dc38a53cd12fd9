"""Opening + added − left = closing; reports missing; money by month; score sheets. By hand."""

import pytest

from geo.projects import account, investment, missing, owes, score
from geo.projects.reporting import due
from tests.geo.projects.desk import Desk, day


@pytest.fixture
def year() -> Desk:
    """A and B of 经发局, C of 商务局 before 2024; then a year of coming and going."""
    desk = Desk()
    desk.admit("A", "2023-02-01", lead="经发局", tags=["new_technology"])
    desk.admit("B", "2023-02-01", lead="经发局", tags=["new_technology", "fine_brands"])
    desk.admit("C", "2023-12-31", lead="商务局")
    stamp_fields = {"name": "项目D", "kind": "park", "lead": "经发局"}
    desk.back("D", "2024-03-01", **stamp_fields)
    desk.adjust("B", "2024-05-05", lead="商务局")
    desk.exit("C", "2024-09-09")
    desk.back("C", "2024-10-01")
    desk.exit("A", "2024-11-11")
    desk.adjust("D", "2025-01-01", tags=["new_model"])
    return desk


def test_the_account_closes(year: Desk) -> None:
    (row,) = account(year.register, day("2024-01-01"), day("2024-12-31"))
    assert row.opening == ("A", "B", "C")
    assert row.added == ("C", "D")
    assert row.left == ("A", "C")
    assert row.adjusted == ("B",)
    assert row.closing == ("B", "C", "D")
    assert len(row.closing) == 3 + 2 - 2
    assert row.closes


def test_the_account_by_lead_unit_tells_what_moved_between_units(year: Desk) -> None:
    trade, economy = account(year.register, day("2024-01-01"), day("2024-12-31"), "lead")
    assert (trade.key, economy.key) == ("商务局", "经发局")
    assert (economy.opening, economy.added, economy.left) == (("A", "B"), ("D",), ("A",))
    assert (economy.went, economy.came, economy.closing) == (("B",), (), ("D",))
    assert (trade.opening, trade.added, trade.left) == (("C",), ("C",), ("C",))
    assert (trade.came, trade.adjusted, trade.closing) == (("B",), ("B",), ("B", "C"))
    assert trade.closes
    assert economy.closes


def test_the_account_by_tag_counts_a_project_under_each_of_its_tags(year: Desk) -> None:
    rows = {
        row.key: row for row in account(year.register, day("2024-01-01"), day("2025-01-01"), "tags")
    }
    assert rows["new_technology"].opening == ("A", "B")
    assert rows["fine_brands"].opening == ("B",)
    assert rows[""].opening == ("C",)
    assert rows["new_model"].came == ("D",)
    assert rows[""].went == ("D",)
    assert all(row.closes for row in rows.values())


def test_what_was_adjusted_at_a_version_only_counts_from_it(year: Desk) -> None:
    (row,) = account(year.register, day("2024-01-01"), day("2024-12-31"), known=4)
    assert (row.added, row.left, row.closing) == (("D",), (), ("A", "B", "C", "D"))


def test_the_account_of_an_empty_register_is_a_row_of_nothing() -> None:
    (row,) = account(Desk().register, day("2024-01-01"), day("2024-12-31"))
    assert row.opening == row.closing == ()
    assert row.closes


@pytest.fixture
def works() -> Desk:
    """经发局 leads A to D on 2024-07-20; the sheet below is counted by hand from this."""
    desk = Desk()
    for id_ in "ABCD":
        desk.admit(id_, "2024-01-05", lead="经发局")
    desk.done("A", "started", "2024-02-01")
    desk.due("A", "completed", "2024-12-31", "2024-01-05")
    desk.report("A", "2024-02", "2024-03-05", (100.0, 90.0))  # in time: 5 days of grace
    desk.report("A", "2024-03", "2024-04-06", (100.0, None))  # a day late
    desk.report("A", "2024-05", "2024-06-05", (200.0, 250.0))
    desk.report("A", "2024-06", "2024-07-05")
    desk.done("B", "started", "2024-06-10")
    desk.due("B", "structure", "2024-06-30", "2024-06-10")
    desk.due("C", "filed", "2024-02-28", "2024-01-05")
    desk.done("C", "filed", "2024-02-20")
    desk.due("C", "permit", "2024-03-31", "2024-01-05")
    desk.done("C", "permit", "2024-04-10")
    return desk


def test_the_score_sheet_is_that_counted_by_hand(works: Desk) -> None:
    rows = score(works.register, day("2024-07-20"), works.rules.formula)
    assert {row.unit for row in rows} == {"经发局"}
    assert [(row.item, row.inputs, row.points) for row in rows] == [
        ("base", (), 100.0),
        ("green", ("A",), 2.0),
        ("yellow", ("C",), -1.0),
        ("red", ("B",), -5.0),
        ("marks", ("B/structure 2024-07-01", "C/permit 2024-04-01"), -4.0),
        ("made_up", ("C/permit 2024-04-10",), 1.0),
        ("on_time", ("C/filed 2024-02-20",), 1.0),
        ("missed_report", ("A 2024-04", "B 2024-06"), -2.0),
        ("late_report", ("A 2024-03",), -0.5),
    ]
    assert {row.total for row in rows} == {91.5}


def test_a_score_can_be_recomputed_from_its_rows(works: Desk) -> None:
    rows = score(works.register, day("2024-07-20"), works.rules.formula)
    assert all(row.points == row.count * row.weight for row in rows)
    assert all(row.count == len(row.inputs) for row in rows if row.item != "base")
    assert sum(row.points for row in rows) == rows[0].total


def test_a_new_year_begins_a_new_sheet_but_marks_stay_on_the_project(works: Desk) -> None:
    works.done("B", "structure", "2024-08-01")
    works.done("B", "completed", "2024-12-20")
    rows = {row.item: row for row in score(works.register, day("2025-01-02"), works.rules.formula)}
    assert rows["marks"].inputs == ("A/completed 2025-01-01",)
    assert rows["made_up"].inputs == ()
    assert rows["missed_report"].inputs == ()  # December is due on 5 January
    assert [mark.step for mark in works.see("B", "2025-01-02").marks] == ["structure"]


def test_a_unit_of_public_facts_alone_has_no_sheet(works: Desk) -> None:
    assert all(one.adopted for one in works.register.at(day("2024-07-20")).values())
    assert score(works.register, day("2024-01-04"), works.rules.formula) == ()


def test_the_weights_say_that_they_are_examples(works: Desk) -> None:
    assert "示例权重" in works.rules.formula.label


def test_the_missing_reports_of_a_month_are_listed_by_lead_unit(works: Desk) -> None:
    works.admit("E", "2024-01-05", lead="商务局")
    works.done("E", "started", "2024-06-30")
    works.admit("F", "2024-01-05", lead="商务局")
    works.done("F", "started", "2024-01-20")
    works.done("F", "completed", "2024-05-31")  # ended before June
    works.admit("G", "2024-01-05", lead="商务局")
    works.done("G", "started", "2024-01-20")
    works.exit("G", "2024-06-30")  # no longer in the register on the last day of June
    found = missing(works.register, "2024-06", day("2024-07-20"))
    assert [(row.lead, row.id, row.last) for row in found] == [
        ("商务局", "E", ""),
        ("经发局", "B", ""),
    ]
    april = missing(works.register, "2024-04", day("2024-07-20"))
    assert [(row.id, row.last) for row in april] == [
        ("F", ""),
        ("G", ""),
        ("A", "2024-06"),
    ]


def test_the_list_of_a_month_empties_as_reports_come_in(works: Desk) -> None:
    listed = missing(works.register, "2024-06", day("2024-07-04"))
    assert [row.id for row in listed] == ["A", "B"]
    assert [row.id for row in missing(works.register, "2024-06", day("2024-07-05"))] == ["B"]


def test_a_report_is_owed_while_works_go_on(works: Desk) -> None:
    works.done("A", "completed", "2024-07-15")
    found = works.see("A", "2024-12-01")
    months = ["2024-01", "2024-02", "2024-07", "2024-08"]
    assert [owes(found, month) for month in months] == [False, True, True, False]
    assert due("2024-02", works.rules) == day("2024-03-05")
    assert due("2024-12", works.rules) == day("2025-01-05")


def test_money_adds_up_month_by_month_against_the_annual_plan(works: Desk) -> None:
    works.adjust("A", "2024-01-31", annual_wan={2024: 1000.0})
    works.report("B", "2024-06", "2024-07-10", (50.0, 40.0))
    found = investment(works.register.at(day("2024-07-20")).values(), 2024)
    assert found.annual_wan == 1000.0
    assert found.unplanned == ("B", "C", "D")
    rows = {row.month: row for row in found.months}
    assert len(rows) == 12
    assert (rows["2024-01"].planned_wan, rows["2024-01"].share) == (None, 0.0)
    assert (rows["2024-02"].completed_wan, rows["2024-02"].share) == (90.0, 0.09)
    assert (rows["2024-03"].planned_wan, rows["2024-03"].completed_wan) == (100.0, None)
    assert (rows["2024-05"].planned_so_far_wan, rows["2024-05"].completed_so_far_wan) == (
        400.0,
        340.0,
    )
    assert rows["2024-05"].share == 0.34
    assert rows["2024-06"].completed_so_far_wan == 380.0
    assert rows["2024-06"].share == 0.34  # B has no annual plan: its 40 are not held against A's
    assert rows["2024-06"].projects == ("A", "B")


def test_without_an_annual_plan_there_is_no_share(works: Desk) -> None:
    found = investment(works.register.at(day("2024-07-20")).values(), 2024)
    assert found.annual_wan is None
    assert {row.share for row in found.months} == {None}
