"""When a stage ends, and what opens next (NĐ 61/2018, Điều 19 khoản 6, 7: in order, in parallel inside a stage)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from motcua.dossiers.rules.states import Status, TaskState

ENDED = frozenset({TaskState.DONE.value, TaskState.CANCELLED.value})
LIVE = frozenset({TaskState.OPEN.value, TaskState.ACCEPTED.value})


@dataclass(frozen=True, slots=True)
class TaskView:
    """A task as the rules see it."""

    id: int
    stage: int
    round: int
    kind: str
    state: str
    required: bool = True
    at_office: bool = False


def latest_round(tasks: Iterable[TaskView]) -> tuple[TaskView, ...]:
    """Of each stage the tasks of its last round: a stage sent back is done anew, the old rows stay as history."""
    rounds: dict[int, int] = {}
    rows = tuple(tasks)
    for task in rows:
        rounds[task.stage] = max(rounds.get(task.stage, 0), task.round)
    return tuple(t for t in rows if t.round == rounds[t.stage])


def stage_ended(tasks: Iterable[TaskView], stage: int) -> bool:
    """Whether all required tasks of a stage have ended."""
    return all(t.state in ENDED for t in latest_round(tasks) if t.stage == stage and t.required)


def next_stage(tasks: Iterable[TaskView], stage: int) -> int | None:
    """The first later stage that has work to do; None after the last."""
    later = [t.stage for t in latest_round(tasks) if t.stage > stage and t.state not in ENDED]
    return min(later, default=None)


def status_of_stage(kind: str, current: Status) -> Status:
    """The dossier's state while a stage is worked on: signature stages are FOR_SIGNATURE, result stages keep the state."""
    if kind == "signature":
        return Status.FOR_SIGNATURE
    if kind == "result":
        return current
    return Status.IN_REVIEW


def first_work_stage(tasks: Iterable[TaskView]) -> int | None:
    """The first stage that is not the counter's own: what hand-over opens."""
    stages = [t.stage for t in tasks if t.state not in ENDED and not (t.at_office and t.kind != "result")]
    return min(stages, default=None)


def total_hours(tasks: Sequence[tuple[int, Decimal]]) -> Decimal:
    """Working hours of a process: the sum over stages of the longest task of each, from (stage, hours) pairs."""
    longest: dict[int, Decimal] = {}
    for stage, hours in tasks:
        longest[stage] = max(longest.get(stage, Decimal(0)), hours)
    return sum(longest.values(), Decimal(0))
