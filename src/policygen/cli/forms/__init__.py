"""``policygen forms``: what a school office prints, collects and chases."""

from __future__ import annotations

import click

from policygen.cli.forms.outstanding import outstanding
from policygen.cli.forms.pack import pack
from policygen.cli.forms.record import record
from policygen.cli.forms.register import register


@click.group(short_help="Print, collect and chase signature forms.")
def forms() -> None:
    """Print a form for each person, record those that come back, list those that don't.

    People come from the list that the office has: CSV as Excel or an MIS writes it, or
    .xlsx. Who was given what and who returned it is kept in records/<school>.csv, outside
    git. Names go into no other file than those you ask for.

    \b
    Examples:
      policygen forms pack alder-primary --people staff.csv
      policygen forms register alder-primary --people staff.csv
      policygen forms record alder-primary K7QF-2M9P-X
      policygen forms outstanding alder-primary
    """


for _command in (pack, register, record, outstanding):
    forms.add_command(_command)
