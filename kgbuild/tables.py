"""Data files of the package: found, read, and checked against dataclasses.

Every fault of a file is gathered and told at once, with file, entry, value and choices.
"""

from __future__ import annotations

import dataclasses
import tomllib
import types
import typing
from collections.abc import Iterable, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")


class TableError(ValueError):
    """A data file says what it may not say; the message lists every fault."""

    def __init__(self, faults: Iterable[str]) -> None:
        super().__init__("\n".join(faults))


def resource(name: str) -> str:
    """Return the text of ``kgbuild/resources/NAME``.

    >>> resource("vocabulary/types.toml").startswith("# Entity types")
    True
    """
    return (files("kgbuild") / "resources" / name).read_text(encoding="utf-8")


def read_toml(name: str, directory: Path | None = None) -> dict[str, Any]:
    """Return the tables of ``vocabulary/NAME``, extended by the file of that name in ``directory``.

    An entry of the user's file replaces the shipped entry of the same key, lists of
    tables are added to; ``replace = true`` at the top of a file drops the shipped one.

    Raises:
        TableError: a file is not TOML.
    """
    shipped = tomllib.loads(resource(f"vocabulary/{name}"))
    path = directory / name if directory else None
    if path is None or not path.exists():
        return shipped
    try:
        own = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise TableError([f"{path}: {error}"]) from None
    if own.pop("replace", False):
        return own
    for key, value in own.items():
        if isinstance(value, list) and isinstance(shipped.get(key), list):
            shipped[key] = [*shipped[key], *value]
        else:
            shipped[key] = value
    return shipped


def build(
    cls: type[T], entry: Mapping[str, Any], place: str, faults: list[str], **given: Any
) -> T | None:
    """Make a dataclass of a table; lists become tuples; add what is wrong to ``faults``."""
    fields = {f.name: f for f in dataclasses.fields(cls) if f.name not in given}  # type: ignore[arg-type]
    hints = typing.get_type_hints(cls)
    for key in sorted(set(entry) - set(fields)):
        faults.append(f"{place}: unknown key {key!r}; have: {', '.join(fields)}")
    values: dict[str, Any] = {}
    for name, field in fields.items():
        if name not in entry:
            if (
                field.default is dataclasses.MISSING
                and field.default_factory is dataclasses.MISSING
            ):
                faults.append(f"{place}: {name!r} is missing")
                return None
            continue
        value = entry[name]
        values[name] = tuple(value) if isinstance(value, list) else value
        if not _fits(values[name], hints[name]):
            faults.append(f"{place}: {name} = {value!r} is not {_plain(hints[name])}")
    return cls(**values, **given)


def choose(
    value: str, choices: Iterable[str], place: str, what: str, faults: list[str]
) -> None:
    """Add a fault unless ``value`` is one of ``choices``."""
    have = list(choices)
    if value not in have:
        faults.append(f"{place}: {what} {value!r} is unknown; have: {', '.join(have)}")


def _fits(value: Any, hint: Any) -> bool:
    origin = typing.get_origin(hint)
    if origin in (typing.Union, types.UnionType):
        return any(_fits(value, h) for h in typing.get_args(hint))
    if origin is tuple:
        inner = typing.get_args(hint)[0]
        return isinstance(value, tuple) and all(_fits(v, inner) for v in value)
    if origin is not None:
        return isinstance(value, dict)
    return type(value) is hint or hint is type(None) and value is None


def _plain(hint: Any) -> str:
    if typing.get_origin(hint) is tuple:
        return f"a list of {_plain(typing.get_args(hint)[0])}"
    return {str: "text", bool: "true or false", int: "a whole number"}.get(
        hint, str(hint)
    )
