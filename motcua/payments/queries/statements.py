"""Bank statements and their layouts."""

from django.db.models import Q, QuerySet

from motcua.agencies.models import Agency
from motcua.agencies.queries import Authority
from motcua.agencies.rules.permissions import Permission
from motcua.core.errors import NotFound
from motcua.payments.models import BankStatement, BankTransfer, Charge, Receipt, StatementLayout
from motcua.payments.rules.keys import squeeze


def layouts() -> QuerySet[StatementLayout]:
    """All layouts, by name."""
    return StatementLayout.objects.order_by("name")


def statements_visible(authority: Authority) -> QuerySet[BankStatement]:
    """Statements that this person may see, newest first."""
    seen = BankStatement.objects.filter(authority.where(Permission.FEE_VIEW, "agency"))
    return seen.select_related("account", "agency", "layout", "imported_by").order_by("-id")


def access_statement(authority: Authority, statement_id: int) -> BankStatement:
    """A statement that this person may see. Raises NotFound."""
    if found := statements_visible(authority).filter(pk=statement_id).first():
        return found
    raise NotFound()


def transfers_recorded(agency: Agency, references: list[str]) -> dict[str, BankTransfer]:
    """Transfers of an agency that were recorded before, by bank reference."""
    found: dict[str, BankTransfer] = {}
    for start in range(0, len(references), 500):
        rows = BankTransfer.objects.filter(agency=agency, bank_reference__in=references[start : start + 500])
        found.update({row.bank_reference: row for row in rows})
    return found


def receipt_of_reference(agency: Agency, reference: str) -> Receipt | None:
    """The valid receipt that a cashier gave for a transfer seen before its statement was taken in; not tied to another line."""
    here = Q(agency__path__startswith=agency.path) | Q(day__agency__path__startswith=agency.path)
    found = Receipt.objects.filter(
        here,
        bank_reference=reference,
        method=Receipt.Method.TRANSFER,
        cancelled_at=None,
        transfers=None,
    )
    return found.prefetch_related("lines").order_by("id").first()


def charges_to_match(agency: Agency, text: str, amount: int) -> list[Charge]:
    """Due charges of an agency and of those under it, by dossier code, purpose key or (no text) the same amount."""
    here = Q(agency__path__startswith=agency.path) | Q(counter__path__startswith=agency.path)
    found = Charge.objects.filter(here, state=Charge.State.DUE)
    if text.strip():
        found = found.filter(Q(code__iexact=text.strip()) | Q(match_key=squeeze(text)))
    else:
        found = found.filter(amount=amount)
    return list(found.select_related("agency", "counter").order_by("-id")[:20])
