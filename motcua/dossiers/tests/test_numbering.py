"""Numbers under load: gapless, unique, given back with an act that fails."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from motcua.dossiers import actions
from motcua.dossiers.actions._numbers import take
from motcua.dossiers.models import Counter, Dossier, Notice
from motcua.dossiers.testing import make_intake, make_world, moment


@pytest.mark.django_db
def test_several_numbers_are_taken_in_one_statement(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert take(["b", "a", "b"]) == {"a": 1, "b": 1}
    assert take(["a"]) == {"a": 2}


@pytest.mark.django_db
def test_a_number_goes_back_with_an_act_that_fails():
    with transaction.atomic():
        take(["a"])
        transaction.set_rollback(True)
    assert take(["a"]) == {"a": 1}


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    "connection.vendor == 'sqlite'", reason="one connection in memory; the sequence is tested above"
)
def test_many_clerks_at_once_get_gapless_unique_numbers():
    world = make_world()
    clerks, each = 8, 6

    def work(number: int) -> list[str]:
        try:
            return [
                actions.receive(make_intake(world), actor=world.clerk, at=moment(hours=number / 10)).code
                for _ in range(each)
            ]
        finally:
            connection.close()

    with ThreadPoolExecutor(clerks) as pool:
        codes = [code for batch in pool.map(work, range(clerks)) for code in batch]
    total = clerks * each
    assert sorted(codes) == [f"H40.12-261102-{n:04d}" for n in range(1, total + 1)]
    assert sorted(Dossier.objects.values_list("register_number", flat=True)) == list(range(1, total + 1))
    assert sorted(Notice.objects.values_list("number", flat=True)) == list(range(1, total + 1))
    assert set(Counter.objects.values_list("last", flat=True)) == {total}


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="one connection in memory")
def test_two_people_complete_the_same_task_only_one_succeeds():
    from motcua.core.errors import RuleViolation
    from motcua.dossiers.testing import in_review, live_task

    world = make_world()
    task = live_task(in_review(world))

    def work(_: int) -> str:
        try:
            actions.complete_task(task.pk, actor=world.officer, at=moment(hours=2))
            return "done"
        except RuleViolation:
            return "refused"
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(work, range(4))) == ["done", "refused", "refused", "refused"]
