"""What a batch of acts holds in memory of dossiers, and in which order it is written (core.store)."""

from collections.abc import Hashable, Iterable
from itertools import groupby
from typing import Any

from motcua.core import store
from motcua.dossiers.models import (
    AcceptanceCheck,
    CalendarSnapshot,
    ClockEntry,
    Counter,
    Dossier,
    DossierForm,
    DossierHolder,
    DossierPaper,
    DossierTask,
    ErrorCorrection,
    FeeClaim,
    FinancialObligation,
    Handover,
    Notice,
    Opinion,
    Party,
    ResultPaper,
    SupplementRequest,
)
from motcua.dossiers.rules import stages
from motcua.dossiers.rules.states import Status

Group = tuple[type[Any], list[Any]]
# What comes after these is rare: such dossiers are read anew when it does.
_FINISHED = frozenset(
    {Status.NOT_ACCEPTED, Status.REFUSED, Status.STOPPED, Status.WITHDRAWN, Status.RETURNED, Status.ARCHIVED}
)


def announce() -> None:
    """Tell `core.store` of the tables that acts on dossiers read and write."""
    due = {"due_at": None, "original_due_at": None, "due_provisional": False}
    store.hold(Dossier, lasts=_is_open, notes=_chains, by_database=due)
    root = ("dossier_id", Dossier)
    store.hold(ClockEntry, "dossier_id", root=root, waves=(DossierTask, waves))
    store.hold(DossierTask, "dossier_id", "handover_id", root=root)
    for model in (
        AcceptanceCheck,
        DossierForm,
        DossierHolder,
        DossierPaper,
        FeeClaim,
        SupplementRequest,
        Opinion,
        FinancialObligation,
        ResultPaper,
        ErrorCorrection,
    ):
        store.hold(model, "dossier_id", root=root)
    store.hold(CalendarSnapshot, shared=True)
    for shared in (Counter, Handover, Notice, Party):
        store.hold(shared)


def _is_open(dossier: Dossier) -> bool:
    return dossier.status not in _FINISHED


def _chains(dossier: Dossier) -> tuple[Hashable, ...]:
    """The heads of the dossier's chains in the log."""
    return ("head", f"dossier/{dossier.pk}"), ("head", f"fees/dossier/{dossier.pk}")


def waves(entries: list[ClockEntry], tasks: list[DossierTask]) -> list[Group]:
    """The order in which entries of the ledger and tasks are written so that the triggers find what they would have found
    step by step: a due date is carried over to the dossier by the last entry of a statement, and to the tasks that have not
    ended; a task that ended before a due date moved keeps the date of then.
    """
    steps: dict[int, list[tuple[Any, list[ClockEntry]]]] = {}
    for dossier_id, own in groupby(
        sorted(entries, key=lambda e: (e.dossier_id, e.seq)), lambda e: e.dossier_id
    ):
        steps[dossier_id] = [
            (due, list(part)) for due, part in groupby(own, lambda e: (e.due_at, e.provisional))
        ]
    last = max((len(found) for found in steps.values()), default=0)
    entries_at: list[list[ClockEntry]] = [[] for _ in range(last)]
    for found in steps.values():
        for number, (_, part) in enumerate(found):
            entries_at[number] += part
    tasks_before: list[list[DossierTask]] = [[] for _ in range(last + 1)]
    for task in tasks:
        tasks_before[_place(task, steps.get(task.dossier_id, ()), last)].append(task)
    groups: list[Group] = []
    for number in range(last):
        groups += [(DossierTask, tasks_before[number]), (ClockEntry, entries_at[number])]
    return [*groups, (DossierTask, tasks_before[last])]


def _place(task: DossierTask, steps: Iterable[tuple[Any, list[ClockEntry]]], last: int) -> int:
    """Before which group of entries a task is written: after all of them, unless it ended under an earlier due date."""
    dues = [due for (due, _), _ in steps]
    if not dues or task.state not in stages.ENDED or task.dossier_due_at == dues[-1]:
        return last
    return max((number for number, due in enumerate(dues, 1) if due == task.dossier_due_at), default=0)
