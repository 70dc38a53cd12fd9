"""The shipped projects of the register: sown once, brought up to date, an office's own left."""

import csv
import shutil
import threading
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from geo import ledger, projects
from geo.projects import Stamp
from geo.zone import SYSTEM, Zone
from tests.conftest import ROOT

Rows = list[dict[str, str]]
Edit = Callable[[Rows], Rows]
NOW = datetime(2026, 6, 30, 4, tzinfo=UTC)


def table(folder: Path, name: str) -> Rows:
    with (folder / "projects" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    """A copy of what is shipped, to be changed as a later release would."""
    return Path(shutil.copytree(ROOT / "data", tmp_path / "data"))


def released(folder: Path, name: str, edit: Edit) -> None:
    """A later release in which a table was edited."""
    rows = edit(table(folder, name))
    with (folder / "projects" / name).open("w", encoding="utf-8", newline="") as file:
        made = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        made.writeheader()
        made.writerows(rows)


def own(zone: Zone) -> list[tuple[str, str, str]]:
    """What persons recorded: subject, verb, reason."""
    return [(one.subject, one.verb, one.reason) for one in zone.events() if one.by != SYSTEM]


def register(zone: Zone) -> Mapping[str, projects.Project]:
    return ledger.book(zone).register.at(date(2026, 6, 30))


def sole(rows: Rows, **values: str) -> dict[str, str]:
    (found,) = [one for one in rows if all(one[key] == value for key, value in values.items())]
    return found


def test_a_new_store_holds_every_shipped_project_and_every_fact_that_belongs_to_one(
    store_url: str,
) -> None:
    zone = ledger.open_zone(store_url)
    held = register(zone)
    assert set(held) == {one["id"] for one in table(ROOT / "data", "projects.csv")}
    events = [one for one in zone.events() if one.subject.startswith("project/")]
    facts = [one for one in table(ROOT / "data", "facts.csv") if one["project"]]
    assert len(events) == len(held) + len(facts)
    assert {one.by for one in events} == {SYSTEM}
    assert ledger.faults(zone) == []


def test_a_store_is_sown_once(fresh: str) -> None:
    zone = ledger.open_zone(fresh)
    version = zone.version
    assert ledger.open_zone(fresh).version == version
    assert ledger.sown(zone) == version


def test_a_project_whose_row_changed_is_taken_back_and_told_anew(fresh: str, shipped: Path) -> None:
    zone = ledger.open_zone(fresh, shipped)
    before, id_ = zone.version, table(shipped, "projects.csv")[0]["id"]
    name = register(zone)[id_].name

    def edit(rows: Rows) -> Rows:
        return [one | {"name": "改名项目"} if one["id"] == id_ else one for one in rows]

    released(shipped, "projects.csv", edit)
    after = ledger.open_zone(fresh, shipped)
    told = [(one.subject, one.verb) for one in after.events(after=before)]
    assert told == [(f"project/{id_}", "withdrawn"), (f"project/{id_}", "admitted")]
    assert register(after)[id_].name == "改名项目"
    known = ledger.book(after).register.at(date(2026, 6, 30), before)
    assert known[id_].name == name  # what was known before is still known to have been known
    assert ledger.faults(after) == []
    assert ledger.open_zone(fresh, shipped).version == after.version


def test_a_fact_that_ships_no_more_is_taken_back_and_a_new_one_comes(
    fresh: str, shipped: Path
) -> None:
    zone = ledger.open_zone(fresh, shipped)
    facts = [one for one in table(shipped, "facts.csv") if one["project"]]
    gone = facts[-1]
    released(shipped, "facts.csv", lambda rows: [one for one in rows if one["id"] != gone["id"]])
    after = ledger.open_zone(fresh, shipped)
    assert after.version == zone.version
    (event,) = after.events()[-1:]
    assert (event.subject, event.verb) == (f"project/{gone['project']}", "withdrawn")
    taken = after.events()[event.data["event"] - 1]
    assert (taken.verb, taken.subject) == (gone["verb"], f"project/{gone['project']}")
    released(shipped, "facts.csv", lambda rows: [*rows, gone])
    again = ledger.open_zone(fresh, shipped)
    assert again.events()[-1].verb == gone["verb"]
    assert register(again) == register(ledger.open_zone(fresh))
    assert ledger.faults(again) == []


def test_what_an_office_entered_is_never_touched(fresh: str, shipped: Path) -> None:
    zone = ledger.open_zone(fresh, shipped)
    rules, stamp = ledger.project_rules(), Stamp("甲", NOW, date(2026, 6, 1), "登记", "文1")
    first = table(shipped, "projects.csv")[0]["id"]
    events = [
        projects.adjusted(first, {"lead": "示例部门"}, stamp, rules),
        projects.added("OWN-1", {"name": "自建项目", "kind": "industry"}, stamp, rules),
    ]
    ledger.record(zone, events, seen=zone.version)
    before = own(zone)
    released(
        shipped, "projects.csv",
        lambda rows: [one | {"note": f"{one['note']}（核）"} for one in rows],
    )  # fmt: skip
    after = ledger.open_zone(fresh, shipped)
    assert own(after) == before
    held = register(after)
    assert held[first].lead == "示例部门"
    assert held["OWN-1"].name == "自建项目"
    assert all("（核）" in str(one.fields["note"]) for id_, one in held.items() if id_ != "OWN-1")
    assert ledger.faults(after) == []


def test_what_an_office_has_taken_back_itself_does_not_come_again(
    fresh: str, shipped: Path
) -> None:
    """A shipped fact that the office knows to be wrong stays withdrawn, also when it ships not."""
    zone = ledger.open_zone(fresh, shipped)
    facts = [one for one in table(shipped, "facts.csv") if one["project"]]
    gone = facts[-1]
    number = max(
        number
        for number, event in enumerate(zone.events(), 1)
        if (event.subject, event.verb) == (f"project/{gone['project']}", gone["verb"])
    )
    stamp = Stamp("甲", NOW, reason="公开资料有误")
    ledger.record(zone, [projects.withdrawn(gone["project"], number, stamp)], seen=zone.version)
    version = zone.version
    assert ledger.open_zone(fresh, shipped).version == version
    released(shipped, "facts.csv", lambda rows: [one for one in rows if one["id"] != gone["id"]])
    after = ledger.open_zone(fresh, shipped)
    assert after.version == version
    assert ledger.faults(after) == []


def test_two_who_open_a_new_store_at_once_sow_it_once(tmp_path: Path, store_url: str) -> None:

    url = f"sqlite:///{tmp_path / 'new.db'}"
    gate, made = threading.Barrier(3), list[int]()

    def start() -> None:
        gate.wait()
        made.append(ledger.open_zone(url).version)

    threads = [threading.Thread(target=start) for _ in range(3)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    expected = ledger.open_zone(store_url).version
    assert max(made) == expected == ledger.open_zone(url).version
