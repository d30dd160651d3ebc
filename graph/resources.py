"""Find the ontology, query, rule and corpus files that ship with the package."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any


def ontology(name: str = "") -> Traversable:
    """Return one file or folder of the ontology, e.g. ``"vocabularies"`` or ``"maizuru.ttl"``."""
    return files("maizuru.ontology").joinpath(name) if name else files("maizuru.ontology")


def query_text(name: str) -> str:
    """Return the text of ``queries/<name>.rq``; *name* may have a folder, ``qc/x-violation``."""
    return files("maizuru.queries").joinpath(f"{name}.rq").read_text("utf-8")


@cache
def query_names(folder: str = "") -> tuple[str, ...]:
    """Return the names of the ``.rq`` files of one folder of ``queries/``, without the ending.

    The question library is ``queries/`` itself; ``export`` holds the tables of the exports.
    """
    place = files("maizuru.queries").joinpath(folder) if folder else files("maizuru.queries")
    found = (item.name for item in place.iterdir())
    return tuple(sorted(name.removesuffix(".rq") for name in found if name.endswith(".rq")))


@cache
def quality_query_names() -> tuple[str, ...]:
    """Return the names of the quality queries: ``queries/qc/<name>-violation.rq``."""
    ending = "-violation.rq"
    found = (item.name for item in files("maizuru.queries").joinpath("qc").iterdir())
    return tuple(sorted(name.removesuffix(ending) for name in found if name.endswith(ending)))


def corpus() -> Traversable:
    """Return the folder of the bundled documents."""
    return files("maizuru.graph").joinpath("corpus")


def report_template() -> str:
    """Return the page of the conversion report, with its places marked ``{{ name }}``."""
    return files("maizuru.graph").joinpath("report.html").read_text("utf-8")


@cache
def rules(name: str) -> dict[str, Any]:
    """Return the rule file ``graph/rules/<name>.toml``, parsed once.

    Callers must not change what they get: it is shared.
    """
    text = files("maizuru.graph").joinpath("rules", f"{name}.toml").read_text("utf-8")
    return tomllib.loads(text)
