"""Why a triple holds: the proof tree, from an inferred triple down to passages and their words.

A given triple is explained by the claims that state it, with passage, quotation and voice. An
inferred one has a record in the graph ``inferred`` that names its rule and links the premises that
are statements. The rest of the step, axioms and plain given triples, is found again from the rule
table and checked against the store: an explanation is verified while it is made. Only a triple
without a record can be a premise that is not linked, so no explanation runs in circles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, QuerySolutions, Triple

from .errors import NotFound
from .namespaces import Iris, expand
from .reason.proofs import Proof
from .reason.records import is_anonymous
from .reason.steps import Atom, Schema, Step, bind, match
from .reason.terms import Term
from .resources import query_text
from .store import Store

TYPE = NamedNode(expand("rdf:type"))
SAME_AS = NamedNode(expand("owl:sameAs"))

Row = dict[str, Term]


@dataclass(frozen=True, slots=True)
class Source:
    """A passage, its words, and how and by whom they are put forward."""

    passage: str
    document: str
    title: str
    start: int
    end: int
    quote: str
    claim: str = ""
    """The IRI of the statement or figure; empty where the passage only names the thing."""
    stance: str = ""
    voice: str = ""
    """The IRI of the authority the text names for it, if any."""
    authority: str = ""
    """The name of that authority."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """A triple and why it holds."""

    triple: Triple
    rule: str = ""
    """The rule that concluded it; empty for a given triple."""
    premises: tuple[Explanation, ...] = ()
    axioms: tuple[Explanation, ...] = ()
    sources: tuple[Source, ...] = ()
    graphs: tuple[str, ...] = ()
    """The named graphs in which it was given."""
    record: str = ""
    """The IRI of its record, if it was inferred."""

    @property
    def holds(self) -> bool:
        """Return whether it stands in the graph; if not, some text only reports or denies it."""
        return bool(self.rule or self.graphs)


def explain(store: Store, subject: Term, predicate: Term, object_: Term) -> Explanation:
    """Explain one triple of *store*.

    A triple that no graph holds but that some text reports, doubts or denies is explained too:
    `Explanation.holds` is then false, and the sources tell its stance.

    Raises:
        NotFound: no graph holds it and no text states it.
    """
    return Explainer(store).explain_terms(subject, predicate, object_)


def _resource(term: Term) -> NamedNode:
    if isinstance(term, NamedNode):
        return term
    raise NotFound(f"Not the subject of any triple: {term}")


def _link(term: Term) -> NamedNode:
    if isinstance(term, NamedNode):
        return term
    raise NotFound(f"Not a predicate: {term}")


class Explainer:
    """Explains triples of one store; the ontology is read once, when it is first needed."""

    def __init__(self, store: Store, iris: Iris | None = None) -> None:
        """Explain triples of *store*; without *iris*, its base is told by its graphs."""
        self._store = store
        self.iris = iris or _iris_of(store)
        self._inferred = NamedNode(self.iris.graph("inferred"))
        self._schema: Schema | None = None
        self._done: dict[Triple, Explanation] = {}

    @property
    def schema(self) -> Schema:
        """Return the axioms of the store's ontology, closed and compiled, if it has one."""
        if self._schema is None:
            try:
                self._schema = Schema(self._store.quads(self.iris.graph("ontology")))
            except NotFound:
                self._schema = Schema(())
        return self._schema

    def explain_terms(self, subject: Term, predicate: Term, object_: Term) -> Explanation:
        """Explain the triple of three terms; see `explain`."""
        return self.explain(Triple(_resource(subject), _link(predicate), object_))

    def explain(self, triple: Triple) -> Explanation:
        """Explain one triple; see `explain`."""
        found = self._done.get(triple)
        if found is None:
            found = self._done[triple] = self._explain(triple)
        return found

    def _explain(self, triple: Triple) -> Explanation:
        graphs = tuple(str(row["graph"]).strip("<>") for row in self._given(triple))
        if graphs:
            return Explanation(triple, graphs=graphs, sources=self._sources(triple))
        rows = list(self._ask("record", *_terms(triple)))
        if rows:
            return self._concluded(triple, rows)
        proof = self.schema.proof(triple)
        if proof is not None:
            return _of_schema(proof, self.iris)
        sources = tuple(self._claimed(triple))
        if not sources:
            raise NotFound(f"Neither stated nor inferred: {triple}")
        return Explanation(triple, sources=sources)

    def _concluded(self, triple: Triple, rows: list[Row]) -> Explanation:
        rule = rows[0]["rule"]
        assert isinstance(rule, Literal)
        records = " ".join(dict.fromkeys(str(row["record"]) for row in rows))
        known = list(dict.fromkeys(map(_premise, self._ask("premises", ("records", records)))))
        premises, axioms = self._step(triple, rule.value, known)
        record = str(rows[0]["record"]).strip("<>")
        return Explanation(triple, rule.value, premises, axioms, record=record)

    def _step(
        self, triple: Triple, rule: str, known: list[Triple]
    ) -> tuple[tuple[Explanation, ...], tuple[Explanation, ...]]:
        if rule == "eq-rep":
            return self._replaced(triple, known), ()
        for step in self.schema.steps(triple, rule):
            premises = self._premises(step, known)
            if premises is not None:
                return premises, self._axioms(step)
        ends = (triple.subject, triple.object)
        rest = () if known else tuple(self._claim(term) for term in ends if self._is_claim(term))
        return (*(self.explain(premise) for premise in known), *rest), ()

    def _premises(self, step: Step, known: list[Triple]) -> tuple[Explanation, ...] | None:
        """Return the explained premises of a step, or None if it does not hold here."""
        return next(self._satisfy(list(step.atoms), {}, known), None)

    def _satisfy(
        self, atoms: list[Atom], values: Mapping[str, Term], known: list[Triple]
    ) -> Iterator[tuple[Explanation, ...]]:
        if not atoms:
            yield ()
            return
        bound = [bind(atom, values) for atom in atoms]
        place = min(range(len(bound)), key=lambda number: _open(bound[number]))
        rest = atoms[:place] + atoms[place + 1 :]
        for premise in self._candidates(bound[place], known):
            extended = match(bound[place], premise.triple, values)
            for others in self._satisfy(rest, extended, known) if extended is not None else ():
                yield (*others[:place], premise, *others[place:])

    def _candidates(self, atom: Atom, known: list[Triple]) -> Iterator[Explanation]:
        for triple in known:
            if match(atom, triple, {}) is not None:
                yield self.explain(triple)
        subject, predicate, object_ = atom
        for row in self._given_like(atom):
            one = row.get("s", subject)
            two = row.get("o", object_)
            if (
                isinstance(one, NamedNode)
                and isinstance(predicate, NamedNode)
                and not isinstance(two, str)
            ):
                yield self.explain(Triple(one, predicate, two))
        if predicate != TYPE or not isinstance(subject, NamedNode) or isinstance(object_, str):
            return
        if is_anonymous(object_):
            yield from self._hidden(Triple(subject, TYPE, object_), known)

    def _hidden(self, triple: Triple, known: list[Triple]) -> Iterator[Explanation]:
        """Explain membership in a class expression, which is never written to a graph."""
        for step in self.schema.steps(triple):
            premises = self._premises(step, known)
            if premises is not None:
                yield Explanation(triple, step.rule, premises, self._axioms(step))

    def _axioms(self, step: Step) -> tuple[Explanation, ...]:
        return tuple(_of_schema(proof, self.iris) for proof in step.axioms)

    def _replaced(self, triple: Triple, known: list[Triple]) -> tuple[Explanation, ...]:
        """Return what was said of another name of the same things, and their identity."""
        same = [premise for premise in known if premise.predicate == SAME_AS]
        said = [premise for premise in known if premise.predicate != SAME_AS]
        for term in (triple.subject, triple.object):
            same += [each.triple for each in self._candidates((term, SAME_AS, "?o"), [])]
            same += [each.triple for each in self._candidates(("?s", SAME_AS, term), [])]
        names = {term for link in same for term in (link.subject, link.object)}
        if not said:
            for one in {triple.subject, *names}:
                for each in self._candidates((one, triple.predicate, "?o"), []):
                    if each.triple.object in {triple.object, *names}:
                        said.append(each.triple)
        return tuple(self.explain(premise) for premise in (*said[:1], *dict.fromkeys(same)))

    def _is_claim(self, term: Term) -> bool:
        return isinstance(term, NamedNode) and bool(self._passages(term))

    def _claim(self, term: Term) -> Explanation:
        """Explain a figure that a rule of comparison speaks of: where it is stated."""
        (row, *_) = self._given_like((term, TYPE, "?o"))
        return self.explain(Triple(_resource(term), TYPE, row["o"]))

    def _sources(self, triple: Triple) -> tuple[Source, ...]:
        """Return the passages behind a given triple.

        Those of the statements that say it, or else of the claim it describes, or else, for the
        class of a thing, where the thing is first named.
        """
        found = self._claimed(triple) or self._passages(triple.subject)
        if not found and triple.predicate == TYPE:
            found = [_source(row) for row in self._ask("mentions", ("node", triple.subject))]
        return tuple(found)

    def _claimed(self, triple: Triple) -> list[Source]:
        claims = (row["claim"] for row in self._ask("claims", *_terms(triple)))
        return [source for claim in claims for source in self._passages(claim)]

    def _passages(self, claim: Term) -> list[Source]:
        rows = self._ask("passages", ("node", claim))
        return [_source(row, str(claim).strip("<>")) for row in rows]

    def _given(self, triple: Triple) -> Iterator[Row]:
        return self._ask("asserted", *_terms(triple))

    def _given_like(self, atom: Atom) -> Iterator[Row]:
        """Yield given triples; a pattern with an end open is asked for by the other."""
        names = ("s", "p", "o")
        if isinstance(atom[1], str) or (isinstance(atom[0], str) and isinstance(atom[2], str)):
            return iter(())
        slots = (
            (name, f"?{name}" if isinstance(slot, str) else slot)
            for name, slot in zip(names, atom, strict=True)
        )
        return self._ask("asserted", *slots)

    def _ask(self, name: str, *values: tuple[str, Term | str]) -> Iterator[Row]:
        terms = {"inferred": str(self._inferred), **{key: str(value) for key, value in values}}
        text = re.sub(r"\$(\w+)", lambda place: terms[place[1]], query_text(f"explain/{name}"))
        answer = self._store.query(text)
        assert isinstance(answer, QuerySolutions)
        names = [variable.value for variable in answer.variables]
        for solution in answer:
            values_here = ((name, solution[name]) for name in names)
            yield {name: value for name, value in values_here if value is not None}


def _terms(triple: Triple) -> tuple[tuple[str, Term], ...]:
    return ("s", triple.subject), ("p", triple.predicate), ("o", triple.object)


def _open(atom: Atom) -> int:
    return sum(isinstance(slot, str) for slot in atom)


def _premise(row: Row) -> Triple:
    return Triple(_resource(row["subject"]), _link(row["predicate"]), row["object"])


def _source(row: Row, claim: str = "") -> Source:
    def text(name: str) -> str:
        term = row.get(name)
        return getattr(term, "value", "") if term is not None else ""

    return Source(
        text("passage"),
        text("document"),
        text("title"),
        int(text("start")),
        int(text("end")),
        text("quote"),
        claim,
        text("stance").rpartition("#")[2],
        text("voice"),
        text("authority") or text("voice"),
    )


def _of_schema(proof: Proof, iris: Iris) -> Explanation:
    return Explanation(
        proof.triple,
        proof.rule,
        tuple(_of_schema(premise, iris) for premise in proof.premises),
        graphs=(iris.graph("ontology"),) if proof.asserted else (),
    )


def _iris_of(store: Store) -> Iris:
    """Return the names of a dataset by its own graphs, or the default ones."""
    for graph in store.graphs():
        base, found, rest = graph.partition("graph/ontology")
        if found and not rest:
            return Iris(base)
    return Iris()
