"""How long it will take, from today's pace; and what the waiting of a day was."""

import math
from collections.abc import Iterable, Sequence
from datetime import timedelta
from statistics import median

ENOUGH = 5  # turns ended today; fewer say nothing of the next one
LATEST = 15  # turns that count: the pace of the morning is not that of the afternoon
CALLING_FOR = timedelta(minutes=30)  # a desk that has called nobody for so long calls nobody now
NOT_ENOUGH = "chưa đủ số liệu"


def expected_minutes(before: int, turns: Sequence[timedelta], desks: int) -> int | None:
    """Minutes until somebody is called who has `before` people before them, rounded up: the median of the latest turns at the
    desks, `turns` with the newest first, shared by the desks that call now. None when fewer than `ENOUGH` turns have ended
    today or no desk calls: nothing is guessed.
    """
    if len(turns) < ENOUGH or desks < 1:
        return None
    minutes = median(turn.total_seconds() for turn in turns[:LATEST]) / 60
    return max(1, math.ceil((before + 1) * minutes / desks))


def percentile(waits: Sequence[timedelta], share: int) -> timedelta | None:
    """The wait within which `share` of a hundred were called: the value of that rank, not one between two. None for nobody."""
    if not waits:
        return None
    return sorted(waits)[max(0, math.ceil(share * len(waits) / 100) - 1)]


def minutes_of(wait: timedelta | None) -> int | None:
    """Whole minutes, rounded up: nobody's wait is made shorter."""
    return None if wait is None else math.ceil(wait.total_seconds() / 60)


def together(line: int, calls: Iterable[tuple[int | None, int]]) -> frozenset[int]:
    """The line with every line that is served by a desk which serves it too, directly or through others; `calls` are
    (officer, line) of the desks that call now.
    """
    by_desk: dict[int | None, set[int]] = {}
    for desk, called in calls:
        by_desk.setdefault(desk, set()).add(called)
    found, size = {line}, 0
    while size != len(found):
        size = len(found)
        for lines in by_desk.values():
            if lines & found:
                found |= lines
    return frozenset(found)
