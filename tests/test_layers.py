"""The flow has one direction: a module imports only what stands before it."""

from __future__ import annotations

import ast
from graphlib import TopologicalSorter

import pytest

# What each part may import, beside itself. A module that is in none is extraction.
PARTS = {
    "data": ("model", "tables", "vocabulary"),
    "text": ("text",),
    "readers": ("readers",),
    "extraction": (),
    "flow": ("component", "pipeline"),
    "graph": ("graph", "flat"),
    "output": (
        "folder",
        "rdf",
        "layout",
        "page",
        "page_data",
        "query",
        "load",
        "writers",
    ),
    "shell": ("api", "provenance", "commands", "__main__", "__init__"),
}
MAY = {
    "data": set(),
    "text": {"data"},
    "readers": {"data", "text"},
    "extraction": {"data", "text"},
    "flow": {"data", "text", "extraction"},
    "graph": {"data"},
    "output": {"data", "graph"},
    "shell": {"data", "readers", "flow", "graph", "output"},
}


def part_of(module):
    top = module.split(".")[0]
    return next((p for p, names in PARTS.items() if top in names), "extraction")


def imported(source):
    """Return the modules of kgbuild that a source imports, without ``kgbuild.``."""
    for node in ast.walk(ast.parse(source)):
        names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            names = [node.module]
        for name in names:
            if name.startswith("kgbuild."):
                yield name.removeprefix("kgbuild.")


def faults(sources):
    """Return what looks back, as ``module imports other``."""
    return [
        f"{module} imports {other}"
        for module, source in sources.items()
        for other in imported(source)
        if part_of(other) not in MAY[part_of(module)] | {part_of(module)}
    ]


@pytest.fixture
def sources(root):
    files = sorted((root / "kgbuild").rglob("*.py"))
    assert files
    return {
        ".".join(f.relative_to(root / "kgbuild").with_suffix("").parts): f.read_text(
            "utf-8"
        )
        for f in files
    }


def test_no_module_looks_back(sources):
    assert faults(sources) == []


def test_no_two_modules_import_each_other(sources):
    tops = {}
    for module, source in sources.items():
        top = module.split(".")[0]
        others = {other.split(".")[0] for other in imported(source)} - {top}
        tops.setdefault(top, set()).update(others)
    TopologicalSorter(tops).prepare()


def test_looking_back_is_found():
    source = "def f():\n    from kgbuild.writers.jsonl import line\n"
    assert faults({"mentions": source}) == ["mentions imports writers.jsonl"]
