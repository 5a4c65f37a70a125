"""What becomes of a file after the scanner has spoken, or when there is none."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What the scanner says."""

    CLEAN = "clean"
    INFECTED = "infected"
    SILENT = "silent"  # no scanner, or it does not answer


class Unscanned(StrEnum):
    """What the administrator chose for files that no scanner has seen."""

    QUARANTINE = "quarantine"
    REFUSE = "refuse"
    ACCEPT = "accept"


@dataclass(frozen=True, slots=True)
class Fate:
    """The state to store, or why the file is refused."""

    state: str = ""
    refusal: str = ""


INFECTED = Fate(refusal="Tệp có mã độc nên không được nhận. Quét lại máy của bạn và chọn tệp khác.")
REFUSED = Fate(refusal="Chưa có chương trình quét mã độc nên hệ thống không nhận tệp. Báo cho quản trị viên.")


def fate_of(verdict: Verdict, *, has_scanner: bool, unscanned: Unscanned) -> Fate:
    """The state of a new file. A scanner that is there but silent leaves it pending, to be scanned again."""
    if verdict is Verdict.CLEAN:
        return Fate("safe")
    if verdict is Verdict.INFECTED:
        return INFECTED
    if unscanned is Unscanned.REFUSE:
        return REFUSED
    if unscanned is Unscanned.ACCEPT:
        return Fate("unscanned")
    return Fate("pending" if has_scanner else "quarantine")
