"""Whose failed tries axes counts together."""

from typing import Any

from django.http import HttpRequest


def counted_name(request: HttpRequest | None, credentials: dict[str, Any] | None = None) -> str:
    """The sign-in name as the accounts know it, so that LAN and " lan" count as lan.

    Axes asks at two places, with credentials named by Django ("username") or by the form ("login").
    """
    given = credentials or {}
    posted = request.POST.get("login", "") if request is not None else ""
    return str(given.get("username") or given.get("login") or posted).strip().lower()[:60]
