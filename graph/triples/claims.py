"""Figures and statements as RDF, each with its passage, its voice and its references."""

from __future__ import annotations

from hashlib import sha256

from pyoxigraph import Literal, NamedNode

from ..edtf import bounds
from ..model import Figure, Stance, Statement, Value
from ..namespaces import MZ
from .terms import boolean, decimal, mz, node
from .writer import GraphWriter


def describe_figures(out: GraphWriter, references: list[NamedNode]) -> None:
    """Write the figures; a part points at its sum, and the sum back at its parts."""
    nodes = [_figure_node(out, figure) for figure in out.extraction.figures]
    for figure, subject in zip(out.extraction.figures, nodes, strict=True):
        _figure(out, subject, figure, references)
        if figure.part_of is not None:
            out.add(subject, mz("partOf"), nodes[figure.part_of])
            out.add(nodes[figure.part_of], mz("sumOf"), subject)


def _figure_node(out: GraphWriter, figure: Figure) -> NamedNode:
    quantity = figure.quantity
    return out.local("figure", f"{quantity.start}-{quantity.end}-{figure.measure}")


def _figure(
    out: GraphWriter, subject: NamedNode, figure: Figure, references: list[NamedNode]
) -> None:
    quantity = figure.quantity
    out.typed(subject, mz("Figure"))
    out.add(subject, mz("measure"), NamedNode(out.iris.concept("measure", figure.measure)))
    if quantity.lower is not None:
        out.add(subject, mz("lowerBound"), decimal(quantity.lower))
    if quantity.upper is not None:
        out.add(subject, mz("upperBound"), decimal(quantity.upper))
    out.add(subject, mz("approximate"), boolean(quantity.approximate))
    comparator = NamedNode(out.iris.concept("comparator", quantity.comparator.value))
    out.add(subject, mz("comparator"), comparator)
    out.text(subject, mz("unit"), quantity.unit)
    out.text(subject, mz("counted"), quantity.noun)
    out.text(subject, mz("writtenAs"), quantity.text)
    if figure.population is not None:
        out.add(subject, mz("population"), out.entity(figure.population))
    out.text(subject, mz("populationText"), figure.population_text)
    for place in figure.territory:
        out.add(subject, mz("territory"), out.entity(place))
    out.period(subject, mz("period"), figure.period)
    out.text(subject, mz("method"), figure.method)
    out.text(subject, mz("note"), figure.note)
    out.add(subject, mz("valuePassage"), out.passage(quantity.start, quantity.end))
    _voice(out, subject, figure, references)


def describe_statements(out: GraphWriter, references: list[NamedNode]) -> None:
    """Write the statements; the direct triple stands only where the text asserts it."""
    written: set[NamedNode] = set()
    for statement in out.extraction.statements:
        subject, target = out.entity(statement.subject), out.term(statement.object)
        claim = _statement_node(out, statement, subject, target)
        if claim in written:
            continue
        written.add(claim)
        predicate = mz(statement.predicate)
        out.typed(claim, mz("Statement"))
        out.add(claim, node("rdf:subject"), subject)
        out.add(claim, node("rdf:predicate"), predicate)
        out.add(claim, node("rdf:object"), target)
        for name, value in statement.qualifiers:
            out.add(claim, mz(name), out.term(value))
        _dated(out, claim, statement)
        _voice(out, claim, statement, references)
        if statement.stance is Stance.ASSERTED and statement.authority is None:
            out.add(subject, predicate, target)


def _dated(out: GraphWriter, claim: NamedNode, statement: Statement) -> None:
    """Write the day bounds of the date a statement gives, or else of the date it holds at."""
    values = [statement.object, *(value for name, value in statement.qualifiers if name == "date")]
    dates = [v.text for v in values if isinstance(v, Value) and v.datatype == "edtf"]
    if dates:
        out.bounds(claim, *bounds(dates[0]))


def _statement_node(
    out: GraphWriter, statement: Statement, subject: NamedNode, target: NamedNode | Literal
) -> NamedNode:
    """Mint an IRI that stays the same as long as the text says the same thing there."""
    said = f"{subject} {statement.predicate} {target} {statement.stance}"
    digest = sha256(said.encode()).hexdigest()[:8]
    return out.local("statement", f"{statement.start}-{statement.end}-{digest}")


def _voice(
    out: GraphWriter,
    subject: NamedNode,
    claim: Figure | Statement,
    references: list[NamedNode],
) -> None:
    """Write where it is said, by whom, how firmly, on which references, and who extracted it."""
    out.add(subject, mz("statedIn"), out.passage(claim.start, claim.end))
    out.add(subject, mz("stance"), NamedNode(MZ + claim.stance.value))
    if claim.authority is not None:
        out.add(subject, mz("authority"), out.entity(claim.authority))
    for index in claim.references:
        out.add(subject, mz("citesReference"), references[index])
    out.text(subject, mz("extractedBy"), claim.rule)
    out.add(subject, mz("confidence"), decimal(round(claim.confidence, 3)))
