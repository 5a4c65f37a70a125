"""Figures whose rows are not dossiers: publication decisions, what they do, postings, procedures that an agency offers.

The registry (`rules.figures`) takes these definitions in beside those of dossiers, so that forms, files, screens and the
dictionary name both alike. `queries.things` finds the rows of each; a figure is their number (or the sum of a measure of
theirs), and the list behind it is the very same rows.
"""

from dataclasses import dataclass
from enum import StrEnum

from motcua.agencies.rules.settings import Certainty, Kind, Setting
from motcua.procedures.rules.hours import PARTS_AN_HOUR


class Subject(StrEnum):
    """What the rows of a figure are; the value is what a list of them is headed with."""

    DOSSIER = "Hồ sơ"
    DECISION = "Quyết định công bố"
    CHANGE = "Nội dung công bố"
    DOCUMENT = "Văn bản làm căn cứ"
    POSTING = "Niêm yết"
    OFFERING = "Thủ tục"
    POINT = "Điểm đánh giá"
    FEEDBACK = "Phản ánh, kiến nghị"
    RATING = "Lượt đánh giá"
    FILING = "Hồ sơ nộp trực tuyến"
    TIME = "Thời gian của hồ sơ"
    TASK = "Việc của các bước"
    WORK = "Hồ sơ đang giải quyết"
    SIGNAL = "Dấu hiệu cần xem"
    LINKED = "Bộ phận Một cửa"
    SURVEY = "Phiếu khảo sát, lượt đánh giá"
    QUEUE = "Số thứ tự"


@dataclass(frozen=True)
class Thing:
    """A figure of rows that are not dossiers: counted, or a sum (`sum_of`), or a share (`share_of`).

    `per` divides what was added up before it is shown: parts of an hour are hours, tenths of a point by 10 points.
    `closing` says that it stood at the close of the window, else it happened in it. `whole`: the denominator in words, where it is
    no figure itself; `short`: a name that fits above a column.
    """

    key: str
    label: str
    words: str
    law: str
    subject: Subject
    unit: str
    closing: bool = False
    sum_of: tuple[str, ...] = ()
    share_of: tuple[str, str] | None = None
    per: int = 1
    whole: str = ""
    short: str = ""


_63 = "Nghị định 63/2010/NĐ-CP"
_PUBLISH, _POST = f"{_63}, Điều 13–15", f"{_63}, Điều 16–17"
_REVIEW = f"{_63}, Điều 27–31"
_CIRCULAR = "Thông tư 01/2020/TT-VPCP"
_766 = "Quyết định 766/QĐ-TTg năm 2022"
_D, _C, _B, _P, _O = Subject.DECISION, Subject.CHANGE, Subject.DOCUMENT, Subject.POSTING, Subject.OFFERING


def _change(kind: str, label: str, words: str) -> Thing:
    return Thing(f"procedures_{kind}", label, words, f"{_CIRCULAR}, Biểu II.02, II.03", _C, "thủ tục")


_20, _F = "Nghị định 20/2008/NĐ-CP; Thông tư 01/2020/TT-VPCP, Biểu II.05", Subject.FEEDBACK


def _feedback(key: str, label: str, words: str, *sum_of: str, closing: bool = False, law: str = _20) -> Thing:
    return Thing(
        f"feedback_{key}",
        label,
        words,
        law,
        _F,
        "phản ánh",
        closing,
        tuple(f"feedback_{term}" for term in sum_of),
    )


_R, _31 = Subject.RATING, "Nghị định 61/2018/NĐ-CP, Điều 31; Thông tư 01/2018/TT-VPCP"
_MONTHS = "lượt đánh giá đưa vào số liệu cùng các tháng bắt đầu trong kỳ"
_RATINGS: tuple[Thing, ...] = (
    Thing("ratings_satisfied", "Đánh giá hài lòng", f"{_MONTHS}, mức chung 4, 5", _31, _R, "lượt"),
    Thing("ratings_neutral", "Đánh giá bình thường", f"{_MONTHS}, mức chung 3", _31, _R, "lượt"),
    Thing("ratings_dissatisfied", "Đánh giá không hài lòng", f"{_MONTHS}, mức chung 1, 2", _31, _R, "lượt"),
    Thing("ratings", "Lượt đánh giá", "hài lòng + bình thường + không hài lòng; mỗi hồ sơ một lượt", _31, _R, "lượt", sum_of=("ratings_satisfied", "ratings_neutral", "ratings_dissatisfied")),
    Thing("ratings_satisfied_rate", "Tỷ lệ hài lòng về giải quyết hồ sơ", "đánh giá hài lòng / lượt đánh giá", _31, _R, "%", share_of=("ratings_satisfied", "ratings")),
    Thing("ratings_dissatisfied_rate", "Tỷ lệ không hài lòng về giải quyết hồ sơ", "đánh giá không hài lòng / lượt đánh giá", _766, _R, "%", share_of=("ratings_dissatisfied", "ratings")),
)  # fmt: skip
_FEEDBACK: tuple[Thing, ...] = (
    _feedback("conduct", "Phản ánh về hành vi", "phản ánh về hành vi, nhận trong kỳ hoặc kỳ trước chuyển sang; không tính phản ánh không nêu tên"),
    _feedback("regulation", "Phản ánh về quy định", "phản ánh, kiến nghị về quy định hành chính, nhận trong kỳ hoặc kỳ trước chuyển sang"),
    _feedback("both", "Phản ánh về cả hai", "phản ánh về cả hành vi và quy định, nhận trong kỳ hoặc kỳ trước chuyển sang"),
    _feedback("new", "Nhận trong kỳ", "phản ánh, kiến nghị nhận trong kỳ, tại cơ quan đang giữ"),
    _feedback("carried", "Kỳ trước chuyển sang", "phản ánh, kiến nghị nhận trước kỳ, đầu kỳ chưa trả lời lần đầu"),
    _feedback("received", "Tổng số phản ánh, kiến nghị", "trong kỳ + kỳ trước chuyển sang", "new", "carried"),
    _feedback("done_conduct", "Đã xử lý về hành vi", "phản ánh về hành vi được trả lời lần đầu trong kỳ"),
    _feedback("done_regulation", "Đã xử lý về quy định", "phản ánh, kiến nghị về quy định được trả lời lần đầu trong kỳ"),
    _feedback("done_both", "Đã xử lý về cả hai", "phản ánh về cả hai được trả lời lần đầu trong kỳ"),
    _feedback("done_on_time", "Xử lý đúng hạn", "trả lời lần đầu trong kỳ, không sau hạn (đã tính chờ làm rõ, gia hạn một lần)"),
    _feedback("done_late", "Xử lý quá hạn", "trả lời lần đầu trong kỳ, sau hạn"),
    _feedback("done", "Đã xử lý", "đúng hạn + quá hạn", "done_on_time", "done_late"),
    _feedback("left", "Không thuộc phạm vi, đã chuyển", "không tiếp nhận, hoặc đã chuyển cơ quan ngoài hệ thống trong kỳ"),
    _feedback("open_in_time", "Đang xử lý trong hạn", "cuối kỳ chưa trả lời, chưa qua hạn", closing=True),
    _feedback("open_late", "Đang xử lý quá hạn", "cuối kỳ chưa trả lời, đã qua hạn", closing=True),
    _feedback("open", "Đang xử lý", "trong hạn + quá hạn", "open_in_time", "open_late", closing=True),
    _feedback("published", "Đã công khai kết quả", "kết quả được công khai trong kỳ"),
    _feedback("satisfied", "Người gửi hài lòng", "người gửi cho ý kiến trong kỳ: hài lòng", law=_766),
    _feedback("not_satisfied", "Người gửi không hài lòng", "người gửi cho ý kiến trong kỳ: chấp nhận được hoặc không hài lòng", law=_766),
    _feedback("rated", "Được người gửi đánh giá", "hài lòng + không hài lòng", "satisfied", "not_satisfied", law=_766),
    _feedback("base", "Đã xử lý và đang quá hạn", "đúng hạn + quá hạn + đang quá hạn cuối kỳ", "done_on_time", "done_late", "open_late", law=_766),
    Thing("feedback_on_time_rate", "Tỷ lệ phản ánh xử lý đúng hạn", "xử lý đúng hạn / (đã xử lý + đang quá hạn)", _766, _F, "%", share_of=("feedback_done_on_time", "feedback_base")),
    Thing("feedback_satisfied_rate", "Tỷ lệ hài lòng về xử lý phản ánh", "hài lòng / được đánh giá", _766, _F, "%", share_of=("feedback_satisfied", "feedback_rated")),
)  # fmt: skip

_OWN, _S = "Phân tích của phần mềm, không thuộc biểu thống kê", Subject.FILING
_FILINGS: tuple[Thing, ...] = (
    Thing("filed_alone", "Người dân tự nộp", "hồ sơ gửi trực tuyến trong kỳ, không qua lượt hỗ trợ nào", _OWN, _S, "hồ sơ"),
    Thing("filed_with_help", "Nộp có người hỗ trợ", "hồ sơ gửi trực tuyến trong kỳ trong một lượt hỗ trợ: cán bộ hoặc tổ công nghệ số cộng đồng khai cùng người dân có mặt", _OWN, _S, "hồ sơ"),
    Thing("filed_online", "Nộp trực tuyến", "tự nộp + có người hỗ trợ; tính lúc gửi, kể cả hồ sơ chưa hoặc không được tiếp nhận", _OWN, _S, "hồ sơ", sum_of=("filed_alone", "filed_with_help")),
    Thing("filed_with_help_rate", "Tỷ lệ nộp có người hỗ trợ", "nộp có người hỗ trợ / nộp trực tuyến", _OWN, _S, "%", share_of=("filed_with_help", "filed_online")),
)  # fmt: skip

THINGS: tuple[Thing, ...] = (
    *_FEEDBACK,
    *_FILINGS,
    *_RATINGS,
    Thing("decisions_on_time", "Quyết định công bố đúng hạn", "quyết định công bố do cơ quan ban hành trong kỳ, trước ngày có hiệu lực ít nhất số ngày quy định", _PUBLISH, _D, "quyết định"),
    Thing("decisions_late", "Quyết định công bố chậm", "quyết định công bố do cơ quan ban hành trong kỳ, trước ngày có hiệu lực ít hơn số ngày quy định", _PUBLISH, _D, "quyết định"),
    Thing("decisions_issued", "Quyết định công bố đã ban hành", "đúng hạn + chậm", _PUBLISH, _D, "quyết định", sum_of=("decisions_on_time", "decisions_late")),
    Thing("decisions_on_time_rate", "Tỷ lệ quyết định công bố đúng hạn", "quyết định đúng hạn / quyết định đã ban hành", _766, _D, "%", share_of=("decisions_on_time", "decisions_issued")),
    _change("new", "Thủ tục mới ban hành", "thủ tục mà quyết định ban hành trong kỳ công bố mới"),
    _change("amended", "Thủ tục sửa đổi, bổ sung", "thủ tục mà quyết định ban hành trong kỳ sửa đổi, bổ sung"),
    _change("replaced", "Thủ tục thay thế", "thủ tục mà quyết định ban hành trong kỳ đưa ra thay cho thủ tục khác"),
    _change("repealed", "Thủ tục bãi bỏ", "thủ tục mà quyết định ban hành trong kỳ bãi bỏ"),
    _change("suspended", "Thủ tục tạm dừng", "thủ tục mà quyết định ban hành trong kỳ tạm dừng"),
    Thing(
        "procedures_changed", "Thủ tục được công bố", "mới + sửa đổi, bổ sung + thay thế + bãi bỏ + tạm dừng", _PUBLISH, _C, "thủ tục",
        sum_of=("procedures_new", "procedures_amended", "procedures_replaced", "procedures_repealed", "procedures_suspended"),
    ),
    Thing("documents_cited", "Văn bản làm căn cứ của thủ tục", "văn bản ban hành trong kỳ, được thủ tục đã công bố dẫn làm căn cứ pháp lý; không thay cho sổ văn bản quy phạm pháp luật", _CIRCULAR, _B, "văn bản"),
    Thing("posting_on_time", "Niêm yết đúng hạn", "lượt phải niêm yết trong kỳ, đã niêm yết đúng hạn", _POST, _P, "lượt"),
    Thing("posting_late", "Niêm yết chậm", "lượt phải niêm yết trong kỳ, đã niêm yết sau hạn", _POST, _P, "lượt"),
    Thing("posting_missing", "Chưa niêm yết", "lượt phải niêm yết trong kỳ, cuối kỳ chưa niêm yết", _POST, _P, "lượt"),
    Thing("posting_due", "Phải niêm yết trong kỳ", "đúng hạn + chậm + chưa niêm yết; mỗi thủ tục tại mỗi nơi niêm yết là một lượt, đến hạn trong kỳ hoặc quá hạn từ trước mà đầu kỳ còn nợ", _POST, _P, "lượt", sum_of=("posting_on_time", "posting_late", "posting_missing")),
    Thing("posting_on_time_rate", "Tỷ lệ niêm yết đúng hạn", "niêm yết đúng hạn / phải niêm yết trong kỳ", _766, _P, "%", share_of=("posting_on_time", "posting_due")),
    Thing("removal_on_time", "Gỡ đúng hạn", "thủ tục hết hiệu lực trong kỳ, đã gỡ khỏi nơi niêm yết ngay khi hết hiệu lực", _POST, _P, "lượt"),
    Thing("removal_late", "Gỡ chậm, chưa gỡ", "thủ tục hết hiệu lực trong kỳ, gỡ chậm hoặc cuối kỳ chưa gỡ", _POST, _P, "lượt"),
    Thing("offered_whole", "Thủ tục toàn trình", "thủ tục đang thực hiện cuối kỳ, trực tuyến toàn trình (mức độ 4 trước năm 2022)", _766, _O, "thủ tục", closing=True),
    Thing("offered_partial", "Thủ tục một phần", "thủ tục đang thực hiện cuối kỳ, trực tuyến một phần (mức độ 3 trước năm 2022)", _766, _O, "thủ tục", closing=True),
    Thing("offered_otherwise", "Thủ tục không nộp trực tuyến", "thủ tục đang thực hiện cuối kỳ, không nộp trực tuyến được", _766, _O, "thủ tục", closing=True),
    Thing("offered_through_net", "Thủ tục trực tuyến", "toàn trình + một phần", _766, _O, "thủ tục", closing=True, sum_of=("offered_whole", "offered_partial")),
    Thing("offered", "Thủ tục đang thực hiện", "toàn trình + một phần + không trực tuyến; mỗi thủ tục tại mỗi cơ quan giải quyết là một", f"{_63}, Điều 8", _O, "thủ tục", closing=True, sum_of=("offered_whole", "offered_partial", "offered_otherwise")),
    Thing("offered_through_net_rate", "Tỷ lệ thủ tục trực tuyến", "thủ tục trực tuyến / thủ tục đang thực hiện", _766, _O, "%", closing=True, share_of=("offered_through_net", "offered")),
    Thing("offered_cut", "Thủ tục đã cắt giảm thời gian", "thủ tục đang thực hiện cuối kỳ có thời hạn cắt giảm ngắn hơn thời hạn theo quy định", _REVIEW, _O, "thủ tục", closing=True),
    Thing("hours_statutory", "Thời gian theo quy định", "tổng thời hạn theo quy định của các thủ tục đang thực hiện, quy ra giờ làm việc; thủ tục không có thời hạn không tính", _REVIEW, _O, "giờ làm việc", closing=True, per=PARTS_AN_HOUR),
    Thing("hours_reduced", "Thời gian sau cắt giảm", "tổng thời hạn sau cắt giảm, quy ra giờ làm việc; thủ tục chưa cắt giảm tính theo quy định", _REVIEW, _O, "giờ làm việc", closing=True, per=PARTS_AN_HOUR),
    Thing("hours_cut", "Thời gian được cắt giảm", "thời gian theo quy định − thời gian sau cắt giảm", _REVIEW, _O, "giờ làm việc", closing=True, per=PARTS_AN_HOUR),
    Thing("cut_rate", "Tỷ lệ cắt giảm thời gian", "1 − tổng thời gian sau cắt giảm / tổng thời gian theo quy định", _REVIEW, _O, "%", closing=True, share_of=("hours_cut", "hours_statutory")),
)  # fmt: skip

LEAD_DAYS, LEAD_DAYS_CENTRAL = 5, 20
PUBLICATION_SETTINGS: tuple[Setting, ...] = (
    Setting(
        "publication_lead_days", "Quyết định công bố của tỉnh ban hành trước ngày có hiệu lực ít nhất", Kind.INTEGER, LEAD_DAYS,
        f"{_63}, Điều 15", Certainty.SURE, high=60, unit="ngày",
    ),
    Setting(
        "publication_lead_days_central", "Quyết định công bố của bộ, ngành ban hành trước ngày có hiệu lực ít nhất", Kind.INTEGER,
        LEAD_DAYS_CENTRAL, f"{_63}, Điều 15", Certainty.SURE, high=60, unit="ngày",
    ),
)  # fmt: skip
