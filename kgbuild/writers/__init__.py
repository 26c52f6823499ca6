"""Graph -> files: one module a format, and the module's name is the suffix.

A module has ``dumps(graph, vocabulary, **options) -> str``, or, where a format streams,
``dump(graph, vocabulary, file, **options)`` to a binary file, or, where it is several files,
``parts(graph, vocabulary, **options) -> dict[str, str]``. What is read back has
``loads(text)``, ``load(file)`` or ``loads_parts(texts)`` as well.
"""

from __future__ import annotations

import inspect
import os
import pkgutil
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import IO, TYPE_CHECKING, Any

from kgbuild.folder import Fill, replace_file
from kgbuild.vocabulary import Vocabulary, load_vocabulary

if TYPE_CHECKING:
    import networkx as nx

FORMATS = tuple(sorted(m.name for m in pkgutil.iter_modules(__path__)))
"""The suffixes that can be written, as there are modules for them."""
_STEMS = {
    "jsonl": "statements",
    "parquet": "statements",
}  # what files in a folder are called, beside "graph"
_PARTS = {"csv": ("nodes", "relationships", "articles")}  # formats of several files


def file_names(formats: Sequence[str] = FORMATS) -> list[str]:
    """Return the names that files of these formats have in a folder of ours.

    >>> file_names(["ttl", "csv"])
    ['graph.ttl', 'graph.nodes.csv', 'graph.relationships.csv', 'graph.articles.csv']
    """
    return [
        f"{_STEMS.get(suffix, 'graph')}{f'.{part}' if part else ''}.{suffix}"
        for suffix in formats
        for part in _PARTS.get(suffix, ("",))
    ]


def filled(
    graph: nx.MultiDiGraph[str],
    suffix: str,
    vocabulary: Vocabulary,
    options: dict[str, Any],
) -> Iterator[tuple[str, Fill]]:
    """Yield the files of a format in a folder of ours, each with what fills it.

    Of the options those are taken that the format has.

    Raises:
        ValueError: there is no writer for the suffix.
    """
    module = writer(suffix)
    fitting = known_options(module, options)
    fills = _fills(module, graph, vocabulary, fitting)
    yield from zip(file_names([suffix]), fills.values(), strict=True)


def write(
    graph: nx.MultiDiGraph[str],
    path: str | os.PathLike[str],
    *,
    vocabulary: Vocabulary | None = None,
    **options: Any,
) -> list[Path]:
    """Write a graph in the format that the path's suffix names; return the files written.

    Each file is written beside its place and then renamed: what was there stays whole
    until the new one is. ``csv`` makes three files, ``NAME.nodes.csv``,
    ``NAME.relationships.csv`` and ``NAME.articles.csv``.

    Raises:
        ValueError: there is no writer for the suffix.
        OSError: a file cannot be written.

    >>> import networkx, tempfile
    >>> folder = tempfile.mkdtemp()
    >>> [p.name for p in write(networkx.MultiDiGraph(), f"{folder}/graph.json")]
    ['graph.json']
    """
    target = Path(path)
    module = writer(target.suffix[1:], target)
    fills = _fills(module, graph, vocabulary or load_vocabulary(), options)
    written = []
    for part, fill in fills.items():
        ending = f".{part}{target.suffix}" if part else target.suffix
        written.append(target.with_suffix(ending))
        replace_file(written[-1], fill)
    return written


def read(path: str | os.PathLike[str]) -> nx.MultiDiGraph[str]:
    """Return the graph of a file that :func:`kgbuild.write` wrote.

    All formats give the graph that was written, but for one: ``jsonl`` gives its statements
    and their entities; nothing is told of articles there but their ids, nor of what made it.
    Of ``csv`` any of its files may be named, or ``NAME.csv``; the others stand beside. What
    another program changed and wrote anew is refused.

    Raises:
        ValueError: no reader knows the format, or the file is not of it.
        OSError: it cannot be read.
    """
    file = Path(path)
    module = writer(file.suffix[1:], file)
    try:
        if (parts := _PARTS.get(file.suffix[1:])) is not None:
            return _read_parts(module, file, parts)
        with file.open("rb") as data:
            return _loaded(module, data)
    except ValueError as error:
        raise ValueError(f"{file}: {error}") from None


def _read_parts(
    module: ModuleType, file: Path, parts: Sequence[str]
) -> nx.MultiDiGraph[str]:
    """Return the graph of a format of several files, of which ``file`` names one or all."""
    stem, _, part = file.stem.rpartition(".")
    whole = file.with_name(f"{stem}{file.suffix}") if stem and part in parts else file
    texts = {p: whole.with_suffix(f".{p}{file.suffix}").read_bytes() for p in parts}
    graph: nx.MultiDiGraph[str] = module.loads_parts(
        {part: text.decode("utf-8") for part, text in texts.items()}
    )
    return graph


def _loaded(module: ModuleType, data: IO[bytes]) -> nx.MultiDiGraph[str]:
    load = getattr(module, "load", None)
    graph: nx.MultiDiGraph[str] = (
        load(data) if load else module.loads(data.read().decode("utf-8"))
    )
    return graph


def writer(suffix: str, path: str | os.PathLike[str] = "") -> ModuleType:
    """Return the module that writes a format.

    Raises:
        ValueError: there is none; the message lists those that there are.
    """
    if suffix not in FORMATS:
        place = f"{os.fspath(path)}: " if os.fspath(path) else ""
        raise ValueError(f"{place}no writer for {suffix!r}; have: {', '.join(FORMATS)}")
    return import_module(f"kgbuild.writers.{suffix}")


def known_options(module: ModuleType, options: dict[str, Any]) -> dict[str, Any]:
    """Return those of the options that a format has."""
    function = next(f for n in _ENTRIES if (f := getattr(module, n, None)))
    return {
        k: v for k, v in options.items() if k in inspect.signature(function).parameters
    }


_ENTRIES = ("parts", "dump", "dumps")


def _fills(
    module: ModuleType,
    graph: nx.MultiDiGraph[str],
    vocabulary: Vocabulary,
    options: dict[str, Any],
) -> dict[str, Fill]:
    """Return what fills each file of a format, by the part of its name."""
    if hasattr(module, "dump"):
        return {"": lambda file: module.dump(graph, vocabulary, file, **options)}
    if hasattr(module, "parts"):
        texts = module.parts(graph, vocabulary, **options)
        return {name: _filler(partial(str, text)) for name, text in texts.items()}
    return {"": _filler(lambda: module.dumps(graph, vocabulary, **options))}


def _filler(text: Callable[[], str]) -> Fill:
    return lambda file: file.write(text().encode("utf-8"))
