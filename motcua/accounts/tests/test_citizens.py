"""A citizen's account, and for whom they may act."""

from datetime import UTC, date, datetime

import pytest

from motcua.accounts import actions
from motcua.accounts.actions import citizens
from motcua.accounts.models import Profile, User
from motcua.accounts.queries import (
    profile_of,
)
from motcua.accounts.rules.codes import Address
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


def details(**changes: object) -> actions.Details:
    return actions.Details(**{"full_name": "Nguyễn Thị Na", "identity_number": NUMBER, **changes})


def test_who_proved_a_phone_number_gets_an_account_that_no_password_opens() -> None:
    user = actions.sign_up(" Nguyễn Thị Na ", PHONE, ip="10.0.0.1", actor=None, at=AT)
    assert (user.full_name, user.kind, user.phone, user.has_usable_password()) == ("Nguyễn Thị Na", "citizen", PHONE.text, False)  # fmt: skip
    assert "900000001" not in user.username
    profile = profile_of(user)
    assert profile
    assert (profile.phone, profile.assurance, profile.is_proven) == (PHONE.text, LOW, False)
    assert Event.objects.get(chain=f"user/{user.pk}").kind == "user.signed_up"


@pytest.mark.parametrize("name", ["", "   ", "x" * 121])
def test_an_account_needs_a_name(name: str) -> None:
    with pytest.raises(RuleViolation):
        actions.sign_up(name, PHONE, actor=None, at=AT)
    assert not User.objects.exists()


def test_one_address_has_one_account(na: User) -> None:
    with pytest.raises(RuleViolation, match="tài khoản khác"):
        actions.sign_up("Ai Đó", PHONE, actor=None, at=AT)


def test_staff_have_no_profile() -> None:
    staff = User.objects.create_user("lan", None, full_name="Lan")
    assert profile_of(staff) is None
    with pytest.raises(NotFound):
        actions.correct_profile(details(), actor=staff, at=AT)


def test_details_are_corrected_and_the_log_names_the_fields_not_the_values() -> None:
    user = make_citizen(identity="", assurance=LOW)
    actions.correct_profile(
        details(full_name="Nguyễn Thị Na Na", birth_date=date(1999, 5, 1), address="Thôn 1"),
        actor=user,
        at=AT,
    )
    user.refresh_from_db()
    assert (user.full_name, user.profile.identity_number, user.profile.address) == ("Nguyễn Thị Na Na", NUMBER, "Thôn 1")  # fmt: skip
    assert user.search_text.startswith("nguyen thi na na")
    data = Event.objects.get(chain=f"user/{user.pk}").data
    assert data == {"fields": ["identity_number", "birth_date", "address", "full_name"]}
    actions.correct_profile(
        details(full_name="Nguyễn Thị Na Na", birth_date=date(1999, 5, 1), address="Thôn 1"),
        actor=user,
        at=AT,
    )
    assert Event.objects.filter(chain=f"user/{user.pk}").count() == 1


@pytest.mark.parametrize("number", ["123456789", "B1234567", "12", "099099000001"])
def test_only_a_personal_number_of_twelve_digits_is_taken(number: str) -> None:
    with pytest.raises(RuleViolation):
        actions.correct_profile(
            details(identity_number=number), actor=make_citizen(identity="", assurance=LOW), at=AT
        )


def test_what_papers_never_gave_may_be_filled_in(na: User) -> None:
    actions.correct_profile(details(birth_date=date(1999, 5, 1)), actor=na, at=AT)
    na.profile.refresh_from_db()
    assert na.profile.birth_date == date(1999, 5, 1)


@pytest.mark.parametrize(
    "change", [{"full_name": "Khác"}, {"identity_number": "001099000009"}, {"birth_date": DAY}]
)
def test_what_papers_have_proven_changes_only_with_papers(na: User, change: dict[str, object]) -> None:
    Profile.objects.update(birth_date=date(1999, 1, 1))
    with pytest.raises(RuleViolation, match="đã được đối chiếu"):
        actions.correct_profile(details(**{"birth_date": date(1999, 1, 1), **change}), actor=na, at=AT)
    actions.correct_profile(details(address="Thôn 2", birth_date=date(1999, 1, 1)), actor=na, at=AT)
    na.profile.refresh_from_db()
    assert na.profile.address == "Thôn 2"


def test_two_may_declare_one_number_but_only_one_can_prove_it(na: User) -> None:
    other = make_citizen("Người Khác", NUMBER, "0900000003", assurance=LOW)
    with pytest.raises(RuleViolation, match="tài khoản khác"):
        actions.prove_identity(other, NUMBER, "high", by="counter", actor=other, at=AT)
    other.profile.refresh_from_db()
    assert not other.profile.is_proven


def test_a_proven_account_takes_no_other_number_and_no_lower_level(na: User) -> None:
    with pytest.raises(RuleViolation, match="số giấy tờ khác"):
        actions.prove_identity(na, "001099000009", "high", by="counter", actor=na, at=AT)
    assert actions.prove_identity(na, NUMBER, "high", by="x", actor=na, at=AT).assurance == "high"
    assert actions.prove_identity(na, NUMBER, "substantial", by="x", actor=na, at=AT).assurance == "high"
    with pytest.raises(RuleViolation, match="Chưa có"):
        actions.prove_identity(na, " ", "high", by="x", actor=na, at=AT)


def test_a_new_mailbox_replaces_the_old_one_unless_it_is_anothers(na: User, ba: User) -> None:
    actions.set_address(Address("email", "na@example.vn"), actor=na, at=AT)
    actions.set_address(Address("email", "na@example.vn"), actor=na, at=AT)
    na.refresh_from_db()
    assert (na.email, na.profile.email) == ("na@example.vn", "na@example.vn")
    with pytest.raises(RuleViolation, match="tài khoản khác"):
        actions.set_address(Address("email", "na@example.vn"), actor=ba, at=AT)


def test_of_two_who_sign_up_with_one_phone_at_once_the_second_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Both looked before either wrote: the database decides, and the second reads why."""
    monkeypatch.setattr(citizens, "citizen_at", lambda address: make_citizen() and None)
    with pytest.raises(RuleViolation, match="tài khoản khác") as refused:
        actions.sign_up("Ai Đó", PHONE, actor=None, at=AT)
    assert refused.value.field == "address"


def test_of_two_who_prove_one_mailbox_at_once_the_second_keeps_the_old_one(
    na: User, ba: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailbox = Address("email", "na@example.vn")

    def first_comes_na(address: Address) -> None:
        monkeypatch.undo()
        actions.set_address(mailbox, actor=na, at=AT)

    monkeypatch.setattr(citizens, "citizen_at", first_comes_na)
    with pytest.raises(RuleViolation, match="tài khoản khác"):
        actions.set_address(mailbox, actor=ba, at=AT)
    assert Profile.objects.get(user=ba).email == ""


def test_of_two_whose_number_is_proven_at_once_the_second_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    late = make_citizen("Người Khác", NUMBER, "0900000003", assurance=LOW)
    monkeypatch.setattr(citizens, "proven_holder", lambda number, country: make_citizen() and None)
    with pytest.raises(RuleViolation, match="tài khoản khác"):
        actions.prove_identity(late, NUMBER, "high", by="counter", actor=late, at=AT)
    assert not Profile.objects.get(user=late).is_proven
