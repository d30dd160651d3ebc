"""Serialisations and tables for other tools: one module per family of formats.

Every format reads from a `Store` and writes to a binary stream or a folder; nothing is held whole
in memory where the format can be written as it comes.
"""

from .registry import FORMATS, Export, export, export_format, write_stream

__all__ = ["FORMATS", "Export", "export", "export_format", "write_stream"]
