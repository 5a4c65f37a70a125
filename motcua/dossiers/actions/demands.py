"""What is asked to be paid while a dossier is worked on: a further fee, or an obligation that is paid here and not elsewhere.

Three moments of paying: what filing or reception charges (`_fees`: at submission or at acceptance, by the office's setting, or at the
counter), what is demanded meanwhile or on return (here), both paid by the same ways.
"""

from datetime import datetime

from motcua.accounts.models import User
from motcua.core import store
from motcua.core.errors import RuleViolation
from motcua.core.money import dong
from motcua.dossiers.actions import _charges, _news
from motcua.dossiers.actions._journal import entry, log
from motcua.dossiers.actions.pauses import meet_obligation
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import access
from motcua.dossiers.queries.reference import Desk
from motcua.dossiers.rules import ending
from motcua.dossiers.rules.states import Status
from motcua.payments.models import Charge
from motcua.payments.queries import pay_link
from motcua.payments.rules.lines import FeeLine


@store.act
def demand_fee(
    dossier_id: int, *, kind: str, purpose: str, amount_dong: int, legal_basis: str, actor: User, at: datetime
) -> Charge:
    """Charge a further phí or lệ phí on a received dossier whose result is not handed over yet, and tell the citizen.

    For who works on it or collects at its counter. Raises RuleViolation without amount, purpose or legal basis.
    """
    desk = Desk(actor, at)
    dossier = access.locked(desk, dossier_id)
    access.require_charging(desk, dossier)
    if dossier.received_at is None or dossier.ended_at or dossier.returned_at:
        raise RuleViolation("Chỉ thu thêm khi hồ sơ đã tiếp nhận và chưa trả kết quả.")
    if kind not in (Charge.Kind.FEE, Charge.Kind.CHARGE):
        raise RuleViolation("Chọn phí hoặc lệ phí.", field="kind")
    line = FeeLine(
        kind,
        ending.require_text(purpose, "Nhập nội dung thu.", "purpose"),
        _require_amount(amount_dong),
        ending.require_text(legal_basis, "Nhập căn cứ thu.", "legal_basis"),
    )
    made = _charges.add_charge(desk, dossier, line)
    log(desk, dossier, entry("fee_demanded", key=made.key, amount_dong=amount_dong, basis=line.legal_basis))
    _news.tell(desk, dossier, "fee_due", amount=dong(amount_dong), link=pay_link(made))
    return made


def _require_amount(amount_dong: int) -> int:
    """The amount. Raises RuleViolation when it is not above nought."""
    if amount_dong <= 0:
        raise RuleViolation("Số tiền phải lớn hơn 0.", field="amount_dong")
    return amount_dong


def meet_by_payment(dossier_id: int, *, document: str, actor: User, at: datetime) -> None:
    """An obligation that is paid here was paid: it is met by its receipt, and the clock goes on. Part of the act on the charge."""
    found = store.find(Dossier, id=dossier_id)
    if found and found[0].status == Status.WAIT_FINANCE:
        meet_obligation(dossier_id, document=document, actor=actor, at=at)
