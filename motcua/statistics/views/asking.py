"""Whose figures and of which days: read from the address in one place, for reports and for the board."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NoReturn

from motcua.agencies.queries import access_agency
from motcua.agencies.web import StaffRequest
from motcua.core.errors import RuleViolation
from motcua.core.moments import legal_date, now
from motcua.statistics.forms import ReportChoice
from motcua.statistics.queries import Scope, scope_of
from motcua.statistics.queries.reading import first_choice, readable_agencies
from motcua.statistics.rules.periods import Basis, Kind, containing


@dataclass(frozen=True)
class Question:
    """What was asked, and the scope that it names: None while the question has faults."""

    choice: ReportChoice
    scope: Scope | None
    at: datetime

    @property
    def day(self) -> date:
        """Today."""
        return legal_date(self.at)

    @property
    def required(self) -> Scope:
        """The scope. Raises RuleViolation with what is wrong with the question."""
        return self.scope or self.refuse()

    def refuse(self) -> NoReturn:
        """Raise RuleViolation with what is wrong with the question."""
        faults = [str(fault) for faults in self.choice.errors.values() for fault in faults]
        raise RuleViolation(" ".join(faults) or "Chọn lại cơ quan và kỳ.")

    @property
    def query(self) -> dict[str, str]:
        """The question as it stands in an address, to be kept from page to page."""
        data = self.choice.data
        return {name: text for name in self.choice.fields if (text := str(data.get(name) or ""))}


def question(request: StaffRequest, *, kind: Kind = Kind.QUARTER, basis: Basis = Basis.LAW) -> Question:
    """The agency, the days and whether all below is counted. What the address leaves out is the running quarter (or another
    kind of period) of the person's own agency; all below it as well where the address says nothing of either.

    Raises NotFound for an agency whose reports the person may not read.
    """
    at = now()
    agencies = readable_agencies(request.authority)
    chosen, below = first_choice(agencies, request.authority)
    day = legal_date(at)
    period = containing(day, kind, basis)
    start = {"agency": str(chosen.pk), "period": period.code, "basis": basis.value}
    silent = not set(request.GET) & set(ReportChoice.base_fields)
    given = ({"below": "on"} if below and silent else {}) | request.GET.dict()
    choice = ReportChoice({**start, **given}, agencies=agencies, day=day)
    if not choice.is_valid():
        return Question(choice, None, at)
    values = choice.cleaned_data
    return Question(
        choice, scope_of(access_agency(values["agency"]), request.authority, below=values["below"]), at
    )
