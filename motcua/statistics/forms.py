"""What is asked of a report: whose, for which period, by which calendar; and the forms for templates."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.db.models import QuerySet

from motcua.agencies.models import Agency
from motcua.core.errors import RuleViolation
from motcua.core.forms import DateField
from motcua.statistics.models import IndexComponent
from motcua.statistics.rules.figures import REGISTRY
from motcua.statistics.rules.periods import Basis, Window, parse, recent
from motcua.statistics.rules.reports import forms_on
from motcua.statistics.rules.things import Subject

if TYPE_CHECKING:
    _Agencies = forms.ModelChoiceField[Agency]
else:
    _Agencies = forms.ModelChoiceField

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
    original = forms.BooleanField(label="Thêm số theo hạn trả ban đầu", required=False)

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


class _AgencyField(_Agencies):
    """An agency out of those given, indented by its place in the tree."""

    def label_from_instance(self, obj: Agency) -> str:
        """As in every list of agencies."""
        return agency_label(obj)


class TemplateForm(forms.Form):
    """A new template."""

    base = forms.ChoiceField(label="Biểu gốc")
    title = forms.CharField(label="Tên báo cáo", max_length=300)
    agency = _AgencyField(Agency.objects.none(), label="Dùng cho", empty_label="Chọn…", help_text="Cơ quan này và mọi cơ quan trực thuộc")  # fmt: skip
    valid_from = DateField(label="Dùng cho kỳ kết thúc từ ngày")
    document = forms.CharField(label="Văn bản yêu cầu", max_length=200, required=False)

    def __init__(self, *args: Any, agencies: QuerySet[Agency], day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Agency]", self.fields["agency"]).queryset = agencies
        cast(forms.ChoiceField, self.fields["base"]).choices = [
            (form.code, f"{form.number}: {form.title}") for form in forms_on(day) if form.counts_dossiers
        ]


class ColumnForm(forms.Form):
    """A further column."""

    figure = forms.ChoiceField(label="Chỉ tiêu")
    title = forms.CharField(label="Tên cột (để trống: tên chỉ tiêu)", max_length=120, required=False)

    def __init__(self, *args: Any, known: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dossiers = [f for f in REGISTRY.values() if f.subject is Subject.DOSSIER]
        left = [f for f in dossiers if f.key not in set(known)]
        cast(forms.ChoiceField, self.fields["figure"]).choices = [
            (f.key, f"{f.label}: {f.words}") for f in left
        ]


class AmendForm(forms.Form):
    """Why a frozen report is frozen anew."""

    reason = forms.CharField(
        label="Lý do điều chỉnh", max_length=500, widget=forms.Textarea(attrs={"rows": 3}), error_messages={"required": "Ghi lý do điều chỉnh báo cáo."}
    )  # fmt: skip


class EndForm(forms.Form):
    """The last day of a template."""

    last_day = DateField(label="Ngày cuối cùng")


# The index of Decision 766 ------------------------------------------------------------------------------------------

_SOURCE = forms.CharField(
    label="Nguồn: văn bản, điều, khoản hoặc bảng điểm đã đối chiếu", max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
    error_messages={"required": "Nhập nguồn: văn bản, điều, khoản hoặc bảng điểm đã đối chiếu."},
)  # fmt: skip


def _per_cent(label: str, *, required: bool = True, help_text: str = "") -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        localize=True,
        required=required,
        help_text=help_text,
    )


class IndexComponentForm(forms.Form):
    """A component's name, points and target."""

    name = forms.CharField(label="Tên thành phần", max_length=200)
    points = _per_cent("Điểm tối đa")
    target = _per_cent("Chỉ tiêu (%)", required=False, help_text="Để trống nếu không có chỉ tiêu")
    certainty = forms.ChoiceField(label="Độ chắc chắn", choices=IndexComponent.Certainty.choices)
    source = _SOURCE


class IndexBandForm(forms.Form):
    """A class of the whole."""

    name = forms.CharField(label="Mức xếp loại", max_length=60)
    low = _per_cent("Từ số điểm")
    source = _SOURCE


class IndexColoursForm(forms.Form):
    """From which share of its points a component is green, yellow."""

    green_from = _per_cent("Xanh khi đạt từ (% số điểm)")
    yellow_from = _per_cent("Vàng khi đạt từ (% số điểm)")
    source = _SOURCE


class IndexSetForm(forms.Form):
    """A new set: from when, by which document."""

    valid_from = DateField(label="Dùng cho kỳ kết thúc từ ngày")
    law = forms.CharField(label="Văn bản đặt ra bộ chỉ số", max_length=200)
    source = _SOURCE
