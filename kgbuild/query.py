"""Questions put to a graph in SPARQL, on an embedded engine: no server is needed.

Named questions are the files of ``resources/queries``. Their first lines say what they
ask, and what ``?of`` stands for where they have it: an entity, by its name or id, or a
statement, by its id. It is bound as a term: no query is ever made by pasting strings.
"""

from __future__ import annotations

import difflib
import gzip
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kgbuild.folder import settle
from kgbuild.rdf.reading import SUFFIXES, value_of
from kgbuild.rdf.terms import PREFIXES, text

if TYPE_CHECKING:
    import pyoxigraph as ox

_BEST = ("nq", "trig", "ttl", "nt", "jsonld", "rdf")
_NAMES = "SELECT DISTINCT ?node ?name WHERE { ?node a kg:Entity ; %s ?name }"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A named question: what it asks, what ``?of`` stands for, and its SPARQL."""

    name: str
    summary: str
    sparql: str
    of: str = ""
    required: bool = False


def questions() -> dict[str, Question]:
    """Return the named questions, sorted.

    >>> questions()["timeline"].of
    'entity'
    """
    folder = files("kgbuild") / "resources" / "queries"
    names = [f.name.removesuffix(".rq") for f in folder.iterdir()]
    return {
        name: _question(name, (folder / f"{name}.rq").read_text(encoding="utf-8"))
        for name in sorted(names)
    }


def _question(name: str, sparql: str) -> Question:
    heads = re.findall(r"^# (.*)", sparql, re.MULTILINE)
    of = next((h[4:] for h in heads[1:] if h.startswith("of: ")), "")
    kind, _, rest = of.partition(", ")
    return Question(
        name=name,
        summary=heads[0] if heads else "",
        sparql=sparql,
        of=kind,
        required=rest == "required",
    )


def find(name: str) -> Question:
    """Return the question of a name, of a ``.rq`` file, or of SPARQL as it stands.

    Raises:
        ValueError: it looks like a name, and no question has it.
    """
    known = questions()
    if name in known:
        return known[name]
    if name.endswith(".rq"):
        return _question(name, Path(name).read_text(encoding="utf-8"))
    if re.fullmatch(r"[\w-]+", name):
        raise ValueError(
            f"no question {name!r}; have: {', '.join(known)}, or give SPARQL"
        )
    return Question(name="", summary="", sparql=name)


def open_store(path: Path) -> ox.Store:
    """Open an on-disk store, a file of RDF, or the folder that ``build`` wrote.

    Raises:
        ValueError: there is nothing of these; the message says what to do.
        OSError: it cannot be read.
    """
    import pyoxigraph as ox

    if path.is_dir() and (path / "CURRENT").exists():
        return ox.Store.read_only(str(path))
    file = graph_file(path)
    data = file.read_bytes()
    if file.suffix == ".gz":
        data, file = gzip.decompress(data), file.with_suffix("")
    store = ox.Store()
    try:
        store.bulk_load(data, format=ox.RdfFormat.from_extension(file.suffix[1:]))
    except SyntaxError as error:
        raise ValueError(f"{path}: not {file.suffix[1:]}: {error}") from None
    return store


def graph_file(path: Path) -> Path:
    """Return the file of RDF that a path means: itself, or the best one in a folder.

    >>> graph_file(Path("kg/graph.ttl.gz")).name
    'graph.ttl.gz'

    Raises:
        ValueError: there is none.
    """
    have = ", ".join(f".{s}" for s in SUFFIXES)
    if not path.is_dir():
        last = path.with_suffix("") if path.suffix == ".gz" else path
        if last.suffix[1:] not in SUFFIXES:
            raise ValueError(f"{path}: no file of RDF; give one of {have}, or a folder")
        return path
    settle(path)
    found = [path / f"graph.{suffix}" for suffix in _BEST]
    for file in found:
        if file.exists():
            return file
    raise ValueError(
        f"{path}: no store and no graph file here; run kgbuild build first"
    )


def ask(
    store: ox.Store, question: Question, of: str | None = None
) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    """Put a question to a store; ``of`` names what it is about.

    All named graphs together are the default graph, so that one query fits every file.

    Raises:
        ValueError: the SPARQL is wrong, or ``of`` is missing, unknown or not asked for.
    """
    if of is not None and not question.of:
        raise ValueError(f"{question.name or 'SPARQL'}: this question takes no --of")
    if of is None and question.required:
        raise ValueError(f"{question.name}: say what about: --of NAME")
    bound = {} if of is None else {_variable(): _term(store, question, of)}
    try:
        results: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
        results = _run(store, question.sparql, bound)
    except SyntaxError as error:
        raise ValueError(f"SPARQL: {error}") from None
    return results


def _run(store: ox.Store, sparql: str, bound: Mapping[Any, Any]) -> Any:
    return store.query(
        sparql,
        prefixes=PREFIXES,
        use_default_graph_as_union=True,
        substitutions=dict(bound) or None,
    )


def _variable() -> ox.Variable:
    import pyoxigraph as ox

    return ox.Variable("of")


def _term(store: ox.Store, question: Question, of: str) -> Any:
    import pyoxigraph as ox

    if question.of != "statement":
        return entity(store, of)
    line = f"<x:x> <x:x> {text(of)} ."
    return next(ox.parse(line, format=ox.RdfFormat.N_TRIPLES)).object


def entity(store: ox.Store, name: str) -> Any:
    """Return the node of the entity that has a name: an id, a label, or else an alias.

    Raises:
        ValueError: none has it, or several have.
    """
    near: list[str] = []
    for predicate in ("dcterms:identifier", "rdfs:label", "skos:altLabel"):
        solutions = _run(store, _NAMES % predicate, {})
        rows = [(row["node"], value_of(row["name"])) for row in solutions]
        found = {node for node, known in rows if known.casefold() == name.casefold()}
        if len(found) == 1:
            return found.pop()
        if found:
            ids = ", ".join(_ids(store, found))
            raise ValueError(f"several entities are named {name!r}: give one of {ids}")
        near += [known for _, known in rows]
    close = difflib.get_close_matches(name, sorted(set(near)), n=3)
    hint = f"; near: {', '.join(close)}" if close else ""
    raise ValueError(f"no entity is named {name!r}{hint}")


def _ids(store: ox.Store, nodes: set[Any]) -> list[str]:
    rows = _run(store, _NAMES % "dcterms:identifier", {})
    return sorted(value_of(row["name"]) for row in rows if row["node"] in nodes)
