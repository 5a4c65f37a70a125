"""What is typed when the post tells what became of a result."""

from django import forms

from motcua.core.forms import DateField
from motcua.dossiers.forms.acts import LINES, TEXT, ActForm
from motcua.dossiers.rules.post import BACK_REASONS


class DeliveredForm(ActForm):
    """Who took the item, and when."""

    received_by = forms.CharField(
        label="Người nhận bưu gửi",
        max_length=250,
        widget=TEXT,
        help_text="Theo báo phát của bưu chính; có thể là người nhận thay.",
    )
    delivered_on = DateField(label="Ngày phát")

    def prepare(self) -> None:
        dossier = self.around.dossier
        self.fields["received_by"].initial = (dossier.submitter or dossier.applicant).name


class CameBackForm(ActForm):
    """Why the post could not deliver."""

    reason = forms.ChoiceField(label="Lý do hoàn", choices=[("", "Chọn lý do"), *BACK_REASONS.items()])
    note = forms.CharField(label="Ghi chú", required=False, max_length=300, widget=LINES)
