"""What can go wrong, by name.

Every message is a short Chinese sentence that says what is wrong, with which value,
and what to do next. `code` names the kind of fault for logs, tests and scripts.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Issue:
    """One fault in one place of a table or file; `row` counts from 1, 0 means the whole."""

    code: str
    message: str
    severity: str = "error"  # error | warning | info
    row: int = 0
    field: str = ""
    value: str = ""


class GeoError(Exception):
    """Something we can explain to the person at the desk.

    Parameters
    ----------
    message
        Chinese: what, with which value, what to do next.
    code
        Stable upper-case name of the fault.
    issues
        All faults found, when the thing refused is a table or a file.
    """

    code = "ERROR"

    def __init__(self, message: str, code: str = "", issues: Sequence[Issue] = ()) -> None:
        super().__init__(message)
        self.code = code or type(self).code
        self.issues = tuple(issues)


class DataError(GeoError):
    """A file or table is not what it must be."""

    code = "DATA"


class LedgerError(GeoError):
    """The ledger does not allow this move."""

    code = "MOVE"


class ConflictError(GeoError):
    """Someone else changed the zone first."""

    code = "CONFLICT"


class StoreError(GeoError):
    """The store cannot be opened, read or written."""

    code = "STORE"


class SettingError(GeoError):
    """A setting is missing or not allowed."""

    code = "SETTING"


class NoSolutionError(GeoError):
    """The scenario asks for more than the land can give."""

    code = "NO_SOLUTION"
