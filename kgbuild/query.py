"""Questions put to a graph in SPARQL: on an embedded engine, or to a server.

Named questions are the files of ``resources/queries``. Their first lines say what they
ask, and what ``?of`` stands for where they have it: an entity, by its name or id, or a
statement, by its id. It is bound as a term: no query is ever made by pasting strings.

A question is asked of distinct triples. An embedded engine has them all in its default
graph, each once, however many articles tell it. A server has a named graph an article, in
which all stands that the article tells: there each part of a question that is marked as
``of one article`` is asked of one graph at a time.

What is quick for one entity or statement may be slow for all of them: a question whose file
has a second beside it, ``NAME.all.rq``, puts that one where nothing is named. The rows are
the same.
"""

from __future__ import annotations

import difflib
import gzip
import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kgbuild.folder import settle
from kgbuild.rdf.reading import SUFFIXES, value_of
from kgbuild.rdf.terms import PREFIXES, text

if TYPE_CHECKING:
    import networkx as nx
    import pyoxigraph as ox

    from kgbuild.vocabulary import Vocabulary

_BEST = ("nq", "trig", "ttl", "nt", "jsonld", "rdf")
_PART = "{ # of one article"
_ALL = ".all"
_NAMES = f"""SELECT DISTINCT ?node ?name WHERE {{ {_PART}
    ?node a kg:Entity ; %s ?name }} }}"""
# What is no word of SPARQL: comments, IRIs, strings, variables, names after a prefix.
_NO_WORD = re.compile(
    r"""#[^\n]*|<[^<>"{}|^`\\\s]*>|\"""(?s:.)*?\"""|'''(?s:.)*?'''"""
    r"""|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[?$]\w+|:[\w.%-]+"""
)
_ESCAPED = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A named question: what it asks, what ``?of`` stands for, and its SPARQL.

    ``of_all`` is the SPARQL for the same rows where ``?of`` is not bound, if it has its own.
    """

    name: str
    summary: str
    sparql: str
    of: str = ""
    required: bool = False
    of_all: str = ""


def questions() -> dict[str, Question]:
    """Return the named questions, sorted.

    >>> questions()["timeline"].of
    'entity'
    """
    folder = files("kgbuild") / "resources" / "queries"
    texts = {
        f.name.removesuffix(".rq"): f.read_text(encoding="utf-8")
        for f in folder.iterdir()
    }
    return {
        name: _question(name, texts[name], texts.get(name + _ALL, ""))
        for name in sorted(texts)
        if not name.endswith(_ALL)
    }


def _question(name: str, sparql: str, of_all: str = "") -> Question:
    heads = re.findall(r"^# (.*)", sparql, re.MULTILINE)
    of = next((h[4:] for h in heads[1:] if h.startswith("of: ")), "")
    kind, _, rest = of.partition(", ")
    return Question(
        name=name,
        summary=heads[0] if heads else "",
        sparql=sparql,
        of=kind,
        required=rest == "required",
        of_all=of_all,
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A server that takes queries: ``solve`` puts SPARQL to it and returns the results."""

    address: str
    solve: Callable[[str], Any]


def open_source(place: str, question: Question) -> ox.Store | Server:
    """Open what a question is put to: a server by its address, or else :func:`open_store`.

    Raises:
        ValueError: there is nothing of these; the message says what to do.
        OSError: it cannot be read.
    """
    if "://" not in place:
        named = says(question.sparql, "graph", "from")
        return open_store(Path(place), graphs=named)
    from kgbuild.load.http import queried, solve
    from kgbuild.load.web import sender

    found, send = queried(place), sender()
    return Server(address=found.query, solve=lambda text: solve(send, found, text))


def open_store(path: Path, *, graphs: bool = False) -> ox.Store:
    """Open an on-disk store, a file of RDF, or the folder that ``build`` wrote.

    All triples of a file are in the default graph, each once; with ``graphs`` those of its
    named graphs are there as well.

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
    known = ox.RdfFormat.from_extension(file.suffix[1:])
    assert known, "graph_file knows the suffix"
    store = ox.Store()
    try:
        if graphs or not known.supports_datasets:
            store.bulk_load(data, format=known)
        if known.supports_datasets:
            store.bulk_extend(_flat(ox.parse(data, format=known)))
    except SyntaxError as error:
        raise ValueError(f"{path}: not {file.suffix[1:]}: {error}") from None
    return store


def store_of(graph: nx.MultiDiGraph[str], vocabulary: Vocabulary) -> ox.Store:
    """Return an embedded store of a graph's triples."""
    import pyoxigraph as ox

    from kgbuild.rdf.export import dump_triples

    file = io.BytesIO()
    dump_triples(graph, vocabulary, file)
    store = ox.Store()
    store.bulk_load(file.getvalue(), format=ox.RdfFormat.N_TRIPLES)
    return store


def _flat(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    import pyoxigraph as ox

    return (ox.Quad(q.subject, q.predicate, q.object) for q in quads)


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


class Unnamed(ValueError):
    """Nobody has the name that was asked about."""


def ask(
    source: ox.Store | Server,
    question: Question,
    of: str | None = None,
    *,
    names: ox.Store | Server | None = None,
    network: bool = False,
) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples | list[ox.Triple]:
    """Put a question to a store or a server; ``of`` names what it is about.

    The name is looked up in ``names``, where that is another source.

    Raises:
        Unnamed: nobody has the name ``of``.
        ValueError: the SPARQL is wrong, or calls another server without ``network``, or
            ``of`` is missing or not asked for.
        OSError: the server cannot be reached.
    """
    if of is not None and not question.of:
        raise ValueError(f"{question.name or 'SPARQL'}: this question takes no --of")
    if of is None and question.required:
        raise ValueError(f"{question.name}: say what about: --of NAME")
    if not network and says(question.sparql, "service"):
        raise ValueError("SPARQL: SERVICE asks another server; --allow-network lets it")
    bound = (
        None
        if of is None
        else _term(names if names is not None else source, question, of)
    )
    sparql = question.sparql if of is not None else question.of_all or question.sparql
    try:
        results: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
        results = _run(source, sparql, bound)
    except SyntaxError as error:
        raise ValueError(f"SPARQL: {error}") from None
    return results


def says(sparql: str, *words: str) -> bool:
    """Tell whether SPARQL may say one of some words; rather once too often than too rarely.

    >>> says("SELECT * { ?service kg:graph 'service' } # service", "service", "graph")
    False
    >>> says("SELECT * { ?a ?b ?c .SERVICE?d { } }", "service")
    True
    """
    # SPARQL lets any character be written as an escape, a letter of a word, too.
    plain = _ESCAPED.sub(lambda m: _character(m[1] or m[2]), sparql)
    left = _NO_WORD.sub(" ", plain).casefold()
    return any(word in left for word in words)


def _character(digits: str) -> str:
    number = int(digits, 16)
    return chr(number) if number <= 0x10FFFF else " "


def _run(source: ox.Store | Server, sparql: str, bound: Any = None) -> Any:
    if isinstance(source, Server):
        heads = "".join(f"PREFIX {name}: <{i}>\n" for name, i in PREFIXES.items())
        return source.solve(heads + over_graphs(with_value(sparql, bound)))
    # A term that stands in a question's part is looked up; one put in from outside is
    # compared with all that the part finds.
    inside = bound is None or _PART in sparql
    asked = with_value(sparql, bound) if inside else sparql
    # Who filled the store may have left its default graph empty.
    full = next(source.quads_for_pattern(None, None, None, _default()), None)
    return source.query(
        asked if full else over_graphs(asked),
        prefixes=PREFIXES,
        use_default_graph_as_union=not full,
        substitutions=None if inside else {_variable(): bound},
    )


def over_graphs(sparql: str) -> str:
    """Return a question with each part that is of one article asked of one named graph.

    >>> over_graphs("SELECT * WHERE { { # of one article\\n?a ?b ?c } }")
    'SELECT * WHERE { GRAPH ?in1 {\\n?a ?b ?c } }'
    """
    number = count(1)
    return re.sub(re.escape(_PART), lambda _: f"GRAPH ?in{next(number)} {{", sparql)


def with_value(sparql: str, bound: Any) -> str:
    """Return a question with ``?of`` bound to a term, as the text of it says.

    >>> print(with_value("SELECT * WHERE { { # of one article\\n?of ?b ?c } }", "<x:x>"))
    SELECT * WHERE { { # of one article
    VALUES ?of { <x:x> }
    ?of ?b ?c } }
    """
    if bound is None:
        return sparql
    value = f"VALUES ?of {{ {bound} }}"
    if _PART not in sparql:
        return f"{sparql}\n{value}"
    return sparql.replace(_PART, f"{_PART}\n{value}", 1)


def _variable() -> ox.Variable:
    import pyoxigraph as ox

    return ox.Variable("of")


def _default() -> ox.DefaultGraph:
    import pyoxigraph as ox

    return ox.DefaultGraph()


def _term(source: ox.Store | Server, question: Question, of: str) -> Any:
    import pyoxigraph as ox

    if question.of != "statement":
        return entity(source, of)
    line = f"<x:x> <x:x> {text(of)} ."
    return next(ox.parse(line, format=ox.RdfFormat.N_TRIPLES)).object


def entity(source: ox.Store | Server, name: str) -> Any:
    """Return the node of the entity that has a name: an id, a label, or else an alias.

    Raises:
        Unnamed: none has it.
        ValueError: several have.
    """
    near: list[str] = []
    for predicate in ("dcterms:identifier", "rdfs:label", "skos:altLabel"):
        solutions = _run(source, _NAMES % predicate)
        rows = [(row["node"], value_of(row["name"])) for row in solutions]
        found = {node for node, known in rows if known.casefold() == name.casefold()}
        if len(found) == 1:
            return found.pop()
        if found:
            ids = ", ".join(_ids(source, found))
            raise ValueError(f"several entities are named {name!r}: give one of {ids}")
        near += [known for _, known in rows]
    close = difflib.get_close_matches(name, sorted(set(near)), n=3)
    hint = f"; near: {', '.join(close)}" if close else ""
    raise Unnamed(f"no entity is named {name!r}{hint}")


def _ids(source: ox.Store | Server, nodes: set[Any]) -> list[str]:
    rows = _run(source, _NAMES % "dcterms:identifier")
    return sorted(value_of(row["name"]) for row in rows if row["node"] in nodes)
