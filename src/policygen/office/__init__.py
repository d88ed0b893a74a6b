"""The school office's work: packs of forms, registers, and who has still to sign.

People come from a list that is read here and forgotten; what stays is in the ledger and in
the files that were asked for.
"""

from policygen.office.lists import (
    Outstanding,
    outstanding,
    outstanding_file,
    register,
    scanned_codes,
)
from policygen.office.packs import PackReport, PackRequest, pack, planned
from policygen.office.schools import School, read_list, read_school

__all__ = [
    "Outstanding",
    "PackReport",
    "PackRequest",
    "School",
    "outstanding",
    "outstanding_file",
    "pack",
    "planned",
    "read_list",
    "read_school",
    "register",
    "scanned_codes",
]
