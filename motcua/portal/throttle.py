"""A brake on guessing, and a pace for what costs work. Of guesses only failures count, in windows that end when they end, however often somebody tries again.

Counted twice: by the client's address, so that one machine cannot try many codes, and by what is guessed at, so that many
machines cannot share the ten thousand endings of one code between them. A kiosk or an office behind one address
that types its codes rightly is never stopped.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from motcua.core.errors import TooMany
from motcua.core.moments import now, to_local
from motcua.news.rules.readers import is_person

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class Brake:
    """So many failures in so many seconds, and what a person reads who must wait."""

    name: str
    failures: int
    seconds: int
    words: "StrOrPromise"


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
        return str(next((brake.words for brake in full), ""))

    def failed(self) -> None:
        """Count one failure."""
        with _alone():
            for brake, who in self._keys:
                key = _key(brake, who)
                cache.set(key, cache.get(key, 0) + 1, brake.seconds)


@dataclass(frozen=True, slots=True)
class Pace:
    """So many turns in so many seconds, of one account (0: not counted) and of one address; `words` say at what `time` to go on.

    Generous: no person comes near it, and an address may be a whole town's (networks of mobile phones share theirs).
    Where turns are many and counting one would cost as much as the turn, one in `sample` is counted, for as many.
    """

    name: str
    of_account: int
    of_address: int
    seconds: int
    words: "StrOrPromise"
    sample: int = 1


BEGINNING = Pace(
    "begin", 60, 1_200, 60 * 60,
    _("Bạn đã bắt đầu quá nhiều hồ sơ trong một giờ. Từ %(time)s có thể bắt đầu hồ sơ mới; các bản nháp vẫn còn."),
)  # fmt: skip
SAVING = Pace(
    "save", 900, 18_000, 5 * 60,
    _("Lưu quá nhiều lần trong ít phút nên máy tạm dừng đến %(time)s. Nội dung vẫn còn trên trang này, chưa mất gì."),
    sample=8,
)  # three a second: typing saves once in 700 ms at most  # fmt: skip
FILES = Pace(
    "files", 3_000, 60_000, 10 * 60,
    _("Gửi quá nhiều tệp trong ít phút nên máy tạm dừng đến %(time)s. Phần đã gửi vẫn còn, gửi tiếp được từ chỗ dừng."),
    sample=8,
)  # parts of half a megabyte: 1.5 GB  # fmt: skip
NEAR_WORDS = Pace(
    "near", 0, 300, 5 * 60,
    _("Mạng của bạn đã tìm quá nhiều lần trong ít phút. Đến %(time)s mới tìm gần đúng được; gõ đúng chữ thì vẫn tìm thấy."),
)  # a tenth of a second of a processor each  # fmt: skip

TAKING = Pace(
    "ticket", 0, 120, 10 * 60,
    _("Máy này đã phát quá nhiều số trong ít phút. Từ %(time)s mới lấy được số tiếp; các số đã phát vẫn còn."),
)  # a number every five seconds, from one machine  # fmt: skip


class Turns:
    """The turns that this client has taken at something: those of the account signed in, and those of the address."""

    def __init__(self, request: HttpRequest, pace: Pace) -> None:
        moment = now()
        self._pace, at = pace, int(moment.timestamp())
        self._counted = moment.microsecond % pace.sample == 0
        self._ends = (at // pace.seconds + 1) * pace.seconds
        self.wait = self._ends - at
        address = request.META.get("REMOTE_ADDR", "")
        user = getattr(request.user, "pk", None) if pace.of_account else None
        own = [(f"account/{user}", pace.of_account)] if user else []
        self._keys = [(self._key(who), most) for who, most in [*own, (f"address/{address}", pace.of_address)]]

    def _key(self, who: str) -> str:
        return f"throttle/{self._pace.name}/{self._ends}/{sha256(who.encode()).hexdigest()}"

    def barred(self) -> str:
        """When to go on, for who has taken too many; empty when one more is free."""
        if all(cache.get(key, 0) < most for key, most in self._keys):
            return ""
        again = to_local(datetime.fromtimestamp(self._ends, tz=UTC))
        return str(self._pace.words) % {"time": f"{again:%H:%M}"}

    def taken(self) -> None:
        """Count one."""
        if not self._counted:
            return
        with _alone():
            for key, _most in self._keys:
                cache.set(key, cache.get(key, 0) + self._pace.sample, self._pace.seconds)

    def take(self) -> None:
        """Count one. Raises TooMany when there were enough."""
        if words := self.barred():
            raise TooMany(words, self.wait)
        self.taken()

    def answered(self, costly: bool, words: str, answer: HttpResponse) -> HttpResponse:
        """Count an answer that has cost work; with `words` (from `barred`) the costly part was left out, and its status says so."""
        if costly and words:
            answer.status_code = 429
            answer["Retry-After"] = str(self.wait)
        elif costly:
            self.taken()
        return answer


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


def first_in_a_while(request: HttpRequest, what: str, seconds: int = 600) -> bool:
    """Whether a person's browser asks for this for the first time in ten minutes; programs and our own editors never do.

    Nobody is followed: what is kept is a keyed hash of address, browser, page and window, in the cache, for that long.
    """
    agent = request.headers.get("User-Agent", "")
    if (
        request.method != "GET"
        or not is_person(agent)
        or "prefetch" in request.headers.get("Sec-Purpose", "")
    ):
        return False
    if getattr(request.user, "is_staff_member", False):
        return False
    window = int(now().timestamp()) // seconds
    seen = f"{window}/{request.META.get('REMOTE_ADDR', '')}/{agent}/{what}"
    return bool(
        cache.add(f"seen/{salted_hmac('portal.seen', seen, algorithm='sha256').hexdigest()}", 1, seconds)
    )
