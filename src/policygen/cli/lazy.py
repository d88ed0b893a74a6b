"""A group of commands of which only the one that is called is loaded."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Mapping


class LazyGroup(click.Group):
    """A group whose commands stand in modules: ``where`` gives each command's module and
    its name there, as ``policygen.cli.build:build``."""

    def __init__(self, *args: Any, where: Mapping[str, str], **settings: Any) -> None:  # noqa: ANN401 click's own
        super().__init__(*args, **settings)
        self._where = where

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Give the names of the commands, in the order they are told."""
        del ctx
        return list(self._where)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Give a command, loaded; None where there is none of that name."""
        del ctx
        if cmd_name not in self._where:
            return None
        module, _, name = self._where[cmd_name].partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command
