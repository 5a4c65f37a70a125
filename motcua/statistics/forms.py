"""What is asked of a report: whose, for which period, by which calendar; and the forms for templates."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from motcua.agencies.models import Agency
from motcua.core.errors import RuleViolation
from motcua.core.forms import DateField
from motcua.statistics.rules.figures import REGISTRY
from motcua.statistics.rules.periods import Basis, Window, parse, recent
from motcua.statistics.rules.reports import forms_on

BASES = (
    (Basis.LAW.value, "Nghị định 09/2019, đến ngày 14"),
    (Basis.CALENDAR.value, "Tháng dương lịch"),
)


class ReportChoice(forms.Form):
    """Agency, period and basis. Free dates, when both are given, stand before the period."""

    agency = forms.IntegerField(label="Cơ quan", min_value=1, max_value=2**31)
    period = forms.CharField(label="Kỳ báo cáo", max_length=10)
    basis = forms.ChoiceField(label="Cách chốt kỳ", choices=BASES)
    start = DateField(label="Hoặc từ ngày", required=False)
    end = DateField(label="Đến ngày", required=False)
    below = forms.BooleanField(label="Gồm cả cơ quan, đơn vị trực thuộc", required=False)

    def __init__(self, data: Any, *, agencies: Iterable[Agency], day: date) -> None:
        super().__init__(data)
        self.fields["agency"].widget = forms.Select(choices=[(a.pk, agency_label(a)) for a in agencies])
        self.fields["period"].widget = forms.Select(choices=_periods(day, data))

    def clean_period(self) -> Any:
        """The period itself, by the basis that was chosen."""
        try:
            basis = Basis(self.data.get("basis") or Basis.LAW)
            return parse(self.cleaned_data["period"], basis)
        except (RuleViolation, ValueError) as error:
            raise forms.ValidationError(getattr(error, "message", "Chọn cách chốt kỳ.")) from error

    def clean(self) -> dict[str, Any]:
        """Both dates or none, the right way round."""
        values = super().clean() or {}
        start, end = values.get("start"), values.get("end")
        if (start is None) != (end is None) and not self.errors:
            self.add_error("end" if start else "start", "Nhập cả ngày đầu và ngày cuối.")
        elif start and end and end < start:
            self.add_error("end", "Ngày cuối kỳ phải từ ngày đầu kỳ trở đi.")
        return values

    @property
    def window(self) -> Window:
        """The days asked for."""
        values = self.cleaned_data
        if values["start"]:
            return Window(values["start"], values["end"])
        window: Window = values["period"].window
        return window

    @property
    def period_code(self) -> str:
        """The code of the period; "" for free dates."""
        return "" if self.cleaned_data["start"] else str(self.cleaned_data["period"].code)


def agency_label(agency: Agency) -> str:
    """The name, indented by its place in the tree, with its last day when it has ended."""
    until = f" (đến {agency.valid_to:%d-%m-%Y})" if agency.valid_to else ""
    return f"{'— ' * agency.depth}{agency.name}{until}"


def _periods(day: date, data: Any) -> list[tuple[str, Any]]:
    """Recent periods by kind; the one asked for as well when it is an older one."""
    groups: list[tuple[str, Any]] = [
        (name, [(period.code, period.label[:1].upper() + period.label[1:]) for period in periods])
        for name, periods in recent(day)
    ]
    asked = str(data.get("period", ""))[:10]
    if asked and asked not in {code for _, periods in groups for code, _ in periods}:
        groups.append(("Kỳ khác", [(asked, asked)]))
    return groups


class TemplateForm(forms.Form):
    """A new template."""

    base = forms.ChoiceField(label="Biểu gốc")
    title = forms.CharField(label="Tên báo cáo", max_length=300)
    agency = forms.ModelChoiceField(Agency.objects.none(), label="Dùng cho", empty_label="Chọn…", help_text="Cơ quan này và mọi cơ quan trực thuộc")  # fmt: skip
    valid_from = DateField(label="Dùng cho kỳ kết thúc từ ngày")
    document = forms.CharField(label="Văn bản yêu cầu", max_length=200, required=False)

    def __init__(self, *args: Any, agencies: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies
        self.fields["agency"].label_from_instance = agency_label
        self.fields["base"].choices = [(form.code, f"{form.number}: {form.title}") for form in forms_on(day)]


class ColumnForm(forms.Form):
    """A further column."""

    figure = forms.ChoiceField(label="Chỉ tiêu")
    title = forms.CharField(label="Tên cột (để trống: tên chỉ tiêu)", max_length=120, required=False)

    def __init__(self, *args: Any, known: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        left = [f for key, f in REGISTRY.items() if key not in set(known)]
        self.fields["figure"].choices = [(f.key, f"{f.label}: {f.words}") for f in left]


class AmendForm(forms.Form):
    """Why a frozen report is frozen anew."""

    reason = forms.CharField(
        label="Lý do điều chỉnh", max_length=500, widget=forms.Textarea(attrs={"rows": 3}), error_messages={"required": "Ghi lý do điều chỉnh báo cáo."}
    )  # fmt: skip


class EndForm(forms.Form):
    """The last day of a template."""

    last_day = DateField(label="Ngày cuối cùng")
