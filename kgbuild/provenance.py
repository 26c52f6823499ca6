"""What made a graph: the program, the model, and the data that it read with."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path


def made_by(
    *, vocabulary: Path | None = None, knowledge: Sequence[Path] = ()
) -> dict[str, str]:
    """Return what a graph keeps of what made it: the version, and hashes of what it read with.

    What ships and what a user adds count alike, by their bytes and not by their places.

    >>> sorted(made_by())
    ['kgbuild', 'knowledge', 'model', 'vocabulary']
    """
    own = sorted(vocabulary.glob("*.toml")) if vocabulary else []
    return {
        "kgbuild": _version(),
        "model": f"reader {_digest('reader', ())[:16]}",
        "vocabulary": _digest("vocabulary", own),
        "knowledge": _digest("knowledge", knowledge),
    }


def _version() -> str:
    try:
        return version("kgbuild")
    except PackageNotFoundError:
        return "unknown"  # run from a checkout that is not installed


def _digest(folder: str, own: Iterable[Path]) -> str:
    shipped = (files("kgbuild") / "resources" / folder).iterdir()
    parts = [
        p.read_bytes() for p in sorted(shipped, key=lambda p: p.name) if p.is_file()
    ]
    digest = hashlib.sha256()
    for part in (*parts, *(p.read_bytes() for p in own)):
        digest.update(hashlib.sha256(part).digest())
    return digest.hexdigest()
