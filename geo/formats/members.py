"""Rules on the names and sizes in a zip archive, applied before anything is unpacked."""

import re
import stat
import zipfile
from pathlib import PurePosixPath

from geo.errors import DataError
from geo.formats import sniff
from geo.formats.limits import ZIP_BYTES, ZIP_RATIO, ZIP_RATIO_FROM

_UTF8_FLAG = 0x800


def member_name(info: zipfile.ZipInfo) -> str:
    """A member's name; Chinese Windows writes it in GBK without saying so."""
    if info.flag_bits & _UTF8_FLAG:
        return info.orig_filename
    raw = info.orig_filename.encode("cp437")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("gb18030")


def check_name(info: zipfile.ZipInfo, name: str) -> None:
    """Raise `DataError` ``ZIP_PATH`` or ``ZIP_SYMLINK`` for a name that leads elsewhere."""
    parts = PurePosixPath(name).parts
    if "\\" in name or "\0" in name or ".." in parts or re.match(r"/|[A-Za-z]:", name):
        raise DataError(f"压缩包内含非法路径：{name!r}，请重新压缩", "ZIP_PATH")
    type_ = stat.S_IFMT(info.external_attr >> 16)
    if type_ not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise DataError(f"压缩包内含链接文件：{name}，请换成文件本身再压缩", "ZIP_SYMLINK")


def check_ratio(name: str, size: int, packed: int) -> None:
    """Raise `DataError` ``ZIP_TOO_BIG`` for a big member that is nearly all air."""
    if size > ZIP_RATIO_FROM and size > ZIP_RATIO * max(packed, 1):
        raise DataError(
            f"压缩包内 {name} 解压后为 {size >> 20} MB，是压缩时的 {ZIP_RATIO} 倍以上，不予解压",
            "ZIP_TOO_BIG",
        )


def too_big() -> DataError:
    """Refusal of an archive that unpacks to more than the cap."""
    return DataError(f"解压后超过 {ZIP_BYTES >> 20} MB，请拆分后上传", "ZIP_TOO_BIG")


def litter(name: str) -> bool:
    """What operating systems leave in archives."""
    path = PurePosixPath(name)
    return "__MACOSX" in path.parts or path.name in (".DS_Store", "Thumbs.db", "desktop.ini")


def about(name: str, shapes: list[str], bases: set[str]) -> bool:
    """A text beside other data is a note on it, not data."""
    return bool(shapes or bases) and sniff.extension(name) in ("txt", "csv", "tsv", "json")
