"""Which kind of input a file is: by its name, its media type, or what it begins with."""

from __future__ import annotations

import re
from pathlib import Path

KINDS = {
    "txt": "txt",
    "text": "txt",
    "md": "md",
    "markdown": "md",
    "html": "html",
    "htm": "html",
    "xhtml": "html",
    "pdf": "pdf",
    "docx": "docx",
    "odt": "odt",
    "eml": "mail",
    "mbox": "mail",
    "csv": "csv",
    "tsv": "csv",
    "jsonl": "jsonl",
    "ndjson": "jsonl",
    "json": "json",
    "rss": "feed",
    "atom": "feed",
    "xml": "feed",
    "warc": "warc",
}
"""Suffix -> the module of this package that reads it."""

MEDIA = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/pdf": "pdf",
    "text/markdown": "md",
    "text/csv": "csv",
    "text/tab-separated-values": "csv",
    "message/rfc822": "mail",
    "application/mbox": "mail",
    "application/rss+xml": "feed",
    "application/atom+xml": "feed",
    "application/x-ndjson": "jsonl",
    "application/jsonl": "jsonl",
    "application/json": "json",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/warc": "warc",
}
RDF = frozenset(["ttl", "trig", "nt", "nq", "jsonld", "rdf", "owl", "n3"])
GRAPHS = RDF | {"graphml", "gexf", "ftm"}
"""Suffixes of graphs, which are no articles."""
GRAPH = (
    "is a graph and no article; ask it with kgbuild query, or put it into a store with "
    "kgbuild load"
)
WRITTEN = (
    "is a graph and no article; read it with kgbuild.read, or ask the folder that it is "
    "from with kgbuild query"
)


class GraphError(ValueError):
    """What is read is a graph, maybe one that kgbuild wrote itself."""


_HEADER = re.compile(
    rb"(?:From \S+ [^\n]{10,60}\n)?"
    rb"(?=(?:[^\n]*\n){0,60}?From:[ \t])(?=(?:[^\n]*\n){0,60}?(?:Date|Subject):[ \t])"
    rb"(?:[A-Za-z][A-Za-z0-9-]{1,40}:[ \t][^\n]*\n(?:[ \t]+\S[^\n]*\n)*){2}"
)
_OTHERS = (
    (b"\xd0\xcf\x11\xe0", "is an old Office file; save it as .docx"),
    (b"{\\rtf", "is RTF; save it as .docx"),
    (b"PK\x03\x04", "is an archive; unpack it first"),
    (b"7z\xbc\xaf", "is an archive; unpack it first"),
    (b"BZh", "is an archive; unpack it first"),
    (b"\xfd7zXZ", "is an archive; unpack it first"),
)
_PAGE = re.compile(
    rb'<meta name="generator" content="kgbuild|<script type="application/json" id="data"'
)
_TRIPLES = re.compile(rb"(?:@prefix|PREFIX)\s+\S{0,40}:\s*<|(?:<\w+:[^<>\s]*>\s+){2}")
_STATEMENT = re.compile(rb'"(?:relation|factuality|evidence)"\s*:')


def suffix(name: str) -> str:
    """Return the suffix that tells the kind, without dot or ``gz``.

    >>> suffix("a.TXT.gz")
    'txt'
    """
    return Path(re.sub(r"\.gz$", "", name, flags=re.IGNORECASE)).suffix[1:].lower()


def stem(name: str) -> str:
    """Return a file's name without the suffixes that tell its kind.

    >>> stem("u.s.-japan.txt.gz")
    'u.s.-japan'
    """
    bare = re.sub(r"\.gz$", "", name, flags=re.IGNORECASE)
    return bare[: -len(suffix(bare)) - 1] if suffix(bare) in KINDS else bare


def kind_of(name: str, media: str, head: bytes) -> str:
    """Return the module that reads an input.

    Raises:
        GraphError: it is a graph.
        ValueError: it is known to be of a kind that nothing here reads.

    >>> kind_of("", "", b"%PDF-1.4"), kind_of("a.txt", "", b"<p>"), kind_of("", "", b"Abe")
    ('pdf', 'txt', 'txt')
    """
    if suffix(name) in GRAPHS:
        raise GraphError(GRAPH if suffix(name) in RDF else WRITTEN)
    kind = (
        KINDS.get(suffix(name))
        or MEDIA.get(media.partition(";")[0].strip().lower())
        or _sniffed(head)
    )
    if kind == "html" and _PAGE.search(head):
        raise GraphError(WRITTEN)
    if kind in ("json", "jsonl") and len(set(_STATEMENT.findall(head[:20_000]))) == 3:
        raise GraphError(WRITTEN)
    return kind


def _sniffed(head: bytes) -> str:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"%PDF-"):
        return "pdf"
    if start.startswith(b"WARC/"):
        return "warc"
    if start.startswith(b"PK\x03\x04") and (inside := _zipped(start)):
        return inside
    for beginning, fault in _OTHERS:
        if start.startswith(beginning):
            raise ValueError(fault)
    if _TRIPLES.match(start):
        raise GraphError(GRAPH)
    if start.startswith(b"<"):
        opening = start[:2000].lower()
        feed = any(t in opening for t in (b"<rss", b"<feed", b"<rdf:rdf"))
        return "feed" if feed else "html"
    if re.match(rb'\[\s*\{\s*"|\{\s*\n\s*"', start):
        return "json"
    first = start.partition(b"\n")[0]
    if re.match(rb'\{\s*"[^"]*"\s*:', first):
        return "jsonl" if b'"text"' in first or _STATEMENT.search(first) else "txt"
    return "mail" if _HEADER.match(start) else "txt"


def _zipped(start: bytes) -> str:
    if b"mimetypeapplication/vnd.oasis.opendocument.text" in start[:200]:
        return "odt"
    if (
        b"word/" in start
        or b"[Content_Types].xml" in start[:200]
        and b"xl/" not in start
    ):
        return "docx"
    if b"xl/" in start:
        raise ValueError("is a spreadsheet; save it as CSV")
    return ""
