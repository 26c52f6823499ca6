"""Bad inputs, each between two good ones: said in one line, the good ones read."""

from __future__ import annotations

import gzip
import json
import os
import random
import socket
import subprocess
import sys
import time

import inputs
import pytest
from spoiled import more
from test_folder import BUILD

from kgbuild.readers import read_documents

RANDOM = random.Random(7)
NOISE = RANDOM.randbytes(3000)
LONG = f"{inputs.SENTENCE} {inputs.BODY} " * 40


def gz(content):
    return gzip.compress(content.encode() if isinstance(content, str) else content)


def torn(data, share):
    """Return the beginning of some bytes."""
    data = data.encode() if isinstance(data, str) else data
    return data[: int(len(data) * share)]


def spoiled(data, seed):
    """Return bytes of which a stretch in the middle is noise."""
    data = data.encode() if isinstance(data, str) else data
    at = random.Random(seed).randrange(len(data) // 4, len(data) // 2)
    return data[:at] + NOISE[:400] + data[at + 400 :]


FOREIGN = (
    "Der Minister hat am Montag in Berlin einen Vertrag über zwölf Flugzeuge unterschrieben.",
    "Le ministre a signé lundi à Paris un contrat pour douze avions de combat et leurs armes.",
    "El ministro firmó el lunes en Madrid un contrato para comprar doce aviones de combate.",
    "Министр подписал в понедельник контракт на покупку двенадцати самолётов.",
    "国防部长星期一签署了购买十二架飞机的合同，并会见了法国总统。",
    "وقع وزير الدفاع يوم الاثنين عقدا لشراء اثنتي عشرة طائرة مقاتلة.",
    "Bakan Pazartesi günü Ankara'da on iki savaş uçağının satın alınması için sözleşme imzaladı.",
)
WORD, ODT, PDF = inputs.word("A", LONG), inputs.odt("A", LONG), inputs.pdf("Abe left.")
KINDS = ("txt", "md", "html", "pdf", "docx", "odt", "eml", "mbox", "csv", "json", "rss")
GRAPHS = ("ttl", "nt", "nq", "trig", "jsonld", "rdf", "graphml", "gexf", "ftm")


def bad():
    """Yield the name and bytes of files that hold no article that can be read."""
    for kind in KINDS:
        yield f"empty.{kind}", b""
        yield f"blank.{kind}", b" \n\t\n \n"
        yield f"zipped.{kind}.gz", torn(gz(LONG), 0.5)
    for kind in ("txt", "md", "html", "csv", "json", "eml"):
        yield f"noise.{kind}", bytes(range(256)) * 8
    for n, share in enumerate((0.1, 0.3, 0.5, 0.7, 0.9)):
        yield f"torn{n}.docx", torn(WORD, share)
        yield f"torn{n}.odt", torn(ODT, share)
    for n in range(5):
        yield f"spoiled{n}.docx", spoiled(WORD, n)
        yield f"torn{n}.pdf", torn(PDF, 0.1 * n + 0.05)
    for n, text in enumerate(FOREIGN):
        yield f"foreign{n}.txt", text.encode()
    for kind in GRAPHS:
        yield f"graph.{kind}", b"<urn:a> <urn:b> <urn:c> ."
    yield "record.jsonl", b'{"id": "x", "body_of": 7}'
    yield "list.jsonl", b"[1, 2]"
    yield "half.jsonl", b'{"text": "Abe le'
    yield "deep.json", b"[" * 50_000
    yield "deep.jsonl", b'{"text":' * 50_000
    yield "number.json", b"12"
    yield "keys.json", json.dumps({"a": [1, 2]}).encode()
    yield "figures.csv", b"a,b\n1,2\n3,4\n"
    yield "other.xml", b"<a><b>c</b></a>"
    yield "bomb.xml", b'<!DOCTYPE a [<!ENTITY b "' + b"x" * 999 + b'">]><a>&b;&b;</a>'
    yield "header.txt", b"---\ntitle: x\n---\n"
    yield "scan.pdf", inputs.pdf("")
    yield "old.doc", b"\xd0\xcf\x11\xe0" + NOISE
    yield "rich.rtf", b"{\\rtf1 Abe left.}"
    yield "packed.zip", inputs.archive({"a.txt": "Abe left."})
    yield "sheet.xlsx", inputs.archive({"xl/workbook.xml": "<a/>"})
    yield "picture.png", b"\x89PNG\r\n\x1a\n" + NOISE
    yield "film.mp4", b"\0\0\0\x18ftypmp42" + NOISE
    yield "tape.7z", b"7z\xbc\xaf\x27\x1c" + NOISE
    yield "program", b"\x7fELF" + NOISE


CASES = dict([*bad(), *more()])
PLACES = (
    "gone.txt",
    "pipe",
    "socket",
    "x" * 300,
    "é" * 200,
    "a/" * 3000,
    "loop.txt",
    "ring1",
    "dangling.txt",
    "empty",
    "hidden",
    "others",
    "locked.txt",
    "locked",
    "gone\n.txt",
    "file.txt/in.txt",
    "/dev/null",
    "ftp://x/y",
    "file:///etc/passwd",
    "http://",
    "http://[",
    "http://127.0.0.1:1/",
    "https://user:secret@10.0.0.1/",
)


@pytest.fixture
def good(tmp_path):
    for name in ("first", "last"):
        (tmp_path / f"{name}.txt").write_text(f"{inputs.SENTENCE} {name}")
    return tmp_path / "first.txt", tmp_path / "last.txt"


def check(good, path):
    faults, remarks = [], []
    begun = time.monotonic()
    found = read_documents(
        [good[0], path, good[1]], report=faults.append, note=remarks.append
    )
    ids = [d.id for d in found]
    assert time.monotonic() - begun < 10
    assert ids == ["first", "last"]
    (fault,) = faults
    shown = " ".join(str(path).split("\n")).replace("user:secret@", "")
    assert fault.startswith(f"{shown}: ")
    assert "; " in fault, "what to do next"
    assert fault.isprintable()
    assert len(fault) < 500 + len(str(path))
    assert remarks == []


def test_there_are_three_hundred():
    assert len(CASES) + len(PLACES) >= 300


@pytest.mark.parametrize("name", CASES)
def test_a_bad_file_is_told_of_in_one_line(good, tmp_path, name):
    path = tmp_path / name
    path.write_bytes(CASES[name])
    check(good, path)


@pytest.mark.parametrize("name", PLACES)
def test_a_bad_place_is_told_of_in_one_line(good, tmp_path, name, monkeypatch):
    if name.startswith("locked") and os.geteuid() == 0:
        pytest.skip("nothing is locked for root")
    os.mkfifo(tmp_path / "pipe")
    monkeypatch.chdir(tmp_path)  # a socket's whole name must be short
    with socket.socket(socket.AF_UNIX) as made:
        made.bind("socket")
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    (tmp_path / "ring1").symlink_to("ring2")
    (tmp_path / "ring2").symlink_to("ring1")
    (tmp_path / "dangling.txt").symlink_to("gone.txt")
    (tmp_path / "file.txt").write_text(inputs.SENTENCE)
    for folder, file in {"hidden": ".a.txt", "others": "a.png"}.items():
        (tmp_path / folder).mkdir()
        (tmp_path / folder / file).write_text(inputs.SENTENCE)
    (tmp_path / "empty").mkdir()
    (tmp_path / "locked.txt").write_text(inputs.SENTENCE)
    (tmp_path / "locked.txt").chmod(0)
    (tmp_path / "locked").mkdir(mode=0)
    check(good, name if "://" in name else tmp_path / name)


MOST = 1_000_000  # kB of memory
# what getrusage tells of a child counts what its parent had before it became one
PEAK = r"""
import atexit, re
status = lambda: open("/proc/self/status").read()
atexit.register(lambda: print(re.search(r"VmHWM:\s+(\d+)", status())[1]))
"""


def test_the_command_tells_of_all_and_builds_what_is_good(tmp_path):
    """All in one run, each bad file between two good ones, by a reader that knows no model."""
    words, bad_ones = [], []
    for number, (name, data) in enumerate(CASES.items()):
        names = f"good{number}a.txt", f"bad{number}-{name}", f"good{number}b.txt"
        paths = [tmp_path / n for n in names]
        paths[1].write_bytes(data)
        for path in (paths[0], paths[2]):
            path.write_text(f"{inputs.SENTENCE} {path.name}")
        words += map(str, paths)
        bad_ones.append(paths[1])
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = ["build", *words, "-o", str(tmp_path / "kg"), "--to", "jsonl"]
    process = subprocess.run(
        [sys.executable, "-c", PEAK + BUILD, *command, "1"],
        check=False,
        env=environment,
        capture_output=True,
        text=True,
    )
    lines = process.stderr.splitlines()
    assert process.returncode == 1
    assert len(lines) == len(bad_ones)
    assert all(line.startswith(f"kgbuild: {p}: ") for p, line in zip(bad_ones, lines))
    made = (tmp_path / "kg" / "statements.jsonl").read_text().splitlines()
    assert len({json.loads(row)["doc"] for row in made}) == 2 * len(bad_ones)
    assert int(process.stdout.split()[-1]) < MOST


GOOD = {
    "a.txt": f"---\ntitle: x\ndate: 2017-11-06\n---\n{LONG}",
    "a.md": inputs.MARKDOWN,
    "a.html": inputs.HTML,
    "a.rss": inputs.RSS,
    "a.atom": inputs.ATOM,
    "a.json": f"[{inputs.RECORD},{inputs.RECORD}]",
    "a.jsonl": inputs.RECORD * 3,
    "a.csv": inputs.TABLE,
    "a.eml": inputs.MAIL,
    "a.mbox": f"From a@b.c Mon\n{inputs.MAIL}\nFrom d@e.f Tue\n{inputs.MAIL}",
    "a.docx": WORD,
    "a.odt": ODT,
    "a.pdf": PDF,
}
BITS = (b"\0", b"\xff", b"<", b"]]>", b"\n", b'"', b"{", b"]", b"&#x110000;", b"\r")


def changed(data, seed):
    """Return bytes with a few of them put in, taken out or doubled."""
    draw = random.Random(seed)
    made = bytearray(data.encode() if isinstance(data, str) else data)
    for _ in range(draw.randrange(1, 8)):
        at = draw.randrange(len(made) + 1)
        new = draw.choice([*BITS, b"", draw.randbytes(5), bytes(made[at : at + 99])])
        made[at : at + draw.choice([0, 0, 1, 40])] = new
    return bytes(made)


@pytest.mark.parametrize("name", GOOD)
def test_files_with_changed_bytes_are_read_or_told_of(good, tmp_path, name):
    path = tmp_path / name
    for seed in range(40):
        path.write_bytes(changed(GOOD[name], seed))
        told = []
        inputs_ = [good[0], path, good[1]]
        ids = [
            d.id for d in read_documents(inputs_, report=told.append, note=told.append)
        ]
        assert (ids[0], ids[-1]) == ("first", "last")
        assert len(ids) > 2 or told
        assert not any("\n" in line for line in told)
