"""The question library: every ``queries/<name>.rq`` with its title, text and parameters.

A question file begins with a header of comments::

    # Title: Released per year
    # Description: How many prisoners each document says were released in each year.
    # Question: How many were released each year?
    # Question@ja: 毎年何人が帰還しましたか。
    # Question@ru: Сколько человек освобождали каждый год?
    # Parameter: year | integer | 1947 | The year asked about.

A parameter ``year`` stands in the query as ``$year``. Values are written into the query as RDF
terms, never as text, so that no value can change what the query asks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from pyoxigraph import Literal, NamedNode

from .errors import NotFound, QueryError
from .namespaces import DEFAULT_BASE, expand
from .resources import query_names, query_text

_HEADER = re.compile(r"#\s*(?P<key>[A-Za-z]+)(?:@(?P<language>[a-z]+))?:\s*(?P<value>.+)")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value the asker may set.

    *kind* is ``integer``, ``date``, ``string``, ``iri``, or ``iris``: several, with spaces between.
    """

    name: str
    kind: str
    default: str
    description: str

    def term(self, value: str) -> str:
        """Return *value* as SPARQL writes it.

        Raises:
            QueryError: the value is not of this kind.
        """
        try:
            return str(_TERMS[self.kind](value.strip()))
        except ValueError as error:
            raise QueryError(f"{self.name} must be of kind {self.kind}, not “{value}”.") from error


def _integer(value: str) -> Literal:
    return Literal(str(int(value)), datatype=NamedNode(expand("xsd:integer")))


def _date(value: str) -> Literal:
    written = date.fromisoformat(value).isoformat()
    return Literal(written, datatype=NamedNode(expand("xsd:date")))


def _iri(value: str) -> NamedNode:
    """Accept a full IRI, a prefixed name, or an entity key such as ``place/kansk``."""
    if value.startswith(("http://", "https://")):
        return NamedNode(value)
    prefix, colon, _ = value.partition(":")
    if colon:
        try:
            return NamedNode(expand(value))
        except KeyError as error:
            raise ValueError(f"unknown prefix {prefix}") from error
    return NamedNode(f"{DEFAULT_BASE}id/{value}")


def _iris(value: str) -> str:
    return " ".join(str(_iri(each)) for each in value.split())


_TERMS = {"integer": _integer, "date": _date, "string": Literal, "iri": _iri, "iris": _iris}


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the library; *questions* holds its wording by language."""

    name: str
    title: str
    description: str
    questions: Mapping[str, str]
    parameters: tuple[Parameter, ...]
    text: str

    def query(self, values: Mapping[str, str] | None = None) -> str:
        """Return the SPARQL text with its parameters filled in.

        Raises:
            QueryError: a value does not fit its parameter, or there is no such parameter.
        """
        given = dict(values or {})
        text = self.text
        for parameter in self.parameters:
            term = parameter.term(given.pop(parameter.name, parameter.default))
            text = re.sub(rf"\${parameter.name}\b", lambda _, t=term: t, text)  # type: ignore[misc]
        if given:
            raise QueryError(f"{self.name} has no parameter {', '.join(sorted(given))}.")
        return text


@cache
def question(name: str) -> Question:
    """Return the question of that name.

    Raises:
        NotFound: there is none.
    """
    if name not in query_names():
        raise NotFound(f"There is no question “{name}”; see `maizuru query --list`.")
    return parse(name, query_text(name))


def library() -> list[Question]:
    """Return every question, by name."""
    return [question(name) for name in query_names()]


def parse(name: str, text: str) -> Question:
    """Read the header of a question file.

    Raises:
        QueryError: it has no title, or a parameter line does not have its four parts.
    """
    single: dict[str, str] = {}
    wordings: dict[str, str] = {}
    parameters: list[Parameter] = []
    for line in text.splitlines():
        match = _HEADER.match(line)
        if match is None:
            continue
        key, value = match["key"].lower(), match["value"].strip()
        if key == "question":
            wordings[match["language"] or "en"] = value
        elif key == "parameter":
            parameters.append(_parameter(name, value))
        else:
            single[key] = value
    if "title" not in single:
        raise QueryError(f"{name}.rq has no title.")
    description = single.get("description", "")
    return Question(name, single["title"], description, wordings, tuple(parameters), text)


def _parameter(name: str, line: str) -> Parameter:
    parts = [part.strip() for part in line.split("|")]
    if len(parts) != 4 or parts[1] not in _TERMS:
        raise QueryError(f"{name}.rq: “{line}” is not NAME | KIND | DEFAULT | DESCRIPTION.")
    return Parameter(*parts)
