"""Spark: started or joined, and given one job; what it says of a fault, in one line."""

from __future__ import annotations

import os
import re
import shutil
import socket
import sys
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_TASKS = 10_000  # at most, so that Spark can keep the books
_TRIES = 4  # how often a cluster gives a task to a worker, unless told otherwise
_ANSWER = 10.0  # seconds that a master may take to answer


def session(master: str | None) -> SparkSession:
    """Start Spark, or join it.

    Raises:
        ImportError: pyspark, or what it needs of Python, is not installed.
        ConnectionError: there is no Java, or no master that can be reached.
    """
    try:
        import pandas  # noqa: F401  # what pyspark's mapInArrow asks for
        from py4j.protocol import Py4JError
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise ImportError(
            "--engine spark needs pyspark, and pandas and pyarrow for it: "
            f"pip install 'kgbuild[spark]' ({error})"
        ) from None
    home = os.environ.get("JAVA_HOME")
    if not shutil.which(Path(home) / "bin" / "java" if home else "java"):
        where = f"JAVA_HOME ({home}) holds none" if home else "there is none on PATH"
        raise ConnectionError(
            f"--engine spark needs Java 17 or later; {where}: install it, or set JAVA_HOME"
        )
    builder = SparkSession.builder.appName("kgbuild")
    builder = builder.config("spark.sql.execution.arrow.maxRecordsPerBatch", 1)
    builder = builder.config("spark.log.level", "OFF")  # why it fails, we tell
    if master:
        _reach(master)
        builder = builder.master(_patient(master))
    if local := (master or "").startswith("local"):
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        for key in ("spark.ui.enabled", "spark.ui.showConsoleProgress"):
            builder = builder.config(key, "false")
        builder = builder.config("spark.driver.bindAddress", "127.0.0.1")
    try:
        spark = builder.getOrCreate()
    except (PySparkException, Py4JError) as error:
        raise ConnectionError(
            f"--master {master or 'is not given'}: Spark does not start "
            f"({_cause(error)}); it needs Java 17 or later, and a master that it can reach"
        ) from None
    if not local:
        spark.sparkContext.setLogLevel("WARN")
    return spark


def _reach(master: str) -> None:
    """See that there may be such a master; Spark itself would try for a minute.

    Raises:
        ConnectionError: it is none, or nobody answers there.
    """
    if not re.match(r"local\b|yarn$|spark://|k8s://", master):
        raise ConnectionError(
            f"--master {master}: is no master of Spark; give local[2], spark://HOST:7077, "
            "yarn or k8s://https://HOST:PORT"
        )
    if not master.startswith("spark://"):
        return
    reason = "it names no host and port"
    for one in master.removeprefix("spark://").split(","):
        host, _, port = one.rpartition(":")
        try:
            socket.create_connection((host.strip("[]"), int(port)), _ANSWER).close()
            return
        except OSError as error:
            reason = error.strerror or str(error)
        except (ValueError, OverflowError):
            continue
    raise ConnectionError(
        f"--master {master}: cannot be reached ({reason}); is Spark's master running there?"
    )


def _patient(master: str) -> str:
    """Return a master under which a task is tried again, as it is on a cluster.

    >>> _patient("local[2]"), _patient("local"), _patient("yarn")
    ('local[2,4]', 'local[1,4]', 'yarn')
    """
    found = re.fullmatch(r"local(?:\[(\d+|\*)\])?", master)
    return f"local[{found[1] or 1},{_TRIES}]" if found else master


class Job:
    """All batches as one job of Spark, in a thread of its own."""

    def __init__(self, spark: SparkSession, count: int, work: Any) -> None:
        self._failure: Exception | None = None
        frame = spark.range(0, count, 1, max(1, min(count, _TASKS)))
        self._frame = frame.mapInArrow(work, "shard string")
        self._thread = Thread(target=self._run, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def wait(self, seconds: float) -> bool:
        """Wait a while for the end; tell whether it is still at work."""
        self._thread.join(seconds)
        return self._thread.is_alive()

    def failure(self) -> Exception:
        """Return why it ended before all was done."""
        reason = _reason(self._failure) if self._failure else "shards are missing"
        return ChildProcessError(
            f"Spark gave up ({reason}); what was read is kept: run it again to go on"
        )

    def _run(self) -> None:
        from py4j.protocol import Py4JError
        from pyspark.errors import PySparkException

        try:
            self._frame.collect()
        except (Py4JError, PySparkException, OSError) as error:
            self._failure = error


def _reason(error: Exception) -> str:
    """Return the line of a long report that says what went wrong.

    >>> _reason(ValueError("a\\nTraceback:\\n  x\\nValueError: of b\\n\\nDriver stacktrace:"))
    'ValueError: of b'
    >>> _reason(OSError("while calling x\\n: org.a.SparkException: no c\\n\\tat org.a.B(C:1)"))
    'org.a.SparkException: no c'
    """
    rows = (row.strip().removeprefix(": ") for row in str(error).split("\n"))
    found = [row for row in rows if row]
    faults = [row for row in found if re.match(r"[\w.]+(?:Error|Exception): ", row)]
    own = [row for row in faults if "." not in row.partition(":")[0]]
    return ([*own, *faults, *found, type(error).__name__])[0][:300]


def _cause(error: Exception) -> str:
    """Return the last cause that a long report names, or else its reason.

    >>> _cause(OSError("a.BException: failed\\n\\tat c\\nCaused by: d.EException: no host\\n\\tat f"))
    'd.EException: no host'
    """
    found = re.findall(r"^Caused by: (.+)$", str(error), re.MULTILINE)
    return found[-1][:300] if found else _reason(error)
