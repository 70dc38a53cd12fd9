"""Commands that are loaded when they are asked for, so that the shell answers at once."""

import importlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_group

_PLAIN: Mapping[str, Any] = {
    "add_completion": False,
    "no_args_is_help": True,
    "pretty_exceptions_enable": False,
    "rich_markup_mode": None,
}


@dataclass(frozen=True, slots=True)
class Command:
    """Where a command stands, as ``module:name`` of a function or a group, and its help."""

    place: str
    help: str


def app(help_: str, commands: Mapping[str, Command]) -> typer.Typer:
    """An app that lists all its commands and has loaded none of them."""

    class _Late(TyperGroup):
        def resolve_command(self, ctx: Any, args: list[str]) -> Any:
            if args and args[0] in commands:
                self.commands[args[0]] = _loaded(args[0], commands[args[0]])
            return super().resolve_command(ctx, args)

    made = typer.Typer(cls=_Late, help=help_, **_PLAIN)
    for name, one in commands.items():
        made.command(name, help=one.help)(_not_yet)
    return made


def _not_yet() -> None:
    """Stand in for a command until it is asked for."""


def _loaded(name: str, command: Command) -> Any:
    module, _, attribute = command.place.partition(":")
    found = getattr(importlib.import_module(f"geo.shell.{module}"), attribute)
    alone = typer.Typer(**_PLAIN)
    if isinstance(found, typer.Typer):
        alone.add_typer(found, name=name, help=command.help)
    else:
        alone.command(name, help=command.help)(found)
    return get_group(alone).commands[name]
