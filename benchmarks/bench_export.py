"""Speed of every export of a release, against plain serialisation by pyoxigraph in the same run.

    python benchmarks/bench_export.py RELEASE [FORMAT …]

Prints seconds, megabytes written, megabytes a second and how many times as long as `dump` of the
same store as N-Quads each export takes. A large release is made by ``benchmarks/multiply.py``.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import pyoxigraph as ox

from maizuru.graph.export import FORMATS, export
from maizuru.graph.store import open_release

_PLAIN = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "trig": ox.RdfFormat.TRIG,
    "nquads": ox.RdfFormat.N_QUADS,
    "jsonld": ox.RdfFormat.JSON_LD,
}
"""What plain pyoxigraph writes of the same data; other formats are set against N-Quads."""


def main(release: Path, names: list[str]) -> None:
    """Export *release* in every format of *names* and print a line each."""
    begin = perf_counter()
    store = open_release(release)
    raw = ox.Store()
    raw.extend(store.quads())
    print(f"{len(raw):,} quads, opened and copied in {perf_counter() - begin:.1f} s")
    with TemporaryDirectory() as scratch:
        references = {form: _plain(raw, form, Path(scratch)) for form in {*_PLAIN.values()}}
        for name in names:
            place = Path(scratch) / name
            begin = perf_counter()
            export(store, name, place, release / "documents")
            taken, size = perf_counter() - begin, _size(place)
            plain = references[_PLAIN.get(name, ox.RdfFormat.N_QUADS)]
            print(
                f"{name:14} {taken:8.2f} s {size / 1e6:9.1f} MB {size / 1e6 / taken:8.1f} MB/s"
                f"  × {taken / plain:.2f} of plain {_PLAIN.get(name, ox.RdfFormat.N_QUADS)}"
            )


def _plain(raw: ox.Store, form: ox.RdfFormat, folder: Path) -> float:
    """Return the seconds that plain pyoxigraph takes for the same quads."""
    begin = perf_counter()
    with (folder / "plain").open("wb") as output:
        if form.supports_datasets:
            ox.serialize(raw, output, form)
        else:
            ox.serialize((quad.triple for quad in raw), output, form)
    return perf_counter() - begin


def _size(place: Path) -> int:
    files = place.rglob("*") if place.is_dir() else [place]
    return sum(file.stat().st_size for file in files if file.is_file())


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:] or list(FORMATS))
