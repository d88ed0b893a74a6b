"""Documents as web pages: one self-contained, accessible file each."""

from policygen.writers.html.page import write_html

__all__ = ["write_html"]
