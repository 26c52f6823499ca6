"""The command line: commands are the modules of ``kgbuild.commands``, each a function."""

from __future__ import annotations

import io
import os
import pkgutil
import sys
from importlib import import_module
from typing import Annotated

import typer

from kgbuild import commands

COMMANDS = tuple(
    m.name
    for m in pkgutil.iter_modules(commands.__path__)
    if not m.name.startswith("_")
)

app = typer.Typer(
    name="kgbuild",
    help="English news about states, leaders and arms deals, made into a knowledge graph.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        print(f"kgbuild {version('kgbuild')}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_version, is_eager=True, help="Tell the version."
        ),
    ] = False,
) -> None:
    pass


for name in COMMANDS:
    app.command(name)(getattr(import_module(f"kgbuild.commands.{name}"), name))

# What Typer raises for wrong usage; where that class lives is private to it.
_Usage = typer.BadParameter.__mro__[1]
_STOPPED = 130  # what Typer makes of Ctrl-C


def main() -> None:
    """Run the command line; end with 0 done, 1 could not read or write, 2 wrong usage."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # where the terminal is not UTF-8
    try:
        code = app(prog_name="kgbuild", standalone_mode=False)
        sys.stdout.flush()
        if code == _STOPPED:
            _say("stopped; files that were there are as they were", code)
    except BrokenPipeError:
        # Whoever read our output has seen enough; Python must not flush into it again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except (OSError, ValueError, ImportError) as error:
        code = _say(_one_line(error), 1)
    except Exception as error:  # noqa: BLE001  # the last line before a user
        code = _misused(error) if isinstance(error, _Usage) else _failed(error)
    sys.exit(code)


def _misused(error: Exception) -> int:
    what = error.format_message().rstrip(".")  # type: ignore[attr-defined]
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "kgbuild"
    return _say(f"{what}; see {command} --help", 2) if what else 2


def _failed(error: Exception) -> int:
    """Tell of a fault of our own, which says nothing to a user but where to turn."""
    if os.environ.get("KGBUILD_TRACEBACK"):
        raise error
    told = " ".join(f"{type(error).__name__}: {error}".split())
    return _say(
        f"a fault of kgbuild itself ({told}); report it with KGBUILD_TRACEBACK=1", 1
    )


def _one_line(error: Exception) -> str:
    """Say what is wrong on one line a fault."""
    if isinstance(error, OSError) and error.filename and error.strerror:
        return f"{error.filename}: cannot be read or written ({error.strerror})"
    return "\nkgbuild: ".join(str(error).split("\n"))


def _say(what: str, code: int) -> int:
    print(f"kgbuild: {what}", file=sys.stderr)
    return code


if __name__ == "__main__":
    main()
