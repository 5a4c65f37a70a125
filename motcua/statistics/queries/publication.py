"""Publication decisions that agencies issued, and whether in time: the one source of forms II.02 and II.03 and of the index."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from motcua.procedures.models import PublicationDecision
from motcua.statistics.queries.bulk_settings import BulkSetting
from motcua.statistics.queries.scopes import Scope
from motcua.statistics.queries.standing import closing_day
from motcua.statistics.rules.periods import Window
from motcua.statistics.rules.publication import is_central, issuing_agency, published_in_time
from motcua.statistics.rules.things import LEAD_DAYS, LEAD_DAYS_CENTRAL


@dataclass(frozen=True)
class Issued:
    """One decision of a house, with the days by which it had to come before it takes effect."""

    house: int
    decision: PublicationDecision
    lead_days: int

    @property
    def last_day(self) -> date:
        """The last day on which it was in time."""
        return self.decision.effective_on - timedelta(days=self.lead_days)

    @property
    def in_time(self) -> bool:
        """Whether it was issued early enough."""
        return published_in_time(self.decision.issued_on, self.decision.effective_on, self.lead_days)


def issued(scope: Scope, window: Window, at: datetime) -> list[Issued]:
    """The publication decisions that agencies of the scope issued in a window, oldest first. Three statements.

    Decree 63/2010/NĐ-CP, article 15: so many days before the matter takes effect, more for a ministry (dated settings of the
    issuer, as in force at the close). Of whom a decision is follows from the name of its issuer.
    """
    names = {issuing_agency(row.name): scope.houses[pk] for pk, row in reversed(scope.agencies.items())}
    close = closing_day(window, at)
    lead = BulkSetting.on("publication_lead_days", close, LEAD_DAYS)
    central = BulkSetting.on("publication_lead_days_central", close, LEAD_DAYS_CENTRAL)
    rows = PublicationDecision.objects.filter(issued_on__gte=window.start, issued_on__lte=close)
    return [
        Issued(house, row, int((central if is_central(row.issuer) else lead).of(scope.house(house))))
        for row in rows.order_by("issued_on", "pk")
        if (house := names.get(issuing_agency(row.issuer)))
    ]
