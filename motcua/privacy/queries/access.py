"""One door to each request: who sent it, or who may decide requests of its agency. For everybody else it does not exist."""

from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from motcua.accounts.models import Profile, User
from motcua.accounts.queries import profile_of
from motcua.agencies.models import Agency
from motcua.agencies.queries import Authority, authority_of
from motcua.agencies.rules.permissions import Permission
from motcua.core.errors import NotFound
from motcua.core.moments import legal_date, to_local
from motcua.core.web import count_text, count_up_to
from motcua.dossiers.models import DossierHolder
from motcua.files.models import StoredFile
from motcua.privacy.models import DataRequest
from motcua.privacy.rules.deadlines import derived
from motcua.privacy.rules.requests import OPEN, acts_for, number_in
from motcua.workdays.queries import calendar_of
from motcua.workdays.rules.clock import Derivation

RELATED = ("agency", "user", "handler", "proof")
TABS = (("open", "Chưa xong"), ("late", "Quá hạn"), ("closed", "Đã xong"))


def visible_to(authority: Authority) -> QuerySet[DataRequest]:
    """The requests that this person may decide, or may take down."""
    mine = authority.where(Permission.PRIVACY_HANDLE, "agency") | authority.where(
        Permission.PRIVACY_RECEIVE, "agency"
    )
    return DataRequest.objects.filter(mine).select_related(*RELATED)


def access_request(
    user: User, request_id: int, *, at: datetime, to_handle: bool = False, lock: bool = False
) -> DataRequest:
    """One request that this person may see (or decide). Raises NotFound."""
    authority = authority_of(user, legal_date(at))
    rows = visible_to(authority)
    if to_handle:
        rows = rows.filter(authority.where(Permission.PRIVACY_HANDLE, "agency"))
    rows = rows.select_for_update(of=("self",)) if lock else rows
    if found := rows.filter(pk=request_id).first():
        return found
    raise NotFound()


def own_requests(user: User) -> QuerySet[DataRequest]:
    """The requests of a citizen's own account, the newest first."""
    return DataRequest.objects.filter(user_id=user.pk).select_related(*RELATED).order_by("-pk")


def access_own(user: User, request_id: int, *, lock: bool = False) -> DataRequest:
    """One of one's own requests. Raises NotFound, also when it is somebody else's."""
    rows = own_requests(user)
    rows = rows.select_for_update(of=("self",)) if lock else rows
    if found := rows.filter(pk=request_id).first():
        return found
    raise NotFound("Không tìm thấy yêu cầu này trong các yêu cầu của bạn.")


def _tab(tab: str, at: datetime) -> Q:
    late = Q(state="received", acknowledge_due_at__lt=at) | Q(state="accepted", due_at__lt=at)
    return {"late": late, "closed": ~Q(state__in=OPEN)}.get(tab, Q(state__in=OPEN))


def queue(authority: Authority, tab: str, words: str, at: datetime) -> QuerySet[DataRequest]:
    """The requests of one tab; open ones by due date, others the newest first. `words`: a code."""
    rows = visible_to(authority)
    if words.strip():
        return rows.filter(pk=number_in(words) or 0).order_by("-pk")
    return rows.filter(_tab(tab, at)).order_by(*(("-pk",) if tab == "closed" else ("due_at", "pk")))


def tabs(authority: Authority, tab: str, at: datetime) -> list[dict[str, Any]]:
    """The tabs with how many there are."""
    rows = visible_to(authority)
    return [
        {
            "label": label,
            "href": f"?xem={code}",
            "count": count_text(count_up_to(rows.filter(_tab(code, at)))),
            "active": code == tab,
        }
        for code, label in TABS
    ]


def acts_of(authority: Authority, found: DataRequest) -> list[str]:
    """What this person may do with a request now."""
    if not authority.can(Permission.PRIVACY_HANDLE, found.agency):
        return []
    return acts_for(found.kind, found.state, found.field, has_account=found.user_id is not None)


def agencies_to_choose(day: date) -> QuerySet[Agency]:
    """The agencies that take requests in on a legal date: houses, not their divisions."""
    rows = Agency.objects.filter(Agency.in_force(day)).exclude(kind=Agency.Kind.DIVISION)
    return rows.order_by("path")


def agency_for(user: User, day: date) -> Agency | None:
    """Where a citizen's request belongs at first sight: who resolves their last dossier."""
    mine = DossierHolder.objects.filter(user=user, until=None).select_related("dossier__resolving_agency")
    last = mine.order_by("-pk").first()
    return last.dossier.resolving_agency if last else agencies_to_choose(day).first()


def may_open_proof(file: StoredFile, user: Any, authority: Any) -> bool:
    """Proofs of requests open for who may decide the request."""
    if not getattr(user, "is_staff_member", False):
        return False
    rows = DataRequest.objects.filter(proof=file)
    return rows.filter(authority.where(Permission.PRIVACY_HANDLE, "agency")).exists()


def proven_profile(found: DataRequest) -> Profile | None:
    """The profile behind a request when its identity number is proven."""
    profile = profile_of(found.user) if found.user else None
    return profile if profile and profile.is_proven else None


def derivation_of(found: DataRequest) -> Derivation:
    """Why a request is due when it is."""
    taken = to_local(found.accepted_at) if found.accepted_at else None
    received, calendar = to_local(found.received_at), calendar_of(found.agency)
    return derived(received, found.limit_days, taken, found.extended_days, calendar)
