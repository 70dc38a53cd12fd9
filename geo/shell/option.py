"""Options of a command as fields of a dataclass: what is asked is one value, not thirty."""

import inspect
from collections.abc import Callable
from typing import Any, TypeVar, get_type_hints

Asked = TypeVar("Asked")


def command(kind: type[Asked], work: Callable[[Asked], None]) -> Callable[..., None]:
    """A command that has an option for each field of a dataclass, and does `work` with them.

    Fields are annotated as parameters of a command are; one without a default must be given.
    """

    def run(**given: Any) -> None:
        work(kind(**given))

    run.__doc__ = work.__doc__
    run.__annotations__ = get_type_hints(kind, include_extras=True)
    run.__dict__["__signature__"] = inspect.signature(kind)
    return run
