"""Write the model card: what the reader was taught with, and how often it is right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from calibrate import AIMS, reliability
from cut import read_windows
from endtoend import score
from measure import Scores, Tally, best_threshold

from kgbuild.extraction import make_extractor

BEGIN, END = "<!-- measured -->", "<!-- end of measured -->"


def write_card(
    folder: Path, test: Sequence[Path], trained: int, given: Scores, root: Path
) -> None:
    """Put the scores of the test part between the marks of ``docs/reader.md``.

    ``given`` are those with the annotated mentions and references given.
    """
    path = root / "docs" / "reader.md"
    text = path.read_text("utf-8")
    head, _, rest = text.partition(BEGIN)
    _, _, tail = rest.partition(END)
    body = "\n".join(_lines(folder, test, trained, given))
    path.write_text(f"{head}{BEGIN}\n\n{body}\n\n{END}{tail}", "utf-8")


def _lines(
    folder: Path, test: Sequence[Path], trained: int, given: Scores
) -> Iterator[str]:
    passages = read_windows(test)
    yield f"Trained on {trained:,} passages, measured on {len(passages):,} others, end to end:"
    yield ""
    yield "| | precision | recall | F1 | of |"
    yield "|---|---|---|---|---|"
    default: Scores | None = None
    for preset in AIMS:
        extractor = make_extractor(reader=folder, preset=preset)
        scores, chances = score(passages, extractor)
        yield _row(f"relations, `{preset}`", scores.part("relations"))
        if preset == "default":
            default, kept, bins = scores, extractor, reliability(chances, extractor)
    assert default is not None and kept is not None
    _, f1 = best_threshold(default)
    for name in ("mentions", "times and sums", "deal slots"):
        yield _row(name, default.part(name))
    yield ""
    _, best = best_threshold(given)
    yield f"The best F1 of relations over all limits is {f1:.3f}; with the annotated mentions"
    yield f"given, before weights are cut to 8 bits, {best:.3f}."
    yield ""
    articles = read_windows([p for p in test if "-article-" in p.name])
    alone, _ = score(articles, kept)
    _, best = best_threshold(alone)
    yield f"On the {len(articles)} windows of whole articles alone: mentions F1"
    yield f"{alone.part('mentions').f1:.3f}, relations at best {best:.3f}."
    yield ""
    yield "| of statements made | right |"
    yield "|---|---|"
    for name in ("factuality", "speaker", "time", "trigger overlap"):
        tally = default.part(name)
        yield f"| {name} | {tally.right / max(1, tally.found):.3f} |"
    yield ""
    yield "| relation | precision | recall | F1 | of |"
    yield "|---|---|---|---|---|"
    for name, tally in sorted(default.relations.items()):
        yield _row(f"`{name}`", tally)
    yield ""
    yield "| confidence said | right | claims |"
    yield "|---|---|---|"
    for mean, right, count in bins:
        yield f"| {mean:.2f} | {right:.2f} | {count} |"


def _row(name: str, tally: Tally) -> str:
    p = tally.right / max(1e-9, tally.found)
    r = tally.right / max(1e-9, tally.wanted)
    return f"| {name} | {p:.3f} | {r:.3f} | {tally.f1:.3f} | {tally.wanted:.0f} |"
