"""Where the words of a document come from, who decided them, and why others are absent."""

from policygen.explain.finding import NotFoundError, explain
from policygen.explain.outputs import as_data, as_text
from policygen.explain.records import Explained

__all__ = ["Explained", "NotFoundError", "as_data", "as_text", "explain"]
