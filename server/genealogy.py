"""May two figures be compared, and what rests on what: the findings of the graph in words.

The verdicts are the graph's own (``mz:comparableWith``, ``mz:agreesWith``, ``mz:disagreesWith``);
where it derives none, the reason is found in the two scopes, by the terms of the rule
``compare/comparable``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal

from maizuru.graph.namespaces import MZ

from .ask import Row, text


@dataclass(frozen=True, slots=True)
class Scope:
    """A figure with what it counts, where, when and who says so."""

    iri: str
    measure: str
    value: str
    written: str
    stance: str
    document: str
    population: str
    """The IRI of the population, or its words in lower case."""
    population_label: str
    territories: frozenset[str]
    territory: str
    period: str
    earliest: str
    latest: str
    unit: str
    sum: str
    authority: str
    authority_label: str


@dataclass(slots=True)
class Links:
    """What was derived of the figures of one measure, by figure and link."""

    of: dict[str, dict[str, set[str]]] = field(default_factory=dict)

    def others(self, figure: str, link: str) -> set[str]:
        """Return what *figure* is linked to by the property ``mz:<link>``."""
        return self.of.get(figure, {}).get(link, set())

    def value(self, figure: str, link: str) -> str:
        """Return the one value of ``mz:<link>``, or an empty text."""
        return next(iter(self.others(figure, link)), "")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a figure may be compared with another, and why not: keys of messages."""

    other: Scope
    kind: str
    """``agrees``, ``disagrees``, ``comparable``, ``contains``, ``contained``, ``part``, ``not``."""
    reasons: tuple[str, ...] = ()
    one_root: bool = False


def interval(row: Row) -> str:
    """Return a figure's bounds as people write them; an open end is shown as open."""
    lower, upper = (
        f"{Decimal(bound):,f}" if bound else ""
        for bound in (text(row, "lower"), text(row, "upper"))
    )
    if lower == upper:
        return lower
    if not upper:
        return f"≥ {lower}"
    return f"{lower} – {upper}" if lower else f"≤ {upper}"


def scopes_of(found: Iterable[Row]) -> dict[str, Scope]:
    """Return rows of `claim_rows.figure_rows` as scopes, by figure.

    A figure is an addend only of a sum that counts the same.
    """
    scopes: dict[str, Scope] = {}
    for row in found:
        scopes.setdefault(text(row, "figure"), scope_of(row))
    return {
        iri: scope
        if scope.sum in scopes and scopes[scope.sum].measure == scope.measure
        else replace(scope, sum="")
        for iri, scope in scopes.items()
    }


def scope_of(row: Row) -> Scope:
    """Return a row of `claim_rows.figure_rows` as a scope."""
    words = text(row, "population")
    return Scope(
        iri=text(row, "figure"),
        measure=text(row, "measure"),
        value=interval(row),
        written=text(row, "written"),
        stance=text(row, "stance").rpartition("#")[2],
        document=text(row, "document"),
        population=text(row, "population_entity") or words.lower(),
        population_label=text(row, "population_label") or words,
        territories=frozenset(text(row, "territories").split()),
        territory=text(row, "territory"),
        period=text(row, "period"),
        earliest=text(row, "earliest"),
        latest=text(row, "latest"),
        unit=text(row, "unit"),
        sum=text(row, "sum"),
        authority=text(row, "authority"),
        authority_label=text(row, "authority_label"),
    )


def links_of(found: Iterable[Row]) -> Links:
    """Gather the rows of ``pages/figure-links`` and ``pages/figure-sums``."""
    of: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in found:
        of[text(row, "figure")][text(row, "link").removeprefix(MZ)].add(text(row, "other"))
    return Links({figure: dict(linked) for figure, linked in of.items()})


def verdict(one: Scope, other: Scope, links: Links) -> Verdict:
    """Tell whether *one* may be compared with *other*, and if not, why."""
    shared = other.iri in links.others(one.iri, "sharesRootWith")
    for link, kind in (
        ("agreesWith", "agrees"),
        ("disagreesWith", "disagrees"),
        ("comparableWith", "comparable"),
        ("containsFigure", "contains"),
    ):
        if other.iri in links.others(one.iri, link):
            return Verdict(other, kind, one_root=shared)
    if one.iri in links.others(other.iri, "containsFigure"):
        return Verdict(other, "contained")
    return Verdict(other, "not", tuple(_reasons(one, other)))


def _reasons(one: Scope, other: Scope) -> Iterable[str]:
    for name in ("measure", "unit"):
        if getattr(one, name) != getattr(other, name):
            yield f"reason-{name}"
    if one.sum == other.iri or other.sum == one.iri:
        yield "reason-addend"
    elif one.sum or other.sum:
        yield "reason-part"
    if not (one.population and other.population):
        yield "reason-population-unknown"
    elif one.population != other.population:
        yield "reason-population"
    if bool(one.territories) != bool(other.territories):
        yield "reason-territory-unknown"
    elif one.territories != other.territories:
        yield "reason-territory"
    yield from _apart_in_time(one, other)


def _apart_in_time(one: Scope, other: Scope) -> Iterable[str]:
    dated = [bool(scope.earliest or scope.latest) for scope in (one, other)]
    if dated[0] != dated[1]:
        yield "reason-period-unknown"
    elif dated[0] and not _overlap(one, other):
        yield "reason-period"


def _overlap(one: Scope, other: Scope) -> bool:
    return (one.earliest or "0001") <= (other.latest or "9999") and (other.earliest or "0001") <= (
        one.latest or "9999"
    )


@dataclass(frozen=True, slots=True)
class Sum:
    """A total with its addends; *difference* is what they fall short of it, below zero exceed."""

    total: Scope
    parts: tuple[Scope, ...]
    difference: Decimal | None


def sums(scopes: dict[str, Scope], links: Links) -> list[Sum]:
    """Return the figures a text gives as a sum, each with the addends it names."""
    found = []
    for total in scopes.values():
        parts = [scopes[iri] for iri in links.others(total.iri, "sumOf") if iri in scopes]
        if parts:
            gap = links.value(total.iri, "sumDifference")
            ordered = tuple(sorted(parts, key=lambda part: part.iri))
            found.append(Sum(total, ordered, Decimal(gap) if gap else None))
    return found


@dataclass(slots=True)
class Root:
    """What several figures rest on: a work, or the authority a text names."""

    iri: str
    label: str
    kind: str
    figures: list[Scope] = field(default_factory=list)


def roots(scopes: dict[str, Scope], works: Iterable[Row]) -> list[Root]:
    """Return works and authorities with the figures that rest on them, the most used first."""
    found: dict[str, Root] = {}
    for row in works:
        iri = text(row, "work")
        scope = scopes.get(text(row, "figure"))
        if scope is not None:
            root = found.setdefault(iri, Root(iri, text(row, "work_label") or iri, "work"))
            root.figures.append(scope)
    for scope in scopes.values():
        if scope.authority:
            name = scope.authority_label or scope.authority
            root = found.setdefault(scope.authority, Root(scope.authority, name, "authority"))
            root.figures.append(scope)
    return sorted(found.values(), key=lambda root: (-len(root.figures), root.label))
