"""Reads for other programmes."""

from motcua.api.queries.open311 import (
    Wanted,
    agency_for,
    definition_of,
    key_of,
    requests_found,
    service_of,
    services,
    shown,
    status_of_token,
)
from motcua.api.queries.openapi import description, path_of

__all__ = [
    "Wanted",
    "agency_for",
    "definition_of",
    "description",
    "key_of",
    "path_of",
    "requests_found",
    "service_of",
    "services",
    "shown",
    "status_of_token",
]
