"""``policygen forms record``."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from policygen.cli import options
from policygen.cli.forms import shared
from policygen.diagnostics import plural

if TYPE_CHECKING:
    import datetime as dt

    from policygen.ledger import Outcome

_TOLD = {
    "recorded": "recorded",
    "recorded-earlier": "recorded; it is of an earlier wording",
    "already": "was recorded before, on {day}",
    "withdrawn": "taken back",
    "not-returned": "was not recorded as returned",
    "unknown": "no sheet of this school has this code",
    "mistyped": "is no code: {why}",
}
_BAD = frozenset({"unknown", "mistyped", "not-returned"})


@click.command(short_help="Mark sheets as returned.")
@shared.school
@click.argument("codes", nargs=-1, metavar="[CODE]...")
@click.option(
    "--from",
    "scans",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file with a code in each row, as scanners write it; other cells don't matter.",
)
@click.option("--take-back", is_flag=True, help="Take back what was recorded by mistake.")
@options.source
@shared.on("return")
@shared.records
@shared.inside_git
def record(  # noqa: PLR0913, PLR0917 one parameter an option
    school_id: str,
    codes: tuple[str, ...],
    scans: Path | None,
    take_back: bool,  # noqa: FBT001 a flag of the command
    source: Path,
    on: dt.date,
    records: Path | None,
    inside_git: bool,  # noqa: FBT001 likewise
) -> None:
    """Mark signed sheets as returned, by the codes on them, typed or scanned.

    Small letters, spaces and hyphens don't matter. What is reported as recorded is safe
    on the disk.

    \b
    Examples:
      policygen forms record alder-primary K7QF-2M9P-X 3d0tk2v9w
      policygen forms record alder-primary --from scans.csv --on 2026-09-12
      policygen forms record alder-primary --take-back K7QF-2M9P-X
    """
    from policygen.ledger import LedgerError  # noqa: PLC0415 dear to load

    wordings = shared.wordings_now(source, school_id)
    ledger = shared.open_ledger(records, source, school_id, inside_git=inside_git)
    scanned = _scanned(scans) if scans else []
    texts = [*codes, *(text for _, text in scanned)]
    places = [*("" for _ in codes), *(f"row {row}: " for row, _ in scanned)]
    if not texts:
        message = "name the codes of the sheets, or a file of them with --from"
        raise click.UsageError(message)
    try:
        outcomes = ledger.withdraw(texts, on) if take_back else ledger.record(texts, on, wordings)
    except LedgerError as error:
        raise shared.failed(error) from error
    for place, outcome in zip(places, outcomes, strict=True):
        _tell(place, outcome)
    counts = Counter(outcome.kind for outcome in outcomes)
    done = counts["recorded"] + counts["recorded-earlier"] + counts["withdrawn"]
    bad = sum(outcome.kind in _BAD for outcome in outcomes)
    told = [f"{plural(done, 'sheet')} {'taken back' if take_back else 'recorded'}"]
    told += [f"{plural(counts['already'], 'sheet')} recorded before"] if counts["already"] else []
    told += [f"{plural(bad, 'code')} not understood or not known"] if bad else []
    click.echo(f"{'; '.join(told)}.")
    sys.exit(1 if bad else 0)


def _tell(place: str, outcome: Outcome) -> None:
    """Say what became of a code. Names stay out: what is printed here may be logged."""
    entry = outcome.entry
    day = entry.on.strftime("%d/%m/%Y") if entry else ""
    told = _TOLD[outcome.kind].format(day=day, why=outcome.why)
    shown = entry.code if entry else outcome.text.strip()
    if outcome.kind == "mistyped" and (place or len(shown) > _LONGEST):
        shown = "what stands there"
    click.echo(f"{place}{shown}: {told}", err=outcome.kind in _BAD)


_LONGEST = 16
"""The letters of the longest text that is shown back as a code: a longer one may be a name,
and so may whatever stands in a file, where the row says which it is."""


def _scanned(path: Path) -> list[tuple[int, str]]:
    """Give the codes of a file with their rows, or end where it is no list."""
    from policygen.office import scanned_codes  # noqa: PLC0415 dear to load
    from policygen.readers.tables import TableError  # noqa: PLC0415 likewise

    try:
        return scanned_codes(path.read_bytes())
    except OSError as error:
        message = f"“{path}” can't be read: {error.strerror or error}"
        raise click.ClickException(message) from error
    except TableError as error:
        message = f"“{path}”: {error.message}. {error.hint}"
        raise click.ClickException(message) from error
