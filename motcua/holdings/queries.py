"""Reads of a person's store: one's own papers, what a shared link shows, what anyone may learn by a token."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

from django.db.models import Count, Q, QuerySet

from motcua.accounts.models import Assistance, User
from motcua.accounts.queries import organisations_of, profile_of
from motcua.agencies.queries import Authority
from motcua.agencies.rules.permissions import Permission
from motcua.core.errors import NotFound
from motcua.core.identity import document_key
from motcua.core.moments import legal_date, today
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.verify import Verified
from motcua.dossiers.rules.states import Payment
from motcua.holdings.models import AskedAgain, HeldPaper, HeldShare
from motcua.holdings.rules.states import NAMES, Kept, State, matching

VISIT = timedelta(days=1)
RELATED = ("result", "replaced_by", "file", "dossier")


def papers_of(user: User, day: date) -> QuerySet[HeldPaper]:
    """Everything in a person's store, newest first: what their account held or bears their proven number, and what bears the
    tax code of an organisation confirmed by an office for which they act on a day. A result counts once it is ready and
    its dossier owes nothing.
    """
    mine = Q(holder_id=user.pk)
    if numbers := _numbers(user, day):
        mine |= Q(holder_number__in=numbers)
    given = Q(dossier__ready_at__isnull=False) & ~Q(dossier__payment=Payment.DUE)
    rows = HeldPaper.objects.filter(mine).filter(Q(dossier=None) | given)
    return rows.select_related(*RELATED).order_by("-issued_on", "-pk")


def _numbers(user: User, day: date) -> list[str]:
    """The numbers under which a person's papers are kept; a number that somebody only typed in opens nothing."""
    profile = profile_of(user)
    own = (
        [document_key(profile.identity_number, profile.document_country)]
        if profile and profile.is_proven
        else []
    )
    return own + [one.tax_code for one in organisations_of(user, day) if one.confirmed_at]


def held_for(user: User, day: date) -> list[HeldPaper]:
    """What may be offered again in a filing: the papers of the store that are valid on a day and whose file can be opened."""
    return [
        one for one in papers_of(user, day)[:500] if one.state_on(day) is State.VALID and one.file.can_open
    ]


def offers(user: User, wanted: str, day: date, code: str = "") -> list[HeldPaper]:
    """The held papers that may stand for a required one, by its name or result code."""
    papers = {one.pk: one for one in held_for(user, day)}
    kept = [Kept(pk, one.name, one.code) for pk, one in papers.items()]
    return [papers[pk] for pk in matching(wanted, code, kept)]


def access_held_paper(user: User, key: Any, day: date) -> HeldPaper:
    """One of one's own papers. Raises NotFound for anybody else's."""
    if found := papers_of(user, day).filter(key=key).first():
        return found
    raise NotFound()


def shares_of(paper: HeldPaper, at: datetime) -> list[HeldShare]:
    """The links that still open a paper."""
    return list(paper.shares.filter(revoked_at=None, expires_at__gt=at).order_by("-pk"))


def old_shares(before: datetime) -> QuerySet[HeldShare]:
    """Links that ran out or were ended before a moment."""
    return HeldShare.objects.filter(Q(expires_at__lt=before) | Q(revoked_at__lt=before))


def secret_hash(secret: str) -> str:
    """By which a link is found again; the secret itself has 192 random bits, so a plain hash will do."""
    return sha256(secret.encode()).hexdigest()


def access_shared(secret: str, at: datetime) -> HeldShare:
    """What a link opens. Raises NotFound, the same for a wrong, ended or revoked one."""
    rows = HeldShare.objects.filter(secret_hash=secret_hash(secret), revoked_at=None, expires_at__gt=at)
    related = [f"paper__{name}" for name in RELATED]
    if found := rows.select_related("paper", *related).first():
        return found
    raise NotFound("Đường dẫn chia sẻ không đúng, đã hết hạn hoặc người chia sẻ đã thu hồi.")


def may_open(file: Any, user: Any, authority: Any) -> bool:
    """Whether a file lies in this citizen's store."""
    return bool(getattr(user, "is_citizen", False)) and papers_of(user, today()).filter(file=file).exists()


@dataclass(frozen=True)
class Standing:
    """The state of a verified paper for anyone; `note` in Vietnamese."""

    state: State
    note: str


def with_standing(paper: Verified, token: str, day: date) -> Verified:
    """What anyone may learn of a result, with what its store knows: revoked, replaced by which, no longer valid."""
    standing = standing_of(token, day) if paper.kind == "result" else None
    if standing is None or standing.state is State.VALID:
        return paper
    return replace(paper, valid=False, note=standing.note, state=standing.state.value)


def standing_of(token: str, day: date) -> Standing | None:
    """What the store knows of the result behind a QR code; None when it never came into a store."""
    paper = (
        HeldPaper.objects.filter(token=token).select_related("result", "replaced_by").first()
        if token
        else None
    )
    if paper is None:
        return None
    state = paper.state_on(day)
    return Standing(state, _note(paper, state))


def _note(paper: HeldPaper, state: State) -> str:
    if state is State.REPLACED and paper.replaced_by:
        new = paper.replaced_by
        return f"Đã được thay bằng số {new.number} ngày {new.issued_on:%d/%m/%Y}."
    if state is State.EXPIRED:
        return f"Có giá trị đến hết ngày {paper.valid_to:%d/%m/%Y}."
    gone = paper.revoked_at or (paper.result.revoked_at if paper.result else None)
    return f"Đã thu hồi ngày {legal_date(gone):%d/%m/%Y}." if gone else ""


# Staff -------------------------------------------------------------------------------------------------------------------


def results_managed(authority: Authority, text: str = "") -> QuerySet[HeldPaper]:
    """Results of agencies whose results this person may revoke, by number or dossier code."""
    where = authority.where(Permission.DOSSIER_CORRECT, "dossier__resolving_agency")
    rows = HeldPaper.objects.filter(where, kind=HeldPaper.Kind.RESULT)
    if text.strip():
        rows = rows.filter(Q(number__iexact=text.strip()) | Q(dossier__code__iexact=text.strip()))
    return rows.select_related(*RELATED, "dossier__resolving_agency").order_by("-pk")


def access_result(authority: Authority, paper_id: int) -> HeldPaper:
    """One of them. Raises NotFound."""
    if found := results_managed(authority).filter(pk=paper_id).first():
        return found
    raise NotFound()


def lock_result(authority: Authority, paper_id: int) -> HeldPaper:
    """One of them, locked. Raises NotFound. For actions."""
    rows = results_managed(authority).select_related(None).select_for_update(of=("self",))
    if found := rows.filter(pk=paper_id).first():
        return found
    raise NotFound()


def successors_of(paper: HeldPaper) -> QuerySet[HeldPaper]:
    """What may take a paper's place: later valid results of the same holder."""
    rows = HeldPaper.objects.filter(
        kind=HeldPaper.Kind.RESULT, pk__gt=paper.pk, revoked_at=None, replaced_by=None
    )
    if paper.holder_number:
        return rows.filter(holder_number=paper.holder_number).order_by("-pk")
    return rows.filter(holder=paper.holder_id, holder__isnull=False).order_by("-pk")


def state_name(paper: HeldPaper, day: date) -> str:
    """The state in words."""
    return NAMES[paper.state_on(day)]


def asked_again(since: date, until: date) -> list[dict[str, Any]]:
    """How often papers were asked for although held, by procedure, over legal dates (both included); most first."""
    rows = AskedAgain.objects.filter(at__date__gte=since, at__date__lte=until).values("procedure_code")
    counted = rows.annotate(count=Count("pk")).order_by("-count", "procedure_code")
    return [{"procedure_code": row["procedure_code"], "count": row["count"]} for row in counted]


def received_in(assistance: Assistance) -> QuerySet[Dossier]:
    """The dossiers that a helper received for a citizen within a day of their visit."""
    begun = assistance.started_at
    rows = Dossier.objects.filter(received_by=assistance.helper_id, received_at__range=(begun, begun + VISIT))
    return rows.filter(applicant__identity_number=assistance.identity_number)


def my_assistances(user: User) -> QuerySet[Assistance]:
    """For whom this member of staff filed, newest first."""
    return Assistance.objects.filter(helper=user).order_by("-pk")
