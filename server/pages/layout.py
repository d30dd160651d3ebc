"""What every page shares: language, navigation, links, and how it is sent."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any
from urllib.parse import urlencode

from flask import Response, make_response, render_template, request

from maizuru.graph import ontology_docs
from maizuru.graph.namespaces import MZ, PREFIXES

from ..ask import services
from ..dates import told
from ..i18n import LANGUAGES, NAMES, language_of, messages, translator

NAVIGATION = (
    ("/search", "nav-search"),
    ("/figures", "nav-figures"),
    ("/documents", "nav-documents"),
    ("/map", "nav-map"),
    ("/queries", "nav-questions"),
    ("/ask", "nav-ask"),
    ("/ontology", "nav-ontology"),
)


def page(template: str, **values: Any) -> Response:
    """Render a page in the reader's language, cacheable as long as its content is the same."""
    language = language_of(request)
    explicit = request.args.get("lang") == language
    body = render_template(
        template,
        lang=language,
        t=translator(language),
        languages=NAMES.items(),
        navigation=NAVIGATION,
        here=request.path,
        explicit_language=explicit,
        link=link,
        in_language=_in_language,
        word=lambda iri: word(iri, language),
        concept_word=lambda path: word(PREFIXES["mzv"] + path, language) or path.rpartition("/")[2],
        class_word=lambda name: word(MZ + name, language) or name,
        static=_static,
        date=lambda edtf: told(edtf, translator(language)),
        tag_word=lambda tag: messages(language).get(f"lang-{tag.lower()}", tag),
        quoted=quoted,
        count=lambda number: f"{int(number):,}",
        **values,
    )
    response = make_response(body)
    response.headers["Content-Language"] = language
    response.headers["Vary"] = "Accept, Accept-Language"
    response.headers["Cache-Control"] = "no-cache"
    response.set_etag(sha256(body.encode()).hexdigest()[:24])
    response.make_conditional(request)
    return response


def link(path: str, **parameters: str) -> str:
    """Return an address on this site, keeping the language the reader chose."""
    chosen = request.args.get("lang", "")
    if chosen in LANGUAGES and "lang" not in parameters:
        parameters["lang"] = chosen
    return f"{path}?{urlencode(parameters)}" if parameters else path


def path_of(iri: str) -> str:
    """Return where a page about *iri* is on this site, or the IRI itself if it is not ours."""
    base = services().settings.base
    if iri.startswith(f"{base}id/"):
        key, _, place = iri.removeprefix(f"{base}id/").partition("#")
        if place.startswith("char=") and key.startswith("document/"):
            at = place.removeprefix("char=").partition(",")[0]
            return f"{link(f'/page/{key}', at=at)}#{place}"
        return link(f"/page/{key}") + (f"#{place}" if place else "")
    if iri.startswith(MZ):
        return link("/ontology/" + iri.removeprefix(MZ))
    if iri.startswith(PREFIXES["mzv"]):
        return link("/vocabulary/" + iri.removeprefix(PREFIXES["mzv"]))
    if iri.startswith(base):
        return link("/" + iri.removeprefix(base))
    return iri


def quoted(words: str, longest: int = 0) -> str:
    """Return a quotation for a list: the cells of a table row apart, and cut at *longest*."""
    apart = " · ".join(filter(None, (" ".join(cell.split()) for cell in words.split("\t"))))
    if longest and len(apart) > longest:
        return apart[:longest].rpartition(" ")[0].rstrip(" ,;") + " …"
    return apart


def bundled(name: str) -> bool:
    """Tell whether the optional front end was built, so that a page can ask for its script."""
    return files("maizuru.server").joinpath("static", "bundle", name).is_file()


def word(iri: str, language: str) -> str:
    """Return the name of a term or concept of ours in *language*, or an empty text."""
    return _words(language).get(iri, "")


@cache
def _words(language: str) -> dict[str, str]:
    named = {term.iri: term.label for term in ontology_docs.terms(language)}
    for scheme in ontology_docs.schemes(language):
        named.update({concept.iri: concept.label for concept in scheme.concepts})
    return named


def _in_language(code: str) -> str:
    values = {**request.args.to_dict(), "lang": code}
    return f"{request.path}?{urlencode(values)}"


def _static(name: str) -> str:
    return f"/static/{name}?{_version(name)}"


def _version(name: str) -> str:
    """Return a short hash of a static file, so that browsers may keep it for good."""
    if name not in _versions:
        data = files("maizuru.server").joinpath("static", name).read_bytes()
        _versions[name] = sha256(data).hexdigest()[:10]
    return _versions[name]


_versions: dict[str, str] = {}
