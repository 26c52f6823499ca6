"""Options that several commands share, as the fields of one parameter."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import Field, fields, is_dataclass
from functools import wraps
from inspect import Parameter, Signature, signature
from typing import Any, TypeVar, get_type_hints

T = TypeVar("T")


def spread(command: Callable[..., T]) -> Callable[..., T]:
    """Let a command take each field of the dataclasses among its parameters as an option.

    >>> from dataclasses import dataclass
    >>> @dataclass
    ... class Days:
    ...     since: str = ""
    ...     until: str = ""
    >>> @spread
    ... def show(name: str, *, days: Days) -> str:
    ...     return f"{name} {days.since}–{days.until}"
    >>> list(signature(show).parameters), show("Abe", since="2012")
    (['name', 'since', 'until'], 'Abe 2012–')
    """
    hints = get_type_hints(command, include_extras=True)
    groups: dict[str, Any] = {
        k: v for k, v in hints.items() if k != "return" and is_dataclass(v)
    }
    found: list[Parameter] = []
    for one in signature(command).parameters.values():
        if one.name in groups:
            found += map(_option, *_typed(groups[one.name]))
        else:
            found.append(one.replace(annotation=hints[one.name]))
    whole = Signature(sorted(found, key=lambda p: p.kind))

    @wraps(command)
    def taking(*values: Any, **named: Any) -> T:
        bound = whole.bind(*values, **named)
        bound.apply_defaults()
        given: dict[str, Any] = dict(bound.arguments)
        for name, group in groups.items():
            given[name] = group(**{f.name: given.pop(f.name) for f in fields(group)})
        return command(**given)

    taking.__signature__ = whole  # type: ignore[attr-defined]
    taking.__annotations__ = {p.name: p.annotation for p in found}
    return taking


def _typed(group: Any) -> tuple[list[Field[Any]], list[Any]]:
    hints: Mapping[str, Any] = get_type_hints(group, include_extras=True)
    return list(fields(group)), [hints[f.name] for f in fields(group)]


def _option(field: Field[Any], hint: Any) -> Parameter:
    kind = Parameter.KEYWORD_ONLY
    return Parameter(field.name, kind, default=field.default, annotation=hint)
