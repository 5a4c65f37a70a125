"""The state of a paper that a person holds, on a day: what anyone may learn from its QR code."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from motcua.core.errors import RuleViolation
from motcua.core.text import fold

LONGEST_SHARE = timedelta(days=90)
SHARE_DAYS = (1, 7, 30, 90)


class State(StrEnum):
    """What a paper is worth."""

    VALID = "valid"
    EXPIRED = "expired"
    REVOKED = "revoked"
    REPLACED = "replaced"


NAMES: dict[State, str] = {
    State.VALID: "còn giá trị",
    State.EXPIRED: "đã hết hạn",
    State.REVOKED: "đã bị thu hồi",
    State.REPLACED: "đã được thay thế",
}


def state(revoked: datetime | None, replaced: bool, valid_to: date | None, day: date) -> State:
    """Replaced before revoked (who asks wants to know of the new paper), both before expired; the last day still counts."""
    if replaced:
        return State.REPLACED
    if revoked:
        return State.REVOKED
    return State.EXPIRED if valid_to is not None and valid_to < day else State.VALID


def share_until(days: int, at: datetime) -> datetime:
    """When a shared link ends. Raises RuleViolation for another length than those offered."""
    if days not in SHARE_DAYS:
        raise RuleViolation("Chọn chia sẻ trong 1, 7, 30 hoặc 90 ngày.", field="days")
    return at + timedelta(days=days)


@dataclass(frozen=True, slots=True)
class Kept:
    """A paper as far as matching goes."""

    key: int
    name: str
    code: str = ""


def matching(wanted: str, code: str, kept: Iterable[Kept]) -> list[int]:
    """The keys of the papers that may stand for a required one: the same result code, else the same name but for marks and case,
    or a name that begins the other.
    """
    folded = fold(wanted).strip()
    found = []
    for one in kept:
        name = fold(one.name).strip()
        same = bool(code) and one.code == code
        alike = bool(name and folded) and (name.startswith(folded) or folded.startswith(name))
        if same or alike:
            found.append(one.key)
    return found
