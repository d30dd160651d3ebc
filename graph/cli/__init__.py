"""The command line: ``maizuru COMMAND``.

Exit status: 0 fine, 1 findings (a document was not read, a graph does not conform), 2 wrong use.
Errors are sentences on standard error; progress is shown only where a terminal watches.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points

import click

from ..errors import MaizuruError

COMMANDS = {
    "build": "Convert documents into a release folder.",
    "query": "Ask a question of a release, by name or in SPARQL.",
    "report": "Tell what a conversion read, skipped and missed.",
    "evaluate": "Measure the converter against a gold standard.",
    "validate": "Check data against the shapes and the quality queries.",
    "explain": "Show why a statement holds, down to the passages.",
    "export": "Write a release in another format.",
}
"""Commands of this part, one module of this package each; other parts register entry points."""


class Commands(click.Group):
    """Finds a command when it is asked for, so that a quick command loads only what it needs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return [*COMMANDS, *sorted(entry.name for entry in _registered())]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of that name, or None."""
        if cmd_name in COMMANDS:
            module = import_module(f".{cmd_name}", __name__)
            command: click.Command = getattr(module, cmd_name)
            return command
        for entry in _registered():
            if entry.name == cmd_name:
                registered: click.Command = entry.load()
                return registered
        return None


def _registered() -> list[EntryPoint]:
    return list(entry_points(group="maizuru.commands"))


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="maizuru")
def maizuru() -> None:
    """Turn documents about the Siberian internment into a knowledge graph, and serve it."""


def main() -> None:
    """Run the command line; every error the user can mend is one sentence and status 2."""
    try:
        maizuru(prog_name="maizuru")
    except MaizuruError as error:
        click.echo(f"maizuru: {error}", err=True)
        sys.exit(2)
