"""How a history does each act of the table: by whom, and with what."""

from collections.abc import Callable
from typing import Any

from motcua.agencies.models import Agency
from motcua.core.moments import legal_date
from motcua.dossiers import actions
from motcua.dossiers.models import DossierPaper, DossierTask, Opinion, PostalItem
from motcua.dossiers.rules.intake import PaperData
from motcua.dossiers.rules.post import check_digit
from motcua.dossiers.rules.transitions import Act

SUPPLEMENT = [{"name": "Giấy tờ", "reason": "Thiếu"}]


def _take_over(pk: int, how: int, cause: str, who: dict[str, Any]) -> Any:
    given = DossierTask.objects.filter(dossier=pk, state="open").values_list("pk", flat=True)
    return actions.take_over(list(given), **who)


def _complete(pk: int, how: int, cause: str, who: dict[str, Any]) -> Any:
    live = DossierTask.objects.filter(dossier=pk, state__in=["open", "accepted"]).order_by("stage", "pk")
    task = live.exclude(stage_kind="signature").first()
    return actions.complete_task(task.pk, late_cause=cause, **who) if task else None


def _answer(pk: int, how: int, cause: str, who: dict[str, Any]) -> Any:
    asked = Opinion.objects.filter(dossier=pk, answered_at=None, lapsed_at=None).first()
    return actions.answer_opinion(asked.pk, answer="Đồng ý", **who) if asked else None


def _brought(pk: int, how: int) -> tuple[PaperData, ...]:
    """Nothing new, another paper in place of the first, or one more: on paper, or electronic."""
    old = DossierPaper.objects.filter(dossier=pk, replaced_at=None).order_by("position")[0]
    form: dict[str, Any] = ({"originals": 1}, {"electronic": 1})[how % 2]
    anew = PaperData(old.name, old.paper_id, replaces_id=old.pk, **form)
    return ((), (anew,), (PaperData("Giấy tờ thêm", **form),))[how % 3]


def _ask_opinion(pk: int, how: int, cause: str, who: dict[str, Any]) -> Any:
    to = Agency.objects.get(code="H40.13").pk
    return actions.ask_opinion(pk, to_agency_id=to, question="Ý kiến?", due_working_days=1 + how % 3, **who)


def _sign(pk: int, how: int, cause: str, who: dict[str, Any]) -> Any:
    """Signed on paper, or electronically."""
    paper = actions.sign_result(pk, number="1", electronic=how % 2 == 1, late_cause=cause, **who)
    return actions.sign_electronically(paper.pk, **who) if paper.is_electronic else paper


def _item(pk: int) -> str:
    """A number that no item sent before has."""
    digits = f"{pk:06d}{PostalItem.objects.filter(dossier=pk).count():02d}"
    return f"EB{digits}{check_digit(digits)}VN"


def _return(pk: int, how: int, cause: str, who: dict[str, Any]) -> Any:
    """Over the counter, by post, or electronically."""
    method = ("counter", "post", "online")[how % 3]
    item = _item(pk) if method == "post" else ""
    return actions.return_result(pk, receiver_name="Nguyễn Thị Thử", method=method, postal_number=item, **who)


def _start_correction(pk: int, how: int, cause: str, who: dict[str, Any]) -> Any:
    return actions.start_correction(pk, reason="Sai tên", revoke_results=how % 2 == 1, **who)


def _finish_correction(pk: int, how: int, cause: str, who: dict[str, Any]) -> Any:
    """With a new result in place of the wrong one, or without."""
    return actions.finish_correction(pk, number="2" if how % 3 else "", **who)


_DESK, _HEAD, _BOSS, _OFFICER = ("receptionist",), ("office_head",), ("leader",), ("officer",)
Handler = Callable[[int, int, str, dict[str, Any]], Any]
HANDLERS: dict[Act, tuple[tuple[str, ...], Handler]] = {
    Act.ACCEPT: (_DESK, lambda pk, how, cause, who: actions.accept(pk, **who)),
    Act.DECLINE: (
        _HEAD + _BOSS,
        lambda pk, how, cause, who: actions.decline(pk, reason="Không đúng nơi", legal_basis="NĐ 1", **who),
    ),
    Act.ASK_PRE_SUPPLEMENT: (
        _DESK,
        lambda pk, how, cause, who: actions.request_supplement_before(
            pk, reason="Thiếu", items=SUPPLEMENT, **who
        ),
    ),
    Act.COMPLETE_PRE_SUPPLEMENT: (
        _DESK,
        lambda pk, how, cause, who: actions.complete_presupplement(pk, _brought(pk, how), **who),
    ),
    Act.HAND_OVER: (_DESK, lambda pk, how, cause, who: actions.hand_over([pk], **who)),
    Act.TAKE_OVER: (_OFFICER, _take_over),
    Act.COMPLETE_TASK: (_OFFICER + _DESK, _complete),
    Act.SIGN: (_BOSS, _sign),
    Act.SEND_BACK: (_BOSS, lambda pk, how, cause, who: actions.send_back(pk, reason="Sửa", **who)),
    Act.MARK_READY: (
        _DESK + _HEAD,
        lambda pk, how, cause, who: actions.mark_ready(pk, late_cause=cause, **who),
    ),
    Act.ASK_OPINION: (_OFFICER, _ask_opinion),
    Act.ANSWER_OPINION: (_BOSS, _answer),
    Act.END_OPINIONS: (_OFFICER, lambda pk, how, cause, who: actions.end_opinions(pk, **who)),
    Act.ASK_SUPPLEMENT: (
        _OFFICER,
        lambda pk, how, cause, who: actions.request_supplement(pk, reason="Thiếu", items=SUPPLEMENT, **who),
    ),
    Act.COMPLETE_SUPPLEMENT: (
        _DESK,
        lambda pk, how, cause, who: actions.complete_supplement(pk, _brought(pk, how), **who),
    ),
    Act.ISSUE_OBLIGATION: (
        ("land_desk",),
        lambda pk, how, cause, who: actions.issue_obligation(
            pk, amount_dong=1000 + how, notice_number="1", payable_here=how % 2 == 1, **who
        ),
    ),
    Act.MEET_OBLIGATION: (
        _DESK,
        lambda pk, how, cause, who: actions.meet_obligation(pk, document="1", **who),
    ),
    Act.APOLOGISE: (
        _BOSS,
        lambda pk, how, cause, who: actions.apologise(
            pk, extra_working_days=1 + how % 15, reason="Chậm", **who
        ),
    ),
    Act.REFUSE: (
        _BOSS,
        lambda pk, how, cause, who: actions.refuse(
            pk, reason="Không", legal_basis="Điều 1", late_cause=cause, **who
        ),
    ),
    Act.STOP: (_BOSS, lambda pk, how, cause, who: actions.stop(pk, reason_code="citizen", **who)),
    Act.ASK_WITHDRAWAL: (_DESK, lambda pk, how, cause, who: actions.request_withdrawal(pk, **who)),
    Act.CANCEL_WITHDRAWAL: (_DESK, lambda pk, how, cause, who: actions.cancel_withdrawal(pk, **who)),
    Act.CONFIRM_WITHDRAWAL: (_DESK, lambda pk, how, cause, who: actions.confirm_withdrawal(pk, **who)),
    Act.NOTIFY_READY: (_HEAD, lambda pk, how, cause, who: actions.notify_ready(pk, **who)),
    Act.RETURN: (_HEAD, _return),
    Act.CONFIRM_DELIVERY: (
        _HEAD,
        lambda pk, how, cause, who: actions.confirm_delivery(
            pk, received_by="Lê Thử", delivered_on=legal_date(who["at"]), **who
        ),
    ),
    Act.TAKE_BACK: (_HEAD, lambda pk, how, cause, who: actions.take_back(pk, reason="absent", **who)),
    Act.ARCHIVE: (_HEAD, lambda pk, how, cause, who: actions.archive(pk, **who)),
    Act.START_CORRECTION: (_OFFICER, _start_correction),
    Act.FINISH_CORRECTION: (_OFFICER, _finish_correction),
}
