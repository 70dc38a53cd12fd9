"""Bytes to text and text to numbers, as people write them in Chinese offices.

Encodings are tried in the order byte order mark, strict UTF-8, GB18030, because text in GBK is
hardly ever valid UTF-8 while GB18030 reads nearly anything.
"""

import re

from geo.errors import DataError, Issue

ENCODINGS = ("UTF-8", "GB18030", "GBK", "Big5", "UTF-16")
LINE_CAP = 1 << 20
_BOMS = ((b"\xef\xbb\xbf", "UTF-8"), (b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"))
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_BREAK = re.compile("\r\n|\n|\r")  # str.splitlines also breaks at marks that names may hold
_ASCII = {0xFF01 + i: 0x21 + i for i in range(94)} | {0x3000: 0x20, 0x3010: 0x5B, 0x3011: 0x5D}
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_PART = r"([0-9]+(?:\.[0-9]*)?)\s*"
_ANGLE = re.compile(
    rf"([NSEW]|[东西]经|[南北]纬)?\s*{_PART}(?:°|度|º|:)\s*(?:{_PART}(?:′|'|’|分|:)\s*)?"
    rf"(?:{_PART}(?:″|\"|''|”|’’|秒)?\s*)?([NSEW])?",
    re.IGNORECASE,
)
_NEGATIVE = ("S", "W", "南纬", "西经")


def decode(data: bytes, encoding: str = "") -> tuple[str, str]:
    """Text of a file, and the name of its encoding.

    Raises `DataError` for empty files (EMPTY_FILE), text that its encoding does not allow
    (ENCODING) and NUL or control characters (TEXT_CONTROL, with the line).
    """
    if not data.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n"):
        raise DataError("文件为空，请核对后重新选择", "EMPTY_FILE")
    text, name = _decoded(data, encoding)
    if bad := _CONTROL.search(text):
        row = len(_BREAK.findall(text, 0, bad.start())) + 1
        message = f"第 {row} 行含控制字符 U+{ord(bad[0]):04X}，请删去后重试"
        raise DataError(message, "TEXT_CONTROL", [Issue("TEXT_CONTROL", message, row=row)])
    return text, name


def lines(text: str) -> list[str]:
    """Lines of a text, ended by CRLF, LF or CR. Raises `DataError` (LINE_TOO_LONG) over 1 MB."""
    found = _BREAK.split(text)
    for row, line in enumerate(found, 1):
        if len(line) > LINE_CAP:
            raise DataError(f"第 {row} 行过长（超过 1 MB），请核对文件", "LINE_TOO_LONG")
    return found


def narrow(text: str) -> str:
    """Full-width letters, digits, brackets and punctuation as ASCII."""
    return text if text.isascii() else text.translate(_ASCII)


def number(text: str) -> float | None:
    """A finite number as written, with full-width digits or thousands commas, else None."""
    plain = text.strip() if text.isascii() else narrow(text).strip()
    if not _NUMBER.fullmatch(plain):
        if not _GROUPED.fullmatch(plain):
            return None
        plain = plain.replace(",", "")
    value = float(plain)
    return value if abs(value) < 1e300 else None


def angle(text: str) -> float | None:
    """Decimal degrees of a plain number or of degrees, minutes and seconds, else None."""
    plain = number(text)
    if plain is not None:
        return plain
    found = _ANGLE.fullmatch(narrow(text).strip())
    if not found:
        return None
    before, degrees, minutes, seconds, after = found.groups()
    if float(minutes or 0) >= 60 or float(seconds or 0) >= 60 or (before and after):
        return None
    value = float(degrees) + float(minutes or 0) / 60 + float(seconds or 0) / 3600
    return -value if (before or after or "").upper() in _NEGATIVE else value


def _decoded(data: bytes, encoding: str) -> tuple[str, str]:
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _strict(data, name), name
    if encoding:
        known = {name.lower(): name for name in ENCODINGS}
        if encoding.lower() not in known:
            raise DataError(f"不支持编码 {encoding}，请选 {'、'.join(ENCODINGS)}", "ENCODING")
        return _strict(data, known[encoding.lower()]), known[encoding.lower()]
    try:
        return data.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        return _strict(data, "GB18030"), "GB18030"


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode("utf-8-sig" if encoding == "UTF-8" else encoding)
    except UnicodeDecodeError as error:
        raise DataError(
            f"第 {error.start + 1} 字节不合 {encoding} 编码，请另选编码或用记事本另存为 UTF-8",
            "ENCODING",
        ) from error
