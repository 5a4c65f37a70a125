"""Forms of the process editor."""

from typing import Any

from django import forms

from motcua.agencies.models import Agency, Role
from motcua.core.forms import DateField
from motcua.procedures.models import Stage, TaskTemplate


class StageForm(forms.Form):
    """A stage."""

    name = forms.CharField(label="Tên bước", max_length=300)
    kind = forms.ChoiceField(label="Loại bước", choices=Stage.Kind.choices)


class TaskForm(forms.Form):
    """A task of a stage."""

    name = forms.CharField(label="Công việc", max_length=300)
    place = forms.ChoiceField(label="Nơi làm", choices=TaskTemplate.Place.choices)
    division_name = forms.CharField(
        label="Tên phòng",
        max_length=160,
        required=False,
        help_text="Khi nơi làm là phòng chuyên môn, ví dụ: Kinh tế.",
    )
    agency = forms.ModelChoiceField(
        Agency.objects.none(), label="Cơ quan chỉ định", required=False, empty_label="Không"
    )
    role_code = forms.ChoiceField(label="Vai trò")
    hours = forms.DecimalField(
        label="Số giờ làm việc",
        min_value=0,
        max_value=99_999,
        decimal_places=2,
        localize=True,
        help_text="Một ngày là 8 giờ.",
    )
    is_lead = forms.BooleanField(label="Chủ trì", required=False, initial=True)
    required = forms.BooleanField(label="Bắt buộc xong mới sang bước sau", required=False, initial=True)

    def __init__(self, *args: Any, agencies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]  # a field of choice
        roles = [("", "Chọn vai trò"), *Role.objects.values_list("code", "name")]
        self.fields["role_code"].choices = roles  # type: ignore[attr-defined]  # a field of choice

    @classmethod
    def of(cls, task: TaskTemplate | None, data: Any, agencies: Any) -> "TaskForm":
        """The form filled with a task, or empty."""
        names = [name for name in cls.base_fields if name != "agency"]
        initial = {name: getattr(task, name) for name in names} | {"agency": task.agency_id} if task else {}
        return cls(data, initial=initial, agencies=agencies)

    def task(self) -> dict[str, Any]:
        """The task as the acts want it."""
        data = dict(self.cleaned_data)
        agency = data.pop("agency")
        return data | {"agency_id": agency.pk if agency else None}


class PublishForm(forms.Form):
    """The decision that puts a process into force."""

    document = forms.CharField(
        label="Quyết định ban hành", max_length=200, help_text="Ví dụ: Quyết định 12/QĐ-UBND ngày 05/01/2026."
    )
    valid_from = DateField(label="Có hiệu lực từ ngày")


class StartForm(forms.Form):
    """For which agency a draft is made."""

    agency = forms.ModelChoiceField(
        Agency.objects.none(), label="Quy trình của", required=False, empty_label="Quy trình mẫu, dùng chung"
    )

    def __init__(self, *args: Any, agencies: Any, model: bool, **kwargs: Any) -> None:
        """`model`: whether the person may draft the model process as well."""
        super().__init__(*args, **kwargs)
        field: Any = self.fields["agency"]
        field.queryset, field.required = agencies, not model
        field.empty_label = field.empty_label if model else "Chọn cơ quan"
