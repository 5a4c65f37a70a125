"""Dated settings of requests about personal data: each with its source."""

from motcua.agencies.rules.settings import Certainty, Kind, Setting

_LAW = (
    "Luật 91/2025/QH15, Nghị định 356/2025/NĐ-CP: đối chiếu số ngày và cách tính với văn bản; trước 1-1-2026 là 72 giờ "
    "(Nghị định 13/2023/NĐ-CP)"
)
_LABEL = "Yêu cầu về dữ liệu cá nhân: "
SETTINGS: tuple[Setting, ...] = (
    Setting("privacy_acknowledge_days", f"{_LABEL}nhận giải quyết trong", Kind.INTEGER, 2, _LAW, Certainty.LIKELY, low=1, high=30, unit="ngày làm việc"),
    Setting("privacy_see_days", f"{_LABEL}cho xem trong", Kind.INTEGER, 10, _LAW, Certainty.LIKELY, low=1, high=60, unit="ngày làm việc"),
    Setting("privacy_correct_days", f"{_LABEL}sửa trong", Kind.INTEGER, 10, _LAW, Certainty.LIKELY, low=1, high=60, unit="ngày làm việc"),
    Setting("privacy_delete_days", f"{_LABEL}xóa trong", Kind.INTEGER, 15, _LAW, Certainty.LIKELY, low=1, high=60, unit="ngày làm việc"),
    Setting("privacy_extension_days", f"{_LABEL}gia hạn một lần, nhiều nhất", Kind.INTEGER, 10, _LAW, Certainty.LIKELY, low=1, high=60, unit="ngày làm việc"),
)  # fmt: skip
