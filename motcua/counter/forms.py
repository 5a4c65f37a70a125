"""Shape of what is typed at the counter: the dossier, its people, its papers."""

from typing import Any

from django import forms

from motcua.core import identity
from motcua.core.attempts import checked
from motcua.core.forms import DateField
from motcua.core.text import nfc
from motcua.dossiers.models import Party

SHORT = forms.TextInput(attrs={"autocomplete": "off"})
NUMERIC = {"autocomplete": "off", "inputmode": "numeric"}
GENDERS = [("", "Không ghi"), ("Nam", "Nam"), ("Nữ", "Nữ")]


class PartyForm(forms.Form):
    """A person or an organisation as stated; every text in NFC, numbers normalised."""

    kind = forms.ChoiceField(
        label="Đối tượng", choices=Party.Kind.choices, initial=Party.Kind.CITIZEN, widget=forms.RadioSelect
    )
    identity_number = forms.CharField(
        label="Số định danh", max_length=20, required=False, widget=forms.TextInput(attrs=NUMERIC)
    )
    tax_code = forms.CharField(
        label="Mã số thuế", max_length=16, required=False, widget=forms.TextInput(attrs=NUMERIC)
    )
    name = forms.CharField(
        label="Họ và tên",
        max_length=250,
        widget=SHORT,
        error_messages={"required": "Nhập họ tên, hoặc tên tổ chức."},
    )
    birth_date = DateField(label="Ngày sinh", required=False)
    gender = forms.ChoiceField(label="Giới tính", choices=GENDERS, required=False)
    phone = forms.CharField(
        label="Điện thoại",
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={**NUMERIC, "type": "tel"}),
    )
    email = forms.EmailField(
        label="Thư điện tử", required=False, widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    address = forms.CharField(label="Địa chỉ", max_length=400, required=False, widget=SHORT)

    def clean_name(self) -> str:
        return nfc(self.cleaned_data["name"])

    def clean_address(self) -> str:
        return nfc(self.cleaned_data["address"])

    def clean_identity_number(self) -> str:
        return checked(identity.identity_number, self.cleaned_data["identity_number"])

    def clean_tax_code(self) -> str:
        return checked(identity.tax_code, self.cleaned_data["tax_code"])

    def clean_phone(self) -> str:
        return checked(identity.phone, self.cleaned_data["phone"])

    def known(self) -> dict[str, Any]:
        """What is right so far, for the running preview of a form that is still being filled in."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class PaperForm(forms.Form):
    """One line of the checklist. Absent papers keep their line: they are what a supplement request asks for."""

    paper_id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(required=False, max_length=2000, label="Tên giấy tờ khác", widget=SHORT)
    present = forms.BooleanField(required=False, label="Có")
    originals = forms.IntegerField(required=False, min_value=0, max_value=99, label="Chính", initial=0)
    copies = forms.IntegerField(required=False, min_value=0, max_value=99, label="Sao", initial=0)
    electronic = forms.IntegerField(required=False, min_value=0, max_value=99, label="Điện tử", initial=0)
    presented_only = forms.BooleanField(required=False, label="Xuất trình")
    waiver = forms.CharField(required=False, max_length=300, label="Lý do không phải nộp", widget=SHORT)

    def clean_name(self) -> str:
        return nfc(self.cleaned_data["name"])

    @property
    def is_extra(self) -> bool:
        """A line for a paper that the catalogue does not list."""
        return not self["paper_id"].value()


PaperFormSet = forms.formset_factory(PaperForm, extra=0, max_num=120, absolute_max=120)


class IntakeForm(forms.Form):
    """The dossier itself: what is asked for, how it came, how the result goes back."""

    offering = forms.IntegerField(
        label="Thủ tục",
        widget=forms.HiddenInput,
        error_messages={"required": "Chọn thủ tục trước khi tiếp nhận."},
    )
    case = forms.CharField(required=False, max_length=600, widget=forms.HiddenInput)
    channel = forms.ChoiceField(
        label="Cách nộp",
        choices=[("counter", "Trực tiếp"), ("post", "Bưu chính công ích")],
        initial="counter",
    )
    content = forms.CharField(
        label="Nội dung yêu cầu",
        required=False,
        max_length=2000,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    copies_of_dossier = forms.IntegerField(label="Số bộ hồ sơ", min_value=1, max_value=50, initial=1)
    delivery = forms.ChoiceField(
        label="Nhận kết quả",
        choices=[("counter", "Tại quầy"), ("post", "Qua bưu chính"), ("online", "Bản điện tử")],
        initial="counter",
        widget=forms.RadioSelect,
    )
    has_submitter = forms.BooleanField(label="Người khác nộp thay", required=False)
    authorisation = forms.CharField(
        label="Giấy ủy quyền hoặc quan hệ", required=False, max_length=300, widget=SHORT,
        help_text="Ví dụ: con; giấy ủy quyền số 12 ngày 03/11/2026.",
    )  # fmt: skip
    exemption_reason = forms.CharField(
        label="Miễn, giảm", required=False, max_length=200, widget=forms.Select
    )
    fee_copies = forms.IntegerField(label="Số bản", required=False, min_value=0, max_value=100_000, initial=1)
    fee_pages = forms.IntegerField(
        label="Số trang mỗi bản", required=False, min_value=0, max_value=100_000, initial=1
    )
    decision = forms.ChoiceField(
        choices=[
            ("receive", "Tiếp nhận"),
            ("supplement", "Yêu cầu bổ sung"),
            ("decline", "Từ chối"),
            ("keep", "Để lại kiểm tra"),
        ],
        required=False,
    )
    reason = forms.CharField(
        label="Lý do", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
    legal_basis = forms.CharField(label="Căn cứ pháp lý", required=False, max_length=300, widget=SHORT)

    def clean_content(self) -> str:
        return nfc(self.cleaned_data["content"])

    def clean_authorisation(self) -> str:
        return nfc(self.cleaned_data["authorisation"])

    def clean(self) -> dict[str, Any]:
        """A slip of supplement or refusal has to say why."""
        data = super().clean() or {}
        if data.get("decision") == "decline" and not data.get("reason"):
            self.add_error("reason", "Nhập lý do từ chối: người nộp nhận phiếu có ghi lý do này.")
        return data


class PhotoForm(forms.Form):
    """A photograph of an identity card's QR code."""

    photo = forms.FileField(label="Ảnh chụp mã QR trên thẻ căn cước", max_length=200)


class CheckForm(forms.Form):
    """The decision on a dossier that was filed before."""

    decision = forms.ChoiceField(
        choices=[
            ("accept", "Tiếp nhận"),
            ("complete", "Đã bổ sung"),
            ("supplement", "Yêu cầu bổ sung"),
            ("decline", "Từ chối"),
        ]
    )
    reason = forms.CharField(
        label="Lý do (bổ sung, từ chối)",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    items = forms.CharField(
        label="Giấy tờ cần bổ sung",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Mỗi giấy tờ một dòng.",
    )
    legal_basis = forms.CharField(
        label="Căn cứ pháp lý (từ chối)", required=False, max_length=300, widget=SHORT
    )

    def items_asked(self) -> list[dict[str, Any]]:
        """Papers as the supplement request lists them."""
        lines = (nfc(line) for line in self.cleaned_data["items"].splitlines())
        return [{"name": line} for line in lines if line]


class HandOverForm(forms.Form):
    """Dossiers ticked for one agency."""

    fields: dict[str, Any]

    dossier = forms.TypedMultipleChoiceField(
        coerce=int, error_messages={"required": "Đánh dấu ít nhất một hồ sơ."}
    )
    to_agency = forms.IntegerField()

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        ticked = [v for v in (data.getlist("dossier") if data else []) if v.isdecimal() and len(v) < 18]
        self.fields["dossier"].choices = [(value, value) for value in ticked[:300]]


class ReturnForm(forms.Form):
    """Who takes the result, and which originals go back with it."""

    fields: dict[str, Any]

    receiver_name = forms.CharField(label="Họ và tên người nhận", max_length=250, widget=SHORT)
    receiver_identity = forms.CharField(
        label="Số định danh người nhận",
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs=NUMERIC),
        help_text="Bắt buộc khi người nhận không mang giấy hẹn.",
    )
    with_slip = forms.BooleanField(label="Có giấy hẹn", required=False, initial=True)
    originals = forms.TypedMultipleChoiceField(
        label="Bản chính đã trả lại", coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    method = forms.ChoiceField(
        label="Trả bằng",
        choices=[("counter", "Tại quầy"), ("post", "Bưu chính"), ("online", "Điện tử")],
        widget=forms.RadioSelect,
        initial="counter",
    )
    postal_number = forms.CharField(label="Số hiệu bưu gửi", required=False, max_length=20, widget=SHORT)
    signed = forms.BooleanField(
        label="Người nhận đã ký nhận",
        error_messages={"required": "Người nhận phải ký nhận kết quả trước khi ghi nhận đã trả."},
    )

    def __init__(self, *args: Any, originals: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["originals"].choices = [(paper.pk, paper.name) for paper in originals]
        if not originals:
            del self.fields["originals"]

    def clean_receiver_name(self) -> str:
        return nfc(self.cleaned_data["receiver_name"])
