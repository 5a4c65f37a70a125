"""Who may do what about a charge: at the agency that it is owed to, or at the counter that received its record.

The fee is the resolving agency's; the one-stop office that received the dossier collects it (docs/decisions/0052-money.md).
"""

from django.db.models import Q

from motcua.agencies.models import Agency
from motcua.agencies.queries import Authority
from motcua.agencies.rules.permissions import Permission
from motcua.core.errors import NotFound
from motcua.payments.models import Charge, Receipt


def charges_within(authority: Authority, permission: Permission) -> Q:
    """The filter for charges in the reach of a permission."""
    return authority.where(permission, "agency") | authority.where(permission, "counter")


def receipts_within(authority: Authority, permission: Permission) -> Q:
    """The filter for receipts: given in the agency's name, or paid into the counter's drawer."""
    return authority.where(permission, "agency") | authority.where(permission, "day__agency")


def may(authority: Authority, permission: Permission, charge: Charge) -> bool:
    """Whether the permission is held for this charge."""
    return authority.can(permission, charge.agency) or authority.can(permission, charge.counter)


def require(authority: Authority, permission: Permission, charge: Charge) -> None:
    """Raise NotFound unless the permission is held for this charge."""
    if not may(authority, permission, charge):
        raise NotFound()


def drawer_for(authority: Authority, permission: Permission, charge: Charge) -> Agency:
    """Into or out of whose drawer the money goes: the counter's for who works there, else the agency's own.

    Raises NotFound without the permission at either.
    """
    require(authority, permission, charge)
    at_counter = charge.counter and authority.can(permission, charge.counter)
    return charge.counter if charge.counter and at_counter else charge.agency


# Who must know a payer: who takes or gives back the money, and who may read personal data anyway.
_KNOW_PAYERS = (Permission.FEE_COLLECT, Permission.FEE_REFUND, Permission.DOSSIER_VIEW_PERSONAL)


def may_see_payer(authority: Authority, receipt: Receipt) -> bool:
    """Whether this person may read the payer of a receipt in full; every such look is logged."""
    places = (receipt.agency, receipt.day.agency)
    return any(authority.can(permission, place) for permission in _KNOW_PAYERS for place in places)


def require_payer(authority: Authority, receipt: Receipt) -> None:
    """Raise NotFound unless this person may read the payer of a receipt in full."""
    if not may_see_payer(authority, receipt):
        raise NotFound("Không có quyền xem đầy đủ người nộp trên biên lai này.")
