"""What goes wrong in a batch leaves no trace, and what memory cannot answer is never answered wrongly."""

import gc
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from motcua.audit.models import Event
from motcua.audit.queries import verify
from motcua.core import store
from motcua.core.errors import NotFound, RuleViolation
from motcua.dossiers import actions
from motcua.dossiers.models import Counter, Dossier, DossierTask, Handover, Notice, Party
from motcua.dossiers.testing import World, in_review, live_task, make_intake, moment, receive


def come(world: World, hours: float = 0) -> Dossier:
    return actions.receive(make_intake(world), actor=world.clerk, at=moment(hours=hours))


def counted() -> tuple[int, ...]:
    return tuple(
        model.objects.count() for model in (Dossier, Party, DossierTask, Notice, Event, Handover, Counter)
    )


def test_a_refused_act_leaves_no_trace(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    with store.batch():
        first = come(world)
        before = {name: value for name, value in first.__dict__.items() if name != "_state"}

        def refuse(*args: Any, **more: Any) -> None:
            raise RuleViolation("Không ghi được.")

        with monkeypatch.context() as patch:
            patch.setattr("motcua.dossiers.actions._journal.audit.append_many", refuse)
            with pytest.raises(RuleViolation):
                actions.hand_over([first.pk], actor=world.clerk, at=moment(hours=1))
            with pytest.raises(RuleViolation):
                come(world, 1)
            with pytest.raises(RuleViolation):
                actions.request_withdrawal(first.pk, actor=world.clerk, at=moment(hours=1))
        assert {name: value for name, value in first.__dict__.items() if name != "_state"} == before
        assert not store.find(Handover, id=[1, 2, 3])
        second = come(world, 2)
    assert second.register_number == first.register_number + 1
    assert counted()[0] == 2
    assert not Handover.objects.exists()
    assert {t.state for t in DossierTask.objects.all()} == {
        t.state for t in DossierTask.objects.filter(dossier=second)
    }
    assert list(verify().breaks) == []


def test_a_crash_undoes_everything_since_the_last_turn(world: World) -> None:
    def crash() -> None:
        with store.batch() as batch:
            dossier = come(world)
            batch.turn()
            actions.hand_over([dossier.pk], actor=world.clerk, at=moment(hours=1))
            come(world, 1)
            batch.flush()
            come(world, 2)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        crash()
    assert not store.batching()
    assert Dossier.objects.get().status == "received"
    assert not Handover.objects.exists()
    assert {c.last for c in Counter.objects.all()} == {1}
    assert list(verify().breaks) == []
    assert come(world, 3).register_number == 2


def test_garbage_is_sought_seldom_in_a_batch_and_as_before_after_it(world: World) -> None:
    before = gc.get_threshold()
    with store.batch():
        assert gc.get_threshold()[0] > 10 * before[0]
    assert gc.get_threshold() == before


def test_nothing_is_half_written_when_the_database_refuses(world: World) -> None:
    def collide() -> None:
        with store.batch():
            dossier = come(world)
            with store.past():
                Event.objects.create(
                    chain=f"dossier/{dossier.pk}", seq=1, kind="x", at=moment(), actor_label="", hash="x"
                )

    with pytest.raises(IntegrityError):
        collide()
    assert counted() == (0,) * 7


def test_a_statement_from_elsewhere_finds_what_acts_have_done(world: World) -> None:
    with store.batch() as batch:
        dossier = come(world)
        assert Dossier.objects.filter(status="received").count() == 1
        assert sum(batch.flushes.values()) == 1
        actions.hand_over([dossier.pk], actor=world.clerk, at=moment(hours=1))
        assert live_task(dossier).state == "open"
        actions.take_over([live_task(dossier).pk], actor=world.officer, at=moment(hours=2))
    assert Dossier.objects.get().status == "in_review"


def test_in_the_midst_of_an_act_that_has_changed_something_the_database_is_not_asked(world: World) -> None:
    @store.act
    def wrong(dossier: Dossier) -> int:
        (found,) = store.find(Dossier, id=dossier.pk)
        found.late_note = "x"
        return Dossier.objects.count()

    @store.act
    def right(dossier: Dossier) -> int:
        store.find(Dossier, id=dossier.pk)
        return Dossier.objects.count()

    with store.batch():
        dossier = come(world)
        with pytest.raises(store.Unanswerable):
            wrong(dossier)
        assert dossier.late_note == ""
        assert right(dossier) == 1


def test_what_is_written_beside_a_batch_is_read_anew(world: World) -> None:
    with store.batch():
        dossier = come(world)
        DossierTask.objects.filter(dossier=dossier).update(name="Việc khác")
        assert {t.name for t in store.find(DossierTask, dossier_id=dossier.pk)} == {"Việc khác"}
        assert store.find(Dossier, id=dossier.pk)[0] is not dossier


def test_a_transaction_inside_a_batch_takes_its_acts_back_with_it(world: World) -> None:
    def undone() -> None:
        with transaction.atomic():
            come(world, 1)
            actions.hand_over([first.pk], actor=world.clerk, at=moment(hours=2))
            raise NotFound

    with store.batch():
        first = come(world)
        with pytest.raises(NotFound):
            undone()
        with transaction.atomic():
            last = come(world, 3)
    assert (first.status, last.register_number) == ("received", 2)
    assert counted()[0] == 2


def test_acts_that_are_not_made_for_batches_work_in_them(world: World) -> None:
    with store.batch():
        dossier = come(world)
        moved = actions.transfer_open_work(
            world.commune, world.division, document="QĐ 1", actor=world.admin, at=moment(hours=1)
        )
        assert store.find(Dossier, id=dossier.pk)[0].resolving_agency_id == world.division.pk
    assert moved.dossiers == 1


def test_memory_forgets_what_is_finished_and_reads_it_again(world: World) -> None:
    with store.batch() as batch:
        dossier = come(world)
        actions.request_withdrawal(dossier.pk, actor=world.clerk, at=moment(hours=1))
        actions.confirm_withdrawal(dossier.pk, actor=world.clerk, at=moment(hours=2))
        open_one = come(world, 2)
        batch.turn()
        assert store.find(Dossier, id=dossier.pk)[0] is not dossier
        assert store.find(Dossier, id=open_one.pk)[0] is open_one
        assert batch.turn_when_full() is False


def test_what_a_batch_does_not_know_is_not_answered(world: World) -> None:
    beside = in_review(world, receive(world))
    with store.batch():
        with pytest.raises(store.Unanswerable):
            store.find(Dossier, status="received")
        with pytest.raises(store.Unanswerable):
            store.find(Event, chain="dossier/1")
        held = store.find(Dossier, id=beside.pk)[0]
        with pytest.raises(store.Unanswerable):
            store.update(beside, "status")
        with pytest.raises(store.Unanswerable), store.batch():
            pass
        held.late_note = "nháp"
        store.update(held, "late_note")
    assert Dossier.objects.get().late_note == "nháp"


def test_a_forged_due_date_is_refused_in_a_batch_too(world: World) -> None:
    def forge() -> None:
        with store.batch():
            dossier = come(world)
            task = store.find(DossierTask, dossier_id=dossier.pk)[0]
            task.dossier_due_at = moment(days=90)
            store.update(task, "dossier_due_at")

    with pytest.raises(Exception, match="sổ thời hạn"):
        forge()
    assert counted()[0] == 0


def test_the_due_date_of_a_dossier_comes_from_its_ledger_only(world: World) -> None:
    with store.batch():
        dossier = come(world)
        right = dossier.due_at
        dossier.due_at = moment(days=90)
        store.update(dossier, "due_at", "late_note")
    assert Dossier.objects.get().due_at == right


def test_on_the_same_day_two_batches_share_a_calendars_snapshot(world: World) -> None:
    for hours in (0, 1):
        with store.batch():
            come(world, hours)
    assert Dossier.objects.count() == 2
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM dossiers_calendarsnapshot")
        assert cursor.fetchone() == (1,)
