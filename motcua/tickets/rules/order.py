"""Whose turn it is: priority first, but not without end."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Waiting:
    """A ticket in the line, since an aware moment."""

    pk: int
    since: datetime
    is_priority: bool


def in_order(waiting: Iterable[Waiting], run: int, most: int) -> list[Waiting]:
    """The tickets in the order in which they will be called: who has waited longest first, priority before others, yet after
    `most` priority calls in a row one of the others, while any wait. `run` is how many priority calls came last, in a row.
    """
    rows = sorted(waiting, key=lambda one: (one.since, one.pk))
    first = deque(one for one in rows if one.is_priority)
    others = deque(one for one in rows if not one.is_priority)
    found = []
    while first or others:
        preferred = bool(first) and (not others or run < most)
        found.append(first.popleft() if preferred else others.popleft())
        run = run + 1 if preferred else 0
    return found


def run_of(latest: Iterable[bool]) -> int:
    """How many priority calls came last in a row; `latest` says of each call whether it was one, the newest first."""
    count = 0
    for is_priority in latest:
        if not is_priority:
            break
        count += 1
    return count
