"""What the commands of a project folder share: reading into its store, writing out of it."""

from __future__ import annotations

import gc
import io
import sys
import tempfile
from collections.abc import (
    Callable,
    Generator,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kgbuild.commands._options import followed, printable, say
from kgbuild.commands._progress import stoppable, watched
from kgbuild.writers import FORMATS, file_names, filled, known_options, writer

if TYPE_CHECKING:
    import networkx as nx

    from kgbuild.archive.cluster import Cluster
    from kgbuild.archive.recipe import Recipe
    from kgbuild.archive.store import Kept, Manifest
    from kgbuild.archive.waiting import Batch, Waiting
    from kgbuild.archive.workers import Step
    from kgbuild.folder import Fill, Place
    from kgbuild.model import Document
    from kgbuild.vocabulary import Vocabulary

    Files = Iterator[tuple[str, Fill]]
    Tell = Callable[[str], None]

ENGINES = ("local", "spark")
STYLES = ("plain", "reified", "rdf12")
USUAL = "ttl,html,jsonl"
LARGE = 5_000  # statements from which on files are written by two processes
PAGE = "html"  # what a copy of a process can write: no library there minds being copied


def _formats(value: str | None) -> str | None:
    if value is None:
        return None
    names = [n.strip().lower().removeprefix(".") for n in value.split(",") if n.strip()]
    for name in names or [value]:
        if name not in FORMATS:
            raise typer.BadParameter(f"no format {name!r}; have: {', '.join(FORMATS)}")
    return ",".join(dict.fromkeys(names))


def _completed(incomplete: str) -> list[str]:
    """Return the lists of formats that a list may become, whose last name is begun.

    >>> _completed("ttl,xl")
    ['ttl,xlsx']
    """
    before, comma, begun = incomplete.rpartition(",")
    return [f"{before}{comma}{name}" for name in FORMATS if name.startswith(begun)]


def _style(value: str | None) -> str | None:
    if value is not None and value not in STYLES:
        raise typer.BadParameter(f"no style {value!r}; have: {', '.join(STYLES)}")
    return value


def _engine(value: str) -> str:
    if value not in ENGINES:
        raise typer.BadParameter(f"no engine {value!r}; have: {', '.join(ENGINES)}")
    return value


Folder = Annotated[
    Path,
    typer.Argument(
        metavar="KG", help="The folder that build wrote.", show_default=False
    ),
]
To = typer.Option(
    metavar="FORMAT,...",
    help=f"What to write: {', '.join(FORMATS)}.",
    callback=_formats,
    autocompletion=_completed,
)
WithText = Annotated[
    bool, typer.Option("--with-text", help="Carry the whole articles in the graph.")
]
Base = Annotated[
    str | None, typer.Option(metavar="IRI", help="The namespace of entities in RDF.")
]
Style = Annotated[
    str | None,
    typer.Option(
        metavar="plain|reified|rdf12",
        help="How RDF tells statements: as plain triples, as nodes, or in RDF 1.2.",
        callback=_style,
    ),
]
Workers = Annotated[
    int | None,
    typer.Option(
        metavar="N",
        min=1,
        help="Processes that read; all processors but one for more than 50 articles.",
        show_default=False,
    ),
]
Engine = Annotated[
    str,
    typer.Option(
        metavar="local|spark",
        help="What reads: processes here, or a cluster.",
        callback=_engine,
    ),
]
Master = Annotated[
    str | None,
    typer.Option(
        metavar="URL",
        help="The cluster: local[2], spark://HOST:7077, yarn; else as Spark is told.",
        show_default=False,
    ),
]
Staging = Annotated[
    str | None,
    typer.Option(
        metavar="FOLDER",
        help="What all workers reach: a path, s3://, gs://, hdfs://; else the store itself.",
        show_default=False,
    ),
]
Verbose = Annotated[
    bool, typer.Option("-v", "--verbose", help="Name each article that is read.")
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """How the graph is written."""

    with_text: WithText = False
    base: Base = None
    statements: Style = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Working:
    """How the reading goes on."""

    workers: Workers = None
    verbose: Verbose = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Clustered:
    """Where the reading goes on."""

    engine: Engine = "local"
    master: Master = None
    staging: Staging = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What was read into a store, how many of it anew; and all that is there, by key."""

    kept: Sequence[Kept]
    known: Mapping[str, Kept]
    new: int = 0


def read_into(
    store: Path,
    documents: Iterable[Document],
    recipe: Recipe,
    working: Working,
    cluster: Cluster | None = None,
) -> Done:
    """Read documents into a store, those only that are not there.

    Raises:
        OSError: there is no room; what was read is kept.
        SystemExit: it was stopped; what was read is kept.
    """
    from kgbuild.archive.recipe import digest_of
    from kgbuild.archive.store import begin, index
    from kgbuild.archive.waiting import put_by_in

    known = index(store)
    with put_by_in() as file:
        found = _put_by(documents, file, digest_of(recipe), known)
        if not found.kept and not found.waiting:
            return Done(kept=(), known=known)
        begin(store, recipe)
        if found.waiting:
            _read(store, found, file, recipe, working, cluster)
            known = index(store)
    kept = [known[k.key] for k in (*found.kept, *found.waiting)]
    return Done(kept=kept, new=len(found.waiting), known=known)


def cluster_of(asked: Clustered) -> Cluster | None:
    """Return the cluster that options name, if they do.

    Raises:
        typer.BadParameter: one is named and another engine.
    """
    from kgbuild.archive.cluster import Cluster

    if asked.engine == "spark":
        return Cluster(master=asked.master, staging=asked.staging)
    if asked.master or asked.staging:
        raise typer.BadParameter("--master and --staging are for --engine spark")
    return None


def _put_by(
    documents: Iterable[Document], file: Any, recipe: str, known: Mapping[str, Kept]
) -> Waiting:
    from kgbuild.archive.waiting import put_by

    try:
        return put_by(documents, file, recipe, known)
    except OSError as error:
        reason = error.strerror or str(error)
        message = (
            f"{tempfile.gettempdir()}: cannot hold what waits to be read ({reason}); free "
            "some space there, or name another folder by TMPDIR"
        )
        raise OSError(message) from None


def _read(
    store: Path,
    found: Waiting,
    file: Any,
    recipe: Recipe,
    working: Working,
    cluster: Cluster | None,
) -> None:
    from kgbuild.archive.waiting import parts, taken

    total = len(found.waiting)
    batches = ([(k.key, taken(file, found, k)) for k in b] for b in parts(found))
    steps = _steps(batches, recipe, store, total, working.workers, cluster)
    advice = "stopped; what was read is kept: the same command again goes on from there"
    with stoppable(advice), closing(steps):
        try:
            words = sum(k.words for k in found.waiting)
            for _ in watched(steps, total, words, verbose=working.verbose):
                pass
        except (ChildProcessError, ConnectionError):
            raise  # of those who read, not of the place
        except OSError as error:
            reason = error.strerror or str(error)
            message = (
                f"{store}: cannot be written ({reason}); free some space and run it again: "
                "what was read is kept"
            )
            raise OSError(message) from None


def _steps(
    batches: Iterable[Batch],
    recipe: Recipe,
    store: Path,
    total: int,
    workers: int | None,
    cluster: Cluster | None,
) -> Generator[Step, None, None]:
    """Return what reads batches: this process, several, or a cluster."""
    from kgbuild.archive.workers import read_by_workers, read_here, usual

    if cluster:
        from kgbuild.archive.cluster import read_by_spark

        return read_by_spark(batches, recipe, store, cluster)
    count = min(workers or usual(total), total)
    if count == 1:
        return read_here(batches, recipe, store)
    return read_by_workers(batches, recipe, store, count)


def keep(store: Path, manifest: Manifest, kept: Iterable[Kept]) -> Manifest:
    """Let a store hold just these documents, and return its manifest as it is written.

    Raises:
        OSError: there is no room; the store is as it was.
    """
    from dataclasses import replace

    from kgbuild.archive.store import save, settled

    wanted = {one.id: one for one in kept}
    shards = settled(store, [wanted[id] for id in sorted(wanted)])
    changed = replace(manifest, shards=shards)
    save(store, changed)
    return changed


def check(
    formats: Sequence[str], vocabulary: Vocabulary, options: dict[str, str]
) -> None:
    """Write nothing in each format that has options, so that wrong ones are told first.

    Raises:
        ValueError: a format cannot be written so.
    """
    import networkx as nx

    for name in formats:
        if known_options(writer(name), options):
            for _, fill in filled(nx.MultiDiGraph(), name, vocabulary, options):
                fill(io.BytesIO())


def refuse_strangers(place: Place, output: Path) -> None:
    """See that no file there has one of our names that no run of ours wrote.

    Raises:
        ValueError: there is one, and no store beside it.
    """
    from kgbuild.archive.store import MANIFEST, STORE

    there = sorted(_listed(place))
    if there and not (place.folder / STORE / MANIFEST).exists():
        raise ValueError(
            f"{output}: holds {', '.join(there)} and no store of kgbuild: is it of "
            "somebody else? choose another folder by -o, or move the file away"
        )


def options_of(outputs: Mapping[str, Any]) -> dict[str, str]:
    """Return the options that formats may have, those that are given."""
    names = ("base", "statements", "memo")
    return {name: outputs[name] for name in names if outputs.get(name)}


def write_out(
    place: Place,
    output: Path,
    graph: nx.MultiDiGraph[str],
    outputs: Mapping[str, Any],
    vocabulary: Vocabulary,
    tell: Tell,
) -> list[Path]:
    """Write the files of a project folder as one version; return where they are.

    Of a large graph another process writes the page meanwhile: it takes longest.
    """
    formats = list(outputs["to"])
    beside = [name for name in formats if name == PAGE and _apart(graph)]
    here = [name for name in formats if name not in beside]

    def files(names: Iterable[str]) -> Files:
        for name in names:
            yield from filled(graph, name, vocabulary, options_of(outputs))

    def put(into: Place) -> list[str]:
        from kgbuild.folder import publish

        bar = followed(here, len(here), "Writing")
        written = publish(into, files(bar), files(beside))
        return sorted(written, key=file_names(formats).index)

    return _written(place, output, put, tell)


def _apart(graph: nx.MultiDiGraph[str]) -> bool:
    """Tell whether another process saves time here: where such a copy costs little."""
    from kgbuild.archive.workers import cores
    from kgbuild.graph import records

    return sys.platform == "linux" and cores() > 1 and len(records(graph)) >= LARGE


def _written(
    place: Place, output: Path, put: Callable[[Place], list[str]], tell: Tell
) -> list[Path]:
    """Let ``put`` write all files; where there is no room, keep them elsewhere."""
    from kgbuild.folder import held

    old = _listed(place)
    try:
        names = put(place)
    except OSError as error:
        reason = error.strerror or str(error)
        as_it_was = f"{output}: cannot be written ({reason}) and is as it was"
    else:
        if gone := sorted(old - {*names}):
            print(printable(f"{output}: took away, of a run before: {', '.join(gone)}"))
        return [output / name for name in names]
    spare = Path(tempfile.mkdtemp(prefix="kgbuild-"))
    try:
        with held(spare, file_names()) as other:
            names = put(other)
    except OSError:
        spare.rmdir()
        tell(f"{as_it_was}; free some space, or choose another folder")
        return []
    tell(f"{as_it_was}; the new graph is in {spare}: free some space and move it")
    return [spare / name for name in names]


def _listed(place: Place) -> set[str]:
    """Return what runs before wrote into the folder."""
    there = place.folder.iterdir() if place.folder.is_dir() else ()
    return {p.name for p in there} & place.ours


def finish(
    place: Place,
    output: Path,
    manifest: Manifest,
    vocabulary: Vocabulary,
    tell: Tell,
    *,
    note: Tell = say,
    unread: Mapping[str, int] = MappingProxyType({}),
    before: int = 0,
) -> None:
    """Write the files that a store's manifest asks for, print the account, and tidy the store."""
    import networkx as nx

    from kgbuild.archive.graphs import graph_of
    from kgbuild.archive.store import MEMO, STORE, reasons, sweep
    from kgbuild.commands._account import show

    store = place.folder / STORE
    gc.disable()  # a graph is millions of small things that all stay: looking is in vain
    memo = store / MEMO
    graph = nx.freeze(graph_of(place.folder, manifest, memo=memo, note=note))
    outputs = {**manifest.outputs, "memo": memo / "turtle.parquet"}
    written = write_out(place, output, graph, outputs, vocabulary, tell)
    sweep(store, manifest.shards)
    left = reasons(store, manifest)
    show(graph, left, written, vocabulary, unread=unread, before=before)
