"""``kgbuild validate``: what conforms, what does not, and what is no RDF."""

from __future__ import annotations

from pathlib import Path

import pytest
import typer
from gold import gold_graphs
from samples import sample_graph
from test_rdf_formats import SYNTAXES, write

from kgbuild.commands.validate import validate


@pytest.mark.parametrize("syntax", SYNTAXES)
def test_every_syntax_conforms(
    syntax: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / f"graph.{syntax}"
    file.write_text(write(sample_graph(), syntax), encoding="utf-8", newline="")
    validate([file, tmp_path])
    assert capsys.readouterr().out == f"{file}: conforms\n" * 2


def test_a_fault_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "graph.ttl"
    text = write(sample_graph(), "ttl")
    file.write_text(text.replace('"agreed"', '"done"'), encoding="utf-8")
    with pytest.raises(typer.Exit) as stop:
        validate([file])
    assert stop.value.exit_code == 1
    assert "deal/a2 kg:status done: " in capsys.readouterr().out


@pytest.mark.parametrize("text", ["", "no turtle"])
def test_what_is_no_graph_is_told(text: str, tmp_path: Path) -> None:
    file = tmp_path / "graph.ttl"
    file.write_text(text)
    with pytest.raises(ValueError, match="graph.ttl: (not ttl|holds no triple)"):
        validate([file])


def test_annotated_documents_conform(tmp_path: Path) -> None:
    graphs = gold_graphs()
    graph = graphs["arms-sales-japan"]
    file = tmp_path / "graph.ttl"
    file.write_text(write(graph, "ttl"), encoding="utf-8")
    validate([file])
