"""A sample application form laid out as a legal document prints it: one line of each kind."""

from typing import Any

from motcua.printing.samples.common import SITE


def _line(kind: str, *parts: tuple[str, str]) -> dict[str, Any]:
    return {"kind": kind, "parts": [{"kind": part, "text": text} for part, text in parts]}


STATUTORY: dict[str, Any] = {
    "form_title": "Đơn đề nghị xác nhận thông tin",
    "form_number": "Mẫu số 00",
    "issued": "(Ban hành kèm theo Thông tư số 00/2026/TT-MAU)",
    "subtitle": "(Dùng cho cá nhân)",
    "agency": "",
    "place": "Kim Sơn",
    "place_words": "Làm tại:",
    "date": "2026-01-05",
    "code": "H99.12-260105-0007",
    "verify_url": f"{SITE}/kiem-tra/mau",
    "lines": [
        _line("middle", ("text", "Kính gửi: (1) "), ("value", "Ủy ban nhân dân xã Kim Sơn")),
        _line("heading", ("text", "1. Người đề nghị")),
        _line("inner", ("text", "a) Họ và tên: "), ("value", "Nguyễn Thị Ngọc Ánh")),
        _line("inner", ("text", "b) Dân tộc: "), ("blank", ""), ("text", "  Quốc tịch: "), ("value", "Việt Nam")),
        _line("line", ("text", "Đề nghị trả bằng bản giấy: (2) Có "), ("ticked", ""), ("text", "  Không "), ("unticked", "")),
        _line("prose", ("value", "Tôi cam đoan nội dung trên đây là đúng sự thật và chịu trách nhiệm trước pháp luật về lời khai của mình.")),
    ],
    "after": [_line("line", ("text", "Số bản: "), ("value", "2"), ("text", " bản"))],
    "sign_note": "(Ký, ghi rõ họ, chữ đệm, tên)",
    "signatures": [{"title": "Người đề nghị", "name": "Nguyễn Thị Ngọc Ánh", "at": "2026-01-05T20:14:00+07:00"}],
    "notes": ["(1) Ghi rõ tên cơ quan.", "(2) Đánh dấu vào ô được chọn."],
    "extra": [{"kind": "row", "label": "Số điện thoại", "value": "0912 345 678"}],
}  # fmt: skip
