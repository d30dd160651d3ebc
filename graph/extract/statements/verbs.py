"""Read verb groups: auxiliaries, the main verb, and whether it is active, passive or neither."""

from __future__ import annotations

from collections.abc import Sequence

from .items import Item, ItemKind
from .lexicon import VerbForm, Words, is_adverbial, words
from .parts import ALSO_SUBORDINATORS, Part, Phrase, Verb
from .singulars import behind_noun, joins_participle, stem, unlisted

NOMINATIVE = frozenset({"he", "she", "they", "we", "i"})
_BEFORE_ACTIVE = NOMINATIVE | {"it", "who", "and", "or", "but"}


class VerbReader:
    """Looks at the items of a sentence, from the left, with the phrases read so far."""

    def __init__(self, items: Sequence[Item]) -> None:
        """Begin before the first item."""
        self._items = items
        self._words: Words = words()
        self._phrases: list[Phrase] = []
        lowers = [item.lower if item.kind is ItemKind.WORD else "" for item in items]
        self._lowers = ["", *lowers, "", "", ""]

    def _item(self, at: int) -> Item | None:
        return self._items[at] if 0 <= at < len(self._items) else None

    def _lower(self, at: int) -> str:
        """Return the word at *at* in lower case; empty for marks, names and beyond the ends."""
        return self._lowers[at + 1]

    # -- verbs

    def _verb(self, at: int) -> Phrase | None:
        """Return the verb group that starts at *at*, if one does."""
        word = self._lowers[at + 1]
        if word not in self._words.verbal and not word.endswith("ed"):
            return None
        if word in self._words.auxiliaries:
            return self._group(at)
        if word == "to":
            return self._infinitive(at)
        return self._lexical(at)

    def _group(self, at: int) -> Phrase:
        """Read auxiliaries, adverbs between them, and the main verb."""
        known = self._words
        verb = Verb("", "finite")
        last, seen = self._auxiliaries(verb, at)
        main = self._lower(last)
        form = known.verbs.get(main)
        if "be" in seen:
            last = self._after_be(verb, main, form, last)
        elif "have" in seen:
            last = self._after_have(verb, main, form, last)
        elif main and self._noun_word(main) and main not in self._words.openers:
            verb.lemma, last = (form.lemma if form else main), last + 1
        else:
            verb.lemma = "do"
        if self._lower(at) in ("being", "having"):
            verb.form = "gerund" if self._is_preposition(at - 1) else "participle"
        return self._finish(verb, at, last)

    def _auxiliaries(self, verb: Verb, at: int) -> tuple[int, set[str]]:
        """Read auxiliaries and the adverbs between them; return where the main verb should be."""
        known = self._words
        seen: set[str] = set()
        while word := self._lower(at):
            verb.negated = verb.negated or word.endswith("n't")
            if word in known.modal:
                verb.modal = word
            elif word in known.be:
                seen.add("be")
            elif word in known.have:
                seen.add("have")
            elif word in ("not", "n't", "never"):
                verb.negated = True
            elif word == "to" and seen and self._base(at + 1):
                verb.modal = verb.modal or ("had to" if self._lower(at - 1) == "had" else "to")
            elif word not in known.do and not self._between(word):
                break
            at += 1
        return at, seen

    def _between(self, word: str) -> bool:
        return (word in self._words.adverbs and word != "home") or is_adverbial(word)

    def _after_be(self, verb: Verb, main: str, form: VerbForm | None, last: int) -> int:
        if (form is not None and "pp" in form.tags) or (form is None and self._like_ed(main)):
            verb.lemma, verb.passive = (form.lemma if form else stem(main)), True
            return last + 1
        if (form is not None and "ing" in form.tags) or (form is None and self._like_ing(main)):
            verb.lemma, verb.progressive = (form.lemma if form else main[:-3]), True
            return last + 1
        verb.lemma, verb.copula = "be", True
        return last

    def _after_have(self, verb: Verb, main: str, form: VerbForm | None, last: int) -> int:
        if (form is not None and "pp" in form.tags) or (form is None and self._like_ed(main)):
            verb.lemma = form.lemma if form else stem(main)
            return last + 1
        if verb.modal in ("to", "had to") and main:
            verb.lemma = form.lemma if form else main
            return last + 1
        verb.lemma = "have"
        return last

    def _infinitive(self, at: int) -> Phrase | None:
        last = at + 1
        if self._lower(last).endswith("ly"):
            last += 1
        word = self._lower(last)
        if not self._base(last):
            told = unlisted(self._lowers, last)
            return self._finish(Verb(word, "infinitive"), at, last + 1) if told else None
        if word in ("be", "have"):
            phrase = self._group(last)
            if phrase.verb is not None:
                phrase.first, phrase.verb.form = at, "infinitive"
            return phrase
        return self._finish(Verb(self._words.verbs[word].lemma, "infinitive"), at, last + 1)

    def _base(self, at: int) -> bool:
        word = self._lower(at)
        form = self._words.verbs.get(word)
        return word in ("be", "have") or (form is not None and "base" in form.tags)

    def _lexical(self, at: int) -> Phrase | None:
        """Return a verb without auxiliary: a past form, a present, or a participle."""
        word = self._lower(at)
        form = self._words.verbs.get(word)
        before = self._item(at - 1)
        if form is None and not self._like_ed(word):
            return None
        tags = form.tags if form is not None else frozenset({"past", "pp"})
        lemma = form.lemma if form is not None else stem(word)
        if tags & {"past", "pp"}:
            return self._past(at, lemma, tags, before)
        barred = word in self._words.not_verbs and self._lower(at - 1) not in ("those", "these")
        if barred and not joins_participle(self._phrases, self._item(at + 1)):
            return None
        if "ing" in tags and self._is_gerund(at, before):
            kind = "participle" if before is None or not self._is_preposition(at - 1) else "gerund"
            return self._finish(Verb(lemma, kind), at, at + 1)
        if "s" in tags and (self._after_subject(at) or self._after_apposition(at)):
            return self._finish(Verb(lemma, "finite"), at, at + 1)
        if "base" in tags and self._after_plural(at):
            return self._finish(Verb(lemma, "finite"), at, at + 1)
        return None

    def _past(
        self, at: int, lemma: str, tags: frozenset[str], before: Item | None
    ) -> Phrase | None:
        """Tell "captured soldiers" (no verb) from "soldiers captured in", "they captured the"."""
        if self._modifies(at):
            return None
        if self._item(at + 1) is None and "past" not in tags:
            return None
        if "pp" in tags and lemma not in self._words.acting and self._joined_to_passive(at):
            return self._finish(Verb(lemma, "finite", passive=True), at, at + 1)
        passive = "past" not in tags or ("pp" in tags and self._is_passive(at, lemma, before))
        form = "participle" if passive else "finite"
        return self._finish(Verb(lemma, form, passive=passive), at, at + 1)

    def _joined_to_passive(self, at: int) -> bool:
        """Return whether "and", or a list, joins the verb at *at* to a passive.

        "They were disarmed and sent home", "he was captured, held in Chita and released".
        """
        before = self._phrases[-1] if self._phrases else None
        listed = before is not None and before.word == "," and self._goes_on_listing(at)
        if not listed and (before is None or before.part is not Part.CONJUNCTION):
            return False
        for phrase in reversed(self._phrases[:-1]):
            if phrase.part is Part.VERB and phrase.verb is not None:
                return phrase.verb.passive and phrase.verb.form == "finite"
            if phrase.part in (Part.SUBORDINATOR, Part.RELATIVE):
                return False
        return False

    def _goes_on_listing(self, at: int) -> bool:
        """Return whether an "and" with another participle follows, in the same clause."""
        for index in range(at + 1, len(self._items)):
            word = self._lower(index)
            if word in self._words.relatives or word in self._words.subordinators:
                return False
            if self._items[index].lower in (";", ":", "—"):
                return False
            form = self._words.verbs.get(self._lower(index + 1))
            if word == "and" and form is not None:
                return "pp" in form.tags
        return False

    def _is_passive(self, at: int, lemma: str, before: Item | None) -> bool:
        """Return whether a form that may be past or participle is the latter, without "be"."""
        if self._lower(at + 1) == "by":
            return True
        if lemma in self._words.intransitive:
            return False
        if before is None:
            return True
        back = at - 1
        while self._lower(back) in self._words.adverbs:
            back -= 1
        if self._lower(back) in _BEFORE_ACTIVE:
            return False
        if self._lower(at + 1) == "that":
            return False
        later = self._finite_later(at + 1, marked=before.kind is ItemKind.MARK)
        if lemma in self._words.labile:
            free = not (later and before.kind is ItemKind.MARK)
        else:
            free = not (later or lemma in self._words.undergone)
        if free and self._open_subject():
            return False
        if self._object_follows(at + 1):
            return not self._open_subject() and before.kind is not ItemKind.MARK
        return lemma in self._words.transitive or not self._open_subject()

    def _finite_later(self, at: int, *, marked: bool) -> bool:
        """Return whether a finite verb that nothing joins to another one follows in the clause.

        Behind what a comma opens (*marked*), any past form after the next comma may be finite.
        """
        relative = False
        for index in range(at, len(self._items)):
            item = self._items[index]
            if item.kind is ItemKind.MARK:
                if item.lower in ";:—":
                    return False
                relative = relative and item.lower != ","
            word = item.lower
            relative = (
                relative or word in self._words.relatives or word in self._words.subordinators
            )
            if relative or self._lower(index - 1) in ("and", "or", "but", "to", "by"):
                continue
            form = self._words.verbs.get(word)
            plain = form is not None and "pp" not in form.tags
            surely = plain or (marked and self._after_mark(index))
            past = form is not None and "past" in form.tags and surely
            third = form is not None and "s" in form.tags and self._after_mark(index)
            if past or third or word in self._words.auxiliaries:
                return True
        return False

    def _after_mark(self, at: int) -> bool:
        return at > 0 and self._items[at - 1].lower == ","

    def _object_follows(self, at: int) -> bool:
        item = self._item(at)
        if item is None or item.kind in (ItemKind.MARK, ItemKind.DATE):
            return False
        return item.kind is not ItemKind.WORD or self._noun_word(item.lower)

    def _modifies(self, at: int) -> bool:
        """Return whether the word at *at* stands before a noun as an adjective does."""
        before, follows = self._item(at - 1), self._item(at + 1)
        if follows is None or follows.kind is ItemKind.MARK:
            opened = self._lower(at - 1) in self._words.determiners
            return opened or self._is_preposition(at - 1)
        nominal = follows.kind is ItemKind.MENTION or (
            follows.kind is ItemKind.WORD
            and self._noun_word(follows.lower)
            and follows.lower not in self._words.openers
        )
        if not nominal:
            return self._lower(at - 1) in ("a", "an", "the")
        if before is None:
            return follows.kind is ItemKind.WORD
        if before.kind is ItemKind.WORD:
            word = before.lower
            attributive = word in self._words.determiners or word in self._words.possessives
            if word == "and":
                return (
                    self._lower(at) not in self._words.appointed and not self._after_active_verb()
                )
            return attributive or self._is_preposition(at - 1) or word in ("'s", "newly")
        return before.kind is ItemKind.QUANTITY

    def _after_active_verb(self) -> bool:
        """Return whether "and" may go on with a second verb: "felled timber and built houses"."""
        for phrase in reversed(self._phrases):
            if phrase.part is Part.VERB and phrase.verb is not None:
                return phrase.verb.form == "finite" and not phrase.verb.passive
            if phrase.part in (Part.RELATIVE, Part.SUBORDINATOR):
                return False
        return False

    def _open_subject(self) -> bool:
        """Return whether the clause so far still waits for its verb."""
        main, subordinate, waiting = False, False, False
        for at, phrase in enumerate(self._phrases):
            if phrase.part in (Part.RELATIVE, Part.SUBORDINATOR):
                waiting = True
            elif phrase.part is Part.MARK:
                subordinate = False
                if phrase.word in ";:—":
                    main = waiting = False
            elif phrase.part is Part.VERB and phrase.verb and phrase.verb.form == "finite":
                joined = at > 0 and self._phrases[at - 1].part is Part.CONJUNCTION
                if waiting or self._is_subordinate(at):
                    subordinate, waiting = True, False
                elif not (subordinate and joined):
                    main = True
        return waiting or self._is_subordinate(len(self._phrases)) or self._told() or not main

    def _told(self) -> bool:
        """Return whether the last noun phrase stands right behind a verb like "said"."""
        if len(self._phrases) < 2 or self._phrases[-1].part is not Part.NOUN:
            return False
        verb = self._phrases[-2].verb
        return verb is not None and verb.lemma in self._words.clausal and not verb.passive

    def _is_subordinate(self, at: int) -> bool:
        """Return whether the verb at *at* belongs to "after X did" or "the things they did"."""
        if at < 2 or self._phrases[at - 1].part is not Part.NOUN:
            return False
        subject, before = self._phrases[at - 1], self._phrases[at - 2]
        if before.part is Part.PREPOSITION:
            return before.word in ALSO_SUBORDINATORS
        return before.part is Part.NOUN and subject.lead in NOMINATIVE

    def _is_gerund(self, at: int, before: Item | None) -> bool:
        follows, word = self._item(at + 1), self._lower(at - 1)
        determined = word in self._words.determiners and word not in ("those", "these")
        goes_on = follows is not None and follows.kind is not ItemKind.MARK
        return before is None or (not determined and goes_on)

    def _is_preposition(self, at: int) -> bool:
        return self._lower(at) in self._words.prepositions

    def _after_subject(self, at: int) -> bool:
        if behind_noun(self._items, self._lowers, at):
            return self._open_subject()
        while self._lower(at - 1) in self._words.adverbs:
            at -= 1
        before = self._item(at - 1)
        if before is None:
            return False
        if before.kind is ItemKind.MENTION and before.mention is not None:
            return before.mention.kind.value != "group"
        return before.lower in ("who", "which", "that", "he", "she", "it", "nothing", "nobody")

    def _after_apposition(self, at: int) -> bool:
        """Return whether a verb can stand behind a comma: "Sato, a former medic, lives in"."""
        if self._lowers[at + 1] not in self._words.framed_forms or not self._phrases:
            return False
        if self._phrases[-1].word != "," or self._phrases[0].mention is None:
            return False
        follows = self._is_preposition(at + 1) or self._object_follows(at + 1)
        return follows and self._open_subject()

    def _after_plural(self, at: int) -> bool:
        before = self._item(at - 1)
        if before is None:
            return False
        if before.kind is ItemKind.MENTION and before.mention is not None:
            return before.mention.kind.value == "group"
        if before.lower in ("they", "who", "we", "i") or before.lower in self._words.persons:
            return True
        if self._lower(at + 1) == "to" and self._base(at + 2) and before.mention is not None:
            return True
        return self._plural_before(at) and self._object_follows(at + 1)

    def _plural_before(self, at: int) -> bool:
        """Return whether "these memoirs" and the like stand before a verb that has a frame."""
        known = self._words
        form = known.verbs.get(self._lower(at))
        if form is None or form.lemma not in known.framed or not self._lower(at - 1).endswith("s"):
            return False
        return any(
            self._lower(at - back) in ("these", "those", "many", "some", "several", "most", "the")
            for back in (2, 3)
        )

    def _finish(self, verb: Verb, first: int, last: int) -> Phrase:
        following = self._words.verbs.get(self._lower(last))
        if verb.lemma in self._words.aspectual and following and "ing" in following.tags:
            verb.lemma, last = following.lemma, last + 1
        verb.second = self._lower(last)
        if f"{verb.lemma} {verb.second}" in self._words.compounds:
            last += 1
        return Phrase(Part.VERB, first, last, word=verb.lemma, verb=verb)

    def _like_ed(self, word: str) -> bool:
        return (
            len(word) > 4
            and word.endswith("ed")
            and "-" not in word
            and word not in self._words.not_verbs
        )

    def _like_ing(self, word: str) -> bool:
        return len(word) > 5 and word.endswith("ing") and word not in self._words.not_verbs

    def _noun_word(self, word: str) -> bool:
        return word not in self._words.function_words and not is_adverbial(word)
