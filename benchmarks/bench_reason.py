"""How fast the reasoner is, and how much faster than owlrl, in one run.

    python benchmarks/bench_reason.py                 ours at 10 thousand and 100 thousand triples
    python benchmarks/bench_reason.py --owlrl 2000    with owlrl at 2 thousand, and the same answers
    python benchmarks/bench_reason.py --sizes 10000 100000 1000000 --owlrl 1000 2000 10000
    python benchmarks/bench_reason.py --sizes --release kg        a built release with both

The data are made up here, from a fixed seed: a population of prisoners, camps, places and transfers
under an ontology with every kind of axiom the rule table knows. Each measurement runs in a process
of its own, so that memory is its own too. On a shared machine only the ratios mean anything; those
to owlrl are of processor seconds.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from maizuru.graph.namespaces import PREFIXES, expand
from maizuru.graph.reason import Reasoner, owlrl_oracle
from maizuru.graph.reason.rules import load
from maizuru.graph.reason.schema import SchemaLine
from maizuru.graph.reason.terms import Terms
from maizuru.graph.store import open_release

BASE = "http://example.org/"

ONTOLOGY = """
ex:Soldier rdfs:subClassOf ex:Person . ex:Officer rdfs:subClassOf ex:Soldier .
ex:General rdfs:subClassOf ex:Officer . ex:Civilian rdfs:subClassOf ex:Person .
ex:Person rdfs:subClassOf ex:Agent . ex:Camp rdfs:subClassOf ex:Place .
ex:SubCamp rdfs:subClassOf ex:Camp . ex:Hospital rdfs:subClassOf ex:Camp .
ex:Combatant owl:equivalentClass ex:Soldier .
ex:Internee owl:equivalentClass [ owl:intersectionOf ( ex:Civilian ex:Captive ) ] .
ex:Captive owl:equivalentClass [ owl:onProperty ex:heldIn ; owl:someValuesFrom ex:Camp ] .
ex:SovietCamp owl:equivalentClass [ owl:onProperty ex:runBy ; owl:hasValue ex:gupvi ] .
ex:Returnee owl:unionOf ( ex:ReturnedSoldier ex:ReturnedCivilian ) .
ex:CampOnlyWorker rdfs:subClassOf [ owl:onProperty ex:workedAt ; owl:allValuesFrom ex:Site ] .
ex:Person owl:disjointWith ex:Place .
[] a owl:AllDisjointClasses ; owl:members ( ex:Person ex:Camp ex:Transport ) .
ex:heldIn rdfs:subPropertyOf ex:wasIn ; rdfs:domain ex:Person ; rdfs:range ex:Camp ;
    owl:inverseOf ex:held .
ex:diedIn rdfs:subPropertyOf ex:wasIn . ex:wasIn rdfs:range ex:Place .
ex:locatedIn a owl:TransitiveProperty ; rdfs:domain ex:Place .
ex:heldInPlace owl:propertyChainAxiom ( ex:heldIn ex:locatedIn ) .
ex:campOfUnit owl:propertyChainAxiom ( ex:hasMember ex:heldIn ) .
ex:memberOf owl:inverseOf ex:hasMember .
ex:travelledWith a owl:SymmetricProperty , owl:IrreflexiveProperty .
ex:cardNumber a owl:InverseFunctionalProperty . ex:birthDate a owl:FunctionalProperty .
"""


def ontology() -> list[Triple]:
    """Return the axioms."""
    prefixes = "".join(f"@prefix {name}: <{iri}> . " for name, iri in PREFIXES.items())
    text = f"{prefixes} @prefix ex: <{BASE}> . {ONTOLOGY}"
    return [quad.triple for quad in parse(text, format=RdfFormat.TURTLE)]


def ex(name: str) -> NamedNode:
    """Return a term of the made-up data."""
    return NamedNode(BASE + name)


def population(size: int, seed: int = 7, prefix: str = "") -> Iterator[Triple]:
    """Yield about *size* triples about persons whose names begin with *prefix*."""
    random = Random(seed)
    is_type, same_as = NamedNode(expand("rdf:type")), NamedNode(expand("owl:sameAs"))
    made = 0
    camps = max(3, size // 400)
    for number in range(camps):
        camp = ex(f"camp{number}")
        yield Triple(camp, is_type, ex(random.choice(["Camp", "SubCamp", "Hospital"])))
        yield Triple(camp, ex("locatedIn"), ex(f"district{number // 3}"))
        yield Triple(camp, ex("runBy"), ex(random.choice(["gupvi", "army"])))
        made += 3
    for number in range(camps // 3 + 1):
        yield Triple(ex(f"district{number}"), ex("locatedIn"), ex(f"region{number // 9}"))
        yield Triple(ex(f"region{number // 9}"), ex("locatedIn"), ex("ussr"))
        made += 2
    person = 0
    while made < size:
        someone = ex(f"{prefix}person{person}")
        facts: list[tuple[NamedNode, NamedNode | Literal]] = [
            (is_type, ex(random.choice(["Soldier", "Officer", "General", "Civilian"]))),
            (ex("heldIn"), ex(f"camp{random.randrange(camps)}")),
            (ex("memberOf"), ex(f"unit{person // 12}")),
            (ex("name"), Literal(f"Name {person}")),
            (ex("cardNumber"), Literal(f"{prefix}N{person}")),
            (ex("travelledWith"), ex(f"{prefix}person{max(0, person - random.randint(1, 5))}")),
            (ex("workedAt"), ex(f"site{random.randrange(camps * 2)}")),
        ]
        if person % 20 == 0:
            facts.append((same_as, ex(f"{prefix}patient{person}")))
            yield Triple(
                ex(f"{prefix}patient{person}"), ex("diedIn"), ex(f"camp{random.randrange(camps)}")
            )
        if person % 50 == 0:
            facts.append((is_type, ex("CampOnlyWorker")))
        for predicate, value in facts:
            if value != someone:
                yield Triple(someone, predicate, value)
        made += len(facts)
        person += 1


def measure_ours(size: int) -> dict[str, float]:
    """Read and close *size* triples, add one percent more, and read proofs of conclusions."""
    with tempfile.TemporaryDirectory() as folder:
        data, more = Path(folder) / "data.nt", Path(folder) / "more.nt"
        given = write(data, population(size))
        write(more, population(size // 100, seed=8, prefix="late-"))
        return _measure_files(given, data, more)


def write(path: Path, triples: Iterator[Triple]) -> int:
    """Write triples to a file, so that their source takes no memory; return how many."""
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for triple in triples:
            file.write(f"{triple} .\n")
            count += 1
    return count


def _measure_files(given: int, data: Path, more: Path) -> dict[str, float]:
    axioms = ontology()
    start, started = time.perf_counter(), time.process_time()
    reasoner = Reasoner(axioms, identity="confirm")
    reasoner.add(parse(path=data))
    reasoner.close()
    closed, busy = time.perf_counter(), time.process_time() - started
    reasoner.add(parse(path=more))
    reasoner.close()
    added = time.perf_counter()
    asked = [triple for _, (triple, _) in zip(range(1000), reasoner.inferred(), strict=False)]
    before_proofs = time.perf_counter()
    for triple in asked:
        reasoner.proof(*triple)
    proofs = time.perf_counter() - before_proofs
    return {
        "triples": given,
        "known": len(reasoner),
        "seconds": closed - start,
        "of a processor": busy,
        "adding 1 % (s)": added - closed,
        "a proof (µs)": proofs / len(asked) * 1e6,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def measure_owlrl(size: int) -> dict[str, float]:
    """Close *size* triples with both."""
    return compared(ontology(), list(population(size)))


def compared(axioms: list[Triple], data: list[Triple]) -> dict[str, float]:
    """Close the same triples with both, and count the conclusions that differ.

    Reading ours out as triples, every name of a thing included, is timed apart.
    """
    start = time.process_time()
    reasoner = Reasoner(axioms, identity="confirm")
    reasoner.add(data)
    reasoner.close()
    ours_took = time.process_time() - start
    ours = {triple for triple, _ in reasoner.inferred(expand=True)}
    read_out = time.process_time() - start - ours_took
    start = time.process_time()
    closure = owlrl_oracle.close([*axioms, *data])
    theirs_took = time.process_time() - start
    given = {*axioms, *data}
    theirs = {t for t in closure.inferred - given if not owlrl_oracle.is_noise(t)}
    ours = {t for t in ours - given if not owlrl_oracle.is_noise(t)}
    return {
        "triples": len(data),
        "inferred": len(ours),
        "only ours": len(ours - theirs),
        "only owlrl": len(theirs - ours),
        "owlrl (s)": theirs_took,
        "ours (s)": ours_took,
        "reading out (s)": read_out,
        "ratio": theirs_took / ours_took,
        "read out": theirs_took / (ours_took + read_out),
    }


def measure_release(folder: str) -> dict[str, float]:
    """Close the given quads of a release with both, under the axioms of its ontology."""
    quads = list(open_release(Path(folder)).quads())
    named = [(str(quad.graph_name).strip("<>"), quad.triple) for quad in quads]
    ontology_graph = [triple for name, triple in named if name.endswith("graph/ontology")]
    axioms = [*axioms_among(ontology_graph)]
    data = [t for name, t in named if not name.endswith(("graph/ontology", "graph/inferred"))]
    return compared(axioms, data)


def axioms_among(triples: list[Triple]) -> Iterator[Triple]:
    """Yield what the rules read of an ontology: without labels, which only slow owlrl down."""
    terms = Terms()
    line = SchemaLine(terms, load(terms, "full", "confirm"))
    for ids in line.axioms(terms.ids(triples)):
        yield terms.triple(ids)


MEASURES: dict[str, Callable[[str], dict[str, float]]] = {
    "ours": lambda size: measure_ours(int(size)),
    "owlrl": lambda size: measure_owlrl(int(size)),
    "release": measure_release,
}


def apart(name: str, what: str) -> dict[str, float]:
    """Run one measurement in a process of its own."""
    command = [sys.executable, __file__, "--one", name, what]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def show(title: str, figures: dict[str, float]) -> None:
    """Print one line of figures."""
    told = ", ".join(
        f"{name} {value:,.0f}" if value >= 100 or value == int(value) else f"{name} {value:.3g}"
        for name, value in figures.items()
    )
    print(f"{title:8} {told}", flush=True)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="*", default=[10_000, 100_000])
    parser.add_argument("--owlrl", type=int, nargs="*", default=[])
    parser.add_argument("--release", nargs="*", default=[], help="release folders to close")
    parser.add_argument("--one", nargs=2, metavar=("NAME", "SIZE"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        name, what = options.one
        print(json.dumps(MEASURES[name](what)))
        return
    for size in options.sizes:
        show("ours", apart("ours", str(size)))
    for size in options.owlrl:
        show("owlrl", apart("owlrl", str(size)))
    for folder in options.release:
        show("release", apart("release", folder))


if __name__ == "__main__":
    main()
