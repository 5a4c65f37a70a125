"""The description of the public interfaces, with the addresses that the map has today."""

from typing import Any

from django.conf import settings
from django.urls import get_resolver
from django.utils.regex_helper import normalize

from motcua.api.rules.openapi import TABLE, document


def description() -> dict[str, Any]:
    """The OpenAPI document of this installation."""
    addresses = {operation.name: path_of(operation.name) for operation in TABLE}
    return document(addresses, settings.PUBLIC_URL, settings.SITE["name"] or "Một Cửa")


def path_of(name: str) -> str:
    """The path of an address by its name, parameters in braces, e.g. "/api/open311/v2/services.{form}"."""
    namespace, _, own = name.partition(":")
    prefix, resolver = get_resolver().namespace_dict[namespace]
    [(template, parameters)] = resolver.reverse_dict.getlist(own)[0][0]
    filled: str = template % {one: f"{{{one}}}" for one in parameters}
    return f"/{normalize(prefix)[0][0]}{filled}"
