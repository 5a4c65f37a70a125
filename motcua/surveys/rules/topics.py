"""The topics that ship, as data with dates (`models.Topic`): the topics of NĐ 61/2018/NĐ-CP, Điều 31, and a mark for the whole.

Each: code, kind, text, English text, law, certainty, reasons for a low mark as (code, text, English text).
"""

from datetime import date

SINCE = date(2018, 6, 21)  # NĐ 61/2018 takes effect
_31 = "Nghị định 61/2018/NĐ-CP, Điều 31"
Reason = tuple[str, str, str]

TOPICS: tuple[tuple[str, str, str, str, str, str, tuple[Reason, ...]], ...] = (
    ("overall", "scale", "Nhìn chung, ông/bà có hài lòng không?", "Overall, how satisfied are you?", _31, "design", (
        ("overall_result", "Kết quả không đúng yêu cầu", "The result was not what was asked for"),
        ("overall_unclear", "Hướng dẫn không rõ", "The guidance was not clear"),
    )),
    ("time", "scale", "Thời gian giải quyết", "Time taken", _31, "sure", (
        ("time_late", "Trễ hẹn", "Later than promised"),
        ("time_waiting", "Chờ lâu tại quầy", "A long wait at the counter"),
    )),
    ("attitude", "scale", "Thái độ của cán bộ, công chức", "Attitude of the officers", _31, "sure", (
        ("attitude_rude", "Thiếu lịch sự", "Not polite"),
        ("attitude_indifferent", "Không tận tình giải thích", "Did not take care to explain"),
        ("attitude_trouble", "Gây phiền hà", "Made difficulties"),
    )),
    ("procedure", "scale", "Thủ tục: dễ hiểu, đơn giản", "Procedure: easy to follow", _31, "sure", (
        ("procedure_complicated", "Thủ tục phức tạp", "Complicated"),
        ("procedure_unposted", "Không thấy niêm yết công khai", "Not posted where it should be"),
    )),
    ("facilities", "scale", "Nơi tiếp nhận: chỗ ngồi, trang thiết bị", "Place of reception: seats, equipment", _31, "sure", (
        ("facilities_seats", "Thiếu chỗ ngồi, nước uống", "Not enough seats"),
        ("facilities_machines", "Máy lấy số, máy tra cứu hỏng", "Machines did not work"),
        ("facilities_access", "Khó đi lại cho người khuyết tật, người cao tuổi", "Hard to reach for disabled or old people"),
    )),
    ("contacts", "count", "Ngoài lần nộp và lần nhận, phải đi lại thêm mấy lần?", "Further visits besides filing and collecting", _31, "sure", (
        ("contacts_supplement", "Bị yêu cầu bổ sung nhiều lần", "Asked for more papers several times"),
        ("contacts_not_ready", "Đến hẹn chưa có kết quả", "Not ready on the promised day"),
    )),
    ("extra_papers", "yes_no", "Có bị yêu cầu giấy tờ ngoài quy định không?", "Were papers asked for beyond the rules?", _31, "sure", ()),
    ("extra_costs", "yes_no", "Có phải trả khoản nào ngoài phí, lệ phí quy định không?", "Did you have to pay anything beyond the fees?", _31, "sure", ()),
)  # fmt: skip
# What a vote says of an officer; the rest is the agency's.
OF_OFFICER = ("overall", "attitude")
