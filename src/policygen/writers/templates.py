"""Templates and style sheets of a theme."""

from __future__ import annotations

import contextlib
import functools
from typing import TYPE_CHECKING

import jinja2
from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from policygen.writers.failures import TemplateError
from policygen.writers.markup import clean

if TYPE_CHECKING:
    from pathlib import Path

    from policygen.writers.theme import Theme


def render(theme: Theme, name: str, **given: object) -> str:
    """Fill the template ``name`` of the theme."""
    try:
        return _environment(theme.folders).get_template(name).render(given)
    except jinja2.TemplateError as error:
        line = f", line {error.lineno}" if isinstance(error, jinja2.TemplateSyntaxError) else ""
        message = f"the template {name}{line} can't be used: {error.message or error}"
        raise TemplateError(message) from error


def loaded(theme: Theme, name: str) -> None:
    """Read the template ``name`` of the theme, for ``render`` to have it; where it can't be
    used, that says so."""
    with contextlib.suppress(jinja2.TemplateError):
        _environment(theme.folders).get_template(name)


def style_sheets(theme: Theme, *names: str) -> Markup:
    """Give style sheets of the theme, fit to stand in a ``style`` element."""
    return inline_style("\n".join(theme.read(name).decode() for name in names))


def inline_style(css: str) -> Markup:
    """Mark CSS as fit to stand in a ``style`` element; an end tag in it has no effect."""
    return Markup(css.replace("</", "<\\/"))  # noqa: S704 - nothing in a style element is HTML


@functools.cache
def _environment(folders: tuple[Path, ...]) -> SandboxedEnvironment:
    return SandboxedEnvironment(
        autoescape=True,
        finalize=_finalize,
        loader=FileSystemLoader(folders),
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )


def _finalize(value: object) -> object:
    return clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value
