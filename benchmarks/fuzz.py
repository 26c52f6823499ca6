"""Read texts that are real ones spoiled, and tell of whatever goes wrong.

    python benchmarks/fuzz.py [--texts 10000] [--seed 1] [FILE ...]
    python benchmarks/fuzz.py --guided SECONDS [FILE ...]       # needs atheris

Pieces of the articles in the files (those in ``data`` where none are named) are changed a
few times each: cut, doubled, shuffled, put in capitals, full of characters that nobody sees,
of brackets, sums and days that are none. Each must be read without an exception, all offsets
must point at what is quoted, and no text may take more than ten times the median time a word.
With ``--guided`` atheris changes them, led by which lines of the code they reach.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import time
import traceback
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from kgbuild.extraction import Extractor, Result, extract, make_extractor
from kgbuild.graph import record_of
from kgbuild.model import Document
from kgbuild.readers import read_documents
from kgbuild.writers.jsonl import line

LETTERS = 6  # characters that are counted as a word, where no spaces part them
PIECE = 300  # characters of a piece, about
TIMES = 10  # the median time a word that no text may take more of
FEW = 30  # words of a text that is too short to say how long a word takes

ODD = (
    *("\u00ad", "\u200b", "\u00a0", "\u202e", "\u0301", "\ufeff", "\0", "\x1b[2J", "\r"),
    *("\ud800", "\udc00", "\ufffd", "\U0001f1ef\U0001f1f5", "\U0010ffff", "\x85", "\u2028"),
    *("&amp;", "&nbsp;", "&amp;nbsp;", "&#x110000;", "&#0;", "<b>", "</p>", "<!--", "]]>"),
    *("(", "[", "{", '"', "“", "’", "”", "'s", "' ", "-\n", "- ", "\n\n", "\n• ", "\n1. "),
    *("|", "\t", " | ", "\n---\n", "...", "!?", "。", ";", " -- ", "/", "\\", "@", "#", "%"),
    *("$1.2 billion", "$9,999,999,999,999,999 billion", "1,2,3,4", "€ -0.0", "¥1e308", "½"),
    *("2017-13-45", "February 30, 2017", "31/12/0000", "Monday", "99th", "the 1990s", "noon"),
    *("the United States", "Japan", "he", "they", "who", "which", "said", "not", "would"),
    *("Prime Minister", "President", "Mr.", "U.S.", "St.", "No.", "F-16s", "and", "of the"),
)  # fmt: skip

Change = Callable[[str, random.Random], str]


def _cut(text: str, chance: random.Random) -> str:
    return ""


def _double(text: str, chance: random.Random) -> str:
    return text * chance.choice((2, 2, 3, 20))


def _words_shuffled(text: str, chance: random.Random) -> str:
    words = text.split(" ")
    chance.shuffle(words)
    return " ".join(words)


def _letters_shuffled(text: str, chance: random.Random) -> str:
    letters = list(text)
    chance.shuffle(letters)
    return "".join(letters)


def _odd_inside(text: str, chance: random.Random) -> str:
    at = chance.randint(0, len(text))
    return text[:at] + chance.choice(ODD) + text[at:]


def _odd_many(text: str, chance: random.Random) -> str:
    return text + chance.choice(ODD) * chance.choice((2, 10, 200))


def _odd_between(text: str, chance: random.Random) -> str:
    return chance.choice(ODD).join(text.split(" "))


def _odd_in_words(text: str, chance: random.Random) -> str:
    return chance.choice(ODD[:9]).join(text)


def _wrapped(text: str, chance: random.Random) -> str:
    wide = chance.choice((20, 72, 80))
    return "\n".join(text[n : n + wide] for n in range(0, len(text), wide))


def _run_together(text: str, chance: random.Random) -> str:
    return "".join(text.split())


def _form(text: str, chance: random.Random) -> str:
    return unicodedata.normalize(chance.choice(("NFD", "NFKD", "NFC", "NFKC")), text)


def _wide(text: str, chance: random.Random) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def _case(text: str, chance: random.Random) -> str:
    how: Callable[[str], str] = chance.choice(
        (str.upper, str.lower, str.title, str.swapcase)
    )
    return how(text)


def _misread(text: str, chance: random.Random) -> str:
    code = chance.choice(("latin-1", "cp1252", "utf-16-le", "cp437"))
    return text.encode("utf-8", "replace").decode(code, "replace")


CHANGES: tuple[Change, ...] = (
    *(_cut, _double, _words_shuffled, _letters_shuffled, _odd_inside, _odd_inside),
    *(_odd_many, _odd_between, _odd_in_words, _wrapped, _run_together, _form, _wide),
    *(_case, _misread),
)  # fmt: skip


def changed(piece: str, other: str, chance: random.Random) -> str:
    """Return a piece of a text with a few stretches changed, or put into another."""
    for _ in range(chance.randint(1, 6)):
        start = chance.randint(0, len(piece))
        end = min(len(piece), start + chance.choice((1, 10, 60, 300, len(piece))))
        middle = piece[start:end]
        if chance.random() < 0.1:
            middle = other[: chance.randint(0, len(other))]
        else:
            middle = chance.choice(CHANGES)(middle, chance)
        piece = (piece[:start] + middle + piece[end:])[: 8 * PIECE]
    return piece


def pieces(files: Sequence[str | Path]) -> list[str]:
    """Return the articles of some files in pieces, at the ends of lines where there are."""
    found = []
    for document in read_documents(files, report=lambda fault: None):
        text, at = document.text, 0
        while at < len(text):
            end = text.find("\n", at + PIECE // 2, at + PIECE)
            end = end + 1 if end > 0 else at + PIECE
            found.append(text[at:end])
            at = end
    return found


def texts(found: Sequence[str], seed: int, number: int) -> Iterator[str]:
    """Yield so many texts, the same for a seed."""
    for n in range(number):
        chance = random.Random(f"{seed} {n}")
        yield changed(chance.choice(found), chance.choice(found), chance)


def faults(result: Result) -> Iterator[str]:
    """Yield what is wrong with the offsets of a result, or with its JSON lines."""
    text = result.document.text
    for statement in result.statements:
        record = record_of(statement)
        if json.loads(line(record)) != json.loads(json.dumps(record)):
            yield "its JSON line reads otherwise"
        if not statement.evidence:
            yield "a statement has no evidence"
        for e in statement.evidence:
            if (
                not 0 <= e.start < e.end <= len(text)
                or text[e.start : e.end] != e.sentence
            ):
                yield f"evidence at {e.start}:{e.end} is not what stands there"
            # The words that tell it begin there; parties may be named in sentences around.
            if not e.start <= e.trigger[0] < e.trigger[1] <= e.end:
                yield f"the trigger {e.trigger} is outside {e.start}:{e.end}"
            for start, end in (e.subject, e.object, e.trigger):
                if not 0 <= start < end <= len(text):
                    yield f"a span of {start}:{end} is outside the text"
    for a in result.abstentions:
        if not 0 <= a.start <= a.end <= len(text) or text[a.start : a.end] != a.text:
            yield f"an abstention at {a.start}:{a.end} is not what stands there"


def read(text: str, extractor: Extractor) -> tuple[Result, float]:
    """Return what a text says, and the seconds of the processor that it took a word."""
    document = Document(id="a", text=text, date="2017-11-06")
    begun = time.process_time()
    result = extract(document, extractor)
    words = max(len(text.split()), len(text) / LETTERS, 1)
    return result, (time.process_time() - begun) / words


def main() -> int:
    """Read the command line and the texts; return 1 where something went wrong."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="*", default=["data"])
    parser.add_argument("--texts", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--guided", type=int, metavar="SECONDS")
    given = parser.parse_args()
    found = pieces(given.files)
    if given.guided:
        _guided(found, given.guided)
    extractor = make_extractor()
    return _tried(list(texts(found, given.seed, given.texts)), extractor)


def _tried(tried: Sequence[str], extractor: Extractor) -> int:
    wrong, taken = 0, [0.0] * len(tried)
    told = 0
    for n, text in enumerate(tried):
        try:
            result, taken[n] = read(text, extractor)
            told += len(result.statements)
            said = list(faults(result))
        except Exception:  # noqa: BLE001  # whatever it is, it is what is looked for
            said = [traceback.format_exc()]
        for fault in said:
            wrong += 1
            print(f"text {n}: {fault}\n  {text[:300]!r}", flush=True)
        if (n + 1) % 1000 == 0:
            print(f"{n + 1} texts, {told} statements, {wrong} faults", flush=True)
    long = [n for n, text in enumerate(tried) if len(text) >= FEW * LETTERS]
    usual = statistics.median(taken[n] for n in long)
    for n in long:
        if taken[n] > TIMES * usual:  # maybe of the machine: the best of three counts
            again = [read(tried[n], extractor)[1] for _ in range(3)]
            taken[n] = min(taken[n], *again)
    slowest = max(long, key=lambda n: taken[n])
    words = sum(len(t) for t in tried) / LETTERS
    print(
        f"{len(tried)} texts of {words:,.0f} words, {told} statements, {wrong} faults"
    )
    print(
        f"time a word: {usual * 1e6:.0f} µs in the middle, "
        f"{taken[slowest] / usual:.1f} times that at most (text {slowest})"
    )
    slow = [n for n in long if taken[n] > TIMES * usual]
    for n in slow:
        print(f"text {n} takes {taken[n] / usual:.1f} times: {tried[n][:300]!r}")
    return 1 if wrong or slow else 0


def _guided(found: Sequence[str], seconds: int) -> None:
    """Let atheris change the pieces, led by the lines that they reach; does not return."""
    import tempfile

    import atheris

    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    for n, piece in enumerate(found[:500]):
        (folder / str(n)).write_bytes(piece.encode("utf-8", "replace"))
    for name in [m for m in sys.modules if m.startswith("kgbuild")]:
        del sys.modules[name]  # to be loaded again, as code that tells where it is
    with atheris.instrument_imports(include=["kgbuild"]):
        from kgbuild import extraction, model
    extractor = extraction.make_extractor()

    def one(data: bytes) -> None:
        text = data.decode("utf-8", "surrogateescape")
        document = model.Document(id="a", text=text, date="2017-11-06")
        for fault in faults(extraction.extract(document, extractor)):
            raise AssertionError(fault)

    words = [sys.argv[0], f"-max_total_time={seconds}", "-max_len=2000", "-timeout=60"]
    atheris.Setup([*words, str(folder)], one)
    atheris.Fuzz()


if __name__ == "__main__":
    raise SystemExit(main())
