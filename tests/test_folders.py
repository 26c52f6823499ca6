"""Folders: what is no file, or may not be opened, is told of, and the rest is read."""

from __future__ import annotations

import os
import socket

import pytest

from kgbuild.readers import folders, read_documents


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "a.txt").write_text("Abe left.")
    (tmp_path / "z.txt").write_text("Xi left.")
    return tmp_path


def read(*inputs):
    faults = []
    found = [d.id for d in read_documents(inputs, report=faults.append)]
    assert not any("\n" in fault for fault in faults)
    return found, faults


def test_links_to_nothing_are_told_of(folder):
    (folder / "m.txt").symlink_to(folder / "gone.txt")
    found, faults = read(folder)
    assert found == ["a", "z"]
    assert faults == [
        f"{folder}/m.txt: is a link to what is not there; mend the link or remove it"
    ]


def test_links_in_a_circle_are_told_of(folder):
    (folder / "m.txt").symlink_to(folder / "n.txt")
    (folder / "n.txt").symlink_to(folder / "m.txt")
    for inputs in ([folder], [folder / "m.txt", folder / "a.txt", folder / "z.txt"]):
        found, faults = read(*inputs)
        assert found == ["a", "z"]
        assert "Too many levels of symbolic links" in faults[0]


def test_folders_that_hold_themselves_are_read_once(folder):
    (folder / "inner").mkdir()
    (folder / "inner" / "b.txt").write_text("Putin left.")
    (folder / "inner" / "up").symlink_to(folder)
    found, faults = read(folder)
    assert found == ["a", "b", "z"]
    assert "is a link to a folder that it stands in; it is left out" in faults[0]


def test_links_to_other_folders_are_followed(folder, tmp_path_factory):
    other = tmp_path_factory.mktemp("other")
    (other / "b.txt").write_text("Putin left.")
    (folder / "other").symlink_to(other)
    assert read(folder, other) == (["a", "b", "z"], [])


def test_pipes_and_sockets_are_told_of(folder, monkeypatch):
    os.mkfifo(folder / "b.txt")
    monkeypatch.chdir(folder)  # a socket's name may not be long
    with socket.socket(socket.AF_UNIX) as made:
        made.bind("c.txt")
        found, faults = read(folder)
    assert found == ["a", "z"]
    assert [f.split(": ")[1].split(",")[0] for f in faults] == [
        "is a named pipe",
        "is a socket",
    ]
    assert "is a named pipe" in read(folder / "b.txt")[1][0]


def test_folders_that_may_not_be_opened_are_told_of(folder, monkeypatch):
    (folder / "m").mkdir()
    listed = folders.Path.iterdir

    def refused(path):
        if path.name == "m":
            raise PermissionError(13, "Permission denied")
        return listed(path)

    monkeypatch.setattr(folders.Path, "iterdir", refused)
    found, faults = read(folder)
    assert found == ["a", "z"]
    assert faults == [f"{folder}/m: may not be read; check its permissions"]


@pytest.mark.parametrize("name", ["x" * 300, "x/" * 3000, "a\0b", ""])
def test_names_that_cannot_be_are_told_of(folder, name):
    found, faults = read(folder / "a.txt", name, folder / "z.txt")
    assert found == ["a", "z"]
    assert len(faults) == 1
    assert "check the name" in faults[0] or "check that it is there" in faults[0]


def test_what_a_shell_pipes_by_a_name_is_read():
    out, into = os.pipe()
    with os.fdopen(into, "w") as pipe:
        pipe.write("Abe left.")
    try:
        assert read(f"/dev/fd/{out}")[1] == []
    finally:
        os.close(out)
