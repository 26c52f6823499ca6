"""A folder is one whole version: after kills, on full disks, with two runs at once."""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import kgbuild
from kgbuild import folder as module
from kgbuild.folder import held, publish, replace_file, settle
from kgbuild.query import graph_file
from kgbuild.writers import FORMATS, file_names, filled, load_vocabulary

OURS = ("a.txt", "b.txt", "c.txt", "old.txt")
NAMES = OURS[:3]


def files(version: str, size: int = 1, names: tuple[str, ...] = NAMES):
    for name in names:
        yield name, lambda file: file.write(version.encode() * size)


def put(place: Path, version: str, size: int = 1, names=NAMES) -> None:
    with held(place, OURS) as held_place:
        publish(held_place, files(version, size, names))


def versions(place: Path) -> dict[str, set[str]]:
    """Return what each file holds; all are read of the folder as it was when opened."""
    while True:
        handle = os.open(place, os.O_RDONLY)
        try:
            names = [n for n in os.listdir(handle) if n in OURS]
            if names:
                return {n: {*_text(n, handle)} for n in names}
        except FileNotFoundError:
            pass  # it was an old version, being taken away
        finally:
            os.close(handle)


def _text(name: str, folder: int) -> str:
    with open(os.open(name, os.O_RDONLY, dir_fd=folder)) as file:
        return file.read()


def whole(place: Path) -> bool:
    found = versions(place)
    return {*found} == {*NAMES} and len(set.union(*found.values())) == 1


@pytest.fixture(params=["beside", "inside", "no exchange"])
def place(request, tmp_path, monkeypatch) -> Path:
    """A folder of one version, to be written in each of the ways."""
    found = tmp_path / "kg"
    put(found, "1", names=("a.txt", "old.txt"))
    if request.param == "inside":
        (found / "mine.txt").write_text("mine")
    if request.param == "no exchange":
        monkeypatch.setattr(module, "_exchange", lambda one, other: False)
    return found


def test_a_new_version_takes_the_place_of_the_old(place: Path) -> None:
    others = {p.name for p in place.iterdir()} - {*OURS}
    put(place, "2")
    assert versions(place) == {name: {"2"} for name in NAMES}
    assert {p.name for p in place.iterdir()} == {*NAMES, *others}
    assert [p.name for p in place.parent.iterdir()] == ["kg"]


def test_modes_stay(place: Path) -> None:
    place.chmod(0o750)
    (place / "a.txt").chmod(0o640)
    put(place, "2")
    assert place.stat().st_mode & 0o777 == 0o750
    assert (place / "a.txt").stat().st_mode & 0o777 == 0o640


def test_a_version_that_fails_changes_nothing(place: Path) -> None:
    before = versions(place)

    def broken() -> Iterator:
        yield from files("2", names=("a.txt",))
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"), held(place, OURS) as held_place:
        publish(held_place, broken())
    assert versions(place) == before
    assert [p.name for p in place.parent.iterdir()] == ["kg"]


@pytest.mark.parametrize(
    ("call", "number"),
    [*((c, n) for c in ("unlink", "replace") for n in range(3)), ("rename", 1)],
)
def test_whoever_comes_next_finishes_what_was_cut_off(
    tmp_path, monkeypatch, call: str, number: int
) -> None:
    """Where files are moved in one by one, a kill leaves them for the next to move."""
    place = tmp_path / "kg"
    put(place, "1", names=(*NAMES, "old.txt"))
    (place / "mine.txt").write_text("mine")
    calls = []
    real = getattr(Path, call)

    def die(path: Path, *args, **options):
        if path.parent.name in ("kg", ".kgbuild-moving", ".kgbuild-ready"):
            calls.append(path)
            if len(calls) > number:
                raise KeyboardInterrupt
        return real(path, *args, **options)

    monkeypatch.setattr(Path, call, die)
    monkeypatch.setattr(module.shutil, "rmtree", lambda *a, **o: None)
    with pytest.raises(KeyboardInterrupt):
        put(place, "2")
    monkeypatch.undo()
    settle(place)
    assert whole(place)
    assert (place / "mine.txt").read_text() == "mine"
    put(place, "3")
    assert versions(place) == {name: {"3"} for name in NAMES}
    assert {p.name for p in place.iterdir()} == {*NAMES, "mine.txt"}


def test_readers_finish_too(tmp_path: Path) -> None:
    ready = tmp_path / ".kgbuild-ready"
    ready.mkdir()
    (ready / ".kgbuild-names").write_text("\n".join(file_names()))
    (ready / "graph.ttl").write_text("")
    (tmp_path / "graph.nq").write_text("old")
    assert graph_file(tmp_path) == tmp_path / "graph.ttl"


WRITE = """
import sys
from contextlib import suppress
from pathlib import Path
from kgbuild.folder import held, publish
ours, names = sys.argv[2].split(), sys.argv[3].split()
print("ready", flush=True)
for version in b"23456789" * 10_000:
    with suppress(OSError), held(Path(sys.argv[1]), ours) as place:
        fill = lambda file: file.write(bytes([version]) * 100_000)
        publish(place, [(name, fill) for name in names])
"""


def writing(place: Path) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", WRITE, place, " ".join(OURS), " ".join(NAMES)]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE)
    assert process.stdout
    assert process.stdout.readline() == b"ready\n"
    return process


@pytest.mark.parametrize("mine", [False, True])
def test_forty_kills_while_writing_leave_one_whole_version(
    tmp_path: Path, mine: bool
) -> None:
    place = tmp_path / "kg"
    chance = random.Random(1)
    put(place, "1")
    if mine:
        (place / "mine.txt").write_text("mine")
    for _ in range(20):
        process = writing(place)
        time.sleep(chance.uniform(0, 0.12))
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        if mine:
            settle(place)
        assert whole(place)
    put(place, "x")
    assert {p.name for p in place.iterdir()} == {*NAMES} | (
        {"mine.txt"} & {*os.listdir(place)}
    )
    assert [p.name for p in tmp_path.iterdir()] == ["kg"]


def test_a_second_run_is_told_to_wait(tmp_path: Path) -> None:
    place = tmp_path / "kg"
    with held(place, OURS) as first:
        with pytest.raises(OSError, match="kg: another run writes there; wait for it"):
            put(place, "2")
        publish(first, files("1"))
    assert whole(place)
    put(place, "2")
    assert versions(place)["a.txt"] == {"2"}


def test_two_runs_at_once(tmp_path: Path) -> None:
    place = tmp_path / "kg"
    put(place, "1")
    process = writing(place)
    told = 0
    try:
        for _ in range(15):
            try:
                put(place, "x", 100_000)
            except OSError as error:
                told += "another run writes there" in str(error)
            assert whole(place)
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
    assert told


def test_a_folder_that_somebody_works_in(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    number = tmp_path.stat().st_ino
    put(Path(), "1")
    put(Path(), "2")
    assert whole(tmp_path)
    assert tmp_path.stat().st_ino == number
    assert {p.name for p in tmp_path.iterdir()} == {*NAMES}


def test_a_link_to_a_folder_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "kg").symlink_to("there")
    put(tmp_path / "kg", "1")
    assert (tmp_path / "kg").is_symlink()
    assert whole(tmp_path / "there")


def test_the_names_in_a_folder_are_those_that_writers_have(graph) -> None:
    made = [
        name
        for suffix in FORMATS
        for name, _ in filled(graph, suffix, load_vocabulary(), {})
    ]
    assert made == file_names()


BUILD = """
import sys
from kgbuild import __main__, pipeline
from conftest import TEXT
import test_folder
test_folder.say(int(sys.argv.pop()))
__main__.main()
"""


def say(count: int) -> None:
    """Let every document say the same so many times, so that no model is needed."""
    from kgbuild import pipeline
    from kgbuild.model import Entity, Statement

    one = Entity(id="wd:Q17", label="Japan", type="Country")
    two = Entity(id="wd:Q30", label="United States", type="Country")

    def run(documents, **options):
        for document in documents:
            told = [
                Statement(
                    id=f"{document.id}{n}",
                    doc=document.id,
                    subject=one,
                    relation="meets",
                    object=two,
                )
                for n in range(count)
            ]
            yield pipeline.Result(
                document=document, statements=tuple(told), abstentions=()
            )

    pipeline.run = run


def build(place: Path, count: int, before=None, article=None, **more: str):
    if article is None:
        article = place.parent / "a.txt"
        article.write_text(f"Japan met the United States, {count} times.")
    words = ["build", str(article), "-o", str(place), "--to", "ttl,json,jsonl"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **more}
    return subprocess.run(
        [sys.executable, "-c", BUILD, *words, str(count)],
        env=environment,
        preexec_fn=before,
        capture_output=True,
        text=True,
        check=False,
    )


def contents(place: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in place.iterdir() if p.is_file()}


def _small_files() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))


def test_no_room_anywhere_leaves_the_old_folder_whole(tmp_path: Path) -> None:
    place = tmp_path / "kg"
    assert build(place, 1).returncode == 0
    before = contents(place)
    ended = build(place, 2000, _small_files, TMPDIR=str(tmp_path))
    assert ended.returncode == 1
    assert contents(place) == before
    said = f"{place}: cannot be written (File too large) and is as it was"
    assert (
        ended.stderr == f"kgbuild: {said}; free some space, or choose another folder\n"
    )
    names = {p.name for p in tmp_path.iterdir() if p.suffix != ".lock"}
    assert names == {"a.txt", "kg"}


@pytest.mark.parametrize("size", [0, 1000, 20_000])
def test_a_quota_met_anywhere_leaves_the_old_folder_whole(
    tmp_path: Path, size: int
) -> None:
    place, spare = tmp_path / "kg", tmp_path / "spare"
    spare.mkdir()
    assert build(place, 1).returncode == 0
    before = contents(place)

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    ended = build(place, 2000, limit, TMPDIR=str(spare))
    assert ended.returncode == 1
    assert contents(place) == before
    assert ended.stderr.startswith("kgbuild: ")
    assert ended.stderr.count("\n") == 1


needs_to_mount = pytest.mark.skipif(
    not shutil.which("mount") or os.geteuid() != 0, reason="needs to mount"
)


@contextmanager
def mounted(disk: Path) -> Iterator[None]:
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk]
    if subprocess.run(command, check=False).returncode:
        pytest.skip("may not mount")
    try:
        yield
    finally:
        subprocess.run(["umount", disk], check=True)


@needs_to_mount
def test_what_may_only_be_read_is_told_and_left_as_it_is(tmp_path: Path, graph) -> None:
    disk = tmp_path / "disk"
    with mounted(disk):
        assert build(disk / "kg", 1).returncode == 0
        before = contents(disk / "kg")
        (tmp_path / "a.txt").write_text("Japan met the United States again.")
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        for place in (disk / "kg", disk / "new"):
            ended = build(place, 2, article=tmp_path / "a.txt")
            assert ended.returncode == 1
            assert ended.stderr == (
                f"kgbuild: {place}: cannot be written into (Read-only file system); "
                "choose another folder\n"
            )
        assert contents(disk / "kg") == before
        assert [p.name for p in disk.iterdir() if p.is_dir()] == ["kg"]
        with pytest.raises(OSError, match=r"graph.ttl: cannot be written \(Read-only"):
            kgbuild.write(graph, disk / "kg" / "graph.ttl")


WRITE_FILE = """
import sys
from pathlib import Path
from kgbuild.folder import replace_file
print("ready", flush=True)
for version in b"23456789" * 10_000:
    replace_file(Path(sys.argv[1]), lambda file: file.write(bytes([version]) * 100_000))
"""


def test_a_file_is_whole_after_any_kill_and_what_is_left_is_swept(
    tmp_path: Path,
) -> None:
    file, chance = tmp_path / "graph.ttl", random.Random(2)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    left = 0
    for _ in range(20):
        command = [sys.executable, "-c", WRITE_FILE, file]
        with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) as run:
            assert run.stdout and run.stdout.readline() == b"ready\n"
            time.sleep(chance.uniform(0, 0.1))
            run.kill()
        if file.exists():
            assert len(file.read_bytes()) == 100_000
            assert len({*file.read_bytes()}) == 1
        left += any(p != file for p in tmp_path.iterdir())
    assert left, "no kill came while it wrote"
    replace_file(file, lambda out: out.write(b"x"))
    assert [p.name for p in tmp_path.iterdir()] == ["graph.ttl"]
    assert file.read_bytes() == b"x"


def test_a_file_that_another_run_writes_is_left_to_it(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"

    def fill(out) -> None:
        with pytest.raises(OSError, match="a.txt: another run writes there"):
            replace_file(file, lambda inner: inner.write(b"2"))
        out.write(b"1")

    replace_file(file, fill)
    assert file.read_bytes() == b"1"


@needs_to_mount
def test_a_full_disk_leaves_the_old_folder_whole_and_keeps_the_new(
    tmp_path: Path,
) -> None:
    disk, spare = tmp_path / "disk", tmp_path / "spare"
    spare.mkdir()
    with mounted(disk):
        assert build(disk / "kg", 1).returncode == 0
        before = contents(disk / "kg")
        ended = build(disk / "kg", 2000, TMPDIR=str(spare))
        assert ended.returncode == 1
        assert contents(disk / "kg") == before
        assert {p.name for p in disk.iterdir()} == {"a.txt", "kg"}
        assert "No space left on device) and is as it was; the new graph is in" in (
            ended.stderr
        )
        assert ended.stderr.count("\n") == 1
        (kept,) = spare.glob("kgbuild-*/statements.jsonl")
        assert len(kept.read_text().splitlines()) == 2000
        assert build(disk, 1).returncode == 0  # a mount itself
        assert (disk / "graph.ttl").exists()


# -- by two processes --------------------------------------------------------------------


def test_what_another_process_writes_is_of_the_same_version(tmp_path):
    place = tmp_path / "kg"
    for version in "12":
        with held(place, OURS) as held_place:
            here, beside = (
                files(version, names=NAMES[:2]),
                files(version, names=("old.txt",)),
            )
            assert publish(held_place, here, beside) == ["a.txt", "b.txt", "old.txt"]
        assert versions(place) == {n: {version} for n in ("a.txt", "b.txt", "old.txt")}


def _full(file) -> None:
    raise OSError(28, "No space left on device")


def _killed(file) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _slow(file) -> None:
    time.sleep(60)


@pytest.mark.parametrize(
    ("here", "beside", "reason"),
    [
        (None, _full, "No space left"),
        (None, _killed, "was killed"),
        (_full, _slow, "No space left"),
    ],
)
def test_what_goes_wrong_in_one_of_two_processes_changes_nothing(
    tmp_path, here, beside, reason
):
    put(tmp_path / "kg", "1")
    own = [("a.txt", here)] if here else files("2", names=("a.txt",))
    with held(tmp_path / "kg", OURS) as place, pytest.raises(OSError, match=reason):
        publish(place, own, [("b.txt", beside)])
    assert versions(tmp_path / "kg") == {n: {"1"} for n in NAMES}
    assert [p.name for p in tmp_path.iterdir()] == ["kg"]
