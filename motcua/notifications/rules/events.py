"""What messages tell of: what the law requires and what only who agreed receives."""

from dataclasses import dataclass

COMMON = frozenset({"code", "link", "due", "office"})


@dataclass(frozen=True)
class Event:
    """A kind of message. `purpose` empty: told by law, no consent asked (NĐ 61/2018, Điều 17; NĐ 118/2025); otherwise the
    purpose that the person must have agreed to (Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15). `urgent` passes quiet hours.
    `secret`: staff see the message, never its digits.
    """

    kind: str
    title: str
    purpose: str = ""
    urgent: bool = False
    secret: bool = False
    further: frozenset[str] = frozenset()

    @property
    def places(self) -> frozenset[str]:
        """The places that a text of this kind may fill."""
        return COMMON | self.further | ({"stop"} if self.purpose else set())


_MONEY = frozenset({"amount", "pay"})
_STOPS = {"survey": "Mời cho ý kiến, khảo sát", "news": "Tin tức của cơ quan"}
PURPOSES: dict[str, str] = {**_STOPS, "zalo": "Nhận thông báo qua Zalo"}

EVENTS: dict[str, Event] = {
    event.kind: event
    for event in (
        Event("received", "Đã tiếp nhận"),
        Event("received_fee", "Đã tiếp nhận, có phí phải nộp", further=_MONEY),
        Event("submitted", "Đã nhận hồ sơ trực tuyến"),
        Event("submitted_fee", "Đã nhận hồ sơ trực tuyến, có phí phải nộp", further=_MONEY),
        Event("draft_expiring", "Bản nháp sắp bị xóa"),
        Event("accepted", "Đủ điều kiện tiếp nhận"),
        Event("accepted_fee", "Tiếp nhận, có phí phải nộp", further=_MONEY),
        Event("accepted_changed", "Tiếp nhận, phí khác với khi nộp", further=_MONEY | {"reason"}),
        Event(
            "accepted_unexempt", "Tiếp nhận, không miễn, giảm phí như đề nghị", further=_MONEY | {"reason"}
        ),
        Event("supplement_needed", "Yêu cầu bổ sung"),
        Event("not_accepted", "Không tiếp nhận"),
        Event("obligation", "Nghĩa vụ tài chính"),
        Event("fee_due", "Có khoản phải nộp", further=frozenset({"amount"})),
        Event("fee_changed", "Phí, lệ phí được tính lại", further=_MONEY | {"reason"}),
        Event("fee_cancelled", "Không phải nộp phí, lệ phí nữa", further=frozenset({"amount", "reason"})),
        Event("refund_due", "Được hoàn trả phí, lệ phí", further=frozenset({"amount", "reason"})),
        Event("refunded", "Đã hoàn trả phí, lệ phí", further=frozenset({"amount"})),
        Event("paid", "Đã nhận tiền phí, lệ phí", further=frozenset({"amount"})),
        Event("apology", "Xin lỗi, hẹn lại"),
        Event("correction", "Xin lỗi, sửa kết quả có sai sót"),
        Event("ready", "Đã có kết quả"),
        Event("ready_online", "Đã có kết quả điện tử"),
        Event("refused", "Từ chối giải quyết"),
        Event("stopped", "Dừng giải quyết"),
        Event("withdrawn", "Đã rút hồ sơ"),
        Event("returned", "Đã trả kết quả", further=frozenset({"rate"})),
        Event("came_back", "Bưu chính hoàn lại kết quả"),
        Event("message", "Cơ quan trả lời"),
        Event("survey", "Mời đánh giá", purpose="survey"),
        Event("news", "Tin tức", purpose="news", further=frozenset({"headline"})),
        Event("acceptance_unseen", "Hồ sơ trực tuyến chưa ai mở"),
        Event("acceptance_late", "Chậm tiếp nhận hồ sơ trực tuyến"),
        Event("report_due", "Sắp đến hạn gửi báo cáo"),
        Event("report_late", "Chậm gửi báo cáo"),
        Event(
            "sign_in_code", "Mã đăng nhập", urgent=True, secret=True, further=frozenset({"pin", "minutes"})
        ),
        Event(
            "assist_code",
            "Mã đồng ý để được nộp hộ",
            urgent=True,
            secret=True,
            further=frozenset({"pin", "minutes"}),
        ),
        Event("invited", "Lời mời làm thay doanh nghiệp, tổ chức", further=frozenset({"headline"})),
        Event("assisted", "Cán bộ lập hồ sơ hộ"),
        Event("feedback_confirm", "Mã xác nhận người gửi phản ánh", urgent=True),
        Event("feedback_received", "Đã tiếp nhận phản ánh"),
        Event("feedback_declined", "Không tiếp nhận phản ánh"),
        Event("feedback_clarify", "Đề nghị làm rõ phản ánh"),
        Event("feedback_transferred", "Đã chuyển phản ánh"),
        Event("feedback_extended", "Gia hạn xử lý phản ánh"),
        Event("feedback_answered", "Đã trả lời phản ánh"),
        Event("privacy_received", "Đã nhận yêu cầu về dữ liệu cá nhân"),
        Event("privacy_answered", "Đã trả lời yêu cầu về dữ liệu cá nhân"),
        Event("test", "Gửi thử", urgent=True),
    )
}
TITLES = {kind: event.title for kind, event in EVENTS.items()}
# What a text shows on the page where it is written.
SAMPLE: dict[str, str] = {
    "code": "H40.12-261123-0007",
    "link": "https://motcua.example.vn/tra-cuu",
    "due": "30/11/2026",
    "office": "Bộ phận Một cửa xã Mẫu",
    "amount": "8.000 đ",
    "pay": "https://motcua.example.vn/nop-tien/12-0123456789abcdef0123456789abcdef/",
    "reason": "giấy chứng nhận hộ nghèo đã hết hạn",
    "pin": "482913",
    "minutes": "5",
    "headline": "Thay đổi giờ làm việc của bộ phận một cửa",
    "rate": "https://motcua.example.vn/danh-gia/r1f-0123456789abcdef/",
    "stop": "https://motcua.example.vn/thong-bao/lua-chon/Ab3dEf6hIj9k/",
}
MEANINGS: dict[str, str] = {
    "code": "mã hồ sơ",
    "link": "địa chỉ tra cứu",
    "due": "ngày hẹn",
    "office": "nơi tiếp nhận, trả kết quả",
    "amount": "số tiền",
    "pay": "địa chỉ nộp tiền",
    "reason": "lý do",
    "headline": "tên tin",
    "rate": "địa chỉ đánh giá",
    "pin": "mã đăng nhập",
    "minutes": "số phút mã còn dùng được",
    "stop": "địa chỉ để thôi nhận",
}


def purpose_of(kind: str, channel: str) -> str:
    """What the person must have agreed to before a message of this kind goes out on this channel; empty for nothing."""
    event = EVENTS.get(kind)
    return (event.purpose if event else "") or ("zalo" if channel == "zalo" else "")


def is_secret(kind: str) -> bool:
    """Whether staff must not read the digits of messages of this kind: they let somebody in."""
    return kind in EVENTS and EVENTS[kind].secret


def is_urgent(kind: str) -> bool:
    """Whether messages of this kind pass quiet hours."""
    return kind in EVENTS and EVENTS[kind].urgent
