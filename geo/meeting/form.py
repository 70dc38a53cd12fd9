"""Stories as plain JSON and back, with every fault told at once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from geo.errors import DataError, Issue
from geo.meeting.values import Chapter, Drawing, Look, Story, Text


def plain(story: Story) -> dict[str, Any]:
    """A story as an event keeps it; who saved it and when the event says itself."""
    return {
        "title": asdict(story.title),
        "chapters": [plain_chapter(one) for one in story.chapters],
    }


def plain_chapter(one: Chapter) -> dict[str, Any]:
    """A chapter as JSON."""
    made = asdict(one) | {"look": plain_look(one.look) if one.look else None}
    made |= {"day": one.day.isoformat() if one.day else None}
    return made | {"lines": [asdict(line) for line in one.lines], "clauses": list(one.clauses)}


def plain_look(look: Look) -> dict[str, Any]:
    """A look as JSON."""
    return {
        "extent": list(look.extent) if look.extent else None,
        "on": list(look.on),
        "hidden": {name: list(keys) for name, keys in look.hidden.items()},
        "opacity": dict(look.opacity),
        "selected": [list(pair) for pair in look.selected],
        "colouring": look.colouring,
        "before": look.before,
        "periods": list(look.periods),
        "drawings": [
            {"geometry": dict(one.geometry), "label": one.label, "color": one.color}
            for one in look.drawings
        ],
    }


def of_plain(id_: str, data: Mapping[str, Any]) -> Story:
    """A story from JSON; raises `DataError` STORY_FORM with every place that is wrong."""
    reader = _Reader()
    title = reader.text(data.get("title"), "title")
    rows = reader.many(data.get("chapters"), "chapters")
    chapters = tuple(reader.chapter(row, f"chapters.{i}") for i, row in enumerate(rows))
    reader.check()
    return Story(id_, title, chapters)


def look_of(data: Mapping[str, Any]) -> Look:
    """A look from JSON; raises `DataError` STORY_FORM."""
    reader = _Reader()
    found = reader.look(data, "look")
    reader.check()
    return found


class _Reader:
    """Reads JSON of another's making, and remembers what was wrong."""

    def __init__(self) -> None:
        self.issues = list[Issue]()

    def check(self) -> None:
        if self.issues:
            more = f"（共 {len(self.issues)} 处）" if len(self.issues) > 1 else ""
            raise DataError(self.issues[0].message + more, "STORY_FORM", self.issues)

    def wrong(self, where: str, value: Any, wanted: str) -> None:
        told = f"汇报的 {where} 应为{wanted}，现为“{str(value)[:40]}”，请改正后再保存"
        self.issues.append(Issue("STORY_FORM", told, field=where, value=str(value)[:40]))

    def map(self, value: Any, where: str) -> Mapping[str, Any]:
        if isinstance(value, Mapping) and all(isinstance(key, str) for key in value):
            return value
        self.wrong(where, value, "键值")
        return {}

    def many(self, value: Any, where: str) -> Sequence[Any]:
        if isinstance(value, list | tuple):
            return value
        self.wrong(where, value, "列表")
        return ()

    def word(self, value: Any, where: str) -> str:
        if isinstance(value, str):
            return value
        self.wrong(where, value, "文字")
        return ""

    def words(self, value: Any, where: str) -> tuple[str, ...]:
        rows = self.many(value, where)
        return tuple(self.word(one, f"{where}.{i}") for i, one in enumerate(rows))

    def yes(self, value: Any, where: str) -> bool:
        if not isinstance(value, bool):
            self.wrong(where, value, "是或否")
        return value is True

    def number(self, value: Any, where: str) -> float:
        if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e9:
            return float(value)
        self.wrong(where, value, "数字")
        return 0.0

    def text(self, value: Any, where: str) -> Text:
        row = self.map(value, where)
        return Text(*(self.word(row.get(key, ""), f"{where}.{key}") for key in ("zh", "en")))

    def day(self, value: Any, where: str) -> date | None:
        if value is None:
            return None
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            self.wrong(where, value, "日期（年-月-日）")
            return None

    def chapter(self, value: Any, where: str) -> Chapter:
        row = self.map(value, where)
        look, lines = row.get("look"), self.many(row.get("lines", ()), f"{where}.lines")
        said = {
            key: self.word(row.get(key, ""), f"{where}.{key}")
            for key in ("id", "made", "chart", "notes", "permalink")
        }
        return Chapter(
            **said,
            title=self.text(row.get("title", {}), f"{where}.title"),
            lead=self.text(row.get("lead", {}), f"{where}.lead"),
            lines=tuple(self.text(one, f"{where}.lines.{i}") for i, one in enumerate(lines)),
            look=None if look is None else self.look(look, f"{where}.look"),
            day=self.day(row.get("day"), f"{where}.day"),
            clauses=self.words(row.get("clauses", ()), f"{where}.clauses"),
            seconds=int(self.number(row.get("seconds", 20), f"{where}.seconds")),
            hidden=self.yes(row.get("hidden", False), f"{where}.hidden"),
            internal=self.yes(row.get("internal", False), f"{where}.internal"),
        )

    def look(self, value: Any, where: str) -> Look:
        row = self.map(value, where)
        hidden = self.map(row.get("hidden", {}), f"{where}.hidden")
        faded = self.map(row.get("opacity", {}), f"{where}.opacity")
        drawn = self.many(row.get("drawings", ()), f"{where}.drawings")
        return Look(
            extent=self.extent(row.get("extent"), f"{where}.extent"),
            on=self.words(row.get("on", ()), f"{where}.on"),
            hidden={key: self.words(one, f"{where}.hidden.{key}") for key, one in hidden.items()},
            opacity={key: self.number(one, f"{where}.opacity") for key, one in faded.items()},
            selected=tuple(self.pairs(row.get("selected", ()), f"{where}.selected")),
            colouring=self.word(row.get("colouring", ""), f"{where}.colouring"),
            before=self.word(row.get("before", ""), f"{where}.before"),
            periods=self.words(row.get("periods", ()), f"{where}.periods"),
            drawings=tuple(
                self.drawing(one, f"{where}.drawings.{i}") for i, one in enumerate(drawn)
            ),
        )

    def extent(self, value: Any, where: str) -> tuple[float, float, float, float] | None:
        if value is None:
            return None
        found = [self.number(one, where) for one in self.many(value, where)]
        if len(found) != 4 or found[0] >= found[2] or found[1] >= found[3]:
            self.wrong(where, value, "西、南、东、北四个度数")
            return None
        return found[0], found[1], found[2], found[3]

    def pairs(self, value: Any, where: str) -> Iterator[tuple[str, str]]:
        for i, one in enumerate(self.many(value, where)):
            pair = self.words(one, f"{where}.{i}")
            if len(pair) == 2:
                yield pair[0], pair[1]
            else:
                self.wrong(f"{where}.{i}", one, "图层和编号")

    def drawing(self, value: Any, where: str) -> Drawing:
        row = self.map(value, where)
        geometry = self.map(row.get("geometry"), f"{where}.geometry")
        if geometry and not {"type", "coordinates"} <= set(geometry):
            self.wrong(f"{where}.geometry", geometry, " GeoJSON 图形")
        said = (self.word(row.get(key, ""), f"{where}.{key}") for key in ("label", "color"))
        return Drawing(geometry, *said)
