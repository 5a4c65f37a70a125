"""Open data: what agencies received and resolved in a closed month, without any number under five. Kept for a day."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, cast

from django.core.cache import cache

from motcua.agencies.models import Agency
from motcua.agencies.queries import setting
from motcua.core.errors import NotFound
from motcua.core.moments import legal_date
from motcua.procedures.models import Procedure
from motcua.statistics import replica
from motcua.statistics.queries.counting import count
from motcua.statistics.queries.scopes import Scope
from motcua.statistics.queries.spans import procedure_names
from motcua.statistics.rules.figures import Test as T
from motcua.statistics.rules.periods import Basis, Kind, Period, containing
from motcua.statistics.rules.shares import is_small, percent
from motcua.statistics.rules.suppression import Block, Shown, ShownBlock, ShownTable, protect, share_may_show

TESTS = (
    T.RECEIVED_ONLINE, T.RECEIVED_COUNTER, T.RECEIVED_POST, T.RESOLVED_BEFORE, T.RESOLVED_ON, T.RESOLVED_LATE, T.WAITING,
    T.OPEN_LATE,
)  # fmt: skip
MONTHS = 24
DAY = 24 * 3600
# A month is published from this day of the next one: what was entered some minutes late is in it by then.
FIRST_DAY = 2


@dataclass(frozen=True)
class PublicRow:
    """One line as published. Shares are None where they would tell what is hidden, or have no denominator."""

    key: int
    code: str
    name: str
    received: ShownBlock  # online, at the counter or by post
    resolved: ShownBlock  # before, on, after the due date
    waiting: Shown
    open_late: Shown  # not done at the end of the month, past the date promised

    @property
    def online_rate(self) -> Decimal | None:
        """The share received online."""
        return _share(self.received, self.received.parts[:1])

    @property
    def before_rate(self) -> Decimal | None:
        """The share resolved before the due date."""
        return _share(self.resolved, self.resolved.parts[:1])

    @property
    def on_time_rate(self) -> Decimal | None:
        """The share resolved before or on the due date."""
        return _share(self.resolved, self.resolved.parts[:2])

    @property
    def little(self) -> frozenset[str]:
        """The shares that are told but say little, because they rest on few dossiers; by the figure's key."""
        found = {"online_rate"} if self.online_rate is not None and _few(self.received) else set()
        if self.on_time_rate is not None and _few(self.resolved):
            found |= {"before_rate", "on_time_rate"}
        return frozenset(found)


@dataclass(frozen=True)
class PublicTable:
    """The lines of a month, and their sum."""

    period: Period
    title: str
    rows: tuple[PublicRow, ...]
    below: PublicRow


def _share(block: ShownBlock, parts: Sequence[Shown]) -> Decimal | None:
    if not share_may_show(block):
        return None
    return percent(sum(int(part) for part in parts), int(block.total))


def _few(block: ShownBlock) -> bool:
    return isinstance(block.total, int) and is_small(block.total)


def published_months(day: date) -> list[Period]:
    """The calendar months whose figures are published on a day, the newest first."""
    period = containing(day - timedelta(days=FIRST_DAY - 1), Kind.MONTH, Basis.CALENDAR).before()
    found = []
    for _ in range(MONTHS):
        found.append(period)
        period = period.before()
    return found


def month_of(code: str, day: date) -> Period:
    """The published month of this code, e.g. "2026-10". Raises NotFound."""
    for period in published_months(day):
        if period.code == code:
            return period
    raise NotFound("Chưa có hoặc không còn số liệu mở của tháng này.")


def agencies_table(period: Period, *, at: datetime) -> PublicTable:
    """All agencies in a month. Worked out once a day."""
    return _kept(f"{period.code}/all", at, lambda: _agencies(period, at))


def procedures_table(period: Period, agency_id: int, *, at: datetime) -> PublicTable:
    """The procedures of one agency in a month. Worked out once a day. Raises NotFound."""
    agency = Agency.objects.filter(pk=agency_id).exclude(kind=Agency.Kind.DIVISION).first()
    if agency is None:
        raise NotFound("Không có cơ quan này.")
    row = next((row for row in agencies_table(period, at=at).rows if row.key == agency_id), None)
    if row is None:
        return _table(period, agency.name, {}, {})
    return _kept(f"{period.code}/{agency_id}", at, lambda: _procedures(period, agency, row, at))


def _kept(name: str, at: datetime, work: Callable[[], PublicTable]) -> PublicTable:
    key = f"statistics.opendata.2/{legal_date(at)}/{name}"
    return cast(PublicTable, cache.get_or_set(key, lambda: replica.read(work), DAY))  # what was put there


def _agencies(period: Period, at: datetime) -> PublicTable:
    groups: defaultdict[int, Counter[str]] = defaultdict(Counter)
    known: dict[int, Agency] = {}
    for root in Agency.objects.filter(parent=None).order_by("path"):
        scope = Scope(root, below=True)
        for (pk,), cell in _count(scope, period, at, "agency").items():
            groups[pk].update(cell.counts)
            known[pk] = scope.house(pk)
    names = {pk: (known[pk].code, known[pk].name) for pk in groups}
    return _table(period, "Tất cả cơ quan", groups, names)


def _procedures(period: Period, agency: Agency, above: PublicRow, at: datetime) -> PublicTable:
    cells = _count(Scope(agency), period, at, "procedure")
    groups = {pk: cell.counts for (pk,), cell in cells.items()}
    codes = dict(Procedure.objects.filter(pk__in=list(groups)).values_list("pk", "code"))
    titles = procedure_names(groups)
    return _table(period, agency.name, groups, {pk: (codes[pk], titles.get(pk, "")) for pk in groups}, above)


def _count(scope: Scope, period: Period, at: datetime, by: str) -> Mapping[Any, Any]:
    by_minute = setting("standing_granularity", scope.agency, period.end) == "minute"
    return count(scope, period.window, at=at, by=(by,), tests=TESTS, by_minute=by_minute)


def _table(
    period: Period, title: str, groups: Mapping[int, Counter[str]], names: Mapping[int, tuple[str, str]], above: PublicRow | None = None
) -> PublicTable:  # fmt: skip
    """Each block protected against the others of its column and, in a table below another, against the row above."""
    keys = sorted(groups, key=lambda pk: (names[pk][1], pk))
    received = _protected(
        keys,
        groups,
        above.received if above else None,
        (T.RECEIVED_ONLINE,),
        (T.RECEIVED_COUNTER, T.RECEIVED_POST),
    )
    resolved = _protected(
        keys,
        groups,
        above.resolved if above else None,
        (T.RESOLVED_BEFORE,),
        (T.RESOLVED_ON,),
        (T.RESOLVED_LATE,),
    )
    waiting = _alone(keys, groups, above.waiting if above else None, T.WAITING)
    late = _alone(keys, groups, above.open_late if above else None, T.OPEN_LATE)
    rows = tuple(
        PublicRow(
            pk, *names[pk], received.rows[i], resolved.rows[i], waiting.rows[i].total, late.rows[i].total
        )
        for i, pk in enumerate(keys)
    )
    below = PublicRow(0, "", "Cộng", received.below, resolved.below, waiting.below.total, late.below.total)
    return PublicTable(period, title, rows, below)


def _alone(
    keys: Sequence[int], groups: Mapping[int, Counter[str]], above: Shown | None, test: T
) -> ShownTable:
    """A count that is part of no sum, protected as a block of one part."""
    upper = None if above is None else ShownBlock(above, (above,))
    return _protected(keys, groups, upper, (test,))


def _protected(keys: Sequence[int], groups: Mapping[int, Counter[str]], above: ShownBlock | None, *parts: tuple[T, ...]) -> ShownTable:  # fmt: skip
    blocks = [Block(tuple(sum(groups[pk][test] for test in tests) for tests in parts)) for pk in keys]
    if not blocks:
        return ShownTable((), above or ShownBlock(0, (0,) * len(parts)))
    return protect(blocks, above)
