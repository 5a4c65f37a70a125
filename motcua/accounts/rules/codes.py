"""One-time codes: how long they live, how often one may ask and guess.

With these limits somebody who asks for codes to another's phone has 100 guesses a day at one of a million.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from motcua.core.errors import RuleViolation
from motcua.core.identity import phone as phone_number

LIFETIME = timedelta(minutes=5)
TRIES = 5
DAY = timedelta(days=1)
_EMAIL = re.compile(r"[^@\s<>\"',;:()\[\]\\]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


@dataclass(frozen=True, slots=True)
class Limit:
    """So many codes in so long."""

    codes: int
    within: timedelta


PER_ADDRESS = (Limit(1, timedelta(seconds=30)), Limit(5, timedelta(minutes=15)), Limit(20, DAY))
# A one-stop office or a kiosk stands behind one network address.
PER_NETWORK = (Limit(60, timedelta(hours=1)), Limit(300, DAY))


def wait(asked: Collection[datetime], limits: Collection[Limit], at: datetime) -> timedelta:
    """How long to wait before one more code may be asked for, given when the earlier ones were; zero for now."""
    waits = [timedelta()]
    for limit in limits:
        recent = sorted((one for one in asked if at - one < limit.within), reverse=True)
        if len(recent) >= limit.codes:
            waits.append(recent[limit.codes - 1] + limit.within - at)
    return max(waits)


def wait_words(left: timedelta) -> str:
    """How long that is, for a person: "30 giây", "12 phút", "3 giờ"."""
    seconds = int(left.total_seconds()) + 1
    if seconds <= 90:
        return f"{seconds} giây"
    minutes = -(-seconds // 60)
    return f"{minutes} phút" if minutes <= 90 else f"{-(-minutes // 60)} giờ"


@dataclass(frozen=True, slots=True)
class Address:
    """A phone number (E.164) or a mailbox (lower case)."""

    medium: str
    text: str

    @property
    def phone(self) -> str:
        return self.text if self.medium == "phone" else ""

    @property
    def email(self) -> str:
        return self.text if self.medium == "email" else ""


def address(text: str) -> Address:
    """What somebody typed in, as the one or the other. Raises RuleViolation that says what does not fit.

    Hotlines (1800, 1900) and landlines get no SMS.
    """
    clean = text.strip()
    if "@" in clean:
        if len(clean) > 254 or not _EMAIL.fullmatch(clean):
            raise RuleViolation("Địa chỉ thư điện tử không đúng. Ví dụ: ten@example.vn", field="address")
        return Address("email", clean.lower())
    number = phone_number(clean)
    if not re.fullmatch(r"\+84[35789][0-9]{8}", number):
        raise RuleViolation("Nhập số điện thoại di động, vì mã được gửi bằng tin nhắn.", field="address")
    return Address("phone", number)


def digits(text: str) -> str:
    """The code as typed, without blanks and dashes."""
    return re.sub(r"[\s\-.]", "", text)
