"""A record becomes a brief whole, or is refused with every fault and where it is."""

import json
from collections.abc import Callable
from datetime import date

import pytest

from geo.errors import DataError
from geo.model import Boundaries
from geo.zone import Zone
from layers.brief.read import brief_of
from layers.brief.values import ChartKind, Kind, Text
from layers.style import Ink
from tests.layers.brief import sample


@pytest.fixture(scope="module")
def sets(zone: Zone) -> dict[str, Boundaries]:
    return sample.sets(zone)


def test_a_record_that_went_through_json_makes_the_same_slides(
    sets: dict[str, Boundaries],
) -> None:
    made = brief_of(json.loads(json.dumps(sample.record())), sets)
    assert made.occasion.held == date(2026, 11, 20)
    assert made.occasion.title == Text(
        "重大事项推进第三次调度会", "Third review of the major matters"
    )
    assert len(made.slides) == 13
    assert {slide.kind for slide in made.slides} == set(Kind)
    assert {slide.chart.kind for slide in made.slides if slide.chart} == {
        ChartKind.BAR, ChartKind.DOUGHNUT, ChartKind.LINE,
    }  # fmt: skip
    assert made.sets["park"] is sets["park"]
    assert made.slides == brief_of(sample.record(), sets).slides


def test_classes_get_the_inks_their_looks_name(sets: dict[str, Boundaries]) -> None:
    record = sample.record()
    record["colourings"]["change:2"]["tones"][1]["look"] = "ink:#112233,#445566,#777777"
    made = brief_of(record, sets)
    # the inks of layers.project_look and layers.supply_look as their tables have them
    assert made.colourings["project:2026-11-15"].tones[0].ink.standard == "#C62828"
    assert made.colourings["supply:2026-11-15"].tones[2].ink.safe == "#0072B2"
    assert made.colourings["change:2"].tones[1].ink == Ink("#112233", "#445566", "#777777")
    assert made.colourings["change:2"].codes == (0, 1, None, None, None, 0, None)


Spoil = Callable[[sample.Record], object]
SPOILS: list[tuple[Spoil, str]] = [
    (lambda r: r.pop("occasion"), "occasion"),
    (lambda r: r["occasion"].update(held="昨天"), "occasion.held"),
    (lambda r: r["occasion"].update(number=0), "occasion.number"),
    (lambda r: r.update(slides=[]), "slides"),
    (lambda r: r.update(secrecy="机要"), "secrecy"),
    (lambda r: r["slides"][1].update(titel={}), "slides.1.titel"),
    (lambda r: r["slides"][1].update(kind="poem"), "slides.1.kind"),
    (lambda r: r["slides"][1].update(title={"zh": "", "en": "Words"}), "slides.2.title"),
    (lambda r: r["slides"][1].update(id="title"), "slides.2.id"),
    (lambda r: r["slides"][1].update(seconds=0), "slides.2.seconds"),
    (lambda r: r["slides"][3]["chart"]["series"][0]["values"].pop(), "slides.4.chart.series.1"),
    (lambda r: r["slides"][3]["chart"]["series"][0].update(ink="blue"), "slides.4.chart.series.1"),
    (lambda r: r["slides"][3]["look"].update(extent=[2, 1, 1, 2]), "slides.4.look.extent"),
    (lambda r: r["slides"][3]["look"]["on"].append("moon"), "slides.4.look.on"),
    (lambda r: r["slides"][3]["look"].update(selected=[["park", "P99"]]), "slides.4.look.selected"),
    (lambda r: r["slides"][3]["look"].update(colouring="supply:1900-01-01"), "slides.4.look"),
    (lambda r: r["slides"][7]["look"]["drawings"][0].update(geometry={"type": "Point"}),
     "slides.8.look.drawings.1"),
    (lambda r: r["slides"][9]["table"]["rows"][1].pop(), "slides.10.table.rows.2"),
    (lambda r: r["sets"].append("moon"), "sets"),
    (lambda r: r["colourings"]["change:2"].update(set="moon"), "colourings.change:2.set"),
    (lambda r: r["colourings"]["change:2"]["codes"].pop(), "colourings.change:2.codes"),
    (lambda r: r["colourings"]["change:2"]["codes"].__setitem__(0, 9), "colourings.change:2.codes"),
    (lambda r: r["colourings"]["change:2"]["tones"][0].update(look="rainbow"),
     "colourings.change:2"),
]  # fmt: skip


@pytest.mark.parametrize(("spoil", "where"), SPOILS, ids=[where for _, where in SPOILS])
def test_what_does_not_hold_together_is_refused_and_told_where(
    sets: dict[str, Boundaries], spoil: Spoil, where: str
) -> None:
    record = sample.record()
    spoil(record)
    with pytest.raises(DataError) as refused:
        brief_of(record, sets)
    assert refused.value.code == "BRIEF_RECORD"
    assert [issue.field for issue in refused.value.issues] == [where]
    assert "请" in str(refused.value)


def test_all_faults_are_told_at_once(sets: dict[str, Boundaries]) -> None:
    record = sample.record()
    record["secrecy"] = "机要"
    record["slides"][3]["look"]["on"] += ["moon", "mars"]
    with pytest.raises(DataError) as refused:
        brief_of(record, sets)
    assert len(refused.value.issues) == 3
    assert "3 处" in str(refused.value)
