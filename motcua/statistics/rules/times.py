"""Figures of time: averages beside medians and 90th percentiles, and the dossiers that the page of times counts.

They stand in the registry as the others do, and are reckoned from spans of work (`rules.stages`, `queries.spans`), not counted by a
condition in SQL. An average is the sum over the number, two decimals, a half rounded up; percentiles are those of
`rules.stages.percentile`.
"""

from collections.abc import Iterable

from motcua.statistics.rules.stages import Course, StageTime
from motcua.statistics.rules.things import Subject, Thing

_OWN = "Phân tích của phần mềm, không thuộc biểu thống kê"
_766 = "Quyết định 766/QĐ-TTg năm 2022, thành phần 2.2"
_HOURS, _DAYS = "giờ làm việc", "ngày"
_P50 = "trung vị: một nửa số hồ sơ không vượt"
_P90 = "mức mà chín phần mười số hồ sơ không vượt"
_TAKEN = "giờ làm việc từ lúc tiếp nhận (hoặc lúc thời hạn được tính lại) đến lúc có kết quả, trừ thời gian tạm dừng"
_WAITED = (
    "giờ làm việc từ lúc giao đến lúc nhận việc ở bước; việc song song lấy việc lâu nhất, các lượt cộng lại"
)
_HELD = (
    "giờ làm việc từ lúc nhận đến lúc xong việc ở bước; việc song song lấy việc lâu nhất, các lượt cộng lại"
)
_ELAPSED = "ngày từ lúc tiếp nhận đến lúc có kết quả, kể cả ngày nghỉ và thời gian tạm dừng"


def _spread(
    key: str, label: str, words: str, whole: str, unit: str = _HOURS, law: str = _OWN
) -> Iterable[Thing]:
    kinds = (
        ("average", "trung bình", f"tổng số {words}, chia cho số {whole}"),
        ("p50", "trung vị (P50)", f"{words}; {_P50}"),
        ("p90", "P90", f"{words}; {_P90}"),
    )
    for kind, name, formula in kinds:
        yield Thing(f"{key}_{kind}", f"{label}, {name}", formula, law, Subject.TIME, unit)


def _count(key: str, label: str, words: str) -> Thing:
    return Thing(key, label, words, _OWN, Subject.TIME, "hồ sơ")


TIMES: tuple[Thing, ...] = (
    _count("time_counted", "Hồ sơ có thời hạn đã giải quyết", "hồ sơ có thời hạn, đã giải quyết trong kỳ; nhiều quá thì chỉ các hồ sơ mới nhất, trang có ghi"),
    *_spread("time_taken", "Thời gian giải quyết", _TAKEN, "hồ sơ có thời hạn đã giải quyết"),
    Thing("time_limit_p50", "Thời hạn, trung vị (P50)", f"giờ làm việc từ lúc tiếp nhận đến hạn trả ban đầu; {_P50}", _OWN, Subject.TIME, _HOURS),
    _count("time_over", "Dùng quá số giờ", "thời gian giải quyết nhiều hơn số giờ của thời hạn ban đầu; khác “Giải quyết quá hạn”, là so theo ngày hẹn trả đang có hiệu lực"),
    _count("time_over_if_cut", "Quá số giờ thêm nếu cắt thời hạn", "không dùng quá số giờ, nhưng sẽ quá nếu thời hạn bị cắt tỷ lệ đã chọn"),
    _count("stage_passed", "Hồ sơ qua bước", "hồ sơ có thời hạn đã giải quyết, có việc đã xong ở bước"),
    *_spread("stage_waited", "Chờ nhận việc ở bước", _WAITED, "hồ sơ qua bước"),
    *_spread("stage_held", "Trong tay ở bước", _HELD, "hồ sơ qua bước"),
    Thing("stage_planned", "Thời gian của bước theo quy trình", "số giờ mà quy trình dành cho bước; các việc song song lấy việc dài nhất", _OWN, Subject.TIME, _HOURS),
    _count("stage_reworked", "Phải làm lại bước", "hồ sơ qua bước từ hai lượt trở lên, vì bị trả lại"),
    *_spread("days_taken", "Số ngày giải quyết", _ELAPSED, "hồ sơ đã giải quyết", _DAYS, _766),
)  # fmt: skip

OPENED = ("time_counted", "time_over", "time_over_if_cut", "stage_passed", "stage_reworked")
OF_STAGE = ("stage_passed", "stage_reworked")


def takes(figure: str, course: Course, parts: Iterable[StageTime], *, cut: int, stage: int | None) -> bool:
    """Whether a finished dossier counts for one of the OPENED figures; `stage` only for those of a stage."""
    if figure in OF_STAGE:
        least = 2 if figure == "stage_reworked" else 1
        return any(part.stage == stage and part.rounds >= least for part in parts)
    over = course.late_under(0)
    return {
        "time_counted": True,
        "time_over": over,
        "time_over_if_cut": course.late_under(cut) and not over,
    }[figure]
