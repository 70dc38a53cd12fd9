"""Refusals that are counted: none is lost, and no stranger makes the log grow as they please."""

from collections import Counter
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from geo.people import Tally

NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
KEYS = st.tuples(st.sampled_from(["refused", "delayed"]), st.sampled_from("abcdefghijklmnop"))
STEPS = st.sampled_from([-3600.0, 0.0, 0.0, 0.1, 0.1, 1.0, 30.0, 700.0])
FLOOD = st.lists(st.tuples(KEYS, STEPS, st.integers(1, 30)), max_size=60)


def rests(tally: Tally, now: datetime, *, whole: bool = False) -> list[tuple[str, str, int]]:
    found = []
    while rest := tally.due(now, whole=whole):
        found.append((*rest.key, rest.count))
    return found


@given(FLOOD)
def test_lines_and_counts_together_are_all_that_was_refused(
    flood: list[tuple[tuple[str, str], float, int]],
) -> None:
    tally, now = Tally(), NOW
    real, told = Counter[str](), Counter[str]()
    there, at = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for key, step, times in flood:
        now += timedelta(seconds=step)
        for _ in range(times):
            real[key[0]] += 1
            there[key] += 1
            told[key[0]] += tally.counted(key, now)
            for kind, address, count in rests(tally, now):
                told[kind] += count
                at[kind, address] += count
    for kind, address, count in rests(tally, now, whole=True):
        told[kind] += count
        at[kind, address] += count
    assert told == real
    assert all(count <= there[key] for key, count in at.items() if key[1])
    assert rests(tally, now + timedelta(days=1), whole=True) == []


def test_one_address_has_five_lines_a_minute_and_then_a_count() -> None:
    tally = Tally()
    assert sum(tally.counted(("refused", "a"), NOW) for _ in range(62)) == 5
    assert rests(tally, NOW + timedelta(seconds=59)) == []
    assert tally.counted(("refused", "b"), NOW + timedelta(seconds=59))
    found = tally.due(NOW + timedelta(seconds=60))
    assert found
    assert (found.key, found.count, found.seconds) == (("refused", "a"), 57, 60)
    assert tally.due(NOW + timedelta(seconds=60)) is None


def test_ever_new_addresses_share_a_count_without_an_address() -> None:
    tally = Tally()
    own = sum(tally.counted(("refused", f"10.0.{n // 256}.{n % 256}"), NOW) for n in range(5000))
    assert own == 20
    assert rests(tally, NOW, whole=True) == [("refused", "", 4980)]


def test_a_day_of_flood_from_everywhere_is_a_few_lines_an_hour() -> None:
    tally, lines, told = Tally(), 0, 0
    seconds = 24 * 3600
    for second in range(seconds):
        now = NOW + timedelta(seconds=second)
        own = tally.counted(("refused", f"{second % 50}"), now)
        found = rests(tally, now)
        lines, told = lines + own + len(found), told + own + sum(row[2] for row in found)
    told += sum(row[2] for row in rests(tally, now, whole=True))
    assert told == seconds
    assert lines < 24 * 6 * 30  # windows of ten minutes, each with a handful of lines


def test_a_count_that_could_not_be_written_is_told_later() -> None:
    tally = Tally()
    for _ in range(9):
        tally.counted(("refused", "a"), NOW)
    rest = tally.due(NOW, whole=True)
    assert rest
    tally.back(rest)
    assert tally.due(NOW) == rest
