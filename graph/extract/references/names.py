"""Read names of persons and bodies as bibliographies print them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from functools import lru_cache

from ...model import Contributor
from ...resources import rules
from .japanese import japanese_people, japanese_person
from .patterns import compiled, word_set

_SPACES = re.compile(r"\s+")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_GLOSS = re.compile(r"\s*[\[(（［][^\])）］]*[\])）］]")
_ET_AL = re.compile(
    r"[,;、]?\s*(?:et\s+al\.?|and\s+others|u\.\s?a\.|и\s+др(?:\.|угие)?|ほか|他)\s*$", re.IGNORECASE
)
_INNER_STOP = re.compile(r"[^\W\d_]{3}\.\s")
_STRONG = re.compile(r"\s*;\s*(?:and\s+|&\s+)?")
_AND = re.compile(r",?\s+(?:and|und|et|и|та|y)\s+|,?\s*&\s*|\s+/\s+")
_JAPANESE_GIVEN = re.compile(
    r"[a-z](?:ichi|(?:ichi|ji|bu|ta|ku|shi|hachi|go)r[ou]u?|nosuke|hiko)$|n['’ʼ][aeiouyāūōē]"
)
"""How given names of Japanese men end, and family names hardly ever; or ``Jun'ichi``."""
_COMMA = re.compile(r",\s*")


def tidy(text: str) -> str:
    """Return *text* on one line, single spaces, without what was read into other fields."""
    return _SPACES.sub(" ", text.replace("\x1f", " ")).strip()


def people(text: str) -> tuple[Contributor, ...]:
    """Return the persons and bodies of a list of names, or () when it is not one.

    Every part must read as a personal name, or name a body by one of the listed words.
    """
    text = _GLOSS.sub("", _ET_AL.sub("", tidy(text))).strip(" ,;:")
    if not text or len(text) > 400:
        return ()
    if _CJK.search(text):
        return japanese_people(text)
    whole = person(text)
    if whole is not None and not _AND.search(text) and ";" not in text:
        return (whole,)
    if is_body(text) and ";" not in text:
        return (body(text),)
    found = [person(part) or (body(part) if is_body(part) else None) for part in _split(text)]
    if not found or any(one is None for one in found):
        return ()
    return tuple(one for one in found if one is not None)


def _split(text: str) -> list[str]:
    """Cut a list of names; a family name and the given names after its comma stay together."""
    if ";" in text:
        return [part for part in _STRONG.split(text) if part]
    parts: list[str] = []
    for group in _AND.split(text):
        pieces = [piece for piece in _COMMA.split(group) if piece]
        first = True
        while pieces:
            piece = pieces.pop(0)
            if pieces and _belongs(piece, pieces[0], first=first):
                piece = f"{piece}, {pieces.pop(0)}"
            parts.append(piece)
            first = False
    return parts


def _belongs(piece: str, following: str, *, first: bool) -> bool:
    """Whether *following* has the given names of the family name *piece*."""
    if compiled("<initials>").fullmatch(following):
        return True
    if not compiled("<particle>{0,2}<word>").fullmatch(piece):
        return False
    return bool(compiled("<given>").fullmatch(following)) if first else known_given(following)


@lru_cache(maxsize=4096)
def person(text: str) -> Contributor | None:
    """Return the person *text* names, in whatever order, or None if it is not a personal name."""
    literal = tidy(text).strip(" ,;:")
    name = _without_honorifics(literal)
    if _CJK.search(name):
        return japanese_person(name)
    if not _nameable(name):
        return None
    for pattern, order in (
        ("(?P<family>[<U>]{3,}(?:-[<U>]{2,})?)\\s(?P<given>(?=\\w*[<L>])<word>)", "family"),
        ("(?P<family><particle>{0,1}<word>),?\\s?(?P<given><initials>)", "family"),
        ("(?P<family><family>),\\s?(?P<given><given>)", "family"),
        ("(?P<given><initials>(?:\\s?<word>(?=\\s<word>))?)\\s?(?P<family><family>)", "given"),
        ("(?P<family>(?=\\w*[<L>])<word>)\\s(?P<given>[A-ZА-Я]{1,3})", "family"),
        (
            "(?P<given><word>(?:[ ]<word>){0,2}?(?:\\s?<initials>)?)\\s"
            "(?P<family><particle>{0,2}<word>)",
            "given",
        ),
        ("(?P<family><word>)\\s(?P<given>[A-ZА-Я]{1,3})", "family"),
    ):
        found = compiled(pattern).fullmatch(name)
        if found and not _two_names(found["family"], found["given"], order):
            return _ordered(literal, found["family"].strip(), found["given"].strip(), order)
    return None


def _ordered(literal: str, family: str, given: str, order: str) -> Contributor:
    """Put the family name first where the text did: ``Ienaga Saburō``, ``Sano Iwao Peter``."""
    if len(family) > 2 and family.isupper() and not given.isupper():
        return Contributor(literal, _lowered(family), given)
    words = literal.split(" ")
    turned = order == "given" and len(words) > 1 and not known_given(words[0])
    if turned and all(known_given(word) for word in words[1:]):
        return Contributor(literal, words[0], " ".join(words[1:]))
    if len(words) == 2 and all(compiled("<polivanov>").fullmatch(word) for word in words):
        return Contributor(literal, words[0], words[1])
    return Contributor(literal, family, given)


def _lowered(family: str) -> str:
    """Return a family name printed in capitals as other entries print it."""
    return "-".join(part.capitalize() for part in family.split("-"))


def _two_names(family: str, given: str, order: str) -> bool:
    """Whether ``David Glantz, John Erickson`` was taken for one person."""
    words = family.split(" ")
    return order == "family" and len(words) > 1 and (known_given(words[0]) or " " in given)


def _without_honorifics(text: str) -> str:
    words = text.split(" ")
    before, after = (
        word_set("references_names", "names", "honorifics"),
        word_set("references_names", "names", "after-name"),
    )
    while len(words) > 2 and words[0].lower() in before:
        words.pop(0)
    while len(words) > 2 and words[-1].strip(",").lower() in after:
        words.pop()
    return " ".join(words).strip(" ,")


def _nameable(text: str) -> bool:
    """Whether no word is one that names never have, and no lone acronym stands in it."""
    words = [word.strip(".,") for word in re.split(r"[\s,]+", text) if word]
    if not 1 < len(words) <= 6:
        return False
    if any(word.endswith(("'s", "’s")) for word in words):
        return False
    never = word_set("references_names", "names", "not-name") | word_set(
        "references_names", "names", "corporate"
    )
    initials = compiled("<initials>")
    full = [w for w in words if len(w) > 2 and not initials.fullmatch(w + ".")]
    if any(w[0].isupper() and w.lower() in never for w in full):
        return False
    shouted = [w for w in full if w.isupper()]
    return not shouted or len(shouted) == len(full) or len(words) == 2


def in_nominative(one: Contributor) -> Contributor:
    """Return a Russian name that stands in the genitive with its family name in the nominative."""
    endings: dict[str, str] = rules("references_names")["genitive"]
    for length in (4, 3):
        ending = one.family[-length:]
        if ending in endings:
            return replace(one, family=one.family[:-length] + endings[ending])
    return one


def is_body(text: str) -> bool:
    """Whether a word of *text* says that it names a body: ``Press``, ``Ministry``, ``Ин-т``."""
    if ":" in text or _INNER_STOP.search(text):
        return False
    if _CJK.search(text):
        named = japanese_person(tidy(_GLOSS.sub("", text)).strip(" .。"))
        return named is not None and named.corporate
    cues = word_set("references_names", "names", "corporate")
    words = [word.strip(".,;:()[]/") for word in tidy(_GLOSS.sub("", text)).split(" ")]
    if any(word.lower() in cues and word[:1].isupper() for word in words):
        return True
    return any(_japanese_body_word(word) for word in words if len(word) > 4)


def _japanese_body_word(word: str) -> bool:
    folded = unicodedata.normalize("NFD", word.lower())
    plain = "".join(letter for letter in folded if not unicodedata.combining(letter))
    endings = tuple(word_set("references_names", "names", "corporate-endings"))
    marked = plain != folded or plain.endswith(("iinkai", "kyoku", "shimbun", "shinbun", "kyokai"))
    return marked and plain.endswith(endings)


def body(text: str) -> Contributor:
    """Return *text* as the name of a body, without a gloss in brackets."""
    return Contributor(tidy(_GLOSS.sub("", text)).strip(" ,;:"), corporate=True)


def known_given(name: str) -> bool:
    """Whether *name* is a given name of the list."""
    folded = unicodedata.normalize("NFD", name.lower())
    marked = "".join(letter for letter in folded if not unicodedata.combining(letter))
    plain = re.sub("['’ʼ]", "", marked)
    listed = word_set("references_names", "names", "given")
    return name.lower() in listed or plain in listed or bool(_JAPANESE_GIVEN.search(marked))


def is_part_of_body(name: str) -> bool:
    """Whether *name* ends with a word for a part of a body: ``Cartographic Division``."""
    last = name.rsplit(" ", 1)[-1].lower()
    return last in word_set("references_names", "names", "part-of-body")
