"""Forms II.01–II.05 and II.08 of Circular 01/2020/TT-VPCP: procedures rather than dossiers. What cannot be counted yet says why."""

from datetime import date

from motcua.statistics.rules.index766_measures import UNCOUNTED_REUSE
from motcua.statistics.rules.layout import Column, ReportForm, Rows

_LAW, _SINCE = "Thông tư 01/2020/TT-VPCP", date(2020, 10, 21)
_UNREAD = "Chưa đối chiếu nguyên văn phụ lục: nội dung theo tên biểu, cột do phần mềm bố trí."
_NO_IMPACT = "phần mềm chưa có phần đánh giá tác động của thủ tục hành chính"
_NO_DOCUMENTS = "phần mềm chưa có sổ văn bản quy phạm pháp luật"
_NO_REVIEW = "phần mềm chưa có phần rà soát, đánh giá thủ tục hành chính"
_NO_PORTAL = "chưa kết nối Cơ sở dữ liệu quốc gia về thủ tục hành chính"


def _leaf(title: str, key: str) -> Column:
    return Column(title, key)


def _unknown(reason: str, *titles: str) -> tuple[Column, ...]:
    return tuple(Column(title, reason=reason) for title in titles)


_ONE = (
    Column("Văn bản quy phạm pháp luật có quy định thủ tục", children=_unknown(_NO_IMPACT, "Dự án, dự thảo được đánh giá", "Đã lấy ý kiến")),
    Column("Thủ tục được đánh giá tác động", children=_unknown(_NO_IMPACT, "Tổng số", "Ban hành mới", "Sửa đổi, bổ sung", "Không được thông qua")),
    Column("Chi phí tuân thủ đã tính", reason=_NO_IMPACT),
)  # fmt: skip
_TWO = (
    Column("Văn bản ban hành có quy định thủ tục", children=(
        *_unknown(_NO_DOCUMENTS, "Tổng số"),
        _leaf("Trong đó: được thủ tục đã công bố dẫn làm căn cứ", "documents_cited"),
    )),
    _leaf("Quyết định công bố", "decisions_issued"),
    Column("Số thủ tục", children=(
        _leaf("Tổng số", "procedures_changed"), _leaf("Mới ban hành", "procedures_new"),
        _leaf("Sửa đổi, bổ sung", "procedures_amended"), _leaf("Thay thế", "procedures_replaced"),
        _leaf("Bãi bỏ", "procedures_repealed"), _leaf("Tạm dừng", "procedures_suspended"),
    )),
)  # fmt: skip
_THREE = (
    Column("Quyết định công bố", children=(
        _leaf("Tổng số", "decisions_issued"), _leaf("Đúng hạn", "decisions_on_time"), _leaf("Chậm", "decisions_late"),
        _leaf("Tỷ lệ đúng hạn (%)", "decisions_on_time_rate"),
    )),
    _leaf("Số thủ tục được công bố", "procedures_changed"),
    Column("Niêm yết công khai", children=(
        _leaf("Phải niêm yết trong kỳ", "posting_due"), _leaf("Đúng hạn", "posting_on_time"), _leaf("Chậm", "posting_late"),
        _leaf("Chưa niêm yết", "posting_missing"), _leaf("Tỷ lệ đúng hạn (%)", "posting_on_time_rate"),
    )),
    Column("Gỡ thủ tục hết hiệu lực", children=(
        _leaf("Đúng hạn", "removal_on_time"), _leaf("Chậm, chưa gỡ", "removal_late"),
    )),
    Column("Công khai trên Cơ sở dữ liệu quốc gia", reason=_NO_PORTAL),
)  # fmt: skip
_FOUR = (
    Column("Rà soát, đánh giá", children=_unknown(_NO_REVIEW, "Thủ tục theo kế hoạch", "Đã rà soát", "Phương án đơn giản hóa")),
    Column("Kết quả thực thi trong kỳ", children=(
        _leaf("Sửa đổi, bổ sung", "procedures_amended"), _leaf("Thay thế", "procedures_replaced"), _leaf("Bãi bỏ", "procedures_repealed"),
    )),
    Column("Cắt giảm thời gian (cuối kỳ)", children=(
        _leaf("Thủ tục đang thực hiện", "offered"), _leaf("Đã cắt giảm", "offered_cut"),
        _leaf("Thời gian theo quy định (giờ)", "hours_statutory"), _leaf("Sau cắt giảm (giờ)", "hours_reduced"),
        _leaf("Tỷ lệ cắt giảm (%)", "cut_rate"),
    )),
    Column("Cắt giảm chi phí tuân thủ", reason=_NO_IMPACT),
)  # fmt: skip
_FIVE = (
    Column("Phản ánh, kiến nghị tiếp nhận", children=(
        _leaf("Tổng số", "feedback_received"), _leaf("Về hành vi", "feedback_conduct"), _leaf("Về quy định", "feedback_regulation"),
        _leaf("Cả hai", "feedback_both"), _leaf("Kỳ trước chuyển sang", "feedback_carried"), _leaf("Trong kỳ", "feedback_new"),
    )),
    Column("Kết quả xử lý", children=(
        _leaf("Đã xử lý về hành vi", "feedback_done_conduct"), _leaf("Đã xử lý về quy định", "feedback_done_regulation"),
        _leaf("Đã xử lý về cả hai", "feedback_done_both"), _leaf("Đúng hạn", "feedback_done_on_time"),
        _leaf("Đang xử lý", "feedback_open"), _leaf("Trong đó quá hạn", "feedback_open_late"),
        _leaf("Không thuộc phạm vi, đã chuyển", "feedback_left"),
    )),
    _leaf("Đã đăng tải công khai kết quả", "feedback_published"),
)  # fmt: skip
_EIGHT = (
    Column("Thủ tục đang thực hiện (cuối kỳ)", children=(
        _leaf("Tổng số", "offered"), _leaf("Toàn trình", "offered_whole"), _leaf("Một phần", "offered_partial"),
    )),
    Column("Hồ sơ tiếp nhận trong kỳ", children=(
        _leaf("Tổng số", "received_new"), _leaf("Trực tuyến", "received_online"), _leaf("Tỷ lệ trực tuyến (%)", "online_rate"),
        _leaf("Số hóa thành phần", "digitised"), _leaf("Tỷ lệ số hóa (%)", "digitised_rate"),
        Column("Tái sử dụng dữ liệu đã số hóa", reason=UNCOUNTED_REUSE),
    )),
    Column("Hồ sơ đã giải quyết", children=(
        _leaf("Tổng số", "resolved"), _leaf("Cấp kết quả điện tử", "result_electronic"), _leaf("Tỷ lệ (%)", "result_electronic_rate"),
    )),
    Column("Thanh toán phí, lệ phí", children=(
        _leaf("Hồ sơ phải nộp", "fee_owed"), _leaf("Trực tuyến", "paid_online"), _leaf("Trực tiếp", "paid_direct"),
        _leaf("Tỷ lệ trực tuyến (%)", "fee_online_rate"),
    )),
)  # fmt: skip


def _form(number: str, title: str, rows: Rows, columns: tuple[Column, ...]) -> ReportForm:
    return ReportForm(
        f"ii-{number}", f"Biểu số II.{number}/VPCP/KSTT", title, _LAW, rows, columns, valid_from=_SINCE, certainty=_UNREAD
    )  # fmt: skip


PROCEDURE_FORMS: tuple[ReportForm, ...] = (
    _form("01", "Đánh giá tác động thủ tục hành chính", Rows.UNIT, _ONE),
    _form(
        "02",
        "Thủ tục hành chính, văn bản quy phạm pháp luật ban hành có quy định thủ tục hành chính",
        Rows.FIELD,
        _TWO,
    ),
    _form("03", "Thủ tục hành chính được công bố, công khai", Rows.PLACE, _THREE),
    _form("04", "Rà soát, đơn giản hóa thủ tục hành chính", Rows.FIELD, _FOUR),
    _form("05", "Tiếp nhận, xử lý phản ánh, kiến nghị về quy định hành chính", Rows.UNIT, _FIVE),
    _form("08", "Số hóa hồ sơ, dịch vụ công trực tuyến, thanh toán trực tuyến", Rows.UNIT, _EIGHT),
)
