"""The electronic original of a result: printed here, signed with the signer's certificate, kept and verifiable by its QR."""

from datetime import datetime

from django.db import transaction

from motcua.accounts.models import User
from motcua.core.errors import NotFound, RuleViolation
from motcua.dossiers import slips
from motcua.dossiers.actions._journal import entry, log
from motcua.dossiers.models import ResultPaper
from motcua.dossiers.queries import access
from motcua.dossiers.queries.reference import Desk
from motcua.dossiers.signals import result_signed
from motcua.files.actions import store
from motcua.printing.actions import render_to_sign
from motcua.printing.sign import sign_pdf


@transaction.atomic
def sign_electronically(result_id: int, *, actor: User, at: datetime) -> ResultPaper:
    """Make the signed PDF (PAdES) of a result that the actor has just signed, and keep it with the result.

    Decree 45/2020/NĐ-CP, article 15: an electronic result carries the signature of who is competent. Raises NotFound
    for somebody else's result, RuleViolation when it has a file already or was revoked.
    """
    desk = Desk(actor, at)
    result = ResultPaper.objects.filter(pk=result_id, signer=actor).first()
    if result is None:
        raise NotFound()
    dossier = access.locked(desk, result.dossier_id)
    if result.revoked_at or result.file_id:
        raise RuleViolation("Kết quả này đã có bản điện tử hoặc đã bị thu hồi, không ký lại.")
    pdf, place = render_to_sign("result_notice", slips.result_notice_data(result))
    agency = dossier.resolving_agency.name
    signed = sign_pdf(
        pdf, reason=result.name[:200], signer_name=str(actor), at=at, agency=agency, place=place
    )
    kept = store(signed, actor=actor, at=at, name=f"ket-qua-{dossier.code}.pdf", made_here=True)
    result.file, result.is_electronic = kept, True
    result.save(update_fields=["file", "is_electronic"])
    log(desk, dossier, entry("sign_electronically", result=result.pk, file=kept.pk, sha256=kept.sha256))
    result_signed.send(sender=ResultPaper, result=result, actor=actor, at=at)
    return result
