"""The rule table as data: read from ``rules/reasoning.toml``, lists unrolled, heads rewritten.

A token of a pattern is the name of a variable (``"?x"``) or the number of a term; a pattern is
three tokens. Everything that applies the rules (the interpreter, the compiler) starts from here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any, Literal

from pyoxigraph import Literal as RdfLiteral
from pyoxigraph import NamedNode

from ..namespaces import MZ, expand
from ..resources import rules
from .terms import Ids, Terms

Token = str | int
Pattern = tuple[Token, Token, Token]
Guard = tuple[str, Token, Token]
"""Name of the test and its two arguments."""

Profile = Literal["core", "full"]
Identity = Literal["candidates", "confirm"]

POSSIBLY_SAME_AS = MZ + "possiblySameAs"

_INDEXED = re.compile(r"(\?\w+)\[(\w+)(\+1)?\]")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; no conclusions means that the premises contradict each other."""

    name: str
    table: int
    group: str
    premises: tuple[Pattern, ...]
    conclusions: tuple[Pattern, ...]
    where: tuple[Guard, ...] = ()
    each: tuple[Pattern, ...] = ()
    native: bool = False

    @property
    def list_variable(self) -> str:
        """Return the variable that stands for a list, or the empty string."""
        plain = {token for pattern in self.premises for token in pattern}
        for token in self._tokens():
            match = _INDEXED.fullmatch(token) if isinstance(token, str) else None
            if match and match.group(1) in plain:
                return match.group(1)
        return ""

    def _tokens(self) -> Iterator[Token]:
        for pattern in (*self.premises, *self.each, *self.conclusions):
            yield from pattern


@dataclass(frozen=True, slots=True)
class Table:
    """The rules of a profile, and which predicates and classes make a triple an axiom."""

    rules: tuple[Rule, ...]
    axioms: tuple[Ids, ...]
    schema_predicates: frozenset[int]
    schema_classes: frozenset[int]


def load(terms: Terms, profile: Profile = "core", identity: Identity = "candidates") -> Table:
    """Read the rule table for *profile*.

    With ``identity="candidates"`` the rules of the group ``evidence`` conclude
    ``mz:possiblySameAs`` between resources, never ``owl:sameAs``: one mistyped number would
    otherwise merge two people. ``"confirm"`` takes them as OWL 2 RL states them.
    """
    data = rules("reasoning")
    table = [
        _rule(terms, entry)
        for entry in data["rule"]
        if profile == "full" or entry.get("profile", "core") == "core"
    ]
    if identity == "candidates":
        table = [_suggest(terms, rule) if rule.group == "evidence" else rule for rule in table]
    individual = {terms.curie(name) for name in (*data["data_predicates"], *data["data_classes"])}
    is_type = terms.curie("rdf:type")
    patterns = [pattern for rule in table for pattern in rule.premises]
    return Table(
        tuple(table),
        tuple(_axioms(terms, data)) if profile == "full" else (),
        frozenset(p for _, p, _ in patterns if isinstance(p, int) and p not in individual),
        frozenset(
            o for _, p, o in patterns if p == is_type and isinstance(o, int) and o not in individual
        ),
    )


def _axioms(terms: Terms, data: dict[str, Any]) -> Iterator[Ids]:
    is_type = terms.curie("rdf:type")
    for kind, names in data["axioms"].items():
        for name in names:
            yield terms.curie(name), is_type, terms.curie(kind)


def _rule(terms: Terms, entry: dict[str, Any]) -> Rule:
    conclusions = entry["conclusions"]
    return Rule(
        entry["name"],
        entry["table"],
        entry["group"],
        tuple(_pattern(terms, text) for text in entry["premises"]),
        () if conclusions == ["false"] else tuple(_pattern(terms, text) for text in conclusions),
        tuple(_guard(terms, text) for text in entry.get("where", ())),
        tuple(_pattern(terms, text) for text in entry.get("each", ())),
        entry.get("native", False),
    )


def _token(terms: Terms, text: str) -> Token:
    if text.startswith("?"):
        return text
    if text.isdigit():
        return terms.id(RdfLiteral(text, datatype=NamedNode(expand("xsd:integer"))))
    return terms.curie(text)


def _pattern(terms: Terms, text: str) -> Pattern:
    subject, predicate, object_ = (_token(terms, word) for word in text.split())
    return subject, predicate, object_


def _guard(terms: Terms, text: str) -> Guard:
    left, test, right = text.split()
    return test, _token(terms, left), _token(terms, right)


def _suggest(terms: Terms, rule: Rule) -> Rule:
    candidate = terms.id(NamedNode(POSSIBLY_SAME_AS))
    ((left, _, right),) = rule.conclusions
    resources: tuple[Guard, ...] = (("is-resource", left, left), ("is-resource", right, right))
    return replace(rule, conclusions=((left, candidate, right),), where=(*rule.where, *resources))


def unroll(rule: Rule, head: int, members: Sequence[int]) -> Iterator[Rule]:
    """Return the rules that *rule* stands for when its list is *head* with those *members*."""
    variable = rule.list_variable
    free = sorted(_free_indices(rule))
    if rule.each and not members:
        return
    for chosen in combinations(range(len(members)), len(free)):
        places = {"0": 0, "n": len(members), **dict(zip(free, chosen, strict=True))}
        premises = [_place(pattern, variable, head, members, places) for pattern in rule.premises]
        for number in range(len(members)):
            here = {**places, "i": number}
            premises += [_place(pattern, variable, head, members, here) for pattern in rule.each]
        yield replace(
            rule,
            premises=tuple(premises),
            conclusions=tuple(
                _place(pattern, variable, head, members, places) for pattern in rule.conclusions
            ),
            each=(),
        )


def _free_indices(rule: Rule) -> set[str]:
    found = set()
    for pattern in (*rule.premises, *rule.conclusions):
        for token in pattern:
            match = _INDEXED.fullmatch(token) if isinstance(token, str) else None
            if match and match.group(2) in {"i", "j"}:
                found.add(match.group(2))
    return found


def _place(
    pattern: Pattern, variable: str, head: int, members: Sequence[int], places: dict[str, int]
) -> Pattern:
    def token(old: Token) -> Token:
        if old == variable:
            return head
        match = _INDEXED.fullmatch(old) if isinstance(old, str) else None
        if not match:
            return old
        name, index, following = match.groups()
        place = places[index] + (1 if following else 0)
        return members[place] if name == variable else f"{name}#{place}"

    subject, predicate, object_ = pattern
    return token(subject), token(predicate), token(object_)


def substitute(pattern: Pattern, binding: dict[str, int]) -> Pattern:
    """Return *pattern* with the bound variables replaced."""
    subject, predicate, object_ = pattern
    return (
        binding.get(subject, subject) if isinstance(subject, str) else subject,
        binding.get(predicate, predicate) if isinstance(predicate, str) else predicate,
        binding.get(object_, object_) if isinstance(object_, str) else object_,
    )
