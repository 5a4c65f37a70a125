"""What is typed where the agency apologises: for what will be late, and for what was wrong."""

from django import forms

from motcua.agencies.queries import people_with
from motcua.agencies.rules.permissions import Permission
from motcua.dossiers.forms.acts import LINES, ActForm
from motcua.dossiers.queries.access import tasks_of
from motcua.dossiers.queries.errors import heads_of, possible_causes, standing_results


class ApologyForm(ActForm):
    extra_working_days = forms.IntegerField(label="Hẹn thêm (ngày làm việc)", min_value=1, max_value=365)
    reason = forms.CharField(label="Lý do chậm", max_length=500, widget=LINES)
    signer_id = forms.TypedChoiceField(
        label="Thủ trưởng ký",
        coerce=int,
        empty_value=None,
        required=False,
        help_text="Không chọn: người đang thực hiện.",
    )

    def prepare(self) -> None:
        agency = self.around.dossier.resolving_agency
        people = people_with(Permission.DOSSIER_APOLOGISE, agency, self.around.day)
        self.fields["signer_id"].choices = [
            ("", "Người đang thực hiện"),
            *((p.pk, p.full_name) for p in people),
        ]


class CorrectionForm(ActForm):
    """What was wrong, in which result, who erred, who signs the apology."""

    reason = forms.CharField(
        label="Sai sót",
        max_length=1000,
        widget=LINES,
        help_text="In vào văn bản xin lỗi: ghi rõ chỗ sai. Người dân không trả phí.",
    )
    result_id = forms.TypedChoiceField(
        label="Kết quả có sai sót", coerce=int, empty_value=None, required=False
    )
    caused_by_id = forms.TypedChoiceField(label="Cơ quan gây sai sót", coerce=int)
    signer_id = forms.TypedChoiceField(label="Lãnh đạo ký văn bản xin lỗi", coerce=int)
    revoke_results = forms.BooleanField(
        label="Thu hồi ngay kết quả sai",
        required=False,
        help_text="Mã xác minh của kết quả cho biết kết quả không còn hiệu lực.",
    )

    def prepare(self) -> None:
        dossier = self.around.dossier
        papers = [(p.pk, f"{p.name} ({p.number})") for p in standing_results(dossier)]
        self.fields["result_id"].choices = papers if len(papers) == 1 else [("", "Tất cả kết quả"), *papers]
        causes = possible_causes(dossier, tasks_of(dossier))
        self.fields["caused_by_id"].choices = [(agency.pk, agency.name) for agency in causes]
        self._offer_heads()

    def _offer_heads(self) -> None:
        """Who may sign; whoever acts first, if they may."""
        heads = heads_of(self.around.dossier.resolving_agency, self.around.day)
        heads.sort(key=lambda person: person.pk != self.around.user.pk)
        blank = [("", "Chọn người ký")] if len(heads) != 1 and self.around.user not in heads else []
        self.fields["signer_id"].choices = [*blank, *((p.pk, p.full_name) for p in heads)]
