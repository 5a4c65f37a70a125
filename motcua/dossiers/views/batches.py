"""Running one act over many dossiers: each in a transaction of its own, failures told one by one."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from motcua.accounts.models import User
from motcua.agencies.queries import Authority
from motcua.core.errors import NotFound, RuleViolation
from motcua.dossiers import actions
from motcua.dossiers.models import DossierTask
from motcua.dossiers.queries.workbench import tasks_by_id

TITLES = {
    "take_over": "Ký nhận",
    "claim": "Nhận việc",
    "assign": "Giao việc",
    "complete": "Hoàn thành",
    "sign": "Ký",
}


@dataclass(frozen=True)
class Failure:
    """A dossier that the act was refused for, and why."""

    dossier_id: int
    name: str
    message: str


@dataclass
class Report:
    """What became of a batch."""

    title: str
    done: int = 0
    failures: list[Failure] = field(default_factory=list)


def run_batch(title: str, items: Iterable[tuple[int, str, Callable[[], Any]]]) -> Report:
    """Run each (dossier id, name, act); a refusal is noted and the rest goes on."""
    report = Report(title)
    for dossier_id, name, act in items:
        try:
            act()
            report.done += 1
        except (RuleViolation, NotFound) as error:
            report.failures.append(Failure(dossier_id, name, error.message))
    return report


def run_tasks(typed: dict[str, Any], authority: Authority, actor: User, at: datetime) -> Report:
    """The batch of the inbox."""
    acts: dict[str, Callable[[DossierTask], Any]] = {
        "take_over": lambda task: actions.take_over([task.pk], actor=actor, at=at),
        "claim": lambda task: actions.claim(task.pk, actor=actor, at=at),
        "assign": lambda task: actions.assign(task.pk, typed["officer"], actor=actor, at=at),
        "complete": lambda task: actions.complete_task(
            task.pk, note=typed["note"], late_cause=typed["late_cause"], actor=actor, at=at
        ),
    }
    act = acts[typed["act"]]
    tasks = tasks_by_id(authority, actor, typed["task"])
    return run_batch(TITLES[typed["act"]], ((t.dossier_id, str(t.dossier), partial(act, t)) for t in tasks))
