"""Who is to be reminded of a report, and who has been."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from motcua.accounts.models import User
from motcua.agencies.models import Agency
from motcua.agencies.queries import authority_of, people_with, setting
from motcua.agencies.rules.permissions import Permission
from motcua.core.errors import RuleViolation
from motcua.statistics.models import ReportReminder
from motcua.statistics.queries.index766_sets import has_set
from motcua.statistics.queries.keeping import due_day, reporting
from motcua.statistics.rules.index766 import CODE
from motcua.statistics.rules.index766_board import NUMBER
from motcua.statistics.rules.periods import Period, Window
from motcua.statistics.rules.reminders import (
    FORMS,
    REMINDER_SETTINGS,
    Stage,
    basis_of,
    closed_periods,
    stage_on,
)
from motcua.statistics.rules.reports import form_on

SHIPPED = {known.key: known.default for known in REMINDER_SETTINGS}


@dataclass(frozen=True)
class Demanded:
    """A report that units are asked for: a form, or the index."""

    code: str
    number: str


@dataclass(frozen=True)
class Owed:
    """A report that a unit has not sent, and which reminder is due."""

    unit: Agency
    above: Agency
    form: Demanded
    period: Period
    due_on: date
    stage: Stage


def owed(today: date) -> Iterator[Owed]:
    """Every report for which a unit is to be reminded today and has not been. For each agency above and report two statements,
    none when nobody's time has come.
    """
    for above in _aboves(today):
        for code in FORMS[str(_set("report_reminder_forms", above, today))]:
            yield from _of_report(code, above, today)


def _of_report(code: str, above: Agency, today: date) -> Iterator[Owed]:
    asked = str(_set("report_reminders", above, today))
    for period in closed_periods(today, asked, basis_of(code)):
        due_on = due_day(above, period.window)
        days = (int(_set(f"report_remind_{side}_days", above, today)) for side in ("before", "after"))
        stage, form = stage_on(today, due_on, *days), _demanded(code, period.end)
        if stage and form:
            yield from _missing(above, form, period, due_on, stage, today)


def _demanded(code: str, last_day: date) -> Demanded | None:
    """The report of a period that ends on a day; None for a period before it was there."""
    if code == CODE:
        return Demanded(CODE, NUMBER) if has_set(last_day) else None
    try:
        return Demanded(code, form_on(code, last_day).number)
    except RuleViolation:
        return None


def _aboves(today: date) -> list[Agency]:
    """Agencies with units below that report to them."""
    units = Agency.objects.filter(Agency.in_force(today)).exclude(kind=Agency.Kind.DIVISION)
    return list(Agency.objects.filter(Agency.in_force(today), pk__in=units.values("parent")).order_by("path"))


def _set(key: str, above: Agency, today: date) -> str | int | bool:
    found: str | int | bool = setting(key, above, today, default=SHIPPED[key])
    return found


def _missing(
    above: Agency, form: Demanded, period: Period, due_on: date, stage: Stage, today: date
) -> Iterator[Owed]:
    window = period.window
    told = {row.agency_id for row in _rows(form.code, window) if row.stage == stage}
    for line in reporting(above, form.code, window, today):
        if line.is_missing and line.agency.pk not in told:
            yield Owed(line.agency, above, form, period, due_on, stage)


def _rows(code: str, window: Window) -> list[ReportReminder]:
    return list(
        ReportReminder.objects.filter(form_code=code, start=window.start, end=window.end).order_by("told_at")
    )


def reminders_of(code: str, window: Window) -> dict[int, list[ReportReminder]]:
    """Who was reminded of a report, by unit, in order."""
    found: defaultdict[int, list[ReportReminder]] = defaultdict(list)
    for row in _rows(code, window):
        found[row.agency_id].append(row)
    return dict(found)


def keepers_of(unit: Agency, day: date) -> list[User]:
    """Who freezes and sends a unit's reports: the people of the unit itself; where it has none, who may do it from above."""
    people = list(people_with(Permission.REPORT_FREEZE, unit, day))
    inside = set(Agency.objects.filter(path__startswith=unit.path).values_list("pk", flat=True))
    own = [person for person in people if authority_of(person, day).main_agency_id in inside]
    return own or people
