"""Quiet hours: no phone rings at night. Times and moments are local, Asia/Ho_Chi_Minh."""

from datetime import datetime, time, timedelta

RINGING = frozenset({"sms", "zalo"})


def clock(text: str) -> time | None:
    """ "21:00" as a time; None for an empty text."""
    return time.fromisoformat(text) if text else None


def quiet_until(local: datetime, begins: time | None, ends: time | None) -> datetime | None:
    """The end of the quiet hours in which this moment lies; None outside of them. They may reach over midnight; equal times
    mean none.
    """
    if begins is None or ends is None or begins == ends:
        return None
    now = local.time()
    over_midnight = begins > ends
    inside = (now >= begins or now < ends) if over_midnight else begins <= now < ends
    if not inside:
        return None
    day = local.date() + timedelta(days=1 if over_midnight and now >= begins else 0)
    return datetime.combine(day, ends)
