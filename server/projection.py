"""The picture of the map: a plain projection of northern Eurasia, drawn as SVG on the server."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from math import asin, cos, radians, sin, sqrt

WEST, EAST, SOUTH, NORTH = 15.0, 180.0, 28.0, 76.0
WIDTH = 1000.0
RADIUS = 6371.0
"""Of the Earth, in kilometres."""
_SQUEEZE = cos(radians(55.0))
"""A degree of longitude at 55° north in degrees of latitude, so that shapes there look right."""
_SCALE = WIDTH / ((EAST - WEST) * _SQUEEZE)
HEIGHT = round((NORTH - SOUTH) * _SCALE, 1)


def project(longitude: float, latitude: float) -> tuple[float, float]:
    """Return the place of a point in the picture, in its units, from the top left."""
    return round((longitude - WEST) * _SQUEEZE * _SCALE, 1), round((NORTH - latitude) * _SCALE, 1)


def inside(longitude: float, latitude: float) -> bool:
    """Tell whether a point is in the picture."""
    return WEST <= longitude <= EAST and SOUTH <= latitude <= NORTH


def distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the kilometres between two points, each longitude and latitude, over a sphere."""
    (west, south), (east, north) = (tuple(map(radians, point)) for point in (one, other))
    half = sin((north - south) / 2) ** 2
    half += cos(south) * cos(north) * sin((east - west) / 2) ** 2
    return 2 * RADIUS * asin(sqrt(half))


@cache
def land_svg() -> str:
    """Return the background as an SVG file: land where the bundle has it, and a graticule."""
    rings = _rings()
    path = " ".join(_path(ring) for ring in rings)
    lines = "".join(_meridian(x) for x in range(20, 181, 20)) + "".join(
        _parallel(y) for y in range(30, 71, 10)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {HEIGHT:g}">'
        '<rect width="100%" height="100%" fill="#9fb9c4" fill-opacity=".25"/>'
        f'<path d="{path}" fill="#8f8a78" fill-opacity=".35" stroke="#8f8a78" stroke-width=".6"/>'
        f'<g stroke="#808080" stroke-opacity=".35" stroke-width=".5">{lines}</g></svg>'
    )


def _rings() -> list[list[list[float]]]:
    file = files("maizuru.server").joinpath("static", "bundle", "land.json")
    if not file.is_file():
        return []
    rings: list[list[list[float]]] = json.loads(file.read_text("utf-8"))
    return rings


def _path(ring: list[list[float]]) -> str:
    points = (project(x, y) for x, y in ring)
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in points) + "Z"


def _meridian(longitude: float) -> str:
    (x, top), (_, bottom) = project(longitude, NORTH), project(longitude, SOUTH)
    return f'<line x1="{x:g}" x2="{x:g}" y1="{top:g}" y2="{bottom:g}"/>'


def _parallel(latitude: float) -> str:
    (left, y), (right, _) = project(WEST, latitude), project(EAST, latitude)
    return f'<line x1="{left:g}" x2="{right:g}" y1="{y:g}" y2="{y:g}"/>'
