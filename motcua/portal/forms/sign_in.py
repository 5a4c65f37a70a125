"""What a citizen types in to sign in, about themselves, and about those they act for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.accounts.models import Organisation, Profile, Representation
from motcua.accounts.rules import codes
from motcua.core.errors import RuleViolation
from motcua.core.forms import DateField
from motcua.core.identity import phone_text
from motcua.portal.forms.documents import NUMBER, NUMBER_HINT, DocumentField


class AddressField(forms.CharField):
    """A phone number or a mailbox, as `codes.Address`."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(
            {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        )
        super().__init__(max_length=254, widget=widget, **kwargs)

    def clean(self, value: Any) -> Any:
        """The address in one spelling."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return codes.address(text)
        except RuleViolation as error:
            raise forms.ValidationError(error.message) from error


class AddressForm(forms.Form):
    """To where the code goes."""

    address = AddressField(
        label=_("Số điện thoại di động hoặc thư điện tử"),
        help_text=_("Chúng tôi gửi tới đây một mã gồm 6 chữ số."),
    )


class CodeForm(forms.Form):
    """The code that was sent."""

    code = forms.CharField(
        label=_("Mã 6 chữ số"),
        max_length=12,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "one-time-code", "class": "w-code"}),
    )

    def clean_code(self) -> str:
        """Six digits."""
        typed = codes.digits(self.cleaned_data["code"])
        if not (len(typed) == 6 and typed.isascii() and typed.isdigit()):
            raise forms.ValidationError(_("Mã gồm đúng 6 chữ số."))
        return typed


class NameForm(forms.Form):
    """Who a new account is of."""

    full_name = forms.CharField(
        label=_("Họ và tên"),
        max_length=120,
        help_text=_("Như trên căn cước hoặc hộ chiếu."),
        widget=forms.TextInput({"autocomplete": "name"}),
    )


class ProfileForm(NameForm):
    """One's own details. What papers have proven is shown, not changed."""

    document_country = DocumentField()
    identity_number = forms.CharField(
        label=NUMBER,
        max_length=20,
        required=False,
        help_text=NUMBER_HINT,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    birth_date = DateField(label=_("Ngày sinh"), required=False)
    gender = forms.ChoiceField(
        label=_("Giới tính"), choices=[("", "–"), ("male", _("Nam")), ("female", _("Nữ"))], required=False
    )
    address = forms.CharField(
        label=_("Nơi ở hiện nay"),
        max_length=300,
        required=False,
        widget=forms.TextInput({"autocomplete": "street-address"}),
    )
    language = forms.ChoiceField(label=_("Ngôn ngữ của tin nhắn"), choices=Profile.Language.choices)

    def __init__(self, *args: Any, profile: Profile, **kwargs: Any) -> None:
        fields = ("document_country", "identity_number", "birth_date", "gender", "address", "language")
        initial = {name: getattr(profile, name) for name in fields} | {"full_name": profile.user.full_name}
        super().__init__(*args, **{**kwargs, "initial": initial})
        if profile.is_proven:
            fixed = (
                "full_name",
                "document_country",
                "identity_number",
                *(("birth_date",) if profile.birth_date else ()),
            )
            for name in fixed:
                self.fields[name].disabled = True
                self.fields[name].help_text = _("Đã đối chiếu giấy tờ. Muốn sửa, đến bộ phận một cửa.")


class IdentityForm(forms.Form):
    """One's identity number, to take over what was filed for one."""

    identity_number = forms.CharField(
        label=NUMBER,
        max_length=20,
        help_text=_("Trên căn cước hoặc hộ chiếu, như đã đưa cho người lập hồ sơ hộ."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )


class OrganisationForm(forms.Form):
    """An organisation that one represents."""

    name = forms.CharField(label=_("Tên doanh nghiệp, tổ chức"), max_length=250)
    tax_code = forms.CharField(label=_("Mã số thuế"), max_length=20)
    kind = forms.ChoiceField(
        label=_("Loại"),
        choices=[
            (Organisation.Kind.ENTERPRISE, _("Doanh nghiệp")),
            (Organisation.Kind.HOUSEHOLD, _("Hộ kinh doanh")),
            (Organisation.Kind.ORGANISATION, _("Tổ chức")),
        ],
    )
    address = forms.CharField(label=_("Địa chỉ trụ sở"), max_length=300, required=False)


class InviteForm(forms.Form):
    """Whom to invite, as what."""

    address = AddressField(label=_("Số điện thoại hoặc thư điện tử của người được mời"))
    role = forms.ChoiceField(
        label=_("Vai trò"),
        choices=[
            (Representation.Role.STAFF, _("Nhân viên: nộp, theo dõi hồ sơ thay")),
            (Representation.Role.REPRESENTATIVE, _("Người đại diện: thêm quyền mời và cho người khác thôi")),
        ],
        widget=forms.RadioSelect,
        initial=Representation.Role.STAFF,
    )


class AuthoriseForm(forms.Form):
    """Who may act for one, in what, how long."""

    address = AddressField(label=_("Số điện thoại hoặc thư điện tử của người được ủy quyền"))
    identity_number = forms.CharField(
        label=_("Số định danh hoặc số hộ chiếu của người được ủy quyền"), max_length=20
    )
    scope = forms.CharField(
        label=_("Mã thủ tục được ủy quyền"),
        max_length=40,
        required=False,
        help_text=_("Ví dụ 1.001193. Để trống nếu ủy quyền cho mọi thủ tục."),
    )
    valid_from = DateField(label=_("Từ ngày"))
    valid_to = DateField(
        label=_("Đến hết ngày"), required=False, help_text=_("Để trống: một năm (Bộ luật Dân sự, Điều 563).")
    )
    document = forms.CharField(
        label=_("Văn bản ủy quyền"),
        max_length=200,
        required=False,
        help_text=_("Số, ngày, nơi công chứng hoặc chứng thực, nếu có."),
    )

    def clean_scope(self) -> str:
        """Spaces make no difference to a code."""
        return "".join(self.cleaned_data["scope"].split())

    def clean_identity_number(self) -> str:
        """Spaces and small letters make no difference to a number."""
        return "".join(self.cleaned_data["identity_number"].split()).upper()


class ActingForm(forms.Form):
    """For whom one acts from now on."""

    party = forms.ChoiceField(label=_("Bạn đang làm cho ai?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, parties: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party"].choices = parties  # type: ignore[attr-defined]


def shown(address: codes.Address) -> str:
    """An address as people write it."""
    return phone_text(address.text) if address.phone else address.text
