"""The index of Decision 766 filled in: ratios of every agency in one pass, the board of a scope.

However many agencies there are, the statements are the same: dossiers once by agency and procedure, procedures, postings and
decisions a fixed number of times.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Avg, Count, F, QuerySet

from motcua.agencies.models import Agency
from motcua.agencies.queries import setting
from motcua.dossiers.models import Dossier
from motcua.statistics.queries.behind import behind
from motcua.statistics.queries.counting import Cell, count
from motcua.statistics.queries.index766_catalogue import Entry, entries
from motcua.statistics.queries.index766_sets import has_set, scheme_on
from motcua.statistics.queries.postings import duties, places_of
from motcua.statistics.queries.publication import issued
from motcua.statistics.queries.rating_facts import RATING_FIGURES
from motcua.statistics.queries.scopes import Scope, is_by_minute
from motcua.statistics.queries.standing import Bounds, closing_day
from motcua.statistics.queries.things import Look, facts
from motcua.statistics.rules.figures import number, required_tests
from motcua.statistics.rules.index766 import (
    MISSING_SETTING,
    Line,
    Missing,
    Ratio,
    Scheme,
    lines_of,
    satisfaction,
    sums_of,
)
from motcua.statistics.rules.index766_board import Board
from motcua.statistics.rules.index766_measures import BY_FIGURES, NO_RATINGS
from motcua.statistics.rules.periods import Basis, Window, parse
from motcua.statistics.rules.stages import HUNDREDTH, Spread, between, rank

LATE, DISCONTENT = "satisfied/late", "satisfied/discontent"  # what component 5.4 is made of
NO_PLACE = "cơ quan chưa khai báo nơi niêm yết nào"
Ratios = dict[str, Ratio]
_DAY = Decimal(86_400_000_000)  # microseconds
# Of a pair (agency, procedure): which figure says that it was used.
_USED = {"online_used": "received_online", "payment_used": "paid_online"}
_TESTS = required_tests([*(key for measure in BY_FIGURES for key in measure.figures or ()), *_USED.values()])


@dataclass(frozen=True)
class Counted:
    """Ratios by house and measure, for one window; a house without any posting place has none for postings."""

    window: Window
    by_house: Mapping[int, Ratios]

    def ratio(self, key: str, houses: Iterable[int] | None = None) -> Ratio | None:
        """The ratio of some houses together (all of them when not given); None when none of them has it."""
        if key == "satisfied":
            kept = None if houses is None else list(houses)
            return satisfaction(self.ratio(LATE, kept), self.ratio(DISCONTENT, kept))
        chosen = self.by_house if houses is None else houses
        found = [self.by_house[h][key] for h in chosen if key in self.by_house.get(h, {})]
        return sum(found, Ratio()) if found else None

    def lines(self, scheme: Scheme, houses: Iterable[int] | None = None) -> tuple[Line, ...]:
        """Every component scored for some houses together."""
        chosen = None if houses is None else list(houses)
        return lines_of(scheme, lambda key: self.ratio(key, chosen), _why_not)


def _why_not(key: str) -> str:
    return {"postings_on_time": NO_PLACE, "satisfied": NO_RATINGS}.get(key, "")


def counted(scope: Scope, window: Window, at: datetime) -> Counted:
    """The ratios of every agency of a scope. Raises RuleViolation for what no calendar reaches."""
    by_minute = is_by_minute(scope.agency, window.end)
    cells = count(scope, window, at=at, by=("agency", "procedure"), tests=_TESTS, by_minute=by_minute)
    found: defaultdict[int, Ratios] = defaultdict(dict)
    for house in set(scope.houses.values()):
        found[house] = {key: Ratio() for key in _ALWAYS}
    _add_dossiers(found, cells)
    _add_procedures(found, entries(scope, closing_day(window, at)), cells)
    for one in issued(scope, window, at):
        _add(found, one.house, "decisions_on_time", part=one.in_time)
    _add_postings(found, scope, window, at)
    for house, key, part in feedback_judged(Look(scope, window, at)):
        _add(found, house, key, part=part)
    for vote in facts(RATING_FIGURES, Look(scope, window, at)):
        _add(found, vote.groups["agency"], DISCONTENT, part=vote.figure == "ratings_dissatisfied")
    return Counted(window, found)


_ALWAYS = (
    *(measure.key for measure in BY_FIGURES), "decisions_on_time", "contents_complete", "online_offered", "online_used",
    "payment_offered", "payment_used", "feedback_on_time", "feedback_satisfied",
)  # fmt: skip


def _add(found: Mapping[int, Ratios], house: int, key: str, *, part: bool) -> None:
    ratios = found[house]
    ratios[key] = ratios.get(key, Ratio()) + Ratio(int(part), 1)


def _add_dossiers(found: Mapping[int, Ratios], cells: dict[tuple[int, ...], Cell]) -> None:
    """Ratios of figures, added up over procedures."""
    for (house, _), cell in cells.items():
        for measure in BY_FIGURES:
            part, whole = measure.figures or ("", "")
            found[house][measure.key] += Ratio(number(part, cell.counts), number(whole, cell.counts))
        late, resolved = number("resolved_late", cell.counts), number("resolved", cell.counts)
        found[house][LATE] = found[house].get(LATE, Ratio()) + Ratio(late, resolved)


def _add_procedures(
    found: Mapping[int, Ratios], offered: Iterable[Entry], cells: dict[tuple[int, ...], Cell]
) -> None:
    for entry in offered:
        cell = cells.get((entry.house, entry.procedure))
        for key, part in judged(entry, cell):
            _add(found, entry.house, key, part=part)


def judged(entry: Entry, cell: Cell | None) -> list[tuple[str, bool]]:
    """The measures that a procedure at an agency counts for, each with whether it counts above the line."""
    verdicts = [("contents_complete", not entry.faults), ("online_offered", entry.online)]
    if entry.online:
        verdicts.append(("online_used", _used(cell, "online_used")))
    if entry.fee:
        verdicts.append(("payment_offered", entry.payable))
    if entry.payable:
        verdicts.append(("payment_used", _used(cell, "payment_used")))
    return verdicts


# Of each measure over feedback: the figures above the line and those that are only below it.
FEEDBACK_SIDES = {
    "feedback_on_time": (("feedback_done_on_time",), ("feedback_done_late", "feedback_open_late")),
    "feedback_satisfied": (("feedback_satisfied",), ("feedback_not_satisfied",)),
}


def feedback_judged(look: Look) -> Iterator[tuple[int, str, bool]]:
    """House, measure, whether it counts above the line: of every feedback that a measure counts. One statement."""
    sides = {name: (key, above) for key, both in FEEDBACK_SIDES.items() for above, names in zip((True, False), both, strict=True) for name in names}  # fmt: skip
    for fact in facts(sides, look):
        key, above = sides[fact.figure]
        yield fact.groups["agency"], key, above


def _used(cell: Cell | None, key: str) -> bool:
    return cell is not None and number(_USED[key], cell.counts) > 0


def _add_postings(found: Mapping[int, Ratios], scope: Scope, window: Window, at: datetime) -> None:
    places = places_of(scope, window, at)
    for place in places:
        found[scope.houses[place.agency_id]].setdefault("postings_on_time", Ratio())
    for duty in duties(scope, window, at, places):
        _add(found, duty.house, "postings_on_time", part=duty.in_time)


# The board of a scope ------------------------------------------------------------------------------------------------


def board(scope: Scope, window: Window, at: datetime, *, before: Window | None = None) -> Board:
    """The index of a scope. Raises RuleViolation when no set is in force on the last day."""
    scheme = scheme_on(window.end)
    missing = missing_rule(scope.agency, window.end)
    lines = counted(scope, window, at).lines(scheme)
    agency = scope.agency
    return Board(
        agency.name, agency.code, scope.below, window, at, Bounds.of(window, at).live, scheme, lines, sums_of(lines), missing,
        before, _value_before(scope, before, at, missing), days_taken(scope, window, at),
    )  # fmt: skip


def missing_rule(agency: Agency, day: date) -> str:
    """What becomes of components without a ratio (dated setting)."""
    return str(setting(MISSING_SETTING, agency, day, default=Missing.RESCALE.value))


def _value_before(scope: Scope, before: Window | None, at: datetime, missing: str) -> Decimal | None:
    if before is None or not has_set(before.end):
        return None
    return sums_of(counted(scope, before, at).lines(scheme_on(before.end))).value(missing)


def days_taken(scope: Scope, window: Window, at: datetime) -> Spread:
    """Days from reception to the result over the dossiers resolved in a window, pauses included: average, median, 90th
    percentile. The database sorts and hands out only the rows at those ranks. Three statements.
    """
    rows, took = behind("resolved", scope, window, at=at).order_by(), F("ended_at") - F("received_at")
    found = rows.aggregate(mean=Avg(took), n=Count("pk"))
    mean = None if found["mean"] is None else _in_days(found["mean"]).quantize(HUNDREDTH, ROUND_HALF_UP)
    ordered = rows.annotate(took=took).order_by("took", "pk").values_list("took", flat=True)
    p50, p90 = (_at_rank(ordered, found["n"], share) for share in (50, 90))
    return Spread(mean, p50, p90)


def _at_rank(ordered: QuerySet[Dossier, timedelta], count: int, share: int) -> Decimal | None:
    """The percentile of so many sorted spans: of the one or two about its place."""
    place = rank(count, share)
    return between([_in_days(span) for span in ordered[place.low : place.low + 2]], place)


def _in_days(span: timedelta) -> Decimal:
    return Decimal(span // timedelta(microseconds=1)) / _DAY


def window_before(window: Window) -> Window:
    """As many days as a window has, just before it."""
    last = window.start - timedelta(days=1)
    return Window(last - (window.end - window.start), last)


def compared_with(window: Window, period: str, basis: str) -> Window:
    """The window to compare with: the period before of the same kind, for free dates as many days before."""
    return parse(period, Basis(basis)).before().window if period else window_before(window)
