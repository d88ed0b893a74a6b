"""What a rule looks at."""

from __future__ import annotations

import functools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from policygen.checks.laws import Names
from policygen.checks.uses import Named, Uses
from policygen.checks.writings import Prose

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from policygen.assemble.targets import Target
    from policygen.model.library import Library


@dataclass(frozen=True)
class Subject:
    """A library with all that is made from it, on a day.

    ``targets`` are the documents of every school and of the trust. Those that differ in
    nothing but names, dates and other data share the document of the first of them, so look
    at each document once. ``texts`` are the sources by their path, ``assets`` the paths of
    all files under assets/.
    """

    library: Library
    targets: tuple[Target, ...]
    texts: Mapping[str, str]
    as_of: dt.date
    assets: tuple[str, ...] = ()

    def printed(self, targets: Iterable[Target]) -> Subject:
        """Give the same with documents; what was worked out of the library comes along."""
        found = replace(self, targets=tuple(targets))
        vars(found).update({name: at for name, at in vars(self).items() if name != "targets"})
        return found

    @functools.cached_property
    def uses(self) -> Uses:
        """What each record names."""
        return Uses(self.library)

    @functools.cached_property
    def named(self) -> Named:
        """What anything in the library names."""
        return self.uses.everywhere()

    @functools.cached_property
    def prose(self) -> Prose:
        """All that is written in the library, parted and placed once for all rules."""
        return Prose(self.library)

    @functools.cached_property
    def laws(self) -> Names:
        """Finds the names of laws and guidance."""
        return Names(self.library, self.as_of)
