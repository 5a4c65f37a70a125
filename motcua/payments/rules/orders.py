"""A payment order: in which states it may be, what news does to it, and when the gateway is asked again.

The table is the rule. "Paid" is the last word but for giving the money back: news that comes later, earlier or twice leaves it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

CURRENCY = "VND"
OPEN = ("created", "sent", "unknown")  # the gateway has not said its last word
BLOCKING = ("created", "sent")  # the citizen may still be on the gateway's page: go back there

TRANSITIONS: dict[tuple[str, str], str] = {
    ("created", "accepted"): "sent",
    ("created", "refused"): "failed",
    ("created", "unclear"): "unknown",
    ("unknown", "accepted"): "sent",
    ("created", "paid"): "paid",
    ("sent", "paid"): "paid",
    ("unknown", "paid"): "paid",
    ("failed", "paid"): "paid",
    ("expired", "paid"): "paid",
    ("created", "failed"): "failed",
    ("sent", "failed"): "failed",
    ("unknown", "failed"): "failed",
    ("created", "expired"): "expired",
    ("sent", "expired"): "expired",
    ("unknown", "expired"): "expired",
    ("sent", "unclear"): "unknown",
    ("paid", "refunded"): "refunded",
}


def after(state: str, news: str) -> str:
    """The state after news; the same state when it changes nothing."""
    return TRANSITIONS.get((state, news), state)


class Mismatch(StrEnum):
    """Why what a gateway says of an order is not taken although its signature is right."""

    ORDER = "không phải giao dịch này"
    AMOUNT = "sai số tiền"
    CURRENCY = "sai loại tiền"
    REFERENCE = "sai số tham chiếu của cổng"
    STATE = "tình trạng không hiểu được"


STATES_TOLD = ("pending", "paid", "failed", "expired", "refunded")


@dataclass(frozen=True, slots=True)
class Told:
    """What a gateway says of an order; amounts in whole đồng."""

    order: str
    amount: object
    currency: object
    reference: str
    state: str

    @classmethod
    def of(cls, said: dict[str, object]) -> "Told":
        """Out of a message."""
        return cls(
            str(said.get("order", "")),
            said.get("amount"),
            said.get("currency"),
            str(said.get("reference", ""))[:100],
            str(said.get("state", "")),
        )


def mismatch(told: Told, *, order: str, amount: int, reference: str) -> Mismatch | None:
    """Why the news is not about this order as we know it; None when it is. A reference that we do not have yet may be new."""
    if told.order != order:
        return Mismatch.ORDER
    if told.currency != CURRENCY:
        return Mismatch.CURRENCY
    if type(told.amount) is not int or told.amount != amount:
        return Mismatch.AMOUNT
    if reference and told.reference and told.reference != reference:
        return Mismatch.REFERENCE
    return None if told.state in STATES_TOLD else Mismatch.STATE


def may_settle_by_callback(state: str) -> bool:
    """Whether a callback alone may say that an order is paid; one that we have closed is asked about instead (late news)."""
    return state in OPEN


FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=1)
ASK_FOR = timedelta(days=3)  # after its expiry an order is asked about for so long


def next_ask(asks: int, at: datetime, expires_at: datetime) -> datetime | None:
    """When the gateway is asked again after `asks` questions without a last word: pauses double to an hour.

    None: nobody asks any more by itself; the day's reconciliation file shows what is left.
    """
    if at >= expires_at + ASK_FOR:
        return None
    return at + min(LONGEST_PAUSE, FIRST_PAUSE * (1 << min(max(asks, 0), 10)))


@dataclass(frozen=True, slots=True)
class Owed:
    """A charge on an order: what it was when the order was made, and whether it is still due now."""

    id: int
    amount: int
    is_due: bool


@dataclass(frozen=True, slots=True)
class Split:
    """What a payment settles, and what is left over to give back. `settled` + `excess` is always the payment."""

    charges: tuple[int, ...]
    settled: int
    excess: int


def split(paid: int, owed: Iterable[Owed]) -> Split:
    """A payment of whole đồng over the charges of its order: those still due are settled, the rest was paid twice or too late."""
    due = [one for one in owed if one.is_due]
    settled = sum(one.amount for one in due)
    if settled > paid:
        raise ValueError("giao dịch không đủ trả các khoản của nó")
    return Split(tuple(one.id for one in due), settled, paid - settled)
