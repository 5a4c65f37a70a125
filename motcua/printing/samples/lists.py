"""Sample control slip, register, payment receipt and hand-over list."""

from typing import Any

from motcua.printing.samples.common import MATTER, NAMES, OFFICE, PERSON, PROCEDURES, form_of

CONTROL = form_of(
    "Phiếu kiểm soát quá trình giải quyết hồ sơ",
    6,
    **PERSON,
    **MATTER,
    resolving_agency="Ủy ban nhân dân xã Kim Sơn",
    received_at="2026-01-05T08:30",
    due_at="2026-01-08T17:00",
    time_limit="03 ngày làm việc",
    passes=[
        {
            "agency": "Phòng Văn hóa - Xã hội",
            "giver": "Trần Văn Bình",
            "given_at": "2026-01-05T10:05",
            "receiver": "Võ Thị Lan",
            "received_at": "2026-01-05T10:20",
            "outcome": "early",
        },
        {
            "agency": "Lãnh đạo Ủy ban nhân dân xã",
            "giver": "Võ Thị Lan",
            "given_at": "2026-01-07T09:00",
            "receiver": "Phạm Thị Thu Hà",
            "received_at": "2026-01-07T09:10",
            "outcome": "late",
            "note": "Người ký đi công tác, đã ủy quyền từ 08/01/2026",
        },
        {
            "agency": OFFICE,
            "giver": "Phạm Thị Thu Hà",
            "given_at": "2026-01-08T14:00",
            "receiver": "Trần Văn Bình",
            "received_at": "2026-01-08T14:05",
            "outcome": "on_time",
        },
    ],
    blank_rows=2,
)


def register_row(number: int) -> dict[str, Any]:
    """A synthetic row of the register."""
    day = 5 + number % 20
    returned = number % 7 != 0
    return {
        "code": f"H40.12-2601{day:02d}-{number:04d}",
        "procedure": PROCEDURES[number % len(PROCEDURES)],
        "sets": 1,
        "applicant": NAMES[number % len(NAMES)],
        "contact": f"Thôn {number % 9 + 1}, xã Kim Sơn; 0912 000 {number % 1000:03d}",
        "agency": "UBND xã Kim Sơn",
        "received_on": f"2026-01-{day:02d}",
        "due_on": f"2026-01-{day + 3:02d}",
        "sent_on": f"2026-01-{day:02d}",
        "sent_to": "Võ Thị Lan",
        "result_on": f"2026-01-{day + 2:02d}" if returned else None,
        "returned_on": f"2026-01-{day + 3:02d}" if returned else None,
        "returned_by": "Trực tiếp" if returned else "",
        "signed_by": NAMES[number % len(NAMES)] if returned and number % 2 else "",
        "note": "" if returned else "Đang giải quyết",
    }


def register(rows: int) -> dict[str, Any]:
    """A register with so many dossiers."""
    form = form_of(
        "Sổ theo dõi hồ sơ",
        7,
        period="Năm 2026",
        book="01",
        rows=[register_row(number) for number in range(1, rows + 1)],
        closed=True,
        keeper={"titles": ["Người lập sổ"], "name": "Trần Văn Bình"},
        signer={"titles": ["Giám đốc"], "name": "Đặng Thị Mai"},
    )
    return {**form, "number": "", "code": "", "date": "2026-12-31"}


PAYMENT = {
    **form_of("Biên lai thu tiền phí, lệ phí", 0),
    "form_number": "Liên lưu theo Quyển biên lai số 03",
    "number": "",
    "series": "KS-26T",
    "receipt_number": "0000123",
    "payer": "Nguyễn Thị Ngọc Ánh",
    "payer_id": "049300000001",
    "address": "Thôn Đông Hòa, xã Kim Sơn, tỉnh An Bình",
    "items": [
        {"name": "Lệ phí hộ tịch", "amount": 8000},
        {"name": "Phí cấp bản sao trích lục", "amount": 16000},
    ],
    "total": 24000,
    "method": "Tiền mặt",
    "paid_at": "2026-01-05T08:32",
    "payer_name": "Nguyễn Thị Ngọc Ánh",
    "cashier": {"titles": ["Người thu tiền"], "name": "Hồ Văn Khải"},
}
HANDOVER = {
    **form_of("Danh sách bàn giao hồ sơ", 0),
    "code": "",
    "symbol": "BGHS",
    "from_agency": OFFICE,
    "to_agency": "Phòng Kinh tế, Ủy ban nhân dân xã Kim Sơn",
    "given_at": "2026-01-05T15:10",
    "received_at": "2026-01-05T15:20",
    "rows": [
        {
            "code": f"H40.12-260105-{number:04d}",
            "procedure": PROCEDURES[number % len(PROCEDURES)],
            "applicant": NAMES[number % len(NAMES)],
            "papers": number + 1,
            "received_on": "2026-01-05",
            "due_on": "2026-01-12",
            "note": "Có bản đồ kèm theo" if number == 3 else "",
        }
        for number in range(1, 9)
    ],
    "giver": {"titles": ["Bên giao"], "name": "Trần Văn Bình"},
    "receiver": {"titles": ["Bên nhận"], "name": "Võ Thị Lan"},
}

FILED = {
    "form_title": "Bản sao hồ sơ nộp trực tuyến",
    "form_number": "",
    "agency": OFFICE,
    "place": "Kim Sơn",
    "date": "2026-01-05",
    **MATTER,
    "temporary_number": "T-12-260105-0007",
    "office": OFFICE,
    "submitted_at": "2026-01-05T20:14",
    "answer_by": "2026-01-06T17:00",
    "sections": [
        {
            "title": "Chủ hồ sơ",
            "rows": [
                {"label": "Họ, chữ đệm và tên", "value": "Nguyễn Thị Na"},
                {"label": "Số định danh cá nhân", "value": "001099000001"},
                {"label": "Địa chỉ", "value": "Thôn Đông, xã Kim Sơn, tỉnh Lam Sơn"},
            ],
        },
        {
            "title": "Người được khai sinh",
            "rows": [{"label": "Họ, chữ đệm và tên", "value": "Nguyễn Gia Bảo"}, {"label": "Dân tộc"}],
        },
    ],
    "note": "Bản sao do hệ thống lập từ nội dung người nộp đã gửi, ký số bằng chứng thư của cơ quan.",
}
