"""Calibrate what ships on the development part, and draw the limit of each preset.

calibrate.py READER_FOLDER DEV.txt… [--test TEST.txt…]
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from cut import read_windows
from endtoend import score

from kgbuild.extraction import Extractor, make_extractor

AIMS = {"complete": 0.65, "default": 0.85, "precise": 0.93}
SMALLEST = 40  # claims in a bin
Point = tuple[float, float]


def curve(pairs: Sequence[tuple[float, bool]]) -> list[Point]:
    """Return rising points (chance, share right): bins of equal size, neighbours pooled."""
    ordered = sorted(pairs)
    count = max(1, min(12, len(ordered) // SMALLEST))
    bins: list[tuple[float, float, int]] = []
    for n in range(count):
        part = ordered[n * len(ordered) // count : (n + 1) * len(ordered) // count]
        mean = sum(p for p, _ in part) / len(part)
        right = (sum(r for _, r in part) + 0.5) / (len(part) + 1)
        bins.append((mean, right, len(part)))
        while len(bins) > 1 and bins[-2][1] >= bins[-1][1]:
            (x0, y0, n0), (x1, y1, n1) = bins[-2:]
            total = n0 + n1
            bins[-2:] = [
                ((x0 * n0 + x1 * n1) / total, (y0 * n0 + y1 * n1) / total, total)
            ]
    points = [(0.0, 0.0), *((x, y) for x, y, _ in bins)]
    if points[-1][0] < 1:
        points.append((1.0, max(points[-1][1], min(0.99, points[-1][1] + 0.02))))
    return [(round(x, 4), round(y, 4)) for x, y in points]


def limit(confidences: Sequence[float], aim: float) -> float:
    """Return the confidence from which on a share ``aim`` of the claims should be right.

    By the curve and not by the claims themselves, which it smooths.
    """
    best, total = 0.97, 0.0
    for n, confidence in enumerate(sorted(confidences, reverse=True), 1):
        total += confidence
        if total / n < aim:
            break
        best = confidence
    return round(max(best, 0.2), 2)


def calibrate(folder: Path, files: Sequence[Path]) -> None:
    """Write ``calibration.json`` into the folder of a reader."""
    (folder / "calibration.json").unlink(missing_ok=True)
    _, chances = score(read_windows(files), make_extractor(reader=folder))
    # One curve and one limit for all relations: by eight-fold cross-validation on the
    # development part curves by family tell no more of a claim, and are less reliable.
    table = {"points": curve(chances), "limits": {}}
    path = folder / "calibration.json"
    path.write_text(json.dumps(table) + "\n")
    calibration = make_extractor(reader=folder).calibration
    confidences = [calibration.confidence(c) for c, _ in chances]
    for preset, aim in AIMS.items():
        table["limits"][preset] = limit(confidences, aim)
    path.write_text(json.dumps(table, indent=1) + "\n")


def reliability(
    chances: Sequence[tuple[float, bool]], extractor: Extractor
) -> list[tuple[float, float, int]]:
    """Return (mean confidence, share right, claims) of ten bins of confidence."""
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for chance, right in chances:
        c = extractor.calibration.confidence(chance)
        bins[min(9, int(c * 10))].append((c, right))
    return [
        (
            sum(c for c, _ in part) / len(part),
            sum(r for _, r in part) / len(part),
            len(part),
        )
        for _, part in sorted(bins.items())
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("dev", nargs="+", type=Path)
    parser.add_argument("--test", nargs="+", type=Path, default=[])
    options = parser.parse_args()
    calibrate(options.folder, options.dev)
    for preset in AIMS:
        extractor = make_extractor(reader=options.folder, preset=preset)
        scores, chances = score(read_windows(options.test or options.dev), extractor)
        print("==", preset)
        for name, tally in scores.parts.items():
            print(f"{name:16} {tally}")
        if preset == "default":
            for name, tally in sorted(scores.relations.items()):
                print(f"  {name:20} {tally}")
            for mean, right, count in reliability(chances, extractor):
                print(f"  said {mean:.2f} right {right:.2f} of {count}")


if __name__ == "__main__":
    main()
