"""The graph of a store: what all its documents say, whatever the order they came in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kgbuild.archive import decisions
from kgbuild.archive.alike import originals
from kgbuild.archive.decisions import Decision
from kgbuild.archive.facts import facts
from kgbuild.archive.shards import DOCUMENTS, document_of, rows
from kgbuild.archive.sightings import entities
from kgbuild.archive.store import DECISIONS, STORE, Manifest, statements
from kgbuild.archive.whois import Doubt, Whois, whois
from kgbuild.graph import about, add_records
from kgbuild.picks import Picks, picked
from kgbuild.pipeline import names as known_names
from kgbuild.vocabulary import Vocabulary, load_vocabulary

if TYPE_CHECKING:
    import networkx as nx

Record = dict[str, Any]
Note = Callable[[str], None]


def graph_of(
    folder: Path,
    manifest: Manifest,
    *,
    outputs: Mapping[str, Any] | None = None,
    memo: Path | None = None,
    note: Note | None = None,
) -> nx.MultiDiGraph[str]:
    """Return the graph of a project folder, made as ``outputs`` say: as its files, unless told.

    ``memo`` is a folder that keeps what the next graph of nearly the same articles may use;
    ``note`` is told of decisions about nobody.

    Raises:
        ValueError: a shard is damaged, or what is picked by names nobody.
    """
    import networkx as nx

    options = manifest.outputs if outputs is None else outputs
    vocabulary = load_vocabulary(manifest.recipe.vocabulary)
    store, with_text = folder / STORE, bool(options.get("with_text"))
    found = map(document_of, rows(store, DOCUMENTS, manifest.shards))
    known = {d.id: about(d, with_text=with_text) for d in found}
    told = _called(folder, list(statements(store, manifest)), vocabulary, memo, note)
    if options.get("facts"):
        told = _facts(store, manifest, told, known, vocabulary)
    if picks := options.get("picks"):
        told = picked(told, known, Picks(**picks))
        known = _told_of(known, told)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.graph["documents"] = {id: known[id] for id in sorted(known)}
    graph.graph["made"] = dict(manifest.recipe.made)
    return add_records(graph, told)


def _called(
    folder: Path,
    told: list[Record],
    vocabulary: Vocabulary,
    memo: Path | None,
    note: Note | None,
) -> list[Record]:
    """Return statements with everybody called alike across articles, as was decided."""
    decided = decisions.resolved(decisions.load(folder / DECISIONS), told)
    found = _whois(told, vocabulary, decided, memo)
    if note and decided:
        ids = {e["id"] for r in told for e in entities(r)} | found.labels.keys()
        if lost := decisions.unknown(decided, ids):
            listed = ", ".join(map(repr, lost[:5]))
            more = f" and {len(lost) - 5} more" if len(lost) > 5 else ""
            note(
                f"{folder / DECISIONS}: nobody in it has the name or id {listed}{more}; "
                "kgbuild names tells those that there are"
            )
    return decisions.applied(told, found, decided)


def _whois(
    told: list[Record],
    vocabulary: Vocabulary,
    decided: Iterable[Decision],
    memo: Path | None = None,
) -> Whois:
    listed = list(decided)
    same, different = (decisions.pairs(listed, kind) for kind in ("same", "different"))
    names = memo and memo / "names.parquet"
    return whois(told, vocabulary, same=same, different=different, memo=names)


def doubts_of(folder: Path, manifest: Manifest) -> Sequence[Doubt]:
    """Return who may be one in a project folder and was not decided, the likeliest first.

    Raises:
        ValueError: a shard or the file of decisions is damaged.
    """
    told = list(statements(folder / STORE, manifest))
    decided = decisions.resolved(decisions.load(folder / DECISIONS), told)
    vocabulary = load_vocabulary(manifest.recipe.vocabulary)
    return _whois(told, vocabulary, decided).doubts


def _facts(
    store: Path,
    manifest: Manifest,
    told: list[Record],
    known: Mapping[str, Record],
    vocabulary: Vocabulary,
) -> list[Record]:
    """Return the facts of statements; texts are compared of those articles that share one."""
    names = known_names([p for p in manifest.recipe.knowledge if p.exists()])
    alone = facts(told, known, vocabulary, {}, names)
    shared = {e["doc"] for r in alone if r["articles"] > 1 for e in r["evidence"]}
    if not shared:
        return alone
    found = map(document_of, rows(store, DOCUMENTS, manifest.shards))
    alike = originals(d for d in found if d.id in shared)
    return facts(told, known, vocabulary, alike, names)


def _told_of(known: Mapping[str, Record], told: list[Record]) -> dict[str, Record]:
    """Return the documents that statements are of."""
    docs = {r["doc"] for r in told} | {e["doc"] for r in told for e in r["evidence"]}
    return {id: about for id, about in known.items() if id in docs}
