"""VietQR: the text of a QR code that any Vietnamese bank's app reads (EMVCo merchant-presented, NAPAS 247)."""

import re
from collections.abc import Iterator

NAPAS = "A000000727"
TO_ACCOUNT = "QRIBFTTA"
TO_CARD = "QRIBFTTC"
VND = "704"
PURPOSE_LIMIT = 25
_PURPOSE = re.compile(r"[A-Za-z0-9 ]{1,25}")


def crc16(data: bytes) -> str:
    """CRC-16/CCITT-FALSE (polynomial 0x1021, start 0xFFFF, not reflected) as four upper-case hex digits."""
    register = 0xFFFF
    for byte in data:
        register ^= byte << 8
        for _ in range(8):
            register = (register << 1 ^ 0x1021) if register & 0x8000 else register << 1
        register &= 0xFFFF
    return f"{register:04X}"


def vietqr(
    bank_bin: str, account: str, *, amount: int = 0, purpose: str = "", bill: str = "", card: bool = False
) -> str:
    """The text to encode. `amount` in whole đồng: 0 leaves it to the payer (a static code).

    Raises ValueError when a value does not fit: BIN of 6 digits, account of at most 19 letters and digits,
    purpose and bill of at most 25 unaccented letters, digits and spaces.
    """
    _check(bank_bin, account, amount, purpose, bill)
    beneficiary = _field("00", bank_bin) + _field("01", account)
    merchant = _field("00", NAPAS) + _field("01", beneficiary) + _field("02", TO_CARD if card else TO_ACCOUNT)
    text = _field("00", "01") + _field("01", "12" if amount else "11") + _field("38", merchant)
    text += _field("53", VND) + _optional("54", str(amount or "")) + _field("58", "VN")
    text += _optional("62", _optional("01", bill) + _optional("08", purpose)) + "6304"
    return text + crc16(text.encode("ascii"))


def _field(tag: str, value: str) -> str:
    return f"{tag}{len(value):02d}{value}"


def _optional(tag: str, value: str) -> str:
    return _field(tag, value) if value else ""


def _check(bank_bin: str, account: str, amount: int, purpose: str, bill: str) -> None:
    if not re.fullmatch(r"[0-9]{6}", bank_bin):
        raise ValueError("mã ngân hàng (BIN) gồm 6 chữ số")
    if not re.fullmatch(r"[A-Za-z0-9]{1,19}", account):
        raise ValueError("số tài khoản gồm tối đa 19 chữ và số")
    if not 0 <= amount < 10**13:
        raise ValueError("số tiền không hợp lệ")
    if any(text and not _PURPOSE.fullmatch(text) for text in (purpose, bill)):
        raise ValueError("nội dung chuyển khoản gồm tối đa 25 chữ không dấu, số và dấu cách")


def fields(text: str) -> dict[str, str]:
    """The top fields of a code by tag. Raises ValueError when the lengths or the checksum are wrong."""
    if not text.isascii() or crc16(text[:-4].encode()) != text[-4:]:
        raise ValueError("mã VietQR sai mã kiểm tra")
    return dict(_split(text))


def _split(text: str) -> Iterator[tuple[str, str]]:
    while text:
        tag, length = text[:2], text[2:4]
        if not length.isdecimal() or len(text) < 4 + int(length):
            raise ValueError("mã VietQR sai độ dài")
        yield tag, text[4 : 4 + int(length)]
        text = text[4 + int(length) :]
