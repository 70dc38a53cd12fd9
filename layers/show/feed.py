"""A brief as the player takes it: one JSON of words and facts, and beside it what its maps ask.

Texts are pairs, Chinese and English, so that the reader may change the language while a meeting
runs. Shapes and colourings lie at the same addresses at which the app serves them.
"""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from urllib.parse import quote

import numpy as np
import shapely

from geo import measure
from geo.model import Boundaries, Grade, SetSummary, worst
from geo.units import AreaUnit
from layers import feed, scene, tint
from layers.brief.values import Brief, Chart, Colouring, Look, Number, Slide, Table, Text
from layers.show import code, words
from layers.show.outline import outlines
from layers.style import SELECTION, Ink

GROUND = ("sea", "land")  # lie under every map whether a look names them or not
Inks = Mapping[str, Mapping[str, Ink]]
_UNRESERVED = "!*'()"  # what encodeURIComponent leaves as it is, beyond what quote does


def told(brief: Brief, inks: Inks | None = None) -> dict[str, Any]:
    """All that is said and shown, as JSON; both languages are inside.

    Parameters
    ----------
    inks
        Set → kind → colours, where kinds have colours of their own.
    """
    return {
        "words": words.both(words.WORDS),
        "occasion": _occasion(brief),
        "marks": _marks(brief),
        "slides": [_slide(one, brief) for one in brief.slides],
        "colourings": {key: _colouring(one, brief) for key, one in brief.colourings.items()},
        "map": [_map(brief, inks or {}, english=one) for one in (False, True)],
    }


def carried(brief: Brief) -> dict[str, bytes]:
    """Address → gzipped answer for all that the maps of the player ask for."""
    out = {f"tint/{key}": tint.packed(one.codes) for key, one in brief.colourings.items()}
    for known in brief.sets.values():
        out |= _shapes(known)
    for name, id_ in {one for slide in brief.slides if slide.look for one in slide.look.selected}:
        body = feed.feature(brief.sets[name], id_)
        if body:
            where = quote(id_, safe=_UNRESERVED)
            out[f"feature/{name}/{brief.sets[name].since}/{where}"] = body
    return out


def _shapes(known: Boundaries) -> dict[str, bytes]:
    """A set as shapes; a big one as outlines, of which the browser cuts its own tiles."""
    at = f"{known.name}/{known.since}"
    if not _cut(known):
        return {f"layers/{at}.json": feed.geojson(known)}
    return {
        f"tiles/{at}": outlines(known),
        f"layers/{at}.classes": feed.class_numbers(known),
        f"layers/{at}.anchors": feed.anchors(known),
    }


def _cut(known: Boundaries) -> bool:
    """Whether a set goes as outlines: big, and of areas alone."""
    shapes = np.asarray(known.table.geometry.array)
    return feed.is_big(known) and bool((shapely.get_dimensions(shapes) == 2).all())


def _row(known: Boundaries, brief: Brief, inks: Mapping[str, Ink], *, english: bool) -> Any:
    """A set as `assets/map` knows it; what is big but no area stays shapes here."""
    row = scene.held(_summary(known, brief), known, inks, english=english)
    if row["draw"] == "tile" and not _cut(known):
        row |= {"draw": "shape", "url": f"layers/{known.name}/{known.since}.json"}
    return row


def _both(text: Text) -> list[str]:
    return [text.zh, text.say(True)]


def _occasion(brief: Brief) -> dict[str, Any]:
    one = brief.occasion
    return {
        "number": one.number,
        "title": _both(one.title),
        "held": one.held.isoformat(),
        "as_of": one.as_of.isoformat(),
        "version": one.version,
        "seal": [one.seal.say(), one.seal.say(english=True)],
        "previous": one.previous,
    }


def _marks(brief: Brief) -> dict[str, Any]:
    level = brief.secrecy
    return {
        "secrecy": [level, words.SECRECIES[level]] if level else None,
        "public": brief.public,
        "example": brief.example,
        "maker": brief.maker,
        "approval": brief.approval,
    }


def _slide(one: Slide, brief: Brief) -> dict[str, Any]:
    link = f"{brief.base_url.rstrip('/')}/{one.permalink.lstrip('/')}"
    return {
        "id": one.id,
        "kind": one.kind.value,
        "title": _both(one.title),
        "lead": _both(one.lead),
        "lines": [_both(line) for line in one.lines],
        "numbers": [_number(number) for number in one.numbers],
        "table": _table(one.table) if one.table else None,
        "chart": _chart(one.chart) if one.chart else None,
        "look": _look(one.look, brief) if one.look else None,
        "clauses": list(one.clauses),
        "sources": [_both(line) for line in one.sources],
        "notes": one.notes,
        "seconds": one.seconds,
        "qr": code.squares(link) if brief.base_url and one.permalink else None,
    }


def _number(one: Number) -> dict[str, Any]:
    words_ = {"label": _both(one.label), "unit": _both(one.unit), "note": _both(one.note)}
    return words_ | {"value": one.value}


def _table(one: Table) -> dict[str, Any]:
    return {
        "columns": [{"title": _both(col.title), "right": col.right} for col in one.columns],
        "rows": [[_both(cell) for cell in row] for row in one.rows],
        "total": max(one.total, len(one.rows)),
    }


def _chart(one: Chart) -> dict[str, Any]:
    return {
        "kind": one.kind.value,
        "title": _both(one.title),
        "unit": _both(one.unit),
        "categories": [_both(category) for category in one.categories],
        "series": [
            {"name": _both(s.name), "values": list(s.values), "ink": s.ink, "inks": list(s.inks)}
            for s in one.series
        ],
    }


def _look(one: Look, brief: Brief) -> dict[str, Any]:
    """A map's state; the sets of its colourings and selection are on with it."""
    keys = [key for key in (one.colouring, one.before, *one.periods) if key]
    wanted = [*GROUND, *one.on, *(brief.colourings[key].set for key in keys)]
    return {
        "extent": list(one.extent) if one.extent else None,
        "on": [name for name in dict.fromkeys(wanted) if name in brief.sets],
        "hidden": {name: list(kinds) for name, kinds in one.hidden.items()},
        "opacity": dict(one.opacity),
        "selected": [{"set": name, "id": id_} for name, id_ in one.selected],
        "colouring": one.colouring,
        "before": one.before,
        "periods": list(one.periods),
        "drawings": [
            {"geometry": dict(d.geometry), "label": d.label, "color": d.color or SELECTION}
            for d in one.drawings
        ],
    }


def _colouring(one: Colouring, brief: Brief) -> dict[str, Any]:
    counts = [0] * len(one.tones)
    for number in one.codes:
        if number is not None:
            counts[number] += 1
    tones = [
        {"key": tone.key, "title": _both(tone.title), "ink": asdict(tone.ink)}
        | {"letter": tone.letter, "symbol": tone.symbol, "count": count}
        for tone, count in zip(one.tones, counts, strict=True)
    ]
    return {
        "key": one.key,
        "set": one.set,
        "since": brief.sets[one.set].since,
        "url": f"tint/{one.key}",
        "title": _both(one.title),
        "day": one.day.isoformat() if one.day else "",
        "note": _both(one.note),
        "tones": tones,
    }


def _map(brief: Brief, inks: Inks, *, english: bool) -> dict[str, Any]:
    """What `assets/map` is told of the sets, in one language."""
    rows = [
        _row(known, brief, inks.get(name, {}), english=english)
        for name, known in brief.sets.items()
    ]
    ground = brief.sets.get("zone") or next(iter(brief.sets.values()), None)
    return {
        "sets": scene.in_order(rows),
        "words": {key: pair[english] for key, pair in words.MAP.items()} | {"credit": ""},
        "unit": scene.unit(AreaUnit.MU, english=english),
        "selection": SELECTION,
        "home": [float(v) for v in ground.table.total_bounds] if ground is not None else [],
    }


def _summary(known: Boundaries, brief: Brief) -> SetSummary:
    grade, table = known.source.grade, known.table
    grades = [Grade(one) for one in set(feed.column(table, "grade", grade.value))]
    named = brief.names.get(known.name, Text(known.name, known.name))
    measured = float(np.sum(measure.areas_m2(np.asarray(table.geometry.array))))
    return SetSummary(
        known.name,
        named.zh,
        named.say(True),
        len(table),
        worst(grades or [grade]),
        {},
        measured or None,
        known.source.declared_m2,
        None,
        known.source,
        known.since,
    )
