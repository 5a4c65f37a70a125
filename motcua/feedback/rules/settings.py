"""Dated settings of feedback: each with its source."""

from motcua.agencies.rules.settings import Certainty, Kind, Setting

_LAW = "Nghị định 20/2008/NĐ-CP (sửa đổi: 48/2013, 92/2017)"
SETTINGS: tuple[Setting, ...] = (
    Setting(
        "feedback_classify_days", "Phản ánh, kiến nghị: phân loại trong", Kind.INTEGER, 2,
        "Quy chế của cơ quan (lựa chọn của phần mềm)", low=1, high=10, unit="ngày làm việc",
    ),
    Setting(
        "feedback_transfer_days", "Phản ánh, kiến nghị: chuyển cơ quan có thẩm quyền trong", Kind.INTEGER, 5, _LAW,
        Certainty.SURE, low=1, high=30, unit="ngày làm việc",
    ),
    Setting(
        "feedback_resolve_days", "Phản ánh, kiến nghị: trả lời trong", Kind.INTEGER, 15,
        "Quy chế phối hợp của địa phương (thường 10 đến 20 ngày làm việc); nghị định không đặt một con số", Certainty.LIKELY,
        low=1, high=90, unit="ngày làm việc",
    ),
    Setting(
        "feedback_extension_days", "Phản ánh, kiến nghị: gia hạn một lần, nhiều nhất", Kind.INTEGER, 15,
        "Quy chế phối hợp của địa phương", Certainty.LIKELY, low=1, high=90, unit="ngày làm việc",
    ),
    Setting(
        "feedback_bar_subordinates", "Phản ánh, kiến nghị về lãnh đạo: cấp dưới trực tiếp không được xử lý", Kind.BOOLEAN, True,
        "Lựa chọn của phần mềm",
    ),
)  # fmt: skip
