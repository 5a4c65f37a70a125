"""For whom a citizen may act: organisations, authorisations, what a clerk filed for them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from motcua.accounts import actions
from motcua.accounts.actions import organisations
from motcua.accounts.models import Assistance, Invitation, Organisation, Profile, Representation, User
from motcua.accounts.queries import (
    assistances_for,
    invitations_to,
    may_act_for,
    organisations_of,
    parties_of,
    party,
    people_of,
    visit_now,
)
from motcua.accounts.rules.assistance import VISIT
from motcua.accounts.rules.codes import Address
from motcua.accounts.signals import assistance_claimed
from motcua.accounts.testing import make_citizen
from motcua.audit.models import Event
from motcua.core.errors import NotFound, RuleViolation

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 2, tzinfo=UTC)
DAY = date(2026, 11, 23)
PHONE = Address("phone", "+84900000001")
NUMBER = "001099000001"
LOW = Profile.Assurance.LOW


@pytest.fixture
def na() -> User:
    return make_citizen()


@pytest.fixture
def ba() -> User:
    return make_citizen("Trần Văn Ba", "001099000002", "0900000002")


@pytest.fixture
def company(na: User) -> Organisation:
    return actions.declare_organisation(
        name="Công ty Mẫu", tax_code="0100109106", kind="enterprise", actor=na, at=AT
    )


def test_a_company_acts_through_its_representative(na: User, ba: User, company: Organisation) -> None:
    assert organisations_of(na, DAY) == [company]
    assert may_act_for(na, company, DAY)
    assert not may_act_for(ba, company, DAY)
    assert not may_act_for(na, company, DAY - timedelta(days=1))
    assert [one.key for one in parties_of(na, DAY)] == ["self", f"organisation/{company.pk}"]
    assert party(na, f"organisation/{company.pk}", DAY).number == "0100109106"


@pytest.mark.parametrize("key", ["organisation/{0}", "user/1", "organisation/999999", ""])
def test_nobody_picks_a_party_that_is_not_theirs(ba: User, company: Organisation, key: str) -> None:
    with pytest.raises(NotFound):
        party(ba, key.format(company.pk), DAY)


@pytest.mark.parametrize(("name", "tax"), [("", "0100109106"), ("Công ty", "0100109107")])
def test_a_company_needs_a_name_and_a_real_tax_code(na: User, name: str, tax: str) -> None:
    with pytest.raises(RuleViolation):
        actions.declare_organisation(name=name, tax_code=tax, kind="enterprise", actor=na, at=AT)


def test_who_is_not_proven_declares_no_company() -> None:
    low = make_citizen(assurance=LOW)
    with pytest.raises(RuleViolation, match="Xác minh"):
        actions.declare_organisation(
            name="Công ty", tax_code="0100109106", kind="enterprise", actor=low, at=AT
        )


def test_once_an_office_has_confirmed_it_a_tax_code_is_taken(
    na: User, ba: User, company: Organisation
) -> None:
    twin = actions.declare_organisation(
        name="Trùng", tax_code="0100109106", kind="enterprise", actor=ba, at=AT
    )
    actions.confirm_organisation(company.pk, actor=na, at=AT)
    with pytest.raises(RuleViolation, match="tài khoản khác"):
        actions.confirm_organisation(twin.pk, actor=na, at=AT)
    with pytest.raises(RuleViolation, match="Nhờ người đại diện"):
        actions.declare_organisation(name="Ba", tax_code="0100109106", kind="enterprise", actor=ba, at=AT)
    with pytest.raises(NotFound):
        actions.confirm_organisation(0, actor=na, at=AT)


def test_an_invitation_is_for_who_proved_the_address(na: User, ba: User, company: Organisation) -> None:
    row = actions.invite(company.pk, Address("phone", "+84900000002"), "staff", actor=na, at=AT)
    assert [one.pk for one in invitations_to(ba, AT)] == [row.pk]
    assert invitations_to(na, AT) == []
    with pytest.raises(NotFound):
        actions.answer_invitation(row.pk, accept=True, actor=na, at=AT)
    actions.answer_invitation(row.pk, accept=True, actor=ba, at=AT)
    assert may_act_for(ba, company, DAY)
    with pytest.raises(NotFound):
        actions.answer_invitation(row.pk, accept=True, actor=ba, at=AT)
    with pytest.raises(RuleViolation, match="Chỉ người đại diện"):
        actions.invite(company.pk, PHONE, "staff", actor=ba, at=AT)
    again = actions.invite(company.pk, Address("phone", "+84900000002"), "staff", actor=na, at=AT)
    with pytest.raises(RuleViolation, match="đã ở trong"):
        actions.answer_invitation(again.pk, accept=True, actor=ba, at=AT)


def test_invitations_run_out_are_refused_and_taken_back(na: User, ba: User, company: Organisation) -> None:
    to = Address("email", "ba@example.vn")
    actions.set_address(to, actor=ba, at=AT)
    first = actions.invite(company.pk, to, "staff", actor=na, at=AT)
    with pytest.raises(RuleViolation, match="Đã mời"):
        actions.invite(company.pk, to, "staff", actor=na, at=AT)
    assert invitations_to(ba, AT + timedelta(days=14)) == []
    actions.answer_invitation(first.pk, accept=False, actor=ba, at=AT)
    assert not may_act_for(ba, company, DAY)
    second = actions.invite(company.pk, to, "staff", actor=na, at=AT)
    actions.cancel_invitation(company.pk, second.pk, actor=na, at=AT)
    assert invitations_to(ba, AT) == []
    with pytest.raises(NotFound):
        actions.cancel_invitation(company.pk, second.pk, actor=na, at=AT)
    with pytest.raises(NotFound):
        actions.cancel_invitation(company.pk, second.pk, actor=ba, at=AT)


def test_an_invitation_taken_back_while_it_is_being_accepted_lets_nobody_in(
    na: User, ba: User, company: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = actions.invite(company.pk, Address("phone", "+84900000002"), "staff", actor=na, at=AT)

    def seen_and_taken_back(user: User, at: datetime) -> list[Invitation]:
        seen = invitations_to(user, at)
        actions.cancel_invitation(company.pk, row.pk, actor=na, at=at)
        return seen

    monkeypatch.setattr(organisations, "invitations_to", seen_and_taken_back)
    with pytest.raises(NotFound):
        actions.answer_invitation(row.pk, accept=True, actor=ba, at=AT)
    assert not may_act_for(ba, company, DAY)


def test_fifty_open_invitations_are_enough(na: User, company: Organisation) -> None:
    row = actions.invite(company.pk, PHONE, "staff", actor=na, at=AT)
    more = [Invitation(organisation=company, role="staff", phone=f"+8490000{n:04d}", invited_by=na, invited_at=AT, expires_at=row.expires_at) for n in range(100, 149)]  # fmt: skip
    Invitation.objects.bulk_create(more)
    with pytest.raises(RuleViolation, match="quá nhiều"):
        actions.invite(company.pk, Address("phone", "+84900000009"), "staff", actor=na, at=AT)


def test_a_right_that_ends_is_gone_at_once(na: User, ba: User, company: Organisation) -> None:
    row = actions.invite(company.pk, Address("phone", "+84900000002"), "representative", actor=na, at=AT)
    actions.answer_invitation(row.pk, accept=True, actor=ba, at=AT)
    later = AT + timedelta(days=30)
    actions.end_representation(company.pk, na.pk, actor=ba, at=later)
    assert not may_act_for(na, company, later.date())
    assert may_act_for(na, company, DAY)
    assert [one.user for one in people_of(company, later.date())] == [ba]
    with pytest.raises(RuleViolation, match="ít nhất một người đại diện"):
        actions.end_representation(company.pk, ba.pk, actor=ba, at=later)
    with pytest.raises(NotFound):
        actions.end_representation(company.pk, na.pk, actor=ba, at=later)
    with pytest.raises(NotFound):
        actions.end_representation(company.pk, na.pk, actor=na, at=later)


def test_who_joined_today_and_leaves_today_leaves_only_the_log(
    na: User, ba: User, company: Organisation
) -> None:
    row = actions.invite(company.pk, Address("phone", "+84900000002"), "staff", actor=na, at=AT)
    actions.answer_invitation(row.pk, accept=True, actor=ba, at=AT)
    actions.end_representation(company.pk, ba.pk, actor=ba, at=AT)
    assert not Representation.objects.filter(user=ba).exists()
    assert Event.objects.filter(chain=f"organisation/{company.pk}", kind="organisation.left").exists()


def terms(**changes: object) -> actions.Terms:
    return actions.Terms(**{"valid_from": DAY, "valid_to": DAY + timedelta(days=30), **changes})


def let(agent: str, number: str, given: actions.Terms, actor: User, at: datetime = AT) -> object:
    return actions.authorise(Address("phone", agent), number, given, actor=actor, at=at)


def test_an_authorisation_holds_for_its_scope_and_dates_until_it_is_revoked(na: User, ba: User) -> None:
    row = let("+84900000002", "001099000002", terms(scope="1.001193"), na)
    assert may_act_for(ba, na, DAY, "1.001193")
    assert may_act_for(na, na, DAY)
    assert not may_act_for(ba, na, DAY, "1.000001")
    assert not may_act_for(ba, na, DAY)
    assert not may_act_for(ba, na, DAY + timedelta(days=31), "1.001193")
    assert not may_act_for(na, ba, DAY, "1.001193")
    assert [one.scope for one in parties_of(ba, DAY, "1.001193")] == ["", "1.001193"]
    assert [one.key for one in parties_of(ba, DAY, "1.000001")] == ["self"]
    actions.revoke_authorisation(row.pk, actor=na, at=AT)
    assert not may_act_for(ba, na, DAY, "1.001193")
    with pytest.raises(NotFound):
        actions.revoke_authorisation(row.pk, actor=na, at=AT)


def test_the_widest_authorisation_is_the_party_and_an_agent_may_give_it_up(na: User, ba: User) -> None:
    let("+84900000002", "001099000002", terms(scope="1.001193"), na)
    row = let("+84900000002", "001099000002", terms(valid_to=None), na)
    assert row.valid_to == date(2027, 11, 23)
    assert [(one.key, one.scope, one.number) for one in parties_of(ba, DAY)][1:] == [
        (f"user/{na.pk}", "", NUMBER)
    ]
    stranger = make_citizen("Lạ", "001099000005", "0900000005")
    with pytest.raises(NotFound):
        actions.revoke_authorisation(row.pk, actor=stranger, at=AT)
    actions.revoke_authorisation(row.pk, actor=ba, at=AT)
    assert not may_act_for(ba, na, DAY)


def test_an_authorisation_from_a_leap_day_ends_on_28_february(na: User, ba: User) -> None:
    leap = datetime(2028, 2, 29, 2, tzinfo=UTC)
    row = let("+84900000002", "001099000002", terms(valid_from=date(2028, 2, 29), valid_to=None), na, leap)
    assert row.valid_to == date(2029, 2, 28)


@pytest.mark.parametrize(
    ("agent", "number"),
    [("+84900000002", NUMBER), ("+84900000077", "001099000002"), ("+84900000006", "001099000006"), ("+84900000007", "001099000007")],
)  # fmt: skip
def test_whom_it_does_not_find_is_refused_in_the_same_words(
    na: User, ba: User, agent: str, number: str
) -> None:
    make_citizen("Chưa xác minh", "001099000006", "0900000006", assurance=LOW)
    closed = make_citizen("Đã đóng", "001099000007", "0900000007")
    User.objects.filter(pk=closed.pk).update(is_active=False)
    with pytest.raises(RuleViolation, match="Không có tài khoản đã xác minh nào khớp"):
        let(agent, number, terms(), na)


@pytest.mark.parametrize(
    "bad",
    [{"valid_from": DAY - timedelta(days=1)}, {"valid_to": DAY - timedelta(days=1)}, {"valid_to": DAY + timedelta(days=1200)}],
)  # fmt: skip
def test_dates_of_an_authorisation_make_sense(na: User, ba: User, bad: dict[str, object]) -> None:
    with pytest.raises(RuleViolation):
        let("+84900000002", "001099000002", terms(**bad), na)


def test_neither_oneself_nor_by_who_is_not_proven(na: User, ba: User) -> None:
    with pytest.raises(RuleViolation, match="chính mình"):
        let("+84900000001", NUMBER, terms(), na)
    low = make_citizen("Chưa", "001099000008", "0900000008", assurance=LOW)
    with pytest.raises(RuleViolation, match="trước khi ủy quyền"):
        let("+84900000002", "001099000002", terms(), low)


@pytest.fixture
def clerk() -> User:
    return User.objects.create_user("lan", None, full_name="Lan")


def assist(clerk: User, **changes: object) -> Assistance:
    given = {
        "full_name": "Nguyễn Thị Na",
        "identity_number": NUMBER,
        "phone": "0900000001",
        "consent": "Đồng ý",
    }
    return actions.start_assistance(**{**given, **changes}, actor=clerk, at=AT)


def test_what_a_clerk_filed_is_claimed_by_phone_and_number_and_heard_of_above(clerk: User) -> None:
    row = assist(clerk, checked_card=True)
    me = make_citizen(identity="", assurance=LOW)
    heard = []

    def hear(sender: object, **news: object) -> None:
        heard.append((news["assistance"], news["user"]))

    assistance_claimed.connect(hear)
    assert assistances_for(me) == [row]
    assert actions.claim_assisted(identity_number="001 099 000 001", actor=me, at=AT) == [row]
    assistance_claimed.disconnect(hear)
    assert heard == [(row, me)]
    me.profile.refresh_from_db()
    assert (me.profile.is_proven, me.profile.identity_number) == (True, NUMBER)
    assert assistances_for(me) == []


def test_without_a_card_seen_a_claim_proves_nothing(clerk: User) -> None:
    assist(clerk)
    me = make_citizen(identity="", assurance=LOW)
    actions.claim_assisted(identity_number=NUMBER, actor=me, at=AT)
    me.profile.refresh_from_db()
    assert not me.profile.is_proven


@pytest.mark.parametrize("case", ["number", "phone", "proven another", "number proven elsewhere"])
def test_whoever_does_not_fit_gets_nothing_and_the_same_words(clerk: User, case: str) -> None:
    assist(clerk, checked_card=True)
    phone = "0900000055" if case == "phone" else "0900000001"
    if case == "proven another":
        me = make_citizen("Ai", "001099000009", phone)
    else:
        me = make_citizen("Ai", "", phone, assurance=LOW)
    if case == "number proven elsewhere":
        make_citizen("Thật", NUMBER, "0900000066")
    typed = "001099000009" if case == "number" else NUMBER
    with pytest.raises(RuleViolation, match="Không có hồ sơ lập hộ nào khớp"):
        actions.claim_assisted(identity_number=typed, actor=me, at=AT)
    assert Assistance.objects.get().citizen is None


@pytest.mark.parametrize(
    "bad", [{"consent": " "}, {"full_name": ""}, {"identity_number": "123456789"}, {"phone": "024 3825 1234"}]
)
def test_assistance_needs_consent_name_number_and_mobile(clerk: User, bad: dict[str, object]) -> None:
    with pytest.raises(RuleViolation):
        assist(clerk, **bad)


def test_a_citizen_assists_nobody(na: User) -> None:
    with pytest.raises(RuleViolation, match="Chỉ cán bộ"):
        assist(na)


def test_a_visit_ends_by_word_by_time_and_by_the_next_person(clerk: User) -> None:
    row = assist(clerk)
    assert row.is_open(AT)
    assert not row.is_open(AT + VISIT)
    assert visit_now(clerk, AT) == row
    assert visit_now(clerk, AT + VISIT) is None
    later = assist(clerk, identity_number="001099000002")
    assert visit_now(clerk, AT) == later
    actions.end_assistance(later.pk, actor=clerk, at=AT)
    assert visit_now(clerk, AT) is None
    for ended in (row, later):
        with pytest.raises(NotFound):
            actions.end_assistance(ended.pk, actor=clerk, at=AT)


@pytest.mark.parametrize(
    ("card", "elsewhere", "theirs", "proven"),
    [(False, False, True, False), (True, False, True, True), (True, True, False, False)],
)
def test_the_code_read_out_claims_a_visit_for_the_account_that_fits(
    clerk: User, card: bool, elsewhere: bool, theirs: bool, proven: bool
) -> None:
    row, me = assist(clerk, checked_card=card), make_citizen(assurance=LOW)
    if elsewhere:
        make_citizen("Thật", NUMBER, "0900000066")
    issued = actions.issue_code(PHONE, "assist", ip="", actor=clerk, at=AT)
    confirmed = actions.confirm_assisted(row.pk, issued.row.pk, issued.code, ip="", actor=clerk, at=AT)
    assert confirmed.phone_confirmed_at == AT
    assert (confirmed.citizen == me) is theirs
    me.profile.refresh_from_db()
    assert me.profile.is_proven is proven
