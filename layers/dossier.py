"""Documents about one site check: its maps drawn, its report set, in one call per kind."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, Protocol

from shapely.geometry.base import BaseGeometry

from geo.model import Boundaries, Seal
from layers import picture, report
from layers.picture import Caption, FontBook, Kind, Layer, Scene, Sketch, View
from layers.report import Cover, Picture, Report

_WIDE, _SMALL = (156.0, 96.0), (76.0, 56.0)  # mm, of the whole site and of one hit
_RED = "#C62828"
_CONFLICTS = ("禁止", "限制")
_ROOM = 0.35  # of the site's own size, left free around it


class Paper(StrEnum):
    """What kind of document; the value is also its suffix."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"


class Filed(Protocol):
    """What is known of a case; see `geo.casework.filed`."""

    @property
    def number(self) -> str: ...  # noqa: D102
    @property
    def made(self) -> date: ...  # noqa: D102
    @property
    def asker(self) -> str: ...  # noqa: D102
    @property
    def version(self) -> int: ...  # noqa: D102
    @property
    def seal(self) -> Seal: ...  # noqa: D102
    @property
    def example(self) -> bool: ...  # noqa: D102
    @property
    def row(self) -> Mapping[str, Any]: ...  # noqa: D102
    @property
    def way(self) -> Mapping[str, Any]: ...  # noqa: D102
    @property
    def disputes(self) -> Mapping[str, str]: ...  # noqa: D102
    @property
    def shape(self) -> BaseGeometry: ...  # noqa: D102
    @property
    def regions(self) -> Mapping[str, BaseGeometry]: ...  # noqa: D102
    @property
    def sets(self) -> Sequence[Boundaries]: ...  # noqa: D102
    @property
    def names(self) -> Mapping[str, tuple[str, str]]: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class How:
    """How a document is made: its fonts, its language, and the address that opens the case."""

    fonts: FontBook
    english: bool = False
    link: str = ""


def written(known: Filed, paper: Paper, how: How) -> bytes:
    """One document about one case."""
    told = told_of(known, how.link, english=how.english)
    if paper is Paper.XLSX:
        return report.xlsx([told], english=how.english)
    if paper is Paper.DOCX:
        return report.docx(told, pictures(known, how, Kind.PNG), english=how.english)
    return report.pdf(told, how.fonts, pictures(known, how, Kind.SVG), english=how.english)


def told_of(known: Filed, link: str = "", *, english: bool = False) -> Report:
    """The values of a document about a case."""
    cover = Cover(
        known.number,
        known.made,
        known.asker,
        example=known.example,
        permalink=link,
        version=known.version,
        seal=known.seal,
        names=known.names,
    )
    return report.report_of(_worded(known, english=english), cover, known.way, known.disputes)


def _worded(known: Filed, *, english: bool) -> Mapping[str, Any]:
    """The record with words for the values of features that are mere ids, such as a status."""

    def named(met: Mapping[str, Any]) -> Mapping[str, Any]:
        word = known.names.get(met["value"])
        return {**met, "value": word[english]} if word else met

    lists = ("features", "near", "pending")
    findings = [
        {**one, **{key: [named(met) for met in one[key]] for key in lists}}
        for one in known.row["findings"]
    ]
    return {**known.row, "findings": findings}


def pictures(known: Filed, how: How, kind: Kind) -> list[Picture]:
    """The map of the whole site, then a small one for each conflict that concerns land."""
    found = {one["rule"]: one for one in known.row["findings"]}
    name = known.row["site"]["name"]
    whole = _scene(known, (Sketch(known.shape, name),), _WIDE, how)
    out = [_picture(replace(whole, legend=True), how, kind, name)]
    for rule, region in known.regions.items():
        one = found[rule]
        if one["severity"] not in _CONFLICTS:
            continue
        marks = (Sketch(known.shape), Sketch(region, "", _RED))
        title = (how.english and one.get("title_en")) or one["title"]
        made = _picture(_scene(known, marks, _SMALL, how), how, kind, title)
        out.append(replace(made, rule=rule))
    return out


def _scene(known: Filed, marks: tuple[Sketch, ...], size: tuple[float, float], how: How) -> Scene:
    return Scene(
        tuple(Layer(one, demo=known.example and one.name == "parcel") for one in known.sets),
        View(picture.around([known.shape], _ROOM)),
        Caption(day=known.made, version=known.version, seal=known.seal),
        picture.inset(*size),
        sketches=marks,
        english=how.english,
    )


def _picture(scene: Scene, how: How, kind: Kind, caption: str) -> Picture:
    data = picture.draw(scene, how.fonts, kind)
    vector = kind is Kind.SVG
    return Picture(b"" if vector else data, scene.page.width, caption, data if vector else b"")
