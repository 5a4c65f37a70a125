"""Sample letters to the citizen, and results."""

from motcua.printing.samples.common import (
    CHAIR,
    COMMUNE,
    CONTACT,
    DEPUTY,
    LONG_MATTER,
    MATTER,
    OFFICER,
    PERSON,
    SITE,
    form_of,
)

RECEIPT = form_of(
    "Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
    1,
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
SUPPLEMENT = form_of(
    "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ",
    2,
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
REJECTION = form_of(
    "Phiếu từ chối tiếp nhận, giải quyết hồ sơ",
    3,
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
APOLOGY = form_of(
    "Văn bản xin lỗi và đề nghị gia hạn",
    4,
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
ERROR_APOLOGY = {
    **form_of(
        "Văn bản xin lỗi về sai sót trong kết quả",
        0,
        **COMMUNE,
        symbol="PXL",
        **PERSON,
        **MATTER,
        received_on="2025-12-22",
        returned_on="2025-12-25",
        results=[{"name": "Giấy khai sinh", "number": "215/2025", "signed_on": "2025-12-24"}],
        reason="ghi sai năm sinh của mẹ",
        caused_by="Phòng Văn hóa – Xã hội xã Kim Sơn",
        new_due="2026-01-08",
        revoked=True,
        signer=CHAIR,
    ),
    "template_version": "Nghị định 118/2025/NĐ-CP",
}
STOP = form_of(
    "Thông báo dừng giải quyết hồ sơ",
    5,
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
RESULT = {
    **form_of("Quyết định", 0, **COMMUNE),
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
    **form_of("Giấy xác nhận", 0, **COMMUNE),
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
