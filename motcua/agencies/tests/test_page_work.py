"""The pages of this app do what they say."""

import re
from datetime import date

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from motcua.accounts.models import User
from motcua.agencies.models import (
    Agency,
    Assignment,
    DatedSetting,
    Delegation,
    OneStopOffice,
    Post,
    PostRole,
    Role,
    Seat,
)
from motcua.agencies.testing import make_agency, make_role, make_user_with
from motcua.agencies.tests.conftest import World
from motcua.audit.models import Event


def send(client: Client, name: str, args: list[object], /, **fields: object) -> HttpResponse:
    return client.post(reverse(f"agencies:{name}", args=args), fields)


def test_an_agency_is_made_corrected_moved_and_ended_through_the_pages(client: Client, world: World) -> None:
    client.force_login(world.chief)
    made = send(
        client,
        "create_under",
        [world.province.pk],
        name="UBND xã Cẩm Khê",
        kind="committee",
        level=world.commune.level_id,
        code="000.00.14.H40",
        valid_from="01/07/2025",
        document="NQ 1",
    )
    assert made.status_code == 302
    agency = Agency.objects.get(name="UBND xã Cẩm Khê")
    assert (agency.code, agency.parent, agency.valid_from) == ("H40.14", world.province, date(2025, 7, 1))
    send(client, "edit", [agency.pk], name="UBND xã Cẩm Khê", kind="committee", phone="0240 000 001")
    send(client, "move", [agency.pk], parent=world.commune.pk, from_day="01/01/2026", document="QĐ 2")
    send(client, "end", [agency.pk], last_day="30/06/2026", successor=world.other.pk, document="QĐ 3")
    agency.refresh_from_db()
    assert (agency.phone, agency.parent, agency.valid_to, agency.successor) == (
        "0240 000 001",
        world.commune,
        date(2026, 6, 30),
        world.other,
    )
    assert "UBND xã Cẩm Khê" in client.get(reverse("agencies:ended")).content.decode()
    past = client.get(reverse("agencies:tree"), {"ngay": "01/08/2025"}).content.decode()
    assert "UBND xã Cẩm Khê" in past
    assert "UBND xã Cẩm Khê" not in client.get(reverse("agencies:tree")).content.decode()
    found = client.get(reverse("agencies:tree"), {"q": "binh minh"}).content.decode()
    assert "UBND xã Bình Minh" in found


def test_what_a_rule_refuses_stays_in_the_form_with_422(client: Client, world: World) -> None:
    client.force_login(world.chief)
    fields = {"name": "Xã trùng mã", "kind": "committee", "code": "H40.12", "valid_from": "01/07/2025"}
    answer = send(client, "create", [], **fields)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "đang là của UBND xã An Phú" in page
    assert 'value="Xã trùng mã"' in page


def test_offices_and_seats_are_kept_through_the_pages(client: Client, world: World) -> None:
    client.force_login(world.local)
    police = make_agency("Công an xã An Phú", world.commune, kind="vertical", sector="police")
    send(
        client,
        "open_office",
        [world.commune.pk],
        name="Trung tâm Phục vụ hành chính công",
        kind="centre",
        valid_from="01/01/2026",
    )
    office = OneStopOffice.objects.get(kind="centre")
    send(client, "office", [office.pk], name="Trung tâm PVHCC xã An Phú", kind="centre", phone="1900")
    send(client, "seat", [office.pk], agency=police.pk, desk="3", valid_from="01/03/2026", document="QĐ 9")
    seat = Seat.objects.get(agency=police)
    assert (seat.desk, seat.valid_from) == ("3", date(2026, 3, 1))
    send(client, "end_seat", [seat.pk], last_day="31/10/2026")
    send(client, "close_office", [office.pk], last_day="31/12/2026", document="QĐ 10")
    seat.refresh_from_db()
    office.refresh_from_db()
    assert (seat.valid_to, office.valid_to, office.phone) == (date(2026, 10, 31), date(2026, 12, 31), "1900")


def test_a_person_is_hired_through_the_pages_and_the_password_shown_once(
    client: Client, world: World
) -> None:
    client.force_login(world.local)
    send(
        client,
        "create_post",
        [world.division.pk],
        title="Công chức Tư pháp - hộ tịch",
        valid_from="01/01/2026",
    )
    post = Post.objects.get(title="Công chức Tư pháp - hộ tịch")
    make_role("officer")
    granted = send(client, "post", [post.pk], role="officer", scope=world.commune.pk)
    assert granted.status_code == 302
    shown = send(
        client,
        "create_person",
        [],
        full_name="Hoàng Văn Bình",
        username="binh",
        post=post.pk,
        valid_from="01/02/2026",
    )
    password = re.search(r'code-big">([a-z0-9-]+)<', shown.content.decode())[1]
    assert shown["Cache-Control"].startswith("max-age=0")
    person = User.objects.get(username="binh")
    assert person.check_password(password)
    assert person.must_change_password
    assert "Hoàng Văn Bình" in client.get(reverse("agencies:people"), {"q": "hoang binh"}).content.decode()
    row = PostRole.objects.get(post=post)
    assert send(client, "revoke_role", [row.pk]).status_code == 302
    assert not PostRole.objects.filter(pk=row.pk).exists()
    assert send(client, "end_post", [post.pk], last_day="31/12/2026").status_code == 302


def test_an_account_is_looked_after_through_the_pages(client: Client, world: World) -> None:
    client.force_login(world.local)
    make_role("cashier")
    extra = Post.objects.create(agency=world.commune, title="Thu ngân", valid_from=date(2026, 1, 1))
    send(client, "edit_person", [world.clerk.pk], full_name="Nguyễn Văn Ân", phone="0912000001")
    send(client, "assign", [world.clerk.pk], post=extra.pk, valid_from="01/10/2026")
    row = Assignment.objects.get(post=extra)
    assert row.user == world.clerk
    send(client, "end_assignment", [row.pk], last_day="31/10/2026", document="QĐ 5")
    shown = send(client, "reset_password", [world.clerk.pk])
    assert "code-big" in shown.content.decode()
    assert send(client, "reset_totp", [world.clerk.pk]).status_code == 302
    assert send(client, "deactivate", [world.clerk.pk]).status_code == 302
    world.clerk.refresh_from_db()
    assert (world.clerk.full_name, world.clerk.is_active) == ("Nguyễn Văn Ân", False)
    assert send(client, "reactivate", [world.clerk.pk]).status_code == 302
    page = client.get(reverse("agencies:person", args=[world.clerk.pk])).content.decode()
    assert "31/10/2026" in page
    ended = Event.objects.get(chain=f"user/{world.clerk.pk}", kind="assignment.ended", data__document="QĐ 5")
    assert ended.actor_id == world.local.pk


def test_roles_are_made_and_changed_by_who_may_everywhere(client: Client, world: World) -> None:
    client.force_login(world.chief)
    made = send(client, "create_role", [], code="tro-ly", name="Trợ lý", permissions=["dossier.view"])
    assert made.status_code == 302
    assert (
        send(
            client,
            "role",
            ["tro-ly"],
            name="Trợ lý văn phòng",
            permissions=["report.read"],
            requires_totp="on",
        ).status_code
        == 302
    )
    role = Role.objects.get(code="tro-ly")
    assert (role.name, role.permissions, role.requires_totp) == ("Trợ lý văn phòng", ["report.read"], True)
    own = send(client, "role", ["administrator"], name="Quản trị", permissions=["dossier.view_personal"])
    assert own.status_code == 422
    client.force_login(world.local)
    assert send(client, "create_role", [], code="x", name="X").status_code == 404


def test_a_setting_gets_a_new_value_from_a_day_and_may_be_taken_back(client: Client, world: World) -> None:
    client.force_login(world.local)
    fields = {"value": "5", "valid_from": "01/01/2030", "source": "Quy chế 2030"}
    assert send(client, "setting_of", [world.commune.pk, "due_soon_days"], **fields).status_code == 302
    row = DatedSetting.objects.get()
    assert (row.value, row.agency) == (5, world.commune)
    assert (
        "Quy chế 2030"
        in client.get(
            reverse("agencies:setting_of", args=[world.commune.pk, "due_soon_days"])
        ).content.decode()
    )
    assert send(client, "setting", ["due_soon_days"], **fields).status_code == 404
    assert (
        send(
            client, "setting_of", [world.commune.pk, "due_soon_days"], **{**fields, "value": "x"}
        ).status_code
        == 422
    )
    assert send(client, "withdraw_setting", [row.pk]).status_code == 302
    assert not DatedSetting.objects.exists()
    assert client.get(reverse("agencies:setting", args=["khong-co"])).status_code == 404


def test_a_leader_lends_a_post_and_takes_it_back(client: Client, world: World) -> None:
    deputy = make_user_with("officer", world.division)
    client.force_login(world.leader)
    held = Assignment.objects.get(user=world.leader)
    fields = {
        "assignment": held.pk,
        "to_user": deputy.pk,
        "valid_from": "01/01/2030",
        "valid_to": "05/01/2030",
    }
    assert send(client, "delegations", [], **fields, document="GUQ 01").status_code == 302
    row = Delegation.objects.get()
    outsider = {**fields, "to_user": world.stranger.pk}
    assert send(client, "delegations", [], **outsider, document="GUQ 02").status_code == 422
    assert send(client, "revoke_delegation", [row.pk]).status_code == 302
    client.force_login(world.stranger)
    assert send(client, "revoke_delegation", [row.pk]).status_code == 404


@pytest.mark.parametrize(
    ("key", "typed"),
    [("totp_for_all_staff", "1"), ("standing_granularity", "minute"), ("code_form_new_since", "2027-01-01")],
)
def test_each_kind_of_setting_has_its_own_input(client: Client, world: World, key: str, typed: str) -> None:
    client.force_login(world.chief)
    assert client.get(reverse("agencies:setting", args=[key])).status_code == 200
    assert (
        send(client, "setting", [key], value=typed, valid_from="01/01/2027", source="Quy chế").status_code
        == 302
    )
    assert DatedSetting.objects.get().key == key


def test_the_common_value_of_a_setting_is_offered_only_to_who_may_set_it(
    client: Client, world: World
) -> None:
    page = reverse("agencies:setting", args=["due_soon_days"])
    client.force_login(world.local)
    shown = client.get(page).content.decode()
    assert "do quản trị hệ thống đặt" in shown
    assert ">Đặt</button>" not in shown
    own = reverse("agencies:setting_of", args=[world.commune.pk, "due_soon_days"])
    assert ">Đặt</button>" in client.get(own).content.decode()
    client.force_login(world.chief)
    assert ">Đặt</button>" in client.get(page).content.decode()
