"""The plain pages of filing: where, for whom, who, how the result is received. They keep whatever is typed; acts judge it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.translation import gettext_lazy as _

from motcua.portal.forms.documents import NUMBER, NUMBER_HINT, DocumentField, document_name

Choices = Iterable[tuple[str, Any]]
LIST_FROM = 9  # so many places are a list to open, fewer stand there to be tapped


class Page(forms.Form):
    """A page that shows what is kept and what is wrong with it; it is never the judge."""

    def __init__(self, values: Mapping[str, Any], errors: Mapping[str, str] | None = None) -> None:
        super().__init__(initial=dict(values))
        self.full_clean()
        for name, said in (errors or {}).items():
            self.errors[name if name in self.fields else NON_FIELD_ERRORS] = self.error_class([said])


class OfficePage(Page):
    """Where to file."""

    place = forms.ChoiceField(label=_("Nơi nộp hồ sơ"))

    def __init__(
        self, choices: Choices, values: Mapping[str, Any], errors: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(values, errors)
        rows = list(choices)
        wide = len(rows) >= LIST_FROM
        self.fields["place"].widget = forms.Select() if wide else forms.RadioSelect()
        self.fields["place"].choices = [("", _("Chọn…")), *rows] if wide else rows  # type: ignore[attr-defined]


class CasePage(Page):
    """Which case of the procedure."""

    case = forms.ChoiceField(label=_("Trường hợp của bạn"), widget=forms.RadioSelect)
    limit_case = forms.ChoiceField(
        label=_("Trường hợp về thời hạn"), widget=forms.RadioSelect, required=False
    )

    def __init__(
        self,
        cases: Iterable[str],
        limits: Iterable[str],
        values: Mapping[str, Any],
        errors: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(values, errors)
        known, timed = list(cases), list(limits)
        self.fields["case"].choices = [(one, one.strip("*: ")) for one in known]  # type: ignore[attr-defined]
        self.fields["limit_case"].choices = [("", _("Trường hợp chung")), *((one, one) for one in timed)]  # type: ignore[attr-defined]
        for name, choices in (("case", known), ("limit_case", timed)):
            if not choices:
                del self.fields[name]


class ForPage(Page):
    """For whom."""

    acting = forms.ChoiceField(label=_("Bạn nộp hồ sơ cho ai?"), widget=forms.RadioSelect)

    def __init__(
        self, choices: Choices, values: Mapping[str, Any], errors: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(values, errors)
        self.fields["acting"].choices = list(choices)  # type: ignore[attr-defined]


class PartyPage(Page):
    """The applicant's particulars. `settled`: names of fields that an account or a registration proves."""

    name = forms.CharField(label=_("Họ, chữ đệm và tên"), widget=forms.TextInput({"autocomplete": "name"}))
    identity_country = DocumentField()
    identity_number = forms.CharField(
        label=NUMBER,
        help_text=NUMBER_HINT,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    tax_code = forms.CharField(
        label=_("Mã số thuế"), widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"})
    )
    birth_date = forms.CharField(
        label=_("Ngày sinh"),
        required=False,
        help_text=_("Ngày/tháng/năm, ví dụ 05/01/1990."),
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "bday", "class": "w-date"}),
    )
    gender = forms.ChoiceField(
        label=_("Giới tính"),
        required=False,
        choices=[("male", _("Nam")), ("female", _("Nữ"))],
        widget=forms.RadioSelect,
    )
    phone = forms.CharField(
        label=_("Số điện thoại"),
        help_text=_("Cơ quan báo tin về hồ sơ qua số này."),
        widget=forms.TextInput({"type": "tel", "autocomplete": "tel"}),
    )
    email = forms.CharField(
        label=_("Thư điện tử"),
        required=False,
        widget=forms.TextInput({"inputmode": "email", "autocomplete": "email"}),
    )
    address = forms.CharField(
        label=_("Địa chỉ"),
        help_text=_("Số nhà, đường, thôn, tổ; xã, phường; tỉnh, thành phố."),
        widget=forms.Textarea({"rows": 2, "autocomplete": "street-address"}),
    )
    authorisation = forms.CharField(
        label=_("Giấy ủy quyền, hoặc quan hệ với người đó"),
        help_text=_("Ví dụ: mẹ; giấy ủy quyền ngày 05/01/2026."),
    )

    def __init__(
        self,
        acting: str,
        settled: Iterable[str],
        values: Mapping[str, Any],
        errors: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(values, errors)
        of_company = acting.startswith("organisation/")
        personal = ("identity_country", "identity_number", "birth_date", "gender")
        for name in personal if of_company else ("tax_code",):
            del self.fields[name]
        if (
            not of_company and "identity_country" in settled
        ):  # a list cannot be read only: it is said in words
            del self.fields["identity_country"]
            self.fields["identity_number"].help_text = document_name(str(values.get("identity_country", "")))
        if of_company:
            self.fields["name"].label = _("Tên tổ chức")
        if acting != "other":
            del self.fields["authorisation"]
        for name in set(settled) & set(self.fields):
            self.fields[name].widget.attrs["readonly"] = True


class FeesPage(Page):
    """What decides the fee: how many, and whether one is exempt. `counted`: the numbers that the amount depends on."""

    copies = forms.CharField(
        label=_("Bạn cần bao nhiêu bản?"),
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off", "class": "w-date"}),
    )
    pages = forms.CharField(
        label=_("Mỗi bản có bao nhiêu trang?"),
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off", "class": "w-date"}),
    )
    exemption = forms.ChoiceField(
        label=_("Bạn thuộc đối tượng được miễn, giảm nào?"),
        help_text=_("Cán bộ kiểm tra lại khi tiếp nhận. Có giấy chứng minh thì gửi kèm ở bước Giấy tờ."),
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(
        self,
        counted: Iterable[str],
        exemptions: Choices,
        values: Mapping[str, Any],
        errors: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(values, errors)
        known = list(exemptions)
        self.fields["exemption"].choices = [("", _("Không, tôi nộp đủ")), *known]  # type: ignore[attr-defined]
        for name in {"copies", "pages"} - set(counted):
            del self.fields[name]
        if not known:
            del self.fields["exemption"]


class DeliveryPage(Page):
    """How the result is received."""

    way = forms.ChoiceField(
        label=_("Bạn nhận kết quả bằng cách nào?"),
        widget=forms.RadioSelect,
        choices=[
            ("online", _("Bản điện tử, trong tài khoản của tôi")),
            ("counter", _("Đến nhận tại nơi nộp hồ sơ")),
            ("post", _("Bưu điện mang đến nhà (người nhận trả cước)")),
        ],
    )
    address = forms.CharField(
        label=_("Địa chỉ nhận (khi chọn bưu điện)"), required=False, widget=forms.Textarea({"rows": 2})
    )
