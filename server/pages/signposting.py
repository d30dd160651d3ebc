"""FAIR Signposting (profile of 2023-10-02): the links of a landing page, as header and link set."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from ..ask import services
from . import negotiated, schema_org
from .negotiated import ENDINGS, GRAPHS

_LINKSET = "application/linkset+json"


@dataclass(frozen=True, slots=True)
class Link:
    """One typed link."""

    relation: str
    href: str
    media_type: str = ""


@dataclass(frozen=True, slots=True)
class Landing:
    """A landing page and its links; *described* are the addresses of its descriptions."""

    anchor: str
    links: tuple[Link, ...]
    described: tuple[str, ...]

    def header(self) -> list[str]:
        """Return the links as values of the header ``Link`` (RFC 8288)."""
        return [
            f'<{link.href}>; rel="{link.relation}"'
            + (f'; type="{link.media_type}"' if link.media_type else "")
            for link in self.links
        ]

    def linkset(self) -> dict[str, object]:
        """Return the links as ``application/linkset+json`` (RFC 9264)."""
        context: dict[str, object] = {"anchor": self.anchor}
        for link in self.links:
            if link.relation == "linkset":
                continue
            target = {"href": link.href} | ({"type": link.media_type} if link.media_type else {})
            found = context.setdefault(link.relation, [])
            assert isinstance(found, list)
            found.append(target)
        back = {"href": self.anchor, "type": "text/html"}
        reverse = [{"anchor": place, "describes": [back]} for place in self.described]
        return {"linkset": [context, *reverse]}


def dataset_links() -> Landing:
    """Return the links of the home page, which is the landing page of the dataset."""
    root, base = negotiated.root(), services().settings.base
    described = [
        Link("describedby", f"{root}/{name}.{ENDINGS[form.name]}", form.media_types[0])
        for name in ("void", "catalog")
        for form in GRAPHS
    ]
    links = (
        Link("cite-as", f"{base}dataset"),
        *described,
        Link("item", f"{root}/exports/nquads", "application/n-quads"),
        Link("type", "https://schema.org/AboutPage"),
        Link("type", "https://schema.org/Dataset"),
        Link("license", schema_org.LICENCE),
        Link("author", base),
        Link("linkset", f"{root}/linkset", _LINKSET),
    )
    return Landing(f"{root}/", links, tuple(link.href for link in described))


def landing_links(key: str) -> Landing:
    """Return the links of ``/page/<key>``."""
    root, path = negotiated.root(), quote(key)
    base = services().settings.base
    described = [
        Link("describedby", f"{root}/data/{path}.{ENDINGS[form.name]}", form.media_types[0])
        for form in GRAPHS
    ]
    links = (
        Link("cite-as", f"{base}id/{path}"),
        *described,
        Link("type", "https://schema.org/AboutPage"),
        Link("type", "https://schema.org/" + schema_org.type_of(key)),
        Link("license", schema_org.LICENCE),
        Link("author", base),
        Link("collection", f"{base}dataset"),
        Link("linkset", f"{root}/linkset/{path}", _LINKSET),
    )
    return Landing(f"{root}/page/{path}", links, tuple(link.href for link in described))
