"""Policies of a trust, written as YAML, made into Word, PDF and HTML for each school."""

__version__ = "0.1.0"
