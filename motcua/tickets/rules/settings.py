"""The dated settings of the queue."""

from motcua.agencies.rules.settings import Certainty, Kind, Setting

_OURS = "Lựa chọn của phần mềm; quy chế của bộ phận một cửa có thể đặt khác"
PRIORITY_RUN, EARLY, LEAD = "ticket_priority_run", "ticket_early", "ticket_lead"

SETTINGS: tuple[Setting, ...] = (
    Setting(
        PRIORITY_RUN, "Số thứ tự: gọi liền nhau nhiều nhất số ưu tiên khi còn người khác chờ", Kind.INTEGER, 2, _OURS,
        Certainty.DESIGN, low=1, high=20, unit="lượt",
    ),
    Setting(
        EARLY, "Số thứ tự: phát số trước giờ mở cửa", Kind.INTEGER, 30, _OURS,
        Certainty.DESIGN, low=0, high=180, unit="phút",
    ),
    Setting(
        LEAD, "Số thứ tự: ngừng phát số trước giờ nghỉ cuối ngày", Kind.INTEGER, 10, _OURS,
        Certainty.DESIGN, low=0, high=180, unit="phút",
    ),
)  # fmt: skip
