"""A cashier's day in figures."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

DENOMINATIONS = (500_000, 200_000, 100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200)


def counted(denominations: Mapping[int, int]) -> int:
    """Đồng in the drawer: note value -> number of notes. Raises ValueError for a note that does not exist."""
    if unknown := set(denominations) - set(DENOMINATIONS):
        raise ValueError(f"không có mệnh giá {min(unknown)} đồng")
    if any(number < 0 for number in denominations.values()):
        raise ValueError("số tờ không được âm")
    return sum(value * number for value, number in denominations.items())


@dataclass(frozen=True, slots=True)
class Totals:
    """Whole đồng. `expected_cash`: what should be in the drawer."""

    cash: int
    transfer: int
    refunded: int

    @property
    def expected_cash(self) -> int:
        return self.cash - self.refunded

    def difference(self, counted_cash: int) -> int:
        """Positive: too much in the drawer; negative: too little."""
        return counted_cash - self.expected_cash


@dataclass(frozen=True, slots=True)
class Numbered:
    """What a range needs to know of one receipt."""

    book: str
    number: int
    is_cancelled: bool


def ranges(receipts: Iterable[Numbered]) -> list[dict[str, object]]:
    """Runs of following numbers of each book, with the cancelled ones in them, as the closing sheet lists them."""
    made: list[dict[str, object]] = []
    for receipt in sorted(receipts, key=lambda one: (one.book, one.number)):
        last = made[-1] if made else {}
        if last.get("book") != receipt.book or last.get("last") != receipt.number - 1:
            last = {"book": receipt.book, "first": receipt.number, "cancelled": []}
            made.append(last)
        last["last"] = receipt.number
        if receipt.is_cancelled:
            last["cancelled"] = [*last["cancelled"], receipt.number]  # type: ignore[misc]  # a dict of mixed values
    return made
