"""Which acts a person may do next on a dossier: what the table, the rules and the person's powers allow, nothing more."""

from collections.abc import Callable
from dataclasses import dataclass

from motcua.agencies.models import Agency
from motcua.agencies.queries import Authority, people_with
from motcua.agencies.rules.permissions import Permission as P
from motcua.dossiers.models import (
    ClockEntry,
    Dossier,
    DossierTask,
    FinancialObligation,
    Opinion,
    ResultPaper,
    SupplementRequest,
)
from motcua.dossiers.queries.access import decides, holds, may, tasks_of
from motcua.dossiers.queries.post import is_on_the_way, is_settled, waits_again
from motcua.dossiers.queries.reference import Desk
from motcua.dossiers.rules import ledger, stages
from motcua.dossiers.rules.states import Payment, Status, TaskState
from motcua.dossiers.rules.transitions import ACT_LABELS, Act, acts_from, find
from motcua.workdays.rules.limits import Unit

# Consequences of other acts, never chosen by themselves.
_AUTOMATIC = frozenset({Act.TO_SIGNATURE, Act.CONTINUE, Act.SUBMIT, Act.RECEIVE})


@dataclass(frozen=True, slots=True)
class ActionChoice:
    """A lawful next act: code, Vietnamese label, and the name of the page that asks for its details."""

    code: str
    label: str
    url_name: str = "dossiers:act"


@dataclass(frozen=True, slots=True)
class _Case:
    desk: Desk
    dossier: Dossier
    tasks: list[DossierTask]

    @property
    def live(self) -> list[DossierTask]:
        return [t for t in self.tasks if t.state in stages.LIVE]


def lawful_actions(
    dossier: Dossier,
    authority: Authority,
    tasks: list[DossierTask] | None = None,
    *,
    desk: Desk | None = None,
) -> list[ActionChoice]:
    """The next lawful acts of this person, in the order of the table. `tasks` (with their agencies) save a statement, and so
    does the page's `desk`.
    """
    case = _Case(desk or Desk.of(authority), dossier, tasks_of(dossier) if tasks is None else tasks)
    found = [
        ActionChoice(act.value, ACT_LABELS[act])
        for act in acts_from(Status(dossier.status))
        if _is_lawful(case, act)
    ]
    return found + _with_tasks(case)


def _is_lawful(case: _Case, act: Act) -> bool:
    line = find(Status(case.dossier.status), act)
    if act in _AUTOMATIC or line is None:
        return False
    condition = _CONDITIONS.get(act)
    if act is Act.ANSWER_OPINION:
        return _may_answer(case)
    return may(case.desk, case.dossier, line, case.tasks) and (condition is None or condition(case))


def _with_tasks(case: _Case) -> list[ActionChoice]:
    """What concerns who does a task."""
    authority, me = case.desk.authority, case.desk.authority.user_id
    work = [
        t for t in case.live if authority.can(P.DOSSIER_PROCESS, t.agency) and t.stage_kind != "signature"
    ]
    assigning = [t for t in case.live if authority.can(P.DOSSIER_ASSIGN, t.agency)]
    offered = {
        "claim": ("Nhận việc", any(t.officer_id is None for t in work)),
        "assign": ("Giao việc", any(_somebody(case.desk, t.agency) for t in assigning)),
        "release": (
            "Trả lại việc",
            any(t.officer_id == me for t in case.live) or any(t.officer_id for t in assigning),
        ),
    }
    return [ActionChoice(code, label) for code, (label, lawful) in offered.items() if lawful]


def _somebody(desk: Desk, agency: Agency) -> bool:
    """Whether anybody may process in an agency: where nobody may, work cannot be given. Remembered."""
    key = ("somebody processes", agency.pk, desk.day)
    return desk.recall(key, lambda: people_with(P.DOSSIER_PROCESS, agency, desk.day).exists())


# Conditions beyond the table ----------------------------------------------------------------------------------------


def _is_same_day(case: _Case) -> bool:
    return case.dossier.limit_unit == Unit.SAME_DAY


def _to_take_over(case: _Case) -> bool:
    """A signature is not taken over first: signing does both."""
    line = find(Status(case.dossier.status), Act.TAKE_OVER)
    waiting = (t for t in case.live if t.state == TaskState.OPEN)
    if case.dossier.status != Status.TRANSFERRED:
        waiting = (t for t in waiting if t.stage_kind != "signature")
    return any(holds(case.desk, line.permissions, t.agency) for t in waiting)  # type: ignore[union-attr]  # an act that is lawful has a line


def _to_complete(case: _Case) -> bool:
    line = find(Status(case.dossier.status), Act.COMPLETE_TASK)
    me = case.desk.authority.user_id
    return any(
        t.stage_kind != "signature"
        and holds(case.desk, line.permissions, t.agency)  # type: ignore[union-attr]  # an act that is lawful has a line
        and (
            t.officer_id in (None, me)
            or t.stage_kind == "result"
            or case.desk.authority.can(P.DOSSIER_ASSIGN, t.agency)
        )
        for t in case.live
    )


def _to_sign(case: _Case) -> bool:
    if case.dossier.status == Status.RECEIVED:
        return _is_same_day(case)
    return any(
        t.stage_kind == "signature" and case.desk.authority.can(P.DOSSIER_SIGN, t.agency) for t in case.live
    )


def _to_report(case: _Case) -> bool:
    if case.dossier.status == Status.RECEIVED:
        return _is_same_day(case)
    return not any(
        t.required and t.stage_kind != "result" and t.state not in stages.ENDED for t in case.tasks
    )


def _no_supplement_yet(case: _Case) -> bool:
    return not SupplementRequest.objects.filter(dossier=case.dossier, after_acceptance=True).exists()


def _may_apologise(case: _Case) -> bool:
    if case.dossier.due_at is None:
        return False
    kinds = list(ClockEntry.objects.filter(dossier=case.dossier).order_by("seq").values_list("kind", "at"))
    paused = ledger.is_paused([ledger.Row(kind, at) for kind, at in kinds])
    return not paused and all(kind != ClockEntry.Kind.EXTEND for kind, _ in kinds)


def _opinions_over(case: _Case) -> bool:
    waiting = Opinion.objects.filter(dossier=case.dossier, answered_at=None, lapsed_at=None)
    return not waiting.filter(due_at__gte=case.desk.at).exists()


def _may_answer(case: _Case) -> bool:
    waiting = Opinion.objects.filter(dossier=case.dossier, answered_at=None, lapsed_at=None).select_related(
        "to_agency"
    )
    return any(case.desk.authority.can(P.DOSSIER_OPINION, o.to_agency) for o in waiting)


def _not_signed(case: _Case) -> bool:
    return not ResultPaper.objects.filter(dossier=case.dossier, revoked_at=None).exists()


def _decides(case: _Case) -> bool:
    return decides(case.desk, case.dossier, case.tasks)


def _to_return(case: _Case) -> bool:
    return _is_paid(case) and (case.dossier.status != Status.RETURNED or waits_again(case.dossier))


def _on_the_way(case: _Case) -> bool:
    return is_on_the_way(case.dossier)


def _is_settled(case: _Case) -> bool:
    return is_settled(case.dossier)


def _is_paid(case: _Case) -> bool:
    if case.dossier.payment == Payment.DUE:
        return False
    return not FinancialObligation.objects.filter(dossier=case.dossier, met_at=None).exists()


_CONDITIONS: dict[Act, Callable[[_Case], bool]] = {
    Act.TAKE_OVER: _to_take_over,
    Act.COMPLETE_TASK: _to_complete,
    Act.SIGN: _to_sign,
    Act.SEND_BACK: _to_sign,
    Act.MARK_READY: _to_report,
    Act.ASK_SUPPLEMENT: _no_supplement_yet,
    Act.APOLOGISE: _may_apologise,
    Act.END_OPINIONS: _opinions_over,
    Act.ASK_WITHDRAWAL: _not_signed,
    Act.REFUSE: _decides,
    Act.RETURN: _to_return,
    Act.CONFIRM_DELIVERY: _on_the_way,
    Act.TAKE_BACK: _on_the_way,
    Act.ARCHIVE: _is_settled,
}
