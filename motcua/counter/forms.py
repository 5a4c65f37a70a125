"""Shape of what is typed at the counter: the dossier, its people, its papers."""

from functools import partial
from typing import Any

from django import forms

from motcua.core import identity
from motcua.core.attempts import checked
from motcua.core.countries import country_code
from motcua.core.forms import CountryField, DateField, PlainForm, SharedFields
from motcua.core.text import nfc
from motcua.dossiers.fee_fields import add_fee_fields
from motcua.dossiers.models import Party
from motcua.dossiers.queries.fees import FeeView
from motcua.dossiers.rules.fees import LABELS

SHORT = forms.TextInput(attrs={"autocomplete": "off"})
NUMERIC = {"autocomplete": "off", "inputmode": "numeric"}
GENDERS = [("", "Không ghi"), ("Nam", "Nam"), ("Nữ", "Nữ")]


class PartyForm(PlainForm):
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
    identity_country = CountryField(
        label="Nước cấp hộ chiếu", required=False, help_text="Chỉ ghi khi giấy tờ là hộ chiếu."
    )

    def clean_name(self) -> str:
        return nfc(self.cleaned_data["name"])

    def clean_address(self) -> str:
        return nfc(self.cleaned_data["address"])

    def clean_identity_number(self) -> str:
        """As the number of a passport where a country is typed: of some countries it is all digits."""
        country = country_code(str(self.data.get(self.add_prefix("identity_country"), "")))
        check = partial(identity.passport, country=country) if country else identity.identity_number
        return checked(check, self.cleaned_data["identity_number"])

    def clean_tax_code(self) -> str:
        return checked(identity.tax_code, self.cleaned_data["tax_code"])

    def clean_phone(self) -> str:
        return checked(identity.phone, self.cleaned_data["phone"])

    def known(self) -> dict[str, Any]:
        """What is right so far, for the running preview of a form that is still being filled in."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class PaperForm(PlainForm):
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

    def has_changed(self) -> bool:
        """Every line counts as it stands, an empty one too: nothing on it is required, so nothing has to be compared."""
        return True

    @property
    def is_extra(self) -> bool:
        """A line for a paper that the catalogue does not list."""
        return not self["paper_id"].value()


PaperForm.base_fields = SharedFields(PaperForm.base_fields)
PaperFormSet = forms.formset_factory(PaperForm, extra=0, max_num=120, absolute_max=120)


class IntakeForm(PlainForm):
    """The dossier itself: what is asked for, how it came, how the result goes back."""

    offering = forms.IntegerField(
        label="Thủ tục",
        widget=forms.HiddenInput,
        error_messages={"required": "Chọn thủ tục trước khi tiếp nhận."},
    )
    case = forms.CharField(required=False, max_length=600, widget=forms.HiddenInput)
    limit_case = forms.CharField(label="Trường hợp về thời hạn", required=False, max_length=600)
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
        label=LABELS["exemption"], required=False, max_length=200, widget=forms.Select
    )
    fee_copies = forms.IntegerField(
        label=LABELS["copies"], required=False, min_value=0, max_value=100_000, initial=1
    )
    fee_pages = forms.IntegerField(
        label=LABELS["pages"], required=False, min_value=0, max_value=100_000, initial=1
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
        """A refusal has to say why, and by which law."""
        data = super().clean() or {}
        require_founded(self, data)
        return data


# No form of a reception changes its fields, and there are eight and more of them: copying them would be half of its work.
PartyForm.base_fields = SharedFields(PartyForm.base_fields)
IntakeForm.base_fields = SharedFields(IntakeForm.base_fields)


def require_founded(form: forms.Form, data: dict[str, Any]) -> None:
    """Note what a refusal lacks: the reason, the law. Both stand on the slip (Mẫu số 03)."""
    if data.get("decision") != "decline":
        return
    if not data.get("reason"):
        form.add_error("reason", "Nhập lý do từ chối: người nộp nhận phiếu có ghi lý do này.")
    if not data.get("legal_basis"):
        form.add_error(
            "legal_basis",
            "Nhập căn cứ pháp lý của việc từ chối (số văn bản, điều, khoản): phiếu ghi căn cứ này.",
        )


class PhotoForm(forms.Form):
    """A photograph of an identity card's QR code."""

    photo = forms.FileField(label="Ảnh chụp mã QR trên thẻ căn cước", max_length=200)


class CheckForm(forms.Form):
    """The decision on a dossier that was filed before; with what decides its fee, as stated, to be corrected."""

    fields: dict[str, Any]

    decision = forms.ChoiceField(
        choices=[
            ("accept", "Tiếp nhận"),
            ("count", "Tính lại"),
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
        label="Giấy tờ khác cần bổ sung",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Mỗi giấy tờ một dòng.",
    )
    legal_basis = forms.CharField(
        label="Căn cứ pháp lý (từ chối)", required=False, max_length=300, widget=SHORT
    )

    def __init__(self, *args: Any, fees: FeeView | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if fees:
            add_fee_fields(self.fields, fees)

    def clean(self) -> dict[str, Any]:
        """A refusal names its reason and the law."""
        data = super().clean() or {}
        require_founded(self, data)
        return data

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
        label="Số giấy tờ người nhận",
        required=False,
        max_length=20,
        widget=SHORT,
        help_text="Cần khi không mang giấy hẹn; được đối chiếu.",
    )
    letter_number = forms.CharField(
        label="Số văn bản ủy quyền",
        required=False,
        max_length=200,
        widget=SHORT,
        help_text="Không có số thì ghi nơi công chứng, chứng thực.",
    )
    letter_day = DateField(label="Ngày văn bản", required=False)
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
    signed = forms.BooleanField(label="Người nhận đã ký nhận", required=False)

    def __init__(self, *args: Any, originals: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["originals"].choices = [(paper.pk, paper.name) for paper in originals]
        if not originals:
            del self.fields["originals"]

    def clean_receiver_name(self) -> str:
        return nfc(self.cleaned_data["receiver_name"])

    def clean(self) -> dict[str, Any]:
        """Nobody signs for what lies in an account."""
        typed = super().clean() or {}
        if typed.get("method") != "online" and not typed.get("signed"):
            self.add_error("signed", "Người nhận phải ký nhận kết quả trước khi ghi nhận đã trả.")
        return typed
