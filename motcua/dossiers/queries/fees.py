"""What a filed dossier would be charged: as its person stated it, or as the clerk corrects it before accepting."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from motcua.agencies.models import Agency
from motcua.core.errors import RuleViolation
from motcua.dossiers.models import Dossier, FeeClaim
from motcua.dossiers.queries import catalogue
from motcua.dossiers.queries.reference import Desk
from motcua.dossiers.rules.fees import numbers_counted
from motcua.payments.rules.settings import AT_SUBMISSION
from motcua.procedures.rules.fees import Bill, Exemption, FeeLine, Quantities, compute, counted, exemptions


@dataclass(frozen=True)
class FeeView:
    """The lines that hold, and the claim; `counted`: the numbers that the amount depends on."""

    lines: tuple[FeeLine, ...]
    claim: FeeClaim | None

    @property
    def counted(self) -> tuple[str, ...]:
        """The numbers to ask for."""
        return counted(self.lines)

    @property
    def exemptions(self) -> tuple[Exemption, ...]:
        """Whom the lines exempt."""
        return exemptions(self.lines)

    @property
    def quantities(self) -> dict[str, int]:
        """The numbers as stated; one of each where nothing is."""
        stated = self.claim.quantities if self.claim else {}
        return {name: int(stated.get(name, 1)) for name in self.counted}

    @property
    def claimed(self) -> str:
        """The exemption that the person claims; empty for none."""
        return self.claim.exemption_reason if self.claim else ""

    @property
    def claimed_exemption(self) -> Exemption | None:
        """The same with its law and proof; None when the lines that hold now do not know it."""
        return next((one for one in self.exemptions if one.reason == self.claimed), None)

    def bill(self, quantities: Mapping[str, int] | None = None, exemption: str | None = None) -> Bill | None:
        """The bill by what is given, else by what is stated; None when the lines do not know the exemption."""
        numbers = self.quantities | numbers_counted(quantities or {}, self.counted)
        reason = self.claimed if exemption is None else exemption
        try:
            return compute(self.lines, Quantities(**numbers), exemption_reason=reason)
        except RuleViolation:
            return None


def charged_at_submission(desk: Desk, agency: Agency, day: date) -> bool:
    """Whether an agency charges what is filed online with it on a day as soon as it is submitted (dated setting)."""
    return bool(desk.setting("fees_charged_at", agency, day) == AT_SUBMISSION)


def claim_of(dossier: Dossier) -> FeeClaim | None:
    """What was stated and settled; None where the fee depended on nothing. One statement."""
    return FeeClaim.objects.select_related("settled_by").filter(dossier=dossier).first()


def fee_view(desk: Desk, dossier: Dossier) -> FeeView:
    """What accepting a dossier now would charge. One statement when the catalogue is remembered."""
    lines = catalogue.fees(desk, dossier.procedure_id, dossier.channel, dossier.resolving_agency)
    return FeeView(lines, claim_of(dossier))
