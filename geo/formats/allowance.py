"""How much of what people bring is held for each of them, in all their pages together.

A file is counted from its first byte. What is too much is not kept: of it only a mark stays, so
that the page can say which file it was. Everything goes when its page is gone.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from threading import Lock

from geo.errors import DataError
from geo.formats.limits import IMPORTS, PERSON_BYTES, PERSON_FILES, UPLOAD_BYTES

Key = tuple[str, str]  # page and file
_MINUTE = timedelta(minutes=1)
_MARKS = PERSON_FILES  # files beyond the allowance of which a mark stays; more are refused outright


@dataclass(frozen=True, slots=True)
class Held:
    """One file: whose, in which sign-in, of how many bytes; `kept` unless it is too much."""

    person: str
    sign_in: str
    size: int
    kept: bool = True
    whole: bool = False  # all of it has arrived


class Allowance:
    """The files held for everybody, and what everybody began lately; for many threads."""

    def __init__(self) -> None:
        self._held: dict[Key, Held] = {}
        self._begun: dict[str, dict[str, datetime]] = {}
        self._lock = Lock()

    def coming(self, key: Key, one: Held) -> None:
        """Count a file that begins to arrive.

        Raises `DataError` QUOTA where so much is held or on its way that not even a mark of it
        is kept.
        """
        with self._lock:
            others = [old for at, old in self._held.items() if at != key and _of(old, one)]
            arriving = sum(old.size for old in others if not old.whole)
            many = len(others) >= PERSON_FILES + _MARKS
            if many or arriving + one.size > PERSON_BYTES + UPLOAD_BYTES:
                raise _full(others)
            self._held[key] = one

    def arrived(self, key: Key, size: int) -> bool:
        """Say how long a file is that has arrived; whether it may be kept.

        One that was taken back while it was on its way may not: nobody would count it.
        """
        with self._lock:
            one = self._held.pop(key, None)
            if one is None:
                return False
            kept = [old for old in self._held.values() if _of(old, one) and old.kept and old.whole]
            fits = len(kept) < PERSON_FILES and sum(old.size for old in kept) + size <= PERSON_BYTES
            self._held[key] = replace(one, size=size, kept=fits, whole=True)
            return fits

    def counted(self, key: Key) -> bool:
        """Whether a file is on its way or held."""
        with self._lock:
            return key in self._held

    def gone(self, key: Key) -> None:
        """Forget a file that was taken back or did not arrive."""
        with self._lock:
            self._held.pop(key, None)

    def pages(self, sign_in: str = "") -> set[str]:
        """Pages that files are held for; those of one sign-in."""
        with self._lock:
            found = self._held.items()
            return {key[0] for key, one in found if sign_in in ("", one.sign_in)}

    def closed(self, page: str) -> None:
        """Forget all files of a page that is gone."""
        with self._lock:
            for key in [one for one in self._held if one[0] == page]:
                del self._held[key]

    def checked(self, page: str, files: Collection[str]) -> None:
        """Raise `DataError` QUOTA, with numbers and the way out, if one of these was not kept."""
        with self._lock:
            for file in files:
                one = self._held.get((page, file))
                if one and not one.kept:
                    raise _full([old for old in self._held.values() if _of(old, one)], one.size)

    def begin(self, person: str, what: str, now: datetime) -> None:
        """Count an import that somebody begins; the same one is counted once.

        Raises `DataError` IMPORT_RATE after ten within a minute.
        """
        with self._lock:
            lately = self._begun.get(person, {})
            lately = {key: at for key, at in lately.items() if now - at < _MINUTE}
            self._begun[person] = lately
            if what in lately:
                return
            if len(lately) >= IMPORTS:
                wait = int((min(lately.values()) + _MINUTE - now).total_seconds()) + 1
                raise DataError(
                    f"一分钟内已导入 {len(lately)} 次，最多 {IMPORTS} 次，请 {wait} 秒后再试",
                    "IMPORT_RATE",
                )
            lately[what] = now


def _of(old: Held, one: Held) -> bool:
    return old.person == one.person


def _full(others: Collection[Held], size: int = 0) -> DataError:
    kept = [one for one in others if one.kept]
    this = f"这个文件（{_mib(size)} MB）没有保留" if size else "新的文件没有接收"
    return DataError(
        f"超出上传配额：您在各页面已有 {len(kept)} 个文件、{_mib(sum(o.size for o in kept))} MB，"
        f"{this}。每人最多 {PERSON_FILES} 个、{PERSON_BYTES >> 20} MB，"
        "请移除不用的文件或关闭其他页面，再重新上传",
        "QUOTA",
    )


def _mib(size: int) -> str:
    return f"{size / 2**20:.1f}"
