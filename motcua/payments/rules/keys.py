"""The words that a payer's bank transfer carries, by which it is found again."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from motcua.payments.rules.vietqr import PURPOSE_LIMIT

PREFIXES = {"phi": "PH", "le_phi": "LP", "nvtc": "TC"}
SHORTEST = 6


def purpose_key(kind: str, code: str, ordinal: int = 1) -> str:
    """The transfer's purpose for a charge: "LP H203012 261123 0007" for lệ phí of dossier H20.30.12-261123-0007.

    `ordinal` tells several charges of one kind apart (LP, LP2, …). Too long for the 25 characters of VietQR:
    spaces go first. Raises ValueError when even that does not fit.
    """
    prefix = PREFIXES[kind] + (str(ordinal) if ordinal > 1 else "")
    words = re.sub(r"[^A-Z0-9-]", "", code.upper()).replace("-", " ")
    text = f"{prefix} {words}"
    if len(text) > PURPOSE_LIMIT:
        text = text.replace(" ", "")
    if len(text) > PURPOSE_LIMIT:
        raise ValueError(f"mã {code} quá dài cho nội dung chuyển khoản")
    return text


def squeeze(text: str) -> str:
    """Letters and digits only, upper case: banks add, drop and change the rest."""
    return re.sub(r"[^A-Z0-9]", "", text.upper())


def candidates(memo: str) -> Iterator[str]:
    """Every squeezed key that may stand in a memo: whatever starts with LP, PH or TC."""
    squeezed = squeeze(memo)
    for found in re.finditer("(?=LP|PH|TC)", squeezed):
        rest = squeezed[found.start() : found.start() + PURPOSE_LIMIT]
        yield from (rest[:length] for length in range(SHORTEST, len(rest) + 1))


class Outcome(StrEnum):
    """What a transfer turned out to be."""

    MATCHED = "matched"
    UNKNOWN = "unknown"
    WRONG_AMOUNT = "wrong"
    DOUBLE = "double"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A charge whose key stands in the memo."""

    id: int
    key: str
    amount: int
    is_due: bool
    was_paid: bool = True  # when it is not due: paid already, else no longer owed (exempt, cancelled)


def match(amount: int, found: Collection[Candidate]) -> tuple[Outcome, int | None]:
    """What a transfer of `amount` đồng is, and which charge it is for: the one with the longest key in the memo."""
    if not found:
        return Outcome.UNKNOWN, None
    best = max(found, key=lambda candidate: len(candidate.key))
    if not best.is_due:
        return (Outcome.DOUBLE if best.was_paid else Outcome.LATE), best.id
    return (Outcome.MATCHED if best.amount == amount else Outcome.WRONG_AMOUNT), best.id
