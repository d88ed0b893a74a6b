"""Source files as an editor sees them: plain data of YAML 1.2, without places."""

from __future__ import annotations

import copy
import datetime as dt
from typing import TYPE_CHECKING, Any

from policygen.model.texts import Month
from policygen.readers.yaml_source import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator


def seen(text: str) -> Any:  # noqa: ANN401 any YAML data
    """Give what an editor makes of a file's text."""
    return plain(read_yaml(text, "source.yaml").data)


def plain(value: Any) -> Any:  # noqa: ANN401 any YAML data
    """Give data without places; YAML 1.2 knows no dates."""
    match value:
        case dict():
            return {str(key): plain(inner) for key, inner in value.items()}
        case list():
            return [plain(inner) for inner in value]
        case dt.date() | Month() | str():
            return str(value)
        case _:
            return value


VALUES: tuple[Any, ...] = (
    None,
    True,
    3,
    2.5,
    "word",
    "two words",
    "",
    "2026-10",
    [],
    ["word"],
    {},
    {"word": "word"},
)
"""What may be typed anywhere."""


def spoilt(data: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 any YAML data
    """Give data with each one place of it changed in each way, and where and how."""
    for path in _paths(data):
        for value in VALUES:
            yield f"{path} = {value!r}", _changed(data, path, value)
        inner = _at(data, path)
        if isinstance(inner, dict):
            yield f"{path} + strange", _changed(data, path, {**inner, "strange": "word"})
        if path and isinstance(path[-1], str):
            around = {k: v for k, v in _at(data, path[:-1]).items() if k != path[-1]}
            yield f"{path} - {path[-1]}", _changed(data, path[:-1], around)


def _paths(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401
    yield path
    match data:
        case dict():
            inner = [*data.items()]
        case list():
            inner = [*enumerate(data)]
        case _:
            inner = []
    for key, value in inner:
        yield from _paths(value, (*path, key))


def _at(data: Any, path: tuple[Any, ...]) -> Any:  # noqa: ANN401 any YAML data
    for key in path:
        data = data[key]
    return data


def _changed(data: Any, path: tuple[Any, ...], value: Any) -> Any:  # noqa: ANN401 any YAML data
    if not path:
        return copy.deepcopy(value)
    found = copy.deepcopy(data)
    _at(found, path[:-1])[path[-1]] = copy.deepcopy(value)
    return found
