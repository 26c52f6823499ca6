"""Constructions of the language, one sentence each, in ``sentences.txt``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kgbuild.model import Statement
from kgbuild.vocabulary import load_vocabulary

CASES = [
    line
    for line in Path(__file__)
    .with_name("sentences.txt")
    .read_text(encoding="utf-8")
    .splitlines()
    if "=>" in line and not line.startswith("#")
]
STATES = {r.name for r in load_vocabulary().relations.values() if r.kind == "state"}


def told(statements: list[Statement]) -> set[tuple[str, ...]]:
    """Statements as plain tuples, a symmetric one in both orders."""
    symmetric = {r.name for r in load_vocabulary().relations.values() if r.symmetric}
    found = set()
    for s in statements:
        found.add((s.subject.label, s.relation, s.object.label, s.factuality))
        if s.relation in symmetric:
            found.add((s.object.label, s.relation, s.subject.label, s.factuality))
    return found


@pytest.mark.parametrize("case", CASES)
def test_construction(case: str, read: Callable[..., list[Statement]]) -> None:
    sentence, _, expected = case.partition(" => ")
    found = told(read(sentence))
    if expected == "nothing":
        assert not found
        return
    alone = expected.startswith("only ")
    wants = expected.removeprefix("only ").split(" ; ")
    if alone:
        pairs = {(frozenset((f[0], f[2])), f[1]) for f in found if f[1] not in STATES}
        assert len(pairs) == len(wants), sorted(found)
    for wanted in wants:
        subject, relation, obj, *level = (part.strip() for part in wanted.split(" | "))
        assert any(
            f[:3] == (subject, relation, obj) and (not level or f[3] == level[0])
            for f in found
        ), f"{wanted} not in {sorted(found)}"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        pytest.param(relation.name, example, id=example)
        for relation in load_vocabulary().relations.values()
        for example in relation.examples
    ],
)
def test_vocabulary_example(
    name: str, text: str, read: Callable[..., list[Statement]]
) -> None:

    sentence, _, expected = text.partition(" => ")
    level, _, pair = expected.rpartition(": ")
    subject, _, obj = pair.partition(" | ")
    assert (subject, name, obj, level or "fact") in told(read(sentence))


@pytest.mark.parametrize("case", CASES)
def test_a_text_may_break_off_anywhere(
    case: str, read: Callable[..., list[Statement]]
) -> None:
    words = case.partition(" => ")[0].rstrip(".?!").split()
    for end in range(2, len(words) + 1, 3):
        for s in read(" ".join(words[:end])):
            assert s.subject.label and s.object.label
