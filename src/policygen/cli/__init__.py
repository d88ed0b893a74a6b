"""The command line: one file a verb, which parses, calls, prints and sets the exit code.

Exit codes: 0 fine, 1 findings, 2 wrong use.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from typing import NoReturn

import click

from policygen import __version__
from policygen.cli.ends import EndedEarly
from policygen.cli.lazy import LazyGroup

COMMANDS = {
    "build": "policygen.cli.build:build",
    "watch": "policygen.cli.watch:watch",
    "check": "policygen.cli.check:check",
    "list": "policygen.cli.list:list_",
    "diff": "policygen.cli.diff:diff",
    "changelog": "policygen.cli.changelog:changelog",
    "approve": "policygen.cli.approve:approve",
    "status": "policygen.cli.status:status",
    "verify": "policygen.cli.verify:verify",
    "explain": "policygen.cli.explain:explain",
    "forms": "policygen.cli.forms:forms",
    "schema": "policygen.cli.schema:schema",
    "init": "policygen.cli.init:init",
    "doctor": "policygen.cli.doctor:doctor",
}
"""Where each command is."""


@click.group(
    cls=LazyGroup,
    where=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 88},
)
@click.version_option(__version__, prog_name="policygen")
def commands() -> None:
    """Turn a trust's policies, written as YAML, into Word, PDF and HTML for each school.

    \b
    Examples:
      policygen init my-trust           write a small trust to start from
      policygen build                   build everything in policy_src/ into build/
      policygen check                   find mistakes, and what is out of date
      policygen watch --open            build again what each save touches, in the browser
      policygen list                    what there is, with status and review date
      policygen diff v2.0               what changed since version 2.0
      policygen changelog social-media  which versions there were, and what each changed
      policygen approve social-media --by "Trust Board" --on 2026-10-12
      policygen status                  how each policy of each school stands
      policygen verify social-media.pdf which document a file is, and whether it is current
      policygen explain alder-primary social-media 4.2
      policygen forms pack alder-primary --people staff.csv
    """


INTERRUPTED = 130


def main() -> None:
    """Run the command line; Ctrl-C and a request to end leave no half-written file."""
    signal.signal(signal.SIGTERM, _end)
    signal.signal(signal.SIGINT, _end)
    # Else pydantic looks through all that is installed for plugins of its own.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    try:
        code = commands.main(standalone_mode=False)
    except (click.exceptions.Abort, KeyboardInterrupt):
        _stop()
    except EndedEarly as end:
        _leave(end.code)
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except BrokenPipeError:
        code = 0
    sys.exit(code or 0)


def _leave(code: object) -> NoReturn:
    """End without taking everything loaded apart, which would take longer than the rest."""
    with contextlib.suppress(BrokenPipeError):
        sys.stdout.flush()
        sys.stderr.flush()
    _clear()
    os._exit(int(str(code)))


def _stop() -> NoReturn:
    """End at once: an ordinary end would wait for the threads of the killed workers."""
    click.echo("Stopped; what was built before stands.", err=True)
    sys.stdout.flush()
    sys.stderr.flush()
    _clear()
    os._exit(INTERRUPTED)


def _clear() -> None:
    """Remove what stands in files only while the program runs, if anything does."""
    if scratch := sys.modules.get("policygen.scratch"):
        scratch.clear_at_once()


_AGAIN = 1.0
"""Seconds after which somebody who asked for an end, and is still waiting, is heard again."""


def _end(number: int, frame: object) -> None:
    """Interrupt what is being done. Python drops an exception that is raised while it clears
    something away, so it is raised again a little later: an end comes before that."""
    del number, frame
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, _end)
        signal.setitimer(signal.ITIMER_REAL, _AGAIN)
    raise KeyboardInterrupt
