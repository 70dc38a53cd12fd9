"""A check's record, as it is kept, made into the values of a document."""

from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter, ValidationError

from geo.errors import DataError, Issue
from layers.report.values import Cover, Report, Way

_REPORT: TypeAdapter[Report] = TypeAdapter(Report)


def report_of(
    row: Mapping[str, Any],
    cover: Cover,
    way: Way | Mapping[str, Any] | None = None,
    disputes: Mapping[str, str] | None = None,
) -> Report:
    """Values of a document from a record and what the office says of the document.

    `way` may be plain values too. Keys we do not know are left alone. Raises `DataError`
    REPORT_ROW with every field that is missing or wrong.
    """
    said = {**row, "cover": cover, "way": way or Way(), "disputes": disputes or {}}
    try:
        return _REPORT.validate_python(said)
    except ValidationError as error:
        issues = [_issue(fault) for fault in error.errors()]
        told = "；".join(one.message for one in issues[:3])
        text = f"核查记录有 {len(issues)} 处不完整：{told}。请重新核查后再生成报告"
        raise DataError(text, "REPORT_ROW", issues) from error


def _issue(fault: Mapping[str, Any]) -> Issue:
    where = ".".join(map(str, fault["loc"]))
    value = str(fault.get("input", ""))[:80]
    return Issue("REPORT_FIELD", f"{where}：{fault['msg']}", field=where, value=value)
