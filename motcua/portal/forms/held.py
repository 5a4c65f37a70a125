"""What a citizen says about sharing a paper of their store."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ShareForm(forms.Form):
    """How long, and for whom."""

    days = forms.TypedChoiceField(
        label=_("Cho xem trong"),
        coerce=int,
        choices=[(1, _("1 ngày")), (7, _("7 ngày")), (30, _("30 ngày")), (90, _("90 ngày"))],
        initial=7,
    )
    note = forms.CharField(
        label=_("Cho ai, để làm gì"),
        max_length=200,
        required=False,
        help_text=_("Để bạn nhớ; người xem không thấy dòng này."),
    )
