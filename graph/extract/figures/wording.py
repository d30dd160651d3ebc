"""The words for what a number counts, with what restricts it: "Germans captured by the Allies"."""

from __future__ import annotations

import re

from ...model import EntityKind, Figure, Mention
from .phrases import MANY, content, counted, tidy, with_verb
from .population import divided_phrase, group_name, is_generic, owner, rate_name
from .reading import Reading
from .scope import PHRASE, STOP, Scope, is_place, scope_words
from .views import FINITE, LOOSE, TRANSITIVE, Count, Named, Trigger, View
from .words import expression, words_of

_HEAD_REACH = 24
_OPEN = ("of", "for", "on", "with")
_CONTENTS = frozenset(
    {"names-listed", "records-held", "remains-recovered", "remains-interred", "unit-size"}
)
"""Measures of what holds the counted: "the names of 300 men", "a company of 180 men"."""
_RELATIVE = re.compile(r"\s+(?:who|whom|that|which)\b", re.IGNORECASE)
_LISTED = re.compile(r",\s(?:and\s|or\s)?(?:[\w’'-]+(?=,|\s(?:and|or)\b)|[a-z’'-]+(?=\sof\b))")
_DETERMINERS = frozenset({"the", "its", "their", "our", "his", "her", "a", "an", "this", "that"})
_PARTICIPLES = frozenset({"taken", "sent", "held", "brought", "been", "kept"})
_HELD = frozenset({"other", "names-listed", "records-held", "works"})
"""Measures of what something else has or holds."""
_SENT = frozenset({"assigned-labour", "transferred"})
"""Measures of those who are sent somewhere: the verb in front leads on to where."""
_ANYBODY = frozenset({"", "those", "people", "persons", "men"})
_PARTS = frozenset({"camps", "sites"})
"""Measures of what a camp or body may consist of."""
_HOLDERS = frozenset(
    {
        EntityKind.GROUP,
        EntityKind.ORGANISATION,
        EntityKind.PLACE,
        EntityKind.MILITARY_UNIT,
        EntityKind.WORK,
    }
)
_BEHIND = frozenset({FINITE, "behind brackets", "company"})
"""Readings by a verb behind the number, which says what became of the counted."""
_BEFORE_HEAD = re.compile(
    r"(?<![\w’'-])(?:(?!(?:the|a|an|its|their|his|this|that|of|in|and|or|as|put|puts|give|gives|total|whole"
    r"|estimates?|is|was|were|are|to|by) )[a-zA-Z][\w’'-]+ ){1,2}$"
)
"""The words in front of "population" or "toll" that belong to it."""
_AMONG = re.compile(r" (among|out of)(?: the| some| about)* ?")
_MADE = re.compile(r"(?<=\w)\s(?:prisoner|captive)$")
"""What a word says they became, not who they were: "took 90 sailors prisoner"."""
_DETERMINED = re.compile(r"^.*\d.*\s(?=(?:an?|the|its|his|her|their|our)\s)")
"""What stands in front of the noun phrase that holds: "90 planes attacked an army that had"."""
_LAST_PREPOSITION = re.compile(r" (?:to|into|of|from|in|at|on|through|by|for)$")
_OF = re.compile(
    r"\s(?:of|от|из)\s(?:the\s|its\s|all\s|their\s)*((?!them|these|those)[^,.;:()\d]{3,60})"
)
_KIND = re.compile(
    r"[^.;]{0,24}?\b(?:were|was)(?: (?:from|of|all|mostly|also))?"
    r" ((?:[\w-]+ ){0,2}[\w-]+)(?=[.,;)]|$)"
)
"""What a part is told to be: "of these, 15, or 5%, were Finns"."""


def noun_phrase(view: View, count: Count) -> str:
    """Return the words for what is counted, with what restricts them."""
    words = scope_words(view.language)
    if view.language == "ja":
        return _japanese(view, count)
    phrase = tidy(view.text[count.noun_start : _description_end(view, count, words)])
    return _MADE.sub("", phrase) + _among(view, count)


def _among(view: View, count: Count) -> str:
    """Return " among internees" for the dead in "90 dead among 2,000 internees"."""
    following = next((c for c in view.counts if c.start >= count.noun_end), None)
    found = following and _AMONG.fullmatch(view.text[count.noun_end : following.start])
    if not found or following is None or not following.quantity.noun:
        return ""
    return f" {found[1]} {following.quantity.noun}"


def noun_before(view: View, count: Count) -> str:
    """Return the noun of the number in front, if this one counts people and has none."""
    before = [c for c in view.counts if c.end <= count.start and c.quantity.unit == "persons"]
    return noun_phrase(view, before[-1]) if before and not count.quantity.noun else ""


def description(view: View, count: Count, reading: Reading) -> str:
    """Return the words that say what is counted, with what restricts them."""
    words = scope_words(view.language)
    trigger, noun = reading.trigger, view.text[count.noun_start : count.noun_end]
    labelled = not count.quantity.noun and view.ends_in_colon(count.start)
    if reading.rule == "legend" or (labelled and reading.rule != "part"):
        return _label(view, count)
    if count.bracket is not None and reading.rule in {"behind brackets", "before brackets"}:
        start = max((m.end() for m in STOP.finditer(view.text, 0, count.bracket[0])), default=0)
        told = [c for c in view.counts if start <= c.start and c.end <= count.bracket[0]]
        divided = words.anaphora.search(view.text[count.bracket[0] + 1 :])
        if divided and told and told[-1].quantity.noun:
            return noun_phrase(view, told[-1])
        outside = tidy(view.text[start : count.bracket[0]])
        return "" if words.anaphora.search(outside) else outside
    if view.language == "ja":
        return _japanese(view, count)
    if trigger is not None and reading.rule == "subject" and _is_first(view, count, reading):
        heads = view.rules.heads.finditer(view.text, 0, trigger.end)
        start = min(max((m.start() for m in heads), default=trigger.start), trigger.start)
        start -= len(found[0]) if (found := _BEFORE_HEAD.search(view.text[:start])) else 0
        copula = words.copula.search(view.plain, trigger.end, count.start)
        return counted(view.text[start : copula.start() if copula else trigger.end])
    open_ = not noun or is_generic(noun, view.language)
    if open_ and trigger is not None and trigger.end <= count.start:
        head = _head(view, trigger)
        if head or not noun:
            return head
    if reading.measure == "population-share" and not noun:
        return _share_of(view, count) or rate_name(view, count)
    if not noun or words.anaphora.match(noun):
        return ""
    return _said(view, count, reading, tidy(noun_phrase(view, count)))


def _said(view: View, count: Count, reading: Reading, phrase: str) -> str:
    """Return the phrase with what the word that gave the measure adds to it."""
    trigger = reading.trigger
    if trigger is None:
        return _contained(view, count, reading, phrase)
    noun = view.text[count.noun_start : count.noun_end]
    said = _predicate(view, trigger)
    if reading.rule == "transitive" and reading.measure in _CONTENTS and said.endswith(_OPEN):
        return content(view, trigger, said, phrase)
    if reading.rule == "transitive" and is_generic(noun, view.language):
        phrase = _held_in(view, count, reading) or phrase
    alone = said.endswith("ed") and " " not in said and said != "affected"
    if reading.measure in _SENT and alone and phrase.startswith(noun):
        return f"{noun} {said}{phrase[len(noun) :]}"
    who = scope_words(view.language).who
    if reading.rule in {FINITE, "company"} and who and f" {who} " not in phrase:
        phrase = with_verb(phrase, who, said)
    holder = _holder(view, reading) or _camp(view, count, reading, phrase)
    return f"{phrase} {holder}" if holder and holder not in phrase else phrase


def _predicate(view: View, trigger: Trigger) -> str:
    """Return what the verb says, with its auxiliary and where it leads: "were sent to Omsk"."""
    said = " ".join(view.text[trigger.start : trigger.end].split())
    words = scope_words(view.language)
    if trigger.kind not in {FINITE, LOOSE} or not words.who:
        return said
    auxiliary = view.before(words.perfect, trigger.start)
    if auxiliary is not None:
        said = f"{auxiliary[1]} {said}"
    last = _LAST_PREPOSITION.search(view.text, trigger.start, trigger.end)
    complement = words.complement.match(view.text, last.start() if last else trigger.end)
    if complement is None:
        return said
    end = min(complement.end(), trigger.end + PHRASE)
    stop = STOP.search(view.text, trigger.end, end)
    stops = [c.start for c in view.counts] + [d.start for d in view.dates]
    stops += [t.start for t in view.of_kind(FINITE)]
    stops += [m.start() for m in words.description_stop.finditer(view.text, trigger.end, end)]
    stops += [stop.start()] if stop else []
    return tidy(said + view.text[trigger.end : min([end, *(s for s in stops if s > trigger.end)])])


def _contained(view: View, count: Count, reading: Reading, phrase: str) -> str:
    """Return "members of the society" for "the society has 90 members", or the phrase."""
    if reading.measure == "population-share":
        return with_predicate(view, count, phrase)
    if reading.measure in _PARTS:
        whole = owner(view, count)
        return f"{phrase} of {whole}" if whole and whole not in phrase else phrase
    container = expression(words_of(view.language).get("container", "(?!)"))
    found = view.before(container, count.start, PHRASE) if reading.measure in _HELD else None
    if found is None:
        return phrase
    name = _DETERMINED.sub("", tidy(found[1]))
    first, _, rest = name.partition(" ")
    first = first.lower() if rest and first.lower() in _DETERMINERS else first
    return f"{phrase} of {first} {rest}".rstrip()


def with_predicate(view: View, count: Count, phrase: str) -> str:
    """Return what a share is of with what is said of it: "officers who refused to work"."""
    who = scope_words(view.language).who
    if not who or not phrase:
        return phrase
    at = view.text.find(phrase, count.noun_start)
    rest = view.text[at + len(phrase) if at >= 0 else count.noun_end :]
    stop = STOP.search(rest)
    said = tidy(rest[: stop.start() if stop else len(rest)][:PHRASE])
    first = said.split(" ")[0]
    finite = scope_words(view.language).verb.match(first) and first not in _PARTICIPLES
    if finite or first.endswith("ed"):
        said = f"that {said}" if phrase.endswith("deaths") else f"{who} {said}"
    return f"{phrase} {said}".rstrip()


def _camp(view: View, count: Count, reading: Reading, phrase: str) -> str:
    """Return "in Camp 9" if the number held is told of a camp in front."""
    if reading.measure != "interned" or view.language != "en" or " in " in phrase:
        return ""
    camps = [
        n
        for n in view.names
        if n.mention.kind is EntityKind.CAMP and is_place(n.mention) and n.end <= count.start
    ]
    start = max((m.end() for m in STOP.finditer(view.text, 0, count.start)), default=0)
    near = [n for n in camps if n.start >= start]
    return f"in {near[-1].mention.name}" if near else ""


def completed(view: View, count: Count, reading: Reading, who: str, earlier: Figure | None) -> str:
    """Return the words for a number with no noun of its own, from what is counted before it.

    *who* is the name of those counted, *earlier* the figure that this one goes on from.
    """
    base = MANY.sub("", earlier.population_text) if earlier is not None else ""
    base = divided_phrase(view, count) or base
    if reading.rule == "part" and base and (kind := kind_of_part(view, count)):
        return f"{kind} among {base}"
    if reading.measure == "population-share" and (base or who):
        return with_predicate(view, count, base or who)
    pronoun = scope_words(view.language).who
    if reading.measure in _SENT and reading.rule == TRANSITIVE and reading.trigger and pronoun:
        said = " ".join(view.text[reading.trigger.start : reading.trigger.end].split())
        led = scope_words(view.language).complement.match(view.text, count.noun_end)
        base = (base.split(f" {pronoun} ")[0] or who) if said.endswith("ed") else ""
        if base and led:
            return tidy(f"{base} {said}{led[0]}")
    if reading.rule == "gapped" and earlier is not None and pronoun:
        return _led_elsewhere(view, count, earlier.population_text)
    if reading.rule == LOOSE and reading.trigger and pronoun and not base and who:
        return f"{who} {_predicate(view, reading.trigger)}"
    if reading.rule not in _BEHIND or reading.trigger is None or not pronoun:
        return earlier.population_text if earlier is not None else ""
    base = base.split(f" {pronoun} ")[0]
    base = who if base in _ANYBODY else base
    said = _predicate(view, reading.trigger)
    return with_verb(base, pronoun, said) if base else ""


def kind_of_part(view: View, count: Count) -> str:
    """Return what a part is told to be: "women" for "of whom five were women"."""
    kind = _KIND.match(view.text, count.noun_end) if view.language == "en" else None
    return kind[1] if kind else ""


def with_head(words: str, who: Mention | None, language: str) -> str:
    """Return "miners who died" for "people who died", if it is known that they were miners."""
    head = expression(words_of(language).get("anybody", "(?!)")).match(words)
    if head is None or who is None or who.kind is not EntityKind.GROUP:
        return words
    return f"{group_name(who)}{words[head.end() :]}"


def _led_elsewhere(view: View, count: Count, told: str) -> str:
    """Return "men sent to the woods" for 80 in "90 men were sent to the mines, 80 to the woods"."""
    led = scope_words(view.language).complement.match(view.text, count.noun_end)
    preposition = led[0].split()[0] if led else ""
    head, found, _ = told.partition(f" {preposition} ") if preposition else (told, "", "")
    return tidy(f"{head}{led[0]}") if led and found else told


def _holder(view: View, reading: Reading) -> str:
    """Return "captured by the Allies", if the sentence says in whose hands they were."""
    held = words_of(view.language).get("held_by", {}).get(reading.measure)
    trigger = reading.trigger
    if held is None or trigger is None:
        return ""
    for name in view.names:
        if name.mention.kind in _HOLDERS and _holds(view, reading.rule, trigger, name):
            oblique = expression(words_of(view.language).get("oblique", "(?!)"))
            if not view.before(oblique, name.start):
                return f"{held} {name.mention.name}"
            return f"held in {name.mention.name}" if reading.measure == "interned" else ""
    return ""


def _holds(view: View, rule: str, trigger: Trigger, name: Named) -> bool:
    if rule == "transitive":
        gap = view.text[name.end : trigger.start].strip() if name.end <= trigger.start else "-"
        return gap in {"", "had", "have", "has", "also", "alone"}
    gap = view.text[trigger.end : name.start].strip() if trigger.end <= name.start else "-"
    return gap in {"by", "by the"}


def _share_of(view: View, count: Count) -> str:
    """Return what a share with no listed noun is of: "a third of the original garrison"."""
    whole = _OF.match(view.text, count.end)
    if whole is None:
        return ""
    words = scope_words(view.language)
    verb = words.verb.search(whole[1])
    stops = [t.start - whole.start(1) for t in view.of_kind(FINITE) if t.start > whole.start(1)]
    stops += [verb.start()] if verb else []
    return tidy(whole[1][: min([len(whole[1]), *stops])])


def _head(view: View, trigger: Trigger) -> str:
    """Return "number of dead" for the trigger "dead"; nothing for a trigger with no such head."""
    start = max(0, trigger.start - _HEAD_REACH)
    heads = list(view.rules.heads.finditer(view.text, start, trigger.end))
    return counted(view.text[heads[-1].start() : trigger.end]) if heads else ""


def _japanese(view: View, count: Count) -> str:
    """Return the noun behind the counter, or else the one in front: "患者800人"."""
    noun = view.text[count.noun_start : count.noun_end]
    words = scope_words("ja")
    if not is_generic(noun, "ja"):
        return tidy(view.text[count.noun_start : _description_end(view, count, words)])
    before = view.text[max(0, count.start - PHRASE) : count.start]
    head = words.head.search(before)
    found = head[1] if head else ""
    dated = head and any(
        d.start < count.start - len(head[0]) + len(head[1]) <= d.end for d in view.dates
    )
    return "" if dated or words.anaphora.fullmatch(found) else found


def _held_in(view: View, count: Count, reading: Reading) -> str:
    """Return "persons housed in 49 camps" for "49 camps housed 500 persons"."""
    trigger = reading.trigger
    if trigger is None or reading.measure != "interned":
        return ""
    held = view.text[trigger.start : trigger.end]
    camps = [n for n in view.names if n.mention.kind is EntityKind.CAMP and n.end <= trigger.start]
    if not camps or not scope_words(view.language).holding.fullmatch(held):
        return ""
    camp = max(camps, key=lambda n: (n.end, n.end - n.start))
    return f"{view.text[count.noun_start : count.noun_end]} {held} in {camp.mention.name}"


def _is_first(view: View, count: Count, reading: Reading) -> bool:
    """Whether no other number stands between the word that gives the measure and this one."""
    start = reading.trigger.start if reading.trigger else 0
    return not any(c.start < count.start and c.end > start - PHRASE for c in view.counts)


def _label(view: View, count: Count) -> str:
    """Return what stands in front of the colon of a legend, without symbols and additions."""
    before = view.text[: count.start].rstrip().rstrip(":：")
    start = max((m.end() for m in re.finditer(r"[.!?。]\s", before)), default=0)
    cut = scope_words(view.language).legend_cut.search(before, start + 2)
    return tidy(before[start : cut.start() if cut else len(before)])


def _description_end(view: View, count: Count, words: Scope) -> int:
    loose = any(count.noun_end < t.start <= count.noun_end + 2 for t in view.of_kind(LOOSE))
    if not loose and not words.continuation.match(view.text, count.noun_end):
        return count.noun_end
    limit = min(len(view.text), count.noun_end + PHRASE)
    relative = _RELATIVE.match(view.text, count.noun_end)
    position = relative.end() if relative else count.noun_end
    while stop := STOP.search(view.text, position, limit):
        listed = _LISTED.match(view.text, stop.start())
        if listed is None or relative:
            limit = stop.start()
            break
        position = listed.end()
    others = [c.start for c in view.counts if c.start >= count.noun_end]
    others += [d.start for d in view.dates if d.start >= count.noun_end]
    stops = [m.start() for m in words.description_stop.finditer(view.text, position, limit)]
    if not relative:
        stops += [t.start for t in view.of_kind(FINITE) if t.start >= count.noun_end]
        verb = words.verb.search(view.text, position, limit)
        who = _RELATIVE.search(view.text, position, limit)
        if verb and not (who and who.start() < verb.start()):
            stops.append(verb.start())
        elif who:
            stops = [s for s in stops if s < who.start()]
    return min([limit, *others, *stops])
