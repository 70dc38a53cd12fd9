"""People and the log from a shell: ``people list|add|change``, ``audit list|verify|head``.

The first administrator is made here, because nobody is let in before there is one.
"""

import sys
from dataclasses import replace
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from geo import chronicle, office, people, settings
from geo.chronicle import CHINA
from geo.errors import DataError
from geo.model import SECRECY
from geo.office import Office
from geo.people import Person, Role
from geo.shell import answer, heading, told
from geo.shell.bring import Json
from geo.zone import DATA

app = typer.Typer(help="人员与权限：谁可以登录、做什么。", no_args_is_help=True)
log = typer.Typer(
    help="审计记录：谁、何时、从哪里、做了什么；能看出任何改动。", no_args_is_help=True
)
Book = Annotated[str, typer.Option("--office", help="人员与审计记录的存放地址；缺省按设置")]
Roles = Annotated[
    str, typer.Option(help="角色，逗号分隔：viewer presenter editor approver administrator")
]
Units = Annotated[str, typer.Option(help="只管哪些镇街（代号，逗号分隔）；空为全部")]
Clearance = Annotated[str, typer.Option(help="可看的最高密级")]


def opened(address: str) -> Office:
    """The book at an address, or where the settings say."""
    found = address or settings.office_address(settings.read())
    return office.open_office(found, people.read(DATA / "rules"))


@app.command("list", help="全部账号。")
def listed(book: Book = "", json: Json = False) -> None:
    """Print every account, without its secret."""
    rows = [_row(one) for one in opened(book).people.persons.values()]
    if json:
        told.as_json(rows)
    else:
        told.as_table(rows, heading.PEOPLE, "人员")


def _row(person: Person) -> dict[str, Any]:
    return {
        "id": person.id,
        "name": person.name,
        "roles": sorted(person.roles),
        "units": sorted(person.units),
        "clearance": person.clearance,
        "password": bool(person.secret),
        "must_change": person.must_change,
        "disabled": person.disabled,
    }


@app.command(help="新增账号；口令从标准输入读一行，首次登录须更改。")
def add(  # noqa: PLR0913 - each is one thing told of a person
    id_: Annotated[str, typer.Argument(metavar="登录名")],
    *,
    name: Annotated[str, typer.Option(help="姓名")],
    role: Roles = "viewer",
    unit: Units = "",
    clearance: Clearance = "内部",
    no_password: Annotated[bool, typer.Option(help="由统一登录或网关验明身份，不设口令")] = False,
    book: Book = "",
    json: Json = False,
) -> None:
    """Add an account."""
    held = opened(book)
    if id_ in held.people.persons:
        raise DataError(f"登录名 {id_} 已有，请用 people change 修改", "PERSON_TAKEN")
    secret = "" if no_password else people.hashed(_password(), id_)
    person = Person(id_, name, _roles(role), _set(unit), _level(clearance), secret, bool(secret))
    held.put(person, by="命令行", now=datetime.now(UTC), base=None)
    _said(held.person(id_), json)


@app.command(help="修改账号：角色、镇街、密级、停用、启用、重设口令。")
def change(  # noqa: PLR0913 - each is one thing told of a person
    id_: Annotated[str, typer.Argument(metavar="登录名")],
    *,
    name: Annotated[str, typer.Option(help="姓名")] = "",
    role: Roles = "",
    unit: Annotated[
        str | None, typer.Option(help="只管哪些镇街（代号，逗号分隔）；空为全部")
    ] = None,
    clearance: Clearance = "",
    disabled: Annotated[bool | None, typer.Option("--disable/--enable", help="停用或启用")] = None,
    password: Annotated[bool, typer.Option(help="重设口令，从标准输入读一行")] = False,
    book: Book = "",
    json: Json = False,
) -> None:
    """Change what is given and keep the rest."""
    held = opened(book)
    old = held.person(id_)
    new = replace(
        old,
        name=name or old.name,
        roles=_roles(role) if role else old.roles,
        units=old.units if unit is None else _set(unit),
        clearance=_level(clearance) if clearance else old.clearance,
        disabled=old.disabled if disabled is None else disabled,
        secret=people.hashed(_password(), id_) if password else old.secret,
        must_change=password or old.must_change,
    )
    held.put(new, by="命令行", now=datetime.now(UTC), base=old)
    _said(held.person(id_), json)


def _said(person: Person, json: bool) -> None:
    if json:
        told.as_json(_row(person))
    else:
        told.as_table([_row(person)], heading.PEOPLE, "已保存")


def _password() -> str:
    """One line of standard input; asked for, unseen, at a keyboard."""
    if sys.stdin.isatty():
        return str(typer.prompt("口令", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\r\n")


def _roles(text: str) -> frozenset[Role]:
    wrong = sorted(_set(text) - {one.value for one in Role})
    if wrong:
        known = "、".join(one.value for one in Role)
        raise DataError(f"角色 {'、'.join(wrong)} 不存在，可用：{known}", "ROLE")
    return frozenset(map(Role, _set(text)))


def _set(text: str) -> frozenset[str]:
    return frozenset(one.strip() for one in text.split(",") if one.strip())


def _level(text: str) -> str:
    if text not in SECRECY:
        raise DataError(f"密级 {text!r} 不存在，请选 {'、'.join(SECRECY)} 之一", "SECRECY")
    return text


@log.command("list", help="逐条列出：序号、时间、人员、来源地址、动作。")
def entries(
    person: Annotated[str, typer.Option(help="只看某人（姓名）")] = "",
    last: Annotated[int, typer.Option(help="最后多少条；0 为全部", min=0)] = 50,
    book: Book = "",
    json: Json = False,
) -> None:
    """Print the log."""
    found = [one for one in opened(book).log() if person in ("", one.event.by)][-last or None :]
    rows = [
        {
            "number": one.number,
            "at": f"{one.event.at.astimezone(CHINA):%Y-%m-%d %H:%M:%S}",
            "by": one.event.by,
            "address": one.event.data.get("address", ""),
            "subject": one.event.subject,
            "verb": one.event.verb,
        }
        for one in found
    ]
    if json:
        told.as_json(rows)
    else:
        told.as_table(rows, heading.AUDIT, "审计记录")


@log.command("head", help="末条的序号和校验值：抄下来，以后可查出末尾有没有被截去。")
def last(book: Book = "", json: Json = False) -> None:
    """Print number and hash of the last line."""
    number, digest = opened(book).head
    if json:
        told.as_json({"number": number, "hash": digest})
    else:
        typer.echo(f"{number}:{digest}")


@log.command(help="逐条核对校验链；--head 与以前抄下的比较。")
def verify(
    head: Annotated[str, typer.Option(help="以前抄下或文件上印的“序号:校验值”")] = "",
    book: Book = "",
    json: Json = False,
) -> None:
    """Check the chain, the first bad line first; exit code 1 if anything was altered."""
    faults = opened(book).verify(chronicle.head_of(head))
    rows = [answer.issue(one) for one in faults]
    if json:
        told.as_json({"sound": not rows, "issues": rows})
    else:
        told.as_table(rows, heading.VERIFY, "审计记录有改动" if rows else "审计记录完好")
    if rows:
        raise typer.Exit(1)
