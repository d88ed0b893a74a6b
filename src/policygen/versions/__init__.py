"""The versions of a policy, with the clauses that each changed: from git tags or its history."""

from policygen.versions.changelog import changelog
from policygen.versions.outputs import as_data, as_markdown, as_text
from policygen.versions.records import Changelog, NoSuchPolicyError, Version

__all__ = [
    "Changelog",
    "NoSuchPolicyError",
    "Version",
    "as_data",
    "as_markdown",
    "as_text",
    "changelog",
]
