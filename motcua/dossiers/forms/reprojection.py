"""Why, and for whom, the due dates of open dossiers are computed anew."""

from django import forms

from motcua.agencies.queries.authority import Authority
from motcua.workdays.queries import NATION, agencies_editable, may_edit


class ReprojectionForm(forms.Form):
    """An agency whose calendar the person may edit (with all below it), a reason and the document."""

    agency = forms.TypedChoiceField(label="Phạm vi", coerce=int)
    reason = forms.CharField(
        label="Lý do tính lại", max_length=300, help_text="Ví dụ: đã có thông báo lịch nghỉ Tết năm 2027"
    )
    document = forms.CharField(label="Văn bản làm căn cứ", max_length=200)

    def __init__(self, authority: Authority, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came
        choices = [(NATION, "Toàn bộ hồ sơ đang giải quyết")] if may_edit(authority, None) else []
        choices += [(a.pk, a.name) for a in agencies_editable(authority)]
        self.fields["agency"].choices = choices  # type: ignore[attr-defined]  # a field of choice
