"""How long each class of personal data is kept: the classes, what may be decided about each, when a row is old."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from motcua.core.errors import RuleViolation

_LAW = "Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15 (không giữ lâu hơn cần thiết)"


class Unit(StrEnum):
    """How the time is counted, on the calendar of Viet Nam."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class Fate(StrEnum):
    """What happens when the time is over."""

    DELETE = "delete"
    BLANK = "blank"
    KEEP = "keep"


UNITS = {Unit.DAY: "ngày", Unit.MONTH: "tháng", Unit.YEAR: "năm"}
FATES = {Fate.DELETE: "Xóa", Fate.BLANK: "Xóa trường cá nhân, giữ bản ghi trống", Fate.KEEP: "Giữ"}


@dataclass(frozen=True)
class DataClass:
    """A class of data. `fate`: what is done when its time is over; KEEP classes are never touched by a timer. `least`: the fewest
    days that safety needs. `elsewhere`: what else decides, for classes that another rule already ends.
    """

    code: str
    label: str
    since: str
    fate: Fate
    amount: int | None
    unit: Unit
    source: str
    sure: bool = False
    least: int = 1
    elsewhere: str = ""

    @property
    def is_carried_out(self) -> bool:
        """Whether the daily task acts on it."""
        return self.fate is not Fate.KEEP and not self.elsewhere


D, M, Y = Unit.DAY, Unit.MONTH, Unit.YEAR
CLASSES: tuple[DataClass, ...] = (
    DataClass("codes", "Mã đăng nhập một lần (đã băm)", "từ lúc gửi", Fate.DELETE, 7, D, f"{_LAW}; lựa chọn của phần mềm", True, 2),
    DataClass("sessions", "Phiên đăng nhập, thiết bị đã hết hạn", "từ lúc hết hạn", Fate.DELETE, 7, D, f"{_LAW}; lựa chọn của phần mềm", True),
    DataClass("sign_ins", "Lần đăng nhập của cán bộ: tên, địa chỉ mạng", "từ lúc đăng nhập", Fate.DELETE, 12, M, "Quy chế an toàn thông tin của cơ quan", least=30),
    DataClass("messages", "Nội dung và nơi nhận của tin đã gửi", "từ lúc tạo tin", Fate.BLANK, 12, M, f"{_LAW}; quy chế của cơ quan", least=30),
    DataClass("quarantine", "Tệp cách ly không gắn với hồ sơ nào", "từ lúc tải lên", Fate.DELETE, 90, D, "Quy chế an toàn thông tin của cơ quan", least=7),
    DataClass("senders", "Người gửi phản ánh đã trả lời xong", "từ lúc trả lời hoặc kết thúc", Fate.BLANK, 24, M, f"Nghị định 20/2008/NĐ-CP; {_LAW}", least=90),
    DataClass("shares", "Đường dẫn chia sẻ giấy tờ đã hết hạn", "từ lúc hết hạn", Fate.DELETE, 12, M, f"{_LAW}; lựa chọn của phần mềm", True),
    DataClass("invitations", "Điện thoại, thư trong lời mời làm thay tổ chức", "từ lúc trả lời hoặc hết hạn", Fate.BLANK, 6, M, f"{_LAW}; lựa chọn của phần mềm", True),
    DataClass("requests", "Nội dung yêu cầu về dữ liệu cá nhân đã xong", "từ lúc trả lời", Fate.BLANK, 60, M, _LAW, least=365),
    DataClass("drafts", "Bản nháp hồ sơ, tệp chưa nộp", "từ lần sửa cuối", Fate.DELETE, None, D, _LAW, True, elsewhere="Theo tham số “draft_days”"),
    DataClass("surveys", "Người được bốc vào mẫu khảo sát", "từ lúc đóng khảo sát", Fate.DELETE, None, D, _LAW, True, elsewhere="Xóa ngay khi đóng khảo sát"),
    DataClass("dossiers", "Hồ sơ, tờ khai, giấy tờ đã tiếp nhận", "từ lúc kết thúc", Fate.KEEP, None, Y, "Luật Lưu trữ 33/2024/QH15; Nghị định 113/2025/NĐ-CP; thời hạn theo loại hồ sơ"),
    DataClass("results", "Kết quả giải quyết, sổ theo dõi", "từ lúc trả", Fate.KEEP, None, Y, "Luật Lưu trữ 33/2024/QH15; hộ tịch, đất đai lưu vĩnh viễn"),
    DataClass("receipts", "Khoản thu, biên lai", "từ lúc lập", Fate.KEEP, None, Y, "Luật Kế toán 88/2015/QH13; thời hạn chứng từ cần đối chiếu"),
    DataClass("consents", "Nhật ký đồng ý", "từ lúc ghi", Fate.KEEP, None, Y, "Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15 (chứng minh sự đồng ý)", True),
    DataClass("log", "Nhật ký xử lý (không có giá trị dữ liệu)", "từ lúc ghi", Fate.KEEP, None, Y, "Chuỗi băm và niêm phong, chỉ ghi thêm", True),
)  # fmt: skip
BY_CODE = {one.code: one for one in CLASSES}


def cutoff(local: datetime, amount: int | None, unit: str) -> datetime | None:
    """The naive local moment before which a row is old; None for what is kept for ever. A day that the month has not becomes its
    last (31-3 less one month is 28-2).
    """
    if amount is None:
        return None
    if unit == Unit.DAY:
        return local - timedelta(days=amount)
    months = local.year * 12 + local.month - 1 - amount * (12 if unit == Unit.YEAR else 1)
    year, month = divmod(months, 12)
    return local.replace(year=year, month=month + 1, day=min(local.day, monthrange(year, month + 1)[1]))


def described(amount: int | None, unit: str) -> str:
    """ "12 tháng", or "không thời hạn"."""
    return f"{amount} {UNITS[Unit(unit)]}" if amount else "không thời hạn"


_DAYS = {Unit.DAY: 1, Unit.MONTH: 28, Unit.YEAR: 365}


def require_allowed(code: str, amount: int | None, unit: str) -> DataClass:
    """The class for which a time may be set. Raises RuleViolation for one that no rule ends here, and for a time too short or
    too long to mean something.
    """
    found = BY_CODE.get(code)
    if found is None or not found.is_carried_out:
        raise RuleViolation("Loại dữ liệu này không đặt thời hạn ở đây: luật giữ, hoặc nơi khác đã đặt.")
    if amount is None:
        return found
    days = amount * _DAYS[Unit(unit)]
    if not found.least <= days <= 100 * 365:
        raise RuleViolation(f"Giữ ít nhất {found.least} ngày và nhiều nhất 100 năm.", field="amount")
    return found
