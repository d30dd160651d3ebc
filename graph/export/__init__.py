"""Serialisations and tables for other tools."""
