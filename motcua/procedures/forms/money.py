"""Forms of fees and of offerings."""

from typing import Any

from django import forms

from motcua.agencies.models import Agency
from motcua.core.forms import DateField
from motcua.procedures.actions import FeeData, Reduction
from motcua.procedures.forms.attachments import FileForm
from motcua.procedures.forms.catalogue import UNITS
from motcua.procedures.models import Channel, Fee, ProcedureVersion
from motcua.procedures.rules.fees import Exemption


class FeeForm(forms.Form):
    """A line of a fee schedule."""

    kind = forms.ChoiceField(label="Loại khoản thu", choices=Fee.Kind.choices)
    name = forms.CharField(label="Tên khoản thu", max_length=300)
    channel = forms.ChoiceField(
        label="Cách thức", choices=[("", "Mọi cách thức"), *Channel.choices], required=False
    )
    area = forms.ModelChoiceField(
        Agency.objects.none(), label="Địa bàn", required=False, empty_label="Mọi địa bàn"
    )
    per = forms.ChoiceField(label="Tính theo", choices=Fee.Per.choices)
    amount_dong = forms.IntegerField(label="Mức thu (đồng)", min_value=0)
    first_pages = forms.IntegerField(
        label="Số trang đầu thu mức này", min_value=1, required=False, help_text="Chỉ khi tính theo trang."
    )
    next_page_dong = forms.IntegerField(label="Từ trang tiếp theo (đồng/trang)", min_value=0, required=False)
    cap_dong = forms.IntegerField(label="Mức trần (đồng/bản)", min_value=1, required=False)
    legal_basis = forms.CharField(label="Căn cứ", max_length=300)
    valid_from = DateField(label="Áp dụng từ ngày")
    exemptions = forms.CharField(
        label="Miễn, giảm",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Mỗi dòng: đối tượng; giảm bao nhiêu %; căn cứ; giấy tờ chứng minh (nếu phải có). "
        "Ví dụ: Người khuyết tật; 100; Luật Hộ tịch, Điều 11; Giấy xác nhận khuyết tật",
    )
    source = forms.CharField(label="Nguồn, ghi chú", max_length=300, required=False)

    def __init__(self, *args: Any, areas: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = areas  # type: ignore[attr-defined]  # a field of choice

    def clean_exemptions(self) -> tuple[Exemption, ...]:
        """Each line as an exemption."""
        return tuple(
            _exemption(line) for line in self.cleaned_data["exemptions"].splitlines() if line.strip()
        )

    def data_of(self) -> FeeData:
        """The line as `add_fee` wants it."""
        data = dict(self.cleaned_data)
        area, first, following = data.pop("area"), data.pop("first_pages"), data.pop("next_page_dong")
        tiers = [[first, data["amount_dong"]], [None, following]] if first and following is not None else None
        return FeeData(**data, area_id=area.pk if area else None, tiers=tiers)


def _exemption(line: str) -> Exemption:
    parts = [part.strip() for part in line.split(";")]
    percent = parts[1].rstrip(" %") if len(parts) > 1 else "100"
    if not percent.isascii() or not percent.isdigit():
        raise forms.ValidationError(f"Dòng “{line[:60]}”: mức giảm phải là số từ 1 đến 100.")
    basis, proof = (*parts[2:4], "", "")[:2]
    return Exemption(parts[0], int(percent), basis[:300], proof[:300])


class EndForm(forms.Form):
    """The last day of a line or an offering."""

    last_day = DateField(label="Áp dụng đến hết ngày")


class OfferingForm(forms.Form):
    """An agency resolves the procedure, perhaps in a shorter time."""

    agency = forms.ModelChoiceField(Agency.objects.none(), label="Cơ quan giải quyết")
    valid_from = DateField(label="Từ ngày")
    reduced_amount = forms.DecimalField(
        label="Thời hạn đã cắt giảm",
        min_value=0,
        max_value=10_000,
        decimal_places=2,
        required=False,
        localize=True,
    )
    reduced_unit = forms.ChoiceField(label="Đơn vị", choices=UNITS, required=False)
    reduced_document = forms.CharField(label="Văn bản cắt giảm", max_length=200, required=False)
    non_territorial = forms.BooleanField(label="Tiếp nhận phi địa giới", required=False)
    by_post = forms.BooleanField(label="Nhận qua bưu chính công ích", required=False, initial=True)
    online_level = forms.ChoiceField(
        label="Mức độ trực tuyến tại cơ quan",
        choices=[("", "Như thủ tục"), *ProcedureVersion.OnlineLevel.choices],
        required=False,
    )
    desk = forms.CharField(label="Quầy", max_length=30, required=False)

    def __init__(self, *args: Any, agencies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]  # a field of choice

    def values(self) -> dict[str, Any]:
        """The offering as `offer` wants it."""
        data = dict(self.cleaned_data)
        amount, unit, document = (
            data.pop(name) for name in ("reduced_amount", "reduced_unit", "reduced_document")
        )
        reduction = Reduction(amount, unit, document) if amount is not None else None
        return {"agency_id": data.pop("agency").pk, "reduction": reduction, **data}


class TemplateForm(FileForm):
    """A document from which results are made, and from when."""

    valid_from = DateField(label="Từ ngày")
