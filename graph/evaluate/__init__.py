"""Precision and recall against a gold standard."""
