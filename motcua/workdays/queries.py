"""Reads of working calendars."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, time

from django.db.models import Q, QuerySet

from motcua.agencies.models import Agency
from motcua.agencies.queries import Authority, access_agency, setting
from motcua.agencies.queries.memo import recall
from motcua.agencies.rules.grants import Reach
from motcua.agencies.rules.permissions import Permission
from motcua.core.errors import NotFound
from motcua.workdays.models import AnnouncedYear, CalendarDay, CalendarStamp, SessionPlan
from motcua.workdays.rules.calendar import DayEntry, Layer, Plan, WorkCalendar
from motcua.workdays.rules.holidays import Choices
from motcua.workdays.rules.national import national, shipped_data, with_provisional_years
from motcua.workdays.rules.sessions import parse_sessions

NATION = 0  # stands for "no agency" where a key is wanted


@dataclass
class _Kept:
    """Everything read under one stamp, and the calendars built of it, by the chain of agencies with own
    rows.
    """

    stamp: str
    layers: dict[int, Layer]
    announced: dict[int, Choices]
    calendars: dict[tuple[int, ...], WorkCalendar] = field(default_factory=dict)


_kept = _Kept("", {}, {})


def calendar_of(agency: Agency | None = None) -> WorkCalendar:
    """The working calendar of an agency: its own rows, then those of the agencies above, then the nation's.

    Kept in the process under a version stamp: one small statement to ask for the stamp, none within one
    request after the first. While the database holds no announced year the shipped national calendar stands
    in.
    """
    kept = _current()
    chain = tuple(pk for pk in reversed(agency.chain_ids) if pk in kept.layers) if agency else ()
    if chain not in kept.calendars:
        kept.calendars[chain] = _build(kept, chain)
    return kept.calendars[chain]


def _current() -> _Kept:
    global _kept
    stamp = recall(("workdays", "stamp"), _stamp)
    if stamp != _kept.stamp:
        _kept = _Kept(stamp, _read_layers(), _read_announced())
    return _kept


def _stamp() -> str:
    return CalendarStamp.objects.filter(pk=1).values_list("stamp", flat=True).first() or "none"


def _build(kept: _Kept, chain: tuple[int, ...]) -> WorkCalendar:
    own = [kept.layers[pk] for pk in chain]
    if not kept.announced:
        base = national()
        own += [kept.layers[NATION]] if NATION in kept.layers else []
        return WorkCalendar(
            [*own, *base.layers], first=base.first, last=base.last, provisional_from=base.provisional_from
        )
    own.append(kept.layers.get(NATION, Layer()))
    first = date(min(kept.announced), 1, 1)
    return with_provisional_years(own, kept.announced, first=first, name=shipped_data()["name"])


def _read_layers() -> dict[int, Layer]:
    plans: defaultdict[int, list[Plan]] = defaultdict(list)
    days: defaultdict[int, dict[date, DayEntry]] = defaultdict(dict)
    for row in SessionPlan.objects.all():
        plan = Plan(row.weekday, parse_sessions(row.sessions), row.valid_from, row.valid_to, row.source)
        plans[row.agency_id or NATION].append(plan)
    for entry in CalendarDay.objects.all():
        days[entry.agency_id or NATION][entry.day] = entry_of(entry)
    return {pk: Layer(tuple(plans[pk]), days[pk]) for pk in {*plans, *days}}


def entry_of(row: CalendarDay) -> DayEntry:
    """A row as the rules know it."""
    sessions = parse_sessions(row.sessions) if row.sessions else None
    return DayEntry(row.kind == CalendarDay.Kind.WORK, sessions, row.name, row.source)


def _read_announced() -> dict[int, Choices]:
    rows = AnnouncedYear.objects.values_list("year", "tet_from", "national_day_beside")
    return {year: Choices(tet_from, beside) for year, tet_from, beside in rows}


@dataclass(frozen=True)
class Cutoffs:
    """Local times of an agency on a day: until when same-day procedures are answered the same day, and after
    which a receipt counts as of the next working day (None: no such rule)."""

    same_day: time
    reception: time | None


def cutoffs_of(agency: Agency | None, day: date) -> Cutoffs:
    """The two cut-offs in force for an agency on a legal date: dated settings, the nearest up the tree."""
    same_day, reception = (setting(key, agency, day) for key in ("same_day_cutoff", "reception_cutoff"))
    return Cutoffs(
        time.fromisoformat(str(same_day)), time.fromisoformat(str(reception)) if reception else None
    )


def announced_years() -> dict[int, Choices]:
    """The years announced, shipped ones while the database holds none, with what each announcement chose."""
    known = _current().announced
    if known:
        return known
    shipped = shipped_data()["announced"].items()
    return {int(year): Choices(row["tet_from"], row["national_day_beside"]) for year, row in shipped}


def is_loaded() -> bool:
    """Whether the national calendar stands in the database, to be edited there."""
    return bool(_current().announced)


def days_of(agency: Agency | None, year: int) -> QuerySet[CalendarDay]:
    """The rows that an agency itself (None: the nation) has for a year."""
    return CalendarDay.objects.filter(agency=agency, day__year=year).order_by("day")


def plans_of(agency: Agency | None) -> QuerySet[SessionPlan]:
    """The session plans that an agency itself (None: the nation) has, newest first."""
    return SessionPlan.objects.filter(agency=agency).order_by("-valid_from", "weekday")


def access_day(pk: int) -> CalendarDay:
    """One day of a calendar; calendars are public. Raises NotFound."""
    found = CalendarDay.objects.select_related("agency").filter(pk=pk).first()
    if found is None:
        raise NotFound("Không tìm thấy ngày này trong lịch.")
    return found


def may_edit(authority: Authority, agency: Agency | None) -> bool:
    """Whether somebody may edit an agency's calendar, or (None) the nation's: then over every root of the
    tree.
    """
    if authority.everything or agency is not None:
        return authority.can(Permission.CALENDAR_EDIT, agency)
    reaches = [held.reach for held in authority.holdings if Permission.CALENDAR_EDIT in held.permissions]
    if not reaches:
        return False
    roots = Agency.objects.filter(parent=None).values_list("path", flat=True)
    return all(any(reach.covers(Reach(path, subtree=True)) for reach in reaches) for path in roots)


def agency_or_nation(pk: int) -> Agency | None:
    """The agency with this id; None for 0, the nation. Raises NotFound."""
    return access_agency(pk) if pk != NATION else None


def years_known() -> list[int]:
    """Every year that the national calendar covers, the provisional ones at the end."""
    calendar = calendar_of()
    return list(range(calendar.first.year, calendar.last.year + 1))


def agencies_with_own_calendar() -> QuerySet[Agency]:
    """Agencies that have days or sessions of their own."""
    own = Q(pk__in=CalendarDay.objects.exclude(agency=None).values("agency"))
    own |= Q(pk__in=SessionPlan.objects.exclude(agency=None).values("agency"))
    return Agency.objects.filter(own).order_by("path")


def agencies_editable(authority: Authority) -> QuerySet[Agency]:
    """Agencies whose calendar somebody may edit, at most a screenful."""
    rows = Agency.objects.filter(authority.where(Permission.CALENDAR_EDIT), valid_to=None)
    return rows.exclude(kind=Agency.Kind.DIVISION).order_by("path")[:60]


@dataclass(frozen=True)
class AnnouncementDraft:
    """What the form of an announcement starts from: the rows entered, or those computed from the law."""

    initial: dict[str, object]
    days: list[dict[str, str | date]]
    provisional: bool


def announcement_draft(year: int) -> AnnouncementDraft:
    """The start of entering a year's announcement. Raises BeyondCalendar for a year that cannot be
    computed.
    """
    announced, calendar = announced_years(), calendar_of()
    choices = announced.get(year) or announced[max(announced)]
    row = AnnouncedYear.objects.filter(year=year).first()
    initial = {
        "tet_from": choices.tet_from,
        "national_day_beside": choices.national_day_beside,
        "source": row.source if row else "",
    }
    notes = [(day, calendar.day_note(day)) for day in calendar.days(date(year, 1, 1), date(year, 12, 31))]
    days = [
        {"day": day, "kind": CalendarDay.Kind.WORK if note.works else CalendarDay.Kind.OFF, "name": note.name}
        for day, note in notes
        if note and (note.source or note.works)
    ]
    return AnnouncementDraft(initial, days, year not in announced)
