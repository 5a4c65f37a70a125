"""What ending a task writes: one statement where one is enough."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.agencies.testing import make_user_with
from motcua.dossiers import actions
from motcua.dossiers.testing import in_review, live_task, make_procedure, make_process, moment, receive


def task_writes(act):
    with CaptureQueriesContext(connection) as asked:
        act()
    return [q["sql"] for q in asked if q["sql"].startswith('UPDATE "dossiers_dossiertask"')]


def test_a_task_that_ends_and_those_that_open_are_written_by_one_statement(world):
    dossier = in_review(world)
    task = live_task(dossier)
    written = task_writes(
        lambda: actions.complete_task(task.pk, note="xong", actor=world.officer, at=moment(hours=3))
    )
    assert len(written) == 1
    assert [t.state for t in dossier.tasks.all()][:2] == ["done", "open"]
    task.refresh_from_db()
    assert (task.note, task.done_by, task.done_at) == ("xong", world.officer, moment(hours=3))


def test_a_task_ended_without_being_signed_for_is_written_before_its_list_is(world):
    procedure = make_procedure("1.000029", world.commune)
    both = [("resolving", "officer", "8"), ("police", "officer", "16")]
    make_process(procedure, None, [("review", both), ("signature", [("resolving", "leader", "4")])])
    dossier = receive(world, procedure=procedure)
    own, other = actions.hand_over([dossier.pk], actor=world.clerk, at=moment(hours=1))
    actions.take_over(handover_id=own.pk, actor=world.officer, at=moment(hours=2))
    first, second = dossier.tasks.filter(stage=1)
    actions.complete_task(first.pk, actor=world.officer, at=moment(hours=2))
    policeman = make_user_with("officer", world.police)
    written = task_writes(lambda: actions.complete_task(second.pk, actor=policeman, at=moment(hours=3)))
    assert len(written) == 2
    other.refresh_from_db()
    assert (other.receiver, other.received_at) == (policeman, moment(hours=3))
