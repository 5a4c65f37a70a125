"""Synthetic data for previews and golden images: one usual form, one with long texts, one with what is required only.

Persons, places and numbers are invented.
"""

from typing import Any

SITE = "https://motcua.example.vn"
CODE = "H40.12-260105-0007"

HEAD: dict[str, Any] = {
    "parent_agency": "Ủy ban nhân dân xã Kim Sơn",
    "agency": "Trung tâm Phục vụ hành chính công",
    "number": "07",
    "place": "Kim Sơn",
    "date": "2026-01-05",
    "code": CODE,
    "verify_url": f"{SITE}/kiem-tra/{CODE}?k=4f2a91c07be3",
}
PERSON = {
    "applicant": "Nguyễn Thị Ngọc Ánh",
    "address": "Thôn Đông Hòa, xã Kim Sơn, tỉnh An Bình",
    "phone": "0912 000 001",
    "email": "ngocanh@example.vn",
}
MATTER = {"procedure": "Thủ tục đăng ký khai sinh", "procedure_code": "1.001193"}
LONG_PERSON = {
    "applicant": "Công ty trách nhiệm hữu hạn một thành viên Đầu tư, Xây dựng và Thương mại dịch vụ Đường Thủy Nguyễn Phước "
    "Quỳnh Hương",
    "address": "Số 125/47/8 đường Nguyễn Thị Minh Khai nối dài, tổ dân phố số 17, khu đô thị mới phía Nam sông Bạch Đằng, "
    "phường Trường Thạnh, tỉnh An Bình",
    "phone": "0912 000 002; 0236 3000 001",
    "email": "van.phong.giao.dich@duongthuyquynhhuong.example.vn",
}
LONG_MATTER = {
    "procedure": "Thủ tục đăng ký, cấp Giấy chứng nhận quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất lần đầu đối "
    "với hộ gia đình, cá nhân, cộng đồng dân cư đang sử dụng đất có giấy tờ về quyền sử dụng đất",
    "procedure_code": "1.012756",
}
CONTACT = {"officer": "Trần Văn Bình", "phone": "0236 3000 001", "website": SITE}
CHAIR = {"titles": ["TM. Ủy ban nhân dân", "Chủ tịch"], "name": "Lê Quang Dũng"}
DEPUTY = {"titles": ["TM. Ủy ban nhân dân", "KT. Chủ tịch", "Phó Chủ tịch"], "name": "Phạm Thị Thu Hà"}
OFFICER = {"titles": ["Người hướng dẫn"], "name": "Trần Văn Bình"}
VERSION_2025 = "(ban hành kèm theo Thông tư số 03/2025/TT-VPCP)"


def _form(title: str, number: int, name: str, **fields: Any) -> dict[str, Any]:
    """The heading of a form of 2025."""
    return {
        "form_title": title,
        "form_number": f"Mẫu số {number:02d} {VERSION_2025}",
        "template_version": f"{name} 2026-11",
        **HEAD,
        **fields,
    }


RECEIPT = _form(
    "Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
    1,
    "receipt_slip",
    symbol="TNHS",
    **PERSON,
    **MATTER,
    papers=[
        {"name": "Tờ khai đăng ký khai sinh theo mẫu", "originals": 1},
        {"name": "Giấy chứng sinh", "originals": 1, "copies": 1},
        {"name": "Căn cước công dân của người yêu cầu", "note": "chỉ xuất trình"},
        {
            "name": "Giấy chứng nhận kết hôn của cha mẹ",
            "electronic": 1,
            "note": "khai thác từ cơ sở dữ liệu hộ tịch",
        },
    ],
    sets=1,
    time_limit="03 ngày làm việc",
    received_at="2026-01-05T08:30",
    due_at="2026-01-08T17:00",
    delivery=["counter", "electronic"],
    delivery_place="Quầy số 2, Trung tâm Phục vụ hành chính công xã Kim Sơn",
    channel="counter",
    fees=[{"name": "Lệ phí hộ tịch", "amount": 8000}, {"name": "Phí cấp bản sao trích lục", "amount": 16000}],
    fee_total=24000,
    fee_note="Đã nộp, biên lai số 0000123",
    submitter_name="Nguyễn Thị Ngọc Ánh",
    officer_name="Trần Văn Bình",
    book="01",
    book_entry="07",
    contact="Điện thoại hỏi và góp ý: 0236 3000 001",
    lookup_url=f"{SITE}/tra-cuu",
    barcode=True,
)
LONG_PAPERS = [
    {
        "name": f"Giấy tờ số {number} chứng minh việc sử dụng đất ổn định, kèm bản vẽ trích đo địa chính thửa đất "
        "có xác nhận của đơn vị đo đạc và các hộ liền kề",
        "originals": number % 3,
        "copies": 1,
        "electronic": number % 2,
    }
    for number in range(1, 21)
]
SUPPLEMENT = _form(
    "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ",
    2,
    "supplement_request",
    symbol="HDHS",
    **PERSON,
    **MATTER,
    missing=[
        {"name": "Giấy chứng sinh", "originals": 1, "note": "bản đã nộp mờ, không đọc được ngày sinh"},
        {"name": "Văn bản ủy quyền", "certified": 1},
    ],
    reason="Hồ sơ chưa đủ thành phần theo quy định; người nộp không phải là cha, mẹ của trẻ.",
    legal_basis="Khoản 1 Điều 16 Luật Hộ tịch năm 2014",
    respond_by="2026-01-20",
    contact=CONTACT,
    signer=OFFICER,
    submitter_name="Nguyễn Thị Ngọc Ánh",
)
REJECTION = _form(
    "Phiếu từ chối tiếp nhận, giải quyết hồ sơ",
    3,
    "rejection_notice",
    symbol="TCHS",
    **PERSON,
    **MATTER,
    reason="Trẻ đã được đăng ký khai sinh tại Ủy ban nhân dân xã Bình Minh ngày 12/3/2024; một người chỉ được đăng ký "
    "khai sinh một lần.",
    legal_basis="Điều 5, Điều 15 Luật Hộ tịch năm 2014",
    guidance="Ông/Bà có thể yêu cầu cấp bản sao trích lục khai sinh tại bất kỳ Bộ phận Một cửa nào trong tỉnh.",
    returned_papers=["Giấy chứng sinh (bản chính)", "Tờ khai đăng ký khai sinh"],
    contact=CONTACT,
    signer={"titles": ["Người tiếp nhận hồ sơ"], "name": "Trần Văn Bình"},
    submitter_name="Nguyễn Thị Ngọc Ánh",
)
COMMUNE = {"parent_agency": "", "agency": "Ủy ban nhân dân xã Kim Sơn"}
APOLOGY = _form(
    "Văn bản xin lỗi và đề nghị gia hạn",
    4,
    "apology_notice",
    **COMMUNE,
    symbol="PXL",
    **PERSON,
    **LONG_MATTER,
    received_on="2026-01-05",
    due_on="2026-02-02",
    reason="cơ quan đăng ký đất đai chưa gửi kết quả trích đo địa chính",
    new_due="2026-02-09",
    wording="extension",
    signer=DEPUTY,
)
STOP = _form(
    "Thông báo dừng giải quyết hồ sơ",
    5,
    "stop_notice",
    **COMMUNE,
    symbol="TB-UBND",
    **PERSON,
    **MATTER,
    received_on="2026-01-05",
    reason="quá thời hạn bổ sung hồ sơ ghi tại Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ số 12/HDHS ngày 06 tháng 01 "
    "năm 2026 mà người nộp không bổ sung",
    legal_basis="Nghị định số 118/2025/NĐ-CP",
    returned_papers=["Giấy chứng sinh (bản chính)", "Tờ khai đăng ký khai sinh (bản chính)"],
    guidance="Ông/Bà có thể nộp lại hồ sơ khi đủ giấy tờ; lệ phí đã nộp được hoàn trả tại quầy thu.",
    signer=CHAIR,
)
OFFICE = "Trung tâm Phục vụ hành chính công xã Kim Sơn"
CONTROL = _form(
    "Phiếu kiểm soát quá trình giải quyết hồ sơ",
    6,
    "control_slip",
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
NAMES = ("Nguyễn Văn An", "Trần Thị Bé", "Lê Hoàng Cường", "Phạm Ngọc Diễm", "Huỳnh Văn Được", "Đỗ Thị Ê Ban")
PROCEDURES = (
    "Đăng ký khai sinh",
    "Cấp bản sao trích lục hộ tịch",
    "Chứng thực bản sao từ bản chính giấy tờ, văn bản do cơ quan có thẩm quyền của Việt Nam cấp",
    "Đăng ký hộ kinh doanh",
    "Đăng ký biến động quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất",
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
    form = _form(
        "Sổ theo dõi hồ sơ",
        7,
        "register",
        period="Năm 2026",
        book="01",
        rows=[register_row(number) for number in range(1, rows + 1)],
        closed=True,
        keeper={"titles": ["Người lập sổ"], "name": "Trần Văn Bình"},
        signer={"titles": ["Giám đốc"], "name": "Đặng Thị Mai"},
    )
    return {**form, "number": "", "code": "", "verify_url": "", "date": "2026-12-31"}


PAYMENT = {
    **_form("Biên lai thu tiền phí, lệ phí", 1, "payment_receipt"),
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
    **_form("Danh sách bàn giao hồ sơ", 1, "handover_list"),
    "form_number": "",
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
RESULT = {
    **_form("Quyết định", 1, "result_notice", **COMMUNE),
    "form_number": "",
    "number": "08",
    "symbol": "QĐ-UBND",
    "abstract": "Về việc công nhận kết quả hòa giải và giải quyết hưởng chế độ trợ giúp xã hội hằng tháng",
    "authority": "Chủ tịch Ủy ban nhân dân xã Kim Sơn",
    "bases": [
        "Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15;",
        "Căn cứ Nghị định số 20/2021/NĐ-CP ngày 15 tháng 3 năm 2021 của Chính phủ quy định chính sách trợ giúp xã hội "
        "đối với đối tượng bảo trợ xã hội;",
        "Theo đề nghị của Trưởng phòng Văn hóa - Xã hội.",
    ],
    "decides": "Quyết định:",
    "articles": [
        {
            "text": "Trợ cấp xã hội hằng tháng đối với bà Nguyễn Thị Ngọc Ánh, sinh ngày 02 tháng 3 năm 1945, thường trú "
            "tại Thôn Đông Hòa, xã Kim Sơn, tỉnh An Bình:",
            "points": ["Mức hưởng: 750.000 đồng/tháng;", "Thời gian hưởng: từ ngày 01 tháng 02 năm 2026."],
        },
        {"text": "Kinh phí thực hiện từ nguồn bảo đảm xã hội của ngân sách xã năm 2026."},
        {
            "text": "Chánh Văn phòng Hội đồng nhân dân và Ủy ban nhân dân, Trưởng phòng Văn hóa - Xã hội và bà Nguyễn Thị "
            "Ngọc Ánh chịu trách nhiệm thi hành Quyết định này./."
        },
    ],
    "recipients": ["Như Điều 3;", "Sở Y tế tỉnh An Bình (để báo cáo);", "Lưu: VT, VHXH."],
    "signer": {"titles": ["KT. Chủ tịch", "Phó Chủ tịch"], "name": "Phạm Thị Thu Hà"},
}
CERTIFICATE = {
    **_form("Giấy xác nhận", 1, "result_notice", **COMMUNE),
    "form_number": "",
    "symbol": "GXN-UBND",
    "abstract": "Tình trạng hôn nhân",
    "body": ["Ủy ban nhân dân xã Kim Sơn xác nhận:"],
    "details": [
        {"label": "Họ và tên", "value": "Nguyễn Thị Ngọc Ánh"},
        {"label": "Ngày, tháng, năm sinh", "value": "02/3/1998"},
        {"label": "Số định danh cá nhân", "value": "049198000001"},
        {"label": "Nơi cư trú", "value": "Thôn Đông Hòa, xã Kim Sơn, tỉnh An Bình"},
        {"label": "Tình trạng hôn nhân", "value": "Chưa đăng ký kết hôn với ai"},
    ],
    "closing": ["Giấy này có giá trị 06 tháng kể từ ngày cấp, được dùng để đăng ký kết hôn./."],
    "recipients": ["Người yêu cầu;", "Lưu: VT."],
    "signer": CHAIR,
}


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
    **_form("Bảng niêm yết công khai thủ tục hành chính", 1, "posting_board", **COMMUNE),
    "form_number": "",
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
    "template_version": "posting_qr 2026-11",
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

SAMPLES: dict[str, tuple[str, dict[str, Any]]] = {
    "receipt_slip": ("receipt_slip", RECEIPT),
    "receipt_slip_copies": ("receipt_slip", {**RECEIPT, "copies": 2, "barcode": False}),
    "receipt_slip_long": (
        "receipt_slip",
        {
            **RECEIPT,
            **LONG_PERSON,
            **LONG_MATTER,
            "papers": LONG_PAPERS,
            "copies": 2,
            "submitter_capacity": "Người được ủy quyền",
        },
    ),
    "receipt_slip_blank": (
        "receipt_slip",
        {
            **{key: RECEIPT[key] for key in ("form_title", "form_number", "agency", "symbol")},
            **{"applicant": "", "procedure": "", "papers": [], "sets": 0, "time_limit": "", "delivery": []},
            "received_at": None,
            "due_at": None,
        },
    ),
    "supplement_request": ("supplement_request", SUPPLEMENT),
    "supplement_request_long": ("supplement_request", {**SUPPLEMENT, **LONG_PERSON, **LONG_MATTER}),
    "rejection_notice": ("rejection_notice", REJECTION),
    "apology_notice": ("apology_notice", APOLOGY),
    "apology_notice_2018": (
        "apology_notice",
        {
            **APOLOGY,
            **MATTER,
            "form_title": "Phiếu xin lỗi và hẹn lại ngày trả kết quả",
            "form_number": "Mẫu số 04 (Thông tư số 01/2018/TT-VPCP)",
            "wording": "apology",
            "signer": CHAIR,
        },
    ),
    "stop_notice": ("stop_notice", STOP),
    "control_slip": ("control_slip", CONTROL),
    "register": ("register", register(40)),
    "payment_receipt": ("payment_receipt", PAYMENT),
    "payment_receipt_cancelled": (
        "payment_receipt",
        {**PAYMENT, "cancelled": "ghi sai số tiền", "copies": 2},
    ),
    "handover_list": ("handover_list", HANDOVER),
    "result_notice": ("result_notice", RESULT),
    "result_notice_certificate": ("result_notice", CERTIFICATE),
    "posting_board": ("posting_board", BOARD),
    "posting_board_a3": ("posting_board", {**BOARD, "paper": "a3"}),
    "posting_board_sheet": ("posting_board", SHEETS),
    "posting_qr": ("posting_qr", QR_SHEET),
}
