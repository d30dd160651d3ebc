"""Statements and figures as rows for the pages.

What claims say is asked for value by value, in one short query, and put together here; so are the
words of their passages and the names of what they speak of.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal

import pyoxigraph as ox

from maizuru.graph.namespaces import MZ, PREFIXES

from .ask import Row, Term, kept_rows, rows_of_many, text, text_of
from .names import names_of

Values = dict[str, list[Term]]
"""What one claim says, by the local name of the property."""

_STATEMENT = {
    "subject": "subject",
    "predicate": "predicate",
    "object": "object",
    "stance": "stance",
    "date": "date",
    "role": "role",
    "authority": "authority",
}
_FIGURE = {
    "measure": "measure",
    "lowerBound": "lower",
    "upperBound": "upper",
    "comparator": "comparator",
    "writtenAs": "written",
    "stance": "stance",
    "populationText": "population",
    "population": "population_entity",
    "period": "period",
    "earliest": "earliest",
    "latest": "latest",
    "unit": "unit",
    "authority": "authority",
    "method": "method",
    "partOf": "sum",
    "independentRoots": "roots",
}
_RDF = PREFIXES["rdf"]
_NAMED = ("subject", "object", "authority", "population", "territory", "citesReference")


def statement_rows(statements: Iterable[str], language: str, *, quotes: bool = True) -> list[Row]:
    """Return statements, one row for each passage, in the order of the documents.

    Columns: ``statement``, those of its triple, ``stance``, ``date``, ``role``, ``authority``,
    ``passage``, ``document``, with *quotes* ``quote``; names in ``…_label``.
    """
    wanted = sorted(set(statements))
    key = f"statement_rows {language} {quotes} {' '.join(wanted)}"
    return kept_rows(key, lambda: _statement_rows(wanted, language, quotes=quotes))


def _statement_rows(statements: list[str], language: str, *, quotes: bool) -> list[Row]:
    found = _values(statements)
    names = _names(found, language)
    made = []
    for iri, values in found.items():
        row: Row = {"statement": ox.NamedNode(iri), **_single(values, _STATEMENT)}
        for column in ("subject", "object", "authority"):
            _name(row, column, names)
        made += _with_passages(row, values)
    return sorted(quoted_rows(made) if quotes else made, key=_in_text)


def figure_rows(figures: Iterable[str], language: str, *, quotes: bool = True) -> list[Row]:
    """Return figures, one row for each passage, by measure and document.

    Columns: ``figure``, ``measure``, ``lower``, ``upper``, ``comparator``, ``written``, ``stance``,
    ``population`` (words), ``population_entity``, ``population_label``, ``territories`` (IRIs),
    ``territory`` (names), ``period``, ``earliest``, ``latest``, ``unit``, ``authority``,
    ``authority_label``, ``method``, ``sum``, ``roots``, ``references``, ``passage``, ``document``,
    with *quotes* ``quote``.
    """
    wanted = sorted(set(figures))
    key = f"figure_rows {language} {quotes} {' '.join(wanted)}"
    return kept_rows(key, lambda: _figure_rows(wanted, language, quotes=quotes))


def _figure_rows(figures: list[str], language: str, *, quotes: bool) -> list[Row]:
    found = _values(figures)
    names = _names(found, language)
    made = []
    for iri, values in found.items():
        row: Row = {"figure": ox.NamedNode(iri), **_single(values, _FIGURE)}
        _name(row, "population_entity", names, "population_label")
        _name(row, "authority", names)
        places = sorted(text_of(term) for term in values.get("territory", ()))
        cited = (_named(term, names) for term in values.get("citesReference", ()))
        for column, told in (
            ("territories", " ".join(places)),
            (
                "territory",
                ", ".join(sorted({_named(p, names) for p in values.get("territory", ())})),
            ),
            ("references", " | ".join(sorted(set(cited)))),
        ):
            if told:
                row[column] = ox.Literal(told)
        made += _with_passages(row, values)
    return sorted(
        quoted_rows(made) if quotes else made,
        key=lambda row: (text(row, "measure"), *_in_text(row)),
    )


def by_bounds(row: Row) -> tuple[Decimal, Decimal, str]:
    """Order figures by their bounds, those with an open end first."""
    lower, upper = text(row, "lower", "-1"), text(row, "upper", "-1")
    return Decimal(lower), Decimal(upper), text(row, "figure")


def passage_place(passage: str) -> tuple[str, int]:
    """Order passages by document and by where they begin."""
    document, _, place = passage.partition("#char=")
    start = place.partition(",")[0]
    return document, int(start) if start.isdigit() else 0


def _values(claims: Iterable[str]) -> dict[str, Values]:
    found: dict[str, Values] = {}
    for row in rows_of_many("claim-values", "claims", claims, keep=False):
        claim, said = row["claim"], row["property"]
        assert isinstance(claim, ox.NamedNode)
        assert isinstance(said, ox.NamedNode)
        name = said.value.removeprefix(MZ).removeprefix(_RDF)
        found.setdefault(claim.value, {}).setdefault(name, []).append(row["value"])
    for values in found.values():
        for terms in values.values():
            if len(terms) > 1:
                terms.sort(key=text_of)
    return found


def _names(found: dict[str, Values], language: str) -> dict[str, ox.Literal]:
    spoken_of = (values.get(name, ()) for values in found.values() for name in _NAMED)
    return names_of((text_of(term) for terms in spoken_of for term in terms), language)


def _single(values: Values, columns: dict[str, str]) -> Row:
    return {column: values[said][0] for said, column in columns.items() if said in values}


def _name(row: Row, column: str, names: dict[str, ox.Literal], label: str = "") -> None:
    name = names.get(text(row, column))
    if name is not None:
        row[label or f"{column}_label"] = name


def _named(term: Term, names: dict[str, ox.Literal]) -> str:
    iri = text_of(term)
    return names[iri].value if iri in names else iri.rpartition("/")[2]


def _with_passages(row: Row, values: Values) -> list[Row]:
    """Return the row once for each passage, with the document that holds it."""
    return [
        {**row, "passage": passage, "document": ox.NamedNode(text_of(passage).partition("#")[0])}
        for passage in values.get("statedIn", ())
    ]


def quoted_rows(made: Sequence[Row]) -> list[Row]:
    """Return rows with the words of their passages."""
    asked = (text(row, "passage") for row in made)
    told = rows_of_many("passages", "passages", asked, keep=False)
    words: defaultdict[str, list[Term]] = defaultdict(list)
    for row in told:
        words[text(row, "passage")].append(row["quote"])
    return [{**row, "quote": quote} for row in made for quote in words[text(row, "passage")][:1]]


def _in_text(row: Row) -> tuple[str, int, str]:
    return *passage_place(text(row, "passage")), text(row, "statement") or text(row, "figure")
