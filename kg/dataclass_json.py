"""Dataclasses of plain types as JSON and back; the type hints say how to read each value."""

from __future__ import annotations

import types
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints


def to_json(value: Any) -> Any:
    """Dataclasses as objects, mappings as lists of pairs (their keys may be tuples), dates as ISO 8601."""
    if is_dataclass(value):
        return {field.name: to_json(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return [[to_json(key), to_json(item)] for key, item in value.items()]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [to_json(item) for item in value]
    return value


def from_json(type_: Any, value: Any) -> Any:
    """What :func:`to_json` made of a value of ``type_``.

    Raises KeyError, TypeError or ValueError where the JSON is not of this type.
    """
    origin, arguments = get_origin(type_), get_args(type_)
    if origin in (Union, types.UnionType):
        (other,) = (argument for argument in arguments if argument is not type(None))
        return None if value is None else from_json(other, value)
    if origin in (tuple, list):
        return origin(from_json(arguments[0], item) for item in value)
    if origin is dict:
        return {from_json(arguments[0], key): from_json(arguments[1], item) for key, item in value}
    if hasattr(type_, "__dataclass_fields__"):
        known = {name: from_json(hint, value[name]) for name, hint in _hints(type_).items()}
        return type_(**known)
    read = date.fromisoformat if type_ is date else type_
    return read(value)


@cache
def _hints(type_: Any) -> dict[str, Any]:
    return get_type_hints(type_)
