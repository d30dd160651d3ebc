"""``maizuru explain``: why a statement holds, down to the passages it rests on."""

from __future__ import annotations

from pathlib import Path

import click
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from ..errors import QueryError
from ..explain import Explainer
from ..explanations import Reader, as_text, as_turtle
from ..namespaces import MZ, PREFIXES, Iris, expand
from ..reason.terms import Term
from ..store import RemoteStore, Store, open_release


@click.command()
@click.argument("subject")
@click.argument("predicate")
@click.argument("object_", metavar="OBJECT")
@click.option(
    "--release",
    default="kg",
    show_default=True,
    metavar="RELEASE",
    help="A release folder, or an endpoint's URL.",
)
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["text", "turtle"]),
    default="text",
    show_default=True,
    help="A proof tree to read, or RDF in the terms of PROV.",
)
def explain(subject: str, predicate: str, object_: str, release: str, form: str) -> None:
    """Show why the triple SUBJECT PREDICATE OBJECT holds, down to passages and quotations.

    Each is a prefixed name (mz:heldIn), an entity key (place/kansk), an IRI, or, for OBJECT, a
    literal as Turtle writes it ('"45"', '"Kansk"@en', 45). A PREDICATE without prefix is a term
    of the Maizuru ontology; “a” is rdf:type.
    """
    explainer = Explainer(_open(release))
    iris = explainer.iris
    explanation = explainer.explain_terms(
        read_term(subject, iris), read_predicate(predicate), read_term(object_, iris)
    )
    if form == "turtle":
        click.echo(as_turtle(explanation, iris), nl=False)
        return
    click.echo(as_text(explanation, Reader(iris, explainer.schema.about)), nl=False)


def _open(release: str) -> Store:
    if release.startswith(("http://", "https://")):
        return RemoteStore(release)
    return open_release(Path(release))


def read_predicate(text: str) -> NamedNode:
    """Return the predicate *text* stands for.

    Raises:
        QueryError: it is not written like an IRI or a prefixed name.
    """
    if text == "a":
        return NamedNode(expand("rdf:type"))
    if ":" not in text:
        return NamedNode(MZ + text)
    found = read_term(text, Iris())
    if not isinstance(found, NamedNode):
        raise QueryError(f"“{text}” is not a predicate.")
    return found


def read_term(text: str, iris: Iris) -> Term:
    """Return the term *text* stands for: IRI, prefixed name, literal or entity key.

    Raises:
        QueryError: it is none of these, or its prefix is not known.
    """
    if text.startswith(('"', "'")) or text[:1].isdigit() or text in ("true", "false"):
        return _literal(text)
    text = text.removeprefix("<").removesuffix(">")
    prefix, colon, local = text.partition(":")
    try:
        if prefix in PREFIXES and colon:
            return NamedNode(PREFIXES[prefix] + local)
        return NamedNode(text) if colon else NamedNode(iris.entity(text.removeprefix("id/")))
    except ValueError as error:
        raise QueryError(f"“{text}” is not an IRI, a prefixed name or an entity key.") from error


def _literal(text: str) -> Literal:
    header = "".join(f"@prefix {name}: <{iri}> . " for name, iri in PREFIXES.items())
    try:
        (quad,) = parse(f"{header} <x:s> <x:p> {text} .", format=RdfFormat.TURTLE)
    except (SyntaxError, ValueError) as error:
        raise QueryError(f"“{text}” is not a literal as Turtle writes it.") from error
    if not isinstance(quad.object, Literal):
        raise QueryError(f"“{text}” is not a literal.")
    return quad.object
