"""Reconciling a span of days: our records against the gateways' files, the bank's statements, receipts and cash days.

Pure: rows in, differences out. Amounts are whole đồng. A difference is told with its reason and what it is about, so that a
page can lead there and a person can explain it; explaining it does not make it go away.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Reason(StrEnum):
    """Why something does not match; the value is part of the key of an explanation."""

    NO_FILE = "no_file"
    ONLY_GATEWAY = "only_gateway"
    ONLY_OURS = "only_ours"
    AMOUNT = "amount"
    DOUBLED = "doubled"
    REFUND_ONLY_GATEWAY = "refund_only_gateway"
    REFUND_ONLY_OURS = "refund_only_ours"
    NO_RECEIPT = "no_receipt"
    EXCESS = "excess"
    REFUND_DUE = "refund_due"
    TRANSFER_OPEN = "transfer_open"
    TRANSFER_KEPT = "transfer_kept"
    NO_STATEMENT = "no_statement"
    NOT_ON_STATEMENT = "not_on_statement"
    DAY_OPEN = "day_open"
    DAY_DIFFERS = "day_differs"
    NUMBER_GAP = "number_gap"


WORDS: dict[Reason, str] = {
    Reason.NO_FILE: "chưa lấy được tệp đối soát của cổng",
    Reason.ONLY_GATEWAY: "cổng báo đã thu, hệ thống chưa ghi",
    Reason.ONLY_OURS: "hệ thống ghi đã thu, tệp của cổng không có",
    Reason.AMOUNT: "số tiền ở cổng khác số tiền hệ thống ghi",
    Reason.DOUBLED: "tệp của cổng có hai lần",
    Reason.REFUND_ONLY_GATEWAY: "cổng báo đã hoàn, hệ thống chưa ghi",
    Reason.REFUND_ONLY_OURS: "hệ thống ghi đã hoàn, tệp của cổng không có",
    Reason.NO_RECEIPT: "đã thu nhưng chưa có biên lai",
    Reason.EXCESS: "tiền nộp thừa chưa hoàn",
    Reason.REFUND_DUE: "phải hoàn trả người nộp, chưa hoàn",
    Reason.TRANSFER_OPEN: "tiền vào tài khoản chưa rõ của khoản nào",
    Reason.TRANSFER_KEPT: "tiền giữ lại, chưa rõ của ai",
    Reason.NO_STATEMENT: "ngày này chưa nhập sao kê của tài khoản thu",
    Reason.NOT_ON_STATEMENT: "biên lai chuyển khoản không có dòng sao kê",
    Reason.DAY_OPEN: "ngày thu chưa khóa sổ",
    Reason.DAY_DIFFERS: "tiền mặt đếm được lệch so với sổ",
    Reason.NUMBER_GAP: "dãy số biên lai bị đứt",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that does not match. `about` names a row, e.g. "order/12"; `day` is where it belongs."""

    reason: Reason
    about: str
    day: date
    ours: int | None = None
    theirs: int | None = None
    name: str = ""

    @property
    def subject(self) -> str:
        """The key under which it is explained."""
        return f"{self.reason}/{self.about}"[:120]

    @property
    def words(self) -> str:
        """The reason in Vietnamese."""
        return WORDS[self.reason]


@dataclass(frozen=True, slots=True)
class OurOrder:
    """An order that we have as paid; `settled_on` the day when we learned it."""

    id: int
    key: str
    amount: int
    settled_on: date
    has_receipt: bool
    open_excess: int
    name: str


@dataclass(frozen=True, slots=True)
class FileLine:
    """A line of a gateway's file."""

    gateway: int
    day: date
    kind: str
    key: str
    reference: str
    amount: int


@dataclass(frozen=True, slots=True)
class OurRefund:
    """A refund that the gateway has done, as we know it; `key` as its file names it."""

    id: int
    order: int
    key: str
    amount: int
    done_on: date
    name: str


def against_files(
    orders: Sequence[OurOrder], lines: Sequence[FileLine], days: Collection[tuple[int, date]], known_paid: Collection[str] = ()
) -> list[Difference]:  # fmt: skip
    """Payments of the span against the gateways' lines of the span. `days`: (gateway, day) of files that we have; an order whose
    day has no file yet is not judged. `known_paid`: keys that we have as paid on whatever day (news that crossed midnight).
    """
    found, seen = [], set()
    by_key = {one.key: one for one in orders}
    for line in lines:
        if line.kind != "payment":
            continue
        ours = by_key.get(line.key)
        about = f"order/{ours.id}" if ours else f"line/{line.key}"
        name = ours.name if ours else line.reference
        if line.key in seen:
            found.append(Difference(Reason.DOUBLED, about, line.day, None, line.amount, name))
        elif ours is None and line.key not in known_paid:
            found.append(Difference(Reason.ONLY_GATEWAY, about, line.day, None, line.amount, name))
        elif ours is not None and ours.amount != line.amount:
            found.append(Difference(Reason.AMOUNT, about, line.day, ours.amount, line.amount, name))
        seen.add(line.key)
    covered = {day for _, day in days}
    for one in orders:
        if one.key not in seen and one.settled_on in covered:
            about = f"order/{one.id}"
            found.append(Difference(Reason.ONLY_OURS, about, one.settled_on, one.amount, None, one.name))
    return found


def refunds_against_files(
    refunds: Sequence[OurRefund], lines: Sequence[FileLine], days: Collection[tuple[int, date]]
) -> list[Difference]:
    """Refunds of the span against the gateways' lines."""
    by_key = {one.key: one for one in refunds}
    told = {line.reference: line for line in lines if line.kind == "refund"}
    found = [
        Difference(
            Reason.REFUND_ONLY_GATEWAY, f"line/{line.reference}", line.day, None, line.amount, line.reference
        )
        for line in told.values()
        if line.reference not in by_key
    ]
    covered = {day for _, day in days}
    found += [
        Difference(Reason.REFUND_ONLY_OURS, f"order/{one.order}", one.done_on, one.amount, None, one.name)
        for one in refunds
        if one.key not in told and one.done_on in covered
    ]
    return found


def own_books(orders: Iterable[OurOrder]) -> list[Difference]:
    """Paid orders that lack a receipt, or of which money must still go back."""
    found = []
    for one in orders:
        if not one.has_receipt:
            found.append(
                Difference(Reason.NO_RECEIPT, f"order/{one.id}", one.settled_on, one.amount, None, one.name)
            )
        if one.open_excess:
            found.append(
                Difference(Reason.EXCESS, f"order/{one.id}", one.settled_on, None, one.open_excess, one.name)
            )
    return found


def gaps(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Missing runs (first, last) inside some numbers of one book; doubles do not matter."""
    found, last = [], None
    for number in sorted(set(numbers)):
        if last is not None and number > last + 1:
            found.append((last + 1, number - 1))
        last = number
    return found


def unexplained(differences: Iterable[Difference], explained: Collection[str]) -> list[Difference]:
    """Those that nobody has explained."""
    return [one for one in differences if one.subject not in explained]
