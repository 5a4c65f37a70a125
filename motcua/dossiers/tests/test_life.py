"""Random lawful lives: whatever people do in whatever order, what must hold holds."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from motcua.agencies.testing import give_role
from motcua.audit.queries import verify
from motcua.core.errors import NotFound, RuleViolation
from motcua.core.moments import to_local
from motcua.dossiers import actions, queries
from motcua.dossiers.models import Counter, Dossier, DossierTask, Opinion
from motcua.dossiers.rules.lateness import Outcome, outcome
from motcua.dossiers.rules.states import Status
from motcua.dossiers.testing import make_intake, make_procedure, make_process, make_world, moment
from motcua.workdays.models import CalendarDay, CalendarStamp

ENDED = {
    Status.REFUSED,
    Status.STOPPED,
    Status.WITHDRAWN,
    Status.RESULT_READY,
    Status.WAIT_COLLECT,
    Status.RETURNED,
    Status.ARCHIVED,
    Status.ERROR_FIX,
}


class Lives(RuleBasedStateMachine):
    """Three dossiers under way at once; every act may be tried at any time, the law decides."""

    @initialize()
    def open_the_counter(self) -> None:
        self.world = make_world()
        give_role(self.world.officer, "land_desk", self.world.commune, is_main=False)
        chain = make_procedure("1.200", self.world.commune, amount="10")
        make_process(
            chain, None,
            [("review", [("office", "receptionist", "2")]), ("review", [("resolving", "officer", "8"), ("police", "officer", "16")]),
             ("signature", [("resolving", "leader", "8")]), ("review", [("police", "officer", "8")]), ("result", [("office", "receptionist", "4")])],
        )  # fmt: skip
        self.procedures = [
            self.world.procedure,
            chain,
            make_procedure("1.201", self.world.commune, amount=None, unit="same_day"),
        ]
        self.now = moment(datetime(2026, 3, 2, 8))
        self.holidays = 0

    def attempt(self, act: Any, *args: Any, **kwargs: Any) -> None:
        """Do an act in a transaction of its own; a refusal leaves no trace."""
        try:
            with transaction.atomic():
                act(*args, **kwargs, at=self.now)
        except (RuleViolation, NotFound):
            pass

    def pick(self, number: int) -> Dossier:
        rows = Dossier.objects.order_by("pk")
        return rows[number % rows.count()]

    @rule(hours=st.integers(1, 60))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule(which=st.integers(0, 2), channel=st.sampled_from(["counter", "online"]))
    def arrive(self, which: int, channel: str) -> None:
        intake = make_intake(self.world, self.procedures[which], channel=channel)
        self.attempt(
            actions.receive if channel == "counter" else actions.submit, intake, actor=self.world.clerk
        )

    @precondition(lambda self: Dossier.objects.exists())
    @rule(
        number=st.integers(0, 9),
        act=st.sampled_from(
            [
                "accept",
                "decline",
                "hand_over",
                "notify_ready",
                "return",
                "archive",
                "ask_withdrawal",
                "confirm_withdrawal",
                "cancel_withdrawal",
            ]
        ),
    )
    def counter_acts(self, number: int, act: str) -> None:
        pk, clerk, head = self.pick(number).pk, self.world.clerk, self.world.head
        calls: dict[str, Any] = {
            "accept": lambda: self.attempt(actions.accept, pk, actor=clerk),
            "decline": lambda: self.attempt(actions.decline, pk, reason="x", legal_basis="NĐ 1", actor=clerk),
            "hand_over": lambda: self.attempt(actions.hand_over, [pk], actor=clerk),
            "notify_ready": lambda: self.attempt(actions.notify_ready, pk, actor=head),
            "return": lambda: self.attempt(actions.return_result, pk, receiver_name="A", actor=head),
            "archive": lambda: self.attempt(actions.archive, pk, actor=head),
            "ask_withdrawal": lambda: self.attempt(actions.request_withdrawal, pk, actor=clerk),
            "confirm_withdrawal": lambda: self.attempt(actions.confirm_withdrawal, pk, actor=clerk),
            "cancel_withdrawal": lambda: self.attempt(actions.cancel_withdrawal, pk, actor=clerk),
        }
        calls[act]()

    @precondition(lambda self: DossierTask.objects.filter(state__in=["open", "accepted"]).exists())
    @rule(number=st.integers(0, 9), act=st.sampled_from(["take", "done", "done", "sign", "back", "ready"]))
    def officers_work(self, number: int, act: str) -> None:
        rows = DossierTask.objects.filter(state__in=["open", "accepted"]).order_by("pk")
        task = rows[number % rows.count()]
        who = (
            self.world.policeman
            if task.agency_id == self.world.police.pk
            else self.world.clerk
            if task.at_office
            else self.world.officer
        )
        cause = {"late_cause": "capacity"}
        if act == "take":
            self.attempt(
                actions.take_over, [task.pk], actor=self.world.boss if task.stage_kind == "signature" else who
            )
        elif act == "done":
            self.attempt(actions.complete_task, task.pk, **cause, actor=who)
        elif act == "sign":
            self.attempt(actions.sign_result, task.dossier_id, number="1", **cause, actor=self.world.boss)
        elif act == "back":
            self.attempt(actions.send_back, task.dossier_id, reason="x", actor=self.world.boss)
        else:
            self.attempt(actions.mark_ready, task.dossier_id, **cause, actor=self.world.clerk)

    @precondition(lambda self: Dossier.objects.exists())
    @rule(
        number=st.integers(0, 9),
        act=st.sampled_from(
            [
                "supplement",
                "complete",
                "ask",
                "answer",
                "owe",
                "pay",
                "sorry",
                "refuse",
                "stop",
                "wrong",
                "right",
            ]
        ),
    )
    def the_clock_is_touched(self, number: int, act: str) -> None:
        pk, officer, boss = self.pick(number).pk, self.world.officer, self.world.boss
        opinion = Opinion.objects.filter(answered_at=None).first()
        calls: dict[str, Any] = {
            "supplement": lambda: self.attempt(
                actions.request_supplement, pk, reason="x", items=["y"], actor=officer
            ),
            "complete": lambda: self.attempt(actions.complete_supplement, pk, actor=officer),
            "ask": lambda: self.attempt(
                actions.ask_opinion,
                pk,
                to_agency_id=self.world.police.pk,
                question="?",
                due_working_days=1,
                actor=officer,
            ),
            "answer": lambda: (
                opinion
                and self.attempt(actions.answer_opinion, opinion.pk, answer="x", actor=self.world.policeman)
            ),
            "owe": lambda: self.attempt(
                actions.issue_obligation, pk, amount_dong=1, notice_number="TB", actor=officer
            ),
            "pay": lambda: self.attempt(actions.meet_obligation, pk, document="GNT", actor=officer),
            "sorry": lambda: self.attempt(
                actions.apologise, pk, extra_working_days=2, reason="x", actor=boss
            ),
            "refuse": lambda: self.attempt(
                actions.refuse, pk, reason="x", legal_basis="y", late_cause="capacity", actor=officer
            ),
            "stop": lambda: self.attempt(actions.stop, pk, reason_code="citizen", actor=boss),
            "wrong": lambda: self.attempt(actions.start_correction, pk, reason="x", actor=officer),
            "right": lambda: self.attempt(actions.finish_correction, pk, number="2", actor=officer),
        }
        calls[act]()

    @rule(days=st.integers(1, 20), again=st.booleans())
    def the_calendar_changes(self, days: int, again: bool) -> None:
        self.holidays += 1
        day = to_local(self.now).date() + timedelta(days=days)
        CalendarDay.objects.update_or_create(
            agency=None, day=day, defaults={"kind": "off", "name": "x", "source": "y"}
        )
        CalendarStamp.objects.update_or_create(pk=1, defaults={"stamp": f"{self.holidays}-{id(self)}"})
        if again:
            self.attempt(
                actions.reproject,
                agency_id=self.world.province.pk,
                reason="x",
                document="y",
                actor=self.world.admin,
            )

    # What must hold ----------------------------------------------------------------------------------------------------

    steps = 0

    @invariant()
    def what_must_hold_holds(self) -> None:
        """Looked at every few steps: each look reads everything."""
        self.steps += 1
        if hasattr(self, "world") and self.steps % 6 == 0:
            self.look()

    def look(self) -> None:
        self.due_dates_are_what_their_ledgers_say()
        self.tasks_fit_the_state()
        self.every_dossier_counts_exactly_once()
        self.numbers_have_no_gaps()

    def due_dates_are_what_their_ledgers_say(self) -> None:
        assert list(queries.verify_clock()) == []
        for dossier in Dossier.objects.filter(received_at__isnull=False):
            derived = queries.derivation_of(dossier)
            assert derived.due_at == (to_local(dossier.due_at) if dossier.due_at else None)
            assert derived.original_due_at == (
                to_local(dossier.original_due_at) if dossier.original_due_at else None
            )
            assert derived.paused == (
                dossier.status in (Status.POST_SUPPLEMENT, Status.WAIT_FINANCE)
            ) or dossier.status in ENDED | {Status.WITHDRAW_REQUESTED}

    def tasks_fit_the_state(self) -> None:
        for dossier in Dossier.objects.prefetch_related("tasks"):
            live = [t for t in dossier.tasks.all() if t.state in ("open", "accepted")]
            if dossier.status in ENDED:
                assert not live
            if dossier.status in (
                Status.TRANSFERRED,
                Status.IN_REVIEW,
                Status.FOR_SIGNATURE,
                Status.POST_SUPPLEMENT,
            ):
                assert live
                assert {t.stage for t in live} == {dossier.current_stage}
            for task in dossier.tasks.all():
                if task.state == "done":
                    assert task.given_at is not None
                    assert task.given_at <= task.taken_at <= task.done_at
                if task.state in ("open", "accepted"):
                    assert task.dossier_due_at == dossier.due_at

    def every_dossier_counts_exactly_once(self) -> None:
        rows = list(Dossier.objects.all())
        now = to_local(self.now)
        classes = [
            outcome(
                d.status,
                to_local(d.due_at) if d.due_at else None,
                to_local(d.ended_at) if d.ended_at else None,
                now,
            )
            for d in rows
        ]
        received = sum(d.received_at is not None for d in rows)
        resolved = sum(c in (Outcome.BEFORE, Outcome.ON, Outcome.LATE) for c in classes)
        still_open = sum(c in (Outcome.OPEN, Outcome.OPEN_LATE) for c in classes)
        outside = sum(
            c is Outcome.OUTSIDE and d.received_at is not None for c, d in zip(classes, rows, strict=True)
        )
        assert received == resolved + still_open + outside

    def numbers_have_no_gaps(self) -> None:
        registers = sorted(
            Dossier.objects.filter(register_number__isnull=False).values_list("register_number", flat=True)
        )
        assert registers == list(range(1, len(registers) + 1))
        if registers:
            assert Counter.objects.get(key__startswith="register/").last == len(registers)

    def teardown(self) -> None:
        if hasattr(self, "world"):
            self.look()
            assert verify().is_whole


@pytest.mark.django_db(transaction=True)
def test_whatever_people_do_what_must_hold_holds():
    class Wrapped(Lives):
        """Each example in a transaction that is rolled back at its end."""

        def __init__(self) -> None:
            super().__init__()
            self.block = transaction.atomic()
            self.block.__enter__()

        def teardown(self) -> None:
            try:
                super().teardown()
            finally:
                transaction.set_rollback(True)
                self.block.__exit__(None, None, None)

    run_state_machine_as_test(
        Wrapped,
        settings=settings(
            max_examples=5,
            stateful_step_count=36,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )
