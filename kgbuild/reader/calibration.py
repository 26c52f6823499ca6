"""Calibration: the reader's chances as shares of right statements, and the limit of a preset."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

import numpy as np

PRESETS = ("complete", "default", "precise")
UNCALIBRATED = 0.5  # the limit where none was drawn


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """Rising points (chance, share right), one curve for all relations; a limit a preset."""

    points: tuple[tuple[float, float], ...] = ()
    limits: Mapping[str, float] = field(default_factory=dict)

    def confidence(self, chance: float) -> float:
        """Return the share of statements with this chance that are right.

        >>> Calibration(points=((0.0, 0.0), (1.0, 0.5))).confidence(0.5)
        0.25
        """
        if not self.points:
            return chance
        chances, shares = zip(*self.points, strict=True)
        return float(np.interp(chance, chances, shares))


def load_calibration(folder: Path | None = None) -> Calibration:
    """Return the calibration that ships beside the reader, or that of a folder."""
    place = folder or Path(str(files("kgbuild") / "resources" / "reader"))
    path = place / "calibration.json"
    if not path.exists():
        return Calibration()
    table = json.loads(path.read_text("utf-8"))
    points = tuple((x, y) for x, y in table["points"])
    return Calibration(points=points, limits=table["limits"])


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
