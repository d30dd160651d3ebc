"""``maizuru export``: write a release in another format."""

from __future__ import annotations

from pathlib import Path

import click

from ..export import FORMATS
from ..export import export as write_export
from ..store import open_release


@click.command()
@click.argument("release", type=click.Path(path_type=Path))
@click.option("-f", "--format", "name", required=True, type=click.Choice(list(FORMATS)))
@click.option("-o", "--output", type=click.Path(path_type=Path), help="File or folder to write.")
def export(release: Path, name: str, output: Path | None) -> None:
    """Write RELEASE in another format, to a file or, for tables, a folder."""
    chosen = FORMATS[name]
    several = chosen.folder is not None and name != "sqlite"
    place = output or Path(f"maizuru-{name}" if several else f"maizuru.{chosen.ending}")
    write_export(open_release(release), name, place, release / "documents")
    click.echo(str(place))
