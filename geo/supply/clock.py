"""The idle-land clock: how long a parcel has waited, and which legal test it may meet.

闲置土地处置办法 (2012) 2, 城市房地产管理法 26; the numbers and the articles are in
``data/rules/clock.toml``. The clock only ever says 疑似: that a parcel is idle is found by a
person, with a document, as a move to `idle`. What is not known makes the answer unknown.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction

from geo.errors import DataError
from geo.supply.ledger import Ledger
from geo.supply.norm import Norms
from geo.supply.pause import Past, Pause, anniversary, due, overrun, pasts
from geo.supply.values import Parcel
from geo.units import M2_PER, AreaUnit


class Outcome(StrEnum):
    """What can be said of a parcel on a day."""

    OFF = "off"  # not supplied yet, built, or taken back
    NO_START = "no_start"  # 无约定开工日: the clock cannot run
    RUNNING = "running"  # no date has passed
    LATE = "late"  # past the agreed start, by less than a year
    SUSPECT = "suspect"  # 疑似
    NO_STOP = "no_stop"  # building, and nobody recorded that it stopped
    ABOVE = "above"  # short of no limit
    UNKNOWN = "unknown"  # 无数据，不能判断
    DECIDED = "decided"  # found to be so, by a person
    UNSET = "unset"  # 未设标准: there is no limit to hold it to


class Ground(StrEnum):
    """Which test of the rule a parcel falls under."""

    NOT_STARTED = "not_started"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Due:
    """A last day, `left` days from the day asked about; negative once it has passed.

    `kind` is start, finish, one_year, two_year or stop_year.
    """

    kind: str
    on: date
    left: int


@dataclass(frozen=True, slots=True)
class Clock:
    """The clock of one parcel on a day, with all that it rests on.

    Parameters
    ----------
    paused_days
        Days of pause that have moved the dates of the test so far.
    pause
        The pause it is in, if any: its dates move on until that ends.
    area_share, invest_share
        Started part of the area, spent part of the agreed investment; None where not known.
    missing
        Keys of the fields without which nothing can be said; ``before`` is the earlier status.
    fee_limit_wan
        The most the fee may be, 万元, where the test carries one and the price is known.
    articles
        Keys of the articles in the norms.
    flags
        late_start, late_finish, suspect_idle.
    """

    parcel: str
    day: date
    outcome: Outcome
    ground: Ground | None = None
    dues: tuple[Due, ...] = ()
    paused_days: int = 0
    pause: Pause | None = None
    area_share: float | None = None
    invest_share: float | None = None
    missing: tuple[str, ...] = ()
    fee_limit_wan: float | None = None
    articles: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lowness:
    """What can be said of a parcel in use, by the local standard; `short` are the fields below."""

    parcel: str
    outcome: Outcome
    short: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def clock(parcel: Parcel, past: Past, norms: Norms, day: date) -> Clock:
    """The clock of a parcel on a day; parcel and past are as of that day.

    Raises `DataError` FIELD_KIND where a field is not of the kind it must be.
    """
    status = parcel.status
    if status in norms.status.waiting:
        return _waiting(parcel, past.pauses, norms, day)
    if status in norms.status.building:
        return _building(parcel, past.pauses, norms, day)
    if status in norms.status.idle:
        return _decided(parcel, past, norms, day)
    return Clock(parcel.id, day, Outcome.OFF)


def clocks(ledger: Ledger, norms: Norms, day: date, known: int | None = None) -> list[Clock]:
    """Clocks of the live parcels that have one on a day, as known at a version, by id."""
    told = ledger.known(known)
    named = {*norms.status.waiting, *norms.status.building, *norms.status.idle}
    held = {id_: one for id_, one in told.at(day).items() if one.live and one.status in named}
    histories = pasts(told, held, day)
    return [clock(held[id_], histories[id_], norms, day) for id_ in sorted(held)]


def falling_due(found: Iterable[Clock], within: int) -> list[tuple[Clock, Due]]:
    """Dates that come within so many days of the day asked about, the nearest first."""
    near = [(one, last) for one in found for last in one.dues if 0 <= last.left <= within]
    return sorted(near, key=lambda pair: (pair[1].on, pair[0].parcel, pair[1].kind))


def low(parcel: Parcel, norms: Norms) -> Lowness:
    """Whether a parcel in use falls short of the local standard, if one is set."""
    if parcel.status not in norms.low.statuses:
        return Lowness(parcel.id, Outcome.OFF)
    if not norms.low.set:
        return Lowness(parcel.id, Outcome.UNSET)
    limit_tax, limit_share = norms.low.tax_wan_mu, norms.low.invest_share
    tests = list[tuple[str, bool | None]]()
    if limit_tax is not None:
        tax = _share(parcel, "tax_wan", "area_m2")  # what was paid, not `tax_wan_mu` as agreed
        per_mu = None if tax is None else tax * M2_PER[AreaUnit.MU]
        tests.append(("tax_wan", _short(per_mu, Fraction(str(limit_tax)))))
    if limit_share is not None:
        spent = _share(parcel, "invested_wan", "invest_wan")
        tests.append(("invested_wan", _short(spent, limit_share)))
    short = tuple(key for key, fails in tests if fails)
    missing = tuple(key for key, fails in tests if fails is None)
    reached = Outcome.UNKNOWN if missing else Outcome.ABOVE
    return Lowness(parcel.id, Outcome.SUSPECT if short else reached, short, missing)


def _waiting(parcel: Parcel, pauses: tuple[Pause, ...], norms: Norms, day: date) -> Clock:
    start = _day(parcel, "agreed_start")
    found = _not_started(_running(parcel, pauses, day), parcel, pauses, norms)
    if start is None:
        return replace(found, outcome=Outcome.NO_START)
    agreed = Due("start", start, (start - day).days)
    found = replace(found, dues=(agreed, *found.dues))
    if _passed(found, "one_year"):
        return _suspect(found)
    if overrun(start, pauses, day):
        return replace(found, outcome=Outcome.LATE, flags=("late_start", *found.flags))
    return found


def _building(parcel: Parcel, pauses: tuple[Pause, ...], norms: Norms, day: date) -> Clock:
    found = _running(parcel, pauses, day)
    if _day(parcel, "stopped_on") is None:
        return replace(found, outcome=Outcome.NO_STOP, articles=("stopped",))
    found = _stopped(found, parcel, pauses, norms)
    area, spent = _shares(parcel)
    if _short(area, norms.shares.started) or _short(spent, norms.shares.invested):
        found = replace(found, missing=())  # one share below its limit is enough
        return _suspect(found) if _passed(found, "stop_year") else found
    return replace(found, outcome=Outcome.UNKNOWN if found.missing else Outcome.ABOVE)


def _decided(parcel: Parcel, past: Past, norms: Norms, day: date) -> Clock:
    """A parcel found idle: only its dates are still of use, by the test it fell under."""
    found = replace(_running(parcel, past.pauses, day), outcome=Outcome.DECIDED)
    if past.before in norms.status.building or _day(parcel, "stopped_on"):
        return _stopped(found, parcel, past.pauses, norms)
    if past.before in norms.status.waiting:
        return _not_started(found, parcel, past.pauses, norms)
    return replace(found, missing=("before",))


def _running(parcel: Parcel, pauses: tuple[Pause, ...], day: date) -> Clock:
    """What every clock has: the agreed finish, and the pause that it is in."""
    finish = _day(parcel, "agreed_finish")
    lasting = next((pause for pause in pauses if pause.end is None), None)
    found = Clock(parcel.id, day, Outcome.RUNNING, pause=lasting)
    if finish is None:
        return found
    late = ("late_finish",) if overrun(finish, pauses, day) else ()
    return replace(found, dues=(Due("finish", finish, (finish - day).days),), flags=late)


def _not_started(found: Clock, parcel: Parcel, pauses: tuple[Pause, ...], norms: Norms) -> Clock:
    """With the one-year and two-year dates, and the most the fee may be."""
    found = replace(found, ground=Ground.NOT_STARTED, articles=_WAITING)
    start, price = _day(parcel, "agreed_start"), _number(parcel, "price_wan")
    if start is None:
        return replace(found, missing=("agreed_start",))
    first, second = (
        due(start, years, pauses, found.day) for years in (norms.years.first, norms.years.second)
    )
    dates = (("one_year", first), ("two_year", second))
    return replace(
        found,
        dues=(*(Due(kind, on, (on - found.day).days) for kind, on in dates), *found.dues),
        paused_days=(second - anniversary(start, norms.years.second)).days,
        fee_limit_wan=None if price is None else float(price * norms.shares.fee),
    )


def _stopped(found: Clock, parcel: Parcel, pauses: tuple[Pause, ...], norms: Norms) -> Clock:
    """With the date one year after the stop, the two shares and what they lack."""
    found = replace(found, ground=Ground.STOPPED, articles=_BUILDING)
    stop, (area, spent) = _day(parcel, "stopped_on"), _shares(parcel)
    found = replace(
        found,
        area_share=None if area is None else float(area),
        invest_share=None if spent is None else float(spent),
        missing=tuple(key for key in _SHARED if _number(parcel, key) is None),
    )
    if stop is None:
        return replace(found, missing=("stopped_on", *found.missing))
    last = due(stop, norms.years.first, pauses, found.day)
    dues = (Due("stop_year", last, (last - found.day).days), *found.dues)
    moved = (last - anniversary(stop, norms.years.first)).days
    return replace(found, dues=dues, paused_days=moved)


_WAITING = ("not_started", "fee", "law", "period")
_BUILDING = ("stopped", "period")
_HAIR = Fraction(1, 10**12)
_SHARED = ("started_m2", "area_m2", "invested_wan", "invest_wan")


def _passed(found: Clock, kind: str) -> bool:
    return any(last.left < 0 for last in found.dues if last.kind == kind)


def _suspect(found: Clock) -> Clock:
    return replace(found, outcome=Outcome.SUSPECT, flags=("suspect_idle", *found.flags))


def _short(found: Fraction | None, limit: Fraction) -> bool | None:
    """Whether a number falls short of a limit; None where it is not known.

    What came in mu is kept in m² with 16 digits: 2 of 6 mu are a third and not a hair less.
    """
    return None if found is None else found < limit * (1 - _HAIR)


def _shares(parcel: Parcel) -> tuple[Fraction | None, Fraction | None]:
    """Started part of the area and spent part of the agreed investment."""
    return _share(parcel, "started_m2", "area_m2"), _share(parcel, "invested_wan", "invest_wan")


def _share(parcel: Parcel, part: str, whole: str) -> Fraction | None:
    done, all_ = _number(parcel, part), _number(parcel, whole)
    return None if done is None or all_ is None else done / all_


def _number(parcel: Parcel, key: str) -> Fraction | None:
    """A number as it was written, so that a third is compared as a third.

    A whole of nothing says as little as none: 0 is no area and no agreed investment.
    """
    found = parcel.fields.get(key)
    if found is None:
        return None
    if isinstance(found, bool) or not isinstance(found, int | float):
        raise _wrong(parcel, key, "数字")
    exact = Fraction(str(found))
    return None if key in {"area_m2", "invest_wan"} and not exact > 0 else exact


def _day(parcel: Parcel, key: str) -> date | None:
    found = parcel.fields.get(key)
    if found is None or isinstance(found, date):
        return found
    raise _wrong(parcel, key, "日期")


def _wrong(parcel: Parcel, key: str, kind: str) -> DataError:
    return DataError(
        f"宗地 {parcel.id} 的 {key} 为 {parcel.fields[key]}，应为{kind}，请更正后再算", "FIELD_KIND"
    )
