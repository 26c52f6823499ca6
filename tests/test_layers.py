"""The flow has one direction: a module imports only what stands before it."""

from __future__ import annotations

import ast
from graphlib import TopologicalSorter

import pytest

# The parts in order, and what each may import beside itself. A name is a module or a folder.
PARTS = {
    "data": ("model", "tables", "vocabulary"),
    "text": ("text",),
    "readers": ("readers",),
    "knowledge": ("knowledge",),
    "reader": ("reader",),
    "entities": ("entities",),
    "statements": ("statements",),
    "extraction": ("extraction",),
    "graph": ("graph", "flat", "frames", "picks"),
    "flow": ("component", "pipeline", "provenance"),
    "output": (
        "folder",
        "rdf",
        "layout",
        "page_data",
        "query",
        "load",
        "memo",
        "writers",
    ),
    "archive": ("archive",),
    "shell": ("api", "notebook", "commands", "__main__", "__init__"),
}
MAY = {
    "data": set(),
    "text": {"data"},
    "readers": {"data", "text"},
    "knowledge": {"data"},
    "reader": {"data", "text", "knowledge"},
    "entities": {"data", "text", "knowledge", "reader"},
    "statements": {"data", "text", "knowledge", "reader", "entities"},
    "extraction": {"data", "text", "knowledge", "reader", "entities", "statements"},
    "graph": {"data"},
    "flow": {"data", "text", "knowledge", "extraction"},
    "output": {"data", "graph"},
    "archive": {"data", "knowledge", "flow", "graph", "output"},
    "shell": {"data", "readers", "flow", "graph", "output", "archive"},
}


def part_of(module):
    top = module.split(".")[0]
    return next(p for p, names in PARTS.items() if top in names)


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


def test_every_module_is_of_one_part_and_every_part_has_modules(sources):
    tops = {module.split(".")[0] for module in sources}
    assert sorted(tops) == sorted(n for names in PARTS.values() for n in names)


def test_each_part_may_import_only_what_stands_before_it():
    order = list(PARTS)
    assert list(MAY) == order
    for part, others in MAY.items():
        assert others <= set(order[: order.index(part)])


def test_no_module_looks_back(sources):
    assert faults(sources) == []


def test_no_two_modules_import_each_other(sources):
    needs = {module: set(imported(source)) for module, source in sources.items()}
    TopologicalSorter(needs).prepare()


def test_looking_back_is_found():
    source = "def f():\n    from kgbuild.writers.jsonl import line\n"
    assert faults({"entities.cast": source}) == ["entities.cast imports writers.jsonl"]
