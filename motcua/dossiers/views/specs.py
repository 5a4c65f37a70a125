"""Which form an act asks for and which action it calls. One line per act; the rules decide whether it is lawful."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from motcua.core.errors import NotFound
from motcua.dossiers import actions
from motcua.dossiers import forms as f
from motcua.dossiers.fee_fields import fees_typed
from motcua.dossiers.forms.acts import ActForm, Around
from motcua.dossiers.rules.receivers import Letter
from motcua.files.actions import store

Run = Callable[[Around, dict[str, Any], ActForm], Any]


@dataclass(frozen=True)
class Spec:
    """How one act is asked for: the word on the button, the form, and the call."""

    button: str
    form: type[ActForm]
    run: Run
    done: str
    danger: bool = False
    hint: str = ""


def _by_id(name: str, *fields: str, **fixed: Any) -> Run:
    """Call `actions.<name>(dossier_id, **typed fields)`."""

    def run(around: Around, typed: dict[str, Any], form: ActForm) -> Any:
        values = {key: typed[key] for key in fields}
        return getattr(actions, name)(around.dossier.pk, **values, **fixed, actor=around.user, at=around.at)

    return run


def _by_key(name: str, key: str, *fields: str) -> Run:
    """Call `actions.<name>(typed[key], **typed fields)`: acts on a task or an opinion."""

    def run(around: Around, typed: dict[str, Any], form: ActForm) -> Any:
        values = {field: typed[field] for field in fields}
        return getattr(actions, name)(typed[key], **values, actor=around.user, at=around.at)

    return run


def _items(name: str, *fields: str) -> Run:
    def run(around: Around, typed: dict[str, Any], form: Any) -> Any:
        values = {field: typed[field] for field in ("reason", *fields)}
        return getattr(actions, name)(
            around.dossier.pk, items=form.items(), **values, actor=around.user, at=around.at
        )

    return run


def _papers(name: str) -> Run:
    def run(around: Around, typed: dict[str, Any], form: Any) -> Any:
        return getattr(actions, name)(
            around.dossier.pk, form.papers_brought(), actor=around.user, at=around.at
        )

    return run


def _accept(around: Around, typed: dict[str, Any], form: Any) -> Any:
    return actions.accept(around.dossier.pk, **fees_typed(form), actor=around.user, at=around.at)


def _hand_over(around: Around, typed: dict[str, Any], form: ActForm) -> Any:
    return actions.hand_over([around.dossier.pk], actor=around.user, at=around.at)


@transaction.atomic
def _sign(around: Around, typed: dict[str, Any], form: ActForm) -> Any:
    """Sign; an electronic original is made and signed here unless a signed file was brought."""
    values = _with_file(around, typed)
    paper = actions.sign_result(around.dossier.pk, **values, actor=around.user, at=around.at)
    if typed["electronic"] and not values["file_id"]:
        actions.sign_electronically(paper.pk, actor=around.user, at=around.at)
    return paper


@transaction.atomic
def _correct(around: Around, typed: dict[str, Any], form: ActForm) -> Any:
    return actions.finish_correction(
        around.dossier.pk, **_with_file(around, typed), actor=around.user, at=around.at
    )


def _return(around: Around, typed: dict[str, Any], form: ActForm) -> Any:
    letter = Letter(typed.pop("letter_number"), typed.pop("letter_day"))
    return actions.return_result(around.dossier.pk, **typed, letter=letter, actor=around.user, at=around.at)


def _with_file(around: Around, typed: dict[str, Any]) -> dict[str, Any]:
    """The file kept and named by its id; no name means that of the catalogue."""
    upload = typed.pop("file")
    kept = store(upload, actor=around.user, at=around.at) if upload else None
    return {**typed, "result_name": typed["result_name"] or None, "file_id": kept.pk if kept else None}


LATE = ("late_cause", "late_note")
SPECS: dict[str, Spec] = {
    "accept": Spec("Tiếp nhận", f.AcceptForm, _accept, "Đã tiếp nhận hồ sơ."),
    "decline": Spec("Từ chối tiếp nhận", f.RefusalForm, _by_id("decline", "reason", "legal_basis"), "Đã từ chối tiếp nhận; in phiếu cho người nộp.", danger=True),
    "ask_pre_supplement": Spec("Lập phiếu yêu cầu bổ sung", f.SupplementForm, _items("request_supplement_before"), "Đã lập phiếu yêu cầu bổ sung."),
    "complete_pre_supplement": Spec("Ghi nhận đã bổ sung", f.PapersForm, _papers("complete_presupplement"), "Đã ghi nhận giấy tờ bổ sung."),
    "hand_over": Spec("Chuyển cơ quan giải quyết", f.PlainForm, _hand_over, "Đã chuyển hồ sơ."),
    "take_over": Spec("Ký nhận", f.TakeOverForm, _by_key("take_over", "task_ids"), "Đã ký nhận hồ sơ."),
    "claim": Spec("Nhận việc", f.TaskChoiceForm, _by_key("claim", "task_id"), "Bạn đã nhận việc này."),
    "release": Spec("Trả lại việc cho đơn vị", f.TaskChoiceForm, _by_key("release", "task_id"), "Đã trả việc về đơn vị."),
    "assign": Spec("Giao việc", f.AssignForm, _by_key("assign", "task_id", "officer_id"), "Đã giao việc."),
    "complete_task": Spec("Hoàn thành bước", f.TaskForm, _by_key("complete_task", "task_id", "note", "external_code", *LATE), "Đã hoàn thành công việc."),
    "sign": Spec("Ký kết quả", f.SignForm, _sign, "Đã ký kết quả."),
    "send_back": Spec("Trả lại để làm lại", f.SendBackForm, _by_id("send_back", "reason", "to_stage"), "Đã trả lại hồ sơ."),
    "mark_ready": Spec("Báo có kết quả", f.ReadyForm, _by_id("mark_ready", *LATE), "Kết quả đã sẵn sàng tại Bộ phận Một cửa."),
    "ask_opinion": Spec("Gửi xin ý kiến", f.OpinionForm, _by_id("ask_opinion", "to_agency_id", "question", "due_working_days"), "Đã gửi xin ý kiến.", hint="Xin ý kiến không làm dừng thời hạn của hồ sơ."),
    "answer_opinion": Spec("Gửi ý kiến", f.AnswerForm, _by_key("answer_opinion", "opinion_id", "answer"), "Đã trả lời ý kiến."),
    "end_opinions": Spec("Kết thúc lấy ý kiến", f.PlainForm, _by_id("end_opinions"), "Đã kết thúc lấy ý kiến."),
    "ask_supplement": Spec("Lập phiếu yêu cầu bổ sung", f.SupplementForm, _items("request_supplement", "answer_by"), "Đã lập phiếu yêu cầu bổ sung.", hint="Chỉ được yêu cầu một lần, trong 3 ngày làm việc từ khi tiếp nhận. Thời hạn tính lại từ đầu khi bổ sung đủ."),
    "complete_supplement": Spec("Ghi nhận đã bổ sung đủ", f.PapersForm, _papers("complete_supplement"), "Đã ghi nhận; thời hạn tính lại từ đầu."),
    "issue_obligation": Spec("Ghi thông báo nghĩa vụ", f.ObligationForm, _by_id("issue_obligation", "amount_dong", "notice_number", "payable_here"), "Đã ghi nghĩa vụ tài chính; thời hạn tạm dừng."),
    "meet_obligation": Spec("Ghi nhận đã nộp", f.ObligationMetForm, _by_id("meet_obligation", "document"), "Đã ghi nhận; thời hạn tiếp tục."),
    "apologise": Spec("Xin lỗi và hẹn lại", f.ApologyForm, _by_id("apologise", "extra_working_days", "reason", "signer_id"), "Đã hẹn lại; in phiếu gửi người nộp.", hint="Chỉ được hẹn lại một lần, trước ngày hẹn ít nhất một ngày làm việc. Ngày hẹn ban đầu vẫn được giữ."),
    "refuse": Spec("Từ chối giải quyết", f.RefusalOfWorkForm, _by_id("refuse", "reason", "legal_basis", *LATE), "Đã từ chối giải quyết.", danger=True),
    "stop": Spec("Dừng giải quyết", f.StopForm, _by_id("stop", "reason_code", "reason"), "Đã dừng giải quyết.", danger=True),
    "ask_withdrawal": Spec("Ghi nhận đề nghị rút", f.ReasonForm, _by_id("request_withdrawal", "reason"), "Đã ghi nhận đề nghị rút hồ sơ."),
    "cancel_withdrawal": Spec("Hủy đề nghị rút", f.PlainForm, _by_id("cancel_withdrawal"), "Đã hủy đề nghị rút; hồ sơ tiếp tục."),
    "confirm_withdrawal": Spec("Xác nhận rút, trả lại giấy tờ", f.PlainForm, _by_id("confirm_withdrawal"), "Hồ sơ đã rút.", danger=True),
    "notify_ready": Spec("Báo người dân đến nhận", f.PlainForm, _by_id("notify_ready"), "Đã báo người dân."),
    "return": Spec("Trả kết quả", f.ReturnForm, _return, "Đã trả kết quả."),
    "confirm_delivery": Spec("Ghi nhận đã phát", f.DeliveredForm, _by_id("confirm_delivery", "received_by", "delivered_on"), "Đã ghi nhận bưu chính đã phát kết quả."),
    "take_back": Spec("Ghi nhận hoàn lại", f.CameBackForm, _by_id("take_back", "reason", "note"), "Đã ghi nhận; kết quả chờ trả lại tại quầy và người dân đã được báo.", hint="Kết quả để ở quầy chờ người dân đến nhận, hoặc gửi lại bằng bưu gửi mới."),
    "archive": Spec("Lưu hồ sơ", f.PlainForm, _by_id("archive"), "Đã lưu hồ sơ."),
    "start_correction": Spec("Ghi nhận sai sót", f.CorrectionForm, _by_id("start_correction", "reason", "result_id", "caused_by_id", "signer_id", "revoke_results"), "Đã ghi nhận sai sót; in văn bản xin lỗi gửi người dân.", hint="Cơ quan xin lỗi bằng văn bản do lãnh đạo ký và cấp lại kết quả, không thu phí (Nghị định 61/2018/NĐ-CP, Điều 21)."),
    "finish_correction": Spec("Đã sửa xong", f.CorrectedForm, _correct, "Đã sửa xong sai sót."),
}  # fmt: skip


def spec_of(code: str) -> Spec:
    """The spec of an act. Raises NotFound for an unknown one."""
    if code not in SPECS:
        raise NotFound()
    return SPECS[code]
