"""The dated settings of payments; administrators change them on the page of settings."""

from motcua.agencies.rules.settings import Kind, Setting

SETTINGS: tuple[Setting, ...] = (
    Setting(
        "payment_private_hosts",
        "Cho phép cổng thanh toán ở địa chỉ mạng nội bộ, không mã hóa",
        Kind.BOOLEAN,
        False,
        "Chống giả mạo yêu cầu phía máy chủ (SSRF)",
    ),
)
