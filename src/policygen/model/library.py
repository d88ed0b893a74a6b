"""A whole source folder as data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policygen.document import Asset
    from policygen.model.clauses import Clause
    from policygen.model.forms import Form
    from policygen.model.policies import Approval, Policy
    from policygen.model.templates import Template
    from policygen.model.trust import Reference, School, Setting, Trust


@dataclass(frozen=True, slots=True)
class Library:
    """Everything a source folder holds that could be read.

    Clauses are by ``module/clause``, in the order of their module; ``modules`` gives
    each module's clauses. ``templates`` holds each printed text and condition by its
    place, compiled; ``assets`` the pictures by path; ``unreadable`` the ids of
    records and modules (``clauses/contact``, ``policies/social-media``) that had errors, so that a
    fault is told once and not again wherever they are used.
    """

    trust: Trust
    settings: Mapping[str, Setting] = field(default_factory=dict)
    references: Mapping[str, Reference] = field(default_factory=dict)
    clauses: Mapping[str, Clause] = field(default_factory=dict)
    modules: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    policies: Mapping[str, Policy] = field(default_factory=dict)
    forms: Mapping[str, Form] = field(default_factory=dict)
    schools: Mapping[str, School] = field(default_factory=dict)
    approvals: Mapping[str, tuple[Approval, ...]] = field(default_factory=dict)
    templates: Mapping[str, Template] = field(default_factory=dict)
    assets: Mapping[str, Asset] = field(default_factory=dict)
    word_template: bytes | None = None
    unreadable: frozenset[str] = frozenset()
