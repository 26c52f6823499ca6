"""What the commands say of what they read, and the options that let them read more."""

from __future__ import annotations

import inputs
import pytest
from test_cli import article, cli, extraction

__all__ = ["article", "cli", "extraction"]

FRENCH = "Le ministre a signé lundi à Paris un contrat pour douze avions de combat et leurs armes."


@pytest.mark.parametrize("command", ["build", "extract"])
def test_other_languages_are_read_when_asked_for(cli, extraction, tmp_path, command):
    path = tmp_path / "a.txt"
    path.write_text(FRENCH)
    out = ("-o", tmp_path / "kg") if command == "build" else ()
    code, _, err = cli(command, path, *out)
    assert code == 1
    assert err.endswith("is not English but French; leave it out, or read it all the same "
                        "with --any-language\n")  # fmt: skip
    assert cli(command, path, *out, "--any-language")[::2] == (0, "")


def test_private_networks_are_asked_when_told_to(cli, extraction):
    url = "http://127.0.0.1:9/a.txt?key=hush"
    code, _, err = cli("extract", url)
    assert code == 1
    assert err == (
        "kgbuild: http://127.0.0.1:9/a.txt: is on a private network; give "
        "--allow-private if it is yours and meant to be read\n"
    )
    assert "Connection refused" in cli("extract", url, "--allow-private")[2]


def test_a_remark_is_no_failure(cli, extraction, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(f"---\ndate: 6/11/2017\n---\n{inputs.SENTENCE}")
    code, out, err = cli("build", path, "-o", tmp_path / "kg")
    assert code == 0
    assert err.count("\n") == 1
    assert "could be two days" in err
    assert (
        '1 without a date, so that "Monday" stays open there; --date gives one' in out
    )


def test_the_account_tells_what_folders_hold_besides(
    cli, extraction, article, tmp_path
):
    for name in ("a.png", "b.png", "c.zip"):
        (article.parent / name).write_text("x")
    out = cli("build", tmp_path, "-o", tmp_path / "kg", "--date", "2017-11-08")[1]
    assert " Not read: 2 .png, 1 .zip" in out
    assert "without a date" not in out
