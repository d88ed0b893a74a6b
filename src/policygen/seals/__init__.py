"""Seals: what a file says it is, digests of what it says, and reading both back.

A seal tells whether somebody changed a file after it was built. It rests on no secret, so
whoever knows this program can make another: it finds mistakes and clumsy changes, and is no
signature.
"""

from policygen.seals.bounds import UnreadableError
from policygen.seals.files import read
from policygen.seals.imprint import Imprint, imprint_of
from policygen.seals.reading import Reading

__all__ = ["Imprint", "Reading", "UnreadableError", "imprint_of", "read"]
