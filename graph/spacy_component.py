"""The name finder as a spaCy component: ``spacy.blank("en").add_pipe("maizuru")``.

spaCy is an extra (``pip install maizuru[spacy]``); nothing else of the package needs it. The entry
point in the group ``spacy_factories`` makes the component known to spaCy by its name, so that only
spaCy loads this module; it cannot be imported without.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from .documents import LINE_ENDS, from_text
from .errors import DocumentError, MaizuruError
from .language.sentences import split
from .mentions import find_mentions
from .model import Extraction
from .namespaces import DEFAULT_BASE, Iris
from .resolve import resolve
from .structure import structure
from .triples.document import CLASSES

try:
    from spacy.language import Language
    from spacy.tokens import Doc, Span
    from spacy.util import filter_spans
except ImportError as error:
    raise MaizuruError("spaCy is not installed: pip install 'maizuru[spacy]'.") from error

SPANS = "maizuru"
"""Key of `Doc.spans` under which all mentions stand, also those inside others."""


_WIDENING = 3
"""Characters that may be added to a name to make it whole tokens."""


class MaizuruTagger:
    """Marks the names in a text that spaCy has cut into tokens.

    `Doc.ents` gets the longest of overlapping names, each with the class of the ontology as its
    label and the IRI of the entity as its ``kb_id``; entities that an earlier component has set
    stay. `Doc.spans` gets all names under `SPANS`. A name that begins or ends inside a token is
    widened to the whole token, unless that adds more than an ending: a tokenizer that leaves a
    Japanese sentence in one piece leaves no place for the names in it.
    """

    def __init__(self, base: str = DEFAULT_BASE) -> None:
        """Mint the IRIs of entities under *base*."""
        self._iris = Iris(base)

    def __call__(self, doc: Doc) -> Doc:
        """Return *doc* with its names marked; the text of *doc* is one document."""
        spans = sorted(self._spans(doc), key=lambda span: (span.start, -span.end))
        doc.spans[SPANS] = spans
        taken = {token.i for span in doc.ents for token in span}
        free = [span for span in spans if taken.isdisjoint(range(span.start, span.end))]
        doc.set_ents([*doc.ents, *filter_spans(free)])
        return doc

    def _spans(self, doc: Doc) -> Iterable[Span]:
        """Yield one span for each mention; those that widen to the same span are one."""
        seen: set[tuple[int, int, str, str]] = set()
        for start, end, label, iri in self._names(doc.text):
            span = doc.char_span(start, end, label=label, kb_id=iri, alignment_mode="expand")
            if span is None or len(span.text) > end - start + _WIDENING:
                continue
            if (span.start, span.end, label, iri) not in seen:
                seen.add((span.start, span.end, label, iri))
                yield span

    def _names(self, text: str) -> Iterable[tuple[int, int, str, str]]:
        """Yield start, end, class and IRI of the names, at code points of *text*."""
        try:
            document = replace(from_text(text), text=_with_line_feeds(text))
        except DocumentError:
            return
        mentions = find_mentions(split(structure(document)))
        resolution = resolve([Extraction(document, mentions)])
        for mention in mentions:
            key = resolution.of(document.slug, mention)
            yield mention.start, mention.end, CLASSES[mention.kind], self._iris.entity(key)


def _with_line_feeds(text: str) -> str:
    """Return *text* with other line ends as line feeds, no character moved: offsets are spaCy's."""
    for end in LINE_ENDS:
        text = text.replace(end, "\n".rjust(len(end)))
    return text


@Language.factory(
    "maizuru",
    assigns=["doc.ents", "doc.spans", "token.ent_type", "token.ent_kb_id"],
    default_config={"base": DEFAULT_BASE},
)
def make_tagger(nlp: Language, name: str, base: str) -> MaizuruTagger:
    """Return the component for a pipeline; spaCy calls it when ``maizuru`` is added to one."""
    return MaizuruTagger(base)
