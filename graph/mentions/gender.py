"""Which pronoun can stand for a person, as far as the name tells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..model import Mention
from ..resources import rules


def gender(mention: Mention) -> str:
    """Return ``he`` or ``she`` where a name tells, else nothing."""
    table = rules("names_gender")
    names = mention.name.casefold().partition(" of ")[0].split()
    if not names:
        return ""
    for pronoun in ("she", "he"):
        data: Mapping[str, Sequence[str]] = table[pronoun]
        given, endings = data["given"], tuple(data["given-endings"])
        first = names[0] in given or (names[0].endswith(endings) and len(names) > 1)
        if first and names[0] not in data["not"]:
            return pronoun
        if len(names) > 1 and names[-1].endswith(tuple(data["surname-endings"])):
            return pronoun
    return ""


def may_mean(pronoun: str, mention: Mention) -> bool:
    """Return whether a pronoun can stand for a person, as far as the name tells."""
    wanted = {"he": "he", "his": "he", "him": "he", "she": "she", "her": "she"}.get(pronoun, "")
    told = gender(mention) if wanted else ""
    return not told or told == wanted
