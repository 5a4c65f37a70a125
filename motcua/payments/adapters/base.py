"""What an adapter to a payment gateway must be able to do, and what it answers."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Protocol

from motcua.payments.models import Gateway, OnlineRefund, PaymentOrder


class Sort(StrEnum):
    """How a question went."""

    ACCEPTED = "accepted"  # a believed answer
    REFUSED = "refused"  # the gateway surely did not do it
    UNCLEAR = "unclear"  # it may or may not have: ask again with the same key


@dataclass(frozen=True)
class Reply:
    """An answer. `said` is believed: signed, fresh, to this very question."""

    sort: Sort
    said: dict[str, Any] = field(default_factory=dict)
    detail: str = ""

    @property
    def error(self) -> str:
        """The gateway's own word for why not, e.g. "unknown_order"."""
        return str(self.said.get("error", ""))[:60]


@dataclass(frozen=True)
class Asked:
    """What every question needs: the gateway, the shared secret, whether it may be in a private network, when."""

    gateway: Gateway
    secret: str
    private: bool
    at: datetime


@dataclass(frozen=True)
class DayRow:
    """A line of the day's file; `kind` "payment" or "refund", amounts in whole đồng."""

    kind: str
    order: str
    reference: str
    amount: int
    at: str


class Adapter(Protocol):
    """A gateway's protocol. Nothing here touches the database or raises for a gateway's bad day."""

    def create(self, asked: Asked, order: PaymentOrder, callback: str, back: str) -> Reply:
        """Have an order taken, once for its key: `said` has reference, pay_url."""
        ...

    def status(self, asked: Asked, order: PaymentOrder) -> Reply:
        """What became of an order: order, state, amount, currency, reference."""
        ...

    def refund(self, asked: Asked, refund: OnlineRefund) -> Reply:
        """Give money back, once for its key: `said` has state "done", "pending" or "refused"."""
        ...

    def day_file(self, asked: Asked, day: date) -> tuple[Reply, list[DayRow]]:
        """What was taken and given back on a day, in Viet Nam's time. Rows are empty unless it was accepted."""
        ...

    def check(self, asked: Asked) -> Reply:
        """Whether address, merchant and secret fit."""
        ...
