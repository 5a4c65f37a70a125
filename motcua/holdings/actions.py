"""Acts on a person's store."""

import secrets
from collections.abc import Collection
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F

from motcua.accounts import actions as accounts
from motcua.accounts.models import Assistance, User
from motcua.agencies.queries import authority_of
from motcua.agencies.rules.permissions import Permission
from motcua.audit.actions import append
from motcua.core.errors import NotFound, RuleViolation
from motcua.core.identity import document_key
from motcua.core.moments import legal_date
from motcua.core.text import nfc
from motcua.dossiers.models import Dossier, DossierHolder, ResultPaper
from motcua.files.models import StoredFile
from motcua.holdings import queries
from motcua.holdings.models import AskedAgain, HeldPaper, HeldShare
from motcua.holdings.rules.states import State, share_until
from motcua.notifications.actions import queue

MANY = 20


@transaction.atomic
def keep_result(result: ResultPaper, *, actor: User, at: datetime) -> HeldPaper | None:
    """Put a signed electronic result into the store of who applied. A result of the same dossier that was revoked before is
    noted as replaced by it. None when there is no file; once only.
    """
    if result.file_id is None:
        return None
    dossier = result.dossier
    owners = DossierHolder.objects.filter(dossier=dossier, right=DossierHolder.Right.OWNER, until=None)
    owner = owners.values_list("user", flat=True).first()
    applicant = dossier.applicant
    paper, made = HeldPaper.objects.get_or_create(
        result=result,
        defaults={
            "kind": HeldPaper.Kind.RESULT,
            "holder_id": owner,
            "holder_number": document_key(applicant.identity_number, applicant.identity_country)
            or applicant.tax_code,
            "name": result.name,
            "code": result.result_code,
            "number": result.number,
            "issuer": dossier.resolving_agency.name,
            "file_id": result.file_id,
            "dossier": dossier,
            "issued_on": result.signed_on,
            "token": result.token,
            "kept_at": at,
        },
    )
    if made:
        old = HeldPaper.objects.filter(dossier=dossier, result__revoked_at__isnull=False, replaced_by=None)
        old.exclude(pk=paper.pk).update(replaced_by=paper)
        append(f"held/{paper.pk}", "held.kept", actor=actor, at=at, data={"result": result.pk}, first=True)
    return paper


@transaction.atomic
def keep_paper(
    file: StoredFile, *, name: str, code: str = "", valid_to: date | None = None, dossier_id: int | None = None, actor: User, at: datetime
) -> HeldPaper:  # fmt: skip
    """Put a paper of one's own into one's store, e.g. one given with a filing. Raises RuleViolation for one without a name,
    NotFound for a file that the actor did not send in.
    """
    if file.uploaded_by_id != actor.pk:
        raise NotFound()
    if not nfc(name):
        raise RuleViolation("Nhập tên giấy tờ.", field="name")
    paper, made = HeldPaper.objects.get_or_create(
        kind=HeldPaper.Kind.PAPER,
        holder=actor,
        file=file,
        defaults={
            "name": nfc(name)[:600],
            "code": code,
            "dossier_id": None,
            "issued_on": legal_date(at),
            "valid_to": valid_to,
            "kept_at": at,
        },
    )
    if made:
        data = {"file": file.pk, "dossier": dossier_id}
        append(f"held/{paper.pk}", "held.kept", actor=actor, at=at, data=data, first=True)
    return paper


@transaction.atomic
def share(
    paper_key: object, days: int, note: str = "", *, actor: User, at: datetime
) -> tuple[HeldShare, str]:
    """Make a link that shows one of one's own papers to whoever has it, for 1 to 90 days. Returns it with its secret, once.

    Raises NotFound for another's paper, RuleViolation for a paper that is no longer valid or too many links.
    """
    paper = queries.access_held_paper(actor, paper_key, legal_date(at))
    if paper.state_on(legal_date(at)) is not State.VALID:
        raise RuleViolation("Giấy tờ này không còn giá trị nên không chia sẻ được.")
    if len(queries.shares_of(paper, at)) >= MANY:
        raise RuleViolation("Giấy tờ này đang có quá nhiều đường dẫn chia sẻ. Thu hồi bớt.")
    secret = secrets.token_urlsafe(24)
    row = HeldShare.objects.create(
        paper=paper,
        secret_hash=queries.secret_hash(secret),
        note=nfc(note)[:200],
        made_by=actor,
        made_at=at,
        expires_at=share_until(days, at),
    )
    data = {"share": row.pk, "days": days}
    append(f"held/{paper.pk}", "held.shared", actor=actor, at=at, data=data)
    return row, secret


@transaction.atomic
def end_share(paper_key: object, share_id: int, *, actor: User, at: datetime) -> None:
    """End a link at once. Raises NotFound for another's paper or a link that has ended."""
    paper = queries.access_held_paper(actor, paper_key, legal_date(at))
    if not paper.shares.filter(pk=share_id, revoked_at=None).update(revoked_at=at):
        raise NotFound()
    append(f"held/{paper.pk}", "held.share_ended", actor=actor, at=at, data={"share": share_id})


@transaction.atomic
def open_share(secret: str, *, ip: str = "", actor: User | None, at: datetime) -> HeldShare:
    """Open a shared paper: counted, so that the holder sees it. Raises NotFound for a link that opens nothing."""
    row = queries.access_shared(secret, at)
    HeldShare.objects.filter(pk=row.pk).update(opened=F("opened") + 1, opened_at=at)
    return row


@transaction.atomic
def revoke_result(paper_id: int, reason: str, *, actor: User, at: datetime) -> HeldPaper:
    """Revoke a result that has been given: everybody who checks its QR code learns it at once; shared links end.

    Raises NotFound without the right to correct results of its agency, RuleViolation without a reason or twice.
    """
    paper = queries.lock_result(authority_of(actor, legal_date(at)), paper_id)
    _still_valid(paper, legal_date(at))
    _revoke(paper, _reason(reason), at)
    append(f"held/{paper.pk}", "held.revoked", actor=actor, at=at, data={"reason": _reason(reason)})
    return paper


@transaction.atomic
def replace_result(paper_id: int, new_id: int, reason: str, *, actor: User, at: datetime) -> HeldPaper:
    """Revoke a result in favour of a later one of the same holder, which the QR code of the old one then names.

    Raises NotFound without the right, RuleViolation for a result that cannot take its place, without a reason or twice.
    """
    paper = queries.lock_result(authority_of(actor, legal_date(at)), paper_id)
    _still_valid(paper, legal_date(at))
    new = queries.successors_of(paper).filter(pk=new_id).first()
    if new is None:
        raise RuleViolation("Chọn kết quả cấp sau của cùng người giữ để thay thế.", field="new")
    paper.replaced_by = new
    _revoke(paper, _reason(reason), at)
    data = {"reason": _reason(reason), "by": new.pk}
    append(f"held/{paper.pk}", "held.replaced", actor=actor, at=at, data=data)
    return paper


def _reason(text: str) -> str:
    reason = nfc(text)[:300]
    if not reason:
        raise RuleViolation("Nhập lý do và số văn bản thu hồi.", field="reason")
    return reason


def _still_valid(paper: HeldPaper, day: date) -> None:
    if paper.state_on(day) in (State.REVOKED, State.REPLACED):
        raise RuleViolation("Kết quả này đã bị thu hồi hoặc thay thế.")


def _revoke(paper: HeldPaper, reason: str, at: datetime) -> None:
    paper.revoked_at, paper.revoked_reason = at, reason
    paper.save(update_fields=["revoked_at", "revoked_reason", "replaced_by"])
    paper.shares.filter(revoked_at=None).update(revoked_at=at)
    rows = ResultPaper.objects.filter(held=paper, revoked_at=None)
    rows.update(revoked_at=at, revoked_reason=reason)


@transaction.atomic
def note_asked_again(
    user: User, *, name: str, procedure_code: str, reference: str, code: str = "", reason: str = "", actor: User, at: datetime
) -> AskedAgain | None:  # fmt: skip
    """Count that a paper was given anew although the store holds it; once for each record and name. None when it does not."""
    held = queries.offers(user, name, legal_date(at), code)
    if not held:
        return None
    row, _ = AskedAgain.objects.get_or_create(
        reference=reference,
        name=name[:600],
        defaults={"paper": held[0], "procedure_code": procedure_code, "reason": nfc(reason)[:300], "at": at},
    )
    return row


@transaction.atomic
def assist(
    *, full_name: str, identity_number: str, document_country: str = "", phone: str, checked_card: bool, consent: str, office: str,
    actor: User, at: datetime,
) -> Assistance:  # fmt: skip
    """Note that the actor files for a citizen who is present and agreed to the words in `consent`, and tell the citizen's phone.
    `checked_card` proves of whom an account is, so it counts only from an official who receives dossiers.

    What the actor receives for that number within a day belongs to the citizen's account once they claim it. Raises NotFound
    without the right to assist, RuleViolation as `accounts.actions.start_assistance` does.
    """
    authority = authority_of(actor, legal_date(at))
    authority.require_any(Permission.DOSSIER_ASSIST)
    row = accounts.start_assistance(
        full_name=full_name, identity_number=identity_number, document_country=document_country, phone=phone, consent=consent,
        checked_card=checked_card and authority.has(Permission.DOSSIER_RECEIVE), place=office, actor=actor, at=at,
    )  # fmt: skip
    link = f"{settings.PUBLIC_URL}/tai-khoan-cua-toi/ho-so-lap-ho/"
    context = {"office": office, "link": link}
    queue("assisted", reference=f"assistance/{row.pk}", context=context, phone=row.phone, actor=actor, at=at)
    return row


@transaction.atomic
def hand_over_assisted(assistance: Assistance, *, actor: User, at: datetime) -> int:
    """Give the citizen who claimed it the dossiers that the helper received for their number within a day of the visit.

    One that somebody's account owns already stays there. Returns how many.
    """
    return give_dossiers(list(queries.received_in(assistance)), actor=actor, at=at)


@transaction.atomic
def give_dossiers(dossiers: Collection[Dossier], *, actor: User, at: datetime) -> int:
    """Let a citizen's account own dossiers that a helper filed for them, with results that are there already; one that an
    account owns already stays there. The caller checked that they are the citizen's. Returns how many.
    """
    owner = DossierHolder.Right.OWNER
    held = DossierHolder.objects.filter(right=owner, until=None, dossier__in=dossiers)
    owned = set(held.values_list("dossier_id", flat=True))
    free = [dossier for dossier in dossiers if dossier.pk not in owned]
    made = DossierHolder.objects.bulk_create(
        [DossierHolder(dossier=dossier, user=actor, right=owner, since=at) for dossier in free]
    )
    HeldPaper.objects.filter(dossier__in=free, holder=None).update(holder=actor)
    for holder in made:
        append(f"dossier/{holder.dossier_id}", "held.dossier_claimed", actor=actor, at=at)
    return len(made)


@transaction.atomic
def forget_shares(*, before: datetime, most: int, actor: User | None) -> int:
    """Delete links that ran out or were ended before a moment, with the note of for whom they were. How many."""
    keys = list(queries.old_shares(before).order_by("pk").values_list("pk", flat=True)[:most])
    HeldShare.objects.filter(pk__in=keys).delete()
    return len(keys)


@transaction.atomic
def forget_shares_of(maker: User, *, actor: User, at: datetime) -> int:
    """Delete all links that a person made; they open nothing any more. How many. The caller checked that the person asked."""
    papers = set(HeldShare.objects.filter(made_by=maker).values_list("paper_id", flat=True))
    removed, _ = HeldShare.objects.filter(made_by=maker).delete()
    for paper in sorted(papers):
        append(f"held/{paper}", "held.share_ended", actor=actor, at=at)
    return removed
