"""A brake on guessing. Only failures count, in windows that end when they end, however often somebody tries again.

Counted twice: by the client's address, so that one machine cannot try many codes, and by what is guessed at, so that many
machines cannot share the ten thousand endings of one code between them. A kiosk or an office behind one address
that types its codes rightly is never stopped.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from motcua.core.moments import now


@dataclass(frozen=True, slots=True)
class Brake:
    """So many failures in so many seconds, and what a person reads who must wait."""

    name: str
    failures: int
    seconds: int
    words: str


BY_ADDRESS = Brake(
    "address",
    20,
    15 * 60,
    _("Bạn đã nhập sai quá nhiều lần. Chờ 15 phút rồi thử lại, hoặc gọi bộ phận một cửa."),
)
BY_CODE = Brake(
    "code",
    20,
    6 * 60 * 60,
    _("Mã này đã bị nhập sai quá nhiều lần. Chờ 6 giờ rồi thử lại, hoặc gọi bộ phận một cửa."),
)  # 80 tries a day: four months for ten thousand endings


class Guesses:
    """The failures of this client at `what`, e.g. "track", and, when given, those of anybody at one `code`."""

    def __init__(self, request: HttpRequest, what: str, code: str = "") -> None:
        self._keys = [(BY_ADDRESS, f"{what}/{request.META.get('REMOTE_ADDR', '')}")]
        if code:
            self._keys.append((BY_CODE, f"{what}/{code}"))

    def barred(self) -> str:
        """What to tell who has failed too often; empty when one more try is free."""
        full = (brake for brake, who in self._keys if cache.get(_key(brake, who), 0) >= brake.failures)
        return next((brake.words for brake in full), "")

    def failed(self) -> None:
        """Count one failure."""
        with _alone():
            for brake, who in self._keys:
                key = _key(brake, who)
                cache.set(key, cache.get(key, 0) + 1, brake.seconds)


def _key(brake: Brake, who: str) -> str:
    """The window is part of the key: a failure never makes it longer."""
    window = int(now().timestamp()) // brake.seconds
    return f"throttle/{brake.name}/{window}/{sha256(who.encode()).hexdigest()}"


@contextmanager
def _alone() -> Iterator[None]:
    """One counter at a time on this machine: the cache of files reads and writes in two steps, `incr` too."""
    with (Path(settings.HOME) / "throttle.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
