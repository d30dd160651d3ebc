"""Small changes to the words for what is counted: their ends, their heads, their verbs."""

from __future__ import annotations

import re

from .views import Trigger, View

_LOOSE_END = re.compile(
    r"(?:\s(?:and|or|и|или|und|oder|that|что|dass|in|on|by|of|at|from|since|until|during|among|to"
    r"|for|with|who|which|whom|в|на|с|к|от|до|im|am|von|bis|seit|the|a))+$"
)
_TAKEN = re.compile(r"^\w+(?:ed|ing)\s(?:(?:the|all|some)\s)?(?=\w+ )", re.IGNORECASE)
"""What is done to remains or names, which says nothing of whose they are."""
_WHO_ING = re.compile(r"^who\s(?=(?!being\b)\w+ing\b)")
_AND = re.compile(r"^(?:and|or)\s(?:the\s)?")
_AMOUNT = re.compile(r"\s(?:in the amount|to the number|in the number)\sof$")
_CHANGED = re.compile(r"\s(?:fell|rose|dropped|grew|shrank|sank|declined|climbed|increased)$")
MANY = re.compile(
    r"^(?:[Tt]he )?(?:(?:total |overall |exact )?(?:number|figure|sum)|total|majority|[Mm]ost) of"
    r" (?:all |the |them\b)*"
)


def tidy(text: str) -> str:
    """Return *text* on one line, without symbols at its ends."""
    return _LOOSE_END.sub("", re.sub(r"^[\W_]+|[\W_]+$", "", " ".join(text.split())))


def counted(text: str) -> str:
    """Return whose number it is: "deaths" for "the total number of deaths"."""
    whole = _CHANGED.sub("", tidy(text))
    return MANY.sub("", whole) or whole


def content(view: View, trigger: Trigger, said: str, phrase: str) -> str:
    """Return what holds the counted, with them: "names of men", "men on the lists"."""
    inner = [c for c in view.counts if trigger.start <= c.start < trigger.end]
    if inner:
        said = _AND.sub("", tidy(view.text[inner[-1].noun_end : trigger.end])) + " of"
    amount = _AMOUNT.search(said)
    if amount:
        return f"{phrase} on {_TAKEN.sub('', said[: amount.start()])}"
    return f"{_TAKEN.sub('', said)} {phrase}"


def with_verb(phrase: str, who: str, said: str) -> str:
    """Return "men who died" or "men dying of typhus"."""
    said = said.removeprefix("being ") if said.startswith("being ") else f"{who} {said}"
    return tidy(f"{phrase} {_WHO_ING.sub('', said)}")
