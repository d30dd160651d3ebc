"""Sentences, scripts, transliteration, dates and quantities."""
