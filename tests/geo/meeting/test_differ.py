"""Exactly what changed between two states, against a list made by hand and a naive comparison."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from geo import meeting
from geo.meeting import Actual, Change, ChangeKind, State, Text, Thing

D = date(2025, 3, 1)


def work(key: str, *late: str, live: bool = True, cleared: date | None = None) -> Thing:
    steps = dict.fromkeys(late, D)
    ended = None if live else date(2025, 4, 1)
    return Thing(Text("项"), key, D, live, ended, steps, cleared)


def plot(key: str, *children: str, since: date = D) -> Thing:
    ended = date(2025, 5, 1) if children else None
    return Thing(Text("地"), key, since, not children, ended, children=children)


def told(before: State, after: State) -> list[tuple[str, str, str, str]]:
    found = meeting.compare(before, after, {"G1": Text("企业")})
    return [(one.kind.value, one.id, one.before, one.after) for one in found]


def test_every_kind_of_change_of_a_project_once() -> None:
    before = {
        "same": work("green"),
        "still_late": work("red", "a"),
        "moved": work("green"),
        "late": work("green"),
        "later": work("red", "a"),
        "recovered": work("red", "a"),
        "partly": work("red", "a", "b"),
        "left": work("grey"),
        "back": work("grey", live=False),
        "out": work("grey", live=False),
    }
    after = {
        "same": work("green"),
        "still_late": work("red", "a"),
        "moved": work("yellow"),
        "late": work("red", "a"),
        "later": work("red", "a", "b"),
        "recovered": work("yellow", cleared=D),
        "partly": work("red", "b"),
        "left": work("grey", live=False),
        "back": work("green"),
        "out": work("grey", live=False),
        "new": work("red", "a"),
    }
    assert told(State(before), State(after)) == [
        ("new", "back", "", "green"),
        ("new", "new", "", "red"),
        ("moved", "moved", "green", "yellow"),
        ("late", "late", "green", "red"),
        ("late", "later", "red", "red"),
        ("recovered", "recovered", "red", "yellow"),
        ("left", "left", "grey", ""),
    ]


def test_days_are_those_of_the_change() -> None:
    before = State({"a": work("green"), "b": work("red", "x"), "c": work("grey")})
    after = State(
        {
            "a": Thing(Text(), "red", D, late={"s": date(2025, 6, 2), "t": date(2025, 6, 1)}),
            "b": work("yellow", cleared=date(2025, 7, 1)),
            "c": work("grey", live=False),
        }
    )
    days = {one.id: one.day for one in meeting.compare(before, after, {})}
    assert days == {"a": date(2025, 6, 1), "b": date(2025, 7, 1), "c": date(2025, 4, 1)}


def test_parcels_split_merged_renumbered_and_taken_back() -> None:
    before = {
        "S": plot("reserve"),
        "M1": plot("reserve"),
        "M2": plot("approved"),
        "R": plot("available"),
        "B": plot("reserve", "B-1", "B-2"),
        "B-1": plot("reserve"),
        "B-2": plot("reserve"),
        "gone": plot("reserve"),
    }
    after = {
        "S": plot("reserve", "S-1", "S-2"),
        "S-1": plot("reserve"),
        "S-2": plot("reserve", "S-2a", "S-2b"),
        "S-2a": plot("available"),
        "S-2b": plot("reserve"),
        "M1": plot("reserve", "M"),
        "M2": plot("approved", "M"),
        "M": plot("approved"),
        "R": plot("available", "R9"),
        "R9": plot("available"),
        "B": plot("reserve"),
        "N": plot("reserve"),
    }
    assert told(State({}, before), State({}, after)) == [
        ("new", "N", "", "reserve"),
        ("moved", "M", "approved、reserve", "approved"),
        ("moved", "S-2a", "reserve", "available"),
        ("left", "gone", "reserve", ""),
        ("split", "S", "S", "S-1、S-2a、S-2b"),
        ("merged", "M", "M1、M2", "M"),
        ("renumbered", "R9", "R", "R9"),
        ("restored", "B", "B-1、B-2", "B"),
    ]


def test_targets_with_another_actual_value() -> None:
    one, two = Actual(Text("61 家"), "2022", 61.0), Actual(Text("62 家"), "2023", 62.0)
    before = State(actuals={"G2": one, "G3": one})
    after = State(actuals={"G1": one, "G2": two, "G3": one})
    assert told(before, after) == [
        ("target", "G1", "", "61 家（2022）"),
        ("target", "G2", "61 家（2022）", "62 家（2023）"),
    ]


def test_values_of_a_target_are_told_in_both_languages() -> None:
    one = Actual(Text("61 家", "61 firms"), "2022", 61.0)
    plain = Actual(Text("已建成", ""))
    first, second = meeting.compare(
        State(actuals={"G1": one}), State(actuals={"G1": plain, "G2": one}), {}
    )
    assert first.said == (Text("61 家（2022）", "61 firms (2022)"), Text("已建成"))
    assert second.said == (Text(), Text("61 家（2022）", "61 firms (2022)"))


KEYS = st.sampled_from(["reserve", "available", "started"])
PARCELS = st.dictionaries(st.sampled_from("ABCDEFGH"), KEYS, max_size=8)


@given(PARCELS, PARCELS)
def test_without_lineage_it_is_what_a_naive_comparison_says(
    old: dict[str, str], new: dict[str, str]
) -> None:
    before, after = ({id_: plot(key) for id_, key in one.items()} for one in (old, new))
    expected = {("new", id_, "", new[id_]) for id_ in new if id_ not in old}
    expected |= {("left", id_, old[id_], "") for id_ in old if id_ not in new}
    expected |= {
        ("moved", id_, old[id_], new[id_]) for id_ in old if id_ in new and old[id_] != new[id_]
    }
    found = told(State({}, before), State({}, after))
    assert set(found) == expected
    assert len(found) == len(expected)
    assert told(State({}, before), State({}, before)) == []


@given(st.lists(st.tuples(st.sampled_from(["split", "merge"]), st.integers(0, 99)), max_size=6))
def test_every_parcel_that_went_or_came_is_told_once(deeds: list[tuple[str, int]]) -> None:
    before = {id_: plot("reserve") for id_ in "ABCD"}
    after, count = dict(before), 0
    for deed, pick in deeds:
        live = sorted(id_ for id_, one in after.items() if one.live)
        if deed == "merge" and len(live) < 2:
            continue
        olds = [live[pick % len(live)]]
        olds += [next(id_ for id_ in live if id_ not in olds)] if deed == "merge" else []
        news = tuple(f"N{count + i}" for i in range(1 if deed == "merge" else 2))
        count += len(news)
        after |= {id_: plot("reserve", *news) for id_ in olds}
        after |= {id_: plot("reserve") for id_ in news}
    rows: tuple[Change, ...] = meeting.compare(State({}, before), State({}, after), {})
    went = [id_ for one in rows for id_ in one.before.split("、")]
    came = [id_ for one in rows for id_ in one.after.split("、")]
    now = {id_ for id_, one in after.items() if one.live}
    assert sorted(went) == sorted(set(before) - now)
    assert sorted(came) == sorted(now - set(before))
    family = {ChangeKind.SPLIT, ChangeKind.MERGED, ChangeKind.RENUMBERED}  # split, made whole again
    assert {one.kind for one in rows} <= family
