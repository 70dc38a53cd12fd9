"""What people have uploaded: how much is held for each, and that it goes with its page.

Streamlit keeps an uploaded file in memory by the page that sent it; for one that was closed, too.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta

from streamlit import runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from geo import people
from geo.errors import GeoError
from geo.formats.allowance import Allowance
from geo.office import RightsError
from pages import parts, who

ALLOWANCE = Allowance()
_SWEEP_S = 15
_BACK = timedelta(seconds=60)  # a page that lost its connection may come back within
_lost: dict[str, datetime] = {}


def store() -> MemoryUploadedFileManager | None:
    """Where Streamlit keeps files; None where no server runs, as in a test of one page."""
    found = runtime.get_instance().uploaded_file_mgr if runtime.exists() else None
    return found if isinstance(found, MemoryUploadedFileManager) else None


def allowed(files: Sequence[UploadedFile]) -> bool:
    """Whether all of these files were kept; else it is told what was too much, and what to do."""
    run = get_script_run_ctx()
    try:
        ALLOWANCE.checked(run.session_id if run else "", [one.file_id for one in files])
    except GeoError as error:
        parts.refused(error)
        return False
    return True


def begin(what: object) -> None:
    """Count an import that begins. Raises `DataError` IMPORT_RATE after ten within a minute."""
    visit = who.visit()
    if visit is None:
        raise RightsError("尚未登录或登录已过期，请重新登录", "SIGNED_OUT")
    ALLOWANCE.begin(visit.person.id, repr(what), who.now())


def left(token: str) -> None:
    """Somebody signed out: what they uploaded in that sign-in goes at once."""
    for page in ALLOWANCE.pages(people.session_subject(token)):
        _drop(page)


@asynccontextmanager
async def sweeping() -> AsyncIterator[None]:
    """Within, the files of pages that are gone are dropped from time to time."""
    task = asyncio.create_task(_sweep_on())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _sweep_on() -> None:
    while True:
        await asyncio.sleep(_SWEEP_S)
        sweep(who.now())


def sweep(now: datetime) -> None:
    """Drop the files of pages that were closed a minute ago; on the server's own loop."""
    open_ = {page for page in ALLOWANCE.pages() if _is_open(page)}
    for page in open_:
        _lost.pop(page, None)
    for page in ALLOWANCE.pages() - open_:
        if now - _lost.setdefault(page, now) >= _BACK:
            if runtime.exists():
                runtime.get_instance().close_session(page)  # and what its script made of them
            _drop(page)


def _is_open(page: str) -> bool:
    return runtime.exists() and runtime.get_instance().is_active_session(page)


def _drop(page: str) -> None:
    found = store()
    if found:
        found.remove_session_files(page)
    ALLOWANCE.closed(page)
    _lost.pop(page, None)
