"""The release as DataCite metadata, ``datacite.json``: what a repository asks for at deposit.

https://schema.datacite.org/meta/kernel-4/. No DOI is given: whoever deposits a release gets one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .crate import DESCRIPTION, PUBLISHED
from .namespaces import Iris
from .publish import LICENCE

METADATA = "datacite.json"


def datacite(iris: Iris, digest: str, counts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the metadata of a release; *digest* is the SHA-256 of its N-Quads."""
    return {
        "schemaVersion": "http://datacite.org/schema/kernel-4",
        "types": {"resourceTypeGeneral": "Dataset", "resourceType": "Knowledge graph"},
        "titles": [{"title": "Maizuru"}],
        "creators": [{"name": "The Maizuru editors", "nameType": "Organizational"}],
        "publisher": {"name": "Maizuru"},
        "publicationYear": PUBLISHED[:4],
        "version": digest,
        "language": "en",
        "subjects": [{"subject": "Siberian Internment"}, {"subject": "prisoners of war"}],
        "descriptions": [{"description": DESCRIPTION, "descriptionType": "Abstract"}],
        "geoLocations": [
            {"geoLocationPlace": "Soviet Union"},
            {"geoLocationPlace": "Mongolia"},
            {"geoLocationPlace": "Japan"},
        ],
        "rightsList": [{"rights": "CC BY 4.0", "rightsUri": LICENCE}],
        "formats": ["application/n-quads"],
        "sizes": [f"{counts['quads']} quads"],
        "alternateIdentifiers": [
            {"alternateIdentifier": f"{iris.base}dataset", "alternateIdentifierType": "IRI"}
        ],
    }
