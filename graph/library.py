"""The knowledge graph from Python: one object over a release, documents, or an endpoint.

    from maizuru.graph import KnowledgeGraph

    kg = KnowledgeGraph.open("kg")                       # a release folder
    kg = KnowledgeGraph.open("letters/")                 # a folder of documents, converted now
    kg = KnowledgeGraph.open("https://example.org/sparql")
    kg.query("death-toll-estimates").to_pandas()

pandas and rdflib are imported only when they are asked for.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, overload

import pyoxigraph as ox

from . import questions, release
from .errors import MaizuruError, NotFound, QueryError
from .model import Extraction
from .namespaces import DEFAULT_BASE, PREFIXES, Iris, expand
from .resources import query_names, query_text
from .results import GRAPHS
from .store import RemoteStore, Store, open_release

if TYPE_CHECKING:
    import pandas
    import rdflib

    from .explain import Explanation

Value = str | int | float | bool | Decimal | date | None
Row = dict[str, Value]
_SHOWN = 20
"""Rows shown in a notebook."""
_NUMBERS: dict[str, Any] = {
    "integer": int,
    "nonNegativeInteger": int,
    "decimal": Decimal,
    "double": float,
}


class Rows(Sequence[Row]):
    """The rows of a table, as plain Python values; a notebook shows them as a table."""

    def __init__(self, columns: Sequence[str], rows: Sequence[Row]) -> None:
        """Keep the rows."""
        self.columns = tuple(columns)
        self._rows = list(rows)

    @overload
    def __getitem__(self, index: int) -> Row: ...

    @overload
    def __getitem__(self, index: slice) -> list[Row]: ...

    def __getitem__(self, index: int | slice) -> Row | list[Row]:
        """Return a row, or the rows of a slice."""
        return self._rows[index]

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self._rows)

    def __repr__(self) -> str:
        """Return the number of rows and the columns."""
        return f"<{len(self)} rows: {', '.join(self.columns)}>"

    def to_pandas(self) -> pandas.DataFrame:
        """Return a data frame.

        Raises:
            MaizuruError: pandas is not installed.
        """
        try:
            import pandas
        except ImportError as error:
            raise MaizuruError("This needs pandas: pip install 'maizuru[pandas]'.") from error
        return pandas.DataFrame(self._rows, columns=list(self.columns))

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{escape(name)}</th>" for name in self.columns)
        body = "".join(
            "<tr>" + "".join(f"<td>{_html(row.get(name))}</td>" for name in self.columns) + "</tr>"
            for row in self._rows[:_SHOWN]
        )
        more = f"<p>{len(self):,} rows</p>" if len(self) > _SHOWN else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing: its names by language, its classes and what is said of it."""

    iri: str
    names: Mapping[str, tuple[str, ...]]
    classes: tuple[str, ...]
    facts: Rows = field(repr=False)

    @property
    def label(self) -> str:
        """The English name, else any, else the end of the IRI."""
        for language in ("en", *sorted(self.names)):
            if found := self.names.get(language):
                return found[0]
        return self.iri.rpartition("/")[2]

    def _repr_html_(self) -> str:
        names = ", ".join(
            f"{escape(name)} ({escape(tag)})" for tag, all_ in self.names.items() for name in all_
        )
        kinds = ", ".join(escape(kind.rpartition("#")[2]) for kind in self.classes)
        return f"<h3>{escape(self.label)}</h3><p>{kinds}</p><p>{names}</p>" + (
            self.facts._repr_html_()
        )


class KnowledgeGraph:
    """A dataset that can be asked; see `open`."""

    def __init__(self, store: Store, *, base: str = DEFAULT_BASE, name: str = "") -> None:
        """Ask *store*; *base* is that of the dataset's IRIs."""
        self.store = store
        self.iris = Iris(base)
        self._name = name
        self._scratch: tempfile.TemporaryDirectory[str] | None = None

    @classmethod
    def open(cls, source: str | Path) -> Self:
        """Open a release folder, a SPARQL endpoint by its address, or documents.

        Documents (a file, or a folder that is no release) are converted into a temporary release,
        which goes with the object.

        Raises:
            ReleaseError: the release is broken.
            DocumentError: no document could be read.
        """
        if str(source).startswith(("http://", "https://")):
            return cls(RemoteStore(str(source)), name=str(source))
        place = Path(source)
        if (place / release.MANIFEST).is_file():
            base = release.read_manifest(place)["base"]
            return cls(open_release(place), base=base, name=str(source))
        from .build import build

        scratch = tempfile.TemporaryDirectory(prefix="maizuru-")
        try:
            folder = Path(scratch.name) / "kg"
            build([place], folder)
            opened = cls(open_release(folder), name=str(source))
        except BaseException:
            scratch.cleanup()
            raise
        opened._scratch = scratch
        return opened

    def close(self) -> None:
        """Remove what `open` wrote for documents; a release stays as it is."""
        if self._scratch is not None:
            self._scratch.cleanup()

    def __enter__(self) -> Self:
        """Return the object, to be closed at the end of a ``with`` block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    def __repr__(self) -> str:
        """Return where the data are."""
        return f"KnowledgeGraph({self._name!r})"

    def _repr_html_(self) -> str:
        counts = self._rows("pages/dataset-counts", {})
        told = ", ".join(f"{value:,} {name}" for name, value in counts[0].items() if value)
        return f"<p><b>Maizuru</b> {escape(self._name)}: {escape(told)}</p>"

    def questions(self) -> Rows:
        """Return the question library: name, title and parameters."""
        found: list[Row] = [
            {
                "name": item.name,
                "title": item.title,
                "parameters": ", ".join(parameter.name for parameter in item.parameters),
            }
            for item in questions.library()
        ]
        return Rows(("name", "title", "parameters"), found)

    def query(self, question: str, **values: object) -> Rows:
        """Return the rows of a question of the library, by name, or of SPARQL (SELECT or ASK).

        *values* are the parameters of a question of the library. ASK gives one row, ``answer``.

        Raises:
            QueryError: the query is wrong, or asks for a graph: see `to_rdflib`.
            LimitExceeded: an endpoint took too long.
        """
        if question in query_names():
            text = questions.question(question).query({k: str(v) for k, v in values.items()})
        elif values:
            raise QueryError(f"There is no question “{question}” that could take parameters.")
        else:
            text = question
        answer = self.store.query(text)
        if isinstance(answer, ox.QueryBoolean):
            return Rows(("answer",), [{"answer": bool(answer)}])
        if isinstance(answer, ox.QueryTriples):
            raise QueryError("This query makes a graph; use to_rdflib().")
        names = [variable.value for variable in answer.variables]
        return Rows(
            names,
            [dict(zip(names, (value_of(term) for term in row), strict=True)) for row in answer],
        )

    def to_pandas(self, question: str, **values: object) -> pandas.DataFrame:
        """Return the rows of a question as a data frame; see `query`."""
        return self.query(question, **values).to_pandas()

    def to_rdflib(self, query: str = "") -> rdflib.Graph:
        """Return the graph that a CONSTRUCT or DESCRIBE makes, or everything, for rdflib.

        Everything may be large: rdflib takes about a kilobyte a triple.
        """
        import rdflib

        graph = rdflib.Graph()
        for prefix, start in PREFIXES.items():
            graph.bind(prefix, start)
        if query:
            answer = self.store.query(query)
            if not isinstance(answer, ox.QueryTriples):
                raise QueryError("This query makes a table; use query().")
            data = ox.serialize(answer, format=GRAPHS["nt"])
        else:
            triples = (quad.triple for quad in self.store.quads())
            data = ox.serialize(triples, format=GRAPHS["nt"])
        return graph.parse(data=data or b"", format="nt")

    def entity(self, key: str) -> Entity:
        """Return a thing by its key (``place/kansk``), its IRI, or a name that only it has.

        Raises:
            NotFound: there is none, or several have the name; the sentence lists them.
        """
        iri = self._iri(key)
        names = self._rows("pages/entity-names", {"entity": iri}, tagged=True)
        if not names:
            raise NotFound(f"There is nothing by the name “{key}” here.")
        by_language: dict[str, dict[str, None]] = {}
        for row in names:
            if row.get("name") is not None:
                tag = str(row.get("name_language") or "")
                by_language.setdefault(tag, {})[str(row["name"])] = None
        classes = sorted({str(row["class"]) for row in names if row.get("class")})
        facts = self._rows("pages/entity-facts", {"entity": iri, "language": "en"})
        told = {tag: tuple(found) for tag, found in by_language.items()}
        return Entity(iri, told, tuple(classes), facts)

    def figures(self, measure: str = "") -> Rows:
        """Return the figures, of one measure (``died``) or all, with voice and passage."""
        found = self._table("figures")
        if not measure:
            return found
        wanted = {measure, self.iris.concept("measure", measure)}
        return Rows(found.columns, [row for row in found if row.get("measure") in wanted])

    def passages(self, key: str) -> Rows:
        """Return the passages that name a thing: quotation, document, start and end."""
        return self._rows("pages/entity-mentions", {"entity": self._iri(key)})

    def explain(self, subject: str, predicate: str, object_: str) -> Explanation:
        """Return why a triple holds, down to the passages; see `maizuru.graph.explain`.

        Subject and object are keys or IRIs, the predicate a prefixed name or IRI.

        Raises:
            NotFound: no graph holds it and no text states it.
        """
        from .explain import explain

        property_ = predicate if "://" in predicate else expand(predicate)
        ends = [ox.NamedNode(self._iri(end)) for end in (subject, object_)]
        return explain(self.store, ends[0], ox.NamedNode(property_), ends[1])

    def annotate(self, text: str, *, name: str = "text") -> Extraction:
        """Return what the converter finds in a text: mentions, figures, statements, references."""
        from .convert import convert

        with tempfile.TemporaryDirectory(prefix="maizuru-") as folder:
            place = Path(folder) / f"{name}.txt"
            place.write_text(text, encoding="utf-8")
            return convert(place, name)

    def _iri(self, key: str) -> str:
        """Return the IRI of a key, an IRI, or a name that only one thing has."""
        if key.startswith(("http://", "https://")):
            return key
        iri = self.iris.entity(key)
        if "/" in key or self.store.contains(iri):
            return iri
        wanted = key.casefold()
        rows = self._rows("pages/search-names", {})
        found = {str(r["entity"]) for r in rows if str(r["name"]).casefold() == wanted}
        if len(found) == 1:
            return found.pop()
        if found:
            raise NotFound(f"“{key}” may be {', '.join(sorted(found))}.")
        raise NotFound(f"There is nothing by the name “{key}” here.")

    def _table(self, name: str) -> Rows:
        return self._rows(f"export/{name}", {})

    def _rows(self, name: str, values: Mapping[str, str], *, tagged: bool = False) -> Rows:
        """Return the rows of a query of ours; *tagged* adds a column with each text's language."""
        text = questions.parse(name, query_text(name)).query(values)
        answer = self.store.query(text)
        assert isinstance(answer, ox.QuerySolutions)
        columns = [variable.value for variable in answer.variables]
        found = [dict(_pairs(columns, solution, tagged=tagged)) for solution in answer]
        return Rows(columns, found)


def _pairs(
    columns: Sequence[str], solution: ox.QuerySolution, *, tagged: bool
) -> Iterator[tuple[str, Value]]:
    for column, term in zip(columns, solution, strict=True):
        yield column, value_of(term)
        if tagged and isinstance(term, ox.Literal):
            yield f"{column}_language", term.language


def value_of(term: object) -> Value:
    """Return a term as a plain value: numbers, dates and truth values as such, IRIs as text."""
    if term is None:
        return None
    if not isinstance(term, ox.Literal):
        return str(getattr(term, "value", term))
    kind = term.datatype.value.rpartition("#")[2]
    if kind in _NUMBERS:
        number: int | float | Decimal = _NUMBERS[kind](term.value)
        return number
    if kind == "boolean":
        return term.value in ("true", "1")
    if kind == "date":
        try:
            return date.fromisoformat(term.value)
        except ValueError:
            return term.value
    return term.value


def _html(value: Value) -> str:
    text = "" if value is None else str(value)
    if text.startswith(("http://", "https://")):
        short = next(
            (f"{p}:{text[len(s) :]}" for p, s in PREFIXES.items() if text.startswith(s)), text
        )
        return f'<a href="{escape(text)}">{escape(short)}</a>'
    return escape(text)
