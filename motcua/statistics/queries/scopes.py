"""Whose dossiers a report counts: those that an agency resolves, with its divisions, or with all below it."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from motcua.agencies.models import Agency
from motcua.agencies.queries import Authority, agencies_under, own_agencies, setting
from motcua.agencies.rules.permissions import Permission

LOCAL_LEVELS = ("province", "district", "commune")


@dataclass(frozen=True)
class Scope:
    """An agency's own dossiers (its divisions' included), or those of everything below it too."""

    agency: Agency
    below: bool = False

    @cached_property
    def agencies(self) -> dict[int, Agency]:
        """The resolving agencies counted, ended ones included, by id."""
        if not self.below:
            return {row.pk: row for row in own_agencies(self.agency)}
        return {row.pk: row for row in agencies_under(self.agency).select_related("level").order_by("path")}

    @cached_property
    def houses(self) -> dict[int, int]:
        """For each agency counted the one in whose name its figures stand: divisions count for their house."""
        return {pk: self._house_id(row) for pk, row in self.agencies.items()}

    def house(self, pk: int) -> Agency:
        """The house of this id; the scope's own agency for one that is not in it."""
        return self.agencies.get(pk) or self.agency

    def level_of(self, pk: int) -> str:
        """The level of government in whose section the figures of an agency counted here stand; "" for no local one."""
        level = self.house(self.houses.get(pk, pk)).level
        return level.code if level and level.code in LOCAL_LEVELS else ""

    def _house_id(self, row: Agency) -> int:
        if row.pk == self.agency.pk or row.kind != Agency.Kind.DIVISION or row.parent_id is None:
            return row.pk
        above = self._chain.get(row.parent_id)
        return self._house_id(above) if above else row.parent_id

    @cached_property
    def _chain(self) -> dict[int, Agency]:
        return {row.pk: row for row in agencies_under(self.agency)}


def scope_of(agency: Agency, authority: Authority, *, below: bool = False) -> Scope:
    """The scope of a report that the person may read: with what lies below only where they may read reports there too.

    Raises NotFound.
    """
    authority.require(Permission.REPORT_READ, agency)
    scope = Scope(agency, below)
    for pk, row in scope.agencies.items() if below else ():
        if scope.houses[pk] != agency.pk:
            authority.require(Permission.REPORT_READ, row)
    return scope


def is_by_minute(agency: Agency, day: date) -> bool:
    """Whether the agency judges lateness by the minute on a day (dated setting)."""
    return bool(setting("standing_granularity", agency, day) == "minute")
