"""English news about states, leaders and arms deals, made into a knowledge graph.

>>> import kgbuild
>>> sorted(n for n in dir(kgbuild) if not n.startswith("_"))[:3]
['Abstention', 'Deal', 'Document']
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kgbuild.api import build, extract, read
    from kgbuild.frames import to_frame
    from kgbuild.model import (
        Abstention,
        Deal,
        Document,
        Entity,
        Evidence,
        Item,
        Money,
        Statement,
    )
    from kgbuild.pipeline import Result, run
    from kgbuild.rdf.bridge import from_rdflib, to_rdflib
    from kgbuild.readers import read_documents
    from kgbuild.vocabulary import Vocabulary, load_vocabulary
    from kgbuild.writers import write

# Loaded when asked for, so that `import kgbuild` costs next to nothing.
_HOMES = {
    "Abstention": "kgbuild.model",
    "Deal": "kgbuild.model",
    "Document": "kgbuild.model",
    "Entity": "kgbuild.model",
    "Evidence": "kgbuild.model",
    "Item": "kgbuild.model",
    "Money": "kgbuild.model",
    "Result": "kgbuild.pipeline",
    "Statement": "kgbuild.model",
    "Vocabulary": "kgbuild.vocabulary",
    "build": "kgbuild.api",
    "extract": "kgbuild.api",
    "from_rdflib": "kgbuild.rdf.bridge",
    "load_vocabulary": "kgbuild.vocabulary",
    "read": "kgbuild.api",
    "read_documents": "kgbuild.readers",
    "run": "kgbuild.pipeline",
    "to_frame": "kgbuild.frames",
    "to_rdflib": "kgbuild.rdf.bridge",
    "write": "kgbuild.writers",
}

__all__ = [
    "Abstention",
    "Deal",
    "Document",
    "Entity",
    "Evidence",
    "Item",
    "Money",
    "Result",
    "Statement",
    "Vocabulary",
    "build",
    "extract",
    "from_rdflib",
    "load_vocabulary",
    "read",
    "read_documents",
    "run",
    "to_frame",
    "to_rdflib",
    "write",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'kgbuild' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__
