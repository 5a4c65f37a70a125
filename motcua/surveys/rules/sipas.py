"""The questionnaire that ships: five factors of QĐ 2640/QĐ-BNV năm 2017 [likely: the decision's own words are not at hand, these
are ours], and satisfaction as a whole.
"""

from typing import Any

LAW = "Quyết định 2640/QĐ-BNV năm 2017 (câu chữ của phần mềm, cần đối chiếu)"
CODE, NAME = "sipas", "Sự hài lòng về sự phục vụ hành chính (SIPAS)"

_FACTORS: tuple[tuple[int, str, tuple[str, ...]], ...] = (
    (1, "Tiếp cận dịch vụ", (
        "Nơi ngồi chờ có đủ chỗ ngồi", "Trang thiết bị phục vụ người dân đầy đủ",
        "Trang thiết bị phục vụ người dân hiện đại", "Tìm được thông tin về thủ tục dễ dàng",
    )),
    (2, "Thủ tục hành chính", (
        "Thủ tục được niêm yết công khai, đầy đủ", "Thủ tục được niêm yết chính xác", "Thành phần hồ sơ phải nộp đúng quy định",
        "Phí, lệ phí phải nộp đúng quy định", "Thời hạn giải quyết đúng quy định",
    )),
    (3, "Công chức trực tiếp giải quyết", (
        "Công chức giao tiếp lịch sự, đúng mực", "Công chức lắng nghe ý kiến của người dân",
        "Công chức trả lời, giải đáp đầy đủ", "Công chức hướng dẫn kê khai hồ sơ tận tình", "Công chức hướng dẫn dễ hiểu",
        "Công chức tuân thủ đúng quy định khi giải quyết",
    )),
    (4, "Kết quả cung ứng dịch vụ", (
        "Kết quả đúng quy định", "Kết quả có thông tin đầy đủ", "Kết quả có thông tin chính xác",
    )),
    (5, "Tiếp nhận, giải quyết góp ý, phản ánh, kiến nghị", (
        "Có hình thức tiếp nhận góp ý, phản ánh, kiến nghị", "Gửi góp ý, phản ánh, kiến nghị dễ dàng",
        "Cơ quan tiếp nhận, xử lý tích cực", "Cơ quan thông báo kết quả xử lý kịp thời",
    )),
)  # fmt: skip


def content() -> dict[str, Any]:
    """The questionnaire as data. The fifth factor is asked of those who have sent an opinion."""
    sections: list[dict[str, Any]] = []
    number = 0
    for factor, title, texts in _FACTORS:
        questions = []
        for text in texts:
            number += 1
            questions.append({"code": f"q{number}", "text": text, "kind": "scale"})
        sections.append({"code": f"s{factor}", "title": title, "factor": factor, "questions": questions})
    sent = {
        "code": "sent",
        "text": "Ông/bà đã từng góp ý, phản ánh, kiến nghị chưa?",
        "kind": "choice",
        "options": ["Đã từng", "Chưa"],
    }
    sections.insert(
        4, {"code": "s0", "title": "Góp ý, phản ánh, kiến nghị", "factor": 0, "questions": [sent]}
    )
    sections[5] |= {"on": "sent", "within": ["1"]}
    whole = {
        "code": "whole",
        "text": "Nhìn chung, ông/bà hài lòng với sự phục vụ ở mức nào?",
        "kind": "scale",
    }
    wish = {
        "code": "wish",
        "text": "Ông/bà mong cơ quan cải thiện điều gì trước?",
        "kind": "text",
        "required": False,
    }
    sections.append({"code": "s6", "title": "Đánh giá chung", "factor": 0, "questions": [whole, wish]})
    return {"sections": sections}
