"""Two versions of a document compared: one document with what changed marked in it."""

from policygen.compare.blocks import Comparison
from policygen.compare.sides import accepted, rejected, wholly

__all__ = ["Comparison", "accepted", "rejected", "wholly"]
