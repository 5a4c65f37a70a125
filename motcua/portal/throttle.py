"""A brake on guessing: so many tries per address and quarter of an hour, counted across processes by the shared cache."""

from django.core.cache import cache
from django.http import HttpRequest

WINDOW_SECONDS = 15 * 60


def allow(request: HttpRequest, what: str, limit: int = 20) -> bool:
    """Count one try of this client and say whether it is still within the limit."""
    key = f"throttle/{what}/{request.META.get('REMOTE_ADDR', '')}"
    tries = cache.get(key, 0) + 1
    cache.set(key, tries, WINDOW_SECONDS)
    return tries <= limit
