"""Sets of thousands are found as they are written, at once."""

from collections.abc import Callable

from shapely import box

from geo.model import Boundaries
from geo.search import Entry, Index, Roll
from geo.zone import Zone

ROLL = Roll(
    "parcel",
    ["DK-001", "DK-002", "DK-012", "X9"],
    ["宋家洼 12 号", "宋家洼12号东", "北宋家洼", "林场"],
    ["Songjiawa No. 12", "", "", "Forest"],
)


def ids(text: str, limit: int = 12) -> list[str]:
    return [found.entry.key[1] for found in Index([], [ROLL]).find(text, limit)]


def test_the_whole_name_comes_before_its_beginning_and_that_before_its_middle() -> None:
    found = Index([], [ROLL]).find("宋家洼12号")
    assert [(one.entry.key[1], one.score) for one in found] == [("DK-001", 0), ("DK-002", 1)]
    assert ids("宋家洼")[2] == "DK-012"


def test_full_width_spaces_and_case_make_no_difference() -> None:
    assert ids("宋家洼１２号") == ["DK-001", "DK-002"]
    assert ids("dk001") == ["DK-001"]


def test_an_id_or_an_english_name_is_found_and_said_to_be_what_matched() -> None:
    assert [one.name for one in Index([], [ROLL]).find("dk-012")] == ["DK-012"]
    assert [one.name for one in Index([], [ROLL]).find("songjiawa")] == ["Songjiawa No. 12"]


def test_a_name_is_not_found_across_the_border_of_two() -> None:
    assert ids("东北宋") == []
    assert ids("林场Forest") == []


def test_no_more_are_given_than_asked_for_and_each_once() -> None:
    assert len(ids("宋家洼", limit=2)) == 2
    assert sorted(ids("dk")) == ["DK-001", "DK-002", "DK-012"]


def test_one_letter_is_too_little_and_nothing_is_nothing() -> None:
    assert ids("x") == [] and ids("没有") == []


def test_the_plan_and_a_ledger_are_found_together_best_first() -> None:
    entry = Entry(("park", "P1"), "宋家洼", "", ("宋家洼",))
    found = Index([entry], [ROLL]).find("宋家洼")
    assert (found[0].entry.key, found[0].score) == (("park", "P1"), 0)
    assert len(found) == 4


def test_a_ledger_of_thousands_in_the_zone_is_found_by_number_and_name(
    own_zone: Zone, make_set: Callable[..., Boundaries]
) -> None:
    shapes = [box(122 + i / 1e4, 37, 122 + i / 1e4 + 5e-5, 37.0001) for i in range(1200)]
    names = [f"台账地块{i:04d}" for i in range(1, 1201)]
    own_zone.replace(make_set("parcel", shapes, name=names), by="t", reason="t")
    assert [(one.set, one.id) for one in own_zone.search("台账地块0777")] == [("parcel", "S777")]
    assert own_zone.search("S1200")[0].label == "台账地块1200"
    assert own_zone.search("崮山海洋产业园")[0].set == "park"
