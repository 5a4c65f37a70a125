"""The texts that ship: a code, a link, a date; never a name, an address or what the matter is (data minimisation,
Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15).
"""

import string
from collections.abc import Mapping

RECEIVED = "received"
CHANNELS = ("email", "sms", "app")

# kind -> (subject, long text, short text). One notice for each event (NĐ 61/2018/NĐ-CP Art. 17; NĐ 118/2025/NĐ-CP).
TEXTS: dict[str, tuple[str, str, str]] = {
    RECEIVED: (
        "Đã tiếp nhận hồ sơ {code}",
        "Hồ sơ mã {code} đã được tiếp nhận. Ngày hẹn trả kết quả: {due}.\n"
        "Theo dõi hồ sơ tại: {link}\nNơi tiếp nhận: {office}",
        "Ho so {code} da duoc tiep nhan. Hen tra ket qua: {due}. Theo doi: {link}",
    ),
    "submitted": (
        "Đã nhận hồ sơ nộp trực tuyến {code}",
        "Hồ sơ nộp trực tuyến mã {code} đã được ghi nhận và đang chờ kiểm tra. Theo dõi tại: {link}",
        "Ho so truc tuyen {code} dang cho kiem tra. Theo doi: {link}",
    ),
    "accepted": (
        "Hồ sơ {code} đủ điều kiện tiếp nhận",
        "Hồ sơ mã {code} đã được kiểm tra và tiếp nhận. Ngày hẹn trả kết quả: {due}.\nTheo dõi tại: {link}",
        "Ho so {code} da duoc tiep nhan. Hen tra ket qua: {due}. Theo doi: {link}",
    ),
    "supplement_needed": (
        "Yêu cầu bổ sung hồ sơ {code}",
        "Hồ sơ mã {code} cần bổ sung, hoàn thiện. Xem nội dung cần bổ sung tại: {link}\nThời hạn: {due}.",
        "Ho so {code} can bo sung. Xem chi tiet: {link}",
    ),
    "not_accepted": (
        "Hồ sơ {code} chưa được tiếp nhận",
        "Hồ sơ mã {code} chưa đủ điều kiện tiếp nhận. Xem lý do và hướng dẫn tại: {link}",
        "Ho so {code} khong duoc tiep nhan. Xem ly do: {link}",
    ),
    "obligation": (
        "Hồ sơ {code} có nghĩa vụ tài chính",
        "Hồ sơ mã {code} đã có thông báo nghĩa vụ tài chính. Thời hạn giải quyết tạm dừng cho tới khi hoàn thành. "
        "Xem tại: {link}",
        "Ho so {code} co thong bao nghia vu tai chinh. Xem: {link}",
    ),
    "apology": (
        "Xin lỗi và hẹn lại ngày trả kết quả hồ sơ {code}",
        "Cơ quan giải quyết xin lỗi vì chưa trả kết quả hồ sơ mã {code} đúng hẹn. "
        "Ngày hẹn lại: {due}.\nXem tại: {link}",
        "Xin loi vi tre hen ho so {code}. Hen lai: {due}. Xem: {link}",
    ),
    "ready": (
        "Đã có kết quả hồ sơ {code}",
        "Hồ sơ mã {code} đã có kết quả. Mang theo giấy tiếp nhận và giấy tờ tùy thân khi nhận tại: {office}.\n"
        "Xem tại: {link}",
        "Ho so {code} da co ket qua. Moi den nhan tai {office}. Xem: {link}",
    ),
    "refused": (
        "Từ chối giải quyết hồ sơ {code}",
        "Hồ sơ mã {code} không đủ điều kiện giải quyết. Xem văn bản trả lời và lý do tại: {link}",
        "Ho so {code} khong du dieu kien giai quyet. Xem ly do: {link}",
    ),
    "stopped": (
        "Dừng giải quyết hồ sơ {code}",
        "Việc giải quyết hồ sơ mã {code} đã dừng. Xem lý do và cách nộp lại tại: {link}",
        "Ho so {code} da dung giai quyet. Xem ly do: {link}",
    ),
    "withdrawn": (
        "Đã rút hồ sơ {code}",
        "Hồ sơ mã {code} đã được rút theo yêu cầu. Giấy tờ đã nộp được trả lại tại: {office}.\nXem tại: {link}",
        "Ho so {code} da duoc rut theo yeu cau. Xem: {link}",
    ),
    "returned": (
        "Đã trả kết quả hồ sơ {code}",
        "Kết quả hồ sơ mã {code} đã được trả. Xem lại quá trình giải quyết tại: {link}",
        "Da tra ket qua ho so {code}. Xem lai: {link}",
    ),
}
TITLES = {
    "received": "Đã tiếp nhận",
    "submitted": "Đã nhận hồ sơ trực tuyến",
    "accepted": "Đủ điều kiện tiếp nhận",
    "supplement_needed": "Yêu cầu bổ sung",
    "not_accepted": "Không tiếp nhận",
    "obligation": "Nghĩa vụ tài chính",
    "apology": "Xin lỗi, hẹn lại",
    "ready": "Đã có kết quả",
    "refused": "Từ chối giải quyết",
    "stopped": "Dừng giải quyết",
    "withdrawn": "Đã rút hồ sơ",
    "returned": "Đã trả kết quả",
}
PLACES = frozenset({"code", "link", "due", "office"})


def shipped(kind: str, channel: str) -> tuple[str, str]:
    """Subject and body that ship for a kind on a channel."""
    subject, long, short = TEXTS[kind]
    return (subject, long) if channel != "sms" else ("", short)


def places_in(text: str) -> frozenset[str]:
    """The names in braces of a text. Raises ValueError when braces do not pair."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def problem(text: str) -> str:
    """Why a text cannot be a template, in Vietnamese; empty when it can."""
    try:
        unknown = places_in(text) - PLACES
    except ValueError:
        return "Dấu ngoặc nhọn không thành cặp."
    if unknown:
        return f"Không có chỗ điền {{{min(unknown)}}}. Chỉ dùng: {', '.join(sorted(f'{{{p}}}' for p in PLACES))}."
    return ""


def fill(text: str, context: Mapping[str, str]) -> str:
    """The text with its places filled; what the context lacks becomes a dash."""
    values = {place: str(context.get(place) or "–") for place in PLACES}
    return text.format_map(values)
