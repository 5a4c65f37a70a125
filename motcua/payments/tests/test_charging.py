"""Charging, exempting, dropping."""

import pytest

from motcua.audit.models import Event
from motcua.audit.queries import verify
from motcua.core.errors import NotFound, RuleViolation
from motcua.payments import actions, queries
from motcua.payments.models import Charge
from motcua.payments.rules.lines import FeeLine
from motcua.payments.signals import charge_changed, charges_wanted
from motcua.payments.tests.conftest import AT, CODE


def _charge(commune, cashier, *lines, **options):
    return actions.charge(
        "dossier/7",
        lines,
        agency=commune,
        code=CODE,
        payer_name="Nguyễn Văn Mẫu",
        actor=cashier,
        at=AT,
        **options,
    )


def test_every_line_is_a_charge_with_its_own_key(commune, cashier):
    made = _charge(
        commune,
        cashier,
        FeeLine("phi", "Phí thẩm định", 100_000),
        FeeLine("le_phi", "Lệ phí cấp giấy", 8_000),
        FeeLine("le_phi", "Lệ phí bản sao", 3_000, exemption_reason="hộ nghèo"),
        FeeLine("le_phi", "Lệ phí khác", 0),
        first=True,
    )
    assert [one.key for one in made] == [
        "PH H4012 261123 0007",
        "LP H4012 261123 0007",
        "LP2 H4012 261123 0007",
        "LP3 H4012 261123 0007",
    ]
    assert [one.state for one in made] == ["due", "due", "exempt", "none"]
    assert queries.amount_due("dossier/7") == 108_000
    assert queries.state_of("dossier/7") == "due"
    assert next(str(one) for one in queries.charges_of("dossier/7")) == "Phí thẩm định"


def test_a_later_charge_of_the_record_gets_the_next_key(commune, cashier):
    _charge(commune, cashier, FeeLine("phi", "Phí", 1))
    later = _charge(commune, cashier, FeeLine("phi", "Phí", 1))
    assert later[0].key == "PH2 H4012 261123 0007"
    assert list(Event.objects.filter(chain="fees/dossier/7").order_by("seq").values_list("seq", "kind")) == [
        (1, "charge.made"),
        (2, "charge.made"),
    ]


def test_charging_a_new_record_costs_two_statements(commune, cashier, django_assert_num_queries):
    with django_assert_num_queries(2):
        _charge(commune, cashier, FeeLine("phi", "Phí", 1), FeeLine("le_phi", "Lệ phí", 1), first=True)


def test_no_lines_make_no_charge(commune, cashier, django_assert_num_queries):
    assert _charge(commune, cashier) == []
    assert queries.state_of("dossier/7") == "none"


def test_a_negative_amount_is_refused(commune, cashier):
    with pytest.raises(RuleViolation, match="âm"):
        _charge(commune, cashier, FeeLine("phi", "Phí", -1))


def test_exempting_names_reason_and_document_and_tells_the_apps_above(make_charge, head):
    heard = []

    def listener(sender, **news):
        heard.append((news["reference"], news["state"]))

    charge_changed.connect(listener)
    one = actions.exempt(make_charge().pk, reason="Người cao tuổi", document="CCCD", actor=head, at=AT)
    charge_changed.disconnect(listener)
    assert (one.state, one.exemption_reason, one.settled_at) == ("exempt", "Người cao tuổi (CCCD)", AT)
    assert heard == [("dossier/7", "exempt")]


def test_the_apps_above_may_lock_their_record_before_its_charges(make_charge, head):
    one, order = make_charge(), []

    def listener(sender, references, **_):
        order.append((references, Charge.objects.get().state))

    charges_wanted.connect(listener)
    actions.exempt(one.pk, reason="Trẻ em", actor=head, at=AT)
    charges_wanted.disconnect(listener)
    assert order == [({"dossier/7"}, "due")]


def test_exempting_without_a_document_keeps_the_reason(make_charge, head):
    assert actions.exempt(make_charge().pk, reason="Trẻ em", actor=head, at=AT).exemption_reason == "Trẻ em"


def test_exempting_without_a_reason_is_refused(make_charge, head):
    with pytest.raises(RuleViolation, match="lý do miễn"):
        actions.exempt(make_charge().pk, reason=" ", actor=head, at=AT)


def test_exempting_twice_is_refused(make_charge, head):
    one = make_charge(exemption_reason="Trẻ em")
    with pytest.raises(RuleViolation, match="chưa nộp"):
        actions.exempt(one.pk, reason="Trẻ em", actor=head, at=AT)


def test_exempting_needs_the_permission_there(make_charge, stranger):
    with pytest.raises(NotFound):
        actions.exempt(make_charge().pk, reason="Trẻ em", actor=stranger, at=AT)


def test_a_charge_that_is_not_there_is_not_found(head):
    with pytest.raises(NotFound):
        actions.exempt(404, reason="Trẻ em", actor=head, at=AT)


def test_a_due_charge_can_be_dropped_and_a_settled_one_not(make_charge, cashier):
    one = actions.cancel_charge(make_charge().pk, reason="Rút hồ sơ", actor=cashier, at=AT)
    assert one.state == Charge.State.CANCELLED
    assert queries.state_of("dossier/7") == "none"
    with pytest.raises(RuleViolation, match="không hủy được"):
        actions.cancel_charge(one.pk, reason="Rút hồ sơ", actor=cashier, at=AT)
    assert verify().is_whole


def test_only_those_with_a_permission_there_see_a_charge(make_charge, cashier, stranger):
    from motcua.agencies.queries import authority_of

    one = make_charge()
    mine, other = authority_of(cashier, AT.date()), authority_of(stranger, AT.date())
    assert queries.access_charge(mine, one.pk) == one
    with pytest.raises(NotFound):
        queries.access_charge(other, one.pk)
    assert list(queries.due_charges(mine, "h40.12-2611")) == [one]
    assert list(queries.due_charges(mine, "dossier/7")) == [one]
    assert list(queries.due_charges(mine, "H41")) == []
    assert list(queries.due_charges(other)) == []


FORGED = {
    "the amount": (lambda row: row.update(amount=1), "8.000 đ, đã nộp, thấy 1 đ, đã nộp"),
    "the state": (lambda row: row.update(state="due"), "8.000 đ, đã nộp, thấy 8.000 đ, chưa nộp"),
    "a free one": (lambda row: row.update(amount=0, state="none"), "thấy 0 đ, không phải nộp"),
    "the key": (lambda row: row.update(key="LP X"), "không có hành vi nào trong nhật ký"),
}


@pytest.mark.parametrize("case", FORGED)
def test_a_charge_other_than_its_acts_left_it_is_named_by_the_verification(make_charge, cashier, book, case):
    change, said = FORGED[case]
    paid, owed, given_back = (make_charge(number=number) for number in (7, 8, 9))
    for one in (paid, given_back):
        actions.collect_cash([one.pk], actor=cashier, at=AT)
    actions.cancel_receipt(given_back.lines.get().receipt_id, reason="Nhầm", actor=cashier, at=AT)
    actions.cancel_charge(owed.pk, reason="Rút hồ sơ", actor=cashier, at=AT)
    assert verify().is_whole
    change(Charge.objects.filter(pk=paid.pk))
    found = [one for one in verify().breaks if one.code == "charge"]
    assert said in str(found[0])
    assert len(found) == (2 if case == "the key" else 1)


def test_a_charge_taken_away_or_slipped_in_is_named_by_the_verification(make_charge):
    gone, stays = make_charge(number=7), make_charge(number=8)
    Charge.objects.filter(pk=gone.pk).delete()
    assert [one.text for one in verify().breaks] == ["không còn trong bảng"]
    stays.pk, stays.key, stays.match_key, stays.reference = None, "LP Y", "LPY", "dossier/9"
    stays.save()
    assert [one.text for one in verify().breaks] == [
        "không có hành vi nào trong nhật ký",
        "không còn trong bảng",
    ]
