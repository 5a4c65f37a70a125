"""Shapes of input about statements and reconciliation."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet

from motcua.core.forms import DateField
from motcua.core.money import dong
from motcua.payments.forms.counter import AgencyForm
from motcua.payments.models import BankTransfer, Charge, PaymentAccount, StatementLayout
from motcua.payments.rules.statements import DATE_FORMATS


class StatementForm(forms.Form):
    """A statement of a collecting account."""

    account = forms.ModelChoiceField(
        label="Tài khoản thu", queryset=PaymentAccount.objects.none(), empty_label=None
    )
    layout = forms.ModelChoiceField(
        label="Mẫu sao kê", queryset=StatementLayout.objects.none(), empty_label=None
    )
    file = forms.FileField(
        label="Tệp sao kê",
        max_length=200,
        help_text="CSV hoặc MT940, tối đa 10 MB. Nhập lại cùng tệp không ghi trùng.",
    )

    def __init__(
        self,
        *args: Any,
        accounts: QuerySet[PaymentAccount],
        layouts: QuerySet[StatementLayout],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        account: Any = self.fields["account"]
        layout: Any = self.fields["layout"]
        account.queryset, layout.queryset = accounts, layouts

    def clean(self) -> dict[str, Any]:
        """Turn the account into its number, and the file into its content and name."""
        cleaned = super().clean() or {}
        account, upload = cleaned.pop("account", None), cleaned.pop("file", None)
        if account and upload:
            cleaned |= {"account_id": account.pk, "content": upload.read(), "name": upload.name}
        return cleaned


class LayoutForm(forms.Form):
    """How a bank writes its CSV."""

    name = forms.CharField(label="Tên mẫu", max_length=100, help_text="Ví dụ: Ngân hàng A, tài khoản thu.")
    kind = forms.ChoiceField(label="Dạng tệp", choices=StatementLayout.Kind.choices)
    reference = forms.CharField(label="Cột số giao dịch", max_length=60, required=False)
    memo = forms.CharField(label="Cột nội dung", max_length=60, required=False)
    credit = forms.CharField(label="Cột tiền vào (ghi có)", max_length=60, required=False)
    debit = forms.CharField(label="Cột tiền ra (ghi nợ)", max_length=60, required=False)
    date = forms.CharField(label="Cột ngày giao dịch", max_length=60, required=False)
    dates = forms.ChoiceField(label="Dạng ngày", choices=[(key, key) for key in DATE_FORMATS])
    delimiter = forms.ChoiceField(label="Ngăn cách cột", choices=[(",", "phẩy ,"), (";", "chấm phẩy ;"), ("\t", "tab")])  # fmt: skip
    thousands = forms.ChoiceField(label="Ngăn cách hàng nghìn", choices=[(".", "chấm 1.000"), (",", "phẩy 1,000")])  # fmt: skip
    skip = forms.IntegerField(
        label="Số dòng bỏ qua trước dòng tiêu đề", min_value=0, max_value=100, initial=0
    )
    source = forms.CharField(label="Căn cứ", max_length=300, required=False)


class ResolveForm(forms.Form):
    """What became of a transfer that did not match."""

    way = forms.ChoiceField(
        label="Cách xử lý",
        choices=[c for c in BankTransfer.Way.choices if c[0] != BankTransfer.Way.MATCHED],
        widget=forms.RadioSelect,
    )
    document = forms.CharField(
        label="Quyết định hoàn trả", max_length=200, required=False, help_text="Bắt buộc khi hoàn trả."
    )
    note = forms.CharField(
        label="Cách xử lý cụ thể", max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class MatchForm(forms.Form):
    """Which charges a transfer is for."""

    charges = forms.TypedMultipleChoiceField(
        label="Khoản thu",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Chọn ít nhất một khoản."},
    )
    note = forms.CharField(label="Ghi chú", max_length=300, required=False)

    def __init__(self, *args: Any, found: list[Charge], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["charges"]
        field.choices = [(one.pk, f"{one.code}: {one}, {dong(one.amount)}") for one in found]


class SpanForm(AgencyForm):
    """An agency and a day, or a whole month."""

    day = DateField(label="Ngày")
    whole = forms.BooleanField(label="Cả tháng", required=False)

    def span(self) -> tuple[date, date]:
        """First and last day."""
        day: date = self.cleaned_data["day"]
        if not self.cleaned_data["whole"]:
            return day, day
        first = day.replace(day=1)
        return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


class ExplainForm(forms.Form):
    """Why something does not match."""

    note = forms.CharField(label="Giải trình", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
