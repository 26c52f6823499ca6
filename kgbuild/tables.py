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

    What the user says stands first: lists are added to in front, so that the user's entry for
    a word is tried before the shipped one, and keys of a table replace the shipped ones;
    ``replace = true`` at the top of a file drops the shipped one.

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
    return _extended(shipped, own)


def _extended(shipped: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    made = dict(shipped)
    for key, value in own.items():
        old = shipped.get(key)
        if isinstance(value, list) and isinstance(old, list):
            made[key] = [*value, *old]
        elif isinstance(value, dict) and isinstance(old, dict):
            lists = all(isinstance(v, list) for v in old.values())
            made[key] = _extended(old, value) if lists else {**old, **value}
        else:
            made[key] = value
    return made


def _tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def build(
    cls: type[T], entry: Mapping[str, Any], place: str, faults: list[str], **given: Any
) -> T | None:
    """Make a dataclass of a table; lists become tuples; add what is wrong to ``faults``."""
    if not isinstance(entry, Mapping):
        faults.append(f"{place}: {entry!r} is not a table")
        return None
    # a field "as_" is the key "as", which Python keeps for itself
    fields = {f.name.rstrip("_"): f for f in dataclasses.fields(cls)}  # type: ignore[arg-type]
    fields = {key: f for key, f in fields.items() if key not in given}
    hints = typing.get_type_hints(cls)
    for key in sorted(set(entry) - set(fields)):
        faults.append(f"{place}: unknown key {key!r}; have: {', '.join(fields)}")
    values: dict[str, Any] = {}
    fits = True
    for key, field in fields.items():
        if key not in entry:
            if (
                field.default is dataclasses.MISSING
                and field.default_factory is dataclasses.MISSING
            ):
                faults.append(f"{place}: {key!r} is missing")
                return None
            continue
        values[field.name] = _tuple(entry[key])
        hint = hints[field.name]
        if not _fits(values[field.name], hint):
            fits = False
            faults.append(f"{place}: {key} = {entry[key]!r} is not {_plain(hint)}")
    return cls(**values, **given) if fits else None


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
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        return " or ".join(_plain(h) for h in typing.get_args(hint) if h != type(None))
    return {str: "text", bool: "true or false", int: "a whole number"}.get(
        hint, str(hint)
    )
