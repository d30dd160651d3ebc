"""Names of the sorts of things that the parser tells apart."""

from __future__ import annotations


class Sort(str):
    """A name of a sort; the annotations of a subclass are its members, as in an `Enum`.

    The parser asks for them at every word, and Python 3.11 takes ten times as long to look up a
    member of an `Enum` as an attribute of a class.
    """

    __slots__ = ()

    def __init_subclass__(cls) -> None:
        """Make the members."""
        for name in cls.__annotations__:
            setattr(cls, name, cls(name.lower()))
