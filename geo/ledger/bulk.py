"""A ledger in Excel, as people have it: read, compared line by line, shown, then kept as one.

`dry_run` writes nothing. An empty cell says nothing; the word 清空 takes a value away. Parcels that
the sheet does not mention are told of and left alone.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from geo import chronicle, formats
from geo.chronicle import CHINA
from geo.errors import DataError, Issue
from geo.formats import Choice
from geo.ledger import headings
from geo.ledger.book import Book, book, supply_rules
from geo.ledger.headings import Column
from geo.ledger.lines import Line, Outcome, Row, read_line
from geo.ledger.record import record
from geo.model import Event
from geo.supply import Draft, Parcel
from geo.zone import Zone


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file as it came, and how to read it: which sheet, and which heading is what."""

    data: bytes
    filename: str
    layer: str = ""
    encoding: str = ""
    said: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class DryRun:
    """What a sheet would do; nothing is written yet.

    `absent` are live parcels that the sheet does not mention; `seen` the version compared with.
    """

    sheet: Sheet
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    absent: tuple[str, ...]
    notes: tuple[Issue, ...]
    events: tuple[Event, ...]
    seen: int

    @property
    def counts(self) -> Mapping[str, int]:
        """How many lines of each outcome."""
        found = Counter(line.outcome.value for line in self.lines)
        return {one.value: found.get(one.value, 0) for one in Outcome}


ABOUT = "说明"  # the page that our own exports carry beside the table


def dry_run(zone: Zone, sheet: Sheet, *, by: str, on: date | None = None) -> DryRun:
    """Compare a sheet with the ledger as it stands.

    `on` is the day of effect of lines that name none; today if not given.

    Raises
    ------
    DataError
        Where the file cannot be read or its columns not be told apart; see
        `headings.recognised`.
    """
    choice = Choice(sheet.layer or _only(sheet), sheet.encoding, geometry="none")
    reading = formats.read(sheet.data, sheet.filename, choice)
    plain = reading.table.drop(columns=reading.table.geometry.name)
    columns = headings.recognised([str(one) for one in plain.columns], sheet.said)
    rows = list(_rows(plain.to_dict("records"), columns, reading.numbers))
    held, now = book(zone), datetime.now(UTC)
    stamp = Draft(supply_rules(), by, now, on or now.astimezone(CHINA).date())
    told = _spoilt([read_line(held, row, stamp) for row in rows], reading.issues)
    told = _lasting(held, _lawful(held, _alone(told)))
    ids = {row.id for row in rows}
    live = [id_ for id_, one in held.supply.at().items() if one.live and id_ not in ids]
    return DryRun(
        sheet,
        tuple(columns),
        tuple(line for line, _ in told),
        tuple(live),
        tuple(reading.issues),
        tuple(event for _, event in told if event),
        held.version,
    )


def commit(
    zone: Zone, run: DryRun, *, reason: str, document: str = "", leave_refused: bool = False
) -> int:
    """Keep what a dry run showed, in one transaction with the file; return the new version.

    Raises
    ------
    DataError
        LINES_REFUSED if a line was refused and `leave_refused` is not said; NOTHING_TO_DO;
        REASON_MISSING.
    ConflictError
        Someone changed one of these parcels since the dry run.
    """
    refused = run.counts[Outcome.REFUSED]
    if refused and not leave_refused:
        issues = [issue for line in run.lines for issue in line.issues]
        raise DataError(
            f"有 {refused} 行不能入账，全部未写入；请改正后重新上传，或选择搁置这些行",
            "LINES_REFUSED",
            issues,
        )
    if not run.events:
        raise DataError("表中没有需要写入的变动，台账未改变", "NOTHING_TO_DO")
    if not reason.strip():
        raise DataError("请写明批量导入的原因", "REASON_MISSING")
    events = [
        replace(one, reason=one.reason or reason, document=one.document or document)
        for one in run.events
    ]
    return record(zone, events, seen=run.seen, files=[run.sheet.data])


def _only(sheet: Sheet) -> str:
    """The one sheet with rows, our own page of explanations left aside; empty if several."""
    seen = formats.peek(sheet.data, sheet.filename)
    named = [one.name for one in seen.layers if one.name != ABOUT and one.count]
    return named[0] if len(named) == 1 else ""


def _rows(
    records: Sequence[Mapping[Any, Any]], columns: Sequence[Column], numbers: Sequence[int]
) -> Iterator[Row]:
    units = {one.key: one.unit for one in columns if one.key}
    for number, found in zip(numbers, records, strict=True):
        cells = {
            one.key: str(found[one.heading]).strip()
            for one in columns
            if one.key
            and found[one.heading] is not None
            and found[one.heading] == found[one.heading]
        }
        cells = {key: text for key, text in cells.items() if text}
        if cells:
            yield Row(number, cells, units)


Told = list[tuple[Line, Event | None]]


def _spoilt(told: Told, notes: Sequence[Issue]) -> Told:
    """Refuse lines in which Excel has rounded a long number: it may be somebody's key."""
    bad = {one.row: one for one in notes if one.code == "LONG_NUMBER"}
    return [
        (replace(line, outcome=Outcome.REFUSED, issues=(*line.issues, bad[line.row])), None)
        if line.row in bad
        else (line, event)
        for line, event in told
    ]


def _alone(told: Told) -> Told:
    """Refuse every line whose parcel stands in the sheet more than once."""
    many = Counter(line.id for line, _ in told if line.id)
    rows: dict[str, list[str]] = {}
    for line, _ in told:
        rows.setdefault(line.id, []).append(str(line.row))
    out: Told = []
    for line, event in told:
        if many[line.id] < 2:
            out.append((line, event))
            continue
        where = "、".join(rows[line.id])
        issue = Issue(
            "ID_TWICE", f"宗地 {line.id} 在第 {where} 行重复，请只留一行", row=line.row, field="id"
        )
        out.append((replace(line, outcome=Outcome.REFUSED, issues=(*line.issues, issue)), None))
    return out


def _lawful(held: Book, told: Told) -> Told:
    """Refuse every line that the rules of the ledger do not allow."""
    due = [(i, event) for i, (_, event) in enumerate(told) if event]
    against: dict[int, list[Issue]] = {}
    for issue in held.supply.refused([event for _, event in due]):
        against.setdefault(due[max(issue.row - 1, 0)][0], []).append(issue)
    out: Told = []
    for i, (line, event) in enumerate(told):
        found = [replace(one, row=line.row) for one in against.get(i, ())]
        bad = replace(line, outcome=Outcome.REFUSED, issues=(*line.issues, *found))
        out.append((bad, None) if found else (line, event))
    return out


def _lasting(held: Book, told: Told) -> Told:
    """Refuse every line whose values something of a later day would cover at once."""
    events = [event for _, event in told if event]
    then = held.supply.added(chronicle.numbered(events, held.version))
    out: Told = []
    for line, event in told:
        covered = _covered(then.parcel(line.id), line) if event else []
        bad = replace(line, outcome=Outcome.REFUSED, issues=(*line.issues, *covered))
        out.append((bad, None) if covered else (line, event))
    return out


def _covered(parcel: Parcel | None, line: Line) -> list[Issue]:
    found = list[Issue]()
    for one in line.differences:
        if parcel is not None and one.key != "status" and parcel.fields.get(one.key) != one.new:
            text = (
                f"宗地 {line.id} 的{headings.title(one.key)}在生效日之后另有记录，写入不起作用，"
                "请填较晚的生效日，或先撤回那条记录"
            )
            found.append(Issue("COVERED", text, row=line.row, field=one.key))
    return found
