"""What an administrator does to accounts: asked for the right at the very moment it is done."""

from dataclasses import dataclass, field, replace

from geo import people
from geo.errors import ConflictError, DataError
from geo.people import Act, Person, Role
from pages import door, rights, who


@dataclass(frozen=True, slots=True)
class Typed:
    """An account as typed; an empty password leaves the one there is."""

    id: str
    name: str
    roles: frozenset[Role]
    units: frozenset[str]
    clearance: str
    password: str = field(default="", repr=False)
    disabled: bool = False


def keep(drawn: Person | None, typed: Typed) -> Person:
    """Add an account, or change the one that was drawn.

    Raises `RightsError`; `DataError` PERSON_TAKEN, PERSON_ROLES and those of `Office.put`;
    `PasswordError`; `ConflictError` PERSON_CHANGED where somebody else was first.
    """
    visit, held = rights.require(Act.PEOPLE), who.book()
    if held is None:
        raise DataError("没有设置登录，没有账号可改，请先设置 sign_in", "NO_SIGN_IN")
    now = held.people.persons.get(drawn.id if drawn else typed.id)
    if drawn is None and now is not None:
        raise DataError(f"登录名 {typed.id} 已有，请在左侧选中后修改", "PERSON_TAKEN")
    if drawn is not None and now != drawn:
        raise ConflictError(
            f"{drawn.name} 的账号刚被改动，没有保存，请核对现在的内容后重做", "PERSON_CHANGED"
        )
    if not typed.roles:
        raise DataError("没有选角色，请至少选一个；不再使用的账号请停用", "PERSON_ROLES")
    made, by = _made(drawn, typed), visit.person.name
    held.put(made, by=by, now=who.now(), address=visit.address, base=drawn)
    return held.person(typed.id)


def _made(drawn: Person | None, typed: Typed) -> Person:
    """The account to be: who sets another's password leaves it to be changed at the next visit."""
    if drawn is None and door.given().sign_in == "local" and not typed.password:
        raise people.PasswordError("没有填初始密码，请填写；本人首次登录时须改成自己的")
    old = drawn or Person(typed.id, typed.name)
    new = replace(
        old,
        name=typed.name,
        roles=typed.roles,
        units=typed.units,
        clearance=typed.clearance,
        disabled=typed.disabled,
    )
    if not typed.password:
        return new
    return replace(new, secret=people.hashed(typed.password, typed.id), must_change=True)
