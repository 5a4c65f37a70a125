"""Limits, amounts and the words of other apps in the reader's language; in Vietnamese they are those of the apps."""

from decimal import Decimal

from django.utils.translation import get_language, gettext, gettext_noop, ngettext

from motcua.core.money import dong
from motcua.procedures.rules.limits import as_limit, can_be_reckoned
from motcua.workdays.rules.limits import Limit, Unit, number

# What other apps call things, so that their words are in the catalogue of translations.
KNOWN = (
    gettext_noop("Trực tiếp"),
    gettext_noop("Trực tuyến"),
    gettext_noop("Bưu chính công ích"),
    gettext_noop("Không trực tuyến"),
    gettext_noop("Mức độ 1"),
    gettext_noop("Mức độ 2"),
    gettext_noop("Mức độ 3"),
    gettext_noop("Mức độ 4"),
    gettext_noop("Một phần"),
    gettext_noop("Toàn trình"),
    gettext_noop("trường hợp"),
    gettext_noop("bản"),
    gettext_noop("trang"),
    gettext_noop("trong ngày làm việc"),
    gettext_noop("không quy định thời hạn"),
    gettext_noop("Xong trước hạn"),
    gettext_noop("Xong đúng hạn"),
    gettext_noop("Xong quá hạn"),
    gettext_noop("Thủ tục"),
    gettext_noop("Tiếp nhận"),
    gettext_noop("Hẹn trả kết quả"),
    gettext_noop("Trạng thái hiện nay"),
    gettext_noop("Chức vụ người ký"),
    gettext_noop("Hẹn trả ghi trên giấy"),
    gettext_noop("Trả kết quả đúng chậm nhất"),
    gettext_noop("Không gặp người nhận"),
    gettext_noop("Sai hoặc không đủ địa chỉ"),
    gettext_noop("Người nhận từ chối nhận"),
    gettext_noop("Hết thời hạn lưu giữ, người nhận không đến lấy"),
    gettext_noop("Lý do khác"),
    gettext_noop("Số lượt giao nhận khi in"),
    gettext_noop("Cơ quan nhận"),
    gettext_noop("Số hồ sơ"),
    gettext_noop("Số thứ tự cuối cùng"),
    gettext_noop("Tổng số tiền"),
    gettext_noop("Hình thức thanh toán"),
)


def is_english() -> bool:
    """Whether the page is read in English."""
    return get_language() == "en"


def amount(value: int) -> str:
    """1.000.000 đ, or 1,000,000 VND."""
    return f"{value:,} VND" if is_english() else dong(value)


def limit(amount: Decimal | None, unit: str) -> str:
    """A limit in words: "3 ngày làm việc", "trong ngày làm việc"; the bare number when the source names no unit."""
    if can_be_reckoned(amount, unit) and (found := as_limit(amount, unit)).unit is not Unit.NONE:
        return _counted(found)
    return f"{amount.normalize():f}" if amount else gettext("Không quy định")


def tier(pages: int | None) -> str:
    """Which pages a step of a fee is for; None: all that follow."""
    if pages is None:
        return gettext("các trang sau")
    return ngettext("%(n)s trang đầu", "%(n)s trang đầu", pages) % {"n": pages}


def _counted(limit: Limit) -> str:
    if limit.unit is Unit.SAME_DAY:
        return gettext(limit.describe())
    many = 1 if limit.amount == 1 else 2
    words = {
        Unit.WORKING_DAY: ngettext("%(number)s ngày làm việc", "%(number)s ngày làm việc", many),
        Unit.CALENDAR_DAY: ngettext("%(number)s ngày", "%(number)s ngày", many),
        Unit.MONTH: ngettext("%(number)s tháng", "%(number)s tháng", many),
        Unit.WORKING_HOUR: ngettext("%(number)s giờ làm việc", "%(number)s giờ làm việc", many),
    }
    figure = number(limit.amount)
    return words[limit.unit] % {"number": figure.replace(",", ".") if is_english() else figure}
