"""Readers of marked-up formats: each turns its markup into plain text and known blocks."""
