"""One short form per act on a dossier. Which act is lawful, and with what, the rules say; here is only shape."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms

from motcua.accounts.models import User
from motcua.agencies.queries import Authority, agencies_at, people_with
from motcua.agencies.rules.permissions import Permission
from motcua.core.forms import DateField
from motcua.core.moments import legal_date
from motcua.dossiers.forms.replies import offer_replies
from motcua.dossiers.models import Dossier, DossierTask
from motcua.dossiers.models.tasks import LIVE
from motcua.dossiers.rules.ending import STOP_REASONS
from motcua.dossiers.rules.intake import PaperData
from motcua.dossiers.rules.lateness import CAUSES

LINES = forms.Textarea(attrs={"rows": 3, "data-autogrow": ""})
TEXT = forms.TextInput(attrs={"autocomplete": "off"})
CAUSE_CHOICES = [("", "Không quá hạn"), *((code, label) for code, (_, label) in CAUSES.items())]


@dataclass(frozen=True)
class Around:
    """What a form needs to know: the dossier, who acts, with which powers, and when."""

    dossier: Dossier
    user: User
    authority: Authority
    at: datetime

    @property
    def day(self) -> date:
        return legal_date(self.at)


class ActForm(forms.Form):
    """A form about one dossier. `prepare` fills choices that depend on it."""

    fields: dict[str, Any]
    replies = ""  # the kind of the agency's texts that may stand for the reason

    def __init__(self, *args: Any, around: Around, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.around = around
        self.prepare()
        if self.replies:
            offer_replies(self, self.replies, around.authority, "reason")

    def prepare(self) -> None:
        """Fill choices; nothing by default."""


class LateFields(ActForm):
    """Asks why it is late, but only when something due is late by now (or today)."""

    late_cause = forms.ChoiceField(label="Nguyên nhân quá hạn", choices=CAUSE_CHOICES, required=False)
    late_note = forms.CharField(label="Giải trình quá hạn", required=False, max_length=500, widget=TEXT)

    def prepare(self) -> None:
        super().prepare()
        if self._is_in_time():
            del self.fields["late_cause"], self.fields["late_note"]
        else:
            for name in ("late_cause", "late_note"):
                self.fields[name] = self.fields.pop(name)

    def _is_in_time(self) -> bool:
        dossier, day = self.around.dossier, self.around.day
        due = [dossier.due_at, *dossier.tasks.filter(state__in=LIVE).values_list("due_at", flat=True)]
        return all(legal_date(moment) > day for moment in due if moment)

    def clean(self) -> dict[str, Any]:
        return {"late_cause": "", "late_note": "", **(super().clean() or self.cleaned_data)}


class PlainForm(ActForm):
    """An act that asks nothing more than to be confirmed."""


class ReasonForm(ActForm):
    reason = forms.CharField(label="Lý do", max_length=1000, widget=LINES)


class RefusalForm(ReasonForm):
    replies = "refusal"
    legal_basis = forms.CharField(
        label="Căn cứ pháp lý", max_length=300, widget=TEXT, help_text="Số văn bản, điều, khoản."
    )


class RefusalOfWorkForm(LateFields, RefusalForm):
    """A refusal after reception: late ones need a cause too."""


class CorrectedForm(ActForm):
    number = forms.CharField(label="Số, ký hiệu kết quả mới", max_length=120, widget=TEXT)
    result_name = forms.CharField(
        label="Tên kết quả", required=False, max_length=600, widget=TEXT, help_text="Để trống: theo danh mục."
    )
    file = forms.FileField(label="Tệp kết quả (PDF)", required=False, max_length=255)


class StopForm(ActForm):
    reason_code = forms.ChoiceField(label="Lý do dừng", choices=[("", "Chọn lý do"), *STOP_REASONS.items()])
    reason = forms.CharField(label="Nói rõ thêm", required=False, max_length=1000, widget=LINES)


class ObligationForm(ActForm):
    amount_dong = forms.IntegerField(
        label="Số tiền (đồng)",
        min_value=1,
        max_value=10**13,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    notice_number = forms.CharField(label="Số thông báo", max_length=120, widget=TEXT)
    payable_here = forms.BooleanField(
        label="Thu qua phần mềm (mã QR, cổng thanh toán, tại quầy)", required=False
    )

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(_without_dots(data, "amount_dong"), *args, **kwargs)


def _without_dots(data: Any, name: str) -> Any:
    """Amounts are typed as people write them: 1.250.000."""
    if not data or not data.get(name):
        return data
    copy = data.copy()
    copy[name] = copy[name].replace(".", "").replace(" ", "")
    return copy


class ObligationMetForm(ActForm):
    document = forms.CharField(
        label="Chứng từ nộp tiền",
        max_length=200,
        widget=TEXT,
        help_text="Số, ngày giấy nộp tiền hoặc biên lai.",
    )


class ItemsForm(ReasonForm):
    """What must be brought: papers ticked, and one a line for others."""

    replies = "supplement"
    papers = forms.MultipleChoiceField(
        label="Giấy tờ cần bổ sung", required=False, widget=forms.CheckboxSelectMultiple
    )
    others = forms.CharField(
        label="Giấy tờ khác", required=False, max_length=2000, widget=LINES, help_text="Mỗi giấy tờ một dòng."
    )

    def prepare(self) -> None:
        names = (
            self.around.dossier.version.papers.filter(note_only=False)
            .order_by("position")
            .values_list("name", flat=True)
        )
        self.fields["papers"].choices = [(name, name) for name in dict.fromkeys(names)]

    def items(self) -> list[dict[str, Any]]:
        """Papers as the supplement request lists them."""
        lines = [line.strip() for line in self.cleaned_data["others"].splitlines() if line.strip()]
        return [{"name": name} for name in [*self.cleaned_data["papers"], *lines]]


class SupplementForm(ItemsForm):
    answer_by = DateField(
        label="Bổ sung trước ngày", required=False, help_text="Để trống: theo thời hạn chung của cơ quan."
    )


class PapersForm(ActForm):
    """Papers that the citizen has now brought."""

    papers = forms.MultipleChoiceField(
        label="Giấy tờ đã nộp", required=False, widget=forms.CheckboxSelectMultiple
    )
    others = forms.CharField(
        label="Giấy tờ khác", required=False, max_length=2000, widget=LINES, help_text="Mỗi giấy tờ một dòng."
    )

    def prepare(self) -> None:
        request = (
            self.around.dossier.supplement_requests.filter(completed_at=None)
            .order_by("-requested_at")
            .first()
        )
        names = [
            item["name"] if isinstance(item, dict) else str(item)
            for item in (request.items if request else [])
        ]
        self.fields["papers"].choices = [(name, name) for name in dict.fromkeys(names)]
        self.fields["papers"].initial = names

    def papers_brought(self) -> tuple[PaperData, ...]:
        """One original of each paper named."""
        lines = [line.strip() for line in self.cleaned_data["others"].splitlines() if line.strip()]
        return tuple(PaperData(name=name, originals=1) for name in [*self.cleaned_data["papers"], *lines])


class OpinionForm(ActForm):
    to_agency_id = forms.TypedChoiceField(label="Cơ quan được hỏi", coerce=int)
    question = forms.CharField(label="Nội dung xin ý kiến", max_length=4000, widget=LINES)
    due_working_days = forms.IntegerField(
        label="Trả lời trong (ngày làm việc)", min_value=1, max_value=60, initial=3
    )

    def prepare(self) -> None:
        agencies = (
            agencies_at(self.around.day).exclude(pk=self.around.dossier.resolving_agency_id).order_by("name")
        )
        self.fields["to_agency_id"].choices = [("", "Chọn cơ quan"), *agencies.values_list("pk", "name")]


class AnswerForm(ActForm):
    opinion_id = forms.TypedChoiceField(label="Câu hỏi", coerce=int)
    answer = forms.CharField(label="Ý kiến trả lời", max_length=4000, widget=LINES)

    def prepare(self) -> None:
        asked = self.around.dossier.opinions.filter(answered_at=None).select_related(
            "from_agency", "to_agency"
        )
        mine = [o for o in asked if self.around.authority.can(Permission.DOSSIER_OPINION, o.to_agency)]
        field = self.fields["opinion_id"]
        field.choices = [(o.pk, f"{o.from_agency}: {o.question[:120]}") for o in mine]
        _hide_single(self, "opinion_id")


class TaskChoiceForm(ActForm):
    """An act on one of the live tasks that the person may work on; a single one is not asked for."""

    states = LIVE
    task_id = forms.TypedChoiceField(label="Công việc", coerce=int)

    def prepare(self) -> None:
        self.fields["task_id"].choices = [(task.pk, f"{task.name} – {task.agency}") for task in self.tasks()]
        _hide_single(self, "task_id")

    def tasks(self) -> list[DossierTask]:
        """Live tasks in reach, one's own first."""
        around = self.around
        live = (
            around.dossier.tasks.filter(state__in=self.states)
            .select_related("agency")
            .order_by("stage", "position")
        )
        mine = [task for task in live if _may_work(around, task)]
        return sorted(mine, key=lambda task: task.officer_id != around.user.pk)


WORKERS = (Permission.DOSSIER_PROCESS, Permission.DOSSIER_SIGN, Permission.DOSSIER_ISSUE, Permission.DOSSIER_HAND_OVER,
           Permission.DOSSIER_ASSIGN, Permission.DOSSIER_RETURN_RESULT)  # fmt: skip


def _may_work(around: Around, task: DossierTask) -> bool:
    return any(around.authority.can(permission, task.agency) for permission in WORKERS)


def _hide_single(form: ActForm, name: str) -> None:
    """A choice of one is made already."""
    choices = form.fields[name].choices
    if len(choices) == 1:
        form.fields[name].widget = forms.HiddenInput()
        form.fields[name].initial = form.initial.setdefault(name, choices[0][0])


class TaskForm(LateFields, TaskChoiceForm):
    note = forms.CharField(label="Kết quả, ghi chú", required=False, max_length=1000, widget=LINES)
    external_code = forms.CharField(label="Mã ở hệ thống khác", required=False, max_length=80, widget=TEXT)


class TakeOverForm(ActForm):
    """All tasks given and not yet taken that the person may take."""

    task_ids = forms.TypedMultipleChoiceField(
        label="Công việc nhận", coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def prepare(self) -> None:
        around = self.around
        tasks = (
            around.dossier.tasks.filter(state="open").select_related("agency").order_by("stage", "position")
        )
        mine = [task for task in tasks if _may_work(around, task)]
        self.fields["task_ids"].choices = [(task.pk, f"{task.name} – {task.agency}") for task in mine]
        self.fields["task_ids"].initial = [task.pk for task in mine]


class AssignForm(TaskChoiceForm):
    officer_id = forms.TypedChoiceField(label="Giao cho", coerce=int)

    def prepare(self) -> None:
        super().prepare()
        around = self.around
        tasks = {task.agency_id: task for task in self.tasks()}
        people = {
            p.pk: p.full_name
            for task in tasks.values()
            for p in people_with(Permission.DOSSIER_PROCESS, task.agency, around.day)
        }
        self.fields["officer_id"].choices = [("", "Chọn công chức"), *people.items()]


class SendBackForm(ReasonForm):
    to_stage = forms.TypedChoiceField(label="Trả về bước", coerce=int, empty_value=None, required=False)

    def prepare(self) -> None:
        dossier = self.around.dossier
        stages = (
            dossier.tasks.filter(stage__lt=dossier.current_stage)
            .order_by("stage")
            .values_list("stage", "stage_name")
        )
        self.fields["to_stage"].choices = [("", "Bước liền trước"), *dict(stages).items()]


class SignForm(LateFields):
    number = forms.CharField(label="Số, ký hiệu kết quả", max_length=120, widget=TEXT)
    signed_on = DateField(label="Ngày ký", required=False, help_text="Để trống: hôm nay.")
    result_name = forms.CharField(
        label="Tên kết quả", required=False, max_length=600, widget=TEXT, help_text="Để trống: theo danh mục."
    )
    electronic = forms.BooleanField(
        label="Cấp bản điện tử có ký số",
        required=False,
        help_text="Không kèm tệp: hệ thống lập PDF và ký số.",
    )
    file = forms.FileField(label="Tệp kết quả (PDF)", required=False, max_length=255)
    note = forms.CharField(label="Ghi chú", required=False, max_length=1000, widget=TEXT)


class ReadyForm(LateFields):
    """Nothing to say, unless it is late."""


class ReturnForm(ActForm):
    receiver_name = forms.CharField(label="Người nhận", max_length=250, widget=TEXT)
    receiver_identity = forms.CharField(
        label="Số định danh, số hộ chiếu người nhận", required=False, max_length=20, widget=TEXT
    )
    with_slip = forms.BooleanField(label="Có giấy hẹn", required=False, initial=True)
    letter_number = forms.CharField(
        label="Số văn bản ủy quyền (nhận thay)", required=False, max_length=200, widget=TEXT
    )
    letter_day = DateField(label="Ngày văn bản ủy quyền", required=False)

    def prepare(self) -> None:
        self.fields["receiver_name"].initial = self.around.dossier.applicant.name
