"""What is charged, and what state it is in."""

from collections.abc import Iterable
from dataclasses import dataclass

STATES = ("none", "due", "paid", "refunded", "exempt", "cancelled")

# From state, act -> next state. Luật Phí và lệ phí 2015; a paid charge is never un-paid but by its receipt's
# cancellation on the same open day.
TRANSITIONS: dict[tuple[str, str], str] = {
    ("due", "pay"): "paid",
    ("due", "exempt"): "exempt",
    ("due", "cancel"): "cancelled",
    ("paid", "refund"): "refunded",
    ("paid", "cancel_receipt"): "due",
}
REFUSALS = {
    "pay": "Khoản này không ở tình trạng chờ nộp nên không thu được. Tải lại trang để xem tình trạng mới nhất.",
    "exempt": "Chỉ miễn được khoản chưa nộp.",
    "cancel": "Khoản đã nộp hoặc đã miễn không hủy được; khoản đã nộp thì làm hoàn trả.",
    "refund": "Chỉ hoàn trả được khoản đã nộp.",
    "cancel_receipt": "Có khoản trên biên lai đã hoàn trả hoặc phải hoàn trả nên biên lai không hủy được nữa.",
}


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One phí or lệ phí to charge; `amount` in whole đồng, with caps and quantities applied. `subject`: what it is for, the same
    however much it comes to; empty for what is never settled anew.
    """

    kind: str
    purpose: str
    amount: int
    legal_basis: str = ""
    exemption_reason: str = ""
    subject: str = ""

    @property
    def first_state(self) -> str:
        """The state in which the charge begins."""
        if self.amount == 0:
            return "none"
        return "exempt" if self.exemption_reason else "due"


def next_state(state: str, act: str) -> str | None:
    """The state after an act; None when it is not allowed."""
    return TRANSITIONS.get((state, act))


def overall(states: Iterable[str]) -> str:
    """One state for all charges of a record: due while anything is due, then paid, refunded, exempt, none."""
    present = set(states)
    return next((state for state in ("due", "paid", "refunded", "exempt") if state in present), "none")
