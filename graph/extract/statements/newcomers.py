"""Things that a text tells of for the first time, by the noun alone: "a resolution on …"."""

from __future__ import annotations

from ...model import EntityKind

NEW = {
    "new-work": (EntityKind.WORK, "works"),
    "new-instrument": (EntityKind.LEGAL_INSTRUMENT, "instruments"),
    "new-court": (EntityKind.ORGANISATION, "courts"),
    "new-site": (EntityKind.PLACE, "memorials"),
    "new-body": (EntityKind.ORGANISATION, "bodies"),
}
"""Kinds of role that a thing fills of which nobody has spoken before, and the nouns it needs."""
