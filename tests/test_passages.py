"""Annotated passages: the format in which the reader is taught."""

from __future__ import annotations

import pytest
from passages import parse_passages, read_passages

BLOCK = """# written | 2022-11-09
[a Country|Poland] bought [n Number|12] [w Weapon|jets] from [b Country|France] for [m Money|$2 billion] on [t Time|Monday], [p Person|Roe] said.
b transfers_arms_to a "bought" | by p | on t | items w:n | value m | kind sale | status agreed
b makes w "from" ?
"""


def parsed(text):
    faults = []
    return list(parse_passages(text, "x.txt", faults)), faults


def test_every_field_of_a_block_is_read():
    (passage,), faults = parsed(BLOCK)
    assert not faults
    deal, makes = passage.told
    words = [passage.text[m.start : m.end] for m in passage.mentions]
    assert [words[n] for n in (deal.subject, deal.object)] == ["France", "Poland"]
    assert passage.text[slice(*deal.trigger)] == "bought"
    assert [words[n] for n in (*deal.speakers, deal.time, deal.value)] == [
        "Roe",
        "Monday",
        "$2 billion",
    ]
    assert [(words[w], words[n]) for w, n in deal.items] == [("jets", "12")]
    assert (deal.kind, deal.status, deal.core) == ("sale", "agreed", True)
    assert not makes.core
    assert (passage.source, passage.date) == ("written", "2022-11-09")


def test_of_several_places_of_the_trigger_the_nearest_to_the_two_is_meant():
    (passage,), _ = parsed(
        'They met. Then [a Country|Japan] met [b Country|France].\na meets b "met"'
    )
    start = passage.text.rindex("met")
    assert passage.told[0].trigger == (start, start + 3)


def test_mentions_of_one_thing_share_an_entity_and_plurals_have_parts():
    (passage,), _ = parsed(
        "[a Person|Roe] met [b Person|Poe]; [c Person|he] and [d Person|both] left.\n"
        "a = c\nd = a, b"
    )
    assert passage.entities == (0, 1, 0, 3)
    assert passage.parts == ((3, 0), (3, 1))


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("a meets x", "'x'"),
        ('a meets b "shouted"', "'shouted' is not in the text"),
        ("a meets b | when t", "field 'when' is not known"),
        ("meets", "no relation line"),
    ],
)
def test_a_fault_names_file_block_and_line(line, fault, tmp_path):
    path = tmp_path / "own.txt"
    path.write_text(f"[a Country|Japan] met [b Country|France].\n{line}\n")
    with pytest.raises(ValueError, match=r"own\.txt: block 0") as caught:
        read_passages([path])
    assert fault in str(caught.value)


def test_the_published_passages_are_in_form(root):
    files = sorted((root / "data" / "annotated").glob("*.txt"))
    parts = {f.name.split("-")[0] for f in files}
    assert {"train", "dev", "test"} <= parts
    assert len(read_passages(files)) >= 12_000


def test_no_held_out_document_is_trained_on(root):
    documents = {}
    for part in ("train", "later", "dev", "test"):
        files = sorted((root / "data" / "annotated").glob(f"{part}-*.txt"))
        documents[part] = {
            p.source.split(":", 1)[-1]
            for p in read_passages(files)
            if p.source != "written"
        }
    held_out = documents["dev"] | documents["test"]
    assert not (documents["train"] | documents["later"]) & held_out
