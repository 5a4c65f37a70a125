"""Reports that `motcua report` knows by name besides the forms: each makes a file of what was asked."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from motcua.agencies.models import Agency
from motcua.statistics.output.files import File
from motcua.statistics.output.index766 import Made, write_index
from motcua.statistics.queries.index766 import board, compared_with
from motcua.statistics.queries.index766_ranking import ranking
from motcua.statistics.queries.scopes import Scope
from motcua.statistics.rules.index766 import CODE
from motcua.statistics.rules.periods import Window

RANKING = f"{CODE}-xep-hang"


@dataclass(frozen=True)
class Wanted:
    """What was asked for. `period` and `basis` are "" for free dates."""

    agency: Agency
    below: bool
    window: Window
    period: str
    basis: str
    at: datetime

    @property
    def before(self) -> Window:
        """The window to compare with."""
        return compared_with(self.window, self.period, self.basis)


@dataclass(frozen=True)
class Named:
    """One such report; `is_calendar`: its periods are those of the calendar, whatever the option says."""

    make: Callable[[Wanted, str], File]
    is_calendar: bool = False


def _board(wanted: Wanted, kind: str) -> File:
    scope = Scope(wanted.agency, wanted.below)
    found = board(scope, wanted.window, wanted.at, before=wanted.before)
    return write_index(Made(found, wanted.period, wanted.basis), kind)


def _ranking(wanted: Wanted, kind: str) -> File:
    found = ranking(Scope(wanted.agency, below=True), wanted.window, wanted.at, before=wanted.before)
    return write_index(Made(found, wanted.period, wanted.basis), kind)


NAMED: dict[str, Named] = {
    CODE: Named(_board, is_calendar=True),
    RANKING: Named(_ranking, is_calendar=True),
}
