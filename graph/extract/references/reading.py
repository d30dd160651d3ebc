"""Give the parts after the title their roles: container, publisher, place, date, persons."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from ...language.dates import find_dates
from ...model import Contributor, Title
from .cues import (
    is_country,
    is_government,
    is_house,
    is_periodical,
    is_place,
    is_publisher,
    is_remark,
    leading_place,
    looks_like_name,
    made_by,
    trailing_place,
)
from .draft import Draft
from .japanese import role_and_house
from .names import body, is_body, is_part_of_body, known_given, person, tidy
from .patterns import DATE, TAKEN, rule_list
from .segments import Part, parts_of, undated

STRONG = frozenset((".", "–", "/", "//", "taken"))
"""Boundaries that end a sentence of an entry."""
_ABBREVIATED = re.compile(
    r"(?:СПб|Пг|U\. ?S\. ?S\. ?R|U\. ?S\. ?A|U\. ?S|U\. ?K|D\. ?C|\b(?:Co|Inc|Ltd|Publ|гг?|др))$"
)
_OPENS_CONTAINER = frozenset(("In", "in", "В", "Из"))
_AFTER_IN = frozenset((":", ",", "taken"))
"""``In: Title``; ``In A. Editor (Ed.), Title``, the editor read already."""
_OF = re.compile(r"\b(?:of|in|at|for|in der|von|für)$")
_DAY = re.compile(r"\d{1,2}\s[^\W\d_]{3,12}")
_IN = re.compile(r"^(?:In|in|В|в)(?::\s?|\s(?=[A-ZА-Я«„“\"]))")


_PRICED = re.compile(r"(?P<house>[^・、，,()（）]{2,20})[・、，,]\s?[\d,.万]+円(?:[+＋]税)?")
"""A house with the price behind it, as newspapers print them."""


@dataclass(slots=True)
class Fields:
    """The fields that stand by their place in the entry."""

    titles: list[Title] = field(default_factory=list)
    quoted: bool = False
    """Whether the title stands in quotation marks, as that of an article does."""
    container: str = ""
    publishers: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    country: str = ""
    headed: bool = False
    """Whether the container stands before the title, where an agency may stand too."""
    opened: bool = False
    """Whether ``In`` and the editors stand before the container, which comes next."""
    open_body: bool = False
    """Whether the body that ends the sentence before is part of one named in the next."""

    def add_publisher(self, name: str) -> None:
        """Add a publisher that is not there yet."""
        if name and name not in self.publishers:
            self.publishers.append(name)

    def add_place(self, name: str) -> None:
        """Add a place that is not there yet."""
        if name and name not in self.places:
            self.places.append(name)


def sentences(parts: list[Part]) -> list[list[Part]]:
    """Group parts into the sentences between full stops, dashes, slashes and read fields."""
    grouped: list[list[Part]] = []
    for part in parts:
        if part.before in STRONG or not grouped:
            grouped.append([part])
        else:
            grouped[-1].append(part)
    return grouped


def read_sentence(draft: Draft, fields: Fields, sentence: list[Part]) -> None:
    """Read one sentence after the title."""
    sentence = _without_dates(draft, sentence)
    if fields.opened:
        sentence = _opened_container(draft, fields, sentence)
    for part in sentence:
        if part.kind == "paren":
            _read_parenthesis(draft, fields, part)
        elif part.kind == "quote" and not fields.container:
            fields.container = part.text
    texts = [part for part in sentence if part.kind == "text"]
    if len(texts) > 1 and texts[0].text in _OPENS_CONTAINER and texts[1].before in _AFTER_IN:
        fields.container = fields.container or joined(draft, texts[1:])
        return
    if not texts:
        return
    if len(texts) == 1 and texts[0].text in _OPENS_CONTAINER:
        fields.opened = True
        return
    colon = next((n for n, part in enumerate(texts) if n and part.before == ":"), 0)
    if colon and _is_imprint(texts, colon):
        fields.add_place(joined(draft, texts[:colon]))
        fields.add_publisher(joined(draft, texts[colon:]))
    else:
        _read_phrase(draft, fields, texts)


def _opened_container(draft: Draft, fields: Fields, sentence: list[Part]) -> list[Part]:
    """Read the container that ``In`` and its editors announced; return the parts after it."""
    first = next((n for n, part in enumerate(sentence) if part.kind == "text"), None)
    if first is None:
        return sentence
    last = first
    while last + 1 < len(sentence) and sentence[last + 1].kind == "text":
        last += 1
    fields.container = fields.container or joined(draft, sentence[first : last + 1])
    fields.opened = False
    return sentence[last + 1 :]


def _without_dates(draft: Draft, sentence: list[Part]) -> list[Part]:
    """Take the date out of a sentence: a part of its own, or the end of a part."""
    kept: list[Part] = []
    for part in sentence:
        if part.kind == "date":
            _issued(draft, part.start, part.end)
            continue
        if part.kind == "text":
            part = _without_leading_date(draft, part)
        bare = draft.shadow[part.start : part.end].rstrip(f" .,;{TAKEN}")
        if part.kind == "text" and bare.endswith(DATE):
            end = part.start + len(bare.rstrip(DATE))
            _issued(draft, end, part.end)
            text = tidy(draft.left[part.start : end]).strip(" ,;:–—-")
            part = replace(part, text=text, end=end)
        if part.text:
            kept.append(part)
    return kept


def _without_leading_date(draft: Draft, part: Part) -> Part:
    shadow = draft.shadow[part.start : part.end]
    stripped = shadow.lstrip(" ")
    if not stripped.startswith(DATE):
        return part
    start = part.end - len(stripped.lstrip(DATE))
    if start >= part.end:
        return part
    _issued(draft, part.start, start)
    text = tidy(draft.left[start : part.end]).strip(" ,;:–—-")
    return replace(part, text=text, start=start)


def _issued(draft: Draft, start: int, end: int) -> None:
    found = draft.date_in(start, end)
    if found is not None:
        known = draft.points.setdefault("issued", found)
        finer = len(found.edtf) > len(known.edtf) and found.edtf.startswith(known.edtf)
        if finer or ("/" in known.edtf and "/" not in found.edtf):
            draft.points["issued"] = found


def _is_imprint(texts: list[Part], colon: int) -> bool:
    place, house = texts[:colon], texts[colon]
    if all(is_place(part.text) or is_country(part.text) for part in place):
        return True
    short = sum(len(part.text.split(" ")) for part in place) <= 4
    return short and (is_publisher(house.text) or looks_like_name(house.text))


def joined(draft: Draft, texts: list[Part]) -> str:
    """Return the text of neighbouring parts, an abbreviation at the end with its full stop."""
    end = texts[-1].end
    text = tidy(draft.left[texts[0].start : end]).strip(" ,;:")
    stopped = _ABBREVIATED.search(text) and draft.left[end : end + 1] == "."
    return f"{text}." if stopped else text


def _read_phrase(draft: Draft, fields: Fields, texts: list[Part]) -> None:
    """Read a sentence without ``Place: House``."""
    if not any(is_place(part.text) for part in texts) and _read_responsibility(
        draft, fields, joined(draft, texts)
    ):
        return
    rest = _take_places(fields, texts)
    name = joined(draft, rest) if rest else ""
    if not name or is_remark(name) or _day_of_year(draft, name):
        return
    first = rest[0]
    if first.before == "//" or _IN.match(first.text):
        fields.container = fields.container or _IN.sub("", name)
    elif not fields.container and is_periodical(name):
        fields.container = name
    elif fields.headed and is_periodical(name):
        draft.add_people("authors", (body(fields.container),))
        fields.container, fields.headed = name, False
    elif not fields.container and is_periodical(first.text):
        fields.container = first.text
    elif _in_something(draft, fields) and not is_house(name) and not is_government(name):
        fields.container = name
    elif not fields.publishers:
        _publisher_and_place(fields, name)


def _in_something(draft: Draft, fields: Fields) -> bool:
    """Whether the work is a part of something: its title is quoted, or an issue is numbered."""
    numbered = "volume" in draft.values and ("issue" in draft.values or "pages" in draft.values)
    if "thesis" in draft.values:
        return False
    return (fields.quoted or numbered) and not fields.container and not fields.places


def _day_of_year(draft: Draft, text: str) -> bool:
    """Read the day of ``1991. 18 апреля``; return whether *text* was one."""
    issued = draft.points.get("issued")
    if issued is None or not _DAY.fullmatch(text) or len(issued.edtf) != 4:
        return False
    full = find_dates(f"{text} {issued.edtf}", draft.language)
    if len(full) == 1 and len(full[0].edtf) == 10:
        one = full[0]
        draft.points["issued"] = replace(
            issued, edtf=one.edtf, earliest=one.earliest, latest=one.latest
        )
        return True
    return False


def _publisher_and_place(fields: Fields, name: str) -> None:
    """Read ``Moscow Logos Publishers``, ``LIT Verlag Wien``."""
    if (place := leading_place(name)) and not _named_after(name, place):
        fields.add_place(place)
        name = name[len(place) :].strip(" ,:")
    elif (place := trailing_place(name)) and not fields.places:
        house = name[: -len(place)].strip(" ,:")
        if not _OF.search(house):
            fields.add_place(place)
            name = house
    elif _looks_placed(name) and not fields.places:
        fields.add_place(name)
        return
    fields.add_publisher(name)


def _named_after(name: str, place: str) -> bool:
    """Whether a body has the name of its town: ``Leeds University``."""
    return is_publisher(name) and len(name[len(place) :].split()) == 1


def _looks_placed(name: str) -> bool:
    """Whether an unknown name alone before the year is a place, as on Russian cards."""
    return bool(re.fullmatch(r"[А-ЯЁ][а-яё-]+", name)) and not is_publisher(name)


def _take_places(fields: Fields, texts: list[Part]) -> list[Part]:
    """Take places and countries from the ends of a list of parts."""
    rest = [part for part in texts if _tells(part.text)]
    last: list[str] = []
    while rest and (is_country(rest[-1].text) or is_place(rest[-1].text)):
        last.append(rest.pop().text)
    while len(rest) > 1 and is_place(rest[0].text):
        _place(fields, rest.pop(0).text)
        if rest[0].before == ";" and looks_like_name(rest[0].text):
            fields.add_place(rest.pop(0).text)
    for text in reversed(last):
        _place(fields, text)
    return rest


def _tells(text: str) -> bool:
    return is_place(text) or is_country(text) or not is_remark(text)


def _place(fields: Fields, text: str) -> None:
    if is_place(text):
        fields.add_place(text)
    elif not fields.country:
        fields.country = f"{text}." if _ABBREVIATED.search(text) else text


def _read_responsibility(draft: Draft, fields: Fields, text: str) -> bool:
    """Read ``Compiled by …``, ``Ed.`` and the persons named after the title."""
    if fields.open_body and is_body(text) and not is_periodical(text):
        *others, last = draft.people["authors"]
        draft.people["authors"] = (*others, body(f"{last.literal}. {text}"))
        fields.open_body = False
        return True
    fields.open_body = False
    text = _IN.sub("", text)
    if made := made_by(text):
        role, name, container = made
        _keep_body(draft, fields, role, name)
        fields.container = fields.container or container
        return True
    name, role = _role_after(text)
    if not name and role:
        return True
    one = person(name)
    known = draft.people.get("authors") or draft.people.get("editors")
    if one is None or not _surely_person(one, role, house=bool(known)):
        return _read_government(draft, fields, text)
    if not role:
        role = "editors" if known else "authors"
    draft.add_people(role, (one,))
    return True


def _keep_body(draft: Draft, fields: Fields, role: str, name: str) -> None:
    if role == "publisher":
        fields.add_publisher(name)
    if not draft.people.get("authors"):
        draft.add_people("authors", (body(name),))
        fields.open_body = is_part_of_body(name)


def _read_government(draft: Draft, fields: Fields, text: str) -> bool:
    """Read the body of government that issued a work without author, named after the title."""
    if fields.quoted or draft.people.get("authors") or not is_government(text):
        return False
    if is_periodical(text) or not is_body(text):
        return False
    draft.add_people("authors", (body(text),))
    return True


def _role_after(text: str) -> tuple[str, str]:
    """Split ``Grosvenor, Gilbert. Ed`` into the name and the role."""
    for rule in rule_list("references", "after-names"):
        if found := rule.pattern.search(text):
            return text[: found.start()].strip(" ,"), rule.field
    return text, ""


def _surely_person(one: Contributor, role: str, *, house: bool) -> bool:
    """Whether a name after the title is a person's; ``M.E. Sharpe`` may be a publishing house."""
    if role or "," in one.literal:
        return True
    if house:
        return False
    return "." in one.given or known_given(one.given.split(" ")[0])


def _read_parenthesis(draft: Draft, fields: Fields, part: Part) -> None:
    """Read ``(Moscow, 2003)``, ``(New York: Norton, 1999)`` after the title."""
    inner = parts_of(draft, part.start + 1, part.end - 1)
    placed = any(is_place(one.text) for one in inner if one.kind == "text")
    dated = DATE in draft.shadow[part.start : part.end]
    if "thesis" in draft.values and is_body(part.text) and not dated:
        fields.add_publisher(part.text.strip(" ,"))
        return
    if priced := _PRICED.fullmatch(part.text):
        fields.add_publisher(priced["house"])
    if not (placed or dated) or len(part.text) > 160:
        return
    if named := role_and_house(undated(draft, inner[0])):
        for role, found in named[0].items():
            draft.add_people(role, found)
        fields.add_publisher(named[1])
        _without_dates(draft, inner)
        return
    for sentence in sentences(inner):
        if _unknown_place(draft, sentence):
            fields.add_place(sentence[0].text)
            sentence = sentence[1:]
        read_sentence(draft, fields, sentence)


def _unknown_place(draft: Draft, sentence: list[Part]) -> bool:
    """Whether a bracket holds a place that no list has, and a date: ``(Ivanovo, 1961)``."""
    if len(sentence) != 2 or sentence[0].kind != "text" or sentence[1].kind != "date":
        return False
    name = sentence[0].text
    known = is_publisher(name) or is_periodical(name) or is_remark(name)
    return not known and looks_like_name(name) and len(name.split(" ")) < 3
