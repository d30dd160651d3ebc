"""The languages of the interface: which one a request wants, and the words in it."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from functools import cache
from importlib.resources import files

from flask import Request

LANGUAGES = ("en", "ja", "ru")
NAMES = {"en": "English", "ja": "日本語", "ru": "Русский"}


def language_of(request: Request) -> str:
    """Return ``?lang=`` if it names a language we have, else what Accept-Language prefers."""
    asked = request.args.get("lang", "")
    if asked in LANGUAGES:
        return asked
    return request.accept_languages.best_match(LANGUAGES, "en") or "en"


@cache
def messages(language: str) -> dict[str, str]:
    """Return the words of the interface in one language, by key."""
    text = files("maizuru.server").joinpath("messages", f"{language}.toml").read_text("utf-8")
    return tomllib.loads(text)


def translator(language: str) -> Callable[..., str]:
    """Return ``t("key", name=value)``; a missing word shows its English, never a blank."""
    own, fallback = messages(language), messages("en")

    def translate(key: str, /, **values: object) -> str:
        return own.get(key, fallback[key]).format(**values)

    return translate
