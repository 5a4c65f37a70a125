"""Submissions before reception: who has opened them, who checks them, and word to the head when nobody does."""

from datetime import timedelta
from decimal import Decimal

import pytest

from motcua.accounts.models import User
from motcua.accounts.testing import make_citizen
from motcua.agencies.testing import make_user_with
from motcua.audit.models import Event
from motcua.core.errors import NotFound, RuleViolation
from motcua.dossiers import actions
from motcua.dossiers.actions import checking
from motcua.dossiers.models import AcceptanceCheck, SupplementRequest
from motcua.dossiers.rules.acceptance import Left, stage_to_tell
from motcua.dossiers.testing import make_intake, make_world, moment
from motcua.notifications.models import Message as Letter


@pytest.fixture
def world(db):
    return make_world()


@pytest.fixture
def citizen(db):
    return make_citizen()


@pytest.fixture
def system(db):
    return User.objects.create(username="he-thong", full_name="Hệ thống", kind=User.Kind.SYSTEM)


@pytest.fixture
def filed(world, citizen):
    return actions.submit(
        make_intake(world, channel="online", holder_id=citizen.pk), actor=citizen, at=moment()
    )


@pytest.fixture
def colleague(world):
    return make_user_with("receptionist", world.commune, full_name="Đỗ Thị Đồng Nghiệp")


def check_of(dossier):
    return AcceptanceCheck.objects.get(dossier=dossier)


def kinds(dossier):
    return list(
        Event.objects.filter(chain=f"dossier/{dossier.pk}").order_by("seq").values_list("kind", flat=True)
    )


@pytest.mark.parametrize(
    ("hours", "tone", "words"),
    [
        ("8", "ok", "còn 8 giờ làm việc"),
        ("3.5", "ok", "còn 3 giờ 30 phút làm việc"),
        ("2", "soon", "còn 2 giờ làm việc"),
        ("0.25", "soon", "còn 15 phút làm việc"),
        ("0.001", "soon", "còn chưa đến 1 phút làm việc"),
        ("0", "late", "vừa hết hạn"),
        ("-1.5", "late", "quá hạn 1 giờ 30 phút làm việc"),
    ],
)
def test_time_left_is_said_in_working_hours_and_a_tone(hours, tone, words):
    left = Left(Decimal(hours))
    assert (left.tone, left.words) == (tone, words)


@pytest.mark.parametrize(
    ("left", "seen", "told", "stage"),
    [
        ("5", False, (), ""),
        ("2", False, (), "unseen"),
        ("2", True, (), ""),
        ("1", False, ("unseen",), ""),
        ("0", True, (), "overdue"),
        ("-3", False, ("unseen",), "overdue"),
        ("-3", False, ("unseen", "overdue"), ""),
    ],
)
def test_the_head_is_told_once_of_each(left, seen, told, stage):
    found = stage_to_tell(Decimal(left), seen=seen, before=Decimal(2), after=Decimal(0), told=frozenset(told))
    assert found == stage


def test_a_citizen_files_online_without_a_permission_and_holds_the_dossier(filed, citizen):
    assert filed.status == "submitted"
    assert filed.holders.get().user == citizen


@pytest.mark.parametrize("channel", ["counter", "post"])
def test_at_the_counter_a_citizens_account_receives_nothing(world, citizen, channel):
    with pytest.raises(NotFound):
        actions.submit(make_intake(world, channel=channel), actor=citizen, at=moment())
    with pytest.raises(NotFound):
        actions.receive(make_intake(world, channel=channel), actor=citizen, at=moment())


def test_a_citizen_does_not_receive_an_own_submission(filed, citizen):
    with pytest.raises(NotFound):
        actions.accept(filed.pk, actor=citizen, at=moment(hours=1))


def test_an_unknown_right_of_a_holder_is_refused(world, citizen):
    with pytest.raises(RuleViolation, match="tư cách"):
        actions.submit(
            make_intake(world, channel="online", holder_id=citizen.pk, holder_right="king"),
            actor=citizen,
            at=moment(),
        )


def test_the_first_look_is_kept_and_logged_once(world, filed, colleague):
    actions.note_seen(filed.pk, actor=world.clerk, at=moment(hours=1))
    actions.note_seen(filed.pk, actor=colleague, at=moment(hours=2))
    mark = check_of(filed)
    assert (mark.seen_by, mark.seen_at) == (world.clerk, moment(hours=1))
    assert kinds(filed).count("dossier.seen") == 1


def test_two_clerks_do_not_check_the_same(world, filed, colleague):
    actions.take_check(filed.pk, actor=world.clerk, at=moment(hours=1))
    with pytest.raises(RuleViolation, match="Trần Thị Tiếp Nhận đã nhận"):
        actions.take_check(filed.pk, actor=colleague, at=moment(hours=1))
    with pytest.raises(RuleViolation, match="đang kiểm tra"):
        actions.accept(filed.pk, actor=colleague, at=moment(hours=1))
    with pytest.raises(RuleViolation, match="đang kiểm tra"):
        actions.decline(filed.pk, reason="x", actor=colleague, at=moment(hours=1))
    actions.take_check(filed.pk, instead=True, actor=colleague, at=moment(hours=2))
    assert check_of(filed).officer == colleague
    assert actions.accept(filed.pk, actor=colleague, at=moment(hours=2)).code


def test_taking_again_changes_nothing(world, filed):
    for _ in range(2):
        actions.take_check(filed.pk, actor=world.clerk, at=moment(hours=1))
    assert kinds(filed).count("dossier.check_taken") == 1


def test_the_head_gives_a_check_to_who_may_receive(world, filed, colleague):
    actions.give_check(filed.pk, colleague.pk, actor=world.head, at=moment(hours=1))
    assert check_of(filed).officer == colleague
    with pytest.raises(RuleViolation, match="Chọn cán bộ tiếp nhận"):
        actions.give_check(filed.pk, world.boss.pk, actor=world.head, at=moment(hours=1))
    with pytest.raises(NotFound):
        actions.give_check(filed.pk, world.clerk.pk, actor=colleague, at=moment(hours=1))


def test_a_check_is_put_back_by_its_owner_or_the_head(world, filed, colleague):
    actions.take_check(filed.pk, actor=world.clerk, at=moment(hours=1))
    with pytest.raises(NotFound):
        actions.release_check(filed.pk, actor=colleague, at=moment(hours=1))
    actions.release_check(filed.pk, actor=world.clerk, at=moment(hours=1))
    assert check_of(filed).officer is None


def test_next_skips_what_a_colleague_has(world, citizen, filed, colleague):
    second = actions.submit(make_intake(world, channel="online"), actor=citizen, at=moment(hours=1))
    order = [filed.pk, second.pk]
    assert actions.take_next(order, actor=world.clerk, at=moment(hours=2)) == filed.pk
    assert actions.take_next(order, actor=colleague, at=moment(hours=2)) == second.pk
    assert actions.take_next(order, actor=world.head, at=moment(hours=2)) is None


def test_strangers_check_nothing(world, filed):
    for act in (actions.note_seen, actions.take_check):
        with pytest.raises(NotFound):
            act(filed.pk, actor=world.policeman, at=moment(hours=1))


def test_what_was_received_is_not_checked_any_more(world, filed):
    actions.accept(filed.pk, actor=world.clerk, at=moment(hours=1))
    with pytest.raises(RuleViolation, match="không còn chờ"):
        actions.take_check(filed.pk, actor=world.clerk, at=moment(hours=1))


def letters(kind):
    return list(Letter.objects.filter(kind=kind))


def test_nobody_opens_it_and_the_head_is_told_before_and_after(world, filed, system):
    world.head.email = "truong@example.vn"
    world.head.save(update_fields=["email"])
    due = filed.acceptance_due_at
    assert actions.escalate_acceptance(actor=system, at=moment(hours=1)) == 0
    assert actions.escalate_acceptance(actor=system, at=due - timedelta(hours=1)) == 1
    assert actions.escalate_acceptance(actor=system, at=due - timedelta(minutes=30)) == 0
    assert actions.escalate_acceptance(actor=system, at=due + timedelta(minutes=1)) == 1
    assert actions.escalate_acceptance(actor=system, at=due + timedelta(hours=5)) == 0
    assert {m.to for m in letters("acceptance_unseen")} == {"truong@example.vn", world.head.username}
    assert len(letters("acceptance_late")) == 2
    assert kinds(filed).count("dossier.acceptance_escalated") == 2


def test_a_seen_submission_is_told_of_only_when_it_is_late(world, filed, system):
    actions.note_seen(filed.pk, actor=world.clerk, at=moment(hours=1))
    due = filed.acceptance_due_at
    assert actions.escalate_acceptance(actor=system, at=due - timedelta(hours=1)) == 0
    assert actions.escalate_acceptance(actor=system, at=due) == 1


def test_what_was_accepted_while_the_timer_ran_is_told_to_nobody(world, filed, citizen, system, monkeypatch):
    """The timer lists submissions first and takes them one by one: the clerk may be quicker."""
    second = actions.submit(make_intake(world, channel="online"), actor=citizen, at=moment(hours=0.1))
    late = second.acceptance_due_at + timedelta(hours=1)
    real = checking.to_watch

    def then_accepted(until):
        found = real(until)
        actions.accept(filed.pk, actor=world.clerk, at=late)
        return found

    monkeypatch.setattr(checking, "to_watch", then_accepted)
    assert actions.escalate_acceptance(actor=system, at=late) == 1
    assert {m.reference for m in letters("acceptance_late")} == {f"dossier/{second.pk}"}
    assert not AcceptanceCheck.objects.filter(dossier=filed).exists()


def test_one_submission_that_cannot_be_told_of_keeps_no_other_waiting(
    world, filed, citizen, system, monkeypatch, caplog
):
    second = actions.submit(make_intake(world, channel="online"), actor=citizen, at=moment(hours=0.1))
    late, real = second.acceptance_due_at + timedelta(hours=1), checking.queue

    def broken(kind, *, reference, **more):
        if reference == f"dossier/{filed.pk}":
            raise RuleViolation("Chưa có mẫu tin này.")
        return real(kind, reference=reference, **more)

    monkeypatch.setattr(checking, "queue", broken)
    assert actions.escalate_acceptance(actor=system, at=late) == 1
    assert check_of(second).overdue_told_at == late
    assert not AcceptanceCheck.objects.filter(dossier=filed).exists()  # nothing of it stays: it comes again
    assert "Chưa có mẫu tin này" in caplog.text
    monkeypatch.undo()
    assert actions.escalate_acceptance(actor=system, at=late + timedelta(hours=1)) == 1
    assert check_of(filed).overdue_told_at == late + timedelta(hours=1)


def test_while_the_citizen_is_asked_nobody_is_told(world, filed, system):
    actions.request_supplement_before(
        filed.pk, reason="x", items=[{"name": "Tờ khai"}], actor=world.clerk, at=moment(hours=1)
    )
    assert actions.escalate_acceptance(actor=system, at=filed.acceptance_due_at + timedelta(days=2)) == 0


def test_an_answer_makes_it_unseen_again(world, filed, citizen, system):
    actions.note_seen(filed.pk, actor=world.clerk, at=moment(hours=1))
    actions.take_check(filed.pk, actor=world.clerk, at=moment(hours=1))
    actions.request_supplement_before(
        filed.pk, reason="x", items=[{"name": "Bản sao"}], actor=world.clerk, at=moment(hours=1)
    )
    actions.complete_presupplement(filed.pk, actor=world.clerk, at=moment(days=1))
    mark = check_of(filed)
    assert (mark.seen_at, mark.officer) == (None, world.clerk)
    assert SupplementRequest.objects.get(dossier=filed).completed_at


def test_only_the_system_escalates(world):
    with pytest.raises(NotFound):
        actions.escalate_acceptance(actor=world.clerk, at=moment())
