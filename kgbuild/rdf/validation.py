"""Files of RDF, checked against the shapes by pyshacl."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import TYPE_CHECKING

from kgbuild.rdf import shapes
from kgbuild.rdf.terms import PREFIXES
from kgbuild.vocabulary import Vocabulary

if TYPE_CHECKING:
    import rdflib


def faults(path: Path, vocabulary: Vocabulary) -> list[str]:
    """Return what the shapes find wrong with a file of RDF, a line each, sorted.

    Raises:
        ValueError: it is not of the syntax that its suffix says, or nothing is in it.
        OSError: it cannot be read.
    """
    import pyshacl
    import rdflib
    from rdflib.namespace import SH

    data = _graph(path)
    if not len(data):
        raise ValueError(f"{path}: holds no triple that could be checked")
    known = rdflib.Graph().parse(data=shapes.dumps(vocabulary), format="turtle")
    conforms, report, _ = pyshacl.validate(data, shacl_graph=known)
    if conforms:
        return []
    found = set()
    for result in report.subjects(rdflib.RDF.type, SH.ValidationResult):
        where, path_, value = (
            report.value(result, p) for p in (SH.focusNode, SH.resultPath, SH.value)
        )
        said = report.value(result, SH.resultMessage)
        place = " ".join(_short(node) for node in (where, path_, value) if node)
        found.add(f"{place}: {' '.join(str(said).split())}")
    return sorted(found)


def _short(node: object) -> str:
    text = str(node)
    for name, namespace in PREFIXES.items():
        if text.startswith(namespace):
            return f"{name}:{text.removeprefix(namespace)}"
    return text


def _graph(path: Path) -> rdflib.Graph:
    """Read a file with pyoxigraph, all its named graphs as one graph of rdflib's."""
    import pyoxigraph as ox
    import rdflib

    data, file = path.read_bytes(), path
    if file.suffix == ".gz":
        data, file = gzip.decompress(data), file.with_suffix("")
    try:
        quads = ox.parse(data, format=ox.RdfFormat.from_extension(file.suffix[1:]))
        lines = "".join(f"{quad.triple} .\n" for quad in quads)
    except SyntaxError as error:
        raise ValueError(f"{path}: not {file.suffix[1:]}: {error}") from None
    return rdflib.Graph().parse(data=lines, format="nt")
