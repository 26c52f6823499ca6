"""Triple stores on loopback, for as long as a test needs them."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass
class Server:
    """A process that can be killed and started again on the same port and data."""

    command: list[str]
    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def root(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        log = (self.folder / "server.out").open("ab")
        self.process = subprocess.Popen(
            self.command,
            cwd=self.folder,
            stdout=log,
            stderr=log,
            stdin=subprocess.DEVNULL,
        )
        log.close()
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                break
            try:
                urllib.request.urlopen(f"{self.root}/", timeout=5).close()
            except urllib.error.HTTPError as answer:
                answer.close()
            except OSError:
                time.sleep(0.1)
                continue
            return
        said = (self.folder / "server.out").read_text(errors="replace")[-2000:]
        self.kill()
        raise RuntimeError(f"{self.command[0]} did not start:\n{said}")

    def kill(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait(30)


def needed(program: str, package: str) -> str:
    """Return a program's path; without it fail where tests must be complete, else skip."""
    beside = Path(sys.executable).parent / program
    found = str(beside) if beside.exists() else shutil.which(program)
    if found is None:
        message = f"{program} is missing: install {package}"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def oxigraph(folder: Path) -> Iterator[Server]:
    program, port = needed("oxigraph", "oxigraph from PyPI"), free_port()
    place = ["--location", "data", "--bind", f"127.0.0.1:{port}"]
    server = Server([program, "serve", *place], folder, port)
    server.start()
    try:
        yield server
    finally:
        server.kill()


@contextmanager
def virtuoso(folder: Path) -> Iterator[Server]:
    package = "virtuoso-opensource-7-bin and virtuoso-opensource-7-common"
    program, port = needed("virtuoso-t", package), free_port()
    text = VIRTUOSO.format(port=port, sql=free_port())
    (folder / "virtuoso.ini").write_text(text, encoding="utf-8")
    command = [program, "+foreground", "+configfile", "virtuoso.ini"]
    server = Server(command, folder, port)
    server.start()
    try:
        yield server
    finally:
        server.kill()


VIRTUOSO = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
FileExtend = 200
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
DirsAllowed = .
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerThreads = 10
MaxClientConnections = 10
[SPARQL]
ResultSetMaxRows = 1000000
"""
