"""Shapes of input about money. Amounts are whole đồng; dots between thousands are understood."""

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet

from motcua.agencies.models import Agency
from motcua.core.forms import DateField
from motcua.core.moments import to_utc
from motcua.payments.models import ReceiptBook, Refund
from motcua.payments.rules.days import DENOMINATIONS


class DongField(forms.IntegerField):
    """An amount typed as 1.000.000 or 1000000."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "w-code num", "autocomplete": "off"})

    def to_python(self, value: Any) -> int | None:
        """Drop the dots, spaces and the sign of the currency."""
        if isinstance(value, str):
            value = value.replace(".", "").replace(" ", "").replace("đ", "")
        return super().to_python(value)


class CollectForm(forms.Form):
    """Which charges, how they are paid, from which book the receipt comes."""

    charges = forms.TypedMultipleChoiceField(
        label="Khoản thu",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Chọn ít nhất một khoản."},
    )
    method = forms.ChoiceField(
        label="Hình thức",
        choices=[("cash", "Tiền mặt"), ("transfer", "Chuyển khoản, đã thấy trên sao kê")],
        widget=forms.RadioSelect,
        initial="cash",
    )
    bank_reference = forms.CharField(
        label="Số giao dịch", max_length=60, required=False, help_text="Chỉ ghi khi chuyển khoản."
    )
    payer_name = forms.CharField(label="Người nộp tiền", max_length=200, required=False)
    book_id = forms.TypedChoiceField(label="Quyển biên lai", coerce=int)

    def __init__(self, *args: Any, due: list[Any], books: list[ReceiptBook], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        charges: Any = self.fields["charges"]
        charges.choices = [(one.pk, str(one)) for one in due]
        charges.initial = [one.pk for one in due]
        book: Any = self.fields["book_id"]
        book.choices = [
            (one.pk, f"{one} của {one.agency}, số tiếp theo {one.last_number + 1}") for one in books
        ]
        self.fields["payer_name"].widget.attrs["placeholder"] = due[0].payer_name if due else ""


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label="Lý do", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class ExemptForm(ReasonForm):
    """Why a charge is not collected."""

    document = forms.CharField(
        label="Giấy tờ chứng minh",
        max_length=200,
        required=False,
        help_text="Ví dụ: giấy chứng nhận hộ nghèo.",
    )


class RefundForm(ReasonForm):
    """Why and by which decision money goes back."""

    document = forms.CharField(label="Quyết định hoàn trả", max_length=200)
    method = forms.ChoiceField(
        label="Cách hoàn trả", choices=Refund.Method.choices, widget=forms.RadioSelect, initial="cash"
    )


class CloseForm(forms.Form):
    """The drawer counted, by notes or as a sum."""

    counted_cash = DongField(
        label="Tiền mặt đếm được (đồng)",
        min_value=0,
        required=False,
        help_text="Để trống nếu kê theo mệnh giá.",
    )
    note = forms.CharField(
        label="Giải trình chênh lệch",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for value in DENOMINATIONS:
            label = f"{value:,} đ".replace(",", ".")
            self.fields[f"note_{value}"] = forms.IntegerField(
                label=label,
                min_value=0,
                max_value=100_000,
                required=False,
                widget=forms.NumberInput(attrs={"class": "w-short num"}),
            )

    @property
    def note_fields(self) -> list[forms.BoundField]:
        """The fields of the notes, largest first."""
        return [self[f"note_{value}"] for value in DENOMINATIONS]

    def clean(self) -> dict[str, Any]:
        """Gather the notes into `denominations`."""
        cleaned = super().clean() or {}
        found = {value: cleaned.pop(f"note_{value}", None) or 0 for value in DENOMINATIONS}
        cleaned["denominations"] = {value: number for value, number in found.items() if number}
        return cleaned


class RegisterFilter(forms.Form):
    """What to look for in the register."""

    q = forms.CharField(
        label="Tìm",
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "người nộp, số, mã hồ sơ"}),
    )
    first_day = DateField(label="Từ ngày", required=False)
    last_day = DateField(label="Đến ngày", required=False)


class AgencyForm(forms.Form):
    """A form about one of the agencies in reach."""

    agency = forms.ModelChoiceField(label="Cơ quan", queryset=Agency.objects.none(), empty_label=None)

    def __init__(self, *args: Any, agencies: QuerySet[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["agency"]
        field.queryset = agencies


class BookForm(AgencyForm):
    """A new book of receipts."""

    symbol = forms.CharField(label="Ký hiệu biên lai", max_length=20)
    template_code = forms.CharField(label="Ký hiệu mẫu", max_length=20, required=False)
    year = forms.IntegerField(label="Năm", min_value=2010, max_value=2100)
    first_number = forms.IntegerField(label="Từ số", min_value=1, max_value=9_999_999, initial=1)
    final_number = forms.IntegerField(
        label="Đến số",
        min_value=1,
        max_value=9_999_999,
        required=False,
        help_text="Để trống nếu không giới hạn.",
    )
    is_electronic = forms.BooleanField(label="Biên lai điện tử", required=False)
    source = forms.CharField(label="Thông báo phát hành", max_length=300, required=False)


class AccountForm(AgencyForm):
    """The account that transfers go to."""

    bank_bin = forms.CharField(label="Mã ngân hàng (BIN)", max_length=6, help_text="6 chữ số, ví dụ 970436.")
    bank_name = forms.CharField(label="Tên ngân hàng hoặc Kho bạc", max_length=120)
    account_number = forms.CharField(label="Số tài khoản", max_length=19)
    holder = forms.CharField(label="Chủ tài khoản", max_length=120)
    valid_from = DateField(label="Thu từ ngày")
    source = forms.CharField(label="Căn cứ", max_length=300, help_text="Văn bản thông báo tài khoản thu.")


class EndAccountForm(ReasonForm):
    """Until when an account collects."""

    last_day = DateField(label="Ngày cuối cùng")


class TransferForm(AgencyForm):
    """One line of the bank statement."""

    bank_reference = forms.CharField(label="Số giao dịch", max_length=60)
    memo = forms.CharField(label="Nội dung chuyển khoản", max_length=300)
    amount = DongField(label="Số tiền (đồng)", min_value=1)
    paid_on = DateField(label="Ngày chuyển")
    paid_time = forms.TimeField(label="Giờ chuyển", initial="12:00")
    book_id = forms.TypedChoiceField(label="Quyển biên lai", coerce=int, required=False, empty_value=None)

    def __init__(self, *args: Any, books: QuerySet[ReceiptBook], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["book_id"]
        field.choices = [("", "tự chọn"), *((book.pk, str(book)) for book in books)]

    def clean(self) -> dict[str, Any]:
        """Join day and time into `paid_at`."""
        cleaned = super().clean() or {}
        day, time = cleaned.pop("paid_on", None), cleaned.pop("paid_time", None)
        if day and time:
            cleaned["paid_at"] = to_utc(datetime.combine(day, time))
        return cleaned
