"""What is held for one person: ten files and 200 MB in all pages together; ten imports a minute."""

from datetime import UTC, datetime, timedelta

import pytest

from geo.errors import DataError
from geo.formats.allowance import Allowance, Held

MIB = 1 << 20
NOW = datetime(2026, 1, 2, 8, tzinfo=UTC)


def send(held: Allowance, page: str, file: str, size: int = 1, person: str = "li") -> bool:
    """A file that comes and arrives whole; whether it is kept."""
    held.coming((page, file), Held(person, f"in {person}", size))
    return held.arrived((page, file), size)


def test_ten_files_are_kept_and_the_eleventh_is_not_in_whatever_page() -> None:
    held = Allowance()
    assert all(send(held, f"page {i % 2}", f"f{i}") for i in range(10))
    assert not send(held, "page 1", "f10", 3 * MIB)
    with pytest.raises(DataError, match=r"已有 10 个文件、0\.0 MB，这个文件（3\.0 MB）没有保留"):
        held.checked("page 1", ["f9", "f10"])
    held.checked("page 1", ["f9"])
    assert send(held, "page 1", "f0", person="wang")


def test_200_mb_are_kept_and_not_a_byte_more() -> None:
    held = Allowance()
    assert all(send(held, "a", f"f{i}", 50 * MIB) for i in range(3))
    assert send(held, "b", "f3", 50 * MIB - 1)
    assert not send(held, "b", "f4", 2)
    assert send(held, "b", "f5", 1)
    with pytest.raises(DataError, match=r"每人最多 10 个、200 MB") as told:
        held.checked("b", ["f4"])
    assert told.value.code == "QUOTA"


def test_a_file_taken_back_or_whose_page_is_gone_makes_room() -> None:
    held = Allowance()
    for i in range(10):
        send(held, f"page {i}", f"f{i}")
    held.gone(("page 3", "f3"))
    assert send(held, "page 0", "x")
    assert not send(held, "page 0", "y")
    held.closed("page 0")
    assert [send(held, "page 1", name) for name in ("u", "v", "w")] == [True, True, False]


def test_a_file_taken_back_while_it_is_on_its_way_is_not_kept() -> None:
    held = Allowance()
    held.coming(("a", "f"), Held("li", "in li", 1))
    held.gone(("a", "f"))
    assert not held.arrived(("a", "f"), 1)
    assert not held.counted(("a", "f"))


def test_not_even_marks_are_kept_without_end() -> None:
    held = Allowance()
    sent = [send(held, "a", f"f{i}") for i in range(20)]
    assert sent == [True] * 10 + [False] * 10
    with pytest.raises(DataError, match="新的文件没有接收"):
        held.coming(("a", "f20"), Held("li", "", 1))


def test_many_large_files_on_their_way_at_once_are_refused_before_they_fill_the_memory() -> None:
    held = Allowance()
    for i in range(5):
        held.coming(("a", f"f{i}"), Held("li", "", 50 * MIB))
    with pytest.raises(DataError, match="超出上传配额"):
        held.coming(("a", "f5"), Held("li", "", 50 * MIB))
    held.coming(("b", "f0"), Held("wang", "", 50 * MIB))


def test_pages_of_one_sign_in_are_known() -> None:
    held = Allowance()
    send(held, "a", "f")
    send(held, "b", "f", person="wang")
    assert held.pages("in li") == {"a"}
    assert held.pages() == {"a", "b"}


def test_ten_imports_a_minute_each_counted_once() -> None:
    held = Allowance()
    for i in range(10):
        for _ in range(3):
            held.begin("li", f"file {i}", NOW + timedelta(seconds=i))
    with pytest.raises(DataError, match="请 45 秒后再试") as told:
        held.begin("li", "file 10", NOW + timedelta(seconds=16))
    assert told.value.code == "IMPORT_RATE"
    held.begin("wang", "file 10", NOW + timedelta(seconds=16))
    held.begin("li", "file 10", NOW + timedelta(seconds=60))
