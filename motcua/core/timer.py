"""What time itself brings about: jobs that `motcua tick` runs every minute. Apps above that command register theirs."""

from collections.abc import Callable
from functools import partial
from typing import Any

Job = Callable[..., object]  # takes keyword-only `actor` and `at`; does nothing when there is nothing to do
JOBS: dict[str, Job] = {}


def register(name: str, job: Job) -> None:
    """Let a job run at every tick under a Vietnamese name."""
    JOBS[name] = job


def jobs(actor: Any, at: Any) -> list[tuple[str, Callable[[], object]]]:
    """The registered jobs, ready to run."""
    return [(name, partial(job, actor=actor, at=at)) for name, job in JOBS.items()]
