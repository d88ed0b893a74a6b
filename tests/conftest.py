"""What tests share: trusts of a few lines, the sample trust, the renewal of goldens."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

import small_trust
from policygen.assemble.targets import Target, targets
from policygen.readers.library import read_library

if TYPE_CHECKING:
    from policygen.model.library import Library

# A busy machine is slow; how long an example takes is no fact about the program.
settings.register_profile("policygen", deadline=None)
settings.load_profile("policygen")

SAMPLE = Path(__file__).parent / "sample_trust"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--renew-goldens",
        action="store_true",
        help="Write tests/goldens anew from what is printed now; look at the differences in git.",
    )


@pytest.fixture
def trust(tmp_path: Path) -> small_trust.Maker:
    """Give a maker of small trusts: files in, a library out."""
    return small_trust.Maker(tmp_path)


@pytest.fixture(scope="session")
def sample() -> Library:
    """Give the sample trust, which has no fault."""
    reading = read_library(SAMPLE)
    assert reading.library is not None
    assert not reading.diagnostics
    return reading.library


@pytest.fixture(scope="session")
def printed(sample: Library) -> dict[str, Target]:
    """Give every document of the sample trust by its name."""
    return {target.name: target for target in targets(sample)}
