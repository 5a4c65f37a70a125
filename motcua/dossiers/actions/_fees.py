"""What decides the fee of a dossier: kept as stated when it is filed, settled when it is accepted."""

from motcua.core import store
from motcua.dossiers.actions._reception import Reception
from motcua.dossiers.models import Dossier, FeeClaim
from motcua.dossiers.queries.reference import Desk
from motcua.dossiers.rules.fees import Settled, numbers_counted
from motcua.dossiers.rules.intake import Intake
from motcua.procedures.rules.fees import counted


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
