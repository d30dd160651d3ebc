"""``/explain``: why a triple holds, from the rule that concluded it down to the quoted words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import cast

import pyoxigraph as ox
from flask import Blueprint, Response, current_app, request

from maizuru.graph.errors import QueryError
from maizuru.graph.explain import Explainer, Explanation, Source
from maizuru.graph.namespaces import MZ, PREFIXES, Iris
from maizuru.graph.questions import Parameter
from maizuru.graph.reason.steps import Schema
from maizuru.graph.resources import rules

from ..ask import Named, services, short
from ..i18n import language_of
from ..names import names_of
from .facts import property_word
from .layout import page, path_of

pages = Blueprint("explain", __name__)

DEEPEST = 12
"""Steps shown below the first; a proof deeper than that ends with a link to go on."""


@dataclass(frozen=True, slots=True)
class Node:
    """One step of a proof as the page shows it."""

    subject: Named
    predicate: Named
    object: Named
    terms: tuple[str, str, str]
    rule: str
    rule_href: str
    premises: tuple[Node, ...]
    axioms: tuple[Node, ...]
    sources: tuple[Source, ...]
    graphs: tuple[str, ...]
    """Names of what gives it: a document, the editors, the ontology."""
    holds: bool


@pages.get("/explain")
def explain() -> Response:
    """Show the proof tree of the triple ``s``, ``p``, ``o``."""
    asked = [request.args.get(name, "").strip() for name in ("s", "p", "o")]
    if not all(asked):
        return page("explain.html", tree=None, path_of=path_of)
    subject, predicate, object_ = (_term(value) for value in asked)
    found = _explainer().explain_terms(subject, predicate, object_)
    return page("explain.html", tree=_node(found, DEEPEST), path_of=path_of)


def prepare() -> Schema:
    """Work out what the model entails, which takes a second and all explanations share."""
    return _explainer().schema


def _explainer() -> Explainer:
    """Return the explainer of the dataset's present version."""
    version = services().engine.version()
    kept = cast(tuple[str, Explainer] | None, current_app.extensions.get("maizuru-explainer"))
    if kept is None or kept[0] != version:
        kept = (version, Explainer(services().store, Iris(services().settings.base)))
        current_app.extensions["maizuru-explainer"] = kept
    return kept[1]


def _term(value: str) -> ox.NamedNode | ox.Literal:
    """Read a term: a literal as N-Triples writes it, an IRI, a prefixed name or an entity key."""
    if value.startswith('"'):
        try:
            (quad,) = ox.parse(f"<urn:s> <urn:p> {value} .".encode(), ox.RdfFormat.N_TRIPLES)
        except (SyntaxError, ValueError) as error:
            raise QueryError(f"This is not a literal: {value}") from error
        assert isinstance(quad.object, ox.Literal)
        return quad.object
    if value.startswith("<") and value.endswith(">"):
        value = value[1:-1]
    if "/" in value and ":" not in value:
        value = f"{services().settings.base}id/{value}"
    iri = Parameter("term", "iri", "", "").term(value)
    return ox.NamedNode(iri[1:-1])


def _node(found: Explanation, deep: int) -> Node:
    triple = found.triple
    below = deep - 1
    return Node(
        subject=_named(triple.subject),
        predicate=_named(triple.predicate),
        object=_named(triple.object),
        terms=(str(triple.subject), str(triple.predicate), str(triple.object)),
        rule=found.rule,
        rule_href=_rule_href(found.rule),
        premises=tuple(_node(each, below) for each in found.premises) if below else (),
        axioms=tuple(_node(each, below) for each in found.axioms) if below else (),
        sources=found.sources,
        graphs=tuple(dict.fromkeys(_given_by(graph) for graph in found.graphs)),
        holds=found.holds,
    )


def _named(term: object) -> Named:
    if isinstance(term, ox.Literal):
        return Named("", term.value, term.language or "")
    if not isinstance(term, ox.NamedNode):
        return Named("", str(term))
    iri, language = term.value, language_of(request)
    own = property_word(iri, language)
    if own != short(iri) or iri.startswith((MZ, *(PREFIXES[name] for name in _NAMELESS))):
        return Named(iri, own)
    name = names_of([iri], language).get(iri)
    if name is not None:
        return Named(iri, name.value, name.language or "")
    return Named(iri, own.removeprefix(f"{services().settings.base}id/"))


_NAMELESS = ("rdf", "owl", "rdfs")


def _given_by(graph: str) -> str:
    """Return who gives a named graph: the key of a message."""
    name = graph.removeprefix(f"{services().settings.base}graph/").partition("/")[0]
    known = ("document", "ontology", "vocabulary", "authority")
    return f"given-{name}" if name in known else "given-other"


def _rule_href(rule: str) -> str:
    return _specification() if rule in _rules() else ""


@cache
def _rules() -> frozenset[str]:
    return frozenset(str(entry["name"]) for entry in rules("reasoning")["rule"])


@cache
def _specification() -> str:
    return str(rules("reasoning")["specification"])
