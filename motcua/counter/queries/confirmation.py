"""What the clerk needs right after a dossier was taken in."""

from datetime import datetime
from typing import Any

from django.urls import NoReverseMatch, reverse

from motcua.agencies.queries import Authority
from motcua.agencies.rules.permissions import Permission
from motcua.core.moments import legal_date
from motcua.dossiers.models import Dossier, Notice
from motcua.payments.models import Charge
from motcua.payments.queries import charges_of, transfer_code
from motcua.printing import qr

TITLES = {
    Notice.Kind.RECEIPT: ("Đã tiếp nhận hồ sơ", "giấy tiếp nhận"),
    Notice.Kind.SUPPLEMENT: ("Đã lập phiếu yêu cầu bổ sung", "phiếu yêu cầu bổ sung"),
    Notice.Kind.REJECTION: ("Đã lập phiếu từ chối tiếp nhận", "phiếu từ chối"),
}
KEPT = ("Đã để lại hồ sơ chờ kiểm tra", "")


def confirmation(dossier: Dossier, authority: Authority, *, at: datetime) -> dict[str, Any]:
    """Title, the slip to print, charges with a VietQR code, papers to scan."""
    notice = dossier.notices.order_by("-issued_at", "-id").first()
    title, name = TITLES.get(notice.kind, KEPT) if notice else KEPT  # type: ignore[call-overload]  # the kinds of notices are its keys
    due = [charge for charge in charges_of(f"dossier/{dossier.pk}") if charge.state == Charge.State.DUE]
    return {
        "title": title,
        "notice": notice,
        "notice_name": name,
        "papers": dossier.papers.all(),
        "charges": due,
        "total": sum(charge.amount for charge in due),
        "codes": [
            (charge, qr.svg(text, label="Mã VietQR"))
            for charge in due
            if (text := transfer_code(charge, legal_date(at)))
        ],
        "cash_url": collect_url(dossier, authority),
    }


def collect_url(dossier: Dossier, authority: Authority) -> str:
    """Where the fee of a dossier is collected in cash; empty for who may collect neither at the counter nor at the agency."""
    places = (dossier.office.agency, dossier.resolving_agency)
    if not any(authority.can(Permission.FEE_COLLECT, place) for place in places):
        return ""
    try:
        return f"{reverse('payments:collect')}?reference=dossier/{dossier.pk}"
    except NoReverseMatch:
        return ""
