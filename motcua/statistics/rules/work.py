"""Figures of work that is open now, and of one-stop across agencies: counted by `queries.dashboard`, `queries.outlook` and
`queries.linked`, shown on the board, on its lists and in the account of a replay.
"""

from motcua.statistics.rules.things import Subject, Thing

_OWN, _61 = (
    "Phân tích của phần mềm, không thuộc biểu thống kê",
    "Nghị định 61/2018/NĐ-CP; Nghị định 118/2025/NĐ-CP",
)
LINKED_LAW = "Nghị định 61/2018/NĐ-CP, Điều 19 khoản 6, 7"
_HELD = "hồ sơ đang giải quyết có việc chưa xong ở người đó"


def _work(key: str, label: str, words: str, law: str = _OWN, short: str = "", unit: str = "hồ sơ") -> Thing:
    return Thing(key, label, words, law, Subject.WORK, unit, closing=True, short=short)


def _linked(key: str, label: str, words: str, share_of: tuple[str, str] | None = None, unit: str = "bộ phận", short: str = "") -> Thing:  # fmt: skip
    return Thing(key, label, words, LINKED_LAW, Subject.LINKED, "%" if share_of else unit, share_of=share_of, short=short)  # fmt: skip


WORK: tuple[Thing, ...] = (
    _work("due_soon", "Đến hạn trong 3 ngày làm việc tới", "hồ sơ đang giải quyết, đồng hồ đang chạy, hạn trả từ hôm nay đến hết ngày làm việc thứ ba", _61),
    _work("forecast_late", "Dự báo quá hạn", "hồ sơ đến hạn trong những ngày làm việc tới mà các bước còn lại thường mất nhiều giờ hơn số giờ còn đến hạn"),
    _work("forecast_left", "Giờ làm việc còn đến hạn", "giờ làm việc từ bây giờ đến hạn trả", short="Còn (giờ)", unit="giờ làm việc"),
    _work("forecast_needed", "Giờ làm việc thường cần", "tổng trung vị các bước còn lại trong 180 ngày qua, trừ thời gian đã ở bước hiện tại; chưa đủ hồ sơ thì lấy số giờ của quy trình", short="Cần (giờ)", unit="giờ làm việc"),
    _work("load_open", "Hồ sơ đang có việc", f"{_HELD}, mỗi hồ sơ một lần"),
    _work("load_step_late", "Hồ sơ có việc quá hạn bước", f"{_HELD}, đã qua hạn của bước", short="Quá hạn bước"),
    _work("load_late", "Hồ sơ quá hạn đang giữ", f"{_HELD}, hồ sơ đang giải quyết quá hạn", short="Hồ sơ quá hạn"),
    _linked("linked_working", "Bộ phận Một cửa liên thông", "Bộ phận Một cửa có hồ sơ tiếp nhận trong kỳ mà cơ quan khác đã làm xong ít nhất một việc", short="Đã liên thông"),
    _linked("linked_counters", "Bộ phận Một cửa của cấp", "cơ quan của cấp có Bộ phận Một cửa vào ngày cuối kỳ (kỳ đang chạy: hôm nay)", short="Bộ phận Một cửa"),
    _linked("linked_rate", "Tỷ lệ Bộ phận Một cửa liên thông", "Bộ phận Một cửa liên thông / Bộ phận Một cửa của cấp", ("linked_working", "linked_counters"), short="Tỷ lệ bộ phận"),
    _linked("linked_received", "Hồ sơ nhận tại Bộ phận Một cửa", "hồ sơ tiếp nhận trong kỳ tại Bộ phận Một cửa của cơ quan, do bất kỳ cơ quan nào giải quyết", unit="hồ sơ", short="Hồ sơ tiếp nhận"),
    _linked("linked_dossiers", "Hồ sơ liên thông", "hồ sơ nhận tại Bộ phận Một cửa mà cơ quan khác đã làm xong ít nhất một việc", unit="hồ sơ"),
    _linked("linked_dossier_rate", "Tỷ lệ hồ sơ liên thông", "hồ sơ liên thông / hồ sơ nhận tại Bộ phận Một cửa", ("linked_dossiers", "linked_received"), short="Tỷ lệ hồ sơ"),
)  # fmt: skip
