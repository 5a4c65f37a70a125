"""When a message that could not be sent is tried again."""

from datetime import timedelta

MAX_TRIES = 16
FIRST = timedelta(minutes=1)
LONGEST = timedelta(hours=6)


def pause(tries: int) -> timedelta:
    """How long to wait after the try with this number (from 1): doubling from one minute to six hours."""
    return min(LONGEST, FIRST * 2 ** (min(tries, 12) - 1))


def gives_up(tries: int) -> bool:
    """Whether nobody tries any more: after about two days of a partner being away."""
    return tries >= MAX_TRIES
