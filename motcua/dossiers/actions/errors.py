"""The agency's errors in results handed over: apology in writing, a new result at its own cost (NĐ 61/2018, Điều 21)."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from motcua.accounts.models import User
from motcua.agencies.models import Agency
from motcua.core import store
from motcua.core.errors import RuleViolation
from motcua.core.moments import legal_date, to_utc
from motcua.dossiers import error_letter
from motcua.dossiers.actions import _flow, _news, _notices, _post
from motcua.dossiers.actions._doors import acting
from motcua.dossiers.actions._journal import entry, log
from motcua.dossiers.actions._results import new_result
from motcua.dossiers.models import Dossier, DossierTask, ErrorCorrection, Notice, ResultPaper
from motcua.dossiers.queries.errors import heads_of, possible_causes, standing_results
from motcua.dossiers.queries.reference import Desk
from motcua.dossiers.rules import ending
from motcua.dossiers.rules.states import DeliveryState
from motcua.dossiers.rules.transitions import Act
from motcua.workdays.rules.clock import add_working_hours

HOURS_A_DAY = Decimal(8)


@store.act
def start_correction(
    dossier_id: int, *, reason: str, result_id: int | None = None, caused_by_id: int | None = None, signer_id: int | None = None,
    due_working_days: int | None = None, revoke_results: bool = False, actor: User, at: datetime,
) -> ErrorCorrection:  # fmt: skip
    """The agency erred in a result handed over: apology in writing, signed by its head, and a new result at its own cost, with
    a clock of its own; the dossier's own dates stay as they were.

    `result_id`: the wrong one, all that stand without it; `caused_by_id`: who erred, the resolving agency without it;
    `signer_id`: who signs for the agency, needed unless the actor may or only one person may. Raises RuleViolation.
    """
    desk = Desk(actor, at)
    dossier, tasks = acting(desk, dossier_id, Act.START_CORRECTION)
    text = ending.require_text(reason, "Ghi sai sót của kết quả.", "reason")
    wrong = _wrong(dossier, result_id)
    cause, signer = _cause(dossier, tasks, caused_by_id), _signer(desk, dossier, signer_id)
    due = _due(desk, dossier, due_working_days)
    content = error_letter.content(
        dossier,
        wrong,
        text,
        cause,
        legal_date(due),
        _handed_out(dossier, at),
        revoked=revoke_results,
        signer=signer,
    )
    notice = _notices.issue(
        desk, dossier, Notice.Kind.ERROR_APOLOGY, content, dossier.resolving_agency, signer=signer
    )
    correction = store.new(ErrorCorrection,
        dossier=dossier, reason=text, found_at=at, found_by=actor, due_at=due, notice=notice, caused_by=cause,
        result=wrong[0] if result_id else None,
    )  # fmt: skip
    store.insert([correction])
    if revoke_results:
        _revoke(wrong, at, text)
    if dossier.delivery_state == DeliveryState.CAME_BACK:
        _post.waits_no_longer(dossier, "", at)
    _flow.move(dossier, Act.START_CORRECTION)
    store.update(dossier, "status")
    facts = {
        "reason": text,
        "due": due,
        "correction": correction.pk,
        "notice": notice.pk,
        "caused_by": cause.pk,
    }
    log(desk, dossier, entry(Act.START_CORRECTION, **facts, signer=signer.pk))
    _news.tell(desk, dossier, "correction", due=legal_date(due))
    return correction


def _wrong(dossier: Dossier, result_id: int | None) -> list[ResultPaper]:
    """The results with the error. Raises RuleViolation for one that is not there or no longer stands."""
    standing = standing_results(dossier)
    if result_id is None:
        return standing
    found = [paper for paper in standing if paper.pk == result_id]
    if not found:
        raise RuleViolation(
            "Chọn kết quả có sai sót trong các kết quả còn hiệu lực của hồ sơ.", field="result_id"
        )
    return found


def _cause(dossier: Dossier, tasks: Iterable[DossierTask], agency_id: int | None) -> Agency:
    """Who erred. Raises RuleViolation for an agency that had nothing to do with the dossier."""
    if agency_id is None:
        return dossier.resolving_agency
    found = next((a for a in possible_causes(dossier, tasks) if a.pk == agency_id), None)
    if found is None:
        raise RuleViolation(
            "Chọn cơ quan gây sai sót trong các cơ quan đã xử lý hồ sơ.", field="caused_by_id"
        )
    return found


def _signer(desk: Desk, dossier: Dossier, signer_id: int | None) -> User:
    """The head, not the counter. Raises RuleViolation for anybody else, and when there are several to choose from."""
    heads = {person.pk: person for person in heads_of(dossier.resolving_agency, desk.day)}
    chosen = signer_id or (desk.actor.pk if desk.actor.pk in heads else None)
    if chosen is None and len(heads) > 1:
        raise RuleViolation("Chọn lãnh đạo ký văn bản xin lỗi.", field="signer_id")
    found = heads.get(chosen) if chosen else next(iter(heads.values()), None)
    if found is None:
        raise RuleViolation(
            f"Văn bản xin lỗi do người được ký kết quả của {dossier.resolving_agency.name} ký. Chọn người ký, hoặc phân "
            "quyền ký trước.",
            field="signer_id",
        )
    return found


def _due(desk: Desk, dossier: Dossier, days: int | None) -> datetime:
    """When the right result must be there: working days of the dated setting, on the resolving agency's calendar."""
    agency = dossier.resolving_agency
    wanted = days or int(desk.setting("correction_working_days", agency, default=3))
    return to_utc(add_working_hours(desk.local, wanted * HOURS_A_DAY, desk.calendar(agency)))


def _handed_out(dossier: Dossier, at: datetime) -> datetime:
    """When the wrong result was handed over: the last one corrected, else the first."""
    earlier = store.find(ErrorCorrection, dossier_id=dossier.pk)
    return max([one.returned_at for one in earlier if one.returned_at], default=dossier.returned_at or at)


@store.act
def finish_correction(
    dossier_id: int, *, number: str = "", result_name: str | None = None, file_id: int | None = None, actor: User, at: datetime
) -> ErrorCorrection:  # fmt: skip
    """The corrected result is there and waits to be collected, free of charge. With a `number` a new result takes the place
    of the wrong one, which is revoked.
    """
    desk = Desk(actor, at)
    dossier, _ = acting(desk, dossier_id, Act.FINISH_CORRECTION)
    unfixed = store.find(ErrorCorrection, dossier_id=dossier.pk, fixed_at=None)
    correction = max(unfixed, key=lambda one: one.found_at)
    if number.strip():
        wrong = [p for p in standing_results(dossier) if correction.result_id in (None, p.pk)]
        _revoke(wrong, at, correction.reason)
        new_result(desk, dossier, number, name=result_name, file_id=file_id)
    correction.fixed_at, correction.fixed_by = at, actor
    store.update(correction, "fixed_at", "fixed_by")
    _flow.move(dossier, Act.FINISH_CORRECTION)
    store.update(dossier, "status")
    log(desk, dossier, entry(Act.FINISH_CORRECTION, correction=correction.pk, number=number.strip()))
    _news.tell_ready(desk, dossier)
    return correction


def _revoke(papers: list[ResultPaper], at: datetime, reason: str) -> None:
    for paper in papers:
        paper.revoked_at, paper.revoked_reason = at, reason[:300]
    store.update_many(papers, ["revoked_at", "revoked_reason"])
