"""A brake on other programmes: so many questions a minute from one address, and few wrong keys."""

from hashlib import sha256

from django.core.cache import cache
from django.http import HttpRequest

from motcua.api.rules.open311 import BadRequest
from motcua.core.moments import now

A_MINUTE, WRONG_KEYS = 120, 20


class Hits:
    """The questions of one address in this minute, and its wrong keys in this quarter of an hour."""

    def __init__(self, request: HttpRequest) -> None:
        self._who = sha256(request.META.get("REMOTE_ADDR", "").encode()).hexdigest()
        self._minute = int(now().timestamp()) // 60

    def require_room(self) -> None:
        """Count one question. Raises BadRequest 429 when there were too many."""
        if self._count(f"api/{self._minute}", 60) > A_MINUTE or self._kept(self._wrong) >= WRONG_KEYS:
            raise BadRequest(429, "too many requests, wait and try again")

    def failed(self) -> None:
        """Count one wrong key."""
        self._count(self._wrong, 900)

    @property
    def _wrong(self) -> str:
        return f"api-key/{self._minute // 15}"

    def _kept(self, what: str) -> int:
        return int(cache.get(f"throttle/{what}/{self._who}", 0))

    def _count(self, what: str, seconds: int) -> int:
        number = self._kept(what) + 1
        cache.set(f"throttle/{what}/{self._who}", number, seconds)
        return number
