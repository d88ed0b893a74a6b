"""What stands in brackets where data is other data at each school: what it is, in words."""

from __future__ import annotations

from policygen.assemble.generated import CONTROL_LABELS
from policygen.assemble.wording import capitalize_first, with_article

_PARTS = {
    "": "name and post",
    "email": "e-mail address",
    "telephone": "telephone number",
    "website": "web address",
}
"""Parts of an officer that aren't called by their own name."""

_ABBREVIATIONS = frozenset({"ceo", "cfo", "dpo", "dsl", "hr", "ict", "it", "lado", "sendco"})


def bracketed(name: str) -> str:
    """Give the words for a value by its name: "[name of the headteacher]", "a [school]"."""
    path, *filters = name.split("|")
    words = _called(path)
    if "capitalize_first" in filters and "a" not in filters:
        words = capitalize_first(words)
    words = f"[{words}]"
    if "a" not in filters:
        return words
    return capitalize_first(with_article(words)) if filters[-1] != "a" else with_article(words)


def _called(path: str) -> str:
    root, _, rest = path.partition(".")
    first, _, part = rest.partition(".")
    match root:
        case "officers":
            return f"{_PARTS.get(part, _spaced(part))} of the {_spaced(first)}"
        case "terms":
            return _spaced(first)
        case "settings":
            return _spaced(first)
        case "policy":
            return CONTROL_LABELS.get(first or "title", _spaced(first)).lower()
        case "school" | "trust":
            return f"{_spaced(rest or 'name')} of the {root}"
        case _:
            return _spaced(path)


def _spaced(name: str) -> str:
    words = name.replace(".", " ").replace("_", " ").split()
    return " ".join(word.upper() if word in _ABBREVIATIONS else word for word in words)
