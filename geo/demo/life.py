"""The invented life of one parcel: stages one after the other, with days and figures by dice."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

_SPAN = timedelta(days=6_380)  # no story begins earlier than this before its end
_PATH = (
    ("reserve", 0), ("approved", 320), ("prepared", 150), ("available", 240), ("notice", 120),
    ("deal", 32), ("supplied", 18), ("delivered", 75), ("started", 260), ("completed", 760),
    ("producing", 170),
)  # fmt: skip
_DIRECT = ("notice", "deal")  # left out where the way of supply needs no notice
_LEADS = {"idle": "delivered", "low": "producing", "recovered": "idle", "renewal": "low"}
ENDS: Mapping[str, float] = {
    "reserve": 8, "approved": 11, "prepared": 7, "available": 13, "notice": 3, "deal": 2,
    "supplied": 6, "delivered": 8, "started": 12, "completed": 10, "producing": 15.3, "idle": 1.7,
    "low": 1.5, "recovered": 0.8, "renewal": 0.7,
}  # fmt: skip
_AT_SEA = {
    "available": 2,
    "supplied": 2,
    "delivered": 1,
    "started": 3,
    "completed": 1,
    "producing": 1,
}
_LAND_ONLY = ("approved", "prepared")  # nothing is converted or cleared at sea
USES = {
    "park": ("1001", "1001", "1001", "1101", "0802", "0902"),
    "town": ("0701", "0701", "0701", "0901", "0902", "0804", "0806", "1401", "0801"),
    "sea": ("1801", "1802", "1802", "1901", "2001", "2101"),
}
_PUBLIC = ("0801", "0804", "0806", "1401")
_YEARS = {"07": 70, "10": 50, "11": 50, "09": 40, "08": 50, "18": 15, "19": 30, "20": 50, "21": 25}
_FAR = {"07": 2.2, "10": 1.6, "11": 1.2, "09": 2.5, "08": 1.8}


@dataclass(frozen=True, slots=True)
class Told:
    """Which story: the seed of its dice, and the last day it tells of."""

    seed: int
    until: date


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage that a parcel came to: on which day, with which values."""

    status: str
    on: date
    fields: Mapping[str, Any]


class Life:
    """Everything the dice say of one parcel."""

    def __init__(self, number: int, area_m2: float, ground: str, told: Told) -> None:
        self.number = number
        self.area_m2 = round(area_m2, 2)
        self.until = told.until
        self.dice = np.random.default_rng((told.seed, number))
        self.sea = ground == "sea"
        self.use = str(self.dice.choice(USES[ground]))
        ends = _AT_SEA if self.sea else ENDS
        self.end = str(self.dice.choice(list(ends), p=_shares(ends)))
        self.direct = self.use in _PUBLIC

    def stages(self) -> Iterator[Stage]:
        """Stages in order, the last of them `end`."""
        path = self._path()
        gaps = [0] + [max(3, int(gap * self.dice.uniform(0.5, 1.5))) for _, gap in path[1:]]
        slack = int(self.dice.integers(20, 1500))
        day = self.until - min(timedelta(days=sum(gaps) + slack), _SPAN)
        agreed: dict[str, Any] = {}
        for (status, _), gap in zip(path, gaps, strict=True):
            day = min(day + timedelta(days=gap), self.until)
            fields = self._fields(status, day, agreed)
            agreed |= fields
            yield Stage(status, day, fields)

    def _path(self) -> list[tuple[str, int]]:
        """Stages up to the end with the usual days between them."""
        chain = [self.end]
        while chain[0] in _LEADS:
            chain.insert(0, _LEADS[chain[0]])
        usual = [one[0] for one in _PATH]
        usual = usual[: usual.index(chain[0])] + chain
        days = dict(_PATH) | {"idle": 560, "low": 900, "recovered": 420, "renewal": 300}
        left_out = _LAND_ONLY if self.sea else _DIRECT if self.direct else ()
        return [(one, days[one]) for one in usual if one not in left_out]

    def _fields(self, status: str, day: date, known: Mapping[str, Any]) -> dict[str, Any]:
        made = getattr(self, f"_{status}", None)
        return dict(made(day, known)) if made else {}

    def _reserve(self, _day: date, _known: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        yield "area_m2", self.area_m2
        if self.sea:
            yield "realm", "sea"
        else:
            yield "source", "新增建设用地" if self.dice.random() < 0.7 else "现有建设用地"

    def _approved(self, day: date, _known: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        batch = f"示例{day.year}年第{1 + self.number % 6}批次"
        yield "batch", batch
        yield "approved_year", day.year
        yield "approval_document", f"示例批字〔{day.year}〕{1 + self.number % 6}号"

    def _available(self, _day: date, _known: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        yield "location", f"示例{'海域' if self.sea else '路'}{1 + self.number % 60}号"
        yield "use", self.use
        far = _FAR.get(self.use[:2])
        if far:
            yield "far_max" if self.use[:2] == "07" else "far_min", far
        yield "method", "allocation" if self.direct else "listing"

    def _notice(self, _day: date, _known: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        per_mu = 2.0 if self.sea else 120.0
        if self.use[:2] in ("10", "11"):
            per_mu = float(self.dice.uniform(18, 30))
        yield "start_price_wan", round(self.area_m2 * 3 / 2000 * per_mu, 0)

    def _deal(self, _day: date, known: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        yield "price_wan", round(known["start_price_wan"] * float(self.dice.uniform(1, 1.25)), 0)

    def _supplied(self, day: date, _known: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        yield "project", f"示例项目{self.number:04d}"
        yield "grantee", f"示例单位{1 + self.number % 300:03d}"
        yield "contract_on", day
        yield "agreed_delivery", day + timedelta(days=60)
        yield "agreed_start", day + timedelta(days=60 + int(self.dice.integers(90, 365)))
        yield "agreed_finish", day + timedelta(days=900 + int(self.dice.integers(0, 400)))
        yield "supervision", f"SL{day.year}B{self.number:05d}"
        if not self.direct:
            yield "years", _YEARS[self.use[:2]]
            yield "invest_wan", round(self.area_m2 * 3 / 2000 * float(self.dice.uniform(220, 420)))
            if self.use[:2] in ("10", "11"):
                yield "invest_wan_mu", 260.0
                yield "tax_wan_mu", 15.0

    def _delivered(self, _day: date, _known: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        yield "delivered_m2", self.area_m2

    def _started(self, day: date, known: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        share = float(self.dice.uniform(0.1, 1.0))
        yield "started_m2", round(self.area_m2 * share, 2)
        if "invest_wan" in known:
            yield "invested_wan", round(known["invest_wan"] * share * 0.8)
        stopped = day + timedelta(days=200)
        if self.end == "started" and share < 0.3 and stopped < self.until:
            yield "stopped_on", stopped

    def _completed(self, _day: date, known: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        yield "started_m2", self.area_m2
        if "invest_wan" in known:
            yield "invested_wan", round(known["invest_wan"] * float(self.dice.uniform(0.9, 1.1)))


def _shares(ends: Mapping[str, float]) -> np.ndarray:
    weights = np.array(list(ends.values()))
    return np.asarray(weights / weights.sum())
