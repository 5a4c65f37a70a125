"""Acts on working calendars. Each needs calendar.edit there, names its source document, and writes the
log.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from motcua.accounts.models import User
from motcua.agencies.acting import record, require_everywhere, required_text
from motcua.agencies.models import Agency
from motcua.agencies.queries import authority_of, forget
from motcua.agencies.rules.permissions import Permission
from motcua.core.errors import RuleViolation
from motcua.core.moments import legal_date
from motcua.core.validity import end_before
from motcua.workdays.models import AnnouncedYear, CalendarDay, CalendarStamp, SessionPlan
from motcua.workdays.queries import announced_years, is_loaded
from motcua.workdays.rules.calendar import DayEntry
from motcua.workdays.rules.holidays import Choices
from motcua.workdays.rules.national import days_of_data, shipped_data
from motcua.workdays.rules.sessions import WEEKDAYS, parse_sessions, session_texts
from motcua.workdays.signals import calendar_changed

LOADED = "Nạp lịch làm việc quốc gia kèm theo phần mềm"
_NO_SOURCE = "Nhập căn cứ: số, ngày của văn bản hoặc thông báo."


@transaction.atomic
def load_national_calendar(*, actor: User, at: datetime) -> int:
    """Put the shipped national calendar into the database, to be edited there; rows already there stay.

    Returns how many days were added. Raises NotFound without calendar.edit over the whole tree.
    """
    require_everywhere(actor, at, Permission.CALENDAR_EDIT)
    return _load(actor, at)


@transaction.atomic
def set_day(
    agency: Agency | None,
    day: date,
    kind: str,
    *,
    name: str,
    source: str,
    actor: User,
    at: datetime,
    sessions: Sequence[str] | None = None,
    unsure: bool = False,
) -> CalendarDay:
    """Make a day off or worked, for an agency and its subtree (None: the nation); one already set is
    replaced.

    `sessions` ("08:00-12:00") of a day worked; None: as on Monday. Raises NotFound without calendar.edit;
    RuleViolation for a missing reason or source, or unreadable sessions.
    """
    _require(agency, actor, at)
    row = CalendarDay.objects.filter(agency=agency, day=day).first() or CalendarDay(agency=agency, day=day)
    before = _facts(row) if row.pk else None
    row.kind, row.unsure = CalendarDay.Kind(kind), unsure
    row.name = required_text(name, "Nhập lý do nghỉ hoặc làm việc.", field="name")
    row.source = required_text(source, _NO_SOURCE, field="source")
    works = row.kind == CalendarDay.Kind.WORK
    row.sessions = session_texts(parse_sessions(sessions)) if sessions and works else None
    row.save()
    _record(agency, "calendar.day_set", actor, at, day=day, now=_facts(row), before=before)
    _tell(agency, day, day, f"{row.get_kind_display()} {day:%d/%m/%Y}: {row.name}", row.source, actor, at)
    return row


@transaction.atomic
def remove_day(row: CalendarDay, *, reason: str, actor: User, at: datetime) -> None:
    """Take a day out of the calendar: it counts again as its weekday says, or as the agency above has it.

    Raises NotFound without calendar.edit, RuleViolation without a reason.
    """
    _require(row.agency, actor, at)
    reason = required_text(reason, "Nhập lý do bỏ ngày này khỏi lịch.", field="reason")
    agency, day, facts, source = row.agency, row.day, _facts(row), row.source
    row.delete()
    _record(agency, "calendar.day_removed", actor, at, day=day, before=facts, reason=reason)
    _tell(agency, day, day, f"Bỏ ngày {day:%d/%m/%Y} khỏi lịch: {reason}", source, actor, at)


@transaction.atomic
def set_sessions(
    agency: Agency | None,
    sessions: Mapping[int, Sequence[str]],
    *,
    valid_from: date,
    source: str,
    actor: User,
    at: datetime,
) -> list[SessionPlan]:
    """Lay down the sessions of weekdays (0 is Monday) from a date on; plans before it end the day before.

    Weekdays not named keep their plan. A later plan, if any, still follows. Raises NotFound without
    calendar.edit; RuleViolation for no weekday, unreadable sessions, a missing source.
    """
    _require(agency, actor, at)
    source = required_text(source, _NO_SOURCE, field="source")
    if not sessions or not set(sessions) <= set(range(7)):
        raise RuleViolation("Chọn ít nhất một thứ trong tuần để đặt ca làm việc.", field="sessions")
    parsed = {weekday: session_texts(parse_sessions(texts)) for weekday, texts in sorted(sessions.items())}
    rows = [_plan(agency, weekday, texts, valid_from, source) for weekday, texts in parsed.items()]
    facts = {WEEKDAYS[weekday]: texts for weekday, texts in parsed.items()}
    _record(agency, "calendar.sessions_set", actor, at, valid_from=valid_from, sessions=facts, source=source)
    _tell(agency, valid_from, None, f"Ca làm việc mới từ {valid_from:%d/%m/%Y}", source, actor, at)
    return rows


@transaction.atomic
def announce_year(
    year: int,
    days: Mapping[date, DayEntry],
    choices: Choices,
    *,
    source: str,
    actor: User,
    at: datetime,
) -> AnnouncedYear:
    """Enter the announced holidays of a year in place of the provisional ones (or of an earlier entry).

    `days` are all days off and days worked instead of that year; a swapped day of the year before or after
    may be among them. Raises NotFound without calendar.edit over the whole tree; RuleViolation when the year
    is not the next one or an announced one, or without days or source.
    """
    _require(None, actor, at)
    known = max(announced_years())
    if not min(announced_years()) <= year <= known + 1:
        raise RuleViolation(f"Năm tiếp theo cần nhập là {known + 1}. Nhập lần lượt từng năm.", field="year")
    if not days or any(abs(day.year - year) > 1 for day in days):
        raise RuleViolation(f"Nhập các ngày nghỉ và ngày làm bù của năm {year}.", field="days")
    source = required_text(source, _NO_SOURCE, field="source")
    _replace_days(year, days, source)
    row, _ = AnnouncedYear.objects.update_or_create(
        year=year,
        defaults={
            "tet_from": choices.tet_from,
            "national_day_beside": choices.national_day_beside,
            "source": source,
        },
    )
    CalendarStamp.renew()
    facts = {day.isoformat(): "work" if entry.works else "off" for day, entry in sorted(days.items())}
    _record(None, "calendar.year_announced", actor, at, year=year, days=facts, source=source)
    last = max(date(year + 2, 12, 31), *days)
    reason = f"Lịch nghỉ năm {year} được công bố, thay lịch tạm tính"
    _tell(None, min(date(year, 1, 1), *days), last, reason, source, actor, at)
    return row


def _require(agency: Agency | None, actor: User, at: datetime) -> None:
    """Check the permission; before the first edit of the nation's calendar, load the shipped one."""
    if agency is not None:
        authority_of(actor, legal_date(at)).require(Permission.CALENDAR_EDIT, agency)
        return
    require_everywhere(actor, at, Permission.CALENDAR_EDIT)
    if not is_loaded():
        _load(actor, at)


def _load(actor: User, at: datetime) -> int:
    data = shipped_data()
    present = set(CalendarDay.objects.filter(agency=None).values_list("day", flat=True))
    rows = [
        CalendarDay(day=day, unsure=bool(data["days"][day.isoformat()].get("unsure")), **_fields(entry))
        for day, entry in days_of_data(data).items()
        if day not in present
    ]
    CalendarDay.objects.bulk_create(rows)
    _load_plans(data)
    years = [AnnouncedYear(year=int(year), **row) for year, row in data["announced"].items()]
    AnnouncedYear.objects.bulk_create(years, ignore_conflicts=True)
    CalendarStamp.renew()
    _record(None, "calendar.loaded", actor, at, days=len(rows), last=max(data["announced"]))
    return len(rows)


def _load_plans(data: Mapping[str, Any]) -> None:
    if SessionPlan.objects.filter(agency=None).exists():
        return
    first = date.fromisoformat(data["first"])
    SessionPlan.objects.bulk_create(
        SessionPlan(
            weekday=WEEKDAYS.index(key), sessions=texts, valid_from=first, source=data["sessions_source"]
        )
        for key, texts in data["sessions"].items()
    )


def _fields(entry: DayEntry) -> dict[str, Any]:
    return {
        "kind": CalendarDay.Kind.WORK if entry.works else CalendarDay.Kind.OFF,
        "sessions": session_texts(entry.sessions) if entry.sessions else None,
        "name": entry.name or entry.note.name,
        "source": entry.source,
    }


def _replace_days(year: int, days: Mapping[date, DayEntry], source: str) -> None:
    """The nation's rows of a year and those on the given days give way to the new ones."""
    CalendarDay.objects.filter(Q(day__year=year) | Q(day__in=list(days)), agency=None).delete()
    CalendarDay.objects.bulk_create(
        CalendarDay(day=day, **{**_fields(entry), "source": _joined(entry.source, source)})
        for day, entry in sorted(days.items())
    )


def _joined(law: str, source: str) -> str:
    return source if not law or source in law else f"{law}; {source}"[:300]


def _plan(
    agency: Agency | None, weekday: int, texts: list[str], valid_from: date, source: str
) -> SessionPlan:
    rows = SessionPlan.objects.filter(agency=agency, weekday=weekday)
    end_before(rows.filter(valid_from__lt=valid_from), valid_from)
    later = rows.filter(valid_from__gt=valid_from).order_by("valid_from").first()
    until = later.valid_from - timedelta(days=1) if later else None
    row = rows.filter(valid_from=valid_from).first()
    row = row or SessionPlan(agency=agency, weekday=weekday, valid_from=valid_from)
    row.sessions, row.source, row.valid_to = texts, source, until
    row.save()
    return row


def _facts(row: CalendarDay) -> dict[str, Any]:
    return {"kind": row.kind, "sessions": row.sessions, "name": row.name, "source": row.source}


def _record(agency: Agency | None, kind: str, actor: User, at: datetime, **data: Any) -> None:
    record(f"calendar/{agency.pk if agency else 0}", kind, actor=actor, at=at, **data)


def _tell(
    agency: Agency | None,
    first: date,
    last: date | None,
    reason: str,
    document: str,
    actor: User,
    at: datetime,
) -> None:
    forget()
    calendar_changed.send(
        sender=CalendarDay,
        agency=agency,
        first=first,
        last=last,
        reason=reason,
        document=document,
        actor=actor,
        at=at,
    )
