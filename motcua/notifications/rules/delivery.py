"""What becomes of a message: what partners may answer, and to whom it goes next."""

from collections.abc import Collection, Sequence
from enum import StrEnum


class Outcome(StrEnum):
    """How one try ended. Only `UNCLEAR` leaves open whether the partner has the message."""

    RUNNING = "running"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    UNCLEAR = "unclear"
    IMPOSSIBLE = "impossible"
    UNDELIVERED = "undelivered"


OUTCOME_NAMES = {
    Outcome.RUNNING: "đang gửi",
    Outcome.ACCEPTED: "đối tác đã nhận",
    Outcome.REFUSED: "đối tác không nhận",
    Outcome.UNCLEAR: "không rõ đối tác đã nhận chưa",
    Outcome.IMPOSSIBLE: "địa chỉ không gửi tới được",
    Outcome.UNDELIVERED: "đối tác báo không tới nơi",
}


def route(
    providers: Sequence[int], pinned: int | None, unclear: int, patience: int, spent: Collection[int]
) -> list[int]:
    """In which order to ask the providers (given by priority) for one message.

    `pinned`: who may already have it, after `unclear` tries without a clear answer; asked again alone, with the same
    idempotency key, until `patience` is used up, because another provider would send it a second time. `spent`: those who
    reported that it did not arrive; asked again only when nobody else is left.
    """
    if pinned is not None and pinned in providers and unclear < patience:
        return [pinned]
    fresh = [p for p in providers if p not in spent and p != pinned]
    return fresh + [p for p in providers if p not in fresh and p not in spent] or list(providers)
