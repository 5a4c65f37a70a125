"""From the entries of the clock ledger to the history that the legal clock understands. Local moments."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from typing import Any

from motcua.core.errors import RuleViolation
from motcua.workdays.rules.events import Event, Extension, History, Restart, Suspension
from motcua.workdays.rules.limits import Limit, Unit


@dataclass(frozen=True, slots=True)
class Row:
    """A ledger entry as values; `at` is local."""

    kind: str
    at: datetime
    amount_working_days: int | None = None
    reason: str = ""
    document: str = ""


SUPPLEMENT = "Chờ bổ sung hồ sơ"  # the reason of a suspension that a supplement ends, restarting the limit


@dataclass(frozen=True, slots=True)
class Basis:
    """What a limit rests on, frozen at reception. Cut-offs are local times."""

    same_day_cutoff: time = time(15, 0)
    reception_cutoff: time | None = None
    rule: str = ""
    article: str = ""

    def as_json(self) -> dict[str, str]:
        """The basis as stored with the START entry."""
        cutoff = self.reception_cutoff.strftime("%H:%M") if self.reception_cutoff else ""
        return {
            "same_day_cutoff": self.same_day_cutoff.strftime("%H:%M"),
            "reception_cutoff": cutoff,
            "rule": self.rule,
            "article": self.article,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Basis":
        """The basis that `as_json` wrote."""
        return cls(
            clock_time(data.get("same_day_cutoff", "")) or time(15, 0),
            clock_time(data.get("reception_cutoff", "")),
            data.get("rule", ""),
            data.get("article", ""),
        )


def require_order(last: datetime | None, at: datetime) -> None:
    """Raise RuleViolation for an act dated before the last one: the ledger only goes forward."""
    if last is not None and at < last:
        raise RuleViolation(
            "Thời điểm ghi không được trước lần ghi sổ thời hạn gần nhất của hồ sơ. Kiểm tra ngày, giờ rồi làm lại."
        )


def trace_of(seq: int, kind: str, due_at: datetime | None, document: str) -> list[Any]:
    """What the event of an act says of the ledger entry that it wrote, so that neither can change alone."""
    return [seq, str(kind), due_at, document]


def clock_time(text: str) -> time | None:
    """ "15:00" as a time; None for an empty text."""
    return time.fromisoformat(text) if text else None


def limit_of(amount: Decimal | None, unit: str, basis: Basis) -> Limit:
    """The dossier's limit."""
    return Limit(amount or Decimal(0), Unit(unit or Unit.NONE), basis.same_day_cutoff)


def history(limit: Limit, received_at: datetime, rows: Sequence[Row], basis: Basis) -> History:
    """The history of a dossier from its ledger: a suspension lasts until it is resumed, or until a restart ends it."""
    events: list[Event] = []
    running: Row | None = None
    for row in rows:
        if row.kind == "suspend":
            running = row
        elif row.kind == "resume" and running:
            events.append(Suspension(running.at, row.at, running.reason, running.document))
            running = None
        elif row.kind == "restart":
            events += [_open(running, restarts=True)] if running else []
            events.append(Restart(row.at, row.reason, row.document))
            running = None
        elif row.kind == "extend":
            events.append(Extension(row.at, row.amount_working_days or 0, row.reason, row.document))
    if running:
        events.append(_open(running, restarts=running.reason == SUPPLEMENT))
    return History(limit, received_at, tuple(events), basis.rule, basis.article, basis.reception_cutoff)


def _open(row: Row, *, restarts: bool) -> Suspension:
    """A suspension that was not resumed: it lasts, or a restart ended it."""
    return Suspension(row.at, None, row.reason, row.document, restarts)


def is_paused(rows: Sequence[Row]) -> bool:
    """Whether the last word of the ledger on running or resting is a suspension."""
    kinds = [row.kind for row in rows if row.kind in ("start", "suspend", "resume", "restart", "end")]
    return bool(kinds) and kinds[-1] == "suspend"
