"""Whether procedures were published, posted and taken down in time (Nghị định 63/2010/NĐ-CP, Điều 15–17). All dates are legal dates."""

from datetime import date
from enum import StrEnum

from motcua.core.text import fold
from motcua.procedures.rules.posting import WorkingDays


class Posted(StrEnum):
    """What became of a duty to post; the values are figures of the registry."""

    ON_TIME = "posting_on_time"
    LATE = "posting_late"
    MISSING = "posting_missing"


def is_central(issuer: str) -> bool:
    """Whether a ministry or a body of its rank issued a decision, by its name: "Bộ Tư pháp", "Bộ trưởng Bộ Y tế"."""
    first = issuer.strip().casefold()
    ministries = ("bộ ", "bộ trưởng", "ngân hàng nhà nước", "thanh tra chính phủ", "ủy ban dân tộc")
    return first.startswith(ministries) and not first.startswith("bộ phận")


def issuing_agency(text: str) -> str:
    """Of which agency a decision is, by the name of its issuer or the agency's own: "Chủ tịch UBND tỉnh X" is "ủy ban nhân dân
    tỉnh x", "Bộ trưởng Bộ Y tế" is "bộ y tế" (without tone marks).
    """
    words = " ".join(fold(text).replace("ubnd", "uy ban nhan dan").split())
    return words.removeprefix("chu tich ").removeprefix("bo truong ")


def published_in_time(issued_on: date, effective_on: date, lead_days: int) -> bool:
    """Issued at least so many days before it takes effect (Điều 15). One that takes effect at once is late: that its law was
    made by the short procedure, which leaves three days, is not kept anywhere.
    """
    return (effective_on - issued_on).days >= lead_days


def posted(last_day: date, posted_on: date | None) -> Posted:
    """A duty that ends on `last_day`, against the day on which the version was hung; None: not hung by the close."""
    if posted_on is None:
        return Posted.MISSING
    return Posted.ON_TIME if posted_on <= last_day else Posted.LATE


def removed_late(last_day: date, removed_on: date | None, close: date, between: WorkingDays) -> bool | None:
    """Whether what ended on `last_day` hung longer than it may: past the first working day after it. None while there is
    still time at the close.
    """
    if removed_on is None:
        return True if between(last_day, close) > 0 else None
    return between(last_day, removed_on) > 0
