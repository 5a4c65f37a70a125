"""What staff write so that people find a procedure: everyday words, events of life, questions and answers of a guide."""

import re
from typing import Any

from django import forms

from motcua.procedures.models import GuideAnswer, GuideQuestion, LifeEvent


class WordsForm(forms.Form):
    """A procedure in everyday words."""

    summary = forms.CharField(
        label="Thủ tục này để làm gì", max_length=600, required=False, widget=forms.Textarea,
        help_text="Một, hai câu như nói với người lần đầu đến làm thủ tục.",
    )  # fmt: skip
    spoken = forms.CharField(
        label="Người dân thường gọi là", max_length=300, required=False, help_text="Cách nhau bằng dấu phẩy, ví dụ: sổ đỏ, sang tên đất",
    )  # fmt: skip
    name_en = forms.CharField(label="Tên tiếng Anh", max_length=300, required=False)
    summary_en = forms.CharField(
        label="Nói ngắn bằng tiếng Anh", max_length=600, required=False, widget=forms.Textarea
    )


class LifeEventForm(forms.Form):
    """An event of life."""

    name = forms.CharField(label="Tên sự kiện", max_length=120)
    summary = forms.CharField(label="Nói ngắn", max_length=300, required=False)
    name_en = forms.CharField(label="Tên tiếng Anh", max_length=120, required=False)
    summary_en = forms.CharField(label="Nói ngắn bằng tiếng Anh", max_length=300, required=False)
    audience = forms.ChoiceField(label="Dành cho", choices=LifeEvent.Audience.choices)
    codes = forms.CharField(
        label="Mã các thủ tục", max_length=4000, required=False, widget=forms.Textarea, help_text="Mỗi dòng một mã, ví dụ 1.001193"
    )  # fmt: skip
    position = forms.IntegerField(label="Thứ tự", min_value=0, max_value=1000, initial=100)
    is_shown = forms.BooleanField(label="Hiện trên trang công khai", required=False, initial=True)

    def clean_codes(self) -> list[str]:
        """Codes by line, space or comma, each once."""
        return (
            list(dict.fromkeys(re.split(r"[\s,;]+", self.cleaned_data["codes"].strip())))
            if self.cleaned_data["codes"].strip()
            else []
        )


class NewLifeEventForm(LifeEventForm):
    """A new event of life."""

    slug = forms.SlugField(label="Đường dẫn", max_length=50, help_text="Chữ thường không dấu, ví dụ sinh-con")


class QuestionForm(forms.Form):
    """One question of a guide."""

    text = forms.CharField(label="Câu hỏi", max_length=300)
    help = forms.CharField(label="Giải thích", max_length=500, required=False, widget=forms.Textarea)
    text_en = forms.CharField(label="Câu hỏi bằng tiếng Anh", max_length=300, required=False)
    help_en = forms.CharField(label="Giải thích bằng tiếng Anh", max_length=500, required=False)


class AnswerForm(forms.Form):
    """One answer of a guide and what follows."""

    label = forms.CharField(label="Câu trả lời", max_length=200)
    leads_to = forms.ChoiceField(
        label="Sau đó", choices=GuideAnswer.LeadsTo.choices, widget=forms.RadioSelect, initial=GuideAnswer.LeadsTo.RESULT
    )  # fmt: skip
    next_id = forms.TypedChoiceField(label="Câu hỏi tiếp", required=False, coerce=int, empty_value=None)
    case = forms.ChoiceField(label="Trường hợp", required=False)
    adds = forms.CharField(
        label="Giấy tờ phải thêm", required=False, max_length=4000, widget=forms.Textarea, help_text="Mỗi dòng một giấy tờ"
    )  # fmt: skip
    drops = forms.MultipleChoiceField(
        label="Giấy tờ không cần", required=False, widget=forms.CheckboxSelectMultiple
    )
    exemption = forms.ChoiceField(label="Miễn, giảm phí vì", required=False)
    reason = forms.CharField(
        label="Lý do dừng", max_length=500, required=False, widget=forms.Textarea, help_text="Vì sao không làm được ở đây và phải làm gì, đến đâu"
    )  # fmt: skip
    instead = forms.CharField(label="Mã thủ tục cần làm thay", max_length=40, required=False)
    label_en = forms.CharField(label="Câu trả lời bằng tiếng Anh", max_length=200, required=False)
    reason_en = forms.CharField(label="Lý do dừng bằng tiếng Anh", max_length=500, required=False)

    def __init__(
        self, *args: Any, questions: list[GuideQuestion], cases: list[str], papers: list[str], exemptions: list[str], **kwargs: Any
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["next_id"].choices = [
            ("", "Chưa chọn"), *((one.pk, f"Câu {one.position}. {one.text[:80]}") for one in questions)
        ]  # fmt: skip
        fields["case"].choices = [("", "Không đổi"), *((name, name[:120]) for name in cases)]
        fields["drops"].choices = [(name, name[:160]) for name in papers]
        fields["exemption"].choices = [("", "Không"), *((name, name) for name in exemptions)]

    def clean_adds(self) -> list[str]:
        """One paper a line."""
        return [line.strip() for line in self.cleaned_data["adds"].splitlines() if line.strip()]
