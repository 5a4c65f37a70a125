"""The form of a report that is put together from reports sent: the same columns, a row for each unit, and how each was sent."""

from dataclasses import replace

from motcua.core.errors import RuleViolation
from motcua.statistics.rules.layout import Column, ReportForm, Rows
from motcua.statistics.rules.things import Subject

SENT = "sent"


def gathered_form(form: ReportForm) -> ReportForm:
    """A form that was put together so already stays as it is. Raises RuleViolation for one whose figures cannot be added up."""
    if form.columns[-1].text == SENT:
        return form
    if Subject.POINT in form.subjects:
        raise RuleViolation("Điểm đánh giá không cộng được. Chọn biểu đếm hồ sơ hoặc thủ tục.")
    return replace(
        form, title=f"{form.title}, tổng hợp từ báo cáo đã gửi", rows=Rows.UNIT, only_with="",
        columns=(*form.columns, Column("Tình trạng gửi", text=SENT)),
    )  # fmt: skip
