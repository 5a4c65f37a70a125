"""Figures of work: tasks that ended in a window, each held against the limit of its stage. By officer and by stage.

One rule says whether a task was in time: that of criterion 2 of Circular 01/2018/TT-VPCP (`queries.tasks.side`), by date.
"""

from motcua.statistics.rules.things import Subject, Thing

_LAW = "Thông tư 01/2018/TT-VPCP, Điều 13–14 (chỉ số 2)"
_ENDED = "việc đã giao, có hạn của bước, kết thúc trong kỳ"
_CUT = "việc bị cắt ngang vì rút hồ sơ, dừng giải quyết không tính"


def _task(key: str, label: str, short: str, words: str, *sum_of: str) -> Thing:
    return Thing(f"task_{key}", label, words, _LAW, Subject.TASK, "việc", sum_of=sum_of, short=short)


def _share(key: str, label: str, short: str, words: str, part: str) -> Thing:
    return Thing(f"task_{key}", label, words, _LAW, Subject.TASK, "%", share_of=(part, "task_ended"), short=short)  # fmt: skip


TASKS: tuple[Thing, ...] = (
    _task("before", "Việc xong trước hạn", "Trước hạn", f"{_ENDED} trước ngày hạn của bước; {_CUT}"),
    _task("on", "Việc xong đúng hạn", "Đúng hạn", f"{_ENDED} trong ngày hạn của bước; {_CUT}"),
    _task("late", "Việc xong quá hạn", "Quá hạn", f"{_ENDED} sau ngày hạn của bước; {_CUT}"),
    _task("in_time", "Việc xong trước và đúng hạn", "Trước, đúng hạn", "trước hạn + đúng hạn", "task_before", "task_on"),
    _task("ended", "Việc đã xong", "", "trước hạn + đúng hạn + quá hạn; việc không có hạn của bước không tính", "task_before", "task_on", "task_late"),
    _share("on_time_rate", "Tỷ lệ việc đúng hạn", "Tỷ lệ đúng hạn", "(trước hạn + đúng hạn) / việc đã xong", "task_in_time"),
    _share("before_rate", "Tỷ lệ việc trước hạn", "Tỷ lệ trước hạn", "trước hạn / việc đã xong", "task_before"),
)  # fmt: skip
SIDES = {"before": "task_before", "on": "task_on", "late": "task_late"}
WORDS = {"before": "trước hạn", "on": "đúng hạn", "late": "quá hạn"}
