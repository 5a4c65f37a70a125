"""Sentences of the rules of forms, so that they are in the catalogue of translations: rules know no language."""

from django.utils.translation import gettext, gettext_noop

KNOWN = (
    gettext_noop("Chưa điền."),
    gettext_noop("Chọn câu trả lời."),
    gettext_noop("Đánh dấu vào ô để cam đoan."),
    gettext_noop("Gõ họ tên để ký."),
    gettext_noop("Đính kèm tệp."),
    gettext_noop("Nhập bằng chữ."),
    gettext_noop("Có ký tự không in được. Gõ lại."),
    gettext_noop("Nhập một số."),
    gettext_noop("Nhập một số, ví dụ 1.250 hoặc 1,5."),
    gettext_noop("Số quá lớn."),
    gettext_noop("Nhập số nguyên."),
    gettext_noop("Nhập số tiền bằng đồng, không có phần lẻ, ví dụ 1.500.000."),
    gettext_noop("Nhập ngày theo dạng ngày/tháng/năm, ví dụ 05/01/2026."),
    gettext_noop("Chọn Có hoặc Không."),
    gettext_noop("Chọn một mục trong danh sách."),
    gettext_noop("Chọn các mục trong danh sách."),
    gettext_noop("Địa chỉ thư điện tử không đúng, ví dụ ten@vidu.vn."),
    gettext_noop("Nhập địa chỉ."),
    gettext_noop("Gõ đủ họ và tên như trong giấy tờ để ký."),
    gettext_noop("Đánh dấu vào ô cam đoan trước khi ký."),
    gettext_noop("Có tệp không còn dùng được. Đính kèm lại."),
    gettext_noop("Có"),
    gettext_noop("Không"),
    gettext_noop("Đã cam đoan"),
)


def in_language(value: str) -> str:
    """A value of a summary in the reader's language when it is one of these sentences; else as it stands."""
    return gettext(value) if value in KNOWN else value
