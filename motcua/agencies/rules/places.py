"""A place on the map: latitude and longitude in degrees (WGS 84), and how far two places lie apart."""

import re
from math import asin, cos, radians, sin, sqrt

from motcua.core.errors import RuleViolation

EARTH_KM = 6371.0
_PAIR = re.compile(r"(-?\d{1,3}(?:\.\d{1,10})?)\s*[,;\s]\s*(-?\d{1,3}(?:\.\d{1,10})?)")


def parsed(text: str) -> tuple[float, float] | None:
    """Latitude and longitude of a text such as "15.6801, 108.2203"; None for anything else."""
    match = _PAIR.fullmatch(text.strip()) if text.isascii() else None
    if match is None:
        return None
    latitude, longitude = float(match[1]), float(match[2])
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None


def coordinates(text: str) -> str:
    """The text as stored, "15.68010,108.22030"; empty stays empty. Raises RuleViolation for anything else."""
    if not text.strip():
        return ""
    found = parsed(text)
    if found is None:
        raise RuleViolation(
            "Tọa độ gồm vĩ độ và kinh độ, ví dụ 15.68010,108.22030. Chép lại từ bản đồ.", field="coordinates"
        )
    return f"{found[0]:.5f},{found[1]:.5f}"


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The distance over ground as the crow flies (haversine)."""
    (lat_1, lon_1), (lat_2, lon_2) = ([radians(x) for x in place] for place in (one, other))
    half = sin((lat_2 - lat_1) / 2) ** 2 + cos(lat_1) * cos(lat_2) * sin((lon_2 - lon_1) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))
