"""Shapes of what staff type in about feedback."""

from typing import Any

from django import forms

from motcua.agencies.models import Agency
from motcua.core.forms import DateField, FilesField
from motcua.feedback.models import Topic
from motcua.feedback.rules.sending import LONGEST, MOST_FILES
from motcua.feedback.rules.states import BY_STAFF, CHANNELS, KINDS, REFUSALS, VERDICTS


def _text(
    label: str, rows: int = 4, *, required: bool = True, help_text: str = "", most: int = 3000
) -> forms.CharField:
    area = forms.Textarea({"rows": str(rows)})
    return forms.CharField(label=label, widget=area, required=required, help_text=help_text, max_length=most)


class FilterForm(forms.Form):
    """What is looked for in the register."""

    q = forms.CharField(label="Tìm mã, nội dung", required=False, max_length=100)
    loai = forms.ChoiceField(
        label="Loại", required=False, choices=[("", "Tất cả"), *((k.value, v) for k, v in KINDS.items())]
    )
    kenh = forms.ChoiceField(
        label="Cách gửi",
        required=False,
        choices=[("", "Tất cả"), *((k.value, v) for k, v in CHANNELS.items())],
    )


class NewForm(forms.Form):
    """What an officer writes down of a telephone call, a letter, a form, a citizens' reception."""

    channel = forms.ChoiceField(
        label="Cách gửi", choices=[(c.value, CHANNELS[c]) for c in BY_STAFF], widget=forms.RadioSelect
    )
    agency = forms.ModelChoiceField(Agency.objects.none(), label="Cơ quan vào sổ")
    topic = forms.ModelChoiceField(Topic.objects.none(), label="Nội dung phản ánh")
    content = _text("Nội dung", 6, most=LONGEST, help_text="Việc gì, ở đâu, khi nào; ghi đúng lời người gửi.")
    address = forms.CharField(label="Nơi xảy ra", max_length=300, required=False)
    officer_words = forms.CharField(
        label="Người bị phản ánh, theo lời người gửi",
        max_length=200,
        required=False,
        help_text="Nếu phản ánh về hành vi.",
    )
    dossier_code = forms.CharField(label="Mã hồ sơ liên quan", max_length=60, required=False)
    name = forms.CharField(label="Họ và tên người gửi", max_length=120, required=False)
    phone = forms.CharField(label="Điện thoại", max_length=20, required=False)
    email = forms.EmailField(label="Thư điện tử", required=False)
    sender_address = forms.CharField(label="Địa chỉ liên hệ", max_length=300, required=False)
    wants_messages = forms.BooleanField(label="Người gửi muốn nhận tin về tiến độ", required=False)
    files = FilesField(label="Tệp kèm", most=MOST_FILES, required=False)  # type: ignore[assignment]  # a field; the posted files are of the instance

    def __init__(self, *args: Any, agencies: Any, topics: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]  # of a ModelChoiceField
        self.fields["topic"].queryset = topics  # type: ignore[attr-defined]  # of a ModelChoiceField


class AcceptForm(forms.Form):
    """What it is about, whom, which procedure."""

    kind = forms.ChoiceField(
        label="Loại", choices=[(k.value, v) for k, v in KINDS.items()], widget=forms.RadioSelect
    )
    officer: Any = forms.ModelChoiceField(
        None,
        label="Công chức bị phản ánh",
        required=False,
        help_text="Người này sẽ không thấy phản ánh và người gửi ở bất cứ đâu.",
    )
    procedure: Any = forms.ModelChoiceField(None, label="Thủ tục liên quan", required=False)
    dossier_code = forms.CharField(label="Mã hồ sơ liên quan", max_length=60, required=False)
    note = _text("Ghi chú nội bộ", 2, required=False)

    def __init__(self, *args: Any, people: Any, procedures: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["officer"].queryset = people  # type: ignore[attr-defined]  # of a ModelChoiceField
        self.fields["procedure"].queryset = procedures  # type: ignore[attr-defined]  # of a ModelChoiceField


class DeclineForm(forms.Form):
    """Why it is not received, and what the sender reads."""

    refusal = forms.ChoiceField(
        label="Lý do", choices=[(k.value, v) for k, v in REFUSALS.items()], widget=forms.RadioSelect
    )
    said = _text(
        "Giải thích cho người gửi", help_text="Khiếu nại, tố cáo: phần mềm tự thêm nơi gửi theo luật."
    )


class AskForm(forms.Form):
    """A question to the sender."""

    question = _text(
        "Cần người gửi làm rõ điều gì?", help_text="Thời hạn tạm dừng cho đến khi người gửi trả lời."
    )


class ClarifyForm(forms.Form):
    """What the sender answered, typed by an officer."""

    text = _text("Nội dung người gửi làm rõ")


class TransferForm(forms.Form):
    """To which agency in the software."""

    to = forms.ModelChoiceField(Agency.objects.none(), label="Cơ quan có thẩm quyền")
    note = _text("Ghi chú cho cơ quan nhận", 2, required=False)

    def __init__(self, *args: Any, agencies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = agencies  # type: ignore[attr-defined]  # of a ModelChoiceField


class PassOnForm(forms.Form):
    """To whom outside, by which letter."""

    to_name = forms.CharField(label="Cơ quan nhận", max_length=200)
    document = forms.CharField(label="Số công văn chuyển", max_length=80)


class AssignForm(forms.Form):
    """To whom; the officer complained of and who works under that officer are not offered."""

    handler: Any = forms.ModelChoiceField(None, label="Người xử lý")
    note = _text("Ý kiến giao việc", 2, required=False)

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["handler"].queryset = people  # type: ignore[attr-defined]  # of a ModelChoiceField


class ExtendForm(forms.Form):
    """How long, why, told by which document."""

    days = forms.IntegerField(label="Thêm số ngày làm việc", min_value=1, max_value=90)
    reason = _text("Lý do", 2, help_text="Người gửi đọc được lý do này.")
    document = forms.CharField(label="Số văn bản thông báo gia hạn", max_length=80)


class VerifyForm(forms.Form):
    """Minutes of a verification."""

    number = forms.CharField(label="Số biên bản xác minh", max_length=80)
    made_on = DateField(label="Ngày xác minh")
    place = forms.CharField(label="Nơi xác minh", max_length=200)
    people = forms.CharField(label="Thành phần tham gia", max_length=500)
    text = _text("Nội dung xác minh, chứng cứ", 6)
    verdict = forms.ChoiceField(
        label="Kết luận", choices=[(k.value, v) for k, v in VERDICTS.items()], widget=forms.RadioSelect
    )
    files = FilesField(label="Biên bản có chữ ký, chứng cứ", most=MOST_FILES, required=False)  # type: ignore[assignment]  # a field; the posted files are of the instance


class ProposeForm(forms.Form):
    """The draft of the answer."""

    answer = _text("Dự thảo trả lời", 8, most=5000)
    note = _text("Tờ trình, ghi chú cho lãnh đạo", 2, required=False)


class ApproveForm(forms.Form):
    """The number of the document that answers."""

    number = forms.CharField(label="Số văn bản trả lời", max_length=80)


class ReasonForm(forms.Form):
    """Why the draft goes back."""

    reason = _text("Lý do trả lại", 2)


class FlagForm(forms.Form):
    """Which rule should be reviewed, and why."""

    review_note = _text("Quy định cần rà soát và vấn đề", most=500)


class EmptyForm(forms.Form):
    """Nothing to fill in."""


class PublishForm(forms.Form):
    """What everybody will read."""

    title = forms.CharField(label="Tiêu đề", max_length=160)
    content = _text("Nội dung phản ánh, đã bỏ dữ liệu cá nhân", 6, most=5000)
    answer = _text("Trả lời, đã bỏ dữ liệu cá nhân", 8, most=5000)
    confirmed = forms.BooleanField(
        label="Tôi đã đọc từng chỗ được đánh dấu; chỗ còn lại không phải dữ liệu cá nhân", required=False
    )
