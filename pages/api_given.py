"""What addresses for other programs are asked with."""

import math
from datetime import date

from geo.errors import DataError
from pages import moment


def number(text: str, most: float) -> float:
    """A number of at most some size. Raises `DataError` NUMBER."""
    try:
        found = float(text)
    except ValueError:
        found = math.nan
    if not abs(found) <= most:  # also what is no number
        raise DataError(f"{text[:40]!r} 应为 ±{most:g} 以内的数字，请改正", "NUMBER")
    return found


def day(text: str) -> date:
    """A day; today at the office where none is given. Raises `DataError` AS_OF."""
    try:
        return date.fromisoformat(text) if text else moment.today()
    except ValueError as error:
        raise DataError(f"日期 {text[:40]} 有误，请写作 2026-01-31", "AS_OF") from error
