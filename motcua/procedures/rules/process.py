"""Is an internal process whole? Its stages, tasks, times and the agencies that it names, checked before it is published.

Nghị định 61/2018/NĐ-CP, Điều 17-20 and Nghị định 118/2025/NĐ-CP: every step has an agency, a person in charge and a
time; the sum must not pass the statutory (or reduced) limit; the result comes back to the one-stop office. A stage is a
set of parallel tasks and ends when its required tasks have ended, so it takes as long as the longest of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from motcua.procedures.rules.hours import HOURS_A_DAY, comparable_hours

REVIEW, FINANCE, SIGNATURE, RESULT = "review", "finance", "signature", "result"


@dataclass(frozen=True)
class TaskData:
    """One task. `hours` in working hours; `agency_found` tells whether its place leads to a real agency (None: not tried)."""

    name: str
    place: str
    hours: Decimal
    role_code: str = ""
    is_lead: bool = True
    required: bool = True
    agency_id: int | None = None
    division_name: str = ""
    agency_found: bool | None = None


@dataclass(frozen=True)
class StageData:
    """One stage: its tasks run side by side."""

    name: str
    kind: str
    tasks: tuple[TaskData, ...] = ()

    @property
    def hours(self) -> Decimal:
        """How long the stage takes: the longest required task, or the longest of all when none is required."""
        required = [task.hours for task in self.tasks if task.required]
        return max(required or [task.hours for task in self.tasks], default=Decimal(0))


@dataclass(frozen=True)
class Finding:
    """A hole. `stage` counts from 1, 0 for the whole process. Errors forbid publication, warnings are read and decided."""

    is_error: bool
    stage: int
    message: str


@dataclass(frozen=True)
class Totals:
    """Time of a process against its limit, in working hours; `limit_hours` None when there is none to compare."""

    hours: Decimal
    limit_hours: Decimal | None

    @property
    def days(self) -> Decimal:
        """The time in working days of 8 hours."""
        return self.hours / HOURS_A_DAY

    @property
    def left_hours(self) -> Decimal | None:
        """What the limit leaves; negative when the process is too long."""
        return None if self.limit_hours is None else self.limit_hours - self.hours

    @property
    def exceeds(self) -> bool:
        """Whether the process takes longer than its limit."""
        return self.left_hours is not None and self.left_hours < 0

    @property
    def over_hours(self) -> Decimal:
        """By how much the process is too long; 0 when it is not."""
        return max(Decimal(0), -(self.left_hours or Decimal(0)))

    @property
    def share(self) -> int:
        """Per cent of the limit taken up, at most 100, for a bar."""
        return int(min(Decimal(100), self.hours * 100 / self.limit_hours)) if self.limit_hours else 0


def total_hours(stages: Sequence[StageData]) -> Decimal:
    """The time of the whole process: stages follow one another."""
    return sum((stage.hours for stage in stages), Decimal(0))


def totals(stages: Sequence[StageData], limit_amount: Decimal | None, limit_unit: str) -> Totals:
    """Total against the limit, made comparable (see `rules.hours`)."""
    return Totals(total_hours(stages), comparable_hours(limit_amount, limit_unit))


def check(
    stages: Sequence[StageData],
    *,
    limit_amount: Decimal | None = None,
    limit_unit: str = "",
    has_financial_obligation: bool = False,
) -> tuple[Finding, ...]:
    """Every hole of a process, in the order of its stages. The limit is the reduced one where there is one."""
    if not stages:
        return (
            _error(
                0,
                "Quy trình chưa có bước nào. Thêm ít nhất bước thẩm tra, bước trình ký và bước chuyển kết quả.",
            ),
        )
    found = [finding for number, stage in enumerate(stages, 1) for finding in _stage(number, stage)]
    found += _shape(stages, has_financial_obligation)
    found += _time(totals(stages, limit_amount, limit_unit), limit_unit)
    return tuple(found)


def errors(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Those that forbid publication."""
    return tuple(finding for finding in findings if finding.is_error)


def _stage(number: int, stage: StageData) -> list[Finding]:
    found = []
    if not stage.name.strip():
        found.append(_error(number, "Bước chưa có tên. Đặt tên cho bước."))
    if not stage.tasks:
        return [*found, _error(number, "Bước chưa có công việc nào. Thêm công việc hoặc xóa bước.")]
    leads = sum(task.is_lead for task in stage.tasks)
    if leads == 0:
        found.append(_error(number, "Bước không có công việc chủ trì. Đánh dấu một công việc là chủ trì."))
    if leads > 1:
        found.append(
            _warning(number, "Bước có nhiều công việc chủ trì; nên chỉ có một nơi chịu trách nhiệm.")
        )
    if not any(task.required for task in stage.tasks):
        found.append(
            _error(
                number, "Không công việc nào bắt buộc nên bước không biết khi nào xong. Đánh dấu ít nhất một."
            )
        )
    return found + [finding for task in stage.tasks for finding in _task(number, task)]


def _task(number: int, task: TaskData) -> list[Finding]:
    found = []
    name = task.name.strip() or "(chưa đặt tên)"
    if not task.name.strip():
        found.append(_error(number, "Có công việc chưa đặt tên. Ghi rõ phải làm gì."))
    if task.hours < 0:
        found.append(_error(number, f"“{name}”: số giờ âm. Ghi số giờ làm việc lớn hơn 0."))
    elif task.hours == 0:
        found.append(
            _warning(number, f"“{name}”: 0 giờ, việc sẽ quá hạn ngay khi giao. Ghi số giờ làm việc.")
        )
    if not task.role_code.strip():
        found.append(_error(number, f"“{name}”: chưa rõ vai trò thực hiện. Chọn vai trò."))
    return found + _place(number, name, task)


def _place(number: int, name: str, task: TaskData) -> list[Finding]:
    if task.place == "fixed" and task.agency_id is None:
        return [_error(number, f"“{name}”: giao cho cơ quan chỉ định nhưng chưa chọn cơ quan.")]
    if task.place == "division" and not task.division_name.strip():
        return [_warning(number, f"“{name}”: chưa ghi tên phòng; việc sẽ vào chung cơ quan giải quyết.")]
    if task.agency_found is False:
        return [
            _error(number, f"“{name}”: không tìm thấy cơ quan tương ứng trên địa bàn. Chọn cơ quan chỉ định.")
        ]
    return []


def _shape(stages: Sequence[StageData], has_financial_obligation: bool) -> list[Finding]:
    kinds = [stage.kind for stage in stages]
    found = []
    if SIGNATURE not in kinds:
        found.append(_error(0, "Quy trình không có bước trình ký. Thêm bước để lãnh đạo ký kết quả."))
    if kinds[-1] != RESULT:
        found.append(_error(len(stages), "Bước cuối phải phát hành và chuyển kết quả về Bộ phận Một cửa."))
    elif SIGNATURE in kinds and RESULT in kinds[: kinds.index(SIGNATURE)]:
        found.append(_error(0, "Bước chuyển kết quả đứng trước bước trình ký. Đổi thứ tự các bước."))
    if has_financial_obligation and FINANCE not in kinds:
        found.append(
            _warning(0, "Thủ tục có nghĩa vụ tài chính nhưng quy trình không có bước nghĩa vụ tài chính.")
        )
    return found


def _time(total: Totals, unit: str) -> list[Finding]:
    if total.limit_hours is None:
        reason = "chưa xác định đơn vị thời hạn" if unit == "" else "thủ tục không quy định thời hạn"
        return [_warning(0, f"Không so được tổng thời gian với thời hạn: {reason}.")]
    if total.exceeds:
        over = total.hours - total.limit_hours
        return [
            _error(
                0,
                f"Tổng thời gian các bước {plain(total.hours)} giờ vượt thời hạn {plain(total.limit_hours)} giờ làm việc "
                f"({plain(over)} giờ). Giảm giờ của các bước.",
            )
        ]
    return []


def _error(stage: int, message: str) -> Finding:
    return Finding(True, stage, message)


def _warning(stage: int, message: str) -> Finding:
    return Finding(False, stage, message)


def plain(number: Decimal) -> str:
    """A number in Vietnamese writing, at most two decimals: "1,5"."""
    text = f"{number.quantize(Decimal('0.01')):f}".rstrip("0").rstrip(".")
    return text.replace(".", ",")
