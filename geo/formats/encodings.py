"""Which encoding Chinese text in old files is in: declared, or found by strict decoding.

UTF-8 proves itself. GB18030 and Big5 each read most of what the other writes, so between
them the one whose characters are in common use decides, and a close call is said aloud.
"""

from collections import Counter
from collections.abc import Collection, Iterable

UTF8, GB18030, BIG5 = "utf-8", "gb18030", "big5"
_CANDIDATES = (UTF8, GB18030, BIG5)
_CODEC = {UTF8: "utf-8", GB18030: "gb18030", BIG5: "cp950"}
_NAMED = {
    UTF8: ("UTF8", "65001", "CP65001"),
    GB18030: ("936", "CP936", "GBK", "GB2312", "GB18030", "54936", "ANSI936", "OEM936", "MS936"),
    BIG5: ("950", "CP950", "BIG5", "ANSI950", "OEM950", "MS950", "BIG5HKSCS"),
}
# Language driver ids of dBASE files; others say nothing certain about Chinese text.
_LANGUAGE = {0x4D: GB18030, 0x7A: GB18030, 0x4F: BIG5, 0x78: BIG5}
_SURE = 0.8  # share of common characters that settles GB18030
_LONGEST = 4  # bytes of a character, so a cut one leaves fewer


def named(text: str) -> str:
    """Our name of the encoding a ``.cpg`` file or a drawing names; empty if it is not ours."""
    plain = "".join(c for c in text.upper() if c.isalnum())
    plain = plain.removeprefix("ANSI").removeprefix("OEM") if plain[-3:].isdigit() else plain
    return next((ours for ours, theirs in _NAMED.items() if plain in theirs), "")


def by_language(driver: int) -> str:
    """Encoding that a dBASE language driver id promises; empty if it promises none."""
    return _LANGUAGE.get(driver, "")


def known(encoding: str) -> str:
    """Our name of an encoding the reader chose; empty if we do not read it."""
    return encoding.lower() if encoding.lower() in _CODEC else named(encoding)


def codec(encoding: str) -> str:
    """Python's name of one of our encodings."""
    return _CODEC[encoding]


def decode(raw: bytes, encoding: str) -> str:
    """Decode strictly. Raises `UnicodeDecodeError`."""
    return raw.decode(_CODEC[encoding])


def decode_cut(raw: bytes, encoding: str) -> str | None:
    """Decode text that may end inside a character, without that end; None if it reads wrong."""
    for lost in range(_LONGEST):
        try:
            return raw[: len(raw) - lost].decode(_CODEC[encoding]) if raw else ""
        except UnicodeDecodeError as error:
            if error.start < len(raw) - lost - _LONGEST:
                return None
    return None


def unreadable(values: Iterable[bytes], encoding: str) -> int:
    """How many values this encoding does not read, even allowing for a cut end."""
    return sum(decode_cut(value, encoding) is None for value in values)


def _reads(values: Collection[bytes], encoding: str) -> bool:
    """Whether an encoding reads every value, a cut end allowed."""
    try:
        decode(b"\n".join(values), encoding)  # nearly always settles it, and at once
    except UnicodeDecodeError:
        return all(decode_cut(value, encoding) is not None for value in values)
    return True


def guess(values: Collection[bytes]) -> tuple[str, ...]:
    """Encodings that read all values, likeliest first; one alone is beyond doubt.

    Values in plain ASCII give ``("utf-8",)``; nothing fits gives an empty tuple.
    """
    strange = [value for value in values if not value.isascii()]
    if not strange:
        return (UTF8,)
    fits = [one for one in _CANDIDATES if _reads(strange, one)]
    share = {one: _common(strange, one) for one in fits}
    if UTF8 in fits and (share[UTF8] > 0 or share.get(GB18030, 0) < _SURE):
        return (UTF8,)
    order = sorted((one for one in fits), key=lambda one: -share[one])
    return (GB18030,) if share.get(GB18030, 0) >= _SURE else tuple(order)


def _common(values: Iterable[bytes], encoding: str) -> float:
    """Share of the characters beyond ASCII that are in everyday use in this encoding."""
    text = b"\n".join(values).decode(_CODEC[encoding], "ignore")
    counts = {c: n for c, n in Counter(text).items() if c > "\x7f"}
    lists = ("cp950", 0xA4, 0xC6) if encoding == BIG5 else ("gb2312", 0xB0, 0xD7)
    common = sum(n for c, n in counts.items() if _is_common(c, *lists))
    return common / max(sum(counts.values()), 1)


def _is_common(character: str, codec: str, first: int, last: int) -> bool:
    """In the list of common characters of the standard, or Chinese punctuation."""
    if "\u3000" <= character <= "\u303f" or "\uff00" <= character <= "\uffef":
        return True
    raw = character.encode(codec, "ignore")
    return len(raw) > 1 and first <= raw[0] <= last
