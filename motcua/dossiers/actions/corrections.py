"""The citizen's answer to a request to correct: only what was asked for, all of it at once (NĐ 61/2018, Điều 17, Điều 19 khoản 4)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from motcua.accounts.models import User
from motcua.core import store
from motcua.core.errors import NotFound, RuleViolation
from motcua.dossiers.actions._forms import correct_form
from motcua.dossiers.actions._journal import entry, log
from motcua.dossiers.actions.intake import complete_presupplement
from motcua.dossiers.actions.pauses import complete_supplement
from motcua.dossiers.models import Dossier, SupplementRequest
from motcua.dossiers.queries import access
from motcua.dossiers.queries.held import access_held
from motcua.dossiers.queries.reference import Desk
from motcua.dossiers.rules import correction
from motcua.dossiers.rules.fees import Settled
from motcua.dossiers.rules.intake import PaperData
from motcua.dossiers.rules.states import Status
from motcua.files.models import StoredFile

ASKED = (Status.PRE_SUPPLEMENT, Status.POST_SUPPLEMENT)


@store.act
def answer_correction(
    dossier_id: int,
    *,
    answers: Mapping[str, Any] | None = None,
    papers: tuple[PaperData, ...] = (),
    fees: Settled | None = None,
    actor: User,
    at: datetime,
) -> Dossier:
    """Send in what was asked for: the answers asked become a new revision of the form, papers take the place of the old ones,
    what decides the fee is stated anew.

    Before acceptance it is due anew; after acceptance the limit runs from zero. `answers`: those of the sections concerned; what
    was not asked for is left out. Raises NotFound for a dossier that the citizen does not hold, RuleViolation for a gap.
    """
    desk = Desk(actor, at)
    access_held(actor, dossier_id, at)
    dossier = access.locked(desk, dossier_id)
    request = _open_request(dossier)
    items = [item for item in request.items if isinstance(item, Mapping)]
    _require_own_files(papers, actor)
    answered = correct_form(desk, dossier, correction.fields_of(items), answers or {})
    stated = fees if correction.asks_fees(items) else None
    correction.require_answered(items, (*answered, *([correction.FEES] if stated else [])), papers)
    if answered:
        log(desk, dossier, entry("form_corrected", fields=answered))
    if dossier.status == Status.PRE_SUPPLEMENT:
        return complete_presupplement(dossier_id, papers, fees=stated, actor=actor, at=at)
    return complete_supplement(dossier_id, papers, actor=actor, at=at)


def _open_request(dossier: Dossier) -> SupplementRequest:
    """The request that waits for an answer. Raises RuleViolation when nothing is asked any more."""
    asked = store.find(SupplementRequest, dossier_id=dossier.pk, completed_at=None)
    if dossier.status not in ASKED or not asked:
        raise RuleViolation("Hồ sơ này hiện không có yêu cầu bổ sung nào chờ bạn trả lời. Tải lại trang.")
    return max(asked, key=lambda one: one.pk)


def _require_own_files(papers: tuple[PaperData, ...], actor: User) -> None:
    """Raise NotFound for a file that somebody else sent: an id is not a permission."""
    ids = {paper.file_id for paper in papers if paper.file_id}
    if StoredFile.objects.filter(pk__in=ids, uploaded_by_id=actor.pk).count() != len(ids):
        raise NotFound("Không tìm thấy tệp đã tải lên. Chọn lại tệp.")
