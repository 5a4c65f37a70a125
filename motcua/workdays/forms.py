"""Forms of the calendar screens: shape only; the acts decide."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory

from motcua.agencies.models import Agency
from motcua.core.forms import DateField
from motcua.workdays.models import CalendarDay
from motcua.workdays.rules.calendar import DayEntry, WorkCalendar
from motcua.workdays.rules.clock import ClockError, Limit, Suspension, Unit
from motcua.workdays.rules.holidays import Choices
from motcua.workdays.rules.sessions import WEEKDAY_NAMES, parse_sessions, session_texts


class SessionsField(forms.CharField):
    """Sessions written "07:30-11:30, 13:30-17:30"; gives a list of texts, empty for none."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "max_length": 120, **kwargs})
        self.widget.attrs.update({"autocomplete": "off", "placeholder": "07:30-11:30, 13:30-17:30"})

    def clean(self, value: Any) -> list[str]:
        texts = [part.strip() for part in super().clean(value).replace(";", ",").split(",") if part.strip()]
        try:
            return session_texts(parse_sessions(texts))
        except ClockError as error:
            raise forms.ValidationError(error.message) from error


class DayForm(forms.Form):
    """A day off, or a day worked instead."""

    day = DateField(label="Ngày")
    kind = forms.ChoiceField(label="Loại ngày", choices=CalendarDay.Kind.choices, widget=forms.RadioSelect)
    name = forms.CharField(label="Lý do", max_length=200, help_text="Ví dụ: nghỉ bù Giỗ Tổ Hùng Vương.")
    source = forms.CharField(
        label="Căn cứ", max_length=300, help_text="Số, ngày, cơ quan ban hành của văn bản hoặc thông báo."
    )
    sessions = SessionsField(
        label="Ca làm việc riêng", help_text="Chỉ cho ngày làm việc. Để trống thì làm việc như thứ Hai."
    )
    unsure = forms.BooleanField(label="Cần đối chiếu lại văn bản", required=False)


class RemoveDayForm(forms.Form):
    """Why a day leaves the calendar."""

    reason = forms.CharField(label="Lý do bỏ", max_length=200)


class SessionsForm(forms.Form):
    """Sessions of the seven weekdays from a date; what is unchanged is left alone."""

    valid_from = DateField(label="Áp dụng từ ngày")
    source = forms.CharField(
        label="Căn cứ", max_length=300, help_text="Quyết định, thông báo về giờ làm việc."
    )

    def __init__(self, data: Any, *, calendar: WorkCalendar, today: date) -> None:
        super().__init__(data, initial={"valid_from": today})
        self.calendar = calendar
        for weekday, name in enumerate(WEEKDAY_NAMES):
            self.fields[f"day_{weekday}"] = SessionsField(
                label=name[0].upper() + name[1:], initial=", ".join(self._in_force(weekday, today))
            )

    def _in_force(self, weekday: int, day: date) -> list[str]:
        return session_texts(self.calendar.sessions_of_weekday(weekday, day))

    @property
    def weekday_fields(self) -> list[forms.BoundField]:
        return [self[f"day_{weekday}"] for weekday in range(7)]

    def changed(self) -> dict[int, list[str]]:
        """The weekdays whose sessions differ from those in force on the first day."""
        first: date = self.cleaned_data["valid_from"]
        wanted = {weekday: self.cleaned_data[f"day_{weekday}"] for weekday in range(7)}
        return {n: texts for n, texts in wanted.items() if texts != self._in_force(n, first)}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors and not self.changed():
            raise forms.ValidationError("Chưa thay đổi ca nào so với ca có hiệu lực vào ngày áp dụng.")
        return data


class AnnouncementForm(forms.Form):
    """What a year's announcement chose where the law leaves it open, and the document."""

    source = forms.CharField(label="Căn cứ", max_length=200, help_text="Số, ngày của thông báo lịch nghỉ.")
    tet_from = forms.TypedChoiceField(
        label="Nghỉ Tết bắt đầu từ",
        coerce=int,
        choices=[
            (-3, "3 ngày trước mùng 1"),
            (-2, "2 ngày trước mùng 1"),
            (-1, "1 ngày trước mùng 1"),
            (0, "mùng 1"),
        ],
    )
    national_day_beside = forms.TypedChoiceField(
        label="Ngày nghỉ liền kề Quốc khánh", coerce=int, choices=[(-1, "01/9"), (1, "03/9"), (0, "không có")]
    )

    @property
    def choices(self) -> Choices:
        return Choices(self.cleaned_data["tet_from"], self.cleaned_data["national_day_beside"])


class AnnouncedDayForm(forms.Form):
    """One announced day; an empty line is left out."""

    day = DateField(label="Ngày", required=False)
    kind = forms.ChoiceField(label="Loại ngày", choices=CalendarDay.Kind.choices, required=False)
    name = forms.CharField(label="Lý do", max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("day") and not data.get("name"):
            self.add_error("name", "Nhập lý do nghỉ hoặc làm bù.")
        return data


class _AnnouncedDays(BaseFormSet):  # type: ignore[type-arg]  # not generic when it runs
    """All days of an announcement."""

    def entries(self) -> dict[date, DayEntry]:
        rows = [row for row in self.cleaned_data if row.get("day")]
        return {row["day"]: DayEntry(row["kind"] == CalendarDay.Kind.WORK, None, row["name"]) for row in rows}


AnnouncedDays: Any = formset_factory(AnnouncedDayForm, formset=_AnnouncedDays, extra=6, max_num=80)


class ClockForm(forms.Form):
    """Try the clock: when would an answer be due?"""

    agency = forms.ModelChoiceField(
        label="Lịch của", queryset=Agency.objects.none(), required=False, empty_label="Quốc gia"
    )
    day = DateField(label="Ngày tiếp nhận")
    at = forms.TimeField(
        label="Giờ tiếp nhận",
        input_formats=["%H:%M", "%Hg%M", "%H"],
        widget=forms.TimeInput(
            attrs={"placeholder": "08:30", "class": "w-short", "autocomplete": "off"}, format="%H:%M"
        ),
    )
    amount = forms.CharField(label="Thời hạn", max_length=12, required=False)
    unit = forms.ChoiceField(label="Đơn vị", choices=[(unit.value, unit.label) for unit in Unit])
    paused_from = DateField(label="Tạm dừng từ ngày", required=False)
    paused_until = DateField(label="Tạm dừng đến ngày", required=False)

    def __init__(self, *args: Any, agencies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["agency"]
        assert isinstance(chosen, forms.ModelChoiceField)
        chosen.queryset = agencies

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors:
            self._read(data)
        return data

    def _read(self, data: dict[str, Any]) -> None:
        try:
            data["limit"] = Limit.parse(data["amount"], data["unit"])
        except ClockError as error:
            self.add_error("amount", error.message)
        data["received_at"] = datetime.combine(data["day"], data["at"])
        first, last = data["paused_from"], data["paused_until"]
        if bool(first) != bool(last) or (first and last < first):
            self.add_error("paused_until", "Nhập đủ hai ngày tạm dừng, ngày sau không trước ngày đầu.")
        data["suspensions"] = (Suspension.of_days(first, last),) if first and last else ()
