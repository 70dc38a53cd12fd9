"""What is held for one person: ten files and 200 MB in all pages together; ten imports a minute."""

from datetime import UTC, datetime, timedelta

import pytest

from geo.errors import DataError
from geo.formats.quota import Held, Quota

MIB = 1 << 20
NOW = datetime(2026, 1, 2, 8, tzinfo=UTC)


def send(quota: Quota, page: str, file: str, size: int = 1, person: str = "li") -> bool:
    """A file that comes and arrives whole; whether it is kept."""
    quota.coming((page, file), Held(person, f"in {person}", size))
    return quota.arrived((page, file), size)


def test_ten_files_are_kept_and_the_eleventh_is_not_in_whatever_page() -> None:
    quota = Quota()
    assert all(send(quota, f"page {i % 2}", f"f{i}") for i in range(10))
    assert not send(quota, "page 1", "f10", 3 * MIB)
    with pytest.raises(DataError, match=r"已有 10 个文件、0\.0 MB，这个文件（3\.0 MB）没有保留"):
        quota.checked("page 1", ["f9", "f10"])
    quota.checked("page 1", ["f9"])
    assert send(quota, "page 1", "f0", person="wang")


def test_200_mb_are_kept_and_not_a_byte_more() -> None:
    quota = Quota()
    assert all(send(quota, "a", f"f{i}", 50 * MIB) for i in range(3))
    assert send(quota, "b", "f3", 50 * MIB - 1)
    assert not send(quota, "b", "f4", 2)
    assert send(quota, "b", "f5", 1)
    with pytest.raises(DataError, match=r"每人最多 10 个、200 MB") as told:
        quota.checked("b", ["f4"])
    assert told.value.code == "QUOTA"


def test_a_file_taken_back_or_whose_page_is_gone_makes_room() -> None:
    quota = Quota()
    for i in range(10):
        send(quota, f"page {i}", f"f{i}")
    quota.gone(("page 3", "f3"))
    assert send(quota, "page 0", "x")
    assert not send(quota, "page 0", "y")
    quota.closed("page 0")
    assert [send(quota, "page 1", name) for name in ("u", "v", "w")] == [True, True, False]


def test_not_even_marks_are_kept_without_end() -> None:
    quota = Quota()
    sent = [send(quota, "a", f"f{i}") for i in range(20)]
    assert sent == [True] * 10 + [False] * 10
    with pytest.raises(DataError, match="新的文件没有接收"):
        quota.coming(("a", "f20"), Held("li", "", 1))


def test_many_large_files_on_their_way_at_once_are_refused_before_they_fill_the_memory() -> None:
    quota = Quota()
    for i in range(5):
        quota.coming(("a", f"f{i}"), Held("li", "", 50 * MIB))
    with pytest.raises(DataError, match="超出上传配额"):
        quota.coming(("a", "f5"), Held("li", "", 50 * MIB))
    quota.coming(("b", "f0"), Held("wang", "", 50 * MIB))


def test_pages_of_one_sign_in_are_known() -> None:
    quota = Quota()
    send(quota, "a", "f")
    send(quota, "b", "f", person="wang")
    assert quota.pages("in li") == {"a"}
    assert quota.pages() == {"a", "b"}


def test_ten_imports_a_minute_each_counted_once() -> None:
    quota = Quota()
    for i in range(10):
        for _ in range(3):
            quota.begin("li", f"file {i}", NOW + timedelta(seconds=i))
    with pytest.raises(DataError, match="请 45 秒后再试") as told:
        quota.begin("li", "file 10", NOW + timedelta(seconds=16))
    assert told.value.code == "IMPORT_RATE"
    quota.begin("wang", "file 10", NOW + timedelta(seconds=16))
    quota.begin("li", "file 10", NOW + timedelta(seconds=60))
