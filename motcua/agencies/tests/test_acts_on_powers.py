"""Acts on roles, delegations and dated settings."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command

from motcua.agencies import actions
from motcua.agencies.models import (
    Agency,
    Assignment,
    DatedSetting,
    Delegation,
    Level,
    Placement,
    Post,
    Role,
)
from motcua.agencies.queries import authority_of, setting
from motcua.agencies.rules.roles import STANDARD_ROLES
from motcua.agencies.testing import make_agency, make_user_with
from motcua.agencies.tests.conftest import AT, DAY, World, told
from motcua.core.errors import NotFound, RuleViolation

FIRST = date(2026, 1, 1)


def test_the_standards_are_installed_once_and_changes_survive_an_upgrade(world: World) -> None:
    actions.install_standards(actor=world.system, at=AT)
    Role.objects.filter(code="cashier").update(permissions=["fee.view"])
    actions.install_standards(actor=world.system, at=AT)
    assert Role.objects.get(code="cashier").permissions == ["fee.view"]
    assert Role.objects.count() == len(STANDARD_ROLES)
    assert Level.objects.get(code="district").valid_to == date(2025, 6, 30)
    with pytest.raises(RuleViolation):
        actions.install_standards(actor=world.chief, at=AT)


def test_an_upgrade_brings_new_permissions_and_keeps_out_what_people_took_away(world: World) -> None:
    """A permission that the software learnt since is added; one removed by hand, and a role of one's own, stay."""
    actions.install_standards(actor=world.system, at=AT)
    assert actions.renew_standards(actor=world.system, at=AT) == []
    cashier = Role.objects.get(code="cashier")
    less = [p for p in cashier.permissions if p != "fee.close"]
    actions.update_role(
        cashier, name=cashier.name, permissions=less, requires_totp=False, actor=world.chief, at=AT
    )
    older = Role.objects.get(code="leader")
    Role.objects.filter(pk=older.pk).update(permissions=[p for p in older.permissions if p != "report.sign"])
    Role.objects.filter(code="administrator").update(grants=[])
    Role.objects.filter(code="auditor").delete()
    actions.create_role(code="auditor", name="Của mình", permissions=[], actor=world.chief, at=AT)

    told_only = actions.renew_standards(actor=world.system, at=AT, save=False)
    assert "report.sign" not in Role.objects.get(code="leader").permissions
    done = {one.role.code: one for one in actions.renew_standards(actor=world.system, at=AT)}
    assert {one.role.code for one in told_only} == set(done) == {"administrator", "cashier", "leader"}
    assert done["leader"].permissions == {"report.sign"}
    assert done["cashier"].taken_away == {"fee.close"}
    assert Role.objects.get(code="cashier").permissions == sorted(less)
    assert Role.objects.get(code="leader").permissions == older.permissions
    assert Role.objects.get(code="administrator").grants
    assert Role.objects.get(code="auditor").permissions == []
    assert told(f"role/{older.pk}")[-1] == "role.renewed"
    assert [one.role.code for one in actions.renew_standards(actor=world.system, at=AT)] == ["cashier"]
    with pytest.raises(RuleViolation):
        actions.renew_standards(actor=world.chief, at=AT)


def test_the_command_tells_before_it_changes(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    actions.install_standards(actor=world.system, at=AT)
    call_command("roles")
    assert "đã có đủ quyền" in capsys.readouterr().out
    Role.objects.filter(code="cashier").update(permissions=["fee.view"])
    call_command("roles")
    said = capsys.readouterr().out
    assert "Mới: Thu phí, lệ phí [fee.collect]" in said
    assert "Chưa thay đổi gì" in said
    call_command("roles", renew=True)
    assert "Đã thêm: Thu phí, lệ phí [fee.collect]" in capsys.readouterr().out
    assert "fee.collect" in Role.objects.get(code="cashier").permissions


def test_a_role_is_made_and_changed_with_a_trace(world: World) -> None:
    role = actions.create_role(
        code="helper", name="Trợ lý", permissions=["report.read"], actor=world.chief, at=AT
    )
    actions.update_role(
        role, name="Trợ lý", permissions=["fee.view"], requires_totp=False, actor=world.chief, at=AT
    )
    actions.update_role(
        role, name="Trợ lý", permissions=["fee.view"], requires_totp=False, actor=world.chief, at=AT
    )
    assert told(f"role/{role.pk}") == ["role.created", "role.updated"]
    for fields, why in (
        ({"permissions": ["fly"]}, "Không có quyền"),
        ({"name": ""}, "tên vai trò"),
        ({"code": "helper"}, "Đã có vai trò"),
    ):
        base = {"code": "other", "name": "Khác", "permissions": []}
        with pytest.raises(RuleViolation, match=why):
            actions.create_role(**{**base, **fields}, actor=world.chief, at=AT)


def lend(world: World, **fields: object) -> Delegation:
    base = {
        "assignment": Assignment.objects.filter(user=world.leader).first(),
        "to_user": world.clerk,
        "valid_from": DAY,
        "valid_to": DAY + timedelta(days=4),
        "document": "GUQ 01",
        "actor": world.leader,
    }
    values = {**base, **fields}
    return actions.delegate(values.pop("assignment"), values.pop("to_user"), **values, at=AT)


def test_a_leader_lends_a_post_for_a_period_and_takes_it_back(world: World) -> None:
    row = lend(world, roles=["leader"])
    assert authority_of(world.clerk, DAY).can("dossier.sign", world.commune)
    actions.revoke_delegation(row, actor=world.leader, at=AT)
    assert not authority_of(world.clerk, DAY).has("dossier.sign")
    with pytest.raises(RuleViolation, match="hết hiệu lực"):
        actions.revoke_delegation(row, actor=world.leader, at=AT)
    assert told(f"user/{world.leader.pk}") == ["delegation.given", "delegation.revoked"]


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"to_user": "leader"}, "chính người giữ"),
        ({"to_user": "stranger"}, "cùng cơ quan"),
        ({"to_user": "nobody"}, "cùng cơ quan"),
        ({"document": ""}, "văn bản ủy quyền"),
        ({"valid_from": DAY - timedelta(days=1)}, "quá khứ"),
        ({"valid_to": DAY - timedelta(days=1)}, "trước ngày bắt đầu"),
        ({"valid_to": DAY + timedelta(days=180)}, "tối đa 180 ngày"),
        ({"roles": ["administrator"]}, "vị trí đang có"),
    ],
)
def test_a_delegation_that_makes_no_sense_is_refused(
    world: World, fields: dict[str, object], why: str
) -> None:
    if "to_user" in fields:
        fields = {"to_user": getattr(world, str(fields["to_user"]))}
    with pytest.raises(RuleViolation, match=why):
        lend(world, **fields)


def test_a_delegation_keeps_inside_the_assignment_and_needs_a_role(world: World) -> None:
    Assignment.objects.filter(user=world.leader).update(valid_to=DAY + timedelta(days=2))
    with pytest.raises(RuleViolation, match="phân công vị trí"):
        lend(world)
    bare = Post.objects.create(agency=world.commune, title="Không vai trò", valid_from=FIRST)
    held = Assignment.objects.create(user=world.leader, post=bare, valid_from=FIRST)
    with pytest.raises(RuleViolation, match="vị trí đang có"):
        lend(world, assignment=held)


def test_a_division_delegates_within_its_whole_agency(world: World) -> None:
    officer = make_user_with("officer", world.division)
    lend(world, assignment=Assignment.objects.get(user=officer), actor=officer)
    assert authority_of(world.clerk, DAY).can("dossier.process", world.division)


def test_what_was_lent_is_not_lent_on(world: World) -> None:
    lend(world)
    with pytest.raises(NotFound):
        lend(world, to_user=world.local, actor=world.clerk)


def test_an_administrator_enters_it_for_an_absent_holder_and_the_receiver_may_give_it_back(
    world: World,
) -> None:
    row = lend(world, actor=world.local)
    actions.revoke_delegation(row, actor=world.clerk, at=AT)
    again = lend(world, actor=world.local)
    with pytest.raises(NotFound):
        actions.revoke_delegation(again, actor=world.stranger, at=AT)
    actions.revoke_delegation(again, actor=world.local, at=AT)
    with pytest.raises(NotFound):
        lend(world, actor=world.stranger)


def put(world: World, value: object, start: date, **fields: object) -> DatedSetting:
    base = {"source": "Quy chế", "actor": world.chief, "agency": None}
    return actions.set_setting("due_soon_days", value, valid_from=start, **{**base, **fields}, at=AT)


def test_values_follow_one_another_by_date_whatever_the_order_of_entry(world: World) -> None:
    put(world, 4, DAY)
    put(world, 6, DAY + timedelta(days=20))
    put(world, "5", DAY + timedelta(days=10))
    days = [
        DAY,
        DAY + timedelta(days=9),
        DAY + timedelta(days=10),
        DAY + timedelta(days=19),
        DAY + timedelta(days=20),
    ]
    assert [setting("due_soon_days", world.commune, day) for day in days] == [4, 4, 5, 5, 6]
    assert told("setting/due_soon_days") == ["setting.set"] * 3


def test_a_value_to_come_is_withdrawn_and_the_one_before_goes_on(world: World) -> None:
    put(world, 4, DAY)
    coming = put(world, 5, DAY + timedelta(days=10))
    actions.withdraw_setting(coming, actor=world.chief, at=AT)
    assert setting("due_soon_days", None, DAY + timedelta(days=30)) == 4
    with pytest.raises(RuleViolation, match="đã có hiệu lực"):
        actions.withdraw_setting(DatedSetting.objects.get(), actor=world.chief, at=AT)


def test_a_commune_sets_its_own_value_and_nobody_elses(world: World) -> None:
    row = put(world, 7, DAY + timedelta(days=1), agency=world.commune, actor=world.local)
    for act in (
        lambda: put(world, 7, DAY, actor=world.local),
        lambda: put(world, 7, DAY, agency=world.other, actor=world.local),
        lambda: actions.withdraw_setting(row, actor=world.stranger, at=AT),
        lambda: actions.withdraw_setting(put(world, 8, date(2027, 1, 1)), actor=world.local, at=AT),
    ):
        with pytest.raises(NotFound):
            act()
    actions.withdraw_setting(row, actor=world.local, at=AT)


def test_bad_values_and_the_past_are_refused_but_installation_may_write_history(world: World) -> None:
    put(world, 4, DAY)
    for value, start, source, why in (
        (99, DAY + timedelta(days=1), "Q", "nhập số"),
        (5, DAY + timedelta(days=1), " ", "căn cứ"),
        (5, DAY - timedelta(days=1), "Q", "từ hôm nay"),
        (5, DAY, "Q", "Chọn ngày khác"),
    ):
        with pytest.raises(RuleViolation, match=why):
            put(world, value, start, source=source)
    put(world, 2, date(2018, 1, 1), actor=world.system)
    assert setting("due_soon_days", None, date(2019, 1, 1)) == 2


def test_a_missing_row_is_missing_not_a_crash(world: World) -> None:
    gone = make_agency("Tạm", world.province)
    Placement.objects.filter(agency=gone).delete()
    stale = Agency.objects.get(pk=gone.pk)
    gone.delete()
    with pytest.raises(NotFound):
        actions.update_agency(stale, name="X", actor=world.chief, at=AT)
