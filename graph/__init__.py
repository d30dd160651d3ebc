"""The converter and the library.

``KnowledgeGraph`` is loaded when it is first asked for, so that importing the package stays light.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .library import KnowledgeGraph

__all__ = ["KnowledgeGraph"]


def __getattr__(name: str) -> Any:
    """Load `KnowledgeGraph` (PEP 562)."""
    if name == "KnowledgeGraph":
        from .library import KnowledgeGraph

        return KnowledgeGraph
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
