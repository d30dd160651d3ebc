"""``maizuru serve``, ``maizuru token``, ``maizuru backup`` and ``maizuru restore``."""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from .auth import hash_token
from .backup import backup as make_backup
from .backup import restore as put_back
from .serve import serve_folder
from .settings import load, table

_KINDS: dict[str, Any] = {"str": str, "int": int, "float": float, "bool": bool}


def setting_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command one flag for each row of the table of settings."""
    for name, kind, default, text in reversed(table()):
        flag = "--" + name.replace("_", "-")
        shown = "" if default == "" else f" [{default}]"
        command = click.option(flag, name, type=_KINDS[kind], default=None, help=text + shown)(
            command
        )
    return command


@click.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path, file_okay=False))
@click.option("--settings", type=click.Path(path_type=Path), help="TOML file of settings.")
@setting_options
def serve(folder: Path | None, settings: Path | None, **flags: Any) -> None:
    """Serve the release in FOLDER; without one, build the bundled corpus and serve that."""
    chosen = load(flags, file=settings)
    if folder is not None or chosen.store:
        serve_folder(folder, chosen)
        return
    with tempfile.TemporaryDirectory(prefix="maizuru-") as scratch:
        place = Path(scratch) / "release"
        click.echo("Building the bundled corpus …", err=True)
        _build_corpus(place)
        serve_folder(place, chosen)


def _build_corpus(place: Path) -> None:
    """Build the documents that come with the package."""
    from importlib.resources import as_file

    from maizuru.graph.build import build
    from maizuru.graph.resources import corpus

    with as_file(corpus()) as sources:
        build([sources], place)


@click.command()
def token() -> None:
    """Make a token for updates: print it, and what the setting update_token is to be."""
    made = secrets.token_urlsafe(32)
    click.echo(f"token         {made}")
    click.echo(f"update_token  {hash_token(made)}")


_FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command()
@click.argument("folder", type=_FOLDER)
@click.argument("target", type=_FOLDER)
def backup(folder: Path, target: Path) -> None:
    """Copy the release FOLDER with its changes to TARGET, also while it is served."""
    make_backup(folder.resolve(), target.resolve())


@click.command()
@click.argument("source", type=_FOLDER)
@click.argument("folder", type=_FOLDER)
def restore(source: Path, folder: Path) -> None:
    """Put the backup SOURCE in the place of FOLDER; what was there is kept beside it."""
    put_back(source.resolve(), folder.resolve())
