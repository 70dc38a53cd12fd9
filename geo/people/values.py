"""A person of the office, and the roles there are."""

from dataclasses import dataclass
from enum import StrEnum

from geo.model import SECRECY


class Role(StrEnum):
    """What somebody is here for; a person may have several."""

    VIEWER = "viewer"
    PRESENTER = "presenter"
    EDITOR = "editor"
    APPROVER = "approver"
    ADMINISTRATOR = "administrator"


class Act(StrEnum):
    """What can be done; `data/rules/roles.toml` says who may, and which events each covers."""

    SEE = "see"
    EXPORT = "export"
    CHECK = "check"
    REMARK = "remark"
    SETTLE = "settle"
    SCENARIO = "scenario"
    MEETING = "meeting"
    LEDGER = "ledger"
    PROJECT = "project"
    DATA = "data"
    APPROVE = "approve"
    SETTINGS = "settings"
    PEOPLE = "people"
    AUDIT = "audit"


@dataclass(frozen=True, slots=True)
class Person:
    """One account.

    Parameters
    ----------
    id
        Sign-in name: ASCII letters, digits, ``. _ - @``.
    name
        Name on screen and in the log.
    roles
        What the person is here for; none may do nothing.
    units
        Ids of the towns and streets the person may change; empty for all.
    clearance
        Highest level of secrecy the person may see, one of `SECRECY`.
    secret
        Argon2id hash of the password; empty where another system vouches for the person.
    must_change
        The password was given by somebody else and has to be changed first.
    disabled
        No longer let in.
    """

    id: str
    name: str
    roles: frozenset[Role] = frozenset()
    units: frozenset[str] = frozenset()
    clearance: str = "内部"
    secret: str = ""
    must_change: bool = False
    disabled: bool = False

    def cleared(self, secrecy: str) -> bool:
        """Whether the person may see what is marked so; what bears no mark anybody may see."""
        return not secrecy or SECRECY.index(secrecy) <= SECRECY.index(self.clearance)


# Without accounts one person sits at this machine, and nobody else can reach it.
LOCAL = Person("local", "本机管理员", frozenset(Role), clearance=SECRECY[-1])
