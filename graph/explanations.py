"""An explanation as text for readers, and as RDF in the terms of PROV."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from hashlib import sha256

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from .explain import Explanation, Source
from .namespaces import PREFIXES, Iris, expand
from .reason.records import is_anonymous
from .reason.terms import Term
from .resources import query_text, rules

About = Callable[[Term], list[Triple]]
"""Returns the axioms and list cells that describe a class expression or a list."""

_SPECIFICATION = rules("reasoning")["specification"]
_RULES = {entry["name"]: entry for entry in rules("reasoning")["rule"]}
_EXPRESSION = (
    "owl:onProperty",
    "owl:someValuesFrom",
    "owl:allValuesFrom",
    "owl:hasValue",
    "owl:maxCardinality",
    "owl:intersectionOf",
    "owl:unionOf",
    "owl:complementOf",
    "owl:members",
)


class Reader:
    """Writes terms as people read them: prefixed names, and expressions spelled out."""

    def __init__(self, iris: Iris, about: About) -> None:
        """Shorten IRIs of *iris*; *about* describes class expressions."""
        self._base = iris.base
        self._entities = iris.entity("")
        self._about = about
        self._prefixes = sorted(PREFIXES.items(), key=lambda item: -len(item[1]))

    def term(self, term: Term) -> str:
        """Return a term as a prefixed name, an entity key, a literal or an expression."""
        if isinstance(term, Literal):
            return str(term).replace(f"^^<{expand('xsd:string')}>", "")
        if isinstance(term, Triple):
            return f"<<{self.triple(term)}>>"
        described = {t.predicate.value: t.object for t in self._about(term)}
        if expand("rdf:first") in described:
            return f"({' '.join(self._members(term))})"
        parts = [curie for curie in _EXPRESSION if expand(curie) in described]
        if is_anonymous(term) and parts:
            said = (f"{curie} {self.term(described[expand(curie)])}" for curie in parts)
            return f"[{' ; '.join(said)}]"
        return self._name(term.value)

    def triple(self, triple: Triple) -> str:
        """Return a triple in one line."""
        return " ".join(self.term(part) for part in triple)

    def _name(self, iri: str) -> str:
        for prefix, namespace in self._prefixes:
            if iri.startswith(namespace):
                return f"{prefix}:{iri.removeprefix(namespace)}"
        for start in (self._entities, self._base):
            if iri.startswith(start):
                return iri.removeprefix(start)
        return f"<{iri}>"

    def _members(self, cell: Term) -> Iterator[str]:
        parts = {t.predicate.value: t.object for t in self._about(cell)}
        if expand("rdf:first") in parts:
            yield self.term(parts[expand("rdf:first")])
            yield from self._members(parts[expand("rdf:rest")])


def as_text(explanation: Explanation, reader: Reader) -> str:
    """Return the proof tree, one fact a line, each passage with its words below its fact."""
    return "\n".join(_lines(explanation, reader)) + "\n"


def _lines(explanation: Explanation, reader: Reader, *, is_axiom: bool = False) -> Iterator[str]:
    yield reader.triple(explanation.triple)
    if not explanation.holds:
        yield "  is not held as a fact; it is reported:"
    below: list[list[str]] = [_source_lines(source) for source in explanation.sources]
    if explanation.rule:
        yield f"  by {explanation.rule}{_gloss(explanation.rule)}"
    elif not below and not is_axiom:
        yield f"  given in {', '.join(reader.term(NamedNode(g)) for g in explanation.graphs)}"
    below += [list(_lines(premise, reader, is_axiom=is_axiom)) for premise in explanation.premises]
    below += [
        [f"axiom: {first}", *more]
        for first, *more in (
            list(_lines(axiom, reader, is_axiom=True)) for axiom in explanation.axioms
        )
    ]
    for number, branch in enumerate(below):
        last = number == len(below) - 1
        for row, line in enumerate(branch):
            lead = ("└ " if last else "├ ") if row == 0 else ("  " if last else "│ ")
            yield f"  {lead}{line}"


def _source_lines(source: Source) -> list[str]:
    quote = " ".join(source.quote.split())
    voice = f", according to {source.authority}" if source.authority else ""
    stance = f" ({source.stance}{voice})" if source.stance else ""
    title = source.title or source.document
    return [f"“{quote}”", f"  {title}, characters {source.start}–{source.end}{stance}"]


def _gloss(rule: str) -> str:
    """Return what a rule says: its patterns, or what the header of its query tells."""
    if rule.startswith("compare/"):
        header = query_text(rule).split("\n\n")[0].splitlines()
        told = (line.removeprefix("# description: ") for line in header)
        return next((f": {line}" for line in told if not line.startswith("#")), "")
    entry = _RULES.get(rule)
    if entry is None:
        return ""
    body = ", ".join([*entry["premises"], *entry.get("each", ())])
    return f": {body} → {', '.join(entry['conclusions'])}"


def as_turtle(explanation: Explanation, iris: Iris) -> str:
    """Return the explanation as RDF: derivations, their rules as plans, and the passages."""
    writer = _ProvWriter(iris)
    writer.describe(explanation)
    writer.out.sort(key=lambda triple: str(triple.subject))
    shown = {name: iri for name, iri in PREFIXES.items() if any(iri in str(t) for t in writer.out)}
    text = serialize(writer.out, format=RdfFormat.TURTLE, prefixes=shown)
    assert text is not None
    return text.decode()


class _ProvWriter:
    """Collects the triples of an explanation."""

    def __init__(self, iris: Iris) -> None:
        self.out: list[Triple] = []
        self._iris = iris
        self._seen: set[NamedNode] = set()

    def _add(self, subject: NamedNode, curie: str, value: Term) -> None:
        triple = Triple(subject, NamedNode(expand(curie)), value)
        if triple not in self.out:
            self.out.append(triple)

    def describe(self, explanation: Explanation) -> NamedNode:
        """Describe the statement explained, and all it rests on; return its node."""
        node = self._node(explanation)
        if node in self._seen:
            return node
        self._seen.add(node)
        inferred = bool(explanation.rule)
        self._add(node, "rdf:type", NamedNode(expand("prov:Entity")))
        kind = expand("mz:InferredStatement" if inferred else "rdf:Statement")
        self._add(node, "rdf:type", NamedNode(kind))
        for curie, term in zip(
            ("rdf:subject", "rdf:predicate", "rdf:object"), explanation.triple, strict=True
        ):
            self._add(node, curie, term)
        for graph in explanation.graphs:
            self._add(node, "dcterms:isPartOf", NamedNode(graph))
        for below in (*explanation.premises, *explanation.axioms):
            self._add(node, "prov:wasDerivedFrom", self.describe(below))
        for source in explanation.sources:
            self._source(node, source)
        if inferred:
            self._activity(node, explanation.rule)
        return node

    def _node(self, explanation: Explanation) -> NamedNode:
        if explanation.record:
            return NamedNode(explanation.record)
        digest = sha256(str(explanation.triple).encode()).hexdigest()[:16]
        return NamedNode(self._iris.entity(f"explained/{digest}"))

    def _activity(self, node: NamedNode, rule: str) -> None:
        activity, role = NamedNode(f"{node.value}/inference"), NamedNode(f"{node.value}/rule-use")
        plan = NamedNode(self._iris.concept("rule", rule))
        agent = NamedNode(self._iris.entity("software/maizuru"))
        self._add(node, "prov:wasGeneratedBy", activity)
        self._add(activity, "rdf:type", NamedNode(expand("prov:Activity")))
        self._add(activity, "prov:qualifiedAssociation", role)
        self._add(role, "rdf:type", NamedNode(expand("prov:Association")))
        self._add(role, "prov:agent", agent)
        self._add(role, "prov:hadPlan", plan)
        self._add(agent, "rdf:type", NamedNode(expand("prov:SoftwareAgent")))
        self._add(plan, "rdf:type", NamedNode(expand("prov:Plan")))
        self._add(plan, "rdfs:label", Literal(rule))
        if rule in _RULES:
            self._add(plan, "rdfs:comment", Literal(_gloss(rule).removeprefix(": ")))
            self._add(plan, "dcterms:source", NamedNode(_SPECIFICATION))

    def _source(self, node: NamedNode, source: Source) -> None:
        passage, document = NamedNode(source.passage), NamedNode(source.document)
        if source.claim:
            claim = NamedNode(source.claim)
            self._add(node, "prov:wasDerivedFrom", claim)
            self._add(claim, "prov:wasDerivedFrom", passage)
            self._add(claim, "mz:statedIn", passage)
            if source.stance:
                self._add(claim, "mz:stance", NamedNode(expand(f"mz:{source.stance}")))
            if source.voice:
                self._add(claim, "mz:authority", NamedNode(source.voice))
                self._add(NamedNode(source.voice), "rdfs:label", Literal(source.authority))
        else:
            self._add(node, "prov:wasDerivedFrom", passage)
        digest = sha256(source.passage.encode()).hexdigest()[:16]
        quote = NamedNode(self._iris.entity(f"explained/{digest}"))
        self._add(passage, "oa:hasSource", document)
        self._add(passage, "oa:hasSelector", quote)
        self._add(quote, "rdf:type", NamedNode(expand("oa:TextQuoteSelector")))
        self._add(quote, "oa:exact", Literal(source.quote))
        if source.title:
            self._add(document, "dcterms:title", Literal(source.title))
