"""The title of an entry, in the languages it is given in."""

from __future__ import annotations

import re
from dataclasses import replace

from ...model import Title
from .cues import (
    body_after_title,
    is_country,
    is_news,
    is_newspaper,
    is_periodical,
    is_place,
    is_publisher,
    is_remark,
    issuer,
    leading_place,
    looks_like_name,
    made_by,
)
from .draft import Draft
from .names import body, is_body, known_given, person, tidy
from .patterns import DATE, rule_list
from .reading import Fields, joined, read_sentence, sentences
from .segments import Part, parts_of, undated
from .tongues import may_be_romaji, title_language

_GAP = re.compile(r"([.,;:])(?: ?[.,;:])+(?=\s)")
_IMPRINT = re.compile(r"[^:;]{2,60}: ?[^:;]{2,80}, \d{4}")
_REVIEW = re.compile(
    r"(?i:(?:book\s)?review\s(?:essay\s)?(?:of|on)\b|рец(?:ензия|\.)\sна\b|rez(?:ension|\.)\b)"
)
_RANGE = re.compile(r"\d{4}\D{1,3}\d{2,4}")


def read_title(draft: Draft, fields: Fields, parts: list[Part]) -> list[Part]:
    """Read the title and what translates it; return the parts after it."""
    if not parts:
        return []
    quote = next((n for n, part in enumerate(parts[:4]) if part.kind == "quote"), None)
    if quote is not None and (quote == 0 or _only_source(parts[:quote])):
        return _quoted(draft, fields, parts, quote)
    authors = draft.people.get("authors", ())
    if parts[0].kind == "paren" and len(authors) > 1 and _IMPRINT.fullmatch(parts[0].text):
        # Author, Title (Place: Publisher, year): the title was taken for one more author.
        fields.titles.append(_title(draft, authors[-1].literal))
        draft.people["authors"] = authors[:-1]
        return parts
    if parts[0].kind in ("paren", "bracket"):
        fields.titles.append(_title(draft, parts[0].text))
        return parts[1:]
    return _plain(draft, fields, parts)


def _only_source(before: list[Part]) -> bool:
    """Whether what stands before a quoted title is a paper or a body: ``The Times, "…"``."""
    named = [part for part in before if part.kind != "date"]
    if all(is_periodical(part.text) or is_body(part.text) for part in named):
        return True
    return len(named) == 1 and looks_like_name(named[0].text) and not is_place(named[0].text)


def _title(draft: Draft, text: str, kind: str = "main") -> Title:
    return Title(text, title_language(text, draft.language), kind)


def _quoted(draft: Draft, fields: Fields, parts: list[Part], at: int) -> list[Part]:
    fields.quoted = draft.text[parts[at].start] != "『"
    text = parts[at].text.rstrip(" ,.")
    if not fields.quoted and is_periodical(text) and not draft.people.get("authors"):
        fields.container = text
        return parts[at + 1 :]
    if _runs_on(parts, at):
        text, at = tidy(draft.left[parts[at].start : parts[at + 1].end]).strip(" ,"), at + 1
        before = parts[: at - 1]
    else:
        before = parts[:at]
    fields.titles.append(_title(draft, text))
    for part in before:
        if part.kind == "text" and is_body(part.text) and not is_periodical(part.text):
            draft.add_people("authors", (body(part.text),))
        elif part.kind == "text":
            fields.container = fields.container or part.text
            fields.headed = True
    dates = [part for part in before if part.kind == "date"]
    return dates + _other_titles(draft, fields, parts[at + 1 :])


def _runs_on(parts: list[Part], at: int) -> bool:
    """Whether the title only begins with a quotation: ``«We lived»: letters from the camps``."""
    following = parts[at + 1] if at + 1 < len(parts) else None
    if following is None or following.kind != "text" or following.before != ":":
        return False
    text = following.text
    return not (is_periodical(text) or is_publisher(text) or is_place(text))


def _other_titles(draft: Draft, fields: Fields, parts: list[Part]) -> list[Part]:
    """Read ``[translation]`` and ``(transliteration)`` right after the title."""
    rest = list(parts)
    while rest and rest[0].kind in ("bracket", "paren", "quote") and not rest[0].before:
        kind = _other_kind(draft, fields, rest[0])
        if not kind:
            break
        title = _title(draft, rest.pop(0).text, kind)
        if kind == "transliterated" and "-" not in title.language:
            title = replace(title, language=f"{draft.values['language']}-Latn")
        fields.titles.append(title)
    return rest


def _other_kind(draft: Draft, fields: Fields, part: Part) -> str:
    """Return how a title in brackets relates to the one before it; "" when it is not a title."""
    shadow = draft.shadow[part.start : part.end]
    dated = shadow.rstrip(" )]").endswith(DATE)
    if part.kind == "quote" or (dated and part.kind == "paren") or is_card(draft, fields, part):
        return ""
    first, this = fields.titles[0].language, title_language(part.text, "en")
    if part.kind == "paren" and _in_latin(draft, part.text):
        return "transliterated"
    if part.kind == "bracket" and this == first == "en" and may_be_romaji(fields.titles[0].text):
        fields.titles[0] = replace(fields.titles[0], language="ja-Latn")
        return "translated"
    if this == first or is_place(part.text) or len(part.text) < 8:
        return ""
    if this in ("ru-Latn", "ja-Latn"):
        return "transliterated"
    if part.kind == "bracket" or first in ("ja", "ru", "ja-Latn", "ru-Latn"):
        return "translated"
    return "original" if this in ("ru", "ja", "de") else ""


def _in_latin(draft: Draft, text: str) -> bool:
    """Whether *text* is a title in Latin letters of a work in another script."""
    named = draft.values.get("language", "")
    return named in ("ru", "ja", "uk") and title_language(text, "") in ("", f"{named}-Latn")


def _author_behind(draft: Draft, fields: Fields, parts: list[Part]) -> list[Part] | None:
    """Read ``Title: more of it, Anna Berger (2003)``; None if an entry is not of that style."""
    at = next((n for n, part in enumerate(parts) if part.kind == "date"), 0)
    last = parts[at - 1]
    if draft.people.get("authors") or at < 2 or last.before != "," or last.kind != "text":
        return None
    one = person(last.text)
    if one is None or not known_given(one.given.split(" ")[0]) or parts[at].before:
        return None
    if any(part.before not in ("", ",", ":") for part in parts[: at - 1]):
        return None
    draft.add_people("authors", (one,))
    fields.titles.append(_title(draft, joined(draft, parts[: at - 1]).strip(" ,;:–—/")))
    return parts[at:]


def _plain(draft: Draft, fields: Fields, parts: list[Part]) -> list[Part]:
    if (rest := _author_behind(draft, fields, parts)) is not None:
        return rest
    headed = len(parts) > 1 and parts[1].before == ":"
    if headed and (is_newspaper(parts[0].text) or is_news(parts[0].text)):
        fields.container, parts = parts[0].text, parts[1:]
    end = _title_end(draft, parts)
    text = _GAP.sub(r"\1", joined(draft, parts[:end])).strip(" ,;:–—/")
    text, maker = body_after_title(_without_tail(text))
    end_sign = draft.left[parts[end - 1].end : parts[end - 1].end + 1]
    text += end_sign if text and not maker and end_sign in ("?", "!") else ""
    if maker:
        draft.add_people("authors", (body(maker),))
    source = is_periodical(text) or "shelfmark" in draft.values or _only_day(draft, parts, text)
    if source and all(part.kind == "date" for part in parts[end:]):
        fields.container = text
    elif text:
        fields.titles.append(_title(draft, text))
        if not draft.people.get("authors") and (issued_by := issuer(text)):
            draft.add_people("authors", (body(issued_by),))
    if not fields.titles:
        return parts[end:]
    return _other_titles(draft, fields, parts[end:])


def _without_tail(text: str) -> str:
    """Return a title without what a card adds to it: ``: сб. документов``."""
    for rule in rule_list("references", "title-tail"):
        text = rule.pattern.sub("", text)
    return text


def _only_day(draft: Draft, parts: list[Part], text: str) -> bool:
    """Whether nothing but a name and a day are given, as for an issue of a newspaper."""
    dates = [part for part in parts if part.kind == "date"]
    found = draft.date_in(dates[0].start, dates[0].end) if len(dates) == 1 else None
    whole = found is not None and len(found.edtf) == 10 and not draft.people.get("authors")
    return whole and looks_like_name(text) and len(text.split(" ")) < 5


def _title_end(draft: Draft, parts: list[Part]) -> int:
    """Return how many parts the title has."""
    for n, part in enumerate(parts[1:], start=1):
        if part.before in ("/", "//"):
            return n
    if _REVIEW.match(parts[0].text):
        after = (n for n, part in enumerate(parts) if n and part.before == ",")
        named = next((n for n in after if is_periodical(parts[n].text)), 0)
        if named:
            return named
    count = _first_sentence(draft, parts)
    while count < len(parts) and _goes_on(draft, parts, count):
        count += len(sentences(parts[count:])[0])
    peeled = _peel(draft, parts, count)
    return peeled or count


def _first_sentence(draft: Draft, parts: list[Part]) -> int:
    sentence = sentences(parts)[0]
    for n, part in enumerate(sentence):
        if part.kind == "text" or n == 0:
            continue
        if part.kind in ("paren", "date") and not part.before and _inside(draft, parts, n):
            continue
        if part.kind == "date" and part.before:
            continue
        return n
    return len(sentence)


def _inside(draft: Draft, parts: list[Part], n: int) -> bool:
    """Whether a bracket belongs to the title: text goes on, or it is its span of years."""
    part = parts[n]
    if part.kind == "paren" and len(part.text) < 6 and not is_place(part.text):
        return True
    following = parts[n + 1] if n + 1 < len(parts) else None
    if following is not None and following.before in ("", ":") and following.kind == "text":
        return not is_publisher(following.text)
    later = any(DATE in draft.shadow[one.start : one.end] for one in parts[n + 1 :])
    return part.kind == "date" and later and bool(_RANGE.search(part.text))


def _goes_on(draft: Draft, parts: list[Part], count: int) -> bool:
    """Whether the next sentence is still title: ``Prisoners. 1939–1956: Documents``."""
    sentence, part = sentences(parts[count:])[0], parts[count]
    if part.before not in (".", "taken") or part.kind not in ("text", "date"):
        return False
    if part.kind == "date":
        following = sentence[1] if len(sentence) > 1 else None
        if following is None or following.kind != "text" or following.before not in ("", ":"):
            return False
        return bool(_RANGE.search(part.text))
    if draft.shadow[part.start : part.end].startswith(DATE) and _RANGE.match(part.text):
        return True
    return _more_title(part.text) and _before_imprint(draft, parts[count:], sentence)


def _more_title(text: str) -> bool:
    """Whether a sentence between title and imprint can only be more of the title."""
    tests = (is_place, is_country, is_publisher, is_periodical, is_remark, made_by, leading_place)
    return person(text) is None and not any(test(text) for test in tests)


def _before_imprint(draft: Draft, parts: list[Part], sentence: list[Part]) -> bool:
    """Whether the place of publication follows, so that *sentence* is not yet the imprint."""
    text = sentence[0].text
    if any(part.before == "," and is_place(undated(draft, part)) for part in sentence[1:]):
        return len(text.split(" ")) > 4
    for later in sentences(parts[len(sentence) :]):
        if is_place(undated(draft, later[0])):
            return len(later) > 1 or not looks_like_name(text)
        if any(part.before == "," and is_place(undated(draft, part)) for part in later[1:]):
            return True
    return False


def _peel(draft: Draft, parts: list[Part], count: int) -> int:
    """Return where the title ends in ``Title, House, 2003``; 0 when it is not of that style."""
    if inside := _imprint_inside(draft, parts, count):
        return inside
    later = parts[count:]
    if "issued" in draft.points or any(DATE in draft.shadow[one.start : one.end] for one in later):
        return 0
    end = count
    while end > 1 and parts[end - 1].kind == "date" and parts[end - 1].before in (",", ""):
        end -= 1
    if end == count and not any(p.before == "," and is_periodical(p.text) for p in parts[1:count]):
        return 0
    while end > 1 and parts[end - 1].before == "," and _is_source(parts[end - 1]):
        end -= 1
        if not is_place(parts[end].text):
            break
    return end


def _imprint_inside(draft: Draft, parts: list[Part], count: int) -> int:
    """Cut before ``, Moscow, Terra`` within the title sentence."""
    for n in range(1, count):
        place = undated(draft, parts[n])
        followed = n + 1 < count or place != parts[n].text
        if parts[n].before == "," and followed and is_place(place):
            while n > 1 and parts[n - 1].before == "," and is_publisher(parts[n - 1].text):
                n -= 1
            return n
    return 0


def _is_source(part: Part) -> bool:
    """Whether a part after a comma is where the work appeared, not the end of its title."""
    text = part.text
    if part.kind != "text":
        return False
    return (
        is_place(text)
        or is_periodical(text)
        or is_publisher(text)
        or (looks_like_name(text) and not text[:1].isdigit())
    )


def is_card(draft: Draft, fields: Fields, part: Part) -> bool:
    """Whether a bracket holds the card of the original edition, title and imprint.

    Such as ``(Военнопленные в СССР: Документы / Под ред. … – М.: Логос, 2000)``.
    """
    inner = parts_of(draft, part.start + 1, part.end - 1)
    if not fields.titles or len(sentences(inner)) < 2:
        return False
    return title_language(inner[0].text, "") not in ("", fields.titles[0].language)


def read_card(draft: Draft, fields: Fields, part: Part) -> None:
    """Read the card of the original edition that `is_card` found."""
    own = Fields()
    rest = read_title(draft, own, parts_of(draft, part.start + 1, part.end - 1))
    for sentence in sentences(rest):
        read_sentence(draft, own, sentence)
    fields.titles += [replace(title, kind="original") for title in own.titles[:1]]
    for name in own.publishers:
        fields.add_publisher(name)
    for place in own.places:
        fields.add_place(place)
