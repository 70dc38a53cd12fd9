"""The numbers and articles that the clock and the reckoning go by: ``data/rules/clock.toml``.

Read once and checked whole, so that a slip in the file stops the start and not a meeting.
"""

import tomllib
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from geo.errors import DataError, Issue

FILE = "clock.toml"
_WHY = {
    "missing": "缺少",
    "extra_forbidden": "没有这个设置",
    "greater_than": "应大于 {gt}",
    "greater_than_equal": "应不小于 {ge}",
    "less_than_equal": "应不大于 {le}",
    "too_short": "不能为空",
    "string_too_short": "不能为空",
    "string_type": "应为文字",
    "value_error": "{error}",
}  # other kinds of fault: a value of the wrong type


def _exact(given: object) -> object:
    """A share as written: "1/3" and 0.25 exactly, never through a binary fraction."""
    if isinstance(given, str | int | float) and not isinstance(given, bool):
        try:
            return Fraction(str(given))
        except (ValueError, ZeroDivisionError) as error:
            raise ValueError(f"{given} 不是分数，应写成 1/3 或 0.25") from error
    return given


def _blank(given: object) -> object:
    """What is left blank is not set."""
    return None if given == "" else given


Share = Annotated[Fraction, BeforeValidator(_exact), Field(gt=0, le=1)]
Positive = Annotated[float, Field(gt=0)]
Text = Annotated[str, Field(min_length=1)]


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class Name(_Table):
    """What a thing is called on screen."""

    name: Text
    name_en: Text


class Article(_Table):
    """An article in our own words; `clause` is empty where its number was not checked."""

    law: Text
    clause: str
    text: Text
    text_en: Text


class Years(_Table):
    """Whole years until each consequence."""

    first: int = Field(ge=1, le=10)
    second: int = Field(ge=1, le=10)


class Shares(_Table):
    """Shares of area and of investment that a stopped parcel falls short of; the fee's share."""

    started: Share
    invested: Share
    fee: Share


class Notice(_Table):
    """Spans of days for which lists of what falls due are kept, shortest first."""

    days: tuple[Annotated[int, Field(ge=1, le=366)], ...] = Field(min_length=1)


class Standing(_Table):
    """Where each status stands on the clock; a status not named here has no clock."""

    waiting: tuple[Text, ...]
    building: tuple[Text, ...]
    idle: tuple[Text, ...]


class Low(_Table):
    """The local standard of 低效 land; None where none is set, and then nothing is judged."""

    statuses: tuple[Text, ...]
    tax_wan_mu: Annotated[Positive | None, BeforeValidator(_blank)]
    invest_share: Annotated[Share | None, BeforeValidator(_blank)]
    basis: str

    @property
    def set(self) -> bool:
        """Whether there is a standard at all."""
        return self.tax_wan_mu is not None or self.invest_share is not None

    @model_validator(mode="after")
    def _has_a_basis(self) -> Self:
        if self.set and not self.basis:
            raise ValueError("填了低效标准就要在 basis 写明文号")
        return self


class Overlay(_Table):
    """What is a sliver: a piece narrower than this on average, in m."""

    sliver_m: float = Field(ge=0, le=20)


class Norms(_Table):
    """Everything in the file."""

    years: Years
    shares: Shares
    notice: Notice
    status: Standing
    due: Mapping[str, Name]
    article: Mapping[str, Article]
    low: Low
    unsupplied: Overlay

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        lacks = [f"due.{key}" for key in sorted(_DUES - set(self.due))]
        lacks += [f"article.{key}" for key in sorted(_ARTICLES - set(self.article))]
        if lacks:
            raise ValueError(f"缺少 {'、'.join(lacks)}")
        if self.years.second <= self.years.first:
            raise ValueError(f"years.second 为 {self.years.second}，应大于 years.first")
        return self


_DUES = {"start", "finish", "one_year", "two_year", "stop_year"}
_ARTICLES = {"not_started", "stopped", "fee", "law", "period"}


def read(folder: Path) -> Norms:
    """Norms in a folder; raises `DataError` CLOCK_FILE or CLOCK_RULE with all that is wrong."""
    path = folder / FILE
    try:
        return Norms.model_validate(tomllib.loads(path.read_text("utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DataError(f"{FILE} 无法读取（{error}），请修正或重新安装", "CLOCK_FILE") from error
    except ValidationError as error:
        issues = [
            Issue(
                "CLOCK_RULE",
                _WHY.get(fault["type"], "不是这里要的类型").format(**fault.get("ctx", {})),
                field=".".join(map(str, fault["loc"])),
            )
            for fault in error.errors()
        ]
        told = "；".join(f"{issue.field or FILE}：{issue.message}" for issue in issues)
        raise DataError(f"{FILE} 有误（{told}），请更正后重启", "CLOCK_RULE", issues) from error
