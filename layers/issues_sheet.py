"""The issue log of an import as Excel: one row an issue, coloured by how bad it is."""

from collections.abc import Mapping, Sequence

from geo.errors import Issue
from layers import sheet

SEVERITY: Mapping[str, str] = {"error": "错误", "warning": "提醒", "info": "说明"}
FILL: Mapping[str, str] = {"error": "#F8D7DA", "warning": "#FFF3CD", "info": "#EAF2F8"}
_OTHER = "#FFFFFF"


def workbook(issues: Sequence[Issue], about: Mapping[str, str]) -> bytes:
    """Errors first, then by row; `about` says which file was checked, when, and its counts."""
    order = list(SEVERITY)
    known = sorted(
        issues,
        key=lambda one: (order.index(one.severity) if one.severity in order else 9, one.row),
    )
    columns: dict[str, Sequence[object]] = {
        "程度": [SEVERITY.get(one.severity, one.severity) for one in known],
        "行号": [one.row or None for one in known],
        "字段": [one.field for one in known],
        "值": [one.value for one in known],
        "问题与处理": [one.message for one in known],
        "代号": [one.code for one in known],
    }
    fills = [FILL.get(one.severity, _OTHER) for one in known]
    return sheet.workbook("问题清单", columns, about, fills)
