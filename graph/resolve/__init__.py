"""Decide which mentions, of one document or of many, mean the same thing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ..mentions.authorities import folder
from ..model import Entity, Extraction, Label, Mention
from ..namespaces import slugify

__all__ = ["Resolution", "resolve"]


@dataclass(slots=True)
class Resolution:
    """The entities, and which of them each mention means."""

    entities: dict[str, Entity] = field(default_factory=dict)

    def of(self, slug: str, mention: Mention) -> str:
        """Return the key of the entity that *mention* of the document *slug* means."""
        return _key(mention)


def resolve(extractions: Iterable[Extraction]) -> Resolution:
    """Return the entities of the mentions of all *extractions*, which are read once, in order."""
    result = Resolution()
    for extraction in extractions:
        for mention in extraction.mentions:
            key = _key(mention)
            if key not in result.entities:
                label = Label(mention.name, mention.language)
                result.entities[key] = Entity(key, mention.kind, (label,), mention.subkind)
    return result


def _key(mention: Mention) -> str:
    if mention.authority:
        return mention.authority
    name = slugify(mention.name) or "u" + "-".join(f"{ord(c):x}" for c in mention.name)
    return f"{folder(mention.kind)}/{name}"
