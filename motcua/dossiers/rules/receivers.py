"""Who may take a result at the counter, and how the office knows (NĐ 61/2018, Điều 20): whoever brings the slip, or without it the
applicant, who handed the dossier in, who acts for the applicant by a record here, or who brings a paper of authorisation.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from motcua.core.errors import RuleViolation


class Receiver(StrEnum):
    """As what somebody takes a result. The log keeps this word, never the number."""

    SLIP = "slip"
    APPLICANT = "applicant"
    SUBMITTER = "submitter"
    AUTHORISED = "authorised"
    PAPER = "paper"


NAMES: dict[str, str] = {
    Receiver.SLIP: "người mang giấy hẹn",
    Receiver.APPLICANT: "chủ hồ sơ, đã đối chiếu giấy tờ",
    Receiver.SUBMITTER: "người nộp hồ sơ, đã đối chiếu giấy tờ",
    Receiver.AUTHORISED: "người được ủy quyền ghi nhận trên hệ thống, đã đối chiếu giấy tờ",
    Receiver.PAPER: "người mang văn bản ủy quyền, đã đối chiếu giấy tờ",
}


@dataclass(frozen=True, slots=True)
class Letter:
    """A paper of authorisation that was shown: its number or where it was certified, and its day."""

    number: str = ""
    day: date | None = None

    @property
    def is_given(self) -> bool:
        """Whether anything of it was typed in."""
        return bool(self.number.strip() or self.day)


NO_LETTER = Letter()


def role_of(number: str, known: Mapping[Receiver, Collection[str]]) -> Receiver | None:
    """As what the person with this number may receive; None for a stranger. `known`: the numbers of each, first come first."""
    return next((role for role, numbers in known.items() if number in numbers), None)


def require_letter(letter: Letter, today: date) -> None:
    """Raises RuleViolation for a paper that is named by half, or dated after today."""
    if not letter.number.strip():
        raise RuleViolation(
            "Ghi số văn bản ủy quyền, hoặc nơi công chứng, chứng thực nếu văn bản không có số.",
            field="letter_number",
        )
    if letter.day is None or letter.day > today:
        raise RuleViolation(
            "Ghi ngày của văn bản ủy quyền, không sau hôm nay (ngày/tháng/năm).", field="letter_day"
        )


def require_number(number: str) -> None:
    """Raises RuleViolation without one: the office must know who took it."""
    if not number:
        raise RuleViolation(
            "Người nhận không mang giấy hẹn: nhập số định danh hoặc số hộ chiếu để đối chiếu; việc mất giấy hẹn được ghi "
            "nhật ký.",
            field="receiver_identity",
        )


def stranger() -> RuleViolation:
    """The number is nobody's who may take this result."""
    return RuleViolation(
        "Số giấy tờ này không phải của chủ hồ sơ, người nộp hay người được ủy quyền đã ghi nhận: chưa trả kết quả. Kiểm tra lại "
        "số; hồ sơ ghi số chứng minh nhân dân cũ thì nhập số cũ in trên thẻ. Người nhận thay mang văn bản ủy quyền thì ghi số, "
        "ngày của văn bản.",
        field="receiver_identity",
    )
