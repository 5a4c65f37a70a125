"""The figures of surveys and ratings: one definition each, for screens, files and the dictionary of figures.

`rules.results` and `rules.ratings` reckon them.
"""

from motcua.core.definitions import Definition

_SIPAS = "Quyết định 2640/QĐ-BNV năm 2017"
_31 = "Nghị định 61/2018/NĐ-CP, Điều 31; Thông tư 01/2018/TT-VPCP"
_OWN = "Phân tích của phần mềm, không thuộc biểu thống kê"
_SURVEY, _NOW, _MONTHS = "đợt khảo sát", "từ khi mở thu phiếu", "các tháng đã đưa vào số liệu"
_WEIGHTED = "có quyền số theo số người dùng dịch vụ của nhóm"
_VALID, _GOOD = "câu trả lời hợp lệ", "câu trả lời mức 4–5"


def _of_survey(key: str, label: str, words: str, unit: str, short: str = "", *, law: str = _SIPAS, whole: str = "", window: str = _SURVEY) -> Definition:  # fmt: skip
    return Definition(f"survey_{key}", label, words, law, unit, window, whole, short)


def _of_rating(key: str, label: str, words: str, unit: str, short: str = "", whole: str = "") -> Definition:
    return Definition(f"rating_{key}", label, words, _31, unit, _MONTHS, whole, short)


FIGURES: tuple[Definition, ...] = (
    _of_survey("share", "Hài lòng chung (SIPAS)", f"{_GOOD} / {_VALID} của mọi câu, {_WEIGHTED}; không phải trung bình của các yếu tố", "%", "SIPAS", whole=_VALID),
    _of_survey("points", "Điểm tiêu chí", "tỷ lệ hài lòng chung × điểm tối đa / 100, làm tròn theo bước của khảo sát; chỉ đạt điểm tối đa khi tỷ lệ là 100%", "điểm"),
    _of_survey("factor_share", "Hài lòng theo yếu tố", "trung bình các tỷ lệ hài lòng của các câu trong yếu tố", "%", whole="câu hỏi của yếu tố có câu trả lời"),
    _of_survey("item_share", "Hài lòng theo câu hỏi", f"{_GOOD} / {_VALID} của câu, {_WEIGHTED}", "%", "Hài lòng (%)", whole=_VALID),
    _of_survey("item_plain", "Hài lòng theo câu hỏi, không quyền số", f"{_GOOD} / {_VALID} của câu", "%", "Không quyền số (%)", law=_OWN, whole=_VALID),
    _of_survey("valid", "Câu trả lời hợp lệ", "câu trả lời từ mức 1 đến mức 5; “Không có ý kiến” không tính", "câu trả lời", "Hợp lệ"),
    _of_survey("mean", "Điểm trung bình của câu, yếu tố", f"tổng các mức / {_VALID}, {_WEIGHTED}; yếu tố lấy trung bình các câu", "điểm", "Điểm trung bình"),
    _of_survey("index", "Chỉ số trên 100 của câu, yếu tố", "(điểm trung bình − 1) / 4 × 100", "điểm", "Chỉ số /100", law=_OWN),
    _of_survey("error", "Sai số (±)", "nửa khoảng tin cậy 95% của tỷ lệ, mẫu phân nhóm, hiệu chỉnh tổng thể hữu hạn", "điểm %", law=_OWN),
    _of_survey("discontent", "Người không hài lòng ở ít nhất một câu", "phiếu có ít nhất một câu mức 1, 2", "phiếu", law=_OWN),
    _of_survey("answered", "Phiếu trả lời", "phiếu đã thu, không kể ai trả lời", "phiếu", "Phiếu đã thu", window=_NOW),
    _of_survey("population", "Người đã dùng dịch vụ", "người có hồ sơ được giải quyết trong thời gian của khảo sát, mỗi người một lần", "người", "Người dùng"),
    _of_survey("target", "Phiếu cần thu", "số phiếu để sai số không quá mức mong muốn, chia theo số người dùng, mỗi nhóm không dưới mức tối thiểu", "phiếu", "Cần"),
    _of_survey("left", "Phiếu còn thiếu", "phiếu cần thu − phiếu đã thu, không dưới 0", "phiếu", "Còn thiếu", law=_OWN, window=_NOW),
    _of_survey("waiting", "Người được chọn chưa trả lời", "người được bốc vào mẫu, chưa trả lời", "người", "Chờ trả lời", law=_OWN, window=_NOW),
    _of_survey("lost", "Người được chọn không trả lời", "người được bốc vào mẫu, từ chối hoặc không gặp được", "người", "Từ chối, không gặp", law=_OWN, window=_NOW),
    _of_rating("answers", "Trả lời về một nội dung đánh giá", "lượt đánh giá có trả lời nội dung", "lượt", "Số trả lời"),
    _of_rating("good", "Hài lòng về một nội dung đánh giá, số lượt", "mức 4–5, hoặc không phải đi lại thêm, không bị đòi hỏi thêm", "lượt", "Hài lòng"),
    _of_rating("share", "Tỷ lệ hài lòng về một nội dung đánh giá", "lượt hài lòng / số trả lời", "%", "Hài lòng (%)", "số trả lời"),
    _of_rating("low", "Chưa hài lòng về một nội dung đánh giá", "mức 1–2, hoặc phải đi lại thêm, bị đòi hỏi thêm", "lượt", "Chưa hài lòng"),
    _of_rating("mean", "Điểm trung bình của một nội dung đánh giá", "tổng các mức / số trả lời", "điểm", "Điểm trung bình"),
    _of_rating("index", "Chỉ số trên 100 của một nội dung đánh giá", "(điểm trung bình − 1) / 4 × 100, chỉ của nội dung có năm mức", "điểm", "Chỉ số /100"),
    _of_rating("reason", "Lý do chưa hài lòng", "lượt đánh giá chưa hài lòng chọn lý do", "lượt"),
)  # fmt: skip
