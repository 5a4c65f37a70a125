"""The boards that an installation starts with, and what the law asks to be shown there. Data: staff change them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class StartingKind:
    """What must be made public, within how long of its event, and how long it must stay."""

    name: str
    event: str
    amount: int
    unit: str
    stays_days: int
    source: str


@dataclass(frozen=True)
class StartingBoard:
    """A board with what belongs on it."""

    slug: str
    name: str
    name_en: str
    note: str
    kinds: tuple[StartingKind, ...] = ()


_TT343 = "Thông tư 343/2016/TT-BTC; từ 2026: Thông tư 26/2026/TT-BTC [likely]"
BOARDS: tuple[StartingBoard, ...] = (
    StartingBoard(
        "ngan-sach", "Công khai ngân sách", "Budget disclosure", "Dự toán, tình hình thực hiện và quyết toán ngân sách của địa phương.",
        (
            StartingKind("Dự toán ngân sách trình Hội đồng nhân dân", "gửi đại biểu Hội đồng nhân dân", 5, "working_day", 30, _TT343),
            StartingKind("Dự toán ngân sách đã được quyết định", "văn bản được ban hành", 30, "calendar_day", 30, _TT343),
            StartingKind("Tình hình thực hiện ngân sách quý, 6 tháng", "kết thúc quý, 6 tháng", 15, "calendar_day", 30, _TT343),
            StartingKind("Quyết toán ngân sách", "văn bản được ban hành", 30, "calendar_day", 30, _TT343),
        ),
    ),
    StartingBoard("van-ban", "Văn bản pháp luật", "Legal documents", "Văn bản do địa phương ban hành hoặc cần người dân biết."),
    StartingBoard("ke-hoach", "Kế hoạch, chương trình", "Plans", "Kế hoạch cải cách hành chính, quy hoạch, kế hoạch sử dụng đất."),
    StartingBoard("bao-cao", "Báo cáo, kết quả", "Reports", "Kết quả giải quyết hồ sơ, chỉ số, khảo sát."),
)  # fmt: skip
