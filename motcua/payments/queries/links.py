"""Signed links to pay by, and what stands behind them: whoever has the link may pay and get the receipt, nothing else."""

import re

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from motcua.core.errors import NotFound
from motcua.payments.models import Charge, Receipt, ReceiptLine
from motcua.payments.queries.charges import charges_of

_SALT = "motcua.payments.links"
_SHAPE = re.compile(r"([0-9]{1,18})-([0-9a-f]{32})")


def pay_token(charge: Charge) -> str:
    """What stands in the link of a charge; it shows all charges of the same record."""
    return f"{charge.pk}-{_mark(charge.pk, charge.reference)}"


def pay_link(charge: Charge) -> str:
    """The page on which a charge, and what else is owed for its record, can be paid without an account."""
    return settings.PUBLIC_URL + reverse("portal:pay", args=[pay_token(charge)])


def pay_link_of(reference: str) -> str:
    """The page of a record's charges; empty when nothing was ever charged for it."""
    found = Charge.objects.filter(reference=reference, amount__gt=0).order_by("id").first()
    return pay_link(found) if found else ""


def pay_links_of(references: list[str]) -> dict[str, str]:
    """The same for many records by one statement: those that still owe something."""
    due = Charge.objects.filter(reference__in=references, state=Charge.State.DUE).order_by("-id")
    return {one.reference: pay_link(one) for one in due}


def charges_by_token(token: str) -> list[Charge]:
    """The charges behind a link, those that came to nothing left out, those that fell away too: who holds an old code must read
    that it is not to be paid. Raises NotFound for any other text.
    """
    found = _SHAPE.fullmatch(token)
    one = Charge.objects.filter(pk=int(found[1])).first() if found else None
    if found is None or one is None or not constant_time_compare(found[2], _mark(one.pk, one.reference)):
        raise NotFound()
    return list(charges_of(one.reference).filter(amount__gt=0))


def receipt_by_token(token: str, receipt_id: int) -> Receipt:
    """A receipt of one of the charges behind a link. Raises NotFound."""
    charges = [one.pk for one in charges_by_token(token)]
    lines = ReceiptLine.objects.filter(charge_id__in=charges, receipt_id=receipt_id)
    found = Receipt.objects.filter(pk__in=lines.values("receipt_id"), cancelled_at=None)
    if one := found.select_related("book", "agency__parent", "day__agency", "cashier").first():
        return one
    raise NotFound()


def receipts_of(charges: list[Charge]) -> dict[int, Receipt]:
    """The valid receipt of each charge that has one."""
    lines = ReceiptLine.objects.filter(charge__in=charges, receipt__cancelled_at=None)
    return {line.charge_id: line.receipt for line in lines.select_related("receipt__book")}


def _mark(pk: int, reference: str) -> str:
    return salted_hmac(_SALT, f"{pk}/{reference}", algorithm="sha256").hexdigest()[:32]
