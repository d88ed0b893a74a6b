"""What can keep a sound document from being written, told in one line each."""

from __future__ import annotations


class RendererMissing(Exception):  # noqa: N818 it names what is so
    """WeasyPrint, or a library it needs, isn't installed; the message says what to run."""


class WordTemplateError(Exception):
    """The trust's Word template can't be built on; the message says why."""


class TemplateError(Exception):
    """A template or style sheet of the trust's own can't be used; the message says why."""
