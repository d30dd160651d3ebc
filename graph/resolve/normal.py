"""Bring a name to the form under which names of one thing are equal.

Everything that is not a person. What counts as equal is data (``graph/rules/resolve.toml``):
designators that mean the same, nationality and country, words for one group.
"""

from __future__ import annotations

import re
from functools import cache

from ..language.transliteration import search_key
from ..model import EntityKind, Mention
from ..resources import rules

_PARENTHESIS = re.compile(r"\s*[(（\[][^)）\]]*[)）\]]")
_POSSESSIVE = re.compile(r"['’]s\b|['’](?=\s|$)")
_NUMBER = re.compile(r"\d+")
_CAMP_NUMBER = re.compile(r"(?:\bno\.?|\bn|№|#)\s*(\d+)")
_GENERIC_CAMP = re.compile(
    r"(?:(?:soviet|russian|labou?r|pow|prisoner-of-war|prison|prisoner|internment|work|detention"
    r"|correctional|forced|special)\s+)*camps?$"
)
_HAPPENING_OF = re.compile(r"(?P<what>\S+) of (?P<whom>.+?)(?: in (?P<where>.+))?$")


def normal_form(mention: Mention) -> str:
    """Return the form that decides identity among mentions of one kind."""
    text = _plain(mention.name)
    attributes = dict(mention.attributes)
    match mention.kind:
        case EntityKind.CAMP:
            return _camp(text, attributes.get("number", ""))
        case EntityKind.GROUP:
            return _held(_group(text), text, attributes.get("holder", ""))
        case EntityKind.EVENT:
            return search_key(_event(text))
        case EntityKind.ORGANISATION:
            return search_key(_organisation(text))
        case EntityKind.LEGAL_INSTRUMENT | EntityKind.MILITARY_UNIT if _NUMBER.search(text):
            return _numbered(text, mention.kind)
        case EntityKind.WORK:
            title = search_key(re.sub(r"^(?:the|a|an) ", "", mention.name.casefold()))
            told_apart = mention.subkind in rules("resolve")["adaptations"]
            return f"{mention.subkind}: {title}" if told_apart else title
        case _:
            return search_key(_synonyms(_PARENTHESIS.sub("", text), mention.kind))


def _plain(name: str) -> str:
    """Return *name* in lower case without possessive endings and leading words of no weight."""
    words = _POSSESSIVE.sub("", name.casefold()).split()
    leading = set(rules("resolve")["leading"])
    while len(words) > 1 and words[0] in leading - {"former"}:
        words.pop(0)
    return " ".join(words)


@cache
def _patterns(kind: EntityKind) -> tuple[tuple[re.Pattern[str], str], ...]:
    table = rules("resolve")["synonyms"].get(kind.value, {})
    pairs = []
    for word, others in table.items():
        ordered = sorted({word, *others}, key=lambda other: (-len(other), other))
        options = "|".join(re.escape(other) for other in ordered)
        pairs.append((re.compile(rf"(?<!\w)(?:{options})(?!\w)"), word))
    return tuple(pairs)


def _synonyms(text: str, kind: EntityKind) -> str:
    for pattern, word in _patterns(kind):
        text = pattern.sub(word, text)
    return text


def _camp(text: str, number: str) -> str:
    written = _CAMP_NUMBER.search(text)
    if not number and written:
        number = written[1]
    if number:
        return "number " + number
    text = _PARENTHESIS.sub("", text)
    if _GENERIC_CAMP.match(text):
        return "camps"
    return search_key(re.sub(r"\s+camps?$", "", text))


def _held(form: str, text: str, holder: str) -> str:
    """Return the form of captives with who holds them, if it is not the one usually meant."""
    words = set(re.findall(r"[\w-]+", holder.casefold()))
    captive = set(rules("resolve")["captives"]) & set(re.findall(r"[\w-]+", text))
    for name, listed in rules("resolve")["holders"].items() if captive else ():
        if words & set(listed):
            return f"{form} held by {name}"
    return form


def _group(text: str) -> str:
    data = rules("resolve")
    words = set(re.findall(r"[\w-]+", text))
    nation = next((word for word in data["demonyms"] if word in words), "")
    for table in data["group"]:
        if words & set(table["words"]):
            return " ".join(filter(None, [table["name"], "" if nation == "japanese" else nation]))
    if text in data["demonym_nouns"]:
        return f"{data['demonym_nouns'][text]} people"
    text = " ".join(word for word in text.split() if word not in data["unmarked"])
    text = _synonyms(text, EntityKind.GROUP)
    if nation in data["captive_nations"]:
        soldiers = "|".join(data["soldiers"])
        text = re.sub(rf"(?<!\w)(?:{soldiers})(?!\w)", "prisoners of war", text)
    return search_key(text)


def _event(text: str) -> str:
    """Return an event's name with a nationality at the front turned into "of" its country."""
    text = _synonyms(text, EntityKind.EVENT)
    first, _, rest = text.partition(" ")
    country = rules("resolve")["demonyms"].get(first)
    if country and rest in rules("resolve")["synonyms"]["event"]:
        text = f"{rest} of {country}"
    match = _HAPPENING_OF.match(text)
    if match:
        whom = re.sub(r"^the ", "", match["whom"])
        return f"{match['what']} of {whom}"
    return text


def _organisation(text: str) -> str:
    if text.startswith(("former ", "current ")):
        text = text.partition(" ")[2]
    text = _synonyms(_PARENTHESIS.sub("", text), EntityKind.ORGANISATION)
    for nation, country in rules("resolve")["demonyms"].items():
        for own in (f"armed forces of {country}", f"{country} armed forces"):
            if text == own or text == f"imperial {own}":
                return f"{nation} armed forces"
    return text


def _numbered(text: str, kind: EntityKind) -> str:
    """Return kind word and number: all decrees No. 9898 are one, and so are all 39th Armies."""
    text = _synonyms(text, kind)
    head = re.sub(r"[\"“„«].*", "", text)
    if kind is EntityKind.LEGAL_INSTRUMENT:
        decree = re.search(r"(?:no|n|№|nr)\.?\s*(\d+)", head)
        if decree and len(decree[1]) > 2:
            return f"decree {decree[1]}"
    return search_key(re.sub(r"(\d+)(?:st|nd|rd|th)\b", r"\1", head))
