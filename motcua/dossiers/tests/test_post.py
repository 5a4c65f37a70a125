"""A result sent by post: it arrives, or comes back and waits again; what that does to state, lists, words and log."""

from datetime import date
from importlib import import_module

import pytest
import time_machine
from django.apps import apps
from django.urls import reverse

from motcua.agencies.testing import make_user_with
from motcua.audit.models import Event
from motcua.audit.rules.words import say
from motcua.core.errors import NotFound, RuleViolation
from motcua.dossiers import actions
from motcua.dossiers.models import PostalItem
from motcua.dossiers.queries import integrity
from motcua.dossiers.rules import national, post
from motcua.dossiers.rules.states import Status
from motcua.dossiers.testing import moment, ready, returned
from motcua.notifications.models import Message

FIRST, SECOND = "EB123456785VN", "EB123456799VN"


@pytest.fixture
def later():
    """Friday of the first week."""
    with time_machine.travel(moment(days=4, hours=1), tick=False):
        yield


def posted(world, dossier=None, *, number=FIRST, days=1):
    dossier = dossier or ready(world)
    actions.return_result(
        dossier.pk, receiver_name="Nguyễn Thị Thử", method="post", postal_number=number, actor=world.head, at=moment(days=days)
    )  # fmt: skip
    dossier.refresh_from_db()
    return dossier


def came_back(world, dossier=None, *, days=4, **more):
    dossier = dossier or posted(world)
    actions.take_back(dossier.pk, **{"reason": "absent"} | more, actor=world.head, at=moment(days=days))
    dossier.refresh_from_db()
    return dossier


def deliver(world, dossier, *, by="Trần Văn Con", on=date(2026, 11, 4), days=3, actor=None):
    return actions.confirm_delivery(
        dossier.pk, received_by=by, delivered_on=on, actor=actor or world.head, at=moment(days=days)
    )


def choices(world, dossier, person=None):
    from motcua.dossiers.queries import lawful_actions
    from motcua.dossiers.queries.reference import Desk

    return [c.code for c in lawful_actions(dossier, Desk(person or world.head, moment(days=9)).authority)]


# Rules -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: post.require_new_number(FIRST, {FIRST}),
        lambda: post.require_delivery(" ", date(2026, 11, 4), date(2026, 11, 3), date(2026, 11, 5)),
        lambda: post.require_delivery("A", date(2026, 11, 2), date(2026, 11, 3), date(2026, 11, 5)),
        lambda: post.require_delivery("A", date(2026, 11, 6), date(2026, 11, 3), date(2026, 11, 5)),
        lambda: post.require_back("lost", "x"),
        lambda: post.require_back("other", " "),
    ],
)
def test_what_is_told_of_an_item_must_be_whole_and_possible(wrong):
    with pytest.raises(RuleViolation):
        wrong()


@pytest.mark.parametrize("day", [date(2026, 11, 2), date(2026, 11, 6)])
def test_an_impossible_day_of_delivery_is_answered_with_the_days_that_one_may_enter(day):
    with pytest.raises(RuleViolation) as refused:
        post.require_delivery("A", day, date(2026, 11, 3), date(2026, 11, 5))
    assert refused.value.field == "delivered_on"
    words = "Nhập ngày phát trong khoảng từ ngày gửi 03/11/2026 đến hôm nay 05/11/2026."
    assert refused.value.message == words


def test_what_is_whole_is_kept_without_blanks():
    assert post.require_new_number("eb 123456785 vn", {SECOND}) == FIRST
    day = date(2026, 11, 3)
    assert post.require_delivery(" An ", day, day, day) == "An"
    assert (post.require_back("absent", ""), post.require_back("other", " Đổi số nhà ")) == ("", "Đổi số nhà")


# Acts ------------------------------------------------------------------------------------------------------------------


def test_an_item_that_arrived_names_who_took_it_and_the_day(world):
    dossier = posted(world)
    assert choices(world, dossier)[:2] == ["confirm_delivery", "take_back"]
    item = deliver(world, dossier)
    dossier.refresh_from_db()
    assert (item.received_by, item.delivered_on, item.noted_by) == (
        "Trần Văn Con",
        date(2026, 11, 4),
        world.head,
    )
    assert (dossier.status, dossier.delivery_state, dossier.returned_to) == (
        "returned",
        "delivered",
        "Nguyễn Thị Thử",
    )
    assert choices(world, dossier) == ["archive"]
    for act in (lambda: deliver(world, dossier), lambda: came_back(world, dossier)):
        with pytest.raises(RuleViolation, match="không có bưu gửi nào đang trên đường"):
            act()


def test_an_item_that_came_back_leaves_the_state_and_its_national_code_and_tells_the_person(world):
    dossier = came_back(world, reason="other", note="Nhà khóa cửa")
    item = dossier.postal_items.get()
    assert (item.came_back_at, item.back_reason, item.back_note) == (moment(days=4), "other", "Nhà khóa cửa")
    assert (dossier.status, dossier.delivery_state, national.status_code(dossier.status)) == (
        "returned",
        "came_back",
        10,
    )
    told = Message.objects.filter(kind="came_back", channel="email").first() or Message.objects.get(
        kind="came_back"
    )
    assert dossier.code in told.body
    assert dossier.office.name in told.body or "hoan lai" in told.body


def test_what_came_back_is_handed_out_at_the_counter_and_the_first_hand_over_stays(world):
    dossier = came_back(world)
    before = (dossier.returned_at, dossier.returned_to)
    assert choices(world, dossier) == ["return"]
    actions.return_result(dossier.pk, receiver_name="Lê Văn Đến", actor=world.head, at=moment(days=6))
    dossier.refresh_from_db()
    item = dossier.postal_items.get()
    assert (item.again_at, item.again_to) == (moment(days=6), "Lê Văn Đến")
    assert (dossier.returned_at, dossier.returned_to) == before
    assert (dossier.status, dossier.delivery, dossier.delivery_state, dossier.postal_number) == (
        "returned", "counter", "delivered", "",
    )  # fmt: skip
    with pytest.raises(RuleViolation, match="Chỉ trả lại lần nữa khi"):
        actions.return_result(dossier.pk, receiver_name="A", actor=world.head, at=moment(days=7))


def test_what_came_back_is_posted_again_under_a_new_number(world):
    dossier = came_back(world)
    with pytest.raises(RuleViolation, match="nhập số hiệu mới"):
        posted(world, dossier, days=5)
    posted(world, dossier, number=SECOND, days=5)
    assert [(i.number, bool(i.again_at), bool(i.came_back_at)) for i in dossier.postal_items.order_by("pk")] == [
        (FIRST, True, True), (SECOND, False, False),
    ]  # fmt: skip
    deliver(world, dossier, on=date(2026, 11, 9), days=8)
    assert dossier.postal_items.get(number=SECOND).delivered_on == date(2026, 11, 9)


def test_a_dossier_is_not_archived_before_its_result_is_in_somebodys_hands(world):
    for dossier in (posted(world), came_back(world)):
        with pytest.raises(RuleViolation, match="chưa đến tay người nhận"):
            actions.archive(dossier.pk, actor=world.head, at=moment(days=9))
    dossier = posted(world)
    deliver(world, dossier)
    actions.archive(dossier.pk, actor=world.head, at=moment(days=9))
    dossier.refresh_from_db()
    assert dossier.status == Status.ARCHIVED


def test_only_the_return_desk_says_what_became_of_an_item(world):
    dossier = posted(world)
    for person in (world.officer, world.boss, make_user_with("returner", world.province)):
        with pytest.raises(NotFound):
            deliver(world, dossier, actor=person)
        with pytest.raises(NotFound):
            actions.take_back(dossier.pk, reason="absent", actor=person, at=moment(days=4))
    assert deliver(world, dossier, actor=make_user_with("returner", world.commune)).delivered_on


def test_nothing_is_on_its_way_of_a_result_handed_over_at_the_counter(world):
    dossier = returned(world)
    assert not {"confirm_delivery", "take_back", "return"} & set(choices(world, dossier))
    with pytest.raises(RuleViolation, match="trên đường"):
        deliver(world, dossier)


def test_each_act_is_in_the_log_in_words_and_without_names(world):
    dossier = came_back(world, note="Ông Bí Mật đi vắng")
    posted(world, dossier, number=SECOND, days=5)
    deliver(world, dossier, on=date(2026, 11, 9), days=8)
    events = {e.kind: e for e in Event.objects.filter(chain=f"dossier/{dossier.pk}").order_by("seq")}
    back, there = events["dossier.take_back"].data, events["dossier.confirm_delivery"].data
    assert (back["postal_number"], back["reason"]) == (FIRST, "absent")
    assert (there["postal_number"], there["delivered_on"]) == (SECOND, "2026-11-09")
    assert events["dossier.return"].data["again"] is True
    assert not [e for e in events.values() if "Bí Mật" in str(e.data) or "Trần Văn Con" in str(e.data)]
    assert say("dossier.take_back") == "Ghi nhận bưu chính hoàn lại"
    assert list(integrity.breaks()) == []


def test_an_error_found_in_what_came_back_ends_its_waiting_until_it_is_corrected(world):
    dossier = came_back(world)
    actions.start_correction(dossier.pk, reason="Sai tên", actor=world.officer, at=moment(days=5))
    item = dossier.postal_items.get()
    assert (item.again_at, item.again_to) == (moment(days=5), "")
    actions.finish_correction(dossier.pk, actor=world.officer, at=moment(days=6))
    actions.return_result(dossier.pk, receiver_name="Lê Văn Đến", actor=world.head, at=moment(days=7))
    dossier.refresh_from_db()
    assert (dossier.status, dossier.delivery_state) == ("returned", "delivered")
    assert dossier.corrections.get().returned_to == "Lê Văn Đến"


def test_what_was_on_its_way_before_items_were_kept_becomes_one(world):
    dossier = posted(world)
    PostalItem.objects.all().delete()
    returned(world)
    import_module("motcua.dossiers.migrations.0020_postal_items").on_the_way(apps, None)
    item = PostalItem.objects.get()
    assert (item.dossier, item.number, item.addressee, item.posted_at, item.posted_by) == (
        dossier, FIRST, "Nguyễn Thị Thử", moment(days=1), world.head,
    )  # fmt: skip


# Screens ---------------------------------------------------------------------------------------------------------------


def test_the_return_desk_lists_what_is_on_its_way_with_both_acts(client, world, later):
    dossier, other = posted(world), ready(world)
    desk = reverse("counter:return_desk")
    client.force_login(world.head)
    page = client.get(desk).content.decode()
    assert "Đang gửi bưu chính" in page
    assert FIRST in page
    acts = [
        f"{reverse('dossiers:act', args=[dossier.pk, code])}?tu=quay"
        for code in ("confirm_delivery", "take_back")
    ]
    assert all(address in page for address in acts)
    answer = client.post(acts[1], {"reason": "address", "note": ""})
    assert (answer.status_code, answer.url) == (302, desk)
    page = client.get(desk).content.decode()
    assert "Đang gửi bưu chính" not in page
    assert page.count("Bưu chính hoàn lại") == 1
    assert {dossier.code, other.code} <= {code for code in (dossier.code, other.code) if code in page}
    one = client.get(reverse("counter:return_one", args=[dossier.pk])).content.decode()
    assert "fact-bad" not in one
    page = client.get(reverse("dossiers:dossier", args=[dossier.pk])).content.decode()
    assert "sai hoặc không đủ địa chỉ" in page
    assert "chờ trả lại" in page
    assert reverse("counter:return_one", args=[dossier.pk]) in page


def test_what_the_post_has_of_another_office_is_not_listed(client, world, later):
    from motcua.agencies.testing import make_agency, make_office

    posted(world)
    there = make_agency("UBND xã Khác", world.province, code="H40.44")
    make_office(there)
    client.force_login(make_user_with("returner", there))
    assert FIRST not in client.get(reverse("counter:return_desk")).content.decode()
