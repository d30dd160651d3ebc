"""``python -m maizuru.server``: the command ``maizuru serve`` by itself."""

from __future__ import annotations

import sys

from maizuru.graph.errors import MaizuruError

from .cli import serve


def main() -> None:
    """Run the command; a mistake is told in one sentence and ends with status 2."""
    try:
        serve()
    except MaizuruError as error:
        print(f"Error: {error}", file=sys.stderr)
        sys.exit(2)


if __name__ == "__main__":
    main()
