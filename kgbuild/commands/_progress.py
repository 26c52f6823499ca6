"""How far long work is: shown on a terminal, and on request; how it is stopped."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING

from kgbuild.commands._options import console, printable, say

if TYPE_CHECKING:
    from rich.progress import Progress

    from kgbuild.archive.workers import Step


def watched(
    steps: Iterable[Step], count: int, words: int, *, verbose: bool
) -> Iterator[int]:
    """Yield how many documents are done, at each; show it where standard error is a terminal.

    Time is told by words, as long articles take longer. With ``verbose`` each is named.
    """
    done = 0
    with _progress() as bar:
        task = bar.add_task("Reading", total=words, count=f"0/{count}", rate="")
        for step in steps:
            if step.shard:
                continue
            done += 1
            if verbose and not sys.stderr.isatty():
                say(f"{done}/{count} {step.id}")
            name = printable(step.id)[-40:] if verbose else "Reading"
            passed = bar.tasks[task].elapsed or 0
            rate = f"{done / passed:.1f}/s" if passed else ""
            bar.update(
                task,
                advance=step.words,
                description=name,
                count=f"{done}/{count}",
                rate=rate,
            )
            yield done


def _progress() -> Progress:
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[count]} {task.fields[rate]}"),
        TimeRemainingColumn(),
        console=console(stderr=True),
        disable=not sys.stderr.isatty(),
        speed_estimate_period=300,
        transient=True,
    )


@contextmanager
def stoppable(advice: str) -> Iterator[None]:
    """Let Ctrl-C and SIGTERM stop what is done here, and say how to go on.

    Raises:
        SystemExit: it was stopped, with the code that shells know: 130 or 143.
    """
    told: list[int] = []

    def stop(number: int, frame: FrameType | None) -> None:
        told.append(number)
        raise KeyboardInterrupt

    main = threading.current_thread() is threading.main_thread()
    before = signal.signal(signal.SIGTERM, stop) if main else None
    try:
        yield
    except KeyboardInterrupt:
        say(advice)
        sys.stdout.flush()
        raise SystemExit(128 + (told[0] if told else signal.SIGINT)) from None
    finally:
        if main:
            signal.signal(signal.SIGTERM, before or signal.SIG_DFL)
