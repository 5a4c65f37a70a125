"""Shapes of input about paying online."""

from django import forms

from motcua.core.forms import DateField
from motcua.payments import adapters
from motcua.payments.forms.counter import AgencyForm, ReasonForm


def _adapters() -> list[tuple[str, str]]:
    return list(adapters.known().items())


class GatewayForm(forms.Form):
    """Particulars of a gateway."""

    name = forms.CharField(label="Tên cổng thanh toán", max_length=100, help_text="Người dân đọc tên này.")
    adapter = forms.ChoiceField(label="Cách nối", choices=_adapters)
    address = forms.CharField(
        label="Địa chỉ",
        max_length=300,
        help_text="https://cong.example.vn/api; chỉ máy chủ này được gọi tới.",
    )
    merchant = forms.CharField(label="Mã đơn vị tại cổng", max_length=60)
    secret = forms.CharField(
        label="Khóa bí mật",
        max_length=500,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Lưu đã mã hóa, không hiện lại. Để trống: giữ khóa đang có.",
    )
    secret_env = forms.CharField(
        label="Hoặc biến môi trường giữ khóa",
        max_length=60,
        required=False,
        help_text="Ví dụ MOTCUA_GATEWAY_1; khi có thì dùng thay khóa đã lưu.",
    )
    timeout_seconds = forms.IntegerField(label="Chờ trả lời (giây)", min_value=1, max_value=30)
    order_minutes = forms.IntegerField(label="Giao dịch có hạn (phút)", min_value=5, max_value=1440)
    valid_from = DateField(label="Dùng từ ngày")
    valid_to = DateField(label="Đến hết ngày", required=False)
    source = forms.CharField(label="Căn cứ", max_length=300, help_text="Hợp đồng, văn bản thỏa thuận.")


class NewGatewayForm(AgencyForm, GatewayForm):
    """The code stands in the address at which the gateway calls, so it never changes."""

    code = forms.SlugField(
        label="Mã",
        max_length=30,
        help_text="Chữ không dấu, số, gạch nối; ví dụ cong-1. Không đổi được về sau.",
    )
    field_order = ["agency", "code", "name"]


class UseForm(AgencyForm):
    """An agency that is paid through a gateway."""

    valid_from = DateField(label="Dùng từ ngày")


class EndUseForm(forms.Form):
    """Until when."""

    last_day = DateField(label="Ngày cuối cùng")


class OnlineRefundForm(ReasonForm):
    """Why and by which decision money goes back through the gateway."""

    document = forms.CharField(label="Quyết định hoàn trả", max_length=200)


class ExcessForm(forms.Form):
    """How money that was not owed went back by hand."""

    note = forms.CharField(label="Đã hoàn trả bằng cách nào", max_length=300)
    document = forms.CharField(label="Quyết định hoàn trả", max_length=150)
