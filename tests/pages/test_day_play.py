"""Days at which a play of the ledger stops: ends of years and quarters by the calendar."""

from datetime import date

from pages import day_play


def test_years_end_in_december_and_the_last_stop_is_today() -> None:
    assert day_play.stops(date(2023, 3, 1), date(2025, 5, 6), 12) == [
        date(2023, 12, 31),
        date(2024, 12, 31),
        date(2025, 5, 6),
    ]


def test_quarters_end_in_march_june_september_and_december() -> None:
    assert day_play.stops(date(2023, 8, 15), date(2024, 7, 1), 3) == [
        date(2023, 9, 30),
        date(2023, 12, 31),
        date(2024, 3, 31),
        date(2024, 6, 30),
        date(2024, 7, 1),
    ]


def test_a_ledger_that_began_today_has_one_stop() -> None:
    day = date(2025, 12, 31)
    assert day_play.stops(day, day, 12) == [day]
