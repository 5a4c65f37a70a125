"""What facts are, and what they are read from: scope, window, catalogue rows read once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from motcua.agencies.models import Agency
from motcua.core.validity import in_force_during
from motcua.procedures.models import Offering, PostingPlace, ProcedureVersion
from motcua.procedures.rules.posting import WorkingDays, counting
from motcua.statistics.queries.postings import places_of
from motcua.statistics.queries.scopes import Scope
from motcua.statistics.queries.standing import Bounds, closing_day
from motcua.statistics.rules.periods import Window
from motcua.workdays.queries import calendar_of

Groups = Mapping[str, int]


@dataclass(frozen=True)
class Fact:
    """One row of a figure. `identity` tells it from others, so that a sum over groups counts it once; `groups` are the rows of
    a report that it stands in; `address` is the page that shows it (name and arguments).
    """

    figure: str
    identity: tuple[Any, ...]
    groups: Groups
    name: str
    note: str = ""
    on: date | None = None
    weight: int = 1
    address: tuple[str, tuple[Any, ...]] = ("", ())


@dataclass
class Look:
    """What the facts of one report are read from: scope, window and its bounds; catalogue rows are read once."""

    scope: Scope
    window: Window
    at: datetime
    calendars: dict[int, WorkingDays] = field(default_factory=dict)

    @cached_property
    def bounds(self) -> Bounds:
        """The window in moments."""
        return Bounds.of(self.window, self.at)

    @property
    def close(self) -> date:
        """The last legal date that counts: of the window, or today while it runs."""
        return closing_day(self.window, self.at)

    @cached_property
    def offerings(self) -> list[Offering]:
        """What the scope's agencies offered at some time in the window, or until the day before it."""
        since = self.window.start - timedelta(days=1)
        there = in_force_during(since, self.close)
        rows = Offering.objects.filter(there, agency__in=list(self.scope.agencies)).select_related(
            "procedure"
        )
        return list(rows.order_by("agency_id", "procedure__code", "valid_from"))

    @cached_property
    def houses_by_procedure(self) -> dict[int, set[int]]:
        """In whose name each procedure of the scope is offered."""
        found: dict[int, set[int]] = {}
        for row in self.offerings:
            found.setdefault(row.procedure_id, set()).add(self.scope.houses[row.agency_id])
        return found

    @cached_property
    def versions(self) -> dict[int, ProcedureVersion]:
        """The version of each offered procedure in force at the close, by procedure."""
        rows = ProcedureVersion.objects.filter(
            ProcedureVersion.in_force(self.close), procedure__in=list(self.houses_by_procedure)
        )
        found = rows.select_related("field").only(
            "procedure_id", "number", "name", "field__name", "online_level", "valid_from", "valid_to"
        )
        return {row.procedure_id: row for row in found.order_by("number")}

    @cached_property
    def places(self) -> list[PostingPlace]:
        """Places of the scope's agencies in use at some time in the window."""
        return places_of(self.scope, self.window, self.at)

    def working_days(self, agency: Agency) -> WorkingDays:
        """The agency's working days between two dates."""
        if agency.pk not in self.calendars:
            self.calendars[agency.pk] = counting(calendar_of(agency))
        return self.calendars[agency.pk]
