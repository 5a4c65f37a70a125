"""The applicant's particulars as typed in: what is wrong with them, one sentence a field."""

from collections.abc import Callable, Mapping
from datetime import date

from motcua.core import identity
from motcua.core.countries import COUNTRIES
from motcua.core.errors import RuleViolation
from motcua.core.text import nfc
from motcua.eforms.rules.checks import day_of

FIELDS = (
    "name",
    "identity_number",
    "identity_country",
    "tax_code",
    "birth_date",
    "gender",
    "phone",
    "email",
    "address",
)
LIMITS = {"name": 250, "identity_number": 20, "identity_country": 3, "tax_code": 20, "birth_date": 10, "gender": 6, "phone": 25, "email": 254, "address": 400}  # fmt: skip


def read(posted: Mapping[str, str]) -> dict[str, str]:
    """The particulars as text, whatever they are worth: kept even when wrong, so that nothing typed in is lost."""
    wanted = {**LIMITS, "authorisation": 300}
    return {key: nfc(str(posted.get(key, "")))[:most] for key, most in wanted.items()}


def check(party: Mapping[str, str], acting: str, today: date) -> dict[str, str]:
    """What must be put right before the application can be sent: field -> sentence. Empty when all is well. `acting`: for whom."""
    of_company = acting.startswith("organisation/")
    found = {key: said for key in FIELDS if (said := _wrong(key, party, of_company, today))}
    if acting == "other" and not party.get("authorisation", "").strip():
        found["authorisation"] = (
            "Ghi giấy ủy quyền, hoặc quan hệ với người đó (ông, bà, cha, mẹ, con, vợ, chồng, anh, chị, em ruột)."
        )
    return found


def _wrong(key: str, party: Mapping[str, str], of_company: bool, today: date) -> str:
    text = party.get(key, "").strip()
    if key == "identity_country":
        return "" if of_company else _wrong_country(text, party.get("identity_number", ""))
    if not text:
        return _missing(key, of_company)
    if key == "birth_date":
        return _wrong_date(text, today)
    checks: dict[str, Callable[[str], object]] = {
        "identity_number": _number_of(party.get("identity_country", "")),
        "tax_code": identity.tax_code,
        "phone": identity.phone,
    }
    try:
        checks.get(key, str)(text)
    except RuleViolation as error:
        return error.message
    if key == "email" and not _looks_like_mail(text):
        return "Địa chỉ thư điện tử không đúng. Ví dụ: ten@example.vn"
    return ""


def _number_of(country: str) -> Callable[[str], object]:
    """What checks a number: of a passport when it is known whose, else by its shape."""
    if country in COUNTRIES:
        return lambda text: identity.passport(text, country)
    return identity.identity_number


def _wrong_country(country: str, number: str) -> str:
    """Two countries may give out the same number, so a passport says whose it is."""
    if country and country not in COUNTRIES:
        return "Chọn loại giấy tờ trong danh sách."
    unsaid = not country and identity.identity_kind(number) is identity.IdentityKind.PASSPORT
    return "Đây là số hộ chiếu: chọn nước cấp hộ chiếu." if unsaid else ""


def _missing(key: str, of_company: bool) -> str:
    asked = {
        "name": "Nhập tên tổ chức." if of_company else "Nhập họ, chữ đệm và tên.",
        "phone": "Nhập số điện thoại để cơ quan báo tin.",
        "address": "Nhập địa chỉ liên hệ.",
        "tax_code": "Nhập mã số thuế." if of_company else "",
        "identity_number": ""
        if of_company
        else "Nhập số định danh cá nhân (12 số trên thẻ căn cước) hoặc số hộ chiếu.",
    }
    return asked.get(key, "")


def _wrong_date(text: str, today: date) -> str:
    try:
        day = day_of(text)
    except RuleViolation as error:
        return error.message
    return "" if date(1900, 1, 1) <= day <= today else "Ngày sinh phải từ năm 1900 và không sau hôm nay."


def _looks_like_mail(text: str) -> bool:
    name, at, host = text.rpartition("@")
    return bool(
        name
        and at
        and "." in host
        and " " not in text
        and not host.startswith(".")
        and not host.endswith(".")
    )


def check_delivery(delivery: Mapping[str, str]) -> dict[str, str]:
    """What must be put right about receiving the result: field -> sentence."""
    if delivery.get("way") not in ("counter", "post", "online"):
        return {"way": "Chọn cách nhận kết quả."}
    if delivery["way"] == "post" and not delivery.get("address", "").strip():
        return {"address": "Nhập địa chỉ để bưu điện mang kết quả đến."}
    return {}
