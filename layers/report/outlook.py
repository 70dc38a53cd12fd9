"""The way forward: what is left, what to give up, what would do instead."""

from collections.abc import Iterator, Sequence

from layers.report import amount
from layers.report.blocks import Band, Block, Cell, Heading, Line, Section, Table, Text, Tone
from layers.report.values import Report
from layers.report.words import VERDICTS, listed, word


def way(report: Report, english: bool) -> Section | None:
    """Net land, cuts and alternatives, as far as they were computed."""
    blocks = (*_net(report, english), *_cuts(report, english), *_elsewhere(report, english))
    return Section(word("way", english), blocks) if blocks else None


def _net(report: Report, english: bool) -> Iterator[Block]:
    said = report.way
    if said.net_m2 is None:
        return
    whole = report.area_m2 if said.total_m2 is None else said.total_m2
    total, net = amount.both(whole, english), amount.both(said.net_m2, english)
    yield Heading(word("net", english))
    yield Text(word("net_told", english, total=total, net=net))
    rows = [
        (
            _cell(report.title(one.rule, english)),
            _cell(amount.m2(one.new_m2, english)),
            _cell(_usable(one.usable_pct, english)),
            _cell(amount.m2(one.lost_m2, english)),
            _cell(amount.m2(one.left_m2, english)),
        )
        for one in said.rows
    ]
    if rows:
        yield _table(("rule", "new", "usable", "lost", "left"), (52, 28, 24, 26, 26), rows, english)


def _usable(pct: float | None, english: bool) -> str:
    return word("not_said", english) if pct is None else f"{amount.plain(pct)} %"


def _cuts(report: Report, english: bool) -> Iterator[Block]:
    rows = [
        (
            _cell(_titles(report, one.rules, english)),
            _cell(amount.both(one.area_m2, english) if one.area_m2 else word("cut_gone", english)),
            _cell(amount.both(one.lost_m2, english)),
            _cell(amount.m2(one.left_behind_m2, english)),
        )
        for one in report.way.cuts
    ]
    if rows:
        keys = ("cut_of", "cut_left", "cut_lost", "cut_behind")
        yield Heading(word("cuts", english))
        yield _table(keys, (50, 42, 40, 24), rows, english)


def _elsewhere(report: Report, english: bool) -> Iterator[Block]:
    rows = []
    for one in report.way.alternatives:
        known = VERDICTS.get(one.verdict, (one.verdict, one.verdict, Tone.OPEN, "?"))
        far = amount.NONE if one.distance_m is None else amount.metres(one.distance_m, english)
        rows.append(
            (
                (Line(one.name or one.id, strong=True), Line(one.id, Tone.FAINT)),
                _cell(amount.both(one.area_m2, english)),
                _cell(far),
                (Line(f"{known[3]} {known[english]}", known[2], strong=True),),
                _cell(_titles(report, one.limits, english) or amount.NONE),
                _cell(_titles(report, one.open, english) or amount.NONE),
            )
        )
    if rows:
        keys = ("parcel", "size", "away", "verdict", "limits", "unanswered")
        yield Heading(word("elsewhere", english))
        yield _table(keys, (29, 33, 24, 24, 23, 23), rows, english)


def _titles(report: Report, rules: Sequence[str], english: bool) -> str:
    return listed([report.title(rule, english) for rule in rules], english)


def _cell(text: str) -> Cell:
    return (Line(text),)


def _table(
    keys: Sequence[str],
    widths: tuple[float, ...],
    rows: Sequence[tuple[Cell, ...]],
    english: bool,
) -> Table:
    return Table(tuple(word(key, english) for key in keys), widths, (Band("", tuple(rows)),))
