"""The parts of a parsed sentence: phrases, verbs, clauses."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import ClassVar

from ...model import DateValue, Mention, Quantity
from .sorts import Sort

ALSO_SUBORDINATORS = frozenset({"as", "after", "before", "since", "until", "till", "because"})
"""Prepositions that open a clause when a noun phrase with a verb follows."""
BEFORE_AFTER = frozenset({"after", "before", "upon", "on", "since", "by", "while"})
"""Prepositions whose gerund, at the head of a sentence, is done by the subject that follows."""
CONTENT = frozenset(
    {"story", "claim", "fact", "idea", "rumour", "rumor", "belief", "thesis", "view"}
)
"""Nouns whose "that" opens what they say, and no clause about them."""


class Part(Sort):
    """What a phrase is."""

    NOUN: ClassVar[Part]
    VERB: ClassVar[Part]
    PREPOSITION: ClassVar[Part]
    CONJUNCTION: ClassVar[Part]
    SUBORDINATOR: ClassVar[Part]
    RELATIVE: ClassVar[Part]
    ADVERB: ClassVar[Part]
    DATE: ClassVar[Part]
    MARK: ClassVar[Part]


@dataclass(slots=True)
class Phrase:
    """A phrase: a range of items, and what is needed of them."""

    part: Part
    first: int
    last: int
    """Index after the last item."""
    word: str = ""
    """The preposition, conjunction or mark; of a noun phrase its head word, if no mention is."""
    mention: Mention | None = None
    date: DateValue | None = None
    quantity: Quantity | None = None
    of: Phrase | None = None
    """The noun phrase after "of"."""
    lead: str = ""
    """The determiner of a noun phrase, or a pronoun."""
    verb: Verb | None = None
    inner: list[Mention] = field(default_factory=list)
    """Mentions before the head inside a noun phrase."""


@dataclass(slots=True)
class Verb:
    """A verb group."""

    lemma: str
    form: str
    """``finite``, ``infinitive``, ``participle`` or ``gerund``."""
    passive: bool = False
    negated: bool = False
    progressive: bool = False
    modal: str = ""
    copula: bool = False
    second: str = ""
    """The next word, for verbs of two words (``lay down``)."""

    @property
    def finite_passive(self) -> bool:
        """Whether it is a passive of its own: "was held", not "held"."""
        return self.passive and self.form == "finite"


@dataclass(slots=True)
class Argument:
    """A prepositional phrase with all the noun phrases it governs."""

    preposition: str
    phrases: list[Phrase]
    joined: bool = False
    """Goes on with the one before it: "for the end of the war and for peace"."""


@dataclass(slots=True)
class Clause:
    """A verb and what belongs to it; indexes are into the phrases of the sentence."""

    verb: Verb
    at: int
    subjects: list[Phrase] = field(default_factory=list)
    others: list[list[Phrase]] = field(default_factory=list)
    """Other possible subjects of a participle, further to the left, the nearest first."""
    attached: list[Argument] = field(default_factory=list)
    """Prepositional phrases that belong to the subject."""
    fronted: list[Argument] = field(default_factory=list)
    """Prepositional phrases that open the sentence."""
    objects: list[Phrase] = field(default_factory=list)
    arguments: list[Argument] = field(default_factory=list)
    dates: list[tuple[str, DateValue]] = field(default_factory=list)
    """Preposition (or nothing) and date."""
    governor: Clause | None = None
    """For an infinitive: the clause whose verb it follows."""
    relative: bool = False
    opened_object: bool = False
    """Its object stands before it: "the museum that Sato directs"."""
    end: int = 0
    """Index after the last phrase that belongs to it."""
    opener: str = ""
    """The subordinator it stands behind: ``if``, ``when``, ``although``."""


def affirmed(clause: Clause) -> Clause | None:
    """Return what "was not released until 1953" affirms: the release, in that year; else None."""
    late = [date for preposition, date in clause.dates if preposition in ("until", "till")]
    if not clause.verb.negated or not late:
        return None
    return replace(
        clause,
        verb=replace(clause.verb, negated=False),
        dates=[("in", date) for date in late],
    )
