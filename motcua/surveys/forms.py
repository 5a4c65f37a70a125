"""What is typed into the pages of surveys."""

import secrets
from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from motcua.agencies.models import Agency
from motcua.core.forms import DateField
from motcua.surveys.models import QuestionnaireVersion, Stratum, Survey
from motcua.surveys.rules.questionnaire import FACTORS, KIND_WORDS, Form, Kind

_FACTORS = [
    (0, "Không thuộc yếu tố nào"),
    *((number, f"{number}. {title}") for number, title in FACTORS.items()),
]


class RatingChoice(forms.Form):
    """Whose ratings, and the months; months as "2026-11"."""

    agency = forms.TypedChoiceField(label="Cơ quan", coerce=int)
    first = forms.ChoiceField(label="Từ tháng")
    last = forms.ChoiceField(label="Đến hết tháng")

    def __init__(self, data: Any, *, agencies: Iterable[Agency], months: list[date]) -> None:
        super().__init__(data)
        choices = [(f"{m:%Y-%m}", f"{m:%m/%Y}") for m in months]
        self.fields["agency"].choices = [(a.pk, a.name) for a in agencies]  # type: ignore[attr-defined]  # a field of choices
        for name in ("first", "last"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # a field of choices

    def clean(self) -> dict[str, Any]:
        """The months as dates, the right way round."""
        values = super().clean() or {}
        for name in ("first", "last"):
            if values.get(name):
                values[name] = date.fromisoformat(f"{values[name]}-01")
        if values.get("first") and values.get("last") and values["last"] < values["first"]:
            self.add_error("last", "Tháng cuối phải từ tháng đầu trở đi.")
        return values


class QuestionnaireForm(forms.Form):
    """A new questionnaire."""

    name = forms.CharField(label="Tên bộ câu hỏi", max_length=200)
    law = forms.CharField(label="Căn cứ", max_length=200, required=False)
    shipped = forms.BooleanField(
        label="Bắt đầu từ bộ câu hỏi SIPAS có sẵn (năm yếu tố)", required=False, initial=True
    )


class SectionForm(forms.Form):
    """A section of a draft. The condition names a question of an earlier section and the answers that open this one."""

    title = forms.CharField(label="Tên phần", max_length=200)
    factor = forms.TypedChoiceField(label="Yếu tố", choices=_FACTORS, coerce=int)
    on = forms.ChoiceField(label="Chỉ hỏi khi câu", required=False)
    within = forms.MultipleChoiceField(
        label="có câu trả lời là", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Để trống cả hai ô nếu hỏi mọi người",
    )  # fmt: skip

    def __init__(self, data: Any, *, form: Form, code: str, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        earlier = []
        for section in form.sections:
            if section.code == code:
                break
            earlier += [q for q in section.questions if q.kind is not Kind.TEXT]
        values = {v: label for q in earlier for v, label in q.choices if q.kind is Kind.CHOICE or v != "0"}
        self.fields["on"].choices = [("", "Luôn hỏi"), *((q.code, q.text) for q in earlier)]  # type: ignore[attr-defined]  # a field of choices
        self.fields["within"].choices = [(v, f"{v}. {label}") for v, label in values.items()]  # type: ignore[attr-defined]  # a field of choices


class QuestionForm(forms.Form):
    """A question of a draft."""

    text = forms.CharField(label="Câu hỏi", max_length=300)
    kind = forms.ChoiceField(
        label="Cách trả lời", choices=[(k.value, words) for k, words in KIND_WORDS.items()]
    )
    options = forms.CharField(
        label="Các lựa chọn, mỗi dòng một lựa chọn", required=False, max_length=2000, widget=forms.Textarea,
        help_text="Chỉ dùng khi cách trả lời là chọn một",
    )  # fmt: skip
    required = forms.BooleanField(label="Bắt buộc trả lời", required=False, initial=True)

    def clean_options(self) -> list[str]:
        """One option a line."""
        return [line.strip()[:200] for line in self.cleaned_data["options"].splitlines() if line.strip()]


class SurveyForm(forms.Form):
    """The plan of a survey."""

    name = forms.CharField(label="Tên khảo sát", max_length=200)
    agency = forms.TypedChoiceField(label="Cơ quan tổ chức khảo sát", coerce=int)
    subject = forms.TypedChoiceField(label="Nơi được khảo sát (gồm cả đơn vị trực thuộc)", coerce=int)
    version = forms.TypedChoiceField(label="Bộ câu hỏi", coerce=int)
    since = DateField(label="Hồ sơ có kết quả từ ngày")
    until = DateField(label="đến ngày", help_text="Không quá 12 tháng")
    by = forms.ChoiceField(label="Phân nhóm mẫu", choices=Survey.By.choices)
    error = forms.DecimalField(
        label="Sai số mong muốn (± điểm %, độ tin cậy 95%)",
        min_value=0.5,
        max_value=20,
        decimal_places=2,
        initial=5,
    )
    group_minimum = forms.IntegerField(
        label="Số phiếu ít nhất mỗi nhóm", min_value=1, max_value=1000, initial=10
    )
    points = forms.IntegerField(label="Điểm tối đa của tiêu chí", min_value=1, max_value=100, initial=20)
    step = forms.ChoiceField(label="Làm tròn điểm đến", choices=[("0.5", "0,5 điểm"), ("0.1", "0,1 điểm")])

    def __init__(
        self,
        data: Any,
        *,
        agencies: Iterable[Agency],
        versions: Iterable[QuestionnaireVersion],
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        places = [(a.pk, a.name) for a in agencies]
        self.fields["agency"].choices = self.fields["subject"].choices = places  # type: ignore[attr-defined]  # fields of choices
        self.fields["version"].choices = [(v.pk, str(v)) for v in versions]  # type: ignore[attr-defined]  # a field of choices


class SampleForm(forms.Form):
    """The seed of the draw."""

    seed = forms.CharField(
        label="Hạt giống của lần bốc", max_length=64, initial=lambda: secrets.token_hex(8),
        help_text="Ai có hạt giống và danh sách hồ sơ cũng bốc lại được đúng mẫu này; hạt giống được ghi nhật ký",
    )  # fmt: skip


class OpenForm(forms.Form):
    """Until when answers are taken."""

    closes_on = DateField(label="Thu phiếu đến hết ngày")


class CloseForm(forms.Form):
    """Nothing to type: sent or not."""


class SheetForm(forms.Form):
    """Which paper sheet is typed in."""

    number = forms.IntegerField(label="Số phiếu (in trên phiếu)", min_value=1, max_value=10**6)
    stratum = forms.TypedChoiceField(label="Nhóm mẫu", coerce=int)

    def __init__(self, data: Any, *, strata: Iterable[Stratum], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["stratum"].choices = [(s.pk, str(s)) for s in strata]  # type: ignore[attr-defined]  # a field of choices
