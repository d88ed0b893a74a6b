"""The program: ``policygen``, and ``python -m policygen``."""

from __future__ import annotations

import gc

GARBAGE = 50_000
"""After so many new objects garbage is looked for; Python's 700 are made by loading this
program, and a hundred times over by reading a library, of which nothing is thrown away."""


def main() -> None:
    """Run the command line."""
    gc.set_threshold(GARBAGE)
    # Loading makes so many objects, too.
    from policygen.cli import main as run  # noqa: PLC0415 see above

    run()


if __name__ == "__main__":
    main()
