"""Evidence: the sentence that says something, with where it says of whom, and by which words."""

from __future__ import annotations

from collections.abc import Sequence

from kgbuild.model import Document, Evidence, Span
from kgbuild.text.sentences import sentence_at


def evidence_of(
    document: Document,
    sentences: Sequence[Span],
    subject: Span,
    object_: Span,
    trigger: Span,
) -> Evidence:
    """Return the sentence in which a trigger begins as evidence; the trigger ends with it."""
    start, end = sentence_at(sentences, trigger[0])
    return Evidence(
        doc=document.id,
        start=start,
        end=end,
        sentence=document.text[start:end],
        subject=subject,
        object=object_,
        trigger=(trigger[0], min(trigger[1], end)),
    )
