"""What decides the fee of a dossier: kept as stated when it is filed, settled when it is accepted; and the charges that come of it."""

from collections.abc import Sequence

from motcua.core import store
from motcua.core.moments import legal_date
from motcua.dossiers.actions import _news
from motcua.dossiers.actions._reception import Reception, fee_lines
from motcua.dossiers.models import Dossier, FeeClaim
from motcua.dossiers.queries.fees import FeeView, charged_at_submission, fee_view
from motcua.dossiers.queries.reference import Desk
from motcua.dossiers.rules.fees import Settled, numbers_counted
from motcua.dossiers.rules.intake import Intake
from motcua.dossiers.rules.states import Payment
from motcua.payments.actions import Owing, Settlement, charge, settle_charges
from motcua.payments.models import Charge
from motcua.payments.rules.lines import FeeLine
from motcua.procedures.rules.fees import Quantities, compute, counted


def keep_claim(dossier: Dossier, reception: Reception, intake: Intake) -> Settled:
    """Keep what the person states, as far as the amount depends on it; a row only where something is stated."""
    lines = [due.line for due in reception.bill.dues]
    numbers = numbers_counted(intake.fee_quantities, counted(lines))
    claim = Settled(numbers, intake.exemption_reason if lines else "")
    if claim.quantities or claim.exemption:
        row = store.new(
            FeeClaim, dossier=dossier, quantities=claim.quantities, exemption_reason=claim.exemption
        )
        store.insert([row])
    return claim


def claim_of(dossier: Dossier) -> FeeClaim | None:
    """What was stated. One statement."""
    return next(iter(store.find(FeeClaim, dossier_id=dossier.pk)), None)


def restate(desk: Desk, dossier: Dossier, said: Settled) -> dict[str, object]:
    """The person states anew what decides the fee, before anybody has settled it; what was stated before stays in the log. What
    was charged when filing follows. Raises RuleViolation for an exemption that the schedule does not know.
    """
    view = fee_view(desk, dossier)
    bill = compute(view.lines, _quantities(view, said), exemption_reason=said.exemption)
    row = view.claim or store.insert([store.new(FeeClaim, dossier=dossier)])[0]
    row.quantities = {**row.quantities, **numbers_counted(said.quantities, view.counted)}
    row.exemption_reason = said.exemption
    store.update(row, "quantities", "exemption_reason")
    if charges_when_filed(desk, dossier):
        reason = "bạn khai lại số bản, số trang hoặc miễn, giảm"
        made = settle_filed(desk, dossier, owed_lines(fee_lines(bill)), reason)
        _news.tell_settled(desk, dossier, made, reason)
    return {"fee_quantities": dict(row.quantities), "exemption": row.exemption_reason}


def _quantities(view: FeeView, said: Settled) -> Quantities:
    """The numbers as stated from now on; what is not said again stays."""
    return Quantities(**(view.quantities | numbers_counted(said.quantities, view.counted)))


def stated(claim: FeeClaim | None) -> Settled:
    """A claim as the rules want it."""
    return Settled(claim.quantities, claim.exemption_reason) if claim else Settled()


def keep_settled(desk: Desk, dossier: Dossier, claim: FeeClaim | None, settled: Settled) -> None:
    """Keep what is charged by beside what was claimed; nothing where neither the person nor the clerk states anything."""
    if claim is None and not (settled.quantities or settled.exemption):
        return
    row = claim or store.new(FeeClaim, dossier=dossier)
    row.settled_quantities, row.settled_exemption = dict(settled.quantities), settled.exemption
    row.refusal, row.settled_at, row.settled_by = settled.refusal, desk.at, desk.actor
    if claim is None:
        store.insert([row])
    else:
        store.update(row, "settled_quantities", "settled_exemption", "refusal", "settled_at", "settled_by")


def told(settled: Settled) -> dict[str, object]:
    """What the log says of it; nothing where nothing was stated."""
    found = {
        "fee_quantities": dict(settled.quantities),
        "exemption": settled.exemption,
        "exemption_refused": settled.refusal,
    }
    return {key: value for key, value in found.items() if value}


# Charges --------------------------------------------------------------------------------------------------------------


def charges_when_filed(desk: Desk, dossier: Dossier) -> bool:
    """Whether a filing is charged when it is submitted, by the setting of its office on that day: never by that of today."""
    if dossier.channel != "online" or dossier.submitted_at is None:
        return False
    return charged_at_submission(desk, dossier.office.agency, legal_date(dossier.submitted_at))


def owed_lines(lines: Sequence[FeeLine]) -> list[FeeLine]:
    """Those that something is to be paid for: what is free is charged, at nothing, when the exemption has been checked."""
    return [one for one in lines if one.first_state == Charge.State.DUE]


def charge_received(desk: Desk, dossier: Dossier, lines: Sequence[FeeLine]) -> list[Charge]:
    """Charge a dossier that was never charged before. A step of reception."""
    owing = _owing(dossier)
    return charge(
        f"dossier/{dossier.pk}", lines, agency=owing.agency, counter=owing.counter, code=owing.code, payer_name=owing.payer_name,
        payer_code=owing.payer_code, actor=desk.actor, at=desk.at, first=True,
    )  # fmt: skip


def charge_accepted(
    desk: Desk, dossier: Dossier, lines: Sequence[FeeLine], recount: str
) -> tuple[Sequence[Charge], Settlement | None]:
    """Charge what is owed from reception on; a filing that was charged before (`recount`: why it may differ) is settled instead."""
    if not recount:
        return charge_received(desk, dossier, lines), None
    money = settle_filed(desk, dossier, lines, recount)
    return money.charges, money


def settle_filed(desk: Desk, dossier: Dossier, lines: Sequence[FeeLine], reason: str) -> Settlement:
    """Bring the charges of a filing to what is owed now, and its payment with them. The dossier is locked and stored."""
    made = settle_charges(
        f"dossier/{dossier.pk}", lines, owing=_owing(dossier), reason=reason, actor=desk.actor, at=desk.at
    )
    if made.charges or made.cancelled:
        dossier.payment = made.state
        store.update(dossier, "payment")
    return made


def _owing(dossier: Dossier) -> Owing:
    """Who owes a dossier's fees, and to whom; until it is received its temporary number names it."""
    payer = dossier.applicant
    code = (payer.tax_code or payer.identity_number)[:14]
    return Owing(dossier.resolving_agency, dossier.office.agency, str(dossier), payer.name, code)


def let_go(desk: Desk, dossier: Dossier, reason: str) -> None:
    """A filing that is not received owes nothing: what is unpaid falls away, what was paid must go back, and the person is told."""
    if dossier.payment != Payment.NONE:
        _news.tell_settled(desk, dossier, settle_filed(desk, dossier, (), reason), reason)
