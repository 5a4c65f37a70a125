"""Charges."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet, Sum

from motcua.agencies.queries import Authority
from motcua.agencies.rules.permissions import Permission
from motcua.core import store
from motcua.core.errors import NotFound
from motcua.core.text import nfc
from motcua.payments.models import Charge
from motcua.payments.queries.reach import charges_within
from motcua.payments.rules.lines import overall


def charges_of(reference: str) -> QuerySet[Charge]:
    """All charges of a record, in the order in which they were made."""
    return Charge.objects.filter(reference=reference).select_related("agency", "counter").order_by("id")


def state_of(reference: str) -> str:
    """One state for a record: none, due, paid, refunded or exempt."""
    return overall(one.state for one in store.find(Charge, reference=reference))


def amount_due(reference: str) -> int:
    """Đồng still to be paid for a record."""
    due = Charge.objects.filter(reference=reference, state=Charge.State.DUE)
    return due.aggregate(total=Sum("amount"))["total"] or 0


def due_charges(authority: Authority, text: str = "") -> QuerySet[Charge]:
    """What may be collected by this person, newest first; `text` is the start of a dossier's code, or a reference."""
    found = Charge.objects.filter(charges_within(authority, Permission.FEE_COLLECT), state=Charge.State.DUE)
    if text := nfc(text):
        found = found.filter(Q(code__istartswith=text) | Q(reference=text))
    return found.select_related("agency", "counter").order_by("-id")


def due_for(authority: Authority, reference: str, charge_id: str) -> list[Charge]:
    """What may be collected now for a record ("dossier/17"), or the single charge with this id."""
    found = due_charges(authority).order_by("id")
    if charge_id.isdecimal() and len(charge_id) < 19:
        return list(found.filter(pk=int(charge_id)))
    return list(found.filter(reference=reference)[:50]) if reference else []


def access_charge(authority: Authority, charge_id: int) -> Charge:
    """A charge that this person may see. Raises NotFound."""
    visible = Charge.objects.filter(charges_within(authority, Permission.FEE_VIEW))
    if found := visible.select_related("agency", "counter").filter(pk=charge_id).first():
        return found
    raise NotFound()


def lock_charges(charge_ids: Sequence[int]) -> list[Charge]:
    """The charges, locked in the order of ids. Raises NotFound when one is missing. For actions."""
    found = Charge.objects.select_for_update(of=("self",)).select_related("agency", "counter").order_by("id")
    locked = (
        store.find(Charge, lock=True, id=charge_ids)
        if store.batching()
        else list(found.filter(pk__in=charge_ids))
    )
    if len(locked) != len(set(charge_ids)):
        raise NotFound("Không tìm thấy khoản thu này.")
    return locked


def lock_charge(charge_id: int) -> Charge:
    """One charge, locked. For actions."""
    return lock_charges([charge_id])[0]
