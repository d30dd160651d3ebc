"""Words that tell whose voice a clause is in and how firm it is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from ...model import Stance
from ...resources import rules


@dataclass(frozen=True, slots=True)
class VoiceWords:
    """The word lists of ``rules/attribution.toml``."""

    speech: dict[str, Stance]
    hedges: frozenset[str]
    hedging_modals: frozenset[str]
    hedging_verbs: frozenset[str]
    hedging_passives: frozenset[str]
    heard_passives: frozenset[str]
    """Verbs whose passive tells what somebody heard: "were told that"."""
    unreal_modals: frozenset[str]
    unreal_openers: frozenset[str]
    happened: frozenset[str]
    refused: frozenset[str]
    denials: frozenset[str]
    scant: frozenset[str]
    disputes: frozenset[str]
    openers: frozenset[str]
    views: frozenset[str]
    firm: frozenset[str]
    false: frozenset[str]
    open: frozenset[str]
    factive: frozenset[str]
    """Verbs that take what they tell as so, even where nobody knew or told it."""
    goes_round: frozenset[str]
    """Verbs of what rumours do."""
    doubtful: frozenset[str]
    """Nouns that put what follows "that" in doubt: "rumours that"."""


@cache
def voice_words() -> VoiceWords:
    """Return the word lists of voices, ready for look-up."""
    data = rules("attribution")
    hedges, unreal, infinitives = data["hedges"], data["unreal"], data["infinitives"]
    return VoiceWords(
        {verb: Stance(t["stance"]) for t in data["speech"] for verb in t["verbs"]},
        frozenset(hedges["words"]),
        frozenset(hedges["modals"]),
        frozenset(hedges["verbs"]),
        frozenset(hedges["passives"]),
        frozenset(hedges["heard"]),
        frozenset(unreal["modals"]),
        frozenset(unreal["openers"]),
        frozenset(infinitives["happened"]),
        frozenset(infinitives["refused"]),
        frozenset(data["denials"]["words"]),
        frozenset(data["denials"]["scant"]),
        frozenset(data["disputes"]["words"]),
        frozenset(data["sources"]["openers"]),
        frozenset(data["sources"]["views"]),
        frozenset(data["truth"]["firm"]),
        frozenset(data["truth"]["false"]),
        frozenset(data["truth"]["open"]),
        frozenset(data["truth"]["factive"]),
        frozenset(data["truth"]["rumoured"]),
        frozenset(data["truth"]["nouns"]),
    )
