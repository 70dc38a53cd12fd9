"""Which accounts may be: what their events hold, and what must stay true of all of them."""

from typing import Any

from geo import people
from geo.errors import DataError
from geo.people import People, Person, Role


def lawful(known: People, person: Person) -> None:
    """An administrator is left, and nobody bears the name that somebody else signed with.

    Raises `DataError` PERSON_LAST, PERSON_NAME_TAKEN.
    """
    others = [one for id_, one in known.persons.items() if id_ != person.id]
    heads = [one for one in others if Role.ADMINISTRATOR in one.roles and not one.disabled]
    if not heads and (person.disabled or Role.ADMINISTRATOR not in person.roles):
        raise DataError("至少要有一位未停用的管理员，请先另设一位", "PERSON_LAST")
    owner = known.names.get(people.plain_name(person.name), person.id)
    if owner != person.id:
        raise DataError(
            f"姓名 {person.name} 已由账号 {owner} 使用，记录上会分不清，请加以区别",
            "PERSON_NAME_TAKEN",
        )


def checked(person: Person) -> None:
    """Raise `DataError` PERSON_ID, PERSON_NAME for an account that cannot be."""
    plain = person.id.replace(".", "").replace("_", "").replace("-", "").replace("@", "")
    if not (plain.isascii() and plain.isalnum() and len(person.id) <= 64):
        raise DataError(
            f"登录名 {person.id!r} 应为 1–64 个英文字母、数字或 . _ - @，请改正", "PERSON_ID"
        )
    if not person.name.strip() or len(person.name) > 60:
        raise DataError(f"姓名 {person.name!r} 应为 1–60 个字，请改正", "PERSON_NAME")


def told(person: Person, address: str) -> dict[str, Any]:
    """An account as its event holds it."""
    return {
        "name": person.name,
        "roles": sorted(person.roles),
        "units": sorted(person.units),
        "clearance": person.clearance,
        "secret": person.secret,
        "must_change": person.must_change,
        "disabled": person.disabled,
        "address": address,
    }
