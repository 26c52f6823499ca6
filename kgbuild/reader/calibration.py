"""Calibration: the reader's chances as shares of right statements, and the limit of a preset."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

PRESETS = ("complete", "default", "precise")
UNCALIBRATED = 0.5  # the limit where none was drawn


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """For each family of relations, rising points (chance, share right); a limit a preset."""

    points: Mapping[str, tuple[tuple[float, float], ...]]
    limits: Mapping[str, float]

    def confidence(self, family: str, chance: float) -> float:
        """Return the share of statements of a family with this chance that are right.

        >>> c = Calibration(points={"post": ((0.0, 0.0), (1.0, 0.5))}, limits={})
        >>> c.confidence("post", 0.5)
        0.25
        """
        points = self.points.get(family) or self.points.get("")
        if not points:
            return chance
        n = bisect_right([p for p, _ in points], chance)
        if n == 0:
            return points[0][1]
        if n == len(points):
            return points[-1][1]
        (x0, y0), (x1, y1) = points[n - 1], points[n]
        return y0 + (y1 - y0) * (chance - x0) / (x1 - x0)


def load_calibration(folder: Path | None = None) -> Calibration:
    """Return the calibration that ships beside the reader, or that of a folder."""
    place = folder or Path(str(files("kgbuild") / "resources" / "reader"))
    path = place / "calibration.json"
    if not path.exists():
        return Calibration(points={}, limits={})
    table = json.loads(path.read_text("utf-8"))
    return Calibration(
        points={
            family: tuple((x, y) for x, y in points)
            for family, points in table["points"].items()
        },
        limits=table["limits"],
    )


def least_confidence(
    calibration: Calibration, preset: str = "default", least: float | None = None
) -> float:
    """Return the confidence from which statements are made, a preset's unless ``least`` is given.

    Raises:
        ValueError: there is no such preset, or ``least`` is no share.
    """
    if least is not None:
        if not 0 <= least <= 1:
            raise ValueError(f"confidence {least} does not lie in 0..1")
        return least
    if preset not in PRESETS:
        raise ValueError(f"preset {preset!r} is not known; have: {', '.join(PRESETS)}")
    return calibration.limits.get(preset, UNCALIBRATED)
