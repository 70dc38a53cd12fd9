"""Words that documents say in Chinese or English: tables of pairs, asked in one way."""

from collections.abc import Mapping

from geo.model import SECRECY, SECRECY_EN

Pair = tuple[str, str]  # Chinese, English
Words = Mapping[str, Pair]
SECRECIES: Mapping[str, str] = {zh: en.upper() for zh, en in zip(SECRECY, SECRECY_EN, strict=True)}


def word(words: Words, key: str, english: bool, **filled: object) -> str:
    """A text by its key in a language; its places are left for others where none is filled."""
    text = words[key][english]
    return text.format(**filled) if filled else text


def told(words: Words, key: str, english: bool) -> str:
    """A text by a key that comes from elsewhere; the key itself where it is new to us."""
    return words[key][english] if key in words else key


def bracketed(text: str, english: bool) -> str:
    """A text in the brackets of the language."""
    return f" ({text})" if english else f"（{text}）"


def listed(texts: list[str], english: bool) -> str:
    """Texts one after another."""
    return ("; " if english else "；").join(text for text in texts if text)
