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
from motcua.statistics.queries.keeping import due_day, reporting
from motcua.statistics.rules.periods import Period, Window
from motcua.statistics.rules.reminders import FORMS, REMINDER_SETTINGS, Stage, closed_periods, stage_on
from motcua.statistics.rules.reports import ReportForm, form_on

SHIPPED = {known.key: known.default for known in REMINDER_SETTINGS}


@dataclass(frozen=True)
class Owed:
    """A report that a unit has not sent, and which reminder is due."""

    unit: Agency
    above: Agency
    form: ReportForm
    period: Period
    due_on: date
    stage: Stage


def owed(today: date) -> Iterator[Owed]:
    """Every report for which a unit is to be reminded today and has not been. Two statements for each agency above, none when
    nobody's time has come.
    """
    for above in _aboves(today):
        for period in closed_periods(today, str(_set("report_reminders", above, today))):
            due_on = due_day(above, period.window)
            days = (int(_set(f"report_remind_{side}_days", above, today)) for side in ("before", "after"))
            if stage := stage_on(today, due_on, *days):
                yield from _missing(above, period, due_on, stage, today)


def _aboves(today: date) -> list[Agency]:
    """Agencies with units below that report to them."""
    units = Agency.objects.filter(Agency.in_force(today)).exclude(kind=Agency.Kind.DIVISION)
    return list(Agency.objects.filter(Agency.in_force(today), pk__in=units.values("parent")).order_by("path"))


def _set(key: str, above: Agency, today: date) -> str | int | bool:
    found: str | int | bool = setting(key, above, today, default=SHIPPED[key])
    return found


def _missing(above: Agency, period: Period, due_on: date, stage: Stage, today: date) -> Iterator[Owed]:
    window = period.window
    for code in FORMS[str(_set("report_reminder_forms", above, today))]:
        try:
            form = form_on(code, window.end)
        except RuleViolation:
            continue  # a period before the form was there
        told = {row.agency_id for row in _rows(code, window) if row.stage == stage}
        for line in reporting(above, code, window, today):
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
