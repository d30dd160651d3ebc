"""Rules, patterns and word lists as data."""
