"""Passwords: kept as argon2id, never told, checked for the worst choices only.

Parameters follow RFC 9106, second recommended option (64 MiB, 3 passes), as argon2-cffi has
them by default. Length over composition rules: NIST SP 800-63B, 3.1.1.
"""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from geo.errors import DataError

SHORTEST, LONGEST = 10, 128
_HASHER = PasswordHasher()
# Compared with when nobody has the name, so that the time of an answer does not tell who exists.
_NOBODY = _HASHER.hash("nobody has this name")
_WORST = frozenset(
    ("1234567890", "12345678910", "0123456789", "qwertyuiop", "password123", "admin12345")
)


class PasswordError(DataError):
    """A password that cannot be taken; says why."""

    code = "PASSWORD"


def weak(password: str, name: str = "") -> str:
    """Why a password is not good enough; empty if it is."""
    if not SHORTEST <= len(password) <= LONGEST:
        return f"密码应为 {SHORTEST}–{LONGEST} 个字符，现为 {len(password)} 个"
    if len(set(password)) < 5:
        return "密码中不同的字符少于 5 个，请换一个"
    plain = password.casefold()
    if plain in _WORST or (name and name.casefold() in plain):
        return "密码太常见或含有登录名，请换一个"
    return ""


def hashed(password: str, name: str = "") -> str:
    """The hash to keep. Raises `PasswordError` for one that is too weak."""
    why = weak(password, name)
    if why:
        raise PasswordError(why)
    return _HASHER.hash(password)


def matches(secret: str, password: str) -> bool:
    """Whether a password is the one hashed; takes as long for an empty hash, and says no."""
    try:
        _HASHER.verify(secret or _NOBODY, password[: LONGEST + 1])
    except (VerifyMismatchError, InvalidHashError):
        return False
    return bool(secret)
