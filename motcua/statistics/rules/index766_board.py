"""The index of a scope filled in: every component, the sums, what it is compared with. Live, or as it was frozen."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from motcua.statistics.rules.index766 import Group, Line, Scheme, Sums, sums_of
from motcua.statistics.rules.periods import Window
from motcua.statistics.rules.stages import NO_SPREAD, Spread

NUMBER = "Chỉ số 766"  # what stands where a form has its number


@dataclass(frozen=True)
class Board:
    """The index of an agency's own dossiers or of all below it too. `at` is when it was counted (aware, UTC); `live` says that
    its window was still running then; `missing` is the rule for components without a ratio; `before` and `trend` compare with
    the window before it, by the set in force then.
    """

    agency: str
    agency_code: str
    below: bool
    window: Window
    at: datetime
    live: bool
    scheme: Scheme
    lines: tuple[Line, ...]
    sums: Sums
    missing: str
    before: Window | None = None
    before_value: Decimal | None = None
    days: Spread = NO_SPREAD

    @property
    def value(self) -> Decimal | None:
        """The index, by the rule in force for components without a ratio."""
        return self.sums.value(self.missing)

    @property
    def band(self) -> str:
        """Its class."""
        return self.scheme.band(self.value)

    @property
    def trend(self) -> Decimal | None:
        """Points more (or less) than in the window before; None when either has none."""
        if self.value is None or self.before_value is None:
            return None
        return self.value - self.before_value

    @property
    def groups(self) -> list[tuple[Group, tuple[Line, ...], Sums]]:
        """Each group with its lines and sums."""
        found = []
        for group in self.scheme.groups:
            mine = tuple(line for line in self.lines if line.component in group.components)
            found.append((group, mine, sums_of(mine)))
        return found
