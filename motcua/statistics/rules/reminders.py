"""When a unit is reminded of a report that it owes the agency above: shortly before the due date, and once it has passed."""

from datetime import date, timedelta
from enum import StrEnum

from motcua.agencies.rules.settings import Certainty, Kind, Setting
from motcua.statistics.rules.index766 import CODE
from motcua.statistics.rules.periods import Basis, Period, containing
from motcua.statistics.rules.periods import Kind as PeriodKind

SOURCE = "cơ quan nhận báo cáo quy định"
KINDS: dict[str, tuple[PeriodKind, ...]] = {
    "off": (),
    "year": (PeriodKind.YEAR,),
    "quarter": (PeriodKind.QUARTER, PeriodKind.YEAR),
    "month": (PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.YEAR),
}
# What units may be asked for, by the value of the setting: codes of forms, and the index.
FORMS: dict[str, tuple[str, ...]] = {
    "ii-06a": ("ii-06a",),
    "ii-06a-07": ("ii-06a", "ii-07"),
    "ii-06a-766": ("ii-06a", CODE),
    "ii-06a-07-766": ("ii-06a", "ii-07", CODE),
    "766": (CODE,),
}


class Stage(StrEnum):
    """Which reminder it is."""

    BEFORE = "before"
    LATE = "late"

    @property
    def label(self) -> str:
        """What a person reads."""
        return {"before": "trước hạn", "late": "quá hạn"}[self.value]


REMINDER_SETTINGS: tuple[Setting, ...] = (
    Setting(
        "report_reminders", "Nhắc đơn vị trực thuộc gửi báo cáo", Kind.CHOICE, "quarter", SOURCE, Certainty.DESIGN,
        choices=(("off", "không nhắc"), ("year", "báo cáo năm"), ("quarter", "báo cáo quý, năm"), ("month", "báo cáo tháng, quý, năm")),
    ),
    Setting(
        "report_reminder_forms", "Báo cáo phải gửi định kỳ", Kind.CHOICE, "ii-06a", SOURCE, Certainty.DESIGN,
        choices=(
            ("ii-06a", "II.06a"), ("ii-06a-07", "II.06a và II.07"), ("ii-06a-766", "II.06a và chỉ số 766"),
            ("ii-06a-07-766", "II.06a, II.07 và chỉ số 766"), ("766", "chỉ số 766"),
        ),
    ),
    Setting("report_remind_before_days", "Nhắc gửi báo cáo trước hạn", Kind.INTEGER, 2, SOURCE, Certainty.DESIGN, high=30, unit="ngày"),
    Setting("report_remind_after_days", "Nhắc gửi báo cáo sau hạn", Kind.INTEGER, 1, SOURCE, Certainty.DESIGN, low=1, high=30, unit="ngày"),
)  # fmt: skip


def stage_on(today: date, due_on: date, before_days: int, after_days: int) -> Stage | None:
    """Which reminder is due on a day; None outside of both. Both ends of each are included."""
    if today >= due_on + timedelta(days=after_days):
        return Stage.LATE
    return Stage.BEFORE if due_on - timedelta(days=before_days) <= today <= due_on else None


def closed_periods(today: date, asked: str, basis: Basis = Basis.LAW) -> tuple[Period, ...]:
    """The last closed period of each kind that is reported; `asked` is the setting."""
    return tuple(containing(today, kind, basis).before() for kind in KINDS.get(asked, ()))


def basis_of(code: str) -> Basis:
    """What closes the periods of a report: the index goes by calendar months, forms as the law closes them."""
    return Basis.CALENDAR if code == CODE else Basis.LAW
