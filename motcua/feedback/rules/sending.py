"""What somebody sends, checked for shape and for what the law asks of it (NĐ 20/2008/NĐ-CP, article 8)."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from motcua.core.errors import RuleViolation
from motcua.core.identity import phone as clean_phone
from motcua.core.text import nfc

SHORTEST, LONGEST = 20, 5000
MOST_FILES = 5


@dataclass(frozen=True, slots=True)
class SenderData:
    """Who sends. Without a name, or without any way to answer, it is anonymous: used as information, not received."""

    name: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    wants_messages: bool = False

    @property
    def is_anonymous(self) -> bool:
        """Whether the law's conditions for being received are missing."""
        return not (self.name and (self.phone or self.email or self.address))

    @property
    def can_be_told(self) -> bool:
        """Whether there is an address for messages, and they are wanted."""
        return self.wants_messages and bool(self.phone or self.email)


@dataclass(frozen=True, slots=True)
class FeedbackData:
    """One feedback as it comes. `key` makes sending twice harmless."""

    key: UUID
    channel: str
    topic_id: int
    agency_id: int
    content: str
    sender: SenderData = SenderData()
    address: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    dossier_code: str = ""
    officer_words: str = ""
    procedure_code: str = ""


def checked_content(text: str) -> str:
    """The content in NFC, lines kept. Raises RuleViolation when it says too little or too much."""
    clean = "\n".join(nfc(line) for line in text.splitlines()).strip()
    if len(clean) < SHORTEST:
        raise RuleViolation(
            f"Viết rõ hơn: việc gì, ở đâu, khi nào (ít nhất {SHORTEST} ký tự).", field="content"
        )
    if len(clean) > LONGEST:
        raise RuleViolation(
            f"Viết gọn trong {LONGEST} ký tự; phần còn lại gửi kèm bằng tệp.", field="content"
        )
    return clean


def checked_sender(data: SenderData) -> SenderData:
    """The sender with a telephone number as it is stored. Raises RuleViolation."""
    phone = clean_phone(data.phone) if data.phone.strip() else ""
    made = SenderData(nfc(data.name), phone, data.email.strip(), nfc(data.address), data.wants_messages)
    if made.wants_messages and not made.can_be_told:
        raise RuleViolation(
            "Ghi số điện thoại hoặc thư điện tử để nhận tin, hoặc bỏ chọn nhận tin.", field="phone"
        )
    return made


def checked_place(
    latitude: Decimal | None, longitude: Decimal | None
) -> tuple[Decimal, Decimal] | tuple[None, None]:
    """A place on the earth, or none; half a place is none. Raises RuleViolation."""
    if latitude is None or longitude is None:
        return None, None
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):
        raise RuleViolation(
            "Tọa độ không đúng: vĩ độ từ -90 đến 90, kinh độ từ -180 đến 180.", field="address"
        )
    return latitude, longitude
