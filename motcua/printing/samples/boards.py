"""Sample boards and QR sheets."""

from typing import Any

from motcua.printing.samples.common import CHAIR, COMMUNE, OFFICE, PROCEDURES, SITE, form_of


def posted_procedure(number: int) -> dict[str, Any]:
    """A procedure as a board shows it."""
    return {
        "code": f"1.00119{number}",
        "name": PROCEDURES[number % len(PROCEDURES)],
        "papers": [
            "Tờ khai theo mẫu (01 bản chính)",
            "Giấy chứng sinh (01 bản chính)",
            "Xuất trình thẻ căn cước",
        ],
        "sets": 1,
        "forms": ["Tờ khai đăng ký khai sinh"],
        "steps": [
            "Người yêu cầu nộp hồ sơ tại Trung tâm Phục vụ hành chính công hoặc trên Cổng Dịch vụ công quốc gia.",
            "Công chức kiểm tra hồ sơ, cấp Giấy tiếp nhận hồ sơ và hẹn trả kết quả.",
            "Chủ tịch Ủy ban nhân dân xã ký; trả kết quả đúng hẹn.",
        ],
        "time_limit": "Ngay trong ngày; nhận sau 15 giờ thì trả trong ngày làm việc tiếp theo",
        "fee": "Miễn lệ phí đối với đăng ký đúng hạn",
        "submit": "Trực tiếp, trực tuyến hoặc qua bưu chính công ích",
        "agency": "Ủy ban nhân dân xã",
        "result": "Giấy khai sinh (bản chính)",
        "conditions": "Không có",
        "legal_bases": [
            "Luật Hộ tịch số 60/2014/QH13",
            "Nghị định số 123/2015/NĐ-CP",
            "Thông tư số 04/2020/TT-BTP",
        ],
        "online_level": "Toàn trình",
        "url": f"{SITE}/thu-tuc/1.00119{number}",
    }


FEEDBACK = (
    "Phản ánh, kiến nghị về quy định hành chính gửi về: Văn phòng Ủy ban nhân dân tỉnh An Bình, số 1 đường Hòa Bình, "
    "phường An Bình; điện thoại 0236 3000 009; thư điện tử pakn@anbinh.example.vn."
)
BOARD = {
    **form_of("Bảng niêm yết công khai thủ tục hành chính", 0, **COMMUNE),
    "number": "",
    "code": "",
    "verify_url": "",
    "field": "Hộ tịch",
    "decision": "Quyết định số 15/QĐ-UBND ngày 02 tháng 01 năm 2026 của Chủ tịch Ủy ban nhân dân tỉnh An Bình",
    "procedures": [posted_procedure(number) for number in range(5)],
    "feedback": FEEDBACK,
    "signer": CHAIR,
}
SHEETS = {
    **BOARD,
    "layout": "sheet",
    "procedures": BOARD["procedures"][:2],
    "form_title": "Thủ tục hành chính công khai",
}
QR_SHEET = {
    **BOARD,
    "form_title": "Quét mã để xem thủ tục hành chính",
    "intro": "Mở máy ảnh của điện thoại, hướng vào mã của thủ tục cần xem rồi chạm vào đường dẫn hiện ra.",
    "items": [
        {
            "name": PROCEDURES[number % len(PROCEDURES)],
            "code": f"1.00119{number}",
            "url": f"{SITE}/thu-tuc/1.00119{number}",
        }
        for number in range(10)
    ],
}
for _key in ("field", "decision", "procedures", "signer"):
    QR_SHEET.pop(_key)
QUEUE_TICKET = {
    "form_title": "Số thứ tự",
    "form_number": "",
    "agency": OFFICE,
    "date": "2026-01-05",
    "number": "A007",
    "line": "Tư pháp – hộ tịch",
    "taken_at": "2026-01-05T08:12",
    "priority": True,
    "note": "Quét mã để biết còn bao nhiêu người trước mình. Vắng mặt khi được gọi thì báo tại quầy.",
    "verify_url": f"{SITE}/so-thu-tu/n1f-4f2a91c07be30d5e/",
}
