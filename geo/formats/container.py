"""Uploads as they come (one file, a zip, the parts of a shapefile) made into one source.

Runs inside the jail. Nothing is unpacked before every name in the archive has been judged,
and a member is unpacked under a name of ours, counted byte by byte.
"""

import re
import shutil
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from geo.errors import DataError, Issue
from geo.formats import members, sniff
from geo.formats.limits import ZIP_BYTES, ZIP_MEMBERS
from geo.formats.values import Kind

_SECRET_FLAG = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # what every program packs with
# A wrong sum or header, a broken stream, an early end, a feature of the format nobody uses, and,
# as ValueError, a name that is no UTF-8. A full disk is none of them.
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError)
_ARCHIVES = ("zip", "kmz", "rar", "7z", "gz", "tgz", "tar", "bz2", "xz")
_WRAPPED = ("gpkg", "geojson", "json", "kml", "dxf", "txt", "csv", "tsv")
# Kept beside a shapefile by other programs; nothing in them is ours to read.
_BESIDE = (
    "sbn",
    "sbx",
    "qix",
    "qpj",
    "idx",
    "ain",
    "aih",
    "atx",
    "ixs",
    "mxs",
    "xml",
    "fbn",
    "fbx",
)
_GDB_FILE = re.compile(r"[A-Za-z0-9_.\-]{1,100}")
_GDB_FIRST = "a00000001.gdbtable"
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Source:
    """One thing to read: its kind, where it lies in the jail, and what its parts are called.

    Parameters
    ----------
    kind
        By content.
    path
        A file; for FileGDB its folder; for shapefiles a folder with ``shapes/0.shp``,
        ``shapes/0.shx`` and ``rows/0.dbf``, ``rows/0.prj``, ``rows/0.cpg``.
    titles
        For shapefiles: number of ours to the user's name.
    issues
        What was left aside.
    """

    kind: Kind
    path: Path
    titles: Mapping[str, str] = field(default_factory=dict)
    issues: tuple[Issue, ...] = ()


def open_source(files: Sequence[tuple[str, Path]], work: Path) -> Source:
    """Judge and unpack what was uploaded.

    Parameters
    ----------
    files
        The user's name and the path of each uploaded file.
    work
        Empty folder to unpack into.

    Raises
    ------
    DataError
        ``ZIP_…``, ``TYPE_MISMATCH``, ``EMPTY_FILE`` or ``SHP_PART_MISSING``.
    """
    name, path = files[0]
    if len(files) == 1 and sniff.is_zip(path):
        return _Archive(path, name, work).source()
    if len(files) == 1 and sniff.extension(name) not in sniff.PARTS:
        if sniff.extension(name) == "zip" and path.stat().st_size:
            raise DataError(f"压缩包损坏：{name}，请重新压缩后上传", "ZIP_CORRUPT")
        return Source(sniff.kind_of(path, name), path)
    strange = [name for name, _ in files if sniff.extension(name) not in (*sniff.PARTS, *_BESIDE)]
    if strange:
        raise DataError(
            f"只有 Shapefile 可以分成几个文件上传，{strange[0]} 请单独上传", "TYPE_MISMATCH"
        )
    return _gather(dict(files), work)


def _gather(parts: Mapping[str, Path], work: Path) -> Source:
    """Lay shapefile parts that lie at `parts` side by side under plain names."""
    titles: dict[str, str] = {}
    seen: set[tuple[str, str]] = set()
    for room in ("shapes", "rows"):
        (work / room).mkdir()
    for name, path in parts.items():
        extension = sniff.extension(name)
        if extension not in sniff.PARTS:
            continue
        title = str(PurePosixPath(name).with_suffix(""))
        stem = next((s for s, t in titles.items() if t.casefold() == title.casefold()), "")
        stem = stem or str(len(titles))
        if (stem, extension) in seen:
            raise DataError(f"同名文件重复：{name}，请只保留一个", "ZIP_DUPLICATE")
        seen.add((stem, extension))
        if not path.stat().st_size and extension in ("shp", "shx", "dbf"):
            raise DataError(f"文件为空：{name}，请核对后重新导出", "EMPTY_FILE")
        titles.setdefault(stem, title)
        # GDAL is shown shapes only; rows and their encoding are ours to read.
        room = "shapes" if extension in ("shp", "shx") else "rows"
        shutil.move(path, work / room / f"{stem}.{extension}")
    for stem, title in titles.items():
        missing = [e for e in ("shp", "shx", "dbf") if (stem, e) not in seen]
        if missing:
            lacking = "、".join(f".{extension}" for extension in missing)
            raise DataError(
                f"{title} 缺少 {lacking} 文件，请与 .shp 一起上传或打包为 ZIP", "SHP_PART_MISSING"
            )
    return Source(Kind.SHP, work, titles)


class _Archive:
    """A zip file whose names have been judged."""

    def __init__(self, path: Path, name: str, work: Path) -> None:
        self._path, self._name, self._work = path, name, work
        self._room = ZIP_BYTES
        try:
            self._zip = zipfile.ZipFile(path)
            self._members = {members.member_name(one): one for one in self._judged()}
        except _BROKEN as error:
            raise self._corrupt() from error

    def source(self) -> Source:
        """What the archive holds."""
        names = list(self._members)
        extension = sniff.extension(self._name)
        if not names:
            raise DataError(f"文件为空：压缩包 {self._name} 里没有文件", "EMPTY_FILE")
        if "[Content_Types].xml" in names and any(n.startswith("xl/") for n in names):
            if extension not in ("xlsx", "xlsm"):
                raise DataError(
                    f"内容与扩展名不符：{self._name} 的内容是 Excel，请改正扩展名", "TYPE_MISMATCH"
                )
            return Source(Kind.XLSX, self._path)
        self._no_archives(names)
        kml = [name for name in names if sniff.extension(name) == "kml"]
        if extension == "kmz":
            return self._kmz(kml)
        if extension != "zip":
            raise DataError(
                f"内容与扩展名不符：{self._name} 的内容是 ZIP 压缩包，请改正扩展名", "TYPE_MISMATCH"
            )
        return self._data(names)

    def _data(self, names: list[str]) -> Source:
        """The one kind of data in a ``.zip``."""
        bases = {str(PurePosixPath(n).parent) for n in names if n.lower().endswith(_GDB_FIRST)}
        inside = [n for n in names if str(PurePosixPath(n).parent) in bases]
        rest = [n for n in names if n not in set(inside)]
        shapes = [n for n in rest if sniff.extension(n) in sniff.PARTS]
        plain = [
            n
            for n in rest
            if sniff.extension(n) in _WRAPPED and not members.about(n, shapes, bases)
        ]
        kinds = len(bases) + bool(shapes) + len(plain)
        if kinds > 1:
            raise DataError(
                f"压缩包 {self._name} 内有多份数据（{'、'.join([*bases, *shapes, *plain][:5])}），"
                "请分开上传",
                "ZIP_MIXED",
            )
        if kinds == 0:
            raise DataError(
                f"不支持的文件类型：压缩包 {self._name} 内没有可读取的空间数据", "TYPE_MISMATCH"
            )
        used = {*inside, *shapes, *plain}
        issues = _left(n for n in rest if n not in used and sniff.extension(n) not in _BESIDE)
        if bases:
            return Source(Kind.GDB, self._gdb(inside), issues=issues)
        if shapes:
            found = _gather({n: self._unpack(n) for n in shapes}, self._work)
            return Source(found.kind, found.path, _short(found.titles), issues)
        path = self._unpack(plain[0])
        return Source(sniff.kind_of(path, plain[0]), path, issues=issues)

    def _kmz(self, kml: list[str]) -> Source:
        main = [n for n in kml if n.lower() == "doc.kml"] or kml
        if len(main) != 1:
            raise DataError(f"{self._name} 内应有一个 doc.kml，现有 {len(main)} 个", "ZIP_MIXED")
        path = self._unpack(main[0])
        sniff.kind_of(path, "doc.kml")
        return Source(Kind.KMZ, path, issues=_left(n for n in kml if n not in main))

    def _gdb(self, names: list[str]) -> Path:
        room = self._work / "data.gdb"
        room.mkdir()
        for name in names:
            plain = PurePosixPath(name).name
            if not _GDB_FILE.fullmatch(plain):
                raise DataError(f"压缩包内含非法路径：{name}", "ZIP_PATH")
            shutil.move(self._unpack(name), room / plain)
        return room

    def _judged(self) -> list[zipfile.ZipInfo]:
        """The archive's files, after every rule on names and declared sizes."""
        infos = self._zip.infolist()
        if len(infos) > ZIP_MEMBERS:
            raise DataError(
                f"压缩包内有 {len(infos)} 个文件，超过 {ZIP_MEMBERS} 个，请分开压缩", "ZIP_TOO_MANY"
            )
        seen: set[str] = set()
        for info in infos:
            name = members.member_name(info)
            members.check_name(info, name)
            if name.casefold() in seen:
                raise DataError(f"压缩包内文件名重复：{name}，请重新压缩", "ZIP_DUPLICATE")
            seen.add(name.casefold())
            if info.flag_bits & _SECRET_FLAG:
                raise DataError(f"压缩包 {self._name} 已加密，请解密后重新压缩", "ZIP_ENCRYPTED")
            if info.header_offset < 0:  # before the beginning of the file
                raise self._corrupt()
            if info.compress_type not in _METHODS:
                told = f"压缩包 {self._name} 用了少见的压缩方式，请用系统自带的 zip 重新压缩"
                raise DataError(told, "ZIP_METHOD")
            members.check_ratio(name, info.file_size, info.compress_size)
        if sum(info.file_size for info in infos) > ZIP_BYTES:
            raise members.too_big()
        return [
            one
            for one in infos
            if not one.is_dir() and not members.litter(members.member_name(one))
        ]

    def _no_archives(self, names: list[str]) -> None:
        nested = [name for name in names if sniff.extension(name) in _ARCHIVES]
        if nested:
            raise DataError(f"压缩包内还有压缩包：{nested[0]}，请先解开", "ZIP_NESTED")

    def _unpack(self, name: str) -> Path:
        """Write one member under a number of ours, counting what really comes out."""
        info = self._members[name]
        path = self._work / f"member-{self._members[name].header_offset}"
        size = 0
        with path.open("wb") as file:
            for chunk in self._chunks(info):
                size += len(chunk)
                if size > self._room:
                    raise members.too_big()
                file.write(chunk)
        members.check_ratio(name, size, info.compress_size)
        self._room -= size
        return path

    def _chunks(self, info: zipfile.ZipInfo) -> Iterator[bytes]:
        try:
            with self._zip.open(info) as member:
                while chunk := member.read(_CHUNK):
                    yield chunk
        except _BROKEN as error:
            raise self._corrupt() from error

    def _corrupt(self) -> DataError:
        return DataError(f"压缩包损坏：{self._name}，请重新压缩后上传", "ZIP_CORRUPT")


def _left(names: Iterable[str]) -> tuple[Issue, ...]:
    left = list(names)
    if not left:
        return ()
    message = f"压缩包内另有 {len(left)} 个文件未读取：{'、'.join(left[:5])}"
    return (Issue("FILES_IGNORED", message, "info"),)


def _short(titles: Mapping[str, str]) -> dict[str, str]:
    """Names without folders where they stay different."""
    bare = {stem: PurePosixPath(title).name for stem, title in titles.items()}
    counts: defaultdict[str, int] = defaultdict(int)
    for title in bare.values():
        counts[title.casefold()] += 1
    return {s: t if counts[t.casefold()] == 1 else titles[s] for s, t in bare.items()}
