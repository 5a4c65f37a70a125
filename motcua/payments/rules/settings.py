"""The dated settings of payments; administrators change them on the page of settings."""

from motcua.agencies.rules.settings import Kind, Setting

AT_SUBMISSION, AT_ACCEPTANCE = "submission", "acceptance"

SETTINGS: tuple[Setting, ...] = (
    Setting(
        "fees_charged_at",
        "Thu phí, lệ phí của hồ sơ nộp trực tuyến",
        Kind.CHOICE,
        AT_ACCEPTANCE,
        "Quy chế của cơ quan",
        choices=(
            (AT_SUBMISSION, "ngay khi nộp hồ sơ, tính lại khi tiếp nhận"),
            (AT_ACCEPTANCE, "khi tiếp nhận hồ sơ"),
        ),
    ),
    Setting(
        "payment_private_hosts",
        "Cho phép cổng thanh toán ở địa chỉ mạng nội bộ, không mã hóa",
        Kind.BOOLEAN,
        False,
        "Chống giả mạo yêu cầu phía máy chủ (SSRF)",
    ),
)
