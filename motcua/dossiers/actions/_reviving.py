"""Deadlines of open tasks after the clock rested: they move as the dossier's does."""

from datetime import datetime

from motcua.core.moments import to_local, to_utc
from motcua.dossiers.actions._flow import save_tasks
from motcua.dossiers.models import Dossier, DossierTask
from motcua.dossiers.queries.reference import Desk
from motcua.dossiers.rules import stages
from motcua.workdays.rules.clock import add_working_hours, working_hours_between


def restart_tasks(desk: Desk, dossier: Dossier, tasks: list[DossierTask]) -> None:
    """After a restart open tasks have all their hours again, from now. One statement."""
    live = _live(tasks)
    for task in live:
        task.due_at = to_utc(add_working_hours(desk.local, task.hours, desk.calendar(task.agency)))
    save_tasks(live, ["due_at"])


def resume_tasks(desk: Desk, tasks: list[DossierTask], since: datetime) -> None:
    """After a suspension open tasks have the hours that were left when it began. One statement."""
    live = _live(tasks)
    for task in live:
        calendar = desk.calendar(task.agency)
        left = working_hours_between(to_local(since), to_local(task.due_at or since), calendar)
        task.due_at = to_utc(add_working_hours(desk.local, left, calendar)) if left else task.due_at
    save_tasks(live, ["due_at"])


def _live(tasks: list[DossierTask]) -> list[DossierTask]:
    return [t for t in tasks if t.state in stages.LIVE]
