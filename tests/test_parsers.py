"""Parsers that share no code read every format of every document to the same triples."""

from __future__ import annotations

import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest
import rdflib
from gold import gold_graph, gold_graphs
from samples import sample_graph
from servers import needed
from strategies import HOSTILE
from test_rdf_formats import SYNTAXES, hostile_graph, write

from kgbuild.rdf import schema, shapes
from kgbuild.vocabulary import load_vocabulary

Quads = set[tuple[str, ...]]
TRIPLES = ("ttl", "nt", "rdf", "jsonld")


def hostile_graphs() -> dict[str, nx.MultiDiGraph]:
    return {f"hostile-{i}": hostile_graph(t) for i, t in enumerate(HOSTILE)}


def quads(data: str | bytes, syntax: str) -> Quads:
    """Return what pyoxigraph reads; there are no blank nodes, so equal sets are equal graphs."""
    known = ox.RdfFormat.from_extension(syntax)
    return {
        tuple(map(str, (q.subject, q.predicate, q.object, q.graph_name)))
        for q in ox.parse(data, format=known)
    }


def by_rdflib(path: Path) -> bytes:
    names = {"ttl": "turtle", "jsonld": "json-ld", "rdf": "xml", "nq": "nquads"}
    syntax = path.suffix[1:]
    if syntax in TRIPLES:
        graph = rdflib.Graph().parse(path, format=names.get(syntax, syntax))
        return graph.serialize(format="nt", encoding="utf-8")
    dataset = rdflib.Dataset().parse(path, format=names.get(syntax, syntax))
    return dataset.serialize(format="nquads", encoding="utf-8")


def by_rapper(path: Path) -> bytes:
    names = {"ttl": "turtle", "nt": "ntriples", "rdf": "rdfxml", "nq": "nquads"}
    program = needed("rapper", "raptor2-utils")
    syntax = names.get(path.suffix[1:], path.suffix[1:])
    command = [program, "-q", "-i", syntax, "-o", "nquads", str(path), "x:base"]
    return subprocess.run(command, capture_output=True, check=True).stdout


JARS = [
    "jena-arq",
    "jena-base",
    "jena-cmds",
    "jena-core",
    "jena-iri",
    "jena-tdb",
    "jena-dboe-base",
    "jena-rdfconnection",
    "jena-shacl",
    "jena-shex",
    "libthrift",
    "thrift",
    "commons-cli",
    "commons-codec",
    "commons-compress",
    "commons-csv",
    "commons-io",
    "commons-lang3",
    "dexx.collection",
    "gson",
    "guava",
    "httpclient",
    "httpclient-cache",
    "httpcore",
    "jackson-core",
    "jackson-databind",
    "jackson-annotations",
    "jsonld-java",
    "jakarta.json-api",
    "protobuf",
    "slf4j-api",
    "slf4j-nop",
    "jcl-over-slf4j",
    "titanium-json-ld",
]


@pytest.fixture(scope="session")
def riot(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], bytes]:
    """Return Jena's reader, as Debian's package has it, strict and checking."""
    java, place = needed("java", "default-jre-headless"), Path("/usr/share/java")
    needed_jar = place / "jena-cmds.jar"
    if not needed_jar.exists():
        needed("riot", "libapache-jena-java")
    # Debian renames a package of classes, and forgets the messages that belong to it.
    mended = tmp_path_factory.mktemp("jena")
    with zipfile.ZipFile(place / "jena-core.jar") as jar:
        for name in jar.namelist():
            if name.endswith(".properties") and "/ext/xerces/" in name:
                target = mended / name.removeprefix("org/apache/jena/ext/")
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(jar.read(name))
    jars = [place / f"{name}.jar" for name in JARS]
    classes = ":".join(map(str, [mended, *(j for j in jars if j.exists())]))

    def read(*paths: Path, strict: bool = True) -> bytes:
        # The library of JSON-LD 1.1 that Jena wants is not in Debian.
        syntax = ["--syntax=jsonld10"] if paths[0].suffix == ".jsonld" else []
        checks = ["--strict", "--check"] if strict else []
        options = [*checks, "--output=nquads", *syntax]
        command = [java, "-cp", classes, "riotcmd.riot", *options, *map(str, paths)]
        run = subprocess.run(command, capture_output=True, check=False)
        assert run.returncode == 0 or not strict, (
            run.stderr.decode() + run.stdout.decode()[-500:]
        )
        return run.stdout

    return read


def documents() -> dict[str, nx.MultiDiGraph]:
    return {"sample": sample_graph(), **hostile_graphs()}


@pytest.mark.stores
@pytest.mark.filterwarnings("ignore:.* is deprecated, use Dataset:DeprecationWarning")
@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")
@pytest.mark.parametrize("syntax", SYNTAXES)
@pytest.mark.parametrize("which", ["hostile", "annotated"])
def test_three_parsers_read_the_same(syntax: str, which: str, tmp_path: Path) -> None:
    graphs = documents() if which == "hostile" else gold_graphs()
    for name, graph in graphs.items():
        path = tmp_path / f"graph.{syntax}"
        path.write_text(write(graph, syntax), encoding="utf-8", newline="")
        line_based = "nt" if syntax in TRIPLES else "nq"
        wanted = quads(write(graph, line_based), line_based)
        assert quads(path.read_bytes(), syntax) == wanted, name
        assert quads(by_rdflib(path), "nq") == wanted, name
        if syntax != "jsonld":  # which raptor does not know
            assert quads(by_rapper(path), "nq") == wanted, name


@pytest.mark.stores
@pytest.mark.parametrize("syntax", SYNTAXES)
@pytest.mark.parametrize("which", ["hostile", "annotated"])
def test_jena_reads_the_same_and_finds_nothing_wrong(
    syntax: str, which: str, tmp_path: Path, riot: Callable[..., bytes]
) -> None:
    line_based = "nt" if syntax in TRIPLES else "nq"
    graphs = documents() if which == "hostile" else {"all": gold_graph()}
    paths, wanted = [], set()
    for name, graph in graphs.items():
        path = tmp_path / f"{name}.{syntax}"
        path.write_text(write(graph, syntax), encoding="utf-8", newline="")
        paths.append(path)
        wanted |= quads(write(graph, line_based), line_based)
    # It warns of texts that are not in Unicode's normal form C; we change no text.
    assert quads(riot(*paths, strict=which == "annotated"), "nq") == wanted


@pytest.mark.stores
def test_jena_finds_an_impossible_day(
    tmp_path: Path, riot: Callable[..., bytes]
) -> None:
    path = tmp_path / "graph.ttl"
    text = write(sample_graph(), "ttl").replace('"2017-11-06"^^', '"2017-02-30"^^')
    path.write_text(text, encoding="utf-8")
    with pytest.raises(AssertionError):
        riot(path)


@pytest.mark.stores
def test_vocabulary_and_shapes_by_all(
    tmp_path: Path, riot: Callable[..., bytes]
) -> None:
    vocabulary = load_vocabulary()
    for name, text in {
        "vocabulary": schema.dumps(vocabulary),
        "shapes": shapes.dumps(vocabulary),
    }.items():
        path = tmp_path / f"{name}.ttl"
        path.write_text(text, encoding="utf-8")
        number = len(quads(text, "ttl"))
        assert number > 400
        assert len(quads(by_rdflib(path), "nq")) == number
        assert len(quads(by_rapper(path), "nq")) == number
        assert len(quads(riot(path), "nq")) == number
