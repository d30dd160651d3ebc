"""Amounts in English, Russian, Japanese and German text: bounds, comparator, unit and noun.

A number that names or orders something (a year, page, camp, order, article, ISBN) is no amount.
The words of each language are in ``rules/quantities.toml`` and ``rules/quantities-nouns.toml``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import accumulate
from operator import attrgetter

from ...model import Comparator, DateValue, Quantity
from ..numerals import KANJI, narrow
from .lexicon import Lexicon, lexicon
from .nouns import counted
from .numbers import HALF, digits_value, japanese_value, words_value

WINDOW = 40
"""How far left of an amount its qualifying words may begin, in characters."""

LABEL_WINDOW = 24
"""How far left "page", "No." and the like may begin."""

_WORDS = re.compile(r"[^\W\d_]+")
_SPOKEN = re.compile(rf"[^\W\d_]+|{HALF}")
_EMPTY = frozenset({"a", "an", "and", "of"})
_ONE = Decimal(1)
_THOUSAND = 1000
_MYRIAD = 10_000
"""The 万 that the second of two Japanese numbers leaves out: 1万5千〜8千."""

_AGE = re.compile(r"[1-9]\d|1[01]\d")
_NAMED = re.compile(r"[^\W\d_a-zа-яё][\w’'-]+(?:, | \()$")
"""A name in front of an age: "Taro Ito, 91," and "Taro Ito (91)"."""
_AGED = re.compile(
    r"\b(?:[Hh]e|[Ss]he|who|I) (?:was|is|am|turned) (?:only |just |about |barely |then )?$"
)
_AGE_ENDS = re.compile(r"[,.;)]|$| (?:when|at the time|and|then|now)\b")
"""An age told without "years": "Kenji, who was three, was carried off"."""
_ATTRIBUTE = re.compile(r"-(?!strong|odd|plus|man\b|men\b)[^\W\d_]")
_DOTTED = re.compile(r"\d{1,3}(?:\.\d{3})+")
_ISSUE = re.compile(r"\d\s?\($")
_LABEL_END = re.compile(r"[)]\s")
_SPLIT_BEFORE = re.compile(r"\d,$")
_SPLIT_BEHIND = re.compile(r",\d{1,2}(?![\d,])")
_PART = re.compile(r"\s?(?:([¼½¾])|(?<=\s)([13]/[24])(?![\d/]))")
_PARTS = {"¼": "0.25", "½": "0.5", "¾": "0.75", "1/4": "0.25", "1/2": "0.5", "3/4": "0.75"}
"""What may stand behind a whole number: "3 1/2 years"."""


@dataclass(frozen=True, slots=True)
class _Amount:
    """An amount before the words around it are read."""

    start: int
    end: int
    lower: Decimal | None
    upper: Decimal | None
    comparator: Comparator = Comparator.EXACTLY
    approximate: bool = False
    unit: str = ""
    weak: bool = False
    """True for "one" and bare kanji, which count only in good company."""
    scaled: int = 1
    raw: Decimal = Decimal(0)


def find_quantities(text: str, language: str, *, dates: Sequence[DateValue] = ()) -> list[Quantity]:
    """Return the amounts of *text* in order; offsets are code points into it.

    *language* is ``en``, ``ru``, ``ja`` or ``de``; another is read as English. Numbers inside one
    of *dates* are left out: pass what `find_dates` found in the same text. Never raises.
    """
    rules = lexicon(language)
    plain = narrow(text)
    amounts = _joined(list(_amounts(plain, rules, dates)), plain, rules)
    found: list[Quantity] = []
    for amount in amounts:
        quantity = _quantity(amount, plain, text, rules)
        if quantity is not None:
            found.append(quantity)
    return found


def _matches(text: str, rules: Lexicon) -> Iterator[re.Match[str]]:
    """Yield the amounts as written; words are looked for only where there are any."""
    finder = rules.digits_finder
    if rules.signals and not rules.signals.isdisjoint(_WORDS.findall(text.lower())):
        finder = rules.words_finder
    reached = 0
    for place in finder.finditer(text):
        if place.start() >= reached:
            match = rules.cores[place[0]].match(text, place.start())
            if match is not None:
                reached = match.end()
                yield match


def _amounts(text: str, rules: Lexicon, dates: Sequence[DateValue]) -> Iterator[_Amount]:
    ordered = sorted(dates, key=attrgetter("start"))
    starts = [date.start for date in ordered]
    reaches = list(accumulate((date.end for date in ordered), max))
    for match in _matches(text, rules):
        start, end = match.span()
        earlier = bisect_left(starts, end)
        if earlier and start < reaches[earlier - 1]:
            continue
        if match[1]:
            value = _listed(match, rules.fractions)
            yield _Amount(start, end, value, value, unit="share")
        elif match[2]:
            least = _listed(match, rules.indefinite)
            weak = rules.language == "ja"
            yield _Amount(start, end, least, None, Comparator.AT_LEAST, approximate=True, weak=weak)
        else:
            amount = _digits(match, rules) if match[3] else _words(match, rules)
            if amount is not None:
                yield amount


def _listed(match: re.Match[str], table: Sequence[tuple[re.Pattern[str], Decimal]]) -> Decimal:
    """Return the value of the entry that made the match; entries may look around themselves."""
    for pattern, value in table:
        found = pattern.match(match.string, match.start())
        if found and found.end() == match.end():
            return value
    return Decimal(0)


def _digits(match: re.Match[str], rules: Lexicon) -> _Amount | None:
    """Return the amount of a number in digits, or of two with a dash between them."""
    text, (start, end) = match.string, match.span()
    if _is_label(text, start, end, rules):
        return None
    first, scale = _value(match[3], rules), _scale(match[4], rules)
    if first is None or _is_split(text, match, rules):
        return None
    if not match[5] and not match[4] and (part := _PART.match(text, end)):
        first, end = first + Decimal(_PARTS[part[1] or part[2]]), part.end()
    amount = _Amount(start, end, first * scale, first * scale, scaled=scale, raw=first)
    if rules.language == "ja":
        amount = replace(amount, weak=all(c in KANJI + "億万" for c in match[3]))
    if match[5]:
        second, last_scale = _value(match[5], rules), _scale(match[6], rules)
        if second is None:
            return None
        last = second * last_scale
        if rules.language == "ja" and last < _MYRIAD <= first:
            last += first // _MYRIAD * _MYRIAD
        right = _Amount(start, end, last, last, scaled=last_scale)
        return _percent(_range(amount, replace(right, raw=second)), text, rules)
    inside = rules.after.regex.search(f" {match[4]}") if rules.after and match[4] else None
    if inside and rules.after:
        return _applied(amount, rules.after.labels[(inside.lastindex or 1) - 1])
    return _percent(amount, text, rules)


def _percent(amount: _Amount | None, text: str, rules: Lexicon) -> _Amount | None:
    """Return the amount as percent, if that stands behind it."""
    percent = rules.percent.match(text, amount.end) if amount else None
    return replace(amount, end=percent.end(), unit="percent") if amount and percent else amount


def _value(text: str, rules: Lexicon) -> Decimal | None:
    if rules.language == "ja":
        return japanese_value(text)
    return digits_value(text, rules.thousands, rules.decimal)


def _scale(text: str | None, rules: Lexicon) -> int:
    scale = 1
    for word in (text or "").split():
        scale *= next((v for p, v in rules.scales if p.fullmatch(word)), 1)
    return scale


def _is_label(text: str, start: int, end: int, rules: Lexicon) -> bool:
    """Whether the number names or orders something: "No. 99", "56th", "24 (13)", "2) …"."""
    before = text[max(0, start - LABEL_WINDOW) : start]
    if _is_named(text, start, end, rules) or rules.label_behind.match(text, end):
        return True
    if text[end : end + 1] == ")" and _ISSUE.search(before):
        return True
    if _AGE.fullmatch(text, start, end) and _NAMED.search(before) and text[end : end + 1] in ",)":
        return True
    if rules.language == "ja" and text[end : end + 1] == ")" and before.endswith("("):
        return True
    return bool(_LABEL_END.match(text, end)) and before.rfind("(") <= before.rfind(")")


def _is_split(text: str, match: re.Match[str], rules: Lexicon) -> bool:
    """Whether a comma tears digits apart in no known way: "5000,3" is a damaged number."""
    if rules.language != "en" or not match[3].isdecimal() or match[4]:
        return False
    start, end = match.span()
    torn = _SPLIT_BEFORE.search(text, max(0, start - 2), start)
    return bool(torn or _SPLIT_BEHIND.match(text, end))


def _is_named(text: str, start: int, end: int, rules: Lexicon) -> bool:
    """Whether a number is a name by what stands in front, or an age: "camp 9", "who was three,"."""
    before = text[max(0, start - LABEL_WINDOW) : start]
    if any(rules.label_before.scan(before)):
        return True
    return bool(_AGED.search(before) and _AGE_ENDS.match(text, end))


def _words(match: re.Match[str], rules: Lexicon) -> _Amount | None:
    """Return the amount of number words; "two and a half million" is one amount, too."""
    spoken = rules.and_half.sub(f" {HALF}", match[0].lower())
    words = [w for w in _SPOKEN.findall(spoken) if w not in _EMPTY]
    value = words_value(words, rules.words, rules.parts)
    if value is None:
        return None
    start, end = match.span()
    if _is_named(match.string, start, end, rules):
        return None
    if rules.one_in.match(match.string, end):
        return None
    scale = max((int(v) for w in words if (v := rules.words.get(w, 1)) >= _THOUSAND), default=1)
    amount = _Amount(start, end, value, value, weak=value == _ONE, scaled=scale, raw=value / scale)
    return _percent(amount, match.string, rules)


def _range(left: _Amount, right: _Amount) -> _Amount | None:
    """Return two amounts as one with bounds; "5–10 thousand" shares its scale."""
    low, high = left.lower, right.upper
    if low is None or high is None:
        return None
    if left.scaled == 1 < right.scaled and left.raw < right.raw:
        low = left.raw * right.scaled
    if _shares_thousands(low, high, left):
        low *= _THOUSAND
    if low >= high or (left.unit and left.unit != right.unit):
        return None
    return _Amount(left.start, right.end, low, high, Comparator.BETWEEN, unit=right.unit)


def _shares_thousands(low: Decimal, high: Decimal, left: _Amount) -> bool:
    """Whether only the second number is written out: "50–60,000" begins at fifty thousand."""
    round_ = high % _THOUSAND == 0 and low % 1 == 0
    return round_ and left.scaled == 1 and low < _THOUSAND and low * _THOUSAND < high


def _joined(amounts: list[_Amount], text: str, rules: Lexicon) -> list[_Amount]:
    """Return the amounts with "between … and …" and "… to …" made one."""
    joined: list[_Amount] = []
    for amount in amounts:
        left = joined[-1] if joined else None
        start = _opened(left, amount, text, rules) if left else None
        pair = _range(left, amount) if left and start is not None else None
        whole = _added(left, amount, text) if left and pair is None else None
        if whole is not None:
            joined[-1] = whole
            continue
        if pair is not None:
            joined[-1] = replace(pair, start=start if start is not None else pair.start)
        else:
            joined.append(amount)
    return joined


def _added(left: _Amount, right: _Amount, text: str) -> _Amount | None:
    """Return "1 million 94 thousand" as one amount, or None if the two are not one."""
    falls = left.scaled > right.scaled >= 1 and 0 < right.raw < _THOUSAND
    exact = left.comparator is right.comparator is Comparator.EXACTLY
    if not (falls and exact and left.scaled > _THOUSAND) or left.unit or right.unit:
        return None
    if text[left.end : right.start].strip() or left.lower is None or right.lower is None:
        return None
    value = left.lower + right.lower
    return replace(right, start=left.start, lower=value, upper=value, raw=value / right.scaled)


def _opened(left: _Amount, right: _Amount, text: str, rules: Lexicon) -> int | None:
    """Return where the range of two amounts begins, or None if they are none."""
    gap = text[left.end : right.start]
    exact = Comparator.EXACTLY
    if len(gap.strip()) > 8 or left.comparator is not exact or right.comparator is not exact:
        return None
    if rules.range_opened.fullmatch(gap):
        opening = rules.opening.search(text[max(0, left.start - WINDOW) : left.start])
        return left.start - len(opening[0]) if opening else None
    if not rules.range_always.fullmatch(gap) and not rules.range_always.fullmatch(gap.strip()):
        return None
    changed = rules.change.search(text, max(0, left.start - 2 * WINDOW), left.start)
    return None if changed else left.start


def _quantity(amount: _Amount, plain: str, text: str, rules: Lexicon) -> Quantity | None:
    """Return the amount with its comparator, unit and noun, or None if it counts nothing."""
    unit, noun = counted(plain, amount.end, rules)
    if unit in {"", "things"} and _ATTRIBUTE.match(plain, amount.end):
        return None
    if unit == "persons" and _DOTTED.fullmatch(plain, amount.start, amount.end):
        amount = _grouped(amount, plain)
    amount = _compared(amount, plain, rules)
    if not _counts(amount, unit, rules):
        return None
    if unit == "tenths":
        amount, unit = _times(amount, 10), "percent"
    return Quantity(
        start=amount.start,
        end=amount.end,
        text=text[amount.start : amount.end],
        lower=_plain(amount.lower),
        upper=_plain(amount.upper),
        comparator=amount.comparator,
        approximate=amount.approximate,
        unit=amount.unit or unit,
        noun=noun,
    )


def _grouped(amount: _Amount, text: str) -> _Amount:
    """Return "60.000 men" as thousands: nobody counts persons to three decimals."""
    value = Decimal(text[amount.start : amount.end].replace(".", ""))
    return replace(amount, lower=value, upper=value)


def _counts(amount: _Amount, unit: str, rules: Lexicon) -> bool:
    """Whether the amount counts: not a lone "one", nor kanji that no counter follows."""
    if rules.language == "ja":
        single = amount.lower == amount.upper == _ONE and unit != "tenths"
        return (bool(unit) or not amount.weak) and not single
    return not amount.weak or amount.comparator is not Comparator.EXACTLY


def _plain(value: Decimal | None) -> Decimal | None:
    """Return a whole number without a decimal point, any other without final zeros."""
    if value is None:
        return None
    return Decimal(int(value)) if value == value.to_integral_value() else value.normalize()


def _times(amount: _Amount, factor: int) -> _Amount:
    lower = None if amount.lower is None else amount.lower * factor
    upper = None if amount.upper is None else amount.upper * factor
    return replace(amount, lower=lower, upper=upper)


def _compared(amount: _Amount, text: str, rules: Lexicon) -> _Amount:
    """Return the amount as "more than", "about", "以上" … want it read."""
    start, labels = amount.start, list[str]()
    while rules.before is not None and len(labels) < 3:
        found = rules.before.search(text[max(0, start - WINDOW) : start])
        if found is None or (found[0] == "about" and set(labels) - {"exactly", "about"}):
            break
        labels.append(found[0])
        start -= found[1]
    end = amount.end
    for position in _behind(amount, text, rules):
        found = rules.after.match(text, position) if rules.after else None
        if found:
            labels.append(found[0])
            end = position + found[1]
            break
    amount = replace(amount, start=start, end=end)
    for label in labels:
        amount = _applied(amount, label)
    return amount


def _behind(amount: _Amount, text: str, rules: Lexicon) -> list[int]:
    """Return the places where a comparator may stand behind the amount."""
    if rules.language != "ja":
        return [amount.end]
    counter = rules.nouns.strong.match(text, amount.end)
    return [amount.end, amount.end + counter[1]] if counter else [amount.end]


def _applied(amount: _Amount, label: str) -> _Amount:
    if label == "about":
        if amount.comparator is Comparator.EXACTLY:
            return replace(amount, comparator=Comparator.ABOUT, approximate=True)
        return replace(amount, approximate=True)
    if label == "exactly" or amount.comparator not in {Comparator.EXACTLY, Comparator.ABOUT}:
        return amount
    comparator = Comparator(label)
    if comparator in {Comparator.MORE_THAN, Comparator.AT_LEAST}:
        return replace(amount, comparator=comparator, upper=None)
    return replace(amount, comparator=comparator, lower=None)
