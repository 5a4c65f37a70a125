"""Report forms as data: what each column counts, how rows are grouped, from when to when the form holds.

A form is chosen by the last day of the period that it reports. Exact wording of the annexes that nobody here has read is
marked in `certainty`, which every page of the form shows.
"""

from dataclasses import replace
from datetime import date
from typing import TypedDict, Unpack

from motcua.core.errors import NotFound, RuleViolation
from motcua.core.text import fold
from motcua.statistics.rules.layout import GROUPS, HEADS, Column, HeadCell, ReportForm, Rows, figure_column
from motcua.statistics.rules.reports_points import POINT_FORMS
from motcua.statistics.rules.reports_procedures import PROCEDURE_FORMS

__all__ = [
    "CODES", "FORMS", "GROUPS", "HEADS", "Column", "HeadCell", "ReportForm", "Rows", "code_of", "figure_column", "form_on", "forms_on",
]  # fmt: skip


def _leaf(title: str, key: str) -> Column:
    return Column(title, key)


_RECEIVED = Column("Số hồ sơ tiếp nhận", children=(
    _leaf("Tổng số", "received"),
    Column("Trong kỳ", children=(
        _leaf("Trực tuyến", "received_online"), _leaf("Trực tiếp, dịch vụ bưu chính", "received_direct"),
    )),
    _leaf("Từ kỳ trước", "carried"),
))  # fmt: skip
_RESOLVED = Column("Số lượng hồ sơ đã giải quyết", children=(
    _leaf("Tổng số", "resolved"), _leaf("Trước hạn", "resolved_before"), _leaf("Đúng hạn", "resolved_on"),
    _leaf("Quá hạn", "resolved_late"),
))  # fmt: skip
_OPEN = Column("Số lượng hồ sơ đang giải quyết", children=(
    _leaf("Tổng số", "open"), _leaf("Trong hạn", "open_in_time"), _leaf("Quá hạn", "open_late"),
))  # fmt: skip
_SIX = (_RECEIVED, _RESOLVED, _OPEN)
_SEVEN = (
    _leaf("Số hồ sơ quá hạn", "resolved_late"),
    Column("Nguyên nhân quá hạn", children=(
        _leaf("a. Do quy định hành chính", "late_a"), _leaf("b. Do cơ quan phối hợp", "late_b"),
        _leaf("c. Do năng lực, cơ sở vật chất", "late_c"), _leaf("d. Nguyên nhân khác", "late_d"),
    )),
    Column("Biện pháp khắc phục", blank=True),
)  # fmt: skip
_SEVEN_A = (
    Column("Số hồ sơ tiếp nhận", children=(
        _leaf("Tổng số", "received"), _leaf("Trực tiếp", "received_counter"), _leaf("Toàn trình", "received_whole"),
        _leaf("Một phần", "received_partial"), _leaf("Hình thức khác", "received_other"), _leaf("Bưu chính", "received_post"),
        _leaf("Từ kỳ trước", "carried"), _leaf("Trong đó: phi địa giới", "received_away"),
    )),
    Column("Số hồ sơ đã giải quyết", children=(
        _leaf("Tổng số", "resolved"), _leaf("Trước và đúng hạn", "resolved_in_time"),
        Column("Quá hạn", children=(
            _leaf("Có thư xin lỗi", "resolved_late_apologised"), _leaf("Chưa có thư xin lỗi", "resolved_late_plain"),
        )),
    )),
    Column("Số hồ sơ đang giải quyết", children=(
        _leaf("Tổng số", "open"), _leaf("Chưa đến hạn", "open_in_time"),
        Column("Quá hạn", children=(
            _leaf("Có thư xin lỗi", "open_late_apologised"), _leaf("Chưa có thư xin lỗi", "open_late_plain"),
        )),
    )),
    Column("Thanh toán", children=(
        _leaf("Tổng số", "paid"), _leaf("Trực tuyến", "paid_online"), _leaf("Trực tiếp", "paid_direct"),
    )),
    _leaf("Dừng xử lý", "stopped"),
    Column("Chờ tiếp nhận", children=(_leaf("Đúng hạn", "waiting_in_time"), _leaf("Quá hạn", "waiting_late"))),
    _leaf("Không được tiếp nhận", "not_accepted"),
    _leaf("Rút hồ sơ", "withdrawn"),
)  # fmt: skip
_FILED = (
    Column("Hồ sơ gửi trực tuyến trong kỳ", children=(
        _leaf("Tổng số", "filed_online"), _leaf("Người dân tự nộp", "filed_alone"), _leaf("Có người hỗ trợ", "filed_with_help"),
        _leaf("Tỷ lệ có hỗ trợ (%)", "filed_with_help_rate"),
    )),
)  # fmt: skip

_NEW, _OLD = "Thông tư 01/2020/TT-VPCP", "Thông tư 02/2017/TT-VPCP"
_SINCE, _UNTIL = date(2020, 10, 21), date(2020, 10, 20)
_UNREAD = "Bố cục theo mẫu đang dùng trên hệ thống báo cáo; chưa đối chiếu nguyên văn phụ lục."
_BEFORE = "Mẫu trước Thông tư 01/2020/TT-VPCP có bố cục tương tự; chưa đối chiếu nguyên văn."
_HERE = "Tình hình, kết quả giải quyết thủ tục hành chính tại cơ quan, đơn vị trực tiếp giải quyết"
_UNITS = "Tình hình, kết quả giải quyết thủ tục hành chính, tổng hợp theo đơn vị"
_WHOLE = "Tình hình, kết quả giải quyết thủ tục hành chính, tổng hợp theo lĩnh vực"
_CAUSES = "Nguyên nhân quá hạn trong giải quyết thủ tục hành chính"


class _More(TypedDict, total=False):
    """What a form of `_both` may say beside its columns."""

    below: bool
    only_with: str
    certainty: str


def _both(code: str, title: str, rows: Rows, columns: tuple[Column, ...], **more: Unpack[_More]) -> list[ReportForm]:  # fmt: skip
    """A form of Circular 01/2020, and the one before it."""
    now = ReportForm(
        code, f"Biểu số II.{code[3:]}/VPCP/KSTT", title, _NEW, rows, columns, valid_from=_SINCE, **more
    )
    earlier = replace(now, number=f"Biểu số {code[3:]}/VPCP/KSTT", law=_OLD, valid_from=date.min, valid_to=_UNTIL, certainty=_BEFORE)  # fmt: skip
    return [now, earlier]


FORMS: tuple[ReportForm, ...] = (
    *_both("ii-06a", _HERE, Rows.LEVEL_FIELD, _SIX),
    *_both("ii-06b", _UNITS, Rows.UNIT, _SIX, below=True, certainty=_UNREAD),
    *_both("ii-06c", _WHOLE, Rows.FIELD, _SIX, below=True, certainty=_UNREAD),
    *_both("ii-07", _CAUSES, Rows.FIELD_PROCEDURE, _SEVEN, only_with="resolved_late", certainty=_UNREAD),
    ReportForm(
        "07a-btp", "Biểu số 07a/BTP", "Kết quả giải quyết thủ tục hành chính (mẫu mở rộng năm 2026)", "Bộ Tư pháp, mẫu năm 2026",
        Rows.LEVEL_FIELD, _SEVEN_A, valid_from=date(2026, 1, 1), certainty=_UNREAD,
    ),
    *PROCEDURE_FORMS,
    *POINT_FORMS,
    ReportForm(
        "nop-truc-tuyen", "Nộp trực tuyến, có hỗ trợ", "Hồ sơ nộp trực tuyến: người dân tự nộp, nộp có người hỗ trợ",
        "Phân tích của phần mềm, không thuộc biểu thống kê", Rows.UNIT, _FILED,
    ),
)  # fmt: skip
CODES: tuple[str, ...] = tuple(dict.fromkeys(form.code for form in FORMS))


def code_of(name: str) -> str:
    """The code that a name as people write it stands for: "II.06a", "06a", "07a/BTP" -> "ii-06a", "07a-btp"; else "" ."""
    plain = "".join(c for c in fold(name) if c.isalnum()).removesuffix("vpcpkstt")
    known = {code.replace("-", ""): code for code in CODES}
    return known.get(plain) or known.get(f"ii{plain}") or known.get(f"{plain}btp") or ""


def form_on(code: str, day: date) -> ReportForm:
    """The form that holds for a period ending on a day. Raises NotFound; RuleViolation when it does not hold then."""
    known = [form for form in FORMS if form.code == code]
    if not known:
        raise NotFound("Không có biểu báo cáo này.")
    for form in known:
        if form.holds_on(day):
            return form
    since = min(form.valid_from for form in known)
    raise RuleViolation(
        f"{known[0].number} chỉ dùng cho kỳ kết thúc từ ngày {since:%d-%m-%Y}. Chọn kỳ khác hoặc biểu khác.", field="period"
    )  # fmt: skip


def forms_on(day: date) -> list[ReportForm]:
    """Every form that holds on a day, in order."""
    return [form for form in FORMS if form.holds_on(day)]
