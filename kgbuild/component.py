"""The extraction as a spaCy component: ``nlp.add_pipe("kgbuild")``, ``doc._.statements``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from kgbuild.gazetteer import make_gazetteer
from kgbuild.knowledge import load_knowledge
from kgbuild.lexicon import load_lexicon
from kgbuild.model import Document
from kgbuild.parse import teach_lemmas
from kgbuild.statements import statements
from kgbuild.vocabulary import load_vocabulary


@Language.factory(
    "kgbuild",
    default_config={"date": None, "vocabulary": None, "knowledge": []},
    requires=["token.dep", "token.tag", "token.lemma"],
    assigns=["doc._.statements", "doc._.abstentions"],
)
def make_component(
    nlp: Language,
    name: str,
    date: str | None,
    vocabulary: str | None,
    knowledge: list[str],
) -> Callable[[Doc], Doc]:
    """Make the component that spaCy calls on every ``Doc``.

    The article's date and name come from ``doc._.document`` (a :class:`kgbuild.model.Document`)
    where it is set, else from the configuration.
    """
    for attribute, default in (
        ("statements", ()),
        ("abstentions", ()),
        ("document", None),
    ):
        if not Doc.has_extension(attribute):
            Doc.set_extension(attribute, default=default)
    teach_lemmas(nlp)
    directory = Path(vocabulary) if vocabulary else None
    words = load_vocabulary(directory)
    lexicon = load_lexicon(words, directory)
    gazetteer = make_gazetteer(nlp, load_knowledge([Path(p) for p in knowledge]))

    def extract(doc: Doc) -> Doc:
        document = doc._.document or Document(id="text", text=doc.text, date=date)
        found, abstained = statements(document, doc, gazetteer, lexicon, words)
        doc._.statements = tuple(found)
        doc._.abstentions = tuple(abstained)
        return doc

    return extract
