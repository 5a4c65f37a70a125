"""The dated settings of messages; administrators change them on the page of settings, for all or for one agency."""

from motcua.agencies.rules.settings import Kind, Setting

_OURS = "Lựa chọn của phần mềm"

SETTINGS: tuple[Setting, ...] = (
    Setting("notify_quiet_from", "Giờ yên tĩnh: không gửi SMS, Zalo từ", Kind.OPTIONAL_TIME, "21:00", _OURS),
    Setting("notify_quiet_to", "Giờ yên tĩnh: gửi lại từ", Kind.OPTIONAL_TIME, "07:00", _OURS),
    Setting("notify_sms_plain", "Gửi SMS không dấu (rẻ hơn, máy nào cũng đọc được)", Kind.BOOLEAN, True, _OURS),
    Setting("notify_retry_first", "Tin chưa gửi được: thử lại sau", Kind.INTEGER, 10, _OURS, low=1, high=3_600, unit="giây"),
    Setting("notify_retry_longest", "Tin chưa gửi được: nghỉ lâu nhất giữa hai lần thử", Kind.INTEGER, 30, _OURS, low=1, high=720, unit="phút"),
    Setting("notify_retry_hours", "Tin chưa gửi được: thôi thử sau", Kind.INTEGER, 26, "Đối tác hỏng 24 giờ vẫn không mất tin", low=1, high=240, unit="giờ"),
    Setting("notify_unclear_tries", "Đối tác không trả lời rõ: hỏi lại mấy lần trước khi chuyển nơi khác", Kind.INTEGER, 3, _OURS, low=1, high=50, unit="lần"),
    Setting("notify_lease_seconds", "Tin đang gửi dở được tiến trình khác nhận lại sau", Kind.INTEGER, 60, _OURS, low=1, high=3_600, unit="giây"),
    Setting("notify_private_hosts", "Cho phép nhà cung cấp ở địa chỉ mạng nội bộ, không mã hóa", Kind.BOOLEAN, False, "Chống giả mạo yêu cầu phía máy chủ (SSRF)"),
)  # fmt: skip
KEYS = tuple(setting.key for setting in SETTINGS)
