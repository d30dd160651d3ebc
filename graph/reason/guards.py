"""The tests a rule may put to its variables, and the value space of literals they need.

Two literals differ only when both have a known datatype and a value in it; what is not understood
never makes a contradiction (XML Schema Definition Language 1.1 Part 2; OWL 2 Profiles, table 8).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache

from pyoxigraph import Literal

from ..namespaces import PREFIXES
from .terms import Terms

Value = tuple[str, object]
"""Value space and value; values of different spaces are different values."""

XSD = PREFIXES["xsd"]
RDF = PREFIXES["rdf"]

_DATE = re.compile(r"(-?\d{4,})-(\d\d)-(\d\d)(Z|[+-]\d\d:\d\d)?")
_DATE_TIME = re.compile(r"-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?")
_DECIMAL = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")
_FLOAT = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?|[+-]?INF|NaN")
_INTEGER = re.compile(r"[+-]?\d+")
_STRINGS = {"string", "normalizedString", "token", "language", "Name", "NCName", "NMTOKEN"}

_BOUNDS: dict[str, tuple[int | None, int | None]] = {
    "integer": (None, None),
    "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None),
    "nonPositiveInteger": (None, 0),
    "negativeInteger": (None, -1),
    "long": (-(2**63), 2**63 - 1),
    "int": (-(2**31), 2**31 - 1),
    "short": (-(2**15), 2**15 - 1),
    "byte": (-(2**7), 2**7 - 1),
    "unsignedLong": (0, 2**64 - 1),
    "unsignedInt": (0, 2**32 - 1),
    "unsignedShort": (0, 2**16 - 1),
    "unsignedByte": (0, 2**8 - 1),
}


class IllTyped(ValueError):
    """The lexical form is not one of its datatype."""


def _decimal(text: str) -> Value:
    if not _DECIMAL.fullmatch(text):
        raise IllTyped(text)
    return "number", Decimal(text)


def _integer(name: str) -> Callable[[str], Value]:
    low, high = _BOUNDS[name]

    def read(text: str) -> Value:
        if not _INTEGER.fullmatch(text):
            raise IllTyped(text)
        number = int(text)
        if (low is not None and number < low) or (high is not None and number > high):
            raise IllTyped(text)
        return "number", Decimal(number)

    return read


def _float(space: str) -> Callable[[str], Value]:
    def read(text: str) -> Value:
        if not _FLOAT.fullmatch(text):
            raise IllTyped(text)
        return space, repr(float(text))

    return read


def _boolean(text: str) -> Value:
    if text not in {"true", "false", "0", "1"}:
        raise IllTyped(text)
    return "boolean", text in {"true", "1"}


def _date(text: str) -> Value:
    match = _DATE.fullmatch(text)
    if not match:
        raise IllTyped(text)
    year, month, day, zone = match.groups()
    try:
        date(2000 + int(year) % 400, int(month), int(day))
    except ValueError as error:
        raise IllTyped(text) from error
    return "date-zoned" if zone else "date", (int(year), month, day, zone)


def _date_time(text: str) -> Value:
    match = _DATE_TIME.fullmatch(text)
    if not match:
        raise IllTyped(text)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        if text.startswith("-") or len(text.split("T")[0]) > 10 or text[11:13] == "24":
            return "date-time-far", text
        raise IllTyped(text) from error
    if moment.tzinfo:
        return "date-time-zoned", moment.astimezone(UTC)
    return "date-time", moment


_READERS: dict[str, Callable[[str], Value]] = {
    **{XSD + name: _integer(name) for name in _BOUNDS},
    **{XSD + name: lambda text: ("string", text) for name in _STRINGS},
    XSD + "decimal": _decimal,
    XSD + "float": _float("float"),
    XSD + "double": _float("double"),
    XSD + "boolean": _boolean,
    XSD + "date": _date,
    XSD + "dateTime": _date_time,
    XSD + "anyURI": lambda text: ("uri", text),
}

_SPACES = {XSD + name: {"number"} for name in (*_BOUNDS, "decimal")}
_SPACES.update({XSD + name: {"string"} for name in _STRINGS})
_SPACES.update(
    {
        XSD + "float": {"float"},
        XSD + "double": {"double"},
        XSD + "boolean": {"boolean"},
        XSD + "date": {"date", "date-zoned"},
        XSD + "dateTime": {"date-time", "date-time-zoned", "date-time-far"},
        XSD + "anyURI": {"uri"},
        RDF + "langString": {"text"},
        RDF + "PlainLiteral": {"string", "text"},
    }
)

# A zoned and an unzoned moment may be the same one, so their difference proves nothing.
_COMPARABLE = {
    "date-zoned": {"date", "date-zoned"},
    "date": {"date-zoned"},
    "date-time-zoned": {"date-time"},
    "date-time": {"date-time-zoned"},
    "date-time-far": {"date-time", "date-time-zoned", "date-time-far"},
}


def value(literal: Literal) -> Value | None:
    """Return the value of *literal*, or None where its datatype is not known here.

    Raises:
        IllTyped: the lexical form does not belong to the datatype.
    """
    if literal.language:
        return "text", (literal.value, literal.language.lower(), str(literal.direction))
    reader = _READERS.get(literal.datatype.value)
    return reader(literal.value) if reader else None


def _value_or_none(literal: Literal) -> Value | None:
    try:
        return value(literal)
    except IllTyped:
        return None


def ill_typed(literal: Literal) -> bool:
    """Return whether the lexical form does not belong to the datatype (dt-not-type)."""
    try:
        value(literal)
    except IllTyped:
        return True
    return False


def differ(left: Literal, right: Literal) -> bool:
    """Return whether two literals surely have different values (dt-diff)."""
    first, second = _value_or_none(left), _value_or_none(right)
    if first is None or second is None or first == second:
        return False
    return second[0] not in _COMPARABLE.get(first[0], ())


def outside(literal: Literal, datatype: str) -> bool:
    """Return whether *literal* is surely no value of *datatype*."""
    spaces = _SPACES.get(datatype)
    if spaces is None:
        return False
    if ill_typed(literal):
        return True
    known = _value_or_none(literal)
    if known is None:
        return False
    if known[0] not in spaces:
        return True
    name = datatype.removeprefix(XSD)
    if name not in _BOUNDS:
        return False
    number = known[1]
    assert isinstance(number, Decimal)
    low, high = _BOUNDS[name]
    whole = number == number.to_integral_value()
    return not whole or (low is not None and number < low) or (high is not None and number > high)


class Guards:
    """Runs the tests of rules on numbered terms."""

    def __init__(self, terms: Terms) -> None:
        """Test terms of *terms*."""
        self._terms = terms
        self._differ = cache(self._compare)
        self.tests: dict[str, Callable[[int, int], bool]] = {
            "is-not": lambda left, right: left != right,
            "is-resource": lambda left, _: not left & 1,
            "has-value": self._has_value,
            "differs-from": lambda left, right: left != right and self._differ(left, right),
            "is-ill-typed": self._is_ill_typed,
            "lies-outside": self._lies_outside,
        }

    def _compare(self, left: int, right: int) -> bool:
        first, second = self._terms.literal(left), self._terms.literal(right)
        return first is not None and second is not None and differ(first, second)

    def _has_value(self, left: int, number: int) -> bool:
        first, second = self._terms.literal(left), self._terms.literal(number)
        if first is None or second is None:
            return False
        return _value_or_none(first) == _value_or_none(second)

    def _is_ill_typed(self, left: int, _: int) -> bool:
        literal = self._terms.literal(left)
        return literal is not None and ill_typed(literal)

    def _lies_outside(self, left: int, datatype: int) -> bool:
        literal = self._terms.literal(left)
        if literal is None:
            return False
        return outside(literal, str(getattr(self._terms.term(datatype), "value", "")))


def literal_key(literal: Literal) -> Value | None:
    """Return what literals of equal value share (dt-eq), or None where that is not known."""
    return _value_or_none(literal)
