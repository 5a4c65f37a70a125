"""The history of dossiers, read in batches from their tasks and from the log of acts: memory does not grow with their number."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from django.db.models import QuerySet

from motcua.agencies.models import Agency
from motcua.audit.models import Event
from motcua.core.errors import NotFound
from motcua.dossiers.models import Dossier, DossierTask
from motcua.dossiers.rules.transitions import ACT_LABELS, Act
from motcua.procedures.models import Procedure
from motcua.procedures.models.catalogue import Channel
from motcua.statistics.queries.behind import behind
from motcua.statistics.queries.pseudonyms import case, officer
from motcua.statistics.queries.scopes import Scope
from motcua.statistics.rules.eventlog import Happening, Trace, Transition, in_order
from motcua.statistics.rules.periods import Window

BATCH = 500
SYSTEM = "Hệ thống"
# Acts that the tasks tell of themselves, with more.
_TASKS_TELL = {Act.HAND_OVER, Act.TAKE_OVER, Act.COMPLETE_TASK, Act.TO_SIGNATURE, Act.CONTINUE, Act.SIGN}
ACTS = {f"dossier.{act.value}": act for act in Act if act not in _TASKS_TELL}
# Acts at the counter; the others are the resolving agency's.
_COUNTER = {
    Act.SUBMIT, Act.RECEIVE, Act.ACCEPT, Act.DECLINE, Act.ASK_PRE_SUPPLEMENT, Act.COMPLETE_PRE_SUPPLEMENT, Act.COMPLETE_SUPPLEMENT,
    Act.NOTIFY_READY, Act.RETURN, Act.ASK_WITHDRAWAL, Act.CANCEL_WITHDRAWAL, Act.CONFIRM_WITHDRAWAL,
}  # fmt: skip
_DOSSIER = (
    "pk", "code", "procedure__code", "version__name", "field__name", "channel", "resolving_agency__name", "receiving_agency__name",
)  # fmt: skip
_TASK = (
    "dossier_id", "name", "stage_name", "round", "agency__name", "role_code", "given_at", "given_by", "taken_at", "taken_by",
    "done_at", "done_by",
)  # fmt: skip


def procedure_by_code(code: str) -> Procedure:
    """The procedure of a code. Raises NotFound."""
    found = Procedure.objects.filter(code=code.strip()).first()
    if found is None:
        raise NotFound(f"Không có thủ tục mang mã “{code}”.")
    return found


def traces(
    scope: Scope, window: Window, *, at: datetime, figure: str = "resolved", procedure: int | None = None, codes: bool = False
) -> Iterator[Trace]:  # fmt: skip
    """The dossiers behind a figure of the registry, each with what happened to it until `at`. Cases are pseudonyms unless `codes`;
    people are always. Three statements for each batch.
    """
    groups: dict[str, Any] = {} if procedure is None else {"procedure": procedure}
    found = behind(figure, scope, window, at=at, **groups).order_by("pk").values_list("pk", flat=True)
    pks = found.iterator(BATCH)
    while ids := list(islice(pks, BATCH)):
        yield from _traces(ids, at, codes)


def _traces(ids: list[int], at: datetime, codes: bool) -> Iterator[Trace]:
    work, acts = _work(ids), _acts(ids)
    for pk, code, procedure, name, field, channel, resolver, receiver in Dossier.objects.filter(pk__in=ids).order_by("pk").values_list(*_DOSSIER):  # fmt: skip
        events = [*work.get(pk, ()), *(_act(*row, resolver, receiver) for row in acts.get(pk, ()))]
        happened = in_order(event for event in events if event.at <= at)
        label = str(code) if codes and code else case(pk)
        yield Trace(label, procedure, name, field, Channel(channel).label, resolver, happened)


def _work(ids: list[int]) -> dict[int, list[Happening]]:
    """Tasks given, taken over, done."""
    rows = DossierTask.objects.filter(dossier__in=ids).order_by("dossier_id", "stage", "round", "pk")
    found: defaultdict[int, list[Happening]] = defaultdict(list)
    for pk, name, stage, turn, agency, role, *moments in rows.values_list(*_TASK):
        for transition, moment, who in zip(Transition, moments[::2], moments[1::2], strict=True):
            if moment is not None:
                found[pk].append(
                    Happening(moment, name, transition, officer(who) or SYSTEM, role, agency, stage, turn)
                )
    return found


def _acts(ids: list[int]) -> dict[int, list[tuple[Act, datetime, int | None]]]:
    """Acts on the dossiers, as the log tells of them."""
    rows: QuerySet[Event, tuple[Any, ...]] = (
        Event.objects.filter(chain__in=[f"dossier/{pk}" for pk in ids], kind__in=list(ACTS))
        .order_by("chain", "seq")
        .values_list("chain", "kind", "at", "actor_id")
    )
    found: defaultdict[int, list[tuple[Act, datetime, int | None]]] = defaultdict(list)
    for chain, kind, at, actor in rows:
        found[int(chain.removeprefix("dossier/"))].append((ACTS[kind], at, actor))
    return found


def _act(act: Act, at: datetime, actor: int | None, resolver: str, receiver: str) -> Happening:
    group = receiver if act in _COUNTER else resolver
    return Happening(at, ACT_LABELS[act], Transition.COMPLETE, officer(actor) or SYSTEM, "", group)


def log_name(agency: Agency, window: Window) -> str:
    """What the log is called."""
    return f"{agency.name}, {window.name}"
