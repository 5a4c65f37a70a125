"""Numbers that name people and enterprises: checked for shape, normalised, read from a card, shown in part.

A number that contradicts the birth date or gender is a warning, never a refusal: birth data may have been
corrected after the number was given.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from stdnum.exceptions import ValidationError
from stdnum.vn import mst

from motcua.core.birth_provinces import BIRTH_PROVINCES
from motcua.core.countries import COUNTRIES
from motcua.core.errors import RuleViolation
from motcua.core.masks import mask_identity, mask_name, mask_phone
from motcua.core.text import fold, nfc

__all__ = [
    "Card",
    "Document",
    "IdentityKind",
    "compact",
    "document",
    "document_key",
    "identity_kind",
    "identity_number",
    "identity_warnings",
    "mask_identity",
    "mask_name",
    "mask_phone",
    "parse_cccd_qr",
    "passport",
    "phone",
    "phone_text",
    "tax_code",
]

FIRST_ABROAD = 100
# Of any country (ICAO Doc 9303 leaves nine places): letters and at least three digits. Digits alone are a card's number.
_PASSPORT = re.compile(r"(?=[0-9]*[A-Z])(?=(?:[A-Z]*[0-9]){3})[A-Z0-9]{6,9}")
_ANY_PASSPORT = re.compile(
    r"(?=(?:[A-Z]*[0-9]){3})[A-Z0-9]{6,9}"
)  # of a country that is known: digits alone too


class IdentityKind(StrEnum):
    """What kind of number a person showed."""

    PERSONAL = "personal"
    OLD_CARD = "old_card"
    PASSPORT = "passport"


def identity_kind(text: str) -> IdentityKind | None:
    """The kind of an identity number by its shape; None when it has no known shape."""
    number = compact(text)
    if re.fullmatch(r"[0-9]{12}", number):
        return IdentityKind.PERSONAL
    if re.fullmatch(r"[0-9]{9}", number):
        return IdentityKind.OLD_CARD
    return IdentityKind.PASSPORT if _PASSPORT.fullmatch(number) else None


def identity_number(text: str) -> str:
    """A personal identity number (12 digits), old card number (9) or passport number, compact and in capitals.

    Luật Căn cước 26/2023/QH15, Article 12. Raises RuleViolation that says what does not fit.
    """
    number = compact(text)
    kind = identity_kind(number)
    if kind is None:
        raise RuleViolation(_wrong_shape(number), field="identity_number")
    if kind is IdentityKind.PERSONAL and not _known_birthplace(number[:3]):
        raise RuleViolation(
            f"Số định danh không đúng: ba chữ số đầu {number[:3]} không phải mã nơi đăng ký khai sinh. "
            "Kiểm tra lại số trên thẻ.",
            field="identity_number",
        )
    return number


@dataclass(frozen=True, slots=True)
class Document:
    """What says who somebody is: a personal number, or a passport with the country that issued it (its three letters)."""

    number: str = ""
    country: str = ""


def document(number: str, country: str = "") -> Document:
    """A personal number of 12 digits, or with a `country` its passport. Empty without a number.

    Raises RuleViolation that says what does not fit.
    """
    if not number.strip():
        return Document()
    if country:
        return Document(passport(number, country), country)
    found = identity_number(number)
    if identity_kind(found) is not IdentityKind.PERSONAL:
        raise RuleViolation(
            "Nhập số định danh cá nhân 12 chữ số; người nước ngoài chọn nước cấp hộ chiếu và nhập số hộ chiếu.",
            field="identity_number",
        )
    return Document(found)


def passport(number: str, country: str) -> str:
    """A passport's number, compact and in capitals; of some countries it is all digits (ICAO Doc 9303: nine places at most).

    Raises RuleViolation for a country that issues none and for what cannot be such a number.
    """
    if country not in COUNTRIES:
        raise RuleViolation("Chọn nước cấp hộ chiếu.", field="document_country")
    found = compact(number)
    if not _ANY_PASSPORT.fullmatch(found):
        raise RuleViolation(
            "Số hộ chiếu không đúng: có từ 6 đến 9 chữ cái không dấu và chữ số, ít nhất 3 chữ số. Ghi như trên hộ chiếu.",
            field="identity_number",
        )
    return found


def document_key(number: str, country: str = "") -> str:
    """What one person alone has: two countries may give out the same passport number."""
    return f"{country} {number}" if country and number else number


def _wrong_shape(number: str) -> str:
    if number.isdigit():
        return f"Số giấy tờ có {len(number)} chữ số; số định danh phải có 12, chứng minh nhân dân cũ phải có 9 chữ số."
    return "Số giấy tờ không đúng dạng. Nhập 12 số định danh, 9 số chứng minh nhân dân hoặc số hộ chiếu (B1234567)."


def _known_birthplace(code: str) -> bool:
    """A province as it was when the numbers began, or (from 100 on) a country for people born abroad."""
    return code in BIRTH_PROVINCES or int(code) >= FIRST_ABROAD


def identity_warnings(number: str, birth_date: date | None = None, gender: str = "") -> list[str]:
    """What in a 12-digit number contradicts the birth date or gender: Vietnamese sentences, or none.

    `gender`: "Nam"/"Nữ", "male"/"female"; anything else is not compared. Other kinds of number warn of nothing.
    """
    if identity_kind(number) is not IdentityKind.PERSONAL:
        return []
    warnings = []
    year, is_male = _birth_year(number), int(number[3]) % 2 == 0
    if birth_date and birth_date.year != year:
        warnings.append(
            f"Số định danh ứng với năm sinh {year}, nhưng ngày sinh khai là năm {birth_date.year}."
        )
    declared = _is_male(gender)
    if declared is not None and declared != is_male:
        meant, said = ("nam", "nữ") if is_male else ("nữ", "nam")
        warnings.append(f"Số định danh ứng với giới tính {meant}, nhưng khai là {said}.")
    return warnings


def _birth_year(number: str) -> int:
    """The year that digits 4 to 6 stand for: 0, 1 are 1900-1999; 2, 3 are 2000-2099; and so on."""
    return 1900 + int(number[3]) // 2 * 100 + int(number[4:6])


def _is_male(gender: str) -> bool | None:
    return {"nam": True, "male": True, "m": True, "nu": False, "female": False, "f": False}.get(fold(gender))


@dataclass(frozen=True)
class Card:
    """What the QR on an identity card says. `birth_date` is None when the card knows only the year."""

    number: str
    old_number: str
    name: str
    birth_date: date | None
    gender: str
    address: str
    issued_on: date | None
    warnings: tuple[str, ...] = ()


def parse_cccd_qr(text: str) -> Card:
    """The seven fields of the QR on an identity card, read by position; later fields are ignored.

    number|old number|name|birth ddmmyyyy|gender|address|issue ddmmyyyy. Raises RuleViolation for another code.
    """
    fields = [nfc(field) for field in text.strip("\ufeff \r\n\t\0").split("|")]
    if len(fields) < 7:
        raise RuleViolation("Đây không phải mã QR trên thẻ căn cước. Quét lại mã ở mặt có ảnh hoặc nhập tay.")
    number, old, name, birth, gender, address, issued = fields[:7]
    number = identity_number(number)
    birth_date = _compact_date(birth)
    return Card(
        number=number,
        old_number=old,
        name=name,
        birth_date=birth_date,
        gender=gender,
        address=address,
        issued_on=_compact_date(issued),
        warnings=tuple(identity_warnings(number, birth_date, gender)),
    )


def _compact_date(text: str) -> date | None:
    """A date written ddmmyyyy; None when it is not one."""
    if not re.fullmatch(r"[0-9]{8}", text):
        return None
    try:
        return date(int(text[4:]), int(text[2:4]), int(text[:2]))
    except ValueError:
        return None


def tax_code(text: str) -> str:
    """A tax code: 10 digits with a check digit, 13 as 0123456789-001, or a 12-digit personal identity number.

    Thông tư 86/2024/TT-BTC. Raises RuleViolation that says what does not fit.
    """
    number = compact(text)
    if re.fullmatch(r"[0-9]{12}", number) and not re.search(r"-[0-9]{2}$", nfc(text)):
        return identity_number(number)
    if not re.fullmatch(r"[0-9]{10}|[0-9]{13}", number):
        raise RuleViolation(
            "Mã số thuế có 10 chữ số, 13 chữ số (đơn vị phụ thuộc) hoặc là số định danh 12 chữ số.",
            field="tax_code",
        )
    try:
        return mst.format(mst.validate(number))
    except ValidationError:
        raise RuleViolation(
            "Mã số thuế không đúng: số kiểm tra không khớp. Kiểm tra lại từng chữ số.", field="tax_code"
        ) from None


# Mobile numbers of 11 digits became numbers of 10 on 15-9-2018; old papers still carry them.
RENUMBERED = {
    "0162": "032", "0163": "033", "0164": "034", "0165": "035", "0166": "036", "0167": "037", "0168": "038",
    "0169": "039", "0120": "070", "0121": "079", "0122": "077", "0126": "076", "0128": "078", "0123": "083",
    "0124": "084", "0125": "085", "0127": "081", "0129": "082", "0186": "056", "0188": "058", "0199": "059",
}  # fmt: skip


def phone(text: str) -> str:
    """A mobile or landline (02…) number of Viet Nam as E.164, +84912345678; a hotline 1800/1900 as it is.

    Raises RuleViolation that says what does not fit.
    """
    digits = re.sub(r"[\s.()\-–]", "", text)
    digits = re.sub(r"^(?:\+84|0084|84(?=[0-9]{9,10}$))0?", "0", digits)
    digits = _renumbered(digits)
    if re.fullmatch(r"1[89]00(?:[0-9]{4}|[0-9]{6})", digits):
        return digits
    if re.fullmatch(r"0[35789][0-9]{8}|02[0-9]{9}", digits):
        return f"+84{digits[1:]}"
    raise RuleViolation(
        "Số điện thoại không đúng. Di động có 10 chữ số (đầu 03, 05, 07, 08, 09), cố định có 11 chữ số (đầu 02).",
        field="phone",
    )


def _renumbered(digits: str) -> str:
    head = RENUMBERED.get(digits[:4], "")
    return head + digits[4:] if head and re.fullmatch(r"01[0-9]{9}", digits) else digits


def phone_text(number: str) -> str:
    """A stored number as people write it: 0912 345 678, 024 3825 1234; anything else as it is."""
    local = f"0{number[3:]}" if number.startswith("+84") else number
    if re.fullmatch(r"0[35789][0-9]{8}", local):
        return f"{local[:4]} {local[4:7]} {local[7:]}"
    if re.fullmatch(r"02[48][0-9]{8}", local):
        return f"{local[:3]} {local[3:7]} {local[7:]}"
    if re.fullmatch(r"02[0-9]{9}", local):
        return f"{local[:4]} {local[4:7]} {local[7:]}"
    return number


def compact(text: str) -> str:
    """A number as it is kept and compared: without blanks, dots and hyphens, in capitals."""
    return re.sub(r"[\s.\-]", "", nfc(text)).upper()
